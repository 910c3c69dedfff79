// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/historystates.h"

#include "core/nacos/config/configplans.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

using Change = HistoryRow::Change;
using Verb = ConfigRevision::Verb;

/// A row's time and the configuration's may differ by that much and mean the same change.
constexpr qint64 SameChangeMs = 2000;
/// Answers lag behind writes by at most about that.
constexpr qint64 LagMs = 5000;

QString id(RevisionId::Kind kind, const QString &value)
{
    return RevisionId{kind, value}.toString();
}

ConfigRevision madeBy(const HistoryRow &row)
{
    ConfigRevision state;
    state.at = row.at;
    state.by = row.by;
    state.from = row.from;
    state.gray = row.gray;
    state.verb = row.change == Change::Insert ? Verb::Created : row.change == Change::Delete ? Verb::Deleted : Verb::Updated;
    return state;
}

ConfigRevision liveState(const LiveFacts &live, Verb verb)
{
    ConfigRevision state;
    state.id = id(RevisionId::Kind::Live, QString::fromLatin1(live.md5));
    state.at = live.changedAt;
    state.by = live.by;
    state.from = live.from;
    state.verb = verb;
    state.md5 = live.md5;
    state.size = live.size;
    return state;
}

/// The content a row carries as the state some change made.
void showRow(ConfigRevision &state, const HistoryRow &row)
{
    state.id = id(RevisionId::Kind::Row, row.nid);
    state.md5 = row.md5;
    state.size = row.size;
}

/// What the newest row made: usually the live content, unless the history lags behind.
void appendNewest(QList<ConfigRevision> &states, const HistoryRow &row, const std::optional<LiveFacts> &live)
{
    ConfigRevision state = madeBy(row);
    const bool gone = row.change == Change::Delete;
    if (!live) {
        if (!gone)
            states.append({.id = id(RevisionId::Kind::Gone, {}), .verb = Verb::Deleted});
        if (gone) {
            state.id = id(RevisionId::Kind::Gone, row.nid);
            states.append(state);
        } else if (row.change == Change::Insert) {
            showRow(state, row);
            states.append(state);
        }
        return;
    }
    const bool later = gone || (row.change == Change::Insert && !row.md5.isEmpty() && row.md5 != live->md5) ||
        (live->changedAt.isValid() && row.at.isValid() && row.at.msecsTo(live->changedAt) > SameChangeMs);
    if (!later) {
        state.id = id(RevisionId::Kind::Live, QString::fromLatin1(live->md5));
        state.md5 = live->md5;
        state.size = live->size;
        states.append(state);
        return;
    }
    states.append(liveState(*live, gone ? Verb::Created : Verb::Updated));
    if (gone) {
        state.id = id(RevisionId::Kind::Gone, row.nid);
        states.append(state);
    } else if (row.change == Change::Insert) {
        showRow(state, row);
        states.append(state);
    }
}

QDateTime timeOf(const store::MirrorRevision &seen)
{
    return seen.changedAt.isValid() ? seen.changedAt : seen.seenAt;
}

/// Does a state of the server tell what the mirror saw at that moment?
bool isTold(const QList<ConfigRevision> &states, const QByteArray &md5, const QDateTime &at)
{
    QDateTime until;
    for (const ConfigRevision &state : states) {
        if (state.gray)
            continue;
        const bool begun = !state.at.isValid() || state.at.msecsTo(at) >= -SameChangeMs;
        const bool notOver = !until.isValid() || at.msecsTo(until) >= -LagMs;
        if (begun && notOver && (state.md5 == md5 || (state.md5.isEmpty() && state.verb != Verb::Deleted)))
            return true;
        until = state.at;
    }
    return false;
}

} // namespace

QString RevisionId::toString() const
{
    switch (kind) {
    case Kind::Live:
        return u"live:"_s + value;
    case Kind::Row:
        return u"h:"_s + value;
    case Kind::Gone:
        return u"gone:"_s + value;
    case Kind::Mirror:
        return u"m:"_s + value;
    }
    return {};
}

