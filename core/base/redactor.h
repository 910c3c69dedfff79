// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace core {

/// Takes secrets out of text before it reaches a log, an error or the screen. Two nets: values announced with Redactor::learn (our own
/// tokens and passwords, wherever they turn up), and shapes (Authorization and Cookie headers, `accessToken=`, `password=`,
/// `secretKey=`, `Spas-Signature`, `X-Amz-Signature`, user info in URLs, JSON Web Tokens, PEM private keys). Thread-safe.
class Redactor {
public:
    /// From now on this value is masked everywhere; values under 4 characters are not learned (they would mask ordinary words).
    static void learn(const QString &secret);
    static void forget(const QString &secret);
    static QString redact(const QString &text);
    static QByteArray redact(const QByteArray &text);
    /// What stands in place of a secret.
    static QString mask();
};

} // namespace core
