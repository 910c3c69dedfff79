// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/mirrorfill.h"

#include "core/nacos/config/namespaceids.h"
#include "core/nacos/registry.h"
#include "core/profiles/profile.h"
#include "core/store/mirror.h"

#include <algorithm>
#include <QHash>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

/// Of the six connections an HTTP client has to a server.
constexpr int ReadAtOnce = 4;
/// One after the other.
constexpr int MostTimeouts = 4;
constexpr auto FirstRest = 1s;
constexpr auto LongestRest = 60s;
constexpr qint64 TellEvery = 50;

class Filling final : public QObject {
public:
    Filling(Registry &registry, store::Mirror &mirror, const QStringList &namespaces, Stream<FillProgress> *stream, FillBrake *brake)
        : QObject(stream)
        , m_registry(&registry)
        , m_mirror(&mirror)
        , m_spaces(namespaces)
        , m_stream(stream)
        , m_brake(brake)
        , m_scope{registry.mirrorScope()}
    {
        m_rest.setSingleShot(true);
        connect(&m_rest, &QTimer::timeout, this, [this] { step(); });
        if (brake)
            connect(brake, &FillBrake::released, this, [this] { step(); });
        connect(&registry, &QObject::destroyed, this,
                [this] { m_stream->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void start()
    {
        if (!m_spaces.isEmpty())
            return begin();
        namespaceIds(*m_registry, this)->then(this, [this](const Result<NamespaceIds> &all) {
            if (!all)
                return m_stream->settle(fail(all.error()));
            // Some lists leave some out that the person knows of.
            m_spaces = all->ids + QStringList{m_registry->profile().defaultNamespace} + m_registry->profile().typedNamespaces;
            begin();
        });
    }

private:
    void begin()
    {
        for (QString &space : m_spaces)
            space = ConfigKey::canonicalNamespace(space);
        // Where the person begins is there first.
        if (const QString first = ConfigKey::canonicalNamespace(m_registry->profile().defaultNamespace); m_spaces.contains(first))
            m_spaces.prepend(first);
        m_spaces.removeDuplicates();
        nextSpace();
    }
    void nextSpace()
    {
        if (m_at >= m_spaces.size()) {
            m_stream->settle(Done{});
            return;
        }
        m_now = FillProgress();
        m_now.namespaceId = m_spaces.at(m_at++);
        m_known.clear();
        m_wanted.clear();
        m_listing = true;
        m_spaceDone = false;
        if (!m_mirror) // nobody is left to fill it for
            return m_stream->settle(fail(Error::Kind::Cancelled, u"the mirror was closed"_s));
        // What the mirror has, first: then everything listed can be judged at once.
        auto *items = m_mirror->list(m_scope, m_now.namespaceId, u"config"_s);
        items->each(this, [this](const QList<store::MirrorItem> &batch) {
            for (const store::MirrorItem &item : batch) {
                if (!item.contentSha.isEmpty() && !item.stale)
                    m_known.insert(item.local, item.md5);
            }
        });
        items->then(this, [this](const Result<Done> &) { list(); });
    }
    void list()
    {
        if (!m_registry)
            return;
        ConfigQuery query;
        query.namespaceId = m_now.namespaceId;
        auto *stream = m_registry->configs().list(query);
        stream->each(this, [this](const QList<ConfigSummary> &batch) { take(batch); });
        stream->then(this, [this](const Result<Done> &result) {
            m_listing = false;
            if (!result && isLost(result.error()))
                return end(result.error());
            if (!result)
                note(result.error());
            step();
        });
    }
    void take(const QList<ConfigSummary> &batch)
    {
        for (const ConfigSummary &item : batch) {
            ++m_now.listed;
            const Result<Address> address = item.key.address(m_registry->slug());
            const bool known = address && !item.md5.isEmpty() && m_known.value(address->local()) == item.md5;
            if (known)
                ++m_now.known;
            else
                m_wanted.append(item.key);
        }
        m_total += batch.size();
        step();
    }
    void step()
    {
        if (m_ended)
            return;
        const auto mayRead = [this] { return m_registry && m_open < ReadAtOnce && !m_rest.isActive() && !(m_brake && m_brake->isHeld()); };
        while (mayRead() && !m_wanted.isEmpty()) {
            const ConfigKey key = m_wanted.takeFirst();
            ++m_open;
            m_registry->configs().getLive(key)->then(this, [this, key](const Result<std::optional<ConfigDetail>> &detail) {
                --m_open;
                if (detail) {
                    ++m_now.read;
                    m_restFor = FirstRest;
                    m_timeouts = 0;
                } else if (detail.error().kind == Error::Kind::RateLimited) {
                    m_wanted.prepend(key);
                    if (!m_rest.isActive())
                        m_rest.start(std::exchange(m_restFor, std::min<std::chrono::milliseconds>(2 * m_restFor, LongestRest)));
                } else if (isLost(detail.error())) {
                    return end(detail.error());
                } else {
                    ++m_now.failed;
                    note(detail.error());
                }
                if ((m_now.read + m_now.failed) % TellEvery == 0)
                    tell();
                step();
            });
        }
        Q_EMIT m_stream->progress(m_doneBefore + m_now.known + m_now.read + m_now.failed, m_total);
        if (m_listing || m_spaceDone || m_open > 0 || !m_wanted.isEmpty())
            return;
        m_spaceDone = true;
        m_now.complete = m_now.problem.isEmpty();
        m_doneBefore += m_now.listed;
        tell();
        nextSpace();
    }
    /// The others would fare the same.
    bool isLost(const Error &error)
    {
        return error.kind == Error::Kind::Network || (error.kind == Error::Kind::Timeout && ++m_timeouts >= MostTimeouts);
    }
    void note(const Error &error)
    {
        if (m_now.problem.isEmpty())
            m_now.problem = error.message;
        m_now.mayPass |= error.retryable;
    }
    void tell() { m_stream->push({m_now}); }
    void end(const Error &error)
    {
        if (std::exchange(m_ended, true))
            return;
        m_now.problem = error.message;
        m_now.mayPass = error.retryable;
        tell();
        m_stream->settle(fail(error));
    }

    QPointer<Registry> m_registry;
    QPointer<store::Mirror> m_mirror;
    QStringList m_spaces;
    Stream<FillProgress> *m_stream;
    QPointer<FillBrake> m_brake;
    const store::MirrorScope m_scope;
    qsizetype m_at = 0;
    FillProgress m_now;
    QHash<QString, QByteArray> m_known;
    QList<ConfigKey> m_wanted;
    qint64 m_total = 0, m_doneBefore = 0;
    QTimer m_rest;
    std::chrono::milliseconds m_restFor = FirstRest;
    int m_open = 0, m_timeouts = 0;
    bool m_listing = false, m_spaceDone = true, m_ended = false;
};

} // namespace

void FillBrake::set(Position position)
{
    const bool wasHeld = isHeld();
    m_position = position;
    if (wasHeld && !isHeld())
        Q_EMIT released();
}

Stream<FillProgress> *fillMirror(Registry &registry, store::Mirror &mirror, const QStringList &namespaces, QObject *parent,
                                 FillBrake *brake)
{
    auto *stream = new Stream<FillProgress>(parent);
    auto *filling = new Filling(registry, mirror, namespaces, stream, brake);
    stream->onCancel = [filling = QPointer<QObject>(filling)] { delete filling.data(); };
    filling->start();
    return stream;
}

} // namespace core::nacos
