// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/config/configoffline.h"
#include "core/commands/config/configverbs.h"
#include "core/commands/config/documents.h"
#include "core/nacos/config/namespaceids.h"
#include "core/nacos/config/partiallist.h"
#include "core/store/mirror.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

using nacos::ConfigSummary;
using Use = nacos::Session::Use;

Error notFound(const nacos::ConfigKey &key)
{
    return {Error::Kind::NotFound,
            u"there is no configuration %1 in group %2 of namespace %3"_s.arg(key.dataId, key.group, key.namespaceId), 0, false};
}

struct Listing {
    QList<ConfigSummary> items;
    QString profile;
    qint64 limit = -1;
    QString source = u"live"_s;
    QDateTime seenAt = QDateTime::currentDateTimeUtc();
    bool everything = true;
    bool plain = false;          ///< a list without conditions, which the mirror can stand in for
    bool partial = false;        ///< the server's pages did not fit together
    QSet<nacos::ConfigKey> gone; ///< while it was read
};

void printList(Invocation &call, const Listing &listing)
{
    const qint64 total = listing.items.size();
    const qint64 shown = listing.limit >= 0 ? std::min(listing.limit, total) : total;
    QJsonArray array;
    TextTable table{{{u"DATA ID"_s}, {u"GROUP"_s}, {u"NAMESPACE"_s}, {u"TYPE"_s}, {u"APP"_s}, {u"TAGS"_s}, {u"MD5"_s}}, {}};
    for (qint64 i = 0; i < shown; ++i) {
        const ConfigSummary &item = listing.items.at(i);
        if (call.output().isJson())
            array.append(toJson(item, listing.profile));
        else
            table.rows.append({item.key.dataId, item.key.group, item.key.namespaceId, item.type, item.app, item.tags.join(u','),
                               item.md5.isEmpty() ? u"–"_s : QString::fromLatin1(item.md5.left(8))});
    }
    call.output().document({{u"items"_s, array},
                            {u"total"_s, total},
                            {u"complete"_s, listing.everything && shown == total},
                            {u"source"_s, listing.source},
                            {u"seenAt"_s, timeValue(listing.seenAt)}});
    call.output().table(table);
    if (shown < total && !call.output().isJson())
        call.output().remark(u"%1 of %2 shown"_s.arg(shown).arg(total));
    call.finish(listing.partial ? ExitPartly : ExitDone);
}

/// The server is out of reach: what was seen last, said so. Only for a plain list; a search must not pretend.
void listFromMirror(Invocation &call, const Place &place, qint64 limit, const Error &cause)
{
    auto listing = std::make_shared<Listing>();
    listing->profile = place.profile;
    listing->limit = limit;
    listing->source = u"mirror"_s;
    listing->seenAt = {};
    listing->everything = false;
    auto *stream = call.context().mirror().list(store::MirrorScope{place.registry.mirrorScope()}, place.namespaceId, u"config"_s);
    call.running(stream);
    stream->each(&call, [listing, space = place.namespaceId](const QList<store::MirrorItem> &batch) {
        for (const store::MirrorItem &item : batch) {
            const auto address = Address::parse(u"signalbox://x/"_s + item.local);
            const auto key = address ? nacos::ConfigKey::of(*address) : Result<nacos::ConfigKey>(fail(Error::Kind::Internal, QString()));
            if (!key)
                continue;
            ConfigSummary summary;
            summary.key = *key;
            summary.type = item.type;
            summary.app = item.app;
            summary.tags = item.tags;
            summary.md5 = item.md5;
            if (item.size >= 0)
                summary.size = item.size;
            summary.changedAt = item.changedAt;
            summary.changedBy = item.changedBy;
            listing->items.append(summary);
            if (!listing->seenAt.isValid() || item.seenAt < listing->seenAt)
                listing->seenAt = item.seenAt;
        }
    });
    stream->then(&call, [&call, listing, cause](const Result<Done> &end) {
        if (!end || listing->items.isEmpty()) {
            Error error = cause;
            error.message += u"; nothing is remembered of this namespace"_s;
            return call.finish(error);
        }
        warnRemembered(call, listing->seenAt, cause);
        call.output().warn(u"only what was seen before is listed; there may be more"_s);
        printList(call, *listing);
    });
}

