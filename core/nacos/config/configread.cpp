// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configread.h"

#include "core/base/transient.h"
#include "core/nacos/registry.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int ReadAtOnce = 16;

class Reading final : public QObject {
public:
    Reading(Registry &registry, const QList<ConfigQuery> &queries, Stream<ConfigRead> *stream)
        : QObject(stream)
        , m_registry(&registry)
        , m_queries(queries)
        , m_stream(stream)
    {
        connect(&registry, &QObject::destroyed, this,
                [this] { m_stream->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void start()
    {
        m_stream->onResume = [this] {
            m_paused = false;
            step();
        };
        nextList();
    }

private:
    void nextList()
    {
        if (!m_registry)
            return;
        if (m_queries.isEmpty()) {
            m_listing = false;
            return step();
        }
        auto *list = m_registry->configs().list(m_queries.takeFirst());
        list->each(this, [this](const QList<ConfigSummary> &batch) {
            for (const ConfigSummary &item : batch)
                m_waiting.append(item.key);
            m_listed += batch.size();
            step();
        });
        list->then(this, [this](const Result<Done> &end) {
            if (!end)
                return m_stream->settle(fail(end.error()));
            nextList();
        });
    }
    void step()
    {
        while (m_registry && !m_paused && m_open < ReadAtOnce && !m_waiting.isEmpty()) {
            const ConfigKey key = m_waiting.takeFirst();
            ++m_open;
            m_registry->configs().getLive(key)->then(this, [this, key](const Result<std::optional<ConfigDetail>> &detail) {
                --m_open;
                ++m_read;
                if (!detail && (isConnectionTrouble(detail.error()) || detail.error().kind == Error::Kind::Cancelled))
                    return m_stream->settle(fail(detail.error()));
                if (!detail)
                    deliver({key, fail(detail.error())});
                else if (*detail)
                    deliver({key, **detail});
                Q_EMIT m_stream->progress(m_read, m_listed);
                step();
            });
        }
        if (!m_listing && m_open == 0 && m_waiting.isEmpty())
            m_stream->settle(Done{});
    }
    void deliver(const ConfigRead &one)
    {
        if (m_stream->push({one}) == Stream<ConfigRead>::Flow::Pause)
            m_paused = true;
    }

    QPointer<Registry> m_registry;
    QList<ConfigQuery> m_queries;
    Stream<ConfigRead> *m_stream;
    QList<ConfigKey> m_waiting;
    qint64 m_listed = 0, m_read = 0;
    int m_open = 0;
    bool m_listing = true, m_paused = false;
};

} // namespace

Stream<ConfigRead> *readConfigs(Registry &registry, const QList<ConfigQuery> &queries, QObject *parent)
{
    auto *stream = new Stream<ConfigRead>(parent);
    auto *reading = new Reading(registry, queries, stream);
    stream->onCancel = [reading = QPointer<QObject>(reading)] { delete reading.data(); };
    reading->start();
    return stream;
}

} // namespace core::nacos
