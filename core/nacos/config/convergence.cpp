// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/convergence.h"

#include <algorithm>
#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

class Convergence final : public QObject {
public:
    Convergence(ConfigClient &configs, const ConfigKey &key, const ConvergenceOptions &options, Stream<ConfigListener> *stream)
        : QObject(stream)
        , m_configs(&configs)
        , m_key(key)
        , m_options(options)
        , m_stream(stream)
        , m_pause(options.firstPause)
    {
        m_clock.start();
        connect(&configs, &QObject::destroyed, this,
                [this] { m_stream->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void ask()
    {
        if (!m_configs)
            return;
        m_configs->listeners(m_key)->then(this, [this](const Result<QList<ConfigListener>> &listeners) {
            if (listeners)
                return told(*listeners);
            if (!listeners.error().retryable)
                return m_stream->settle(fail(listeners.error()));
            againOr(listeners.error());
        });
    }

private:
    void told(QList<ConfigListener> listeners)
    {
        QList<ConfigListener> news;
        for (ConfigListener &listener : listeners) {
            if (!m_options.md5.isEmpty())
                listener.upToDate = listener.md5 == m_options.md5;
            const auto before = m_told.constFind(listener.ip);
            if (before == m_told.constEnd() || *before != listener.upToDate)
                news.append(listener);
            m_told.insert(listener.ip, listener.upToDate);
        }
        if (!news.isEmpty())
            m_stream->push(news);
        const ListenerCount count = applicationsOf(listeners);
        Q_EMIT m_stream->progress(count.upToDate, count.all);
        if (count.upToDate == count.all)
            return m_stream->settle(Done{});
        againOr({Error::Kind::Timeout, u"%1 of %2 listeners have not taken it over yet"_s.arg(count.all - count.upToDate).arg(count.all), 0,
                 true});
    }
    void againOr(const Error &late)
    {
        const std::chrono::milliseconds left = m_options.limit - std::chrono::milliseconds(m_clock.elapsed());
        if (left <= std::chrono::milliseconds(0)) {
            // What was told must be handed out before a failure ends the stream.
            QMetaObject::invokeMethod(
                this, [this, late] { m_stream->settle(fail(late)); }, Qt::QueuedConnection);
            return;
        }
        QTimer::singleShot(std::min(m_pause, left), this, [this] { ask(); });
        m_pause = std::min(m_pause * 2, m_options.longestPause);
    }

    QPointer<ConfigClient> m_configs;
    const ConfigKey m_key;
    const ConvergenceOptions m_options;
    Stream<ConfigListener> *m_stream;
    QElapsedTimer m_clock;
    std::chrono::milliseconds m_pause;
    QHash<QString, bool> m_told;
};

} // namespace

Stream<ConfigListener> *watchConvergence(ConfigClient &configs, const ConfigKey &key, const ConvergenceOptions &options, QObject *parent)
{
    auto *stream = new Stream<ConfigListener>(parent);
    auto *flow = new Convergence(configs, key, options, stream);
    stream->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->ask();
    return stream;
}

} // namespace core::nacos
