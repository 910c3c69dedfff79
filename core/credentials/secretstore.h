// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <optional>
#include <QObject>
#include <QString>

namespace core::credentials {

/// Where our own credentials are kept, and the only place that keeps them. Keys are paths such as `profile/shop-staging/password`
/// (core/profiles/profile.h names them). Lives in the GUI thread. Every value read or written is made known to the Redactor.
///
/// Errors: Internal (the store failed), Auth (locked, wrong passphrase, access refused by the person), Timeout, Cancelled. A key that is
/// not there is a value (nullopt), and removing it is a success.
class SecretStore : public QObject {
    Q_OBJECT
public:
    enum class Kind {
        Keychain,     ///< the desktop's
        Memory,       ///< this process only
        EncryptedFile ///< HOME/secrets.enc under a passphrase
    };
    Q_ENUM(Kind)

    virtual Reply<std::optional<QString>> *read(const QString &key) = 0;
    virtual Reply<Done> *write(const QString &key, const QString &value) = 0;
    virtual Reply<Done> *remove(const QString &key) = 0;

    virtual Kind kind() const = 0;
    /// Survives the end of the program.
    bool isLasting() const { return kind() != Kind::Memory; }
    /// One English sentence: which store it is and why ("session memory: the keychain cannot be used").
    virtual QString stateText() const = 0;
    /// What the keychain said, as it said it; empty when it works.
    virtual QString rawError() const { return {}; }

Q_SIGNALS:
    /// Kind, text or error changed: show the banner or take it away.
    void stateChanged();

protected:
    explicit SecretStore(QObject *parent = nullptr)
        : QObject(parent)
    {
    }
};

} // namespace core::credentials