Result<qint64> limitOf(const Invocation &call)
{
    if (!call.has(u"limit"_s))
        return -1;
    bool ok = false;
    const qint64 limit = call.option(u"limit"_s).toLongLong(&ok);
    if (!ok || limit < 0)
        return fail(Error::Kind::Usage, u"--limit takes a number from 0"_s);
    return limit;
}

/// Lists one namespace after another into `listing`.
void listSpaces(Invocation &call, const Place &place, QStringList spaces, const nacos::ConfigQuery &query, std::shared_ptr<Listing> listing)
{
    if (spaces.isEmpty()) {
        if (!listing->items.isEmpty() || call.has(u"all-namespaces"_s))
            return printList(call, *listing);
        return unlessUnknownNamespace(call, place, [&call, listing] { printList(call, *listing); });
    }
    nacos::ConfigQuery next = query;
    next.namespaceId = spaces.takeFirst();
    auto *stream = place.registry.configs().list(next);
    call.running(stream);
    // Nobody else reads or watches here: the list itself found that what it had told of is not there any more.
    QObject::connect(&place.registry.configs(), &nacos::ConfigClient::configChanged, stream,
                     [listing](const nacos::ConfigKey &key) { listing->gone.insert(key); });
    stream->each(&call, [listing](const QList<ConfigSummary> &batch) { listing->items += batch; });
    stream->then(&call, [&call, place, spaces, query, listing](const Result<Done> &end) {
        listing->items.removeIf([listing](const ConfigSummary &item) { return listing->gone.contains(item.key); });
        if (!end && nacos::isPartialList(end.error())) {
            listing->partial = true;
            listing->everything = false;
            call.output().warn(u"not all of it: "_s + end.error().message);
            return listSpaces(call, place, spaces, query, listing);
        }
        if (!end && listing->plain && isAwayForNow(end.error()))
            return listFromMirror(call, place, listing->limit, end.error());
        if (!end)
            return call.finish(end.error());
        listSpaces(call, place, spaces, query, listing);
    });
}

void list(Invocation &call)
{
    const auto limit = limitOf(call);
    if (!limit)
        return call.finish(limit.error());
    if (const auto known = checkType(call); !known)
        return call.finish(known.error());
    nacos::ConfigQuery query;
    query.dataId = call.option(u"data-id"_s);
    query.group = call.option(u"group"_s);
    query.app = call.option(u"app"_s);
    query.type = call.option(u"type"_s);
    query.content = call.option(u"content"_s);
    query.tags = call.option(u"tags"_s).split(u',', Qt::SkipEmptyParts);
    const bool everywhere = call.has(u"all-namespaces"_s);
    if (everywhere && call.global().namespaceGiven)
        return call.finish(Error{Error::Kind::Usage, u"--namespace and --all-namespaces exclude each other"_s, 0, false});
    const bool plain = query.dataId.isEmpty() && query.group.isEmpty() && query.app.isEmpty() && query.type.isEmpty() &&
        query.content.isEmpty() && query.tags.isEmpty() && !everywhere;

    const auto go = [&call, query, limit = *limit, everywhere, plain](const Place &place) {
        auto listing = std::make_shared<Listing>();
        listing->profile = place.profile;
        listing->limit = limit;
        listing->plain = plain;
        if (!everywhere)
            return listSpaces(call, place, {place.namespaceId}, query, listing);
        nacos::namespaceIds(place.registry, &call)->then(&call, [&call, place, query, listing](const Result<nacos::NamespaceIds> &all) {
            if (!all)
                return call.finish(all.error());
            if (!all->listed)
                call.output().warn(u"the account may not list namespaces: these are of %1"_s.arg(all->ids.join(u", "_s)));
            listSpaces(call, place, all->ids, query, listing);
        });
    };
    withRegistryOrMirror(call, Memory::Opened, {go, [&call, plain, limit = *limit](const Place &place, const Error &error) {
                                                    plain ? listFromMirror(call, place, limit, error) : call.finish(error);
                                                }});
}

