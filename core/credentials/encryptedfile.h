// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QMap>
#include <QString>

namespace core::credentials {

/// The encrypted secret file as bytes; no I/O here. A JSON document: key derivation (scrypt) and its parameters, nonce, and the secrets
/// as JSON under AES-256-GCM, authenticated together with the parameters.
struct FileKey {
    QByteArray salt;
    quint64 n = 1 << 16; ///< scrypt's cost; with r = 8 this takes 64 MiB and about 0.2 s
    quint32 r = 8, p = 1;
    QByteArray key; ///< 32 bytes, derived
};

using Secrets = QMap<QString, QString>;

/// A new key with a fresh salt. Takes a fraction of a second by design: not in the GUI thread.
Result<FileKey> deriveKey(const QString &passphrase);
/// The key of an existing file. BadReply: not such a file, or parameters that would exhaust this machine.
Result<FileKey> deriveKey(const QString &passphrase, const QByteArray &file);
/// Whether `key` was derived with the salt and cost this file names.
bool belongsTo(const FileKey &key, const QByteArray &file);
Result<QByteArray> seal(const Secrets &secrets, const FileKey &key);
/// Auth: wrong passphrase (or a changed byte: both look the same). BadReply: not such a file.
Result<Secrets> unseal(const QByteArray &file, const FileKey &key);

} // namespace core::credentials
