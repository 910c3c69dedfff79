// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configlist.h"

#include "core/nacos/config/configmemory.h"
#include "core/nacos/config/detailread.h"
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
/// A list that moves is read again, later each time.
constexpr int MostRounds = 7;
constexpr auto FirstRest = 40ms;
/// Of a server that counts more than anybody has, or that gives the same page for ever.
constexpr int MostPages = 20000;
constexpr int MostRepeats = 3;
/// What is known and not in the list is asked for by itself, up to this many.
constexpr int MostDoubted = 2000;
constexpr int DoubtedAtOnce = 16;

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
        doubtNext();
        step();
    };
    request(m_next++);
}

/// How many pages there are by the newest count. The servers' own page count is not to be relied on.
int ConfigList::lastPage() const
{
    return int(std::min<qint64>((m_round.total + m_pageSize - 1) / std::max(1, m_pageSize), MostPages));
}

/// The first page tells how many there are; then the others come side by side. A later round goes down one by one, and then up to what has
/// been added meanwhile.
void ConfigList::ask()
{
    if (m_paused || m_stopped)
        return;
    if (m_stage == Stage::Checking) {
        while (m_open < PagesAtOnce && !m_pagesToCheck.isEmpty())
            request(m_pagesToCheck.takeFirst());
    } else if (m_stage == Stage::Reading && m_round.way == ListRound::Way::Up) {
        while (m_told && m_next <= lastPage() && m_open < PagesAtOnce)
            request(m_next++);
    } else if (m_stage == Stage::Reading && m_open == 0) {
        if (m_next > 0)
            request(m_next--);
        else if (m_tail < lastPage())
            request(++m_tail);
    }
}

/// Nothing of the round is missing that could be asked for.
bool ConfigList::isRead() const
{
    if (m_stopped || m_stage == Stage::Checking)
        return m_stopped || m_pagesToCheck.isEmpty();
    return m_round.way == ListRound::Way::Up ? m_told && m_next > lastPage() : m_next == 0 && m_tail >= lastPage();
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
    if (m_stage == Stage::Checking)
        checkPage(*page, number);
    else
        take(*page, number);
    ask();
    step();
}

void ConfigList::take(const ConfigPage &page, int number)
{
    // A server that answers the first page with fewer than were asked for has a limit of its own.
    if (!m_told && !page.items.isEmpty() && page.items.size() < page.total)
        m_pageSize = std::min(m_pageSize, int(page.items.size()));
    m_told = true;
    m_round.counted(page.total);
    m_round.cut |= (page.total + m_pageSize - 1) / std::max(1, m_pageSize) > MostPages;
    const qint64 before = m_round.distinct;
    size_t content = 0;
    QList<ConfigSummary> fresh;
    for (qsizetype i = 0; i < page.items.size(); ++i) {
        const ConfigSummary &item = page.items.at(i);
        const Name name(item.key.group, item.key.dataId);
        content = qHash(name, content);
        int &met = m_keys[name];
        const int former = std::exchange(met, m_round.number);
        m_round.distinct += former != m_round.number ? 1 : 0;
        if (former != 0)
            continue;
        ++m_round.fresh;
        if (!matches(item))
            continue;
        if (m_query.content.isEmpty()) {
            fresh.append(item);
        } else if (!page.contents.isEmpty()) {
            if (page.contents.at(i).contains(m_query.content.toUtf8()))
                fresh.append(item);
        } else if (isAmbiguous(m_query.content)) {
            check(item);
        } else {
            fresh.append(item);
        }
    }
    m_round.rows += page.items.size();
    m_round.pages.insert(number, content);
    if (page.items.isEmpty()) {
        // The end, whatever the total says; on the way down what follows is what there is.
        m_stopped |= m_round.way == ListRound::Way::Up || m_next == 0;
    } else {
        m_highest = std::max(m_highest, number);
        m_round.repeats = m_round.distinct == before ? m_round.repeats + 1 : 0;
        m_stopped |= m_round.repeats >= MostRepeats;
    }
    m_memory.leaveOutWhatIsOver(fresh);
    m_remembered += m_memory.listed(fresh);
    deliver(fresh);
    Q_EMIT m_stream->progress(std::min<qint64>(m_keys.size(), std::max<qint64>(m_round.total, m_round.distinct)), m_round.total);
}

/// Every page had as many as belong there. One may still have gone and another come meanwhile, so that what is between moved by one: then
/// the pages have other rows now.
void ConfigList::checkPage(const ConfigPage &page, int number)
{
    size_t content = 0;
    for (const ConfigSummary &item : page.items)
        content = qHash(Name(item.key.group, item.key.dataId), content);
    m_round.counted(page.total);
    if (m_round.verdict() != ListRound::Verdict::Steady || m_round.pages.value(number) != content)
        m_stopped = true;
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
                    m_remembered += m_memory.listed({item});
                    deliver({item});
                }
                checkNext();
                step();
            });
    }
}

bool ConfigList::isEverything() const
{
    return m_query.dataId.isEmpty() && m_query.group.isEmpty() && m_query.app.isEmpty() && m_query.type.isEmpty() &&
        m_query.tags.isEmpty() && m_query.content.isEmpty();
}

void ConfigList::step()
{
    if (m_stream->isSettled() || m_open > 0 || m_checking > 0 || !m_toCheck.isEmpty())
        return;
    if (m_stage == Stage::Settling)
        return maybeEnd();
    if (m_stage != Stage::Resting && isRead())
        roundOver();
}

