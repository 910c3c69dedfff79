// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/plans.h"
#include "core/commands/common/withregistry.h"
#include "core/commands/config/configverbs.h"
#include "core/commands/config/documents.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/deletionflow.h"
#include "core/store/overrides.h"
#include "core/text/format.h"
#include "core/text/validate.h"

#include <algorithm>
#include <functional>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

using nacos::ConfigDetail;
using nacos::ConfigKey;
using Use = nacos::Session::Use;
using Live = std::optional<ConfigDetail>;

Error conflict(const QString &message)
{
    return {Error::Kind::Conflict, message, 0, false};
}

/// What is read before the registry is asked.
struct Input {
    QByteArray content;
    std::optional<QString> schema; ///< of --schema
};

/// What the options change; everything not named stays as it is on the server.
nacos::ConfigAttributes attributesFor(const Invocation &call, const Live &live, const Input &input)
{
    nacos::ConfigAttributes attributes = live ? live->attributes : nacos::ConfigAttributes();
    if (call.has(u"type"_s))
        attributes.type = call.option(u"type"_s);
    else if (!live)
        attributes.type = text::formatName(text::detect(input.content, call.argument(0)));
    if (call.has(u"app"_s))
        attributes.app = call.option(u"app"_s);
    if (call.has(u"description"_s))
        attributes.description = call.option(u"description"_s);
    if (call.has(u"tags"_s))
        attributes.tags = call.option(u"tags"_s).split(u',', Qt::SkipEmptyParts);
    if (call.has(u"use"_s))
        attributes.use = call.option(u"use"_s);
    if (call.has(u"effect"_s))
        attributes.effect = call.option(u"effect"_s);
    if (input.schema)
        attributes.schema = *input.schema;
    return attributes;
}

/// Published all the same: who writes it may know better.
void warnOfErrors(Invocation &call, const nacos::ConfigAttributes &attributes, const QByteArray &content)
{
    const auto format = text::formatFromName(attributes.type);
    if (!format || !attributes.encryptedDataKey.isEmpty())
        return;
    const QList<text::Problem> problems = text::validate(*format, content);
    const auto isError = [](const text::Problem &problem) { return problem.severity == text::Problem::Severity::Error; };
    const auto first = std::find_if(problems.cbegin(), problems.cend(), isError);
    if (first == problems.cend())
        return;
    const auto count = std::count_if(problems.cbegin(), problems.cend(), isError);
    call.output().remark(u"warning: not valid %1, %2: line %3, column %4: %5"_s.arg(
        text::formatName(*format), count == 1 ? u"1 error"_s : u"%1 errors, the first"_s.arg(count), QString::number(first->line),
        QString::number(first->column), first->message));
}

/// What the server does not tell of what it has is part of what is overwritten.
void withUntold(Invocation &call, const Place &place, const Live &live, std::function<void(const Live &, const QString &loss)> then)
{
    if (!live)
        return then(live, {});
    auto *reply = place.registry.configs().completed(*live);
    call.running(reply);
    reply->then(&call, [&call, then = std::move(then)](const Result<std::pair<ConfigDetail, QString>> &known) {
        known ? then(known->first, known->second) : call.finish(known.error());
    });
}

/// The server must be as the options say before anything is made of it.
bool isAsExpected(Invocation &call, const ConfigKey &key, const Live &live)
{
    const QString expected = call.option(u"expect-md5"_s);
    if (!expected.isEmpty() && (!live || QString::fromLatin1(live->md5) != expected.toLower()))
        call.finish(conflict(live ? u"the server has MD5 %1, not the expected one"_s.arg(QString::fromLatin1(live->md5))
                                  : u"it does not exist (any more), so it cannot have the expected MD5"_s));
    else if (call.has(u"create-only"_s) && live)
        call.finish(conflict(u"%1 exists already"_s.arg(key.dataId)));
    else
        return true;
    return false;
}

/// Of --force, while others write the same configuration.
constexpr int MostAttempts = 50;

void readAndPublish(Invocation &call, const Place &place, const ConfigKey &key, const Input &input, int attempt);

struct Over {
    Live live;
    QString loss;
    int attempt = 1;
};