/// seenAt: of what the mirror remembers; nullopt: live. Invalid: the override of this home, which needs nobody.
using SeenAt = std::optional<QDateTime>;

void deliverDocument(Invocation &call, const Place &place, const nacos::ConfigDetail &detail, const SeenAt &seenAt,
                     const QJsonValue &listeners)
{
    QJsonObject object = toJson(detail, place.profile);
    object.insert(u"listeners"_s, listeners);
    object.insert(u"source"_s, detail.localOverride ? u"override"_s : seenAt ? u"mirror"_s : u"live"_s);
    object.insert(u"seenAt"_s, timeValue(seenAt.value_or(QDateTime::currentDateTimeUtc())));
    call.output().document(object);
    call.finish(ExitDone);
}

bool isToFile(const Invocation &call)
{
    return call.has(u"o"_s) && call.option(u"o"_s) != "-"_L1;
}

void deliver(Invocation &call, const Place &place, const nacos::ConfigDetail &detail, const SeenAt &seenAt)
{
    if (detail.localOverride)
        call.output().remark(u"note: this is the local override of this home, not the server's content"_s);
    const bool toFile = isToFile(call);
    if (toFile) {
        if (const auto written = writeFile(call.option(u"o"_s), detail.content); !written)
            return call.finish(written.error());
    }
    if (!call.output().isJson()) {
        if (!toFile)
            call.output().bytes(detail.content);
        return call.finish(ExitDone);
    }
    if (seenAt)
        return deliverDocument(call, place, detail, seenAt, QJsonValue::Null);
    // The number of listeners is a courtesy: without the right to see it the rest is worth as much.
    auto *reply = place.registry.configs().listeners(detail.key);
    call.running(reply);
    reply->then(&call, [&call, place, detail](const Result<QList<nacos::ConfigListener>> &listeners) {
        const std::optional<int> count = listeners ? nacos::applicationsOf(*listeners).known() : std::nullopt;
        deliverDocument(call, place, detail, {}, count ? QJsonValue(*count) : QJsonValue(QJsonValue::Null));
    });
}

void get(Invocation &call)
{
    const auto remembered = [&call](const Place &place, const Error &error) {
        const Wanted wanted = call.output().isJson() && !isToFile(call) ? Wanted::Document : Wanted::Bytes;
        getRemembered(call, place, keyOf(call, place), error, wanted,
                      [&call, place](const nacos::ConfigDetail &detail, const QDateTime &seenAt) { deliver(call, place, detail, seenAt); });
    };
    const auto live = [&call, remembered](const Place &place) {
        const nacos::ConfigKey key = keyOf(call, place);
        auto *reply = place.registry.configs().get(key);
        call.running(reply);
        reply->then(&call, [&call, place, key, remembered](const Result<std::optional<nacos::ConfigDetail>> &answer) {
            if (!answer && isAwayForNow(answer.error()))
                return remembered(place, answer.error());
            if (!answer)
                return call.finish(answer.error());
            if (!*answer)
                return call.finish(notFound(key));
            deliver(call, place, **answer, {});
        });
    };
    // What was read can be read again without the server. A folder that cannot be used is no reason not to read.
    withRegistryOrMirror(call, call.context().home() ? Memory::Opened : Memory::None, {live, remembered});
}

void printHistory(Invocation &call, const QList<nacos::ConfigRevision> &revisions, const SeenAt &seenAt)
{
    QJsonArray items;
    TextTable table{{{u"ID"_s}, {u"AT"_s}, {u"BY"_s}, {u"CHANGE"_s}, {u"MD5"_s}, {u"SIZE"_s, TextTable::Align::Right}, {u"SOURCE"_s}}, {}};
    for (const nacos::ConfigRevision &revision : revisions) {
        const QJsonObject object = toJson(revision);
        items.append(object);
        table.rows.append({revision.id, object.value(u"at"_s).toString(u"–"_s), revision.by, object.value(u"verb"_s).toString(),
                           QString::fromLatin1(revision.md5.left(8)), revision.size ? QString::number(*revision.size) : u"–"_s,
                           object.value(u"source"_s).toString() + (revision.current ? u" (current)"_s : QString())});
    }
    QJsonObject document = Output::listDocument(items, items.size());
    if (seenAt) {
        document.insert(u"complete"_s, false);
        document.insert(u"source"_s, u"mirror"_s);
        document.insert(u"seenAt"_s, timeValue(*seenAt));
    }
    call.output().document(document);
    call.output().table(table);
    call.finish(ExitDone);
}

