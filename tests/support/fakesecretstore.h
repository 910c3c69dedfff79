// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/secretstore.h"

#include <QMap>
#include <QStringList>

namespace tests {

/// A secret store that does as told: holds, fails, keeps silent. Counts what was asked.
class FakeSecretStore final : public core::credentials::SecretStore {
    Q_OBJECT
public:
    explicit FakeSecretStore(QObject *parent = nullptr);

    core::Reply<std::optional<QString>> *read(const QString &key) override;
    core::Reply<core::Done> *write(const QString &key, const QString &value) override;
    core::Reply<core::Done> *remove(const QString &key) override;
    Kind kind() const override { return m_kind; }
    QString stateText() const override;
    QString rawError() const override { return m_rawError; }

    void become(Kind kind, const QString &rawError = {});

    QMap<QString, QString> secrets;
    std::optional<core::Error> failure; ///< what everything answers from now on
    bool silent = false;                ///< nothing is ever answered
    QStringList asked;                  ///< "read KEY", "write KEY", "remove KEY"

private:
    template <class T>
    core::Reply<T> *answer(core::Result<T> result);
    Kind m_kind = Kind::Keychain;
    QString m_rawError;
};

} // namespace tests
