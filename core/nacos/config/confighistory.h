// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"
#include "core/nacos/config/configcalls.h"
#include "core/nacos/config/historystates.h"
#include "core/nacos/session/sessionprivate.h"

namespace core::nacos {

class ConfigMemory;

/// Gathers live state, the server's rows and the mirror's revisions, puts them right (historystates.h) and hands them out. Child of the
/// stream it serves.
class ConfigHistory final : public QObject {
    Q_OBJECT
public:
    ConfigHistory(Session::Private &session, ConfigMemory &memory, const ConfigKey &key, Stream<ConfigRevision> *stream);
    void start();

private:
    void askRows(int page);
    void askMirror();
    void askContents();
    void askContent(qsizetype row);
    void withContent(qsizetype row, const HistoryDetail &detail);
    void gathered();
    void finish();

    Session::Private &m_session;
    ConfigMemory &m_memory;
    const ConfigKey m_key;
    const QPointer<Stream<ConfigRevision>> m_stream;
    QList<HistoryRow> m_rows;
    QList<store::MirrorRevision> m_seen;
    std::optional<LiveFacts> m_live;
    std::optional<Error> m_error;
    int m_open = 0;
    qsizetype m_nextContent = 0;
    int m_contentsOpen = 0;
};

/// A page of the server's rows, newest first.
Reply<HistoryPage> *readHistoryPage(Session::Private &session, const ConfigKey &key, calls::Page page, QObject *parent);
/// One row of the server's history.
Reply<HistoryDetail> *readHistoryRow(Session::Private &session, const ConfigKey &key, const QString &nid, QObject *parent);

} // namespace core::nacos