void publishOver(Invocation &call, const Place &place, const ConfigKey &key, const Over &over, const Input &input)
{
    const Live &live = over.live;
    const QByteArray &content = input.content;
    const nacos::ConfigAttributes attributes = attributesFor(call, live, input);
    const QJsonObject named{{u"dataId"_s, key.dataId}, {u"group"_s, key.group}, {u"namespace"_s, key.namespaceId}};
    const auto address = key.address(place.profile);
    if (address && live && live->content == content && live->attributes == attributes)
        return finishUnchanged(call, *address, named);
    auto change = nacos::configChange({place.profile, key, live, content, attributes, over.loss});
    if (!change)
        return call.finish(change.error());
    if (!key.dataId.startsWith("cipher-"_L1))
        warnOfErrors(call, attributes, content);
    PlanCall request;
    request.plan.title = u"Publish %1"_s.arg(key.dataId);
    request.plan.reason = call.global().reason;
    request.more = named;
    request.plan.changes.push_back(std::move(*change));
    if (call.has(u"force"_s) && over.attempt < MostAttempts)
        request.overtaken = [&call, place, key, input, next = over.attempt + 1] { readAndPublish(call, place, key, input, next); };
    if (live || key.namespaceId == "public"_L1)
        return runPlan(call, std::move(request));
    // Servers take it all the same; then no list shows it.
    auto *reply = place.registry.namespaces().get(key.namespaceId);
    call.running(reply);
    reply->then(&call, [&call, request, id = key.namespaceId](const Result<std::optional<nacos::NamespaceInfo>> &space) mutable {
        if (!space && space.error().kind == Error::Kind::Cancelled)
            return call.finish(space.error());
        if (space && !*space)
            call.output().remark(u"note: the server has no namespace %1; who looks for it there has to know its ID"_s.arg(id));
        runPlan(call, std::move(request));
    });
}

void readAndPublish(Invocation &call, const Place &place, const ConfigKey &key, const Input &input, int attempt)
{
    // Also with --force: what is overwritten goes into the ledger, so that it can be taken back.
    auto *reply = place.registry.configs().getLive(key);
    call.running(reply);
    reply->then(&call, [&call, place, key, input, attempt](const Result<Live> &live) {
        if (!live)
            return call.finish(live.error());
        if (!isAsExpected(call, key, *live))
            return;
        withUntold(call, place, *live, [&call, place, key, input, attempt](const Live &completed, const QString &loss) {
            publishOver(call, place, key, {completed, loss, attempt}, input);
        });
    });
}

void publish(Invocation &call)
{
    if (int(call.has(u"expect-md5"_s)) + int(call.has(u"create-only"_s)) + int(call.has(u"force"_s)) > 1)
        return call.finish(Error{Error::Kind::Usage, u"--expect-md5, --create-only and --force exclude each other"_s, 0, false});
    // An empty variable of a script is not the wish to compare with nothing.
    static const QRegularExpression md5(u"^[0-9A-Fa-f]{32}\\z"_s);
    if (call.has(u"expect-md5"_s) && !md5.match(call.option(u"expect-md5"_s)).hasMatch())
        return call.finish(
            Error{Error::Kind::Usage, u"--expect-md5 takes an MD5 of 32 hexadecimal digits, as config list --json shows it"_s, 0, false});
    if (const auto wrong = checkType(call); !wrong)
        return call.finish(wrong.error());
    const auto content = readInput(call);
    if (!content)
        return call.finish(content.error());
    Input input{*content, {}};
    if (call.has(u"schema"_s)) {
        const QString file = call.option(u"schema"_s);
        const auto schema = file.isEmpty() ? Result<QByteArray>(QByteArray()) : readFile(file);
        if (!schema)
            return call.finish(schema.error());
        if (!schema->isValidUtf8())
            return call.finish(Error{Error::Kind::Usage, u"%1 is not UTF-8, so it is no JSON Schema"_s.arg(file), 0, false});
        input.schema = QString::fromUtf8(*schema);
    }
    withRegistry(call, Use::OneShot, Memory::Opened, [&call, input](const Place &place) {
        const ConfigKey key = keyOf(call, place);
        if (const auto valid = nacos::checkKey(key); !valid)
            return call.finish(valid.error());
        readAndPublish(call, place, key, input, 1);
    });
}

