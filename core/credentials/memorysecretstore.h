// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/secretstore.h"

#include <QMap>

namespace core::credentials {

/// Secrets of this process only. What remains when nothing lasting can be used; also the store of tests.
class MemorySecretStore final : public SecretStore {
    Q_OBJECT
public:
    explicit MemorySecretStore(QObject *parent = nullptr);
    ~MemorySecretStore() override;

    Reply<std::optional<QString>> *read(const QString &key) override;
    Reply<Done> *write(const QString &key, const QString &value) override;
    Reply<Done> *remove(const QString &key) override;
    Kind kind() const override { return Kind::Memory; }
    QString stateText() const override;

    const QMap<QString, QString> &secrets() const { return m_secrets; }
    void put(const QString &key, const QString &value);

private:
    QMap<QString, QString> m_secrets;
};

} // namespace core::credentials
