// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/withregistry.h"
#include "core/commands/config/configverbs.h"
#include "core/commands/config/documents.h"
#include "core/nacos/config/replaceflow.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

QString counted(qint64 number, const QString &what)
{
    return QString::number(number) + u' ' + what + (number == 1 ? QString() : u"s"_s);
}

PlanCall callFor(const Place &place, const nacos::ReplacePlan &found, const QString &reason)
{
    PlanCall request;
    request.plan = found.plan;
    request.plan.reason = reason;
    request.answer = PlanCall::Answer::Many;
    request.kind = PlanCall::Kind::Many;
    request.nothing = u"nothing found in %1 configurations"_s.arg(found.looked);
    qint64 places = 0;
    for (const qint64 count : found.counts)
        places += count;
    request.question = u"Replace %1 in %2 of %3?"_s.arg(counted(places, u"place"_s),
                                                        counted(qint64(found.plan.changes.size()), u"configuration"_s), place.profile);
    request.more = {{u"looked"_s, found.looked}, {u"replacements"_s, places}};
    for (const nacos::LeftOut &item : found.leftOut)
        request.leftOut.append(leftOutOf(item, place.profile));
    return request;
}

void replace(Invocation &call)
{
    nacos::ReplaceRequest request;
    request.replacement = {call.has(u"regex"_s) ? nacos::Replacement::Kind::Regex : nacos::Replacement::Kind::Literal, call.argument(0),
                           call.argument(1)};
    if (const auto valid = nacos::check(request.replacement); !valid)
        return call.finish(valid.error());
    if (call.has(u"all-namespaces"_s) && call.global().namespaceGiven)
        return call.finish(Error{Error::Kind::Usage, u"--namespace and --all-namespaces exclude each other"_s, 0, false});
    request.dataId = call.option(u"data-id"_s);
    request.group = call.option(u"group"_s);
    withRegistry(call, nacos::Session::Use::OneShot, Memory::Opened, [&call, request](const Place &place) mutable {
        if (!call.has(u"all-namespaces"_s))
            request.namespaces = {place.namespaceId};
        auto *reply = nacos::planReplace(place.registry, request, &call);
        call.running(reply);
        reply->then(&call, [&call, place](const Result<nacos::ReplacePlan> &found) {
            if (!found)
                return call.finish(found.error());
            const auto go = [&call, place, found = *found] { runPlan(call, callFor(place, found, call.global().reason)); };
            found->looked > 0 || call.has(u"all-namespaces"_s) ? go() : unlessUnknownNamespace(call, place, go);
        });
    });
}

} // namespace

void addConfigManyVerbs(CommandTable &table)
{
    table.add({u"config"_s,
               u"replace"_s,
               u"FIND REPLACE [--regex] [options]"_s,
               u"replaces a text in the contents of many, each only if nobody changed it meanwhile"_s,
               2,
               2,
               {{u"regex"_s, {}, u"FIND is an expression (Perl's), \\1 to \\9 in REPLACE are its groups"_s},
                {u"data-id"_s, u"PAT"_s, u"only these, * matches anything"_s},
                {u"group"_s, u"PAT"_s, u"only in these groups, * matches anything"_s},
                {u"all-namespaces"_s, {}, u"in every namespace the account may see"_s},
                {u"dry-run"_s, {}, u"show the difference of each, change nothing"_s}},
               replace,
               VerbSpec::Deadline::EachRequest});
}

} // namespace core::commands
