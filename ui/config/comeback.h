// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace core::nacos {
class Registry;
}

namespace ui::config {

/// Tells when to ask again what clients do: after a server was away they come back one after another, most of them later than we do.
/// What is read of them at once says too little and would stand for ever. GUI thread.
class ComeBack final : public QObject {
    Q_OBJECT
public:
    explicit ComeBack(QObject *parent = nullptr);
    /// nullptr: nobody. Following whom one follows already changes nothing.
    void follow(core::nacos::Registry *registry);

Q_SIGNALS:
    /// The reconnect itself.
    void back();
    /// After it, in growing steps for half a minute.
    void due();

private:
    void begin();
    void next();

    QPointer<core::nacos::Registry> m_registry;
    QList<QMetaObject::Connection> m_connections;
    QTimer m_again;
    int m_step = 0;
};

} // namespace ui::config
