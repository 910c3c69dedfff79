// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/ledger/ledgerverbs.h"

#include "core/commands/common/context.h"
#include "core/commands/common/invocation.h"
#include "core/store/ledger.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

bool openHome(Invocation &call)
{
    const auto home = call.context().home();
    if (!home)
        call.finish(home.error());
    return home.has_value();
}

Result<store::LedgerQuery> queryOf(const Invocation &call)
{
    store::LedgerQuery query;
    if (call.has(u"since"_s)) {
        const auto ago = durationOf(call.option(u"since"_s));
        query.since =
            ago ? QDateTime::currentDateTimeUtc().addSecs(-ago->count()) : QDateTime::fromString(call.option(u"since"_s), Qt::ISODate);
        if (!query.since.isValid())
            return fail(Error::Kind::Usage,
                        u"--since takes a time such as 2026-01-31T12:00:00Z, a date, or how long ago (90s, 15m, 2h, 7d)"_s);
    }
    return query;
}

/// -1: all.
Result<qint64> limitOf(const Invocation &call)
{
    bool ok = true;
    const qint64 limit = call.has(u"limit"_s) ? call.option(u"limit"_s).toLongLong(&ok) : -1;
    if (!ok || (call.has(u"limit"_s) && limit < 0))
        return fail(Error::Kind::Usage, u"--limit takes a number from 0"_s);
    return limit;
}

void list(Invocation &call)
{
    const auto query = queryOf(call);
    const auto limit = limitOf(call);
    if (!query || !limit)
        return call.finish(query ? limit.error() : query.error());
    if (!openHome(call))
        return;
    auto entries = std::make_shared<QList<store::LedgerEntry>>();
    auto *stream = call.context().ledger().entries(*query);
    call.running(stream);
    stream->each(&call, [entries](const QList<store::LedgerEntry> &batch) { *entries += batch; });
    stream->then(&call, [&call, entries, limit = *limit](const Result<Done> &end) {
        if (!end)
            return call.finish(end.error());
        QJsonArray items;
        TextTable table{{{u"ID"_s, TextTable::Align::Right}, {u"AT"_s}, {u"PROGRAM"_s}, {u"WHAT"_s}, {u"OUTCOME"_s}, {u"ADDRESS"_s}}, {}};
        const qint64 shown = limit < 0 ? entries->size() : std::min<qint64>(limit, entries->size());
        for (const store::LedgerEntry &entry : entries->first(shown)) {
            items.append(entry.toJson());
            table.rows.append({QString::number(entry.id), entry.at.toUTC().toString(Qt::ISODate), entry.program, entry.verb,
                               entry.result ? entry.result->outcome : u"Unknown"_s, entry.address});
        }
        call.output().document(Output::listDocument(items, entries->size()));
        call.output().table(table);
        if (shown < entries->size() && !call.output().isJson())
            call.output().remark(u"%1 of %2 shown"_s.arg(shown).arg(entries->size()));
        call.finish(ExitDone);
    });
}

void show(Invocation &call)
{
    bool ok = false;
    const qint64 id = call.argument(0).toLongLong(&ok);
    if (!ok)
        return call.finish(Error{Error::Kind::Usage, u"the ID is a number; signalboxctl ledger list shows them"_s, 0, false});
    if (!openHome(call))
        return;
    auto *reply = call.context().ledger().entry(id);
    call.running(reply);
    reply->then(&call, [&call, id](const Result<std::optional<store::LedgerEntry>> &entry) {
        if (!entry)
            return call.finish(entry.error());
        if (!*entry)
            return call.finish(Error{Error::Kind::NotFound, u"the ledger has no entry %1"_s.arg(id), 0, false});
        const QJsonObject object = (*entry)->toJson();
        call.output().document(object);
        call.output().table(TextTable::ofFields(object));
        call.finish(ExitDone);
    });
}

QJsonArray toJson(const QList<store::LedgerProblem> &problems)
{
    QJsonArray array;
    for (const store::LedgerProblem &problem : problems)
        array.append(QJsonObject{{u"place"_s, problem.place}, {u"what"_s, problem.what}});
    return array;
}

/// The losses that were accepted by this call; nullopt: none were to be.
using Accepted = std::optional<QList<store::LedgerProblem>>;

void tellReport(Invocation &call, const store::LedgerReport &report, const Accepted &accepted)
{
    for (const store::LedgerProblem &problem : report.problems)
        call.output().text(u"%1: %2"_s.arg(problem.place, problem.what));
    const qint64 entries = (report.rows + report.open) / 2; // a row for each, another for its outcome
    QJsonObject document{{u"intact"_s, report.isIntact()},
                         {u"entries"_s, entries},
                         {u"rows"_s, report.rows},
                         {u"open"_s, report.open},
                         {u"values"_s, report.values},
                         {u"head"_s, QString::fromLatin1(report.head.toHex())},
                         {u"acknowledged"_s, report.acknowledged},
                         {u"problems"_s, toJson(report.problems)}};
    if (accepted)
        document.insert(u"accepted"_s, toJson(*accepted));
    call.output().document(document);
    QString counted = (entries == 1 ? u"1 entry, "_s : u"%1 entries, "_s.arg(entries)) +
        (report.open == 0 ? u"all with an outcome"_s : u"%1 without an outcome yet"_s.arg(report.open));
    if (report.acknowledged > 0)
        counted += report.acknowledged == 1 ? u"; a loss of the past is acknowledged"_s
                                            : u"; %1 losses of the past are acknowledged"_s.arg(report.acknowledged);
    // The rows may fit each other and be others than those that were written.
    const QString damaged = report.problems.size() == 1
        ? u"not as it was written, for one reason; what is there: "_s
        : u"not as it was written, for %1 reasons; what is there: "_s.arg(report.problems.size());
    call.output().text((report.isIntact() ? u"intact: "_s : damaged) + counted);
    call.finish(report.isIntact() ? ExitDone : ExitFailed);
}