void runDeletion(Invocation &call, const Place &place, nacos::Deletion deletion)
{
    if (!deletion.missing.isEmpty()) {
        const ConfigKey &key = deletion.missing.first();
        return call.finish(Error{
            Error::Kind::NotFound,
            u"there is no configuration %1 in group %2 of namespace %3; nothing was deleted"_s.arg(key.dataId, key.group, key.namespaceId),
            0, false});
    }
    const int count = int(deletion.plan.changes.size());
    const QString first = deletion.plan.changes.front().target.path().last();
    PlanCall request;
    request.plan = std::move(deletion.plan);
    request.plan.title = count == 1 ? u"Delete %1"_s.arg(first) : u"Delete %1 configurations"_s.arg(count);
    request.plan.reason = call.global().reason;
    request.kind = PlanCall::Kind::Destructive;
    request.question = count == 1 ? u"Delete %1 from %2/%3?"_s.arg(first, place.profile, place.namespaceId)
                                  : u"Delete %1 configurations from %2/%3?"_s.arg(count).arg(place.profile, place.namespaceId);
    request.answer = count == 1 ? PlanCall::Answer::One : PlanCall::Answer::Many;
    runPlan(call, std::move(request));
}

void remove(Invocation &call)
{
    withRegistry(call, Use::OneShot, Memory::Opened, [&call](const Place &place) {
        QList<ConfigKey> keys;
        for (int i = 0; i < call.arguments().size(); ++i) {
            const ConfigKey key = keyOf(call, place, i);
            if (!keys.contains(key))
                keys.append(key);
        }
        auto *reply = nacos::planDeletion(place.registry, keys, &call);
        call.running(reply);
        reply->then(&call, [&call, place](const Result<nacos::Deletion> &deletion) {
            deletion ? runDeletion(call, place, *deletion) : call.finish(deletion.error());
        });
    });
}

void restoreOver(Invocation &call, const Place &place, const ConfigKey &key, const Live &live, const nacos::ConfigRevisionDetail &state,
                 const QString &loss)
{
    auto change = nacos::restoreChange(place.profile, key, live, state, loss);
    const auto address = key.address(place.profile);
    const bool same = live ? state.content && live->content == *state.content : !state.content;
    if (!change && address && same && change.error().kind == Error::Kind::Usage)
        return finishUnchanged(call, *address, {{u"revision"_s, state.revision.id}});
    if (!change)
        return call.finish(change.error());
    PlanCall request;
    const QString meaning = change->verb == guard::Verb::Delete ? u"This state is \"does not exist\": restoring it deletes %1."_s
        : change->verb == guard::Verb::Create                   ? u"%1 does not exist now: restoring creates it again."_s
                                                                : u"Restoring replaces the live content of %1."_s;
    request.question = meaning.arg(key.dataId) + u" Go on?"_s;
    request.kind = PlanCall::Kind::Destructive;
    request.plan.title = change->verb == guard::Verb::Delete ? u"Restore %1"_s.arg(key.dataId) : change->summary;
    request.plan.reason = call.global().reason;
    request.more = {{u"revision"_s, state.revision.id}};
    request.plan.changes.push_back(std::move(*change));
    runPlan(call, std::move(request));
}

void restore(Invocation &call)
{
    if (!call.has(u"revision"_s))
        return call.finish(
            Error{Error::Kind::Usage, u"--revision ID is missing; signalboxctl config history DATA_ID shows the IDs"_s, 0, false});
    withRegistry(call, Use::OneShot, Memory::Opened, [&call](const Place &place) {
        const ConfigKey key = keyOf(call, place);
        auto *reply = place.registry.configs().revision(key, call.option(u"revision"_s));
        call.running(reply);
        reply->then(&call, [&call, place, key](const Result<nacos::ConfigRevisionDetail> &state) {
            if (!state)
                return call.finish(state.error());
            auto *live = place.registry.configs().getLive(key);
            call.running(live);
            live->then(&call, [&call, place, key, state = *state](const Result<Live> &now) {
                if (!now)
                    return call.finish(now.error());
                withUntold(call, place, *now, [&call, place, key, state](const Live &completed, const QString &loss) {
                    restoreOver(call, place, key, completed, state, loss);
                });
            });
        });
    });
}

void takeOff(Invocation &call, const Address &address)
{
    Context &context = call.context();
    const auto tell = [&call, address](const QString &text) {
        call.output().document({{u"address"_s, address.toString()}, {u"override"_s, false}});
        call.output().text(text.arg(address.toString()));
        call.finish(ExitDone);
    };
    auto *finding = context.overrides().find(address);
    call.running(finding);
    finding->then(&call, [&call, &context, address, tell](const Result<std::optional<store::Override>> &found) {
        if (!found)
            return call.finish(found.error());
        if (!*found)
            return tell(u"%1: there was no override"_s);
        auto *removal = context.overrides().remove(address);
        call.running(removal);
        removal->then(&call, [&call, tell](const Result<Done> &done) {
            if (!done)
                return call.finish(done.error());
            tell(u"%1: the server's content is used again"_s);
        });
    });
}