void ConfigList::roundOver()
{
    const ListRound::Verdict verdict = m_round.verdict();
    if (m_stage == Stage::Checking)
        return m_stopped ? readAgain() : complete();
    if (verdict == ListRound::Verdict::Everything)
        return complete();
    if (verdict != ListRound::Verdict::Steady)
        return readAgain();
    m_pagesToCheck = m_round.pagesToCheck();
    if (m_pagesToCheck.isEmpty())
        return complete();
    m_stage = Stage::Checking;
    m_stopped = false;
    ask();
}

void ConfigList::readAgain()
{
    if (m_round.cut)
        return endPartial(u"the server counts %1 configurations, more than are read"_s.arg(m_round.total));
    if (m_round.number > 1 && m_round.isStuckAfter(m_before))
        return endPartial(u"the server counts %1 configurations and lists %2"_s.arg(m_round.total).arg(m_round.distinct));
    if (m_round.number == MostRounds)
        return endPartial(u"configurations came and went while the list was read: some may be missing"_s);
    m_stage = Stage::Resting;
    QTimer::singleShot(FirstRest * (1 << (m_round.number - 1)), this, [this] {
        m_before = std::exchange(m_round, {});
        m_round.number = m_before.number + 1;
        m_round.way = ListRound::Way::Down;
        m_round.before = m_before.total;
        m_round.total = m_before.total;
        m_stage = Stage::Reading;
        m_stopped = false;
        m_next = m_tail = std::clamp(lastPage(), 1, m_highest + 1);
        m_round.total = -1;
        ask();
        step();
    });
}

void ConfigList::complete()
{
    m_stage = Stage::Settling;
    // Met in a former round only: gone, unless the list moved.
    if (m_round.number > 1) {
        for (auto it = m_keys.cbegin(); it != m_keys.cend(); ++it) {
            if (it.value() != m_round.number)
                doubt({m_query.namespaceId, it.key().first, it.key().second});
        }
    }
    if (isEverything() && m_memory.mirror())
        compareWithMirror();
    doubtNext();
    maybeEnd();
}

/// What is remembered and has not been listed now. The mirror is read as a whole only when it has more than was listed.
void ConfigList::compareWithMirror()
{
    m_comparing = true;
    const auto over = [this] {
        m_comparing = false;
        doubtNext();
        maybeEnd();
    };
    const auto compare = [this, over] {
        auto *mirror = m_memory.mirror();
        if (!mirror)
            return over();
        auto *items = mirror->list(m_memory.scope(), m_query.namespaceId, u"config"_s);
        items->each(this, [this](const QList<store::MirrorItem> &batch) {
            for (const store::MirrorItem &item : batch) {
                const auto key = item.seenAt < m_began ? m_memory.keyOf(item.local) : std::nullopt;
                if (key && !m_keys.contains({key->group, key->dataId}))
                    doubt(*key);
            }
        });
        items->then(this, [over](const Result<Done> &) { over(); });
    };
    const auto count = [this, over, compare] {
        auto *mirror = m_memory.mirror();
        if (!mirror)
            return over();
        mirror->count(m_memory.scope(), m_query.namespaceId, u"config"_s)->then(this, [this, over, compare](const Result<qint64> &known) {
            known &&*known <= m_remembered ? over() : compare();
        });
    };
    // Not before what was listed has been written.
    if (auto *written = m_memory.lastWrite(); written && !written->isSettled())
        written->then(this, [count](const Result<Done> &) { count(); });
    else
        count();
}

void ConfigList::doubt(const ConfigKey &key)
{
    m_doubted.append(key);
}

void ConfigList::doubtNext()
{
    while (m_stage == Stage::Settling && !m_comparing && !m_paused && m_doubting < DoubtedAtOnce && m_asked < MostDoubted &&
           !m_doubted.isEmpty()) {
        const ConfigKey key = m_doubted.takeFirst();
        ++m_doubting;
        ++m_asked;
        readDetail(m_session, key, this)->then(this, [this, key](const Result<std::optional<ConfigDetail>> &detail) {
            --m_doubting;
            if (!detail) {
                m_unsure = true; // it stays what it was
            } else if (!*detail) {
                m_memory.absent(key);
                Q_EMIT gone(key);
            } else if (!m_keys.contains({key.group, key.dataId})) {
                ConfigSummary summary;
                summary.key = key;
                summary.id = (*detail)->id;
                summary.type = (*detail)->attributes.type;
                summary.app = (*detail)->attributes.app;
                summary.tags = (*detail)->attributes.tags;
                summary.md5 = (*detail)->md5;
                summary.size = (*detail)->content.size();
                summary.changedAt = (*detail)->changedAt;
                summary.changedBy = (*detail)->changedBy;
                m_memory.listed({summary});
                deliver({summary});
            }
            doubtNext();
            maybeEnd();
        });
    }
}

void ConfigList::maybeEnd()
{
    if (m_stage != Stage::Settling || m_comparing || m_doubting > 0 || (m_asked < MostDoubted && !m_doubted.isEmpty()) ||
        m_stream->isSettled())
        return;
    // More have gone than are asked for one by one: what a list that stood still does not have is not there.
    if (!m_doubted.isEmpty() && !m_unsure && m_round.verdict() == ListRound::Verdict::Steady)
        m_memory.listComplete(m_query.namespaceId, m_began);
    m_stream->settle(Done{});
}

/// After what has been delivered: an end with an error takes away what is still under way.
void ConfigList::endPartial(const QString &why)
{
    m_stage = Stage::Resting;
    QMetaObject::invokeMethod(
        this,
        [this, why] {
            m_stream->settle(fail(Error{Error::Kind::Conflict, why, 0, true}));
        },
        Qt::QueuedConnection);
}

} // namespace core::nacos
