// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpgate.h"

namespace core::net {

void HttpGate::enter(const QString &server, QObject *who, std::function<void()> go)
{
    Server &at = m_servers[server];
    if (at.inside.size() >= AtOnce) {
        at.waiting.append({who, std::move(go)});
        return;
    }
    at.inside.insert(who);
    go();
}

void HttpGate::leave(const QString &server, QObject *who)
{
    const auto found = m_servers.find(server);
    if (found == m_servers.end())
        return;
    if (!found->inside.remove(who)) {
        found->waiting.removeIf([who](const Waiting &one) { return one.who == who; });
        return;
    }
    if (found->waiting.isEmpty()) {
        if (found->inside.isEmpty())
            m_servers.erase(found);
        return;
    }
    Waiting next = found->waiting.takeFirst();
    found->inside.insert(next.who);
    // Not from inside the end of another one.
    QMetaObject::invokeMethod(next.who, std::move(next.go), Qt::QueuedConnection);
}

} // namespace core::net
