// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace core::nacos {
class Registry;
}

namespace ui::config {

/// Tells when to ask again what clients do: after a server was away they come back one after another, most of them later than we do.
/// What is read of them at once says too little and would stand for ever. And whether anybody can be asked at all. GUI thread.
class ComeBack final : public QObject {
    Q_OBJECT
public:
    explicit ComeBack(QObject *parent = nullptr);
    /// nullptr: nobody. Following whom one follows already changes nothing.
    void follow(core::nacos::Registry *registry);
    /// Since when nobody can be asked: what was known then may be otherwise now. Invalid: the server is there.
    QDateTime awaySince() const { return m_awaySince; }
    bool isAway() const { return m_awaySince.isValid(); }

Q_SIGNALS:
    void awayChanged();
    /// The reconnect itself.
    void back();
    /// After it, in growing steps for half a minute.
    void due();

private:
    void begin();
    void next();
    void setAway(bool away);

    QPointer<core::nacos::Registry> m_registry;
    QList<QMetaObject::Connection> m_connections;
    QTimer m_again;
    QDateTime m_awaySince;
    int m_step = 0;
};

} // namespace ui::config