void history(Invocation &call)
{
    const auto remembered = [&call](const Place &place, const Error &error) {
        historyRemembered(
            call, place, keyOf(call, place), error,
            [&call](const QList<nacos::ConfigRevision> &states, const QDateTime &seenAt) { printHistory(call, states, seenAt); });
    };
    const auto live = [&call, remembered](const Place &place) {
        auto revisions = std::make_shared<QList<nacos::ConfigRevision>>();
        const nacos::ConfigKey key = keyOf(call, place);
        auto *stream = place.registry.configs().history(key);
        call.running(stream);
        stream->each(&call, [revisions](const QList<nacos::ConfigRevision> &batch) { *revisions += batch; });
        stream->then(&call, [&call, place, revisions, key, remembered](const Result<Done> &end) {
            if (!end && isAwayForNow(end.error()))
                return remembered(place, end.error());
            if (!end)
                return call.finish(end.error());
            if (revisions->isEmpty()) { // what is there has a state at least, what was deleted its past ones
                Error error = notFound(key);
                error.message += u", and none is remembered"_s;
                return call.finish(error);
            }
            printHistory(call, *revisions, {});
        });
    };
    withRegistryOrMirror(call, Memory::Opened, {live, remembered});
}

void printState(Invocation &call, const nacos::ConfigRevisionDetail &state)
{
    QJsonObject object = toJson(state.revision);
    object.insert(u"exists"_s, state.content.has_value());
    if (state.content)
        insertContent(object, *state.content);
    object.insert(u"type"_s, state.attributes.type);
    call.output().document(object);
    if (!call.output().isJson()) {
        if (state.content)
            call.output().bytes(*state.content);
        else
            call.output().remark(u"in this state the configuration does not exist"_s);
    }
    call.finish(ExitDone);
}

/// A row of the server holds the content before its change; who made that content, and when, the list of states knows.
void printWithAuthor(Invocation &call, const Place &place, const nacos::ConfigRevisionDetail &state)
{
    auto whole = std::make_shared<nacos::ConfigRevisionDetail>(state);
    auto *stream = place.registry.configs().history(keyOf(call, place));
    call.running(stream);
    stream->each(&call, [whole](const QList<nacos::ConfigRevision> &batch) {
        for (const nacos::ConfigRevision &one : batch) {
            if (one.id == whole->revision.id)
                whole->revision = one;
        }
    });
    stream->then(&call, [&call, whole](const Result<Done> &end) {
        if (!end && end.error().kind == Error::Kind::Cancelled)
            return call.finish(end.error());
        printState(call, *whole);
    });
}

void show(Invocation &call)
{
    if (!call.has(u"revision"_s))
        return call.finish(
            Error{Error::Kind::Usage, u"--revision ID is missing; signalboxctl config history DATA_ID shows the IDs"_s, 0, false});
    const auto remembered = [&call](const Place &place, const Error &error) {
        revisionRemembered(call, place, keyOf(call, place), error,
                           [&call](const nacos::ConfigRevisionDetail &state) { printState(call, state); });
    };
    const auto live = [&call, remembered](const Place &place) {
        auto *reply = place.registry.configs().revision(keyOf(call, place), call.option(u"revision"_s));
        call.running(reply);
        reply->then(&call, [&call, place, remembered](const Result<nacos::ConfigRevisionDetail> &answer) {
            if (!answer && isAwayForNow(answer.error()))
                return remembered(place, answer.error());
            if (!answer)
                return call.finish(answer.error());
            answer->revision.at.isValid() || !call.output().isJson() ? printState(call, *answer) : printWithAuthor(call, place, *answer);
        });
    };
    withRegistryOrMirror(call, Memory::Opened, {live, remembered});
}

/// Null: a console listens from there, perhaps an application too.
QJsonValue isConsole(const nacos::ConfigListener &listener)
{
    return listener.isUnclear() ? QJsonValue(QJsonValue::Null) : QJsonValue(listener.who != nacos::ConfigListener::Who::Application);
}

