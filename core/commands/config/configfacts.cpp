// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/withregistry.h"
#include "core/commands/config/configverbs.h"
#include "core/commands/config/documents.h"
#include "core/nacos/config/capacity.h"
#include "core/nacos/config/snippet.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

/// No request: a snippet for what is not published yet is as good.
void snippet(Invocation &call)
{
    QStringList known;
    for (const nacos::SnippetLanguage language : nacos::snippetLanguages())
        known.append(nacos::snippetLanguageName(language));
    const auto language = nacos::snippetLanguageFrom(call.option(u"language"_s));
    if (!language)
        return call.finish(Error{Error::Kind::Usage, u"--language takes %1"_s.arg(known.join(u", "_s)), 0, false});
    const auto profile = call.context().profile();
    if (!profile)
        return call.finish(profile.error());
    const nacos::ConfigKey key{nacos::ConfigKey::canonicalNamespace(call.context().namespaceId(*profile)),
                               call.option(u"group"_s, u"DEFAULT_GROUP"_s), call.argument(0)};
    if (const auto valid = nacos::checkKey(key); !valid)
        return call.finish(valid.error());
    const QString code = nacos::configSnippet(*language, *profile, key);
    QJsonObject document{{u"language"_s, nacos::snippetLanguageName(*language)},
                         {u"dataId"_s, key.dataId},
                         {u"group"_s, key.group},
                         {u"namespace"_s, key.namespaceId},
                         {u"snippet"_s, code}};
    if (const auto address = key.address(profile->slug))
        document.insert(u"address"_s, address->toString());
    call.output().document(document);
    if (!call.output().isJson())
        call.output().bytes(code.toUtf8());
    call.finish(ExitDone);
}

QJsonValue numberValue(qint64 number)
{
    return number < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(number);
}

void tellCapacity(Invocation &call, const nacos::Capacity &capacity)
{
    QJsonObject document{{u"quota"_s, numberValue(capacity.quota)},
                         {u"usage"_s, numberValue(capacity.usage)},
                         {u"maxSize"_s, numberValue(capacity.maxSize)},
                         {u"maxAggrCount"_s, numberValue(capacity.maxAggregates)},
                         {u"maxAggrSize"_s, numberValue(capacity.maxAggregateSize)},
                         {u"createdAt"_s, timeValue(capacity.createdAt)},
                         {u"changedAt"_s, timeValue(capacity.changedAt)}};
    const bool ofGroup = !capacity.group.isEmpty();
    document.insert(ofGroup ? u"group"_s : u"namespace"_s, ofGroup ? capacity.group : capacity.namespaceId);
    call.output().document(document);
    const auto text = [](qint64 number) { return number < 0 ? u"not told"_s : QString::number(number); };
    const QString size = capacity.maxSize < 0 ? text(-1) : QLocale::c().formattedDataSize(capacity.maxSize, 1).replace(".0 "_L1, " "_L1);
    call.output().table({{{u"OF"_s},
                          {u"USAGE"_s, TextTable::Align::Right},
                          {u"QUOTA"_s, TextTable::Align::Right},
                          {u"MAX SIZE"_s, TextTable::Align::Right}},
                         {{ofGroup ? u"group "_s + capacity.group : u"namespace "_s + capacity.namespaceId, text(capacity.usage),
                           text(capacity.quota), size}}});
    call.finish(ExitDone);
}

void capacity(Invocation &call)
{
    withRegistry(call, nacos::Session::Use::OneShot, Memory::None, [&call](const Place &place) {
        auto *reply = nacos::readCapacity(place.registry.session(), {place.namespaceId, call.option(u"group"_s)}, &call);
        call.running(reply);
        reply->then(&call, [&call, place](const Result<nacos::Capacity> &capacity) {
            if (!capacity)
                return call.finish(capacity.error());
            // A server has a quota for any name.
            const bool isUsed = !capacity->group.isEmpty() || capacity->usage > 0;
            isUsed ? tellCapacity(call, *capacity)
                   : unlessUnknownNamespace(call, place, [&call, found = *capacity] { tellCapacity(call, found); });
        });
    });
}

} // namespace

void addConfigFactsVerbs(CommandTable &table)
{
    table.add({u"config"_s,
               u"snippet"_s,
               u"DATA_ID --language L [--group G]"_s,
               u"a program that reads it and listens to it, without any secret"_s,
               1,
               1,
               {{u"language"_s,
                 u"L"_s,
                 u"Java, Python, Go, Node, C# or C++"_s,
                 OptionSpec::Count::Once,
                 {u"Java"_s, u"Python"_s, u"Go"_s, u"Node"_s, u"C#"_s, u"C++"_s}},
                {u"group"_s, u"G"_s, u"group (default DEFAULT_GROUP)"_s}},
               snippet});
    table.add({u"config"_s,
               u"capacity"_s,
               u"[--group G]"_s,
               u"how many configurations the namespace (or a group) holds and may hold"_s,
               0,
               0,
               {{u"group"_s, u"G"_s, u"of this group instead of the namespace"_s}},
               capacity});
}

} // namespace core::commands
