// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"
#include "core/nacos/config/configcalls.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/session/sessionprivate.h"

#include <QSet>

namespace core::nacos {

class ConfigMemory;

/// One list from its first page to its last: three pages at once, what the server's LIKE matched too much taken out, doubles (the list
/// moved under the pages) dropped. Child of the client; deletes itself with its stream.
class ConfigList final : public QObject {
    Q_OBJECT
public:
    ConfigList(Session::Private &session, ConfigMemory &memory, const ConfigQuery &query, Stream<ConfigSummary> *stream);
    void start();

private:
    void ask();
    void request(int page);
    void received(const Result<ConfigPage> &page, int number);
    bool matches(const ConfigSummary &item) const;
    void deliver(const QList<ConfigSummary> &items);
    void check(const ConfigSummary &item);
    void checkNext();
    void maybeEnd();

    Session::Private &m_session;
    ConfigMemory &m_memory;
    const ConfigQuery m_query;
    const QPointer<Stream<ConfigSummary>> m_stream;
    const QDateTime m_began = QDateTime::currentDateTimeUtc();
    QSet<std::pair<QString, QString>> m_seen;
    QList<ConfigSummary> m_toCheck; ///< hits of a content search that must be looked at
    qint64 m_total = -1, m_read = 0;
    int m_next = 1, m_last = -1; ///< pages; m_last: -1 unknown
    int m_open = 0, m_checking = 0, m_pageSize = 0;
    int m_tries = 0; ///< refused for want of time, one after another
    bool m_paused = false;
};

} // namespace core::nacos