QString clientText(const nacos::ConfigListener &listener)
{
    const QString client = listener.app.isEmpty() ? listener.client : u"%1 (%2)"_s.arg(listener.app, listener.client);
    if (!listener.isUnclear())
        return client;
    return u"Signalbox, perhaps also "_s + (client.isEmpty() ? u"others"_s : client);
}

void remarkUnclear(Invocation &call)
{
    if (!call.output().isJson())
        call.output().remark(u"a Signalbox listens from the same address as other programs: the server tells addresses only, so whether "
                             "an application listens there, and what it has, cannot be told"_s);
}

void listenedBy(Invocation &call, const Place &place)
{
    auto *reply = place.registry.configs().listenedBy(call.option(u"ip"_s), place.namespaceId);
    call.running(reply);
    reply->then(&call, [&call](const Result<QList<nacos::ListenedConfig>> &answer) {
        if (!answer)
            return call.finish(answer.error());
        QJsonArray items;
        TextTable table{{{u"DATA ID"_s}, {u"GROUP"_s}, {u"NAMESPACE"_s}, {u"MD5"_s}, {u"CLIENT"_s}}, {}};
        bool unclear = false;
        for (const auto &[key, by] : *answer) {
            items.append(QJsonObject{{u"dataId"_s, key.dataId},
                                     {u"group"_s, key.group},
                                     {u"namespace"_s, key.namespaceId},
                                     {u"md5"_s, QString::fromLatin1(by.md5)},
                                     {u"console"_s, isConsole(by)}});
            table.rows.append({key.dataId, key.group, key.namespaceId, QString::fromLatin1(by.md5), clientText(by)});
            unclear = unclear || by.isUnclear();
        }
        call.output().document(Output::listDocument(items, items.size()));
        call.output().table(table);
        if (unclear)
            remarkUnclear(call);
        call.finish(ExitDone);
    });
}

void listeners(Invocation &call)
{
    if (call.has(u"ip"_s) == (call.arguments().size() == 1))
        return call.finish(Error{Error::Kind::Usage, u"give either a DATA_ID or --ip IP"_s, 0, false});
    if (call.has(u"ip"_s) && call.option(u"ip"_s).isEmpty())
        return call.finish(Error{Error::Kind::Usage, u"--ip is empty"_s, 0, false});
    withRegistry(call, Use::OneShot, Memory::None, [&call](const Place &place) {
        if (call.has(u"ip"_s))
            return listenedBy(call, place);
        auto *reply = place.registry.configs().listeners(keyOf(call, place));
        call.running(reply);
        reply->then(&call, [&call](const Result<QList<nacos::ConfigListener>> &answer) {
            if (!answer)
                return call.finish(answer.error());
            QJsonArray items;
            TextTable table{{{u"IP"_s}, {u"HAS IT"_s}, {u"MD5"_s}, {u"CLIENT"_s}}, {}};
            for (const nacos::ConfigListener &listener : *answer) {
                const bool unclear = listener.isUnclear();
                items.append(QJsonObject{{u"ip"_s, listener.ip},
                                         {u"md5"_s, QString::fromLatin1(listener.md5)},
                                         {u"upToDate"_s, unclear ? QJsonValue(QJsonValue::Null) : QJsonValue(listener.upToDate)},
                                         {u"client"_s, listener.client},
                                         {u"app"_s, listener.app.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(listener.app)},
                                         {u"console"_s, isConsole(listener)}});
                table.rows.append({listener.ip,
                                   unclear                 ? u"?"_s
                                       : listener.upToDate ? u"yes"_s
                                                           : u"no"_s,
                                   QString::fromLatin1(listener.md5), clientText(listener)});
            }
            call.output().document(Output::listDocument(items, items.size()));
            call.output().table(table);
            if (nacos::applicationsOf(*answer).unclear > 0)
                remarkUnclear(call);
            call.finish(ExitDone);
        });
    });
}

