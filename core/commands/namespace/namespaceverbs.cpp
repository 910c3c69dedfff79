// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/namespace/namespaceverbs.h"

#include "core/commands/common/plans.h"
#include "core/commands/common/withregistry.h"
#include "core/commands/config/documents.h"
#include "core/nacos/config/cloneflow.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/namespacedeletion.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

using nacos::NamespaceInfo;
using Use = nacos::Session::Use;

QJsonValue countValue(qint64 count)
{
    return count < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(count);
}

void list(Invocation &call)
{
    withRegistry(call, Use::OneShot, Memory::None, [&call](const Place &place) {
        auto *reply = place.registry.namespaces().list();
        call.running(reply);
        reply->then(&call, [&call](const Result<QList<NamespaceInfo>> &answer) {
            if (!answer)
                return call.finish(answer.error());
            QJsonArray items;
            TextTable table{{{u"ID"_s}, {u"NAME"_s}, {u"CONFIGS"_s, TextTable::Align::Right}, {u"DESCRIPTION"_s}}, {}};
            for (const NamespaceInfo &info : *answer) {
                items.append(QJsonObject{{u"id"_s, info.id},
                                         {u"name"_s, info.name},
                                         {u"description"_s, info.description},
                                         {u"configs"_s, countValue(info.configCount)},
                                         {u"quota"_s, countValue(info.quota)},
                                         {u"builtIn"_s, info.builtIn}});
                table.rows.append(
                    {info.id, info.name, info.configCount < 0 ? u"–"_s : QString::number(info.configCount), info.description});
            }
            call.output().document(Output::listDocument(items, items.size()));
            call.output().table(table);
            call.finish(ExitDone);
        });
    });
}

/// Of an empty variable of a script; the namespace public has a name.
Result<Done> checkGiven(const QString &id)
{
    if (!id.trimmed().isEmpty())
        return Done{};
    return fail(Error::Kind::Usage, u"the ID of the namespace is empty; write public for the server's own"_s);
}

/// nullopt: it is like that already.
using Built = Result<std::optional<guard::Change>>;

/// Reads the namespace, lets `build` make the change of it, runs it.
void write(Invocation &call, PlanCall::Kind kind, const std::function<Built(const Place &, const std::optional<NamespaceInfo> &)> &build)
{
    if (const auto given = checkGiven(call.argument(0)); !given)
        return call.finish(given.error());
    withRegistry(call, Use::OneShot, Memory::Opened, [&call, kind, build](const Place &place) {
        auto *reply = place.registry.namespaces().get(nacos::ConfigKey::canonicalNamespace(call.argument(0)));
        call.running(reply);
        reply->then(&call, [&call, place, kind, build](const Result<std::optional<NamespaceInfo>> &live) {
            if (!live)
                return call.finish(live.error());
            auto change = build(place, *live);
            if (!change)
                return call.finish(change.error());
            if (!*change) {
                const auto address = Address::build(place.profile, u"-"_s, u"namespace"_s, {call.argument(0)});
                return address ? finishUnchanged(call, *address, {{u"namespace"_s, call.argument(0)}}) : call.finish(address.error());
            }
            PlanCall request;
            request.kind = kind;
            request.plan.title = (*change)->summary;
            request.plan.reason = call.global().reason;
            request.more = {{u"namespace"_s, call.argument(0)}};
            request.plan.changes.push_back(std::move(**change));
            runPlan(call, std::move(request));
        });
    });
}

Error missing(const QString &id)
{
    return {Error::Kind::NotFound, u"there is no namespace %1"_s.arg(id), 0, false};
}

void create(Invocation &call)
{
    if (!call.has(u"name"_s))
        return call.finish(Error{Error::Kind::Usage, u"--name N is missing"_s, 0, false});
    write(call, PlanCall::Kind::Plain, [&call](const Place &place, const std::optional<NamespaceInfo> &live) -> Built {
        if (live)
            return fail(Error::Kind::Conflict, u"namespace %1 exists already"_s.arg(live->id));
        NamespaceInfo after;
        after.id = call.argument(0);
        after.name = call.option(u"name"_s);
        after.description = call.option(u"description"_s);
        return nacos::namespaceChange(place.profile, std::nullopt, after);
    });
}

void update(Invocation &call)
{
    if (!call.has(u"name"_s) && !call.has(u"description"_s))
        return call.finish(Error{Error::Kind::Usage, u"give --name, --description or both"_s, 0, false});
    write(call, PlanCall::Kind::Plain, [&call](const Place &place, const std::optional<NamespaceInfo> &live) -> Built {
        if (!live)
            return fail(missing(call.argument(0)));
        NamespaceInfo after = *live;
        after.name = call.option(u"name"_s, after.name);
        after.description = call.option(u"description"_s, after.description);
        if (after == *live)
            return std::nullopt;
        return nacos::namespaceChange(place.profile, live, after);
    });
}

constexpr qsizetype NamesShown = 200;

