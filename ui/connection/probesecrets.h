// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/secretstore.h"

#include <QMap>

namespace ui::connection {

/// What was typed into the form and is not saved, in front of the real store: the live probe reads passwords from here. Writes nothing.
class ProbeSecrets final : public core::credentials::SecretStore {
    Q_OBJECT
public:
    explicit ProbeSecrets(core::credentials::SecretStore &behind, QObject *parent = nullptr);

    /// By the store's keys; an empty value means "there is none", also when the real store has one.
    void setTyped(const QMap<QString, QString> &typed);

    core::Reply<std::optional<QString>> *read(const QString &key) override;
    core::Reply<core::Done> *write(const QString &key, const QString &value) override;
    core::Reply<core::Done> *remove(const QString &key) override;
    Kind kind() const override { return m_behind.kind(); }
    QString stateText() const override { return m_behind.stateText(); }

private:
    core::credentials::SecretStore &m_behind;
    QMap<QString, QString> m_typed;
};

} // namespace ui::connection