/// A watch that hears nothing any more says so once, on standard error; `reconnected` says when it is over.
void tellWhenAway(Invocation &call, nacos::Session &session)
{
    using State = nacos::SessionState;
    const auto away = std::make_shared<bool>(false);
    QObject::connect(&session, &nacos::Session::stateChanged, &call, [&call, &session, away](State state) {
        const bool lost = state == State::Reconnecting || state == State::Degraded || state == State::Refused;
        if (state == State::Live)
            *away = false;
        if (!lost || std::exchange(*away, true))
            return;
        Error why = session.lastError().value_or(Error{Error::Kind::Network, u"the connection is lost"_s, 0, true});
        why.message = u"no changes are heard now, trying again: "_s + why.message;
        call.output().error(call.context().withHint(why));
    });
}

void watch(Invocation &call)
{
    withRegistry(call, Use::Interactive, Memory::None, [&call](const Place &place) {
        QList<nacos::ConfigKey> keys;
        for (int i = 0; i < call.arguments().size(); ++i)
            keys.append(keyOf(call, place, i));
        auto *stream = place.registry.configs().watch(keys, nacos::ConfigClient::Deliver::Content);
        call.running(stream);
        tellWhenAway(call, place.registry.session());
        stream->each(&call, [&call](const QList<nacos::ConfigEvent> &batch) {
            for (const nacos::ConfigEvent &event : batch) {
                const QJsonObject object = toJson(event);
                call.output().event(object);
                call.output().text(
                    u"%1 %2 %3"_s.arg(object.value(u"event"_s).toString(), event.key.dataId, QString::fromLatin1(event.md5)).trimmed());
            }
        });
        stream->then(&call, [&call](const Result<Done> &end) { end ? call.finish(ExitDone) : call.finish(end.error()); });
    });
}

} // namespace

void addConfigReadVerbs(CommandTable &table)
{
    const OptionSpec group{u"group"_s, u"G"_s, u"group (default DEFAULT_GROUP)"_s};
    VerbSpec spec{u"config"_s, u"list"_s, u"[options]"_s, u"all configurations of a namespace, or those that match"_s, 0, 0, {}, list};
    spec.options = {{u"data-id"_s, u"PAT"_s, u"pattern, * matches anything"_s},
                    {u"group"_s, u"PAT"_s, u"pattern, * matches anything"_s},
                    {u"app"_s, u"A"_s, u"application"_s},
                    {u"tags"_s, u"T"_s, u"tags, comma between them"_s},
                    {u"type"_s, u"T"_s, u"format"_s, OptionSpec::Count::Once, configTypes()},
                    {u"content"_s, u"TEXT"_s, u"content contains this (asks the server)"_s},
                    {u"all-namespaces"_s, {}, u"in every namespace the account may see"_s},
                    {u"limit"_s, u"N"_s, u"only the first N"_s}};
    spec.deadline = VerbSpec::Deadline::EachRequest;
    table.add(spec);
    spec = {u"config"_s, u"get"_s, u"DATA_ID [--group G] [-o FILE]"_s, u"the content, byte for byte"_s, 1, 1, {}, get};
    spec.options = {group, {u"o"_s, u"FILE"_s, u"write it to this file; - is standard output"_s}};
    table.add(spec);
    table.add({u"config"_s,
               u"history"_s,
               u"DATA_ID [--group G]"_s,
               u"its states, newest first"_s,
               1,
               1,
               {group},
               history,
               VerbSpec::Deadline::EachRequest});
    table.add({u"config"_s,
               u"show"_s,
               u"DATA_ID --revision ID [--group G]"_s,
               u"the content in one of its states"_s,
               1,
               1,
               {group, {u"revision"_s, u"ID"_s, u"as shown by config history"_s}},
               show});
    table.add({u"config"_s,
               u"listeners"_s,
               u"DATA_ID [--group G] | --ip IP"_s,
               u"who listens, and whether they have the newest content"_s,
               0,
               1,
               {group, {u"ip"_s, u"IP"_s, u"what this client listens to"_s}},
               listeners});
    table.add({u"config"_s,
               u"watch"_s,
               u"DATA_ID… [--group G]"_s,
               u"changes as they happen, until interrupted"_s,
               1,
               -1,
               {group},
               watch,
               VerbSpec::Deadline::EachRequest});
}

} // namespace core::commands
