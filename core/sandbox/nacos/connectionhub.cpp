// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/connectionhub.h"

#include <mutex>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

std::pair<QString, quint16> splitPeer(const std::string &peer)
{
    QString text = QString::fromStdString(peer);
    text.remove(0, text.indexOf(u':') + 1);
    text.replace(u"%5B"_s, u"["_s).replace(u"%5D"_s, u"]"_s);
    const qsizetype colon = text.lastIndexOf(u':');
    QString address = text.left(colon);
    address.remove(u'[').remove(u']');
    return {address, text.mid(colon + 1).toUShort()};
}

ConnectionHub::ConnectionHub(const Clock &clock, const Times &times)
    : m_clock(clock)
    , m_times(times)
{
}

qint64 ConnectionHub::now() const
{
    return m_clock.now().toMSecsSinceEpoch();
}

QByteArray ConnectionHub::makeId(const std::string &peer)
{
    const auto [address, port] = splitPeer(peer);
    return QByteArray::number(now()) + '_' + address.toLatin1() + '_' + QByteArray::number(port);
}

QByteArray ConnectionHub::identify(const std::string &peer)
{
    const std::unique_lock lock(m_mutex);
    const auto known = m_entries.find(peer);
    if (known != m_entries.end())
        return known->second.connection->id;
    Seen &seen = m_seen[peer];
    if (seen.id.isEmpty())
        seen = {makeId(peer), now()};
    return seen.id;
}

ConnectionPtr ConnectionHub::registered(const std::string &peer) const
{
    const std::shared_lock lock(m_mutex);
    const auto found = m_entries.find(peer);
    if (found == m_entries.end())
        return nullptr;
    found->second.connection->active.store(now(), std::memory_order_relaxed);
    return found->second.connection;
}

ConnectionPtr ConnectionHub::setUp(const Setup &setup)
{
    auto connection = std::make_shared<Connection>();
    std::optional<Entry> replaced;
    {
        const std::unique_lock lock(m_mutex);
        const auto seen = m_seen.find(setup.peer);
        connection->id = seen != m_seen.end() ? seen->second.id : makeId(setup.peer);
        if (seen != m_seen.end())
            m_seen.erase(seen);
        connection->peer = setup.peer;
        std::tie(connection->remoteIp, connection->remotePort) = splitPeer(setup.peer);
        connection->clientIp = setup.clientIp.isEmpty() ? connection->remoteIp : setup.clientIp;
        connection->setup = setup.request;
        connection->channel = setup.channel;
        connection->created = now();
        connection->active = connection->created;
        Entry &entry = m_entries[setup.peer];
        if (entry.connection)
            replaced = std::move(entry);
        entry = Entry{connection};
        if (setup.request.abilityTable) {
            const wire::SetupAckRequest ack{QString::number(++m_nextRequest), setup.abilities};
            connection->channel->write(wire::makeMessage(ack));
        }
    }
    if (replaced)
        forget(std::move(*replaced));
    return connection;
}

void ConnectionHub::forget(Entry entry)
{
    for (auto &[id, outstanding] : entry.outstanding)
        outstanding.done(false);
    if (m_gone)
        m_gone(entry.connection);
}

void ConnectionHub::gone(const std::string &peer, const PushChannel *channel)
{
    std::optional<Entry> entry;
    {
        const std::unique_lock lock(m_mutex);
        m_seen.erase(peer);
        const auto found = m_entries.find(peer);
        if (found == m_entries.end() || found->second.connection->channel.get() != channel)
            return;
        entry = std::move(found->second);
        m_entries.erase(found);
    }
    forget(std::move(*entry));
}

void ConnectionHub::push(const ConnectionPtr &connection, const std::function<wire::Message(const QString &)> &build, PushDone done)
{
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_entries.find(connection->peer);
        if (found != m_entries.end() && found->second.connection == connection) {
            const quint64 id = ++m_nextRequest;
            found->second.outstanding.emplace(id, Outstanding{std::move(done), now() + m_times.pushAnswer});
            // Inside the lock, so that pushes leave in the order of their ids.
            connection->channel->write(build(QString::number(id)));
            return;
        }
    }
    done(false);
}

void ConnectionHub::answered(const std::string &peer, const wire::Message &message)
{
    PushDone done;
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_entries.find(peer);
        if (found == m_entries.end())
            return;
        Entry &entry = found->second;
        entry.connection->active.store(now(), std::memory_order_relaxed);
        entry.detectionDeadline = 0;
        const auto outstanding = entry.outstanding.find(wire::requestIdOf(message.body).toULongLong());
        if (outstanding == entry.outstanding.end())
            return;
        done = std::move(outstanding->second.done);
        entry.outstanding.erase(outstanding);
    }
    done(true);
}

void ConnectionHub::disconnect(const ConnectionPtr &connection, const QString &reason)
{
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_entries.find(connection->peer);
        if (found == m_entries.end() || found->second.connection != connection)
            return;
        found->second.closing = true;
    }
    connection->channel->close(reason);
}

void ConnectionHub::sweep()
{
    const qint64 time = now();
    std::vector<PushDone> late;
    std::vector<ConnectionPtr> dead, closing;
    {
        const std::unique_lock lock(m_mutex);
        for (auto &[peer, entry] : m_entries) {
            if (entry.closing) {
                closing.push_back(entry.connection);
                continue;
            }
            for (auto it = entry.outstanding.begin(); it != entry.outstanding.end();) {
                if (it->second.deadline > time) {
                    ++it;
                    continue;
                }
                late.push_back(std::move(it->second.done));
                it = entry.outstanding.erase(it);
            }
            const qint64 active = entry.connection->active.load(std::memory_order_relaxed);
            if (entry.detectionDeadline == 0 && time - active >= m_times.idleUntilDetection) {
                entry.detectionDeadline = time + m_times.detectionAnswer;
                const wire::ClientDetectionRequest detection{QString::number(++m_nextRequest)};
                entry.connection->channel->write(wire::makeMessage(detection));
            } else if (entry.detectionDeadline != 0 && time - active < m_times.idleUntilDetection) {
                entry.detectionDeadline = 0; // a request came instead of the answer
            } else if (entry.detectionDeadline != 0 && time >= entry.detectionDeadline) {
                dead.push_back(entry.connection);
            }
        }
        for (auto it = m_seen.begin(); it != m_seen.end();)
            it = time - it->second.at > m_times.unregistered ? m_seen.erase(it) : std::next(it);
    }
    for (const PushDone &done : late)
        done(false);
    for (const ConnectionPtr &connection : dead)
        disconnect(connection, u"no answer to the detection"_s);
    for (const ConnectionPtr &connection : closing)
        connection->channel->hurry();
}

QList<ConnectionPtr> ConnectionHub::connections() const
{
    const std::shared_lock lock(m_mutex);
    QList<ConnectionPtr> all;
    for (const auto &[peer, entry] : m_entries)
        all.append(entry.connection);
    return all;
}

} // namespace core::sandbox::nacos
