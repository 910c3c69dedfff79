// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/config/documents.h"

#include "core/base/clock.h"
#include "core/base/utf8.h"
#include "core/nacos/config/configstate.h"
#include "core/text/inspect.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonObject keyed(const nacos::ConfigKey &key, const QString &profile)
{
    QJsonObject object{{u"dataId"_s, key.dataId}, {u"group"_s, key.group}, {u"namespace"_s, key.namespaceId}};
    if (const auto address = key.address(profile))
        object.insert(u"address"_s, address->toString());
    return object;
}

} // namespace

const QStringList &configTypes()
{
    static const QStringList types{u"text"_s, u"json"_s, u"xml"_s, u"yaml"_s, u"html"_s, u"properties"_s, u"toml"_s};
    return types;
}

Result<Done> checkType(const Invocation &call)
{
    const QString type = call.option(u"type"_s);
    if (!call.has(u"type"_s) || configTypes().contains(type))
        return Done{};
    return fail(Error::Kind::Usage, u"--type takes %1, not \"%2\""_s.arg(configTypes().join(u", "_s), type));
}

QJsonValue timeValue(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(toRfc3339(time)) : QJsonValue(QJsonValue::Null);
}

void insertContent(QJsonObject &object, const QByteArray &content)
{
    if (text::inspect(content).utf8)
        object.insert(u"content"_s, fromUtf8Exactly(content));
    else
        object.insert(u"contentBase64"_s, QString::fromLatin1(content.toBase64()));
}

QJsonObject toJson(const nacos::ConfigSummary &item, const QString &profile)
{
    QJsonObject object = keyed(item.key, profile);
    object.insert(u"type"_s, item.type);
    object.insert(u"app"_s, item.app);
    // Lists tell tags or nothing; that there are none only the detail knows.
    object.insert(u"tags"_s, item.tags.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonArray::fromStringList(item.tags)));
    object.insert(u"md5"_s, orNull(QString::fromLatin1(item.md5)));
    object.insert(u"size"_s, item.size ? QJsonValue(*item.size) : QJsonValue(QJsonValue::Null));
    object.insert(u"changedAt"_s, timeValue(item.changedAt));
    object.insert(u"changedBy"_s, orNull(item.changedBy));
    object.insert(u"gray"_s, item.gray);
    return object;
}

QJsonObject toJson(const nacos::ConfigDetail &detail, const QString &profile)
{
    nacos::ConfigSummary summary;
    summary.key = detail.key;
    summary.type = detail.attributes.type;
    summary.app = detail.attributes.app;
    summary.tags = detail.attributes.tags;
    summary.md5 = detail.md5;
    summary.size = detail.content.size();
    summary.changedAt = detail.changedAt;
    summary.changedBy = detail.changedBy;
    QJsonObject object = toJson(summary, profile);
    insertContent(object, detail.content);
    if (nacos::lacksType(detail))
        object.insert(u"type"_s, QJsonValue::Null);
    // Read the SDKs' way, these are not told.
    const auto toldWhenComplete = [&](const QString &name, const QJsonValue &value) {
        object.insert(name, detail.complete ? value : QJsonValue(QJsonValue::Null));
    };
    toldWhenComplete(u"app"_s, detail.attributes.app);
    toldWhenComplete(u"tags"_s, QJsonArray::fromStringList(detail.attributes.tags));
    toldWhenComplete(u"description"_s, detail.attributes.description);
    object.insert(u"encryptedDataKey"_s, detail.attributes.encryptedDataKey);
    // Of generation 3 on servers tell them nowhere.
    object.insert(u"use"_s, orNull(detail.attributes.use));
    object.insert(u"effect"_s, orNull(detail.attributes.effect));
    object.insert(u"schema"_s, orNull(detail.attributes.schema));
    object.insert(u"createdAt"_s, timeValue(detail.createdAt));
    object.insert(u"createdBy"_s, orNull(detail.createdBy));
    object.insert(u"override"_s, detail.localOverride);
    return object;
}

QJsonObject toJson(const nacos::ConfigRevision &revision)
{
    using Verb = nacos::ConfigRevision::Verb;
    const QString verb = revision.verb == Verb::Created ? u"created"_s
        : revision.verb == Verb::Updated                ? u"updated"_s
        : revision.verb == Verb::Deleted                ? u"deleted"_s
                                                        : u"seen"_s;
    return {{u"id"_s, revision.id},
            {u"at"_s, timeValue(revision.at)},
            {u"by"_s, orNull(revision.by)},
            {u"from"_s, orNull(revision.from)},
            {u"verb"_s, verb},
            {u"md5"_s, orNull(QString::fromLatin1(revision.md5))},
            {u"size"_s, revision.size ? QJsonValue(*revision.size) : QJsonValue(QJsonValue::Null)},
            {u"source"_s, revision.source == nacos::ConfigRevision::Source::Server ? u"server"_s : u"mirror"_s},
            {u"current"_s, revision.current},
            {u"gray"_s, revision.gray}};
}

QJsonObject toJson(const nacos::ConfigEvent &event)
{
    using Kind = nacos::ConfigEvent::Kind;
    switch (event.kind) {
    case Kind::Ready:
        return {{u"event"_s, u"ready"_s}};
    case Kind::Reconnected:
        return {{u"event"_s, u"reconnected"_s}};
    case Kind::Changed:
    case Kind::Deleted:
        break;
    }
    QJsonObject object{{u"event"_s, event.kind == Kind::Changed ? u"changed"_s : u"deleted"_s},
                       {u"dataId"_s, event.key.dataId},
                       {u"group"_s, event.key.group},
                       {u"namespace"_s, event.key.namespaceId}};
    if (event.kind == Kind::Changed) {
        object.insert(u"md5"_s, QString::fromLatin1(event.md5));
        insertContent(object, event.content);
    }
    return object;
}

PlanCall::LeftOut leftOutOf(const nacos::LeftOut &item, const QString &profile)
{
    PlanCall::LeftOut told;
    if (const auto address = item.key.address(profile))
        told.address = address->toString();
    told.facts = {{u"dataId"_s, item.key.dataId}, {u"group"_s, item.key.group}, {u"namespace"_s, item.key.namespaceId}};
    told.why = item.why;
    return told;
}

} // namespace core::commands
