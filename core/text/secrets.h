// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/format.h"

#include <QList>

namespace core::text {

/// Whether a key of this name (or the last part of this path) usually holds a secret: password, token, secret, accessKey, AK/SK, private
/// key and their kin in camelCase, kebab-case, snake_case; not `passwordPolicy`, `tokenExpireSeconds`, `secretName` and the like.
bool isSecretKey(QStringView path);

/// The bytes of a secret value, without its quotes. Spans are in order and never overlap.
struct SecretSpan {
    qsizetype offset = 0, length = 0; ///< bytes of the content
    int line = 1;                     ///< where it begins
    QString key;                      ///< its path when the content parses, otherwise the name in front of it; may be empty
    friend bool operator==(const SecretSpan &, const SecretSpan &) = default;
};

/// Values of secret keys, private keys in PEM, user info in URLs, JSON Web Tokens, authorization headers. Content that does not parse is
/// searched line by line. References (`${DB_PASSWORD}`), empty values, booleans and null are not secrets.
QList<SecretSpan> findSecrets(Format format, const QByteArray &content);

/// What stands for a secret.
QString secretMask();
/// The content with each secret replaced by the mask, whatever its length; line ends inside a secret stay, so that line numbers do too.
QByteArray maskSecrets(Format format, const QByteArray &content);
/// The same for spans found before.
QByteArray maskSpans(const QByteArray &content, const QList<SecretSpan> &spans);

} // namespace core::text