void override(Invocation &call)
{
    if (call.has(u"file"_s) == call.has(u"off"_s))
        return call.finish(Error{Error::Kind::Usage, u"give either --file F or --off"_s, 0, false});
    Context &context = call.context();
    const auto profile = context.profile();
    if (!profile)
        return call.finish(profile.error());
    if (const auto home = context.home(); !home)
        return call.finish(home.error());
    const ConfigKey key{ConfigKey::canonicalNamespace(context.namespaceId(*profile)), call.option(u"group"_s, u"DEFAULT_GROUP"_s),
                        call.argument(0)};
    const auto address = key.address(profile->slug);
    if (!address)
        return call.finish(address.error());
    if (call.has(u"off"_s))
        return takeOff(call, *address);
    const auto content = readFile(call.option(u"file"_s));
    if (!content)
        return call.finish(content.error());
    auto *reply = context.overrides().set({*address, *content, text::formatName(text::detect(*content, key.dataId)), {}});
    call.running(reply);
    reply->then(&call, [&call, address = address->toString()](const Result<Done> &done) {
        if (!done)
            return call.finish(done.error());
        call.output().document({{u"address"_s, address}, {u"override"_s, true}});
        call.output().text(u"%1: this home now reads the local content instead of the server's"_s.arg(address));
        call.finish(ExitDone);
    });
}

} // namespace

void addConfigWriteVerbs(CommandTable &table)
{
    const OptionSpec group{u"group"_s, u"G"_s, u"group (default DEFAULT_GROUP)"_s};
    const OptionSpec dryRun{u"dry-run"_s, {}, u"show what would be done, change nothing"_s};
    VerbSpec spec{u"config"_s,
                  u"publish"_s,
                  u"DATA_ID (--file F | --stdin) [options]"_s,
                  u"creates or changes it; without --expect-md5, --create-only or --force only if nobody changed it meanwhile"_s,
                  1,
                  1,
                  {},
                  publish};
    spec.options = {
        group,
        {u"file"_s, u"F"_s, u"content from this file"_s},
        {u"stdin"_s, {}, u"content from standard input"_s},
        {u"type"_s, u"T"_s, u"text json xml yaml html properties toml"_s, OptionSpec::Count::Once, configTypes()},
        {u"app"_s, u"A"_s, u"application"_s},
        {u"tags"_s, u"T"_s, u"tags, comma between them"_s},
        {u"description"_s, u"D"_s, u"description"_s},
        {u"use"_s, u"U"_s,
         u"use; what is left out of use, effect and schema stays as far as it is known: Nacos 3 tells them nowhere but in its history"_s},
        {u"effect"_s, u"E"_s, u"effect"_s},
        {u"schema"_s, u"F"_s, u"JSON Schema of the content, from this file; an empty F takes it away"_s},
        {u"expect-md5"_s, u"M"_s, u"only if the server has this MD5"_s},
        {u"create-only"_s, {}, u"only if it does not exist"_s},
        {u"force"_s, {}, u"whatever the server has"_s},
        dryRun};
    table.add(spec);
    table.add({u"config"_s,
               u"delete"_s,
               u"DATA_ID… [--group G]"_s,
               u"deletes; destructive, wants --yes without a terminal"_s,
               1,
               -1,
               {group, dryRun},
               remove});
    table.add({u"config"_s,
               u"restore"_s,
               u"DATA_ID --revision ID [--group G]"_s,
               u"makes a former state the live one; destructive"_s,
               1,
               1,
               {group, {u"revision"_s, u"ID"_s, u"as shown by config history"_s}, dryRun},
               restore});
    table.add({u"config"_s,
               u"override"_s,
               u"DATA_ID (--file F | --off) [--group G]"_s,
               u"this home reads a local content instead of the server's, until taken off"_s,
               1,
               1,
               {group, {u"file"_s, u"F"_s, u"the local content"_s}, {u"off"_s, {}, u"take it off"_s}},
               override});
}

} // namespace core::commands
