// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/confighistory.h"

#include "core/nacos/config/configmemory.h"
#include "core/nacos/config/configstate.h"
#include "core/nacos/config/queryanswer.h"
#include "core/nacos/wire/configmessages.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int RowsAPage = 500;
/// More than a server keeps in 30 days of anything sane; a guard against a total that never ends.
constexpr int MostPages = 40;
/// Lists tell neither MD5 nor size; for as many of the newest rows they are looked up.
constexpr qsizetype MostContents = 20;
constexpr int ContentsAtOnce = 6;

/// Does the server answer with the content alone? Of any other it is a page of somebody else.
enum class Bare { Never, Perhaps };

/// v1 answers with nothing at all when there is none.
Result<std::optional<ConfigDetail>> decodeDetail(Plane plane, HttpData &&data, const ConfigKey &key, Bare bare)
{
    if (plane != Plane::Legacy)
        return decodeConfigDetail(Dialect::V3, data.data, data.response.body, key);
    const net::HttpResponse &answer = data.response;
    const auto content = bare == Bare::Perhaps
        ? decodeBareContent(answer.body, answer.header("Content-MD5"), answer.header("Content-Type"), key)
        : std::nullopt;
    if (content)
        return *content ? Result<std::optional<ConfigDetail>>(std::move(**content)) : fail(content->error());
    const QByteArray body = answer.body.trimmed();
    if (body.isEmpty() || body == "null")
        return std::optional<ConfigDetail>();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        return fail(Error::Kind::BadReply, u"the answer is not JSON: "_s + error.errorString());
    return decodeConfigDetail(Dialect::V1, document.object(), body, key);
}

} // namespace

namespace {

using DetailReply = Reply<std::optional<ConfigDetail>>;
/// Why it is not read by HTTP.
enum class Http { Closed, Unreachable };

/// The SDKs' way in may be open where the others are not; it lacks description, tags and so on. `otherwise`: it is not open, either.
void readPartial(Session::Private &session, const calls::Target &target, DetailReply *reply, Http why, std::function<void()> otherwise)
{
    wire::ConfigQueryRequest request;
    request.key = {target.tenant, target.key.group, target.key.dataId};
    auto *asked =
        session.rpc<std::optional<ConfigContent>>(wire::makeMessage(request), {target.tenant, target.key.group}, openQueryAnswer, reply);
    reply->onCancel = [asked = QPointer<Operation>(asked)] {
        if (asked)
            asked->cancel();
    };
    asked->then(
        reply,
        [&session, reply, key = target.key, why, otherwise = std::move(otherwise)](const Result<std::optional<ConfigContent>> &answer) {
            // A gray version is not what an edit starts from.
            if (!answer || (*answer && (*answer)->gray))
                return otherwise();
            if (why == Http::Closed)
                session.recordDetour(requestkind::ConfigRead, Plane::Grpc);
            if (!*answer)
                return reply->settle(std::optional<ConfigDetail>());
            ConfigDetail partial;
            partial.key = key;
            partial.content = (*answer)->content;
            partial.md5 = (*answer)->md5;
            partial.attributes.type = (*answer)->type;
            partial.attributes.encryptedDataKey = (*answer)->encryptedDataKey;
            partial.changedAt = (*answer)->changedAt;
            partial.complete = false;
            reply->settle(std::optional(partial));
        });
}

void readByHttp(Session::Private &session, const calls::Target &target, DetailReply *reply)
{
    auto *http = session.routed<std::optional<ConfigDetail>>(
        requestkind::ConfigRead, [target](Plane plane) -> std::optional<HttpCall> { return calls::detail(plane, target); },
        [key = target.key, bare = session.isRnacos() ? Bare::Perhaps : Bare::Never](Plane plane, HttpData &&data) {
            return decodeDetail(plane, std::move(data), key, bare);
        },
        reply);
    reply->onCancel = [http = QPointer<Operation>(http)] {
        if (http)
            http->cancel();
    };
    http->then(reply, [&session, reply, target](const Result<std::optional<ConfigDetail>> &detail) {
        // The content alone does not tell its type; the SDKs' way in does.
        if (detail && *detail && lacksType(**detail) && session.rpcUp())
            return readPartial(session, target, reply, Http::Unreachable, [reply, detail] { reply->settle(detail); });
        if (detail)
            return reply->settle(detail);
        const Error error = detail.error();
        if (error.kind == Error::Kind::NotFound)
            return reply->settle(std::optional<ConfigDetail>());
        // A server as it comes lets SDKs read without a login, but no consoles.
        const bool closed = error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::Unsupported ||
            (error.kind == Error::Kind::Auth && session.isAnonymous());
        if (!closed && (error.kind != Error::Kind::Network || !session.rpcUp()))
            return reply->settle(fail(error));
        const auto otherwise = [reply, error] { reply->settle(fail(error)); };
        if (!closed)
            return readPartial(session, target, reply, Http::Unreachable, otherwise);
        // A window has tried for long, a program that runs once has not.
        if (!session.rpcUp() && session.use == Session::Use::Interactive)
            return otherwise();
        session.withRpc(
            reply, [&session, target, reply, otherwise] { readPartial(session, target, reply, Http::Closed, otherwise); }, otherwise);
    });
}

} // namespace

Reply<std::optional<ConfigDetail>> *readDetail(Session::Private &session, const ConfigKey &key, QObject *parent)
{
    const calls::Target target{key, session.wireTenant(key.namespaceId)};
    auto *reply = session.operations.track(new DetailReply(parent));
    // Always first: what is closed for one namespace may be open for the next, and only this way tells everything.
    readByHttp(session, target, reply);
    return reply;
}

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