/// What is inside by name, what becomes of it and who loses it, for the document and for people.
void tellInside(Invocation &call, const nacos::NamespaceDeletion &found, PlanCall &request)
{
    const bool goes = found.plan.changes.size() > 1;
    const qsizetype count = found.configs.size();
    QStringList names;
    for (const nacos::ConfigKey &key : found.configs.first(std::min(NamesShown, count)))
        names.append(key.group + u'/' + key.dataId);
    request.more.insert(u"configs"_s, found.unlisted ? QJsonValue(QJsonValue::Null) : QJsonValue(count));
    request.more.insert(u"inside"_s, QJsonArray::fromStringList(names));
    request.more.insert(u"withConfigs"_s, call.has(u"with-configs"_s));
    qint64 listeners = 0;
    bool told = true;
    for (const std::optional<int> &of : found.listeners) {
        listeners += of.value_or(0);
        told = told && of;
    }
    if (call.has(u"with-configs"_s))
        request.more.insert(u"listeners"_s, told ? QJsonValue(listeners) : QJsonValue(QJsonValue::Null));
    QString fate;
    if (goes)
        fate = told ? u" %1 applications listen to what goes."_s.arg(listeners) : u" How many listen to what goes is not known."_s;
    else if (count > 0)
        fate = u" Its configurations stay on the server and can be read by ID; --with-configs deletes them too."_s;
    request.question = u"Delete namespace %1%2?%3"_s.arg(
        call.argument(0),
        count > 0 ? (goes ? u" and the %1 configurations in it"_s : u" with %1 configurations in it"_s).arg(count) : QString(), fate);
    if (call.output().isJson())
        return;
    if (found.unlisted)
        call.output().remark(u"what is in it is not known: "_s + found.unlisted->message);
    else if (count > 0)
        call.output().remark(u"in it: "_s + names.join(u", "_s) +
                             (count > NamesShown ? u", and %1 more"_s.arg(count - NamesShown) : QString()));
}

void remove(Invocation &call)
{
    if (const auto given = checkGiven(call.argument(0)); !given)
        return call.finish(given.error());
    withRegistry(call, Use::OneShot, Memory::Opened, [&call](const Place &place) {
        auto *reading = place.registry.namespaces().get(nacos::ConfigKey::canonicalNamespace(call.argument(0)));
        call.running(reading);
        reading->then(&call, [&call, place](const Result<std::optional<NamespaceInfo>> &live) {
            if (!live || !*live)
                return call.finish(live ? missing(call.argument(0)) : live.error());
            // Refused before a long list is read.
            if (const auto change = nacos::namespaceChange(place.profile, *live, std::nullopt); !change)
                return call.finish(change.error());
            const auto contents = call.has(u"with-configs"_s) ? nacos::Contents::Delete : nacos::Contents::Keep;
            auto *planning = nacos::planNamespaceDeletion(place.registry, **live, contents, &call);
            call.running(planning);
            planning->then(&call, [&call](const Result<nacos::NamespaceDeletion> &found) {
                if (!found)
                    return call.finish(found.error());
                PlanCall request;
                request.kind = PlanCall::Kind::Destructive;
                request.answer = call.has(u"with-configs"_s) ? PlanCall::Answer::Many : PlanCall::Answer::One;
                request.plan = found->plan;
                request.plan.title = found->plan.changes.back().summary;
                request.plan.reason = call.global().reason;
                request.more = {{u"namespace"_s, call.argument(0)}};
                tellInside(call, *found, request);
                runPlan(call, std::move(request));
            });
        });
    });
}

void clone(Invocation &call)
{
    const nacos::CloneRequest request{call.argument(0), call.argument(1), call.option(u"name"_s)};
    for (const QString &id : {request.from, request.to}) {
        if (const auto given = checkGiven(id); !given)
            return call.finish(given.error());
    }
    withRegistry(call, Use::OneShot, Memory::Opened, [&call, request](const Place &place) {
        auto *reply = nacos::planClone(place.registry, request, &call);
        call.running(reply);
        reply->then(&call, [&call, place, request](const Result<nacos::ClonePlan> &found) {
            if (!found)
                return call.finish(found.error());
            PlanCall plan;
            plan.plan = found->plan;
            plan.plan.reason = call.global().reason;
            plan.answer = PlanCall::Answer::Many;
            plan.nothing = u"%1 has everything of %2 already"_s.arg(request.to, request.from);
            plan.more = {{u"from"_s, request.from},
                         {u"to"_s, request.to},
                         {u"createsNamespace"_s, found->createsNamespace},
                         {u"looked"_s, found->looked},
                         {u"alike"_s, found->alike}};
            for (const nacos::LeftOut &item : found->leftOut)
                plan.leftOut.append(leftOutOf(item, place.profile));
            runPlan(call, std::move(plan));
        });
    });
}

} // namespace

void addNamespaceVerbs(CommandTable &table)
{
    const OptionSpec name{u"name"_s, u"N"_s, u"display name"_s};
    const OptionSpec description{u"description"_s, u"D"_s, u"description"_s};
    const OptionSpec dryRun{u"dry-run"_s, {}, u"show what would be done, change nothing"_s};
    table.add({u"namespace"_s, u"list"_s, {}, u"all namespaces this account may see"_s, 0, 0, {}, list});
    table.add(
        {u"namespace"_s, u"create"_s, u"ID --name N [--description D]"_s, u"creates one"_s, 1, 1, {name, description, dryRun}, create});
    table.add({u"namespace"_s,
               u"update"_s,
               u"ID [--name N] [--description D]"_s,
               u"changes name or description"_s,
               1,
               1,
               {name, description, dryRun},
               update});
    table.add({u"namespace"_s,
               u"delete"_s,
               u"ID [--with-configs] [--dry-run]"_s,
               u"deletes it, and says what is in it; destructive"_s,
               1,
               1,
               {{u"with-configs"_s, {}, u"deletes what is in it, too"_s}, dryRun},
               remove,
               VerbSpec::Deadline::EachRequest});
    table.add({u"namespace"_s,
               u"clone"_s,
               u"FROM TO [--name N] [--dry-run]"_s,
               u"copies all its configurations, and makes TO when there is none; overwrites nothing"_s,
               2,
               2,
               {name, dryRun},
               clone,
               VerbSpec::Deadline::EachRequest});
}

} // namespace core::commands
