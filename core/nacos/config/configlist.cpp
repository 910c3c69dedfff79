// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configlist.h"

#include "core/nacos/config/configmemory.h"
#include "core/nacos/config/queryanswer.h"
#include "core/nacos/config/wildcards.h"
#include "core/nacos/wire/configmessages.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

constexpr int PagesAtOnce = 3;
constexpr int ChecksAtOnce = 16;
/// A server that has no time for a page is asked again, later each time.
constexpr int MostTries = 5;
constexpr auto TryAgainAfter = 400ms;

/// Characters that mean something to the server's search; what it finds for a text with one of them is looked at here.
bool isAmbiguous(const QString &content)
{
    return content.contains(u'*') || content.contains(u'%') || content.contains(u'_') || content.contains(u'\\');
}

/// A page and the plane it came from, which decides about the size of the next ones.
struct PlanePage {
    Plane plane = Plane::Admin;
    ConfigPage page;
};

} // namespace

ConfigList::ConfigList(Session::Private &session, ConfigMemory &memory, const ConfigQuery &query, Stream<ConfigSummary> *stream)
    : QObject(stream)
    , m_session(session)
    , m_memory(memory)
    , m_query(query)
    , m_stream(stream)
{
}

void ConfigList::start()
{
    m_stream->onResume = [this] {
        m_paused = false;
        ask();
        checkNext();
    };
    request(m_next++);
}

/// The first page tells how many there are; then the others come side by side.
void ConfigList::ask()
{
    while (!m_paused && m_last >= 0 && m_next <= m_last && m_open < PagesAtOnce)
        request(m_next++);
}

void ConfigList::request(int page)
{
    ++m_open;
    const QString tenant = m_session.wireTenant(m_query.namespaceId);
    m_session
        .routed<PlanePage>(
            requestkind::ConfigList,
            [query = m_query, tenant, page](Plane plane) -> std::optional<HttpCall> {
                return calls::list(plane, query, tenant, {page, calls::pageSizeFor(plane)});
            },
            [ns = m_query.namespaceId](Plane plane, HttpData &&data) -> Result<PlanePage> {
                Result<ConfigPage> decoded = decodeConfigPage(dialectOf(plane), data.data, data.response.body, ns);
                if (!decoded)
                    return fail(decoded.error());
                return PlanePage{plane, std::move(*decoded)};
            },
            this)
        ->then(this, [this, page](const Result<PlanePage> &answer) {
            --m_open;
            if (!answer)
                return received(fail(answer.error()), page);
            if (m_pageSize == 0)
                m_pageSize = calls::pageSizeFor(answer->plane);
            received(answer->page, page);
        });
}

bool ConfigList::matches(const ConfigSummary &item) const
{
    if (!wildcardMatches(m_query.dataId, item.key.dataId) || !wildcardMatches(m_query.group, item.key.group))
        return false;
    if (!m_query.app.isEmpty() && !item.app.isEmpty() && !wildcardMatches(m_query.app, item.app))
        return false;
    return m_query.type.isEmpty() || item.type.isEmpty() || item.type == m_query.type;
}

void ConfigList::received(const Result<ConfigPage> &page, int number)
{
    if (!page) {
        if (page.error().kind != Error::Kind::RateLimited || ++m_tries > MostTries) {
            m_stream->settle(fail(page.error()));
            return;
        }
        ++m_open;
        QTimer::singleShot(TryAgainAfter * m_tries, this, [this, number] {
            --m_open;
            request(number);
        });
        return;
    }
    m_tries = 0;
    // A server that answers the first page with fewer than were asked for has a limit of its own.
    if (number == 1 && !page->items.isEmpty() && page->items.size() < page->total)
        m_pageSize = std::min(m_pageSize, int(page->items.size()));
    m_total = page->total;
    m_read += page->items.size();
    QList<ConfigSummary> fresh;
    for (qsizetype i = 0; i < page->items.size(); ++i) {
        const ConfigSummary &item = page->items.at(i);
        const std::pair name(item.key.group, item.key.dataId);
        if (m_seen.contains(name) || !matches(item))
            continue;
        m_seen.insert(name);
        if (m_query.content.isEmpty()) {
            fresh.append(item);
        } else if (!page->contents.isEmpty()) {
            if (page->contents.at(i).contains(m_query.content.toUtf8()))
                fresh.append(item);
        } else if (isAmbiguous(m_query.content)) {
            check(item);
        } else {
            fresh.append(item);
        }
    }
    // The server's own page count is not to be relied on, and an empty page is the end whatever the total says.
    m_last = page->items.isEmpty() ? std::min(m_last < 0 ? number : m_last, number) : int((m_total + m_pageSize - 1) / m_pageSize);
    m_memory.listed(fresh);
    deliver(fresh);
    Q_EMIT m_stream->progress(m_read, m_total);
    ask();
    maybeEnd();
}

void ConfigList::deliver(const QList<ConfigSummary> &items)
{
    if (!items.isEmpty() && m_stream->push(items) == Stream<ConfigSummary>::Flow::Pause)
        m_paused = true;
}

void ConfigList::check(const ConfigSummary &item)
{
    m_toCheck.append(item);
    checkNext();
}

void ConfigList::checkNext()
{
    while (!m_paused && m_checking < ChecksAtOnce && !m_toCheck.isEmpty()) {
        const ConfigSummary item = m_toCheck.takeFirst();
        ++m_checking;
        const calls::Target target{item.key, m_session.wireTenant(item.key.namespaceId)};
        m_session
            .routed<bool>(
                requestkind::ConfigRead, [target](Plane plane) -> std::optional<HttpCall> { return calls::detail(plane, target); },
                [key = item.key, text = m_query.content.toUtf8()](Plane plane, HttpData &&data) -> Result<bool> {
                    const auto detail = decodeConfigDetail(dialectOf(plane), data.data, data.response.body, key);
                    return detail && *detail && (*detail)->content.contains(text);
                },
                this)
            ->then(this, [this, item](const Result<bool> &found) {
                --m_checking;
                // One that cannot be looked at is shown: the server says it matches.
                if (!found || *found) {
                    m_memory.listed({item});
                    deliver({item});
                }
                checkNext();
                maybeEnd();
            });
    }
}

void ConfigList::maybeEnd()
{
    if (m_open > 0 || m_checking > 0 || !m_toCheck.isEmpty() || m_last < 0 || m_next <= m_last)
        return;
    const bool everything = m_query.dataId.isEmpty() && m_query.group.isEmpty() && m_query.app.isEmpty() && m_query.type.isEmpty() &&
        m_query.tags.isEmpty() && m_query.content.isEmpty();
    // Only a list that saw as many as the server counted says what is missing.
    if (everything && m_read >= m_total && !m_stream->isSettled())
        m_memory.listComplete(m_query.namespaceId, m_began);
    m_stream->settle(Done{});
}

} // namespace core::nacos