void verifyChain(Invocation &call, const Accepted &accepted)
{
    auto *reply = call.context().ledger().verify();
    call.running(reply);
    reply->then(&call, [&call, accepted](const Result<store::LedgerReport> &report) {
        if (!report)
            return call.finish(report.error());
        tellReport(call, *report, accepted);
    });
}

/// Nobody accepts what they have not seen: each is told before the question, and no other is accepted.
void acceptLosses(Invocation &call, const QList<store::LedgerProblem> &losses)
{
    if (losses.isEmpty()) {
        call.output().remark(u"there was no loss to acknowledge"_s);
        return verifyChain(call, losses);
    }
    for (const store::LedgerProblem &loss : losses)
        call.output().warn(u"%1: %2"_s.arg(loss.place, loss.what));
    const QString question =
        losses.size() == 1 ? u"Accept this loss for good?"_s : u"Accept these %1 losses for good?"_s.arg(losses.size());
    call.confirm(question, [&call, losses] {
        auto *reply = call.context().ledger().acknowledgeLosses(losses, call.global().reason);
        call.running(reply);
        reply->then(&call, [&call, losses](const Result<Done> &done) {
            if (!done)
                return call.finish(done.error());
            call.output().remark(u"acknowledged: %1"_s.arg(losses.size()));
            verifyChain(call, losses);
        });
    });
}

void verify(Invocation &call)
{
    if (!openHome(call))
        return;
    if (!call.has(u"acknowledge"_s))
        return verifyChain(call, std::nullopt);
    auto *reply = call.context().ledger().openLosses();
    call.running(reply);
    reply->then(&call, [&call](const Result<QList<store::LedgerProblem>> &losses) {
        if (!losses)
            return call.finish(losses.error());
        acceptLosses(call, *losses);
    });
}

void exportLines(Invocation &call)
{
    if (!call.has(u"o"_s))
        return call.finish(Error{Error::Kind::Usage, u"-o FILE is missing"_s, 0, false});
    const auto query = queryOf(call);
    if (!query)
        return call.finish(query.error());
    if (!openHome(call))
        return;
    auto lines = std::make_shared<QByteArray>();
    auto *stream = call.context().ledger().exportLines(*query);
    call.running(stream);
    stream->each(&call, [lines](const QList<QByteArray> &batch) {
        for (const QByteArray &line : batch) {
            *lines += line;
            if (!line.endsWith('\n'))
                *lines += '\n';
        }
    });
    stream->then(&call, [&call, lines](const Result<Done> &end) {
        if (!end)
            return call.finish(end.error());
        if (call.option(u"o"_s) == "-"_L1) {
            call.output().bytes(*lines); // JSON documents themselves
            return call.finish(ExitDone);
        }
        if (const auto written = writeFile(call.option(u"o"_s), *lines); !written)
            return call.finish(written.error());
        const qint64 count = lines->count('\n');
        call.output().document({{u"file"_s, call.option(u"o"_s)}, {u"entries"_s, count}});
        call.output().text(u"%1 entries written to %2"_s.arg(count).arg(call.option(u"o"_s)));
        call.finish(ExitDone);
    });
}

} // namespace

void addLedgerVerbs(CommandTable &table)
{
    const OptionSpec since{u"since"_s, u"T"_s, u"from this time on (RFC 3339), or so long ago (15m, 2h, 7d)"_s};
    table.add({u"ledger"_s,
               u"list"_s,
               u"[--since T] [--limit N]"_s,
               u"what was written, newest first"_s,
               0,
               0,
               {since, {u"limit"_s, u"N"_s, u"only the newest N"_s}},
               list});
    table.add({u"ledger"_s, u"show"_s, u"ID"_s, u"one entry"_s, 1, 1, {}, show});
    table.add({u"ledger"_s,
               u"verify"_s,
               u"[--acknowledge]"_s,
               u"checks the chain from end to end; exit 1 when it is damaged"_s,
               0,
               0,
               {{u"acknowledge"_s, {}, u"rows that were lost or replaced in the past are known; they are told no more"_s}},
               verify});
    table.add({u"ledger"_s,
               u"export"_s,
               u"-o FILE [--since T]"_s,
               u"one JSON document a line"_s,
               0,
               0,
               {since, {u"o"_s, u"FILE"_s, u"the file; - is standard output"_s}},
               exportLines});
}

} // namespace core::commands
