// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/confighistory.h"

#include "core/nacos/config/configmemory.h"
#include "core/nacos/config/detailread.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int RowsAPage = 500;
/// More than a server keeps in 30 days of anything sane; a guard against a total that never ends.
constexpr int MostPages = 40;
/// Lists tell neither MD5 nor size; for as many of the newest rows they are looked up.
constexpr qsizetype MostContents = 20;
constexpr int ContentsAtOnce = 6;

} // namespace

Reply<HistoryPage> *readHistoryPage(Session::Private &session, const ConfigKey &key, calls::Page page, QObject *parent)
{
    const calls::Target target{key, session.wireTenant(key.namespaceId)};
    return session.routed<HistoryPage>(
        requestkind::ConfigHistory,
        [target, page](Plane plane) -> std::optional<HttpCall> { return calls::historyList(plane, target, page); },
        [](Plane plane, HttpData &&data) { return decodeHistoryPage(dialectOf(plane), data.data); }, parent);
}

Reply<HistoryDetail> *readHistoryRow(Session::Private &session, const ConfigKey &key, const QString &nid, QObject *parent)
{
    const calls::Target target{key, session.wireTenant(key.namespaceId)};
    return session.routed<HistoryDetail>(
        requestkind::ConfigHistory, [target, nid](Plane plane) -> std::optional<HttpCall> { return calls::historyRow(plane, target, nid); },
        [key](Plane plane, HttpData &&data) -> Result<HistoryDetail> {
            Result<HistoryDetail> detail = decodeHistoryDetail(dialectOf(plane), data.data, data.response.body);
            if (detail && (detail->dataId != key.dataId || detail->group != key.group || detail->namespaceId != key.namespaceId))
                return fail(Error::Kind::NotFound, u"that revision belongs to another configuration"_s);
            return detail;
        },
        parent);
}

ConfigHistory::ConfigHistory(Session::Private &session, ConfigMemory &memory, const ConfigKey &key, Stream<ConfigRevision> *stream)
    : QObject(stream)
    , m_session(session)
    , m_memory(memory)
    , m_key(key)
    , m_stream(stream)
{
}

void ConfigHistory::start()
{
    m_open = 3;
    askRows(1);
    readDetail(m_session, m_key, this)->then(this, [this](const Result<std::optional<ConfigDetail>> &detail) {
        if (!detail) {
            m_error = detail.error();
        } else if (*detail) {
            m_memory.seen(**detail, ConfigMemory::Origin::Live);
            m_live = LiveFacts{(*detail)->md5,       (*detail)->content.size(), (*detail)->createdAt,
                               (*detail)->changedAt, (*detail)->changedBy,      (*detail)->changedFrom};
        }
        gathered();
    });
    askMirror();
}

void ConfigHistory::askRows(int page)
{
    readHistoryPage(m_session, m_key, {page, RowsAPage}, this)->then(this, [this, page](const Result<HistoryPage> &answer) {
        if (!answer) {
            // No rows is an answer of some versions.
            if (answer.error().kind != Error::Kind::NotFound)
                m_error = m_session.inWords(answer.error(), u"the history of a configuration"_s);
            return gathered();
        }
        m_rows += answer->rows;
        if (answer->rows.isEmpty() || m_rows.size() >= answer->total || page >= MostPages)
            return askContents();
        askRows(page + 1);
    });
}

void ConfigHistory::askContents()
{
    while (m_contentsOpen < ContentsAtOnce && m_nextContent < std::min(m_rows.size(), MostContents)) {
        const qsizetype row = m_nextContent++;
        // The content a deletion removed is that of the state before it; it is needed like any other.
        if (m_rows.at(row).md5.isEmpty())
            askContent(row);
    }
    if (m_contentsOpen == 0)
        gathered();
}

void ConfigHistory::askContent(qsizetype row)
{
    ++m_contentsOpen;
    readHistoryRow(m_session, m_key, m_rows.at(row).nid, this)->then(this, [this, row](const Result<HistoryDetail> &detail) {
        --m_contentsOpen;
        // A state without MD5 is still a state.
        if (detail)
            withContent(row, *detail);
        askContents();
    });
}

void ConfigHistory::withContent(qsizetype index, const HistoryDetail &detail)
{
    HistoryRow &row = m_rows[index];
    row.md5 = detail.row.md5;
    row.size = detail.content.size();
    if (row.gray || !detail.complete)
        return;
    // The mirror remembers it beyond the days the server does. It came about with this insert, or with the change before this one.
    ConfigRevisionDetail state;
    const HistoryRow *maker = &row;
    if (row.change != HistoryRow::Change::Insert) {
        const auto older = std::find_if(m_rows.cbegin() + index + 1, m_rows.cend(), [](const HistoryRow &entry) { return !entry.gray; });
        if (older == m_rows.cend())
            return;
        maker = &*older;
    }
    state.revision.at = maker->at;
    state.revision.by = maker->by;
    state.revision.md5 = row.md5;
    state.revision.verb = maker->change == HistoryRow::Change::Insert ? ConfigRevision::Verb::Created : ConfigRevision::Verb::Updated;
    state.content = detail.content;
    state.attributes = detail.attributes;
    m_memory.seenBefore(m_key, state);
}

void ConfigHistory::askMirror()
{
    const QString local = m_memory.mirror() ? m_memory.local(m_key) : QString();
    if (local.isEmpty())
        return gathered();
    auto *revisions = m_memory.mirror()->revisions(m_memory.scope(), local);
    revisions->each(this, [this](const QList<store::MirrorRevision> &batch) { m_seen += batch; });
    revisions->then(this, [this](const Result<Done> &) { gathered(); });
}

void ConfigHistory::gathered()
{
    if (--m_open == 0)
        finish();
}

void ConfigHistory::finish()
{
    // Without the live state or the rows, what the server would say is not known: then only what was seen here.
    const QList<ConfigRevision> states = m_error ? QList<ConfigRevision>() : statesOf(m_rows, m_live);
    m_stream->push(withMirror(states, m_seen));
    if (!m_error) {
        m_stream->settle(Done{});
        return;
    }
    // After a failure nothing pending is handed out, so it must be out before.
    QMetaObject::invokeMethod(
        this, [this] { m_stream->settle(fail(*m_error)); }, Qt::QueuedConnection);
}

} // namespace core::nacos