Result<RevisionId> RevisionId::parse(const QString &text)
{
    const QString name = text.section(u':', 0, 0), value = text.section(u':', 1);
    const auto number = [&value] {
        bool ok = false;
        value.toLongLong(&ok);
        return ok;
    };
    if (name == "live"_L1)
        return RevisionId{Kind::Live, value};
    if (name == "h"_L1 && number())
        return RevisionId{Kind::Row, value};
    if (name == "gone"_L1)
        return RevisionId{Kind::Gone, value};
    if (name == "m"_L1 && number())
        return RevisionId{Kind::Mirror, value};
    return fail(Error::Kind::Usage, u"not a revision: "_s + text.left(80));
}

QList<ConfigRevision> statesOf(const QList<HistoryRow> &rows, const std::optional<LiveFacts> &live)
{
    QList<HistoryRow> formal;
    QList<ConfigRevision> states;
    for (const HistoryRow &row : rows) {
        if (!row.gray) {
            formal.append(row);
            continue;
        }
        // Gray rows stand for themselves: the list does not say which gray version they belong to.
        ConfigRevision state = madeBy(row);
        showRow(state, row);
        states.append(state);
    }
    QList<ConfigRevision> chain;
    if (formal.isEmpty()) {
        if (live)
            chain.append(liveState(*live, live->createdAt.isValid() && live->createdAt == live->changedAt ? Verb::Created : Verb::Updated));
    } else {
        appendNewest(chain, formal.first(), live);
    }
    for (qsizetype i = 1; i < formal.size(); ++i) {
        const HistoryRow &row = formal.at(i), &newer = formal.at(i - 1);
        ConfigRevision state = madeBy(row);
        if (row.change == Change::Delete)
            state.id = id(RevisionId::Kind::Gone, row.nid);
        else if (row.change == Change::Insert)
            showRow(state, row);
        else if (newer.change != Change::Insert)
            showRow(state, newer);
        else
            continue;
        chain.append(state);
    }
    // The oldest row still tells what was there before it.
    if (!formal.isEmpty() && formal.last().change != Change::Insert) {
        ConfigRevision oldest;
        oldest.verb = Verb::Seen;
        showRow(oldest, formal.last());
        chain.append(oldest);
    }
    if (!chain.isEmpty())
        chain.first().current = true;
    if (states.isEmpty())
        return chain;
    QList<ConfigRevision> merged;
    qsizetype gray = 0;
    for (const ConfigRevision &state : std::as_const(chain)) {
        while (gray < states.size() && state.at.isValid() && states.at(gray).at > state.at)
            merged.append(states.at(gray++));
        merged.append(state);
    }
    merged += states.mid(gray);
    return merged;
}

QList<ConfigRevision> withMirror(const QList<ConfigRevision> &states, const QList<store::MirrorRevision> &seen)
{
    QList<ConfigRevision> additions;
    for (const store::MirrorRevision &revision : seen) {
        const QByteArray md5 = revision.exists ? revision.md5 : QByteArray();
        const QDateTime at = timeOf(revision);
        if (isTold(states, md5, at))
            continue;
        ConfigRevision state;
        state.id = id(RevisionId::Kind::Mirror, QString::number(revision.id));
        state.at = at;
        state.by = revision.by;
        state.verb = revision.exists ? Verb::Seen : Verb::Deleted;
        state.md5 = md5;
        if (revision.exists && revision.size >= 0)
            state.size = revision.size;
        state.source = ConfigRevision::Source::Mirror;
        if (!additions.isEmpty() && additions.last().md5 == state.md5 && additions.last().verb == state.verb)
            additions.removeLast(); // seen again: the older time is the better one
        additions.append(state);
    }
    std::stable_sort(additions.begin(), additions.end(), [](const ConfigRevision &a, const ConfigRevision &b) { return a.at > b.at; });
    QList<ConfigRevision> merged;
    qsizetype next = 0;
    for (const ConfigRevision &state : states) {
        while (!state.current && next < additions.size() && (!state.at.isValid() || additions.at(next).at > state.at))
            merged.append(additions.at(next++));
        merged.append(state);
    }
    merged += additions.mid(next);
    return merged;
}

ConfigDetail rememberedDetail(const ConfigKey &key, const store::MirrorState &state)
{
    ConfigDetail detail;
    detail.key = key;
    detail.content = state.content;
    detail.md5 = state.md5;
    detail.attributes = attributesOf({state.content, state.attributes});
    detail.changedAt = state.changedAt;
    detail.changedBy = state.by;
    detail.complete = state.source != "push"_L1;
    return detail;
}

} // namespace core::nacos
