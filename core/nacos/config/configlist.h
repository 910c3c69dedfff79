// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"
#include "core/nacos/config/configcalls.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/listround.h"
#include "core/nacos/session/sessionprivate.h"

#include <QHash>

namespace core::nacos {

class ConfigMemory;

/// One list from its first page to its last: three pages at once, what the server's LIKE matched too much taken out, doubles dropped. When
/// the list moved under the pages it is read again, from the last page to the first, until nothing can have been passed over; when that
/// does not come about it ends as partial (partiallist.h). What a complete list does not have and the mirror does is asked for by itself
/// before it is taken for deleted. Child of the client; deletes itself with its stream.
class ConfigList final : public QObject {
    Q_OBJECT
public:
    ConfigList(Session::Private &session, ConfigMemory &memory, const ConfigQuery &query, Stream<ConfigSummary> *stream);
    void start();

Q_SIGNALS:
    /// Listed before, and deleted since. Before the end.
    void gone(const core::nacos::ConfigKey &key);

private:
    using Name = std::pair<QString, QString>; ///< group, data ID
    enum class Stage { Reading, Checking, Resting, Settling };

    void ask();
    void request(int page);
    void received(const Result<ConfigPage> &page, int number);
    void take(const ConfigPage &page, int number);
    void checkPage(const ConfigPage &page, int number);
    bool matches(const ConfigSummary &item) const;
    bool isEverything() const;
    int lastPage() const;
    bool isRead() const;
    void deliver(const QList<ConfigSummary> &items);
    void check(const ConfigSummary &item);
    void checkNext();
    void step();
    void roundOver();
    void readAgain();
    void complete();
    void compareWithMirror();
    void doubt(const ConfigKey &key);
    void doubtNext();
    void maybeEnd();
    void endPartial(const QString &why);

    Session::Private &m_session;
    ConfigMemory &m_memory;
    const ConfigQuery m_query;
    const QPointer<Stream<ConfigSummary>> m_stream;
    const QDateTime m_began = QDateTime::currentDateTimeUtc();
    QHash<Name, int> m_keys;        ///< with the newest round each was met in
    QList<ConfigSummary> m_toCheck; ///< hits of a content search that must be looked at
    ListRound m_round;
    ListRound m_before;
    Stage m_stage = Stage::Reading;
    QList<int> m_pagesToCheck;
    QList<ConfigKey> m_doubted; ///< known, and not in the complete list
    qint64 m_remembered = 0;    ///< rows that went to the mirror
    int m_next = 1;             ///< page of the round; going down 0: at its end
    int m_highest = 0;          ///< the last page that had anything
    int m_tail = 0;             ///< going down: the highest page asked for
    bool m_told = false;        ///< how many there are
    bool m_stopped = false;     ///< the round has come to the end of what there is
    int m_open = 0, m_checking = 0, m_doubting = 0, m_asked = 0, m_pageSize = 0;
    int m_tries = 0; ///< refused for want of time, one after another
    bool m_paused = false, m_comparing = false;
    bool m_unsure = false; ///< whether one of the doubted exists could not be found out
};

} // namespace core::nacos
