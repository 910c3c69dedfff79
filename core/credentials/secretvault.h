// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/workers.h"
#include "core/credentials/secretstore.h"

#include <chrono>
#include <functional>
#include <memory>

namespace core::credentials {

class Keychain;

struct VaultOptions {
    enum class Use {
        DesktopKeychain, ///< the keychain if it can be used, otherwise session memory
        EncryptedFile,
        Memory
    };
    Use use = Use::DesktopKeychain;
    QString service = QStringLiteral("signalbox"); ///< the keychain's name for us; tests use their own
    QString file;                                  ///< HOME/secrets.enc
    QString passphrase;                            ///< of the file, when it is known already (SIGNALBOX_PASSPHRASE)
    std::chrono::milliseconds keychainTimeout = std::chrono::seconds(30);
    std::shared_ptr<Keychain> keychain;                             ///< empty: the desktop's; tests bring their own
    std::shared_ptr<Workers> workers = std::make_shared<Workers>(); ///< a passphrase takes its time
};

/// The SecretStore of a program: made at once, probes the keychain once and asynchronously (requests wait for the probe), falls back to
/// session memory when the keychain cannot be used, and changes to the encrypted file by the person's choice. References to it stay
/// valid through every change.
class SecretVault final : public SecretStore {
    Q_OBJECT
public:
    explicit SecretVault(const VaultOptions &options, QObject *parent = nullptr);
    ~SecretVault() override;

    Reply<std::optional<QString>> *read(const QString &key) override;
    Reply<Done> *write(const QString &key, const QString &value) override;
    Reply<Done> *remove(const QString &key) override;
    Kind kind() const override;
    QString stateText() const override;
    QString rawError() const override;

    /// Settles when the probe is over: always a success, kind() tells the result.
    Reply<Done> *probed();
    /// The chosen store is the encrypted file, and it waits for its passphrase.
    bool isLocked() const;
    /// Opens the file (Auth: wrong passphrase) or makes it when there is none, and moves what session memory holds into it.
    Reply<Done> *useEncryptedFile(const QString &passphrase);
    /// Probes again; what session memory holds moves into the keychain when that works.
    Reply<Done> *useKeychain();
    Reply<Done> *useMemory();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::credentials
