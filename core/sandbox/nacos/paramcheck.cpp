// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/paramcheck.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

bool consistsOf(const QString &text, QLatin1String more)
{
    return std::all_of(text.begin(), text.end(), [more](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || more.contains(c);
    });
}

std::optional<QString> tooLong(const QString &name, qsizetype limit)
{
    return u"Param '%1' is illegal, the param length should not exceed %2."_s.arg(name).arg(limit);
}

std::optional<QString> badCharacters(const QString &name)
{
    return u"Param '%1' is illegal, illegal characters should not appear in the param."_s.arg(name);
}

} // namespace

std::optional<QString> checkIdentity(const CheckedIdentity &identity)
{
    if (identity.space.size() > 64)
        return tooLong(u"namespaceId/tenant"_s, 64);
    if (!consistsOf(identity.space, "-_"_L1))
        return badCharacters(u"namespaceId/tenant"_s);
    if (identity.dataId.size() > 256)
        return tooLong(u"dataId"_s, 256);
    if (!consistsOf(identity.dataId, "-_:."_L1))
        return badCharacters(u"dataId"_s);
    if (identity.group.size() > 128)
        return tooLong(u"group"_s, 128);
    if (!consistsOf(identity.group, "-_:."_L1))
        return badCharacters(u"group"_s);
    return std::nullopt;
}

std::optional<QString> checkNamespaceName(const QString &name)
{
    if (name.size() > 256)
        return tooLong(u"namespaceShowName"_s, 256);
    const bool bad = std::any_of(name.begin(), name.end(), [](QChar c) { return "@#$%^&*"_L1.contains(c); });
    return bad ? badCharacters(u"namespaceShowName"_s) : std::nullopt;
}

std::optional<QString> checkPublish(const CheckedPublish &publish)
{
    if (publish.identity.dataId.trimmed().isEmpty())
        return u"invalid dataId : %1"_s.arg(publish.identity.dataId);
    if (publish.identity.group.trimmed().isEmpty())
        return u"invalid group : %1"_s.arg(publish.identity.group);
    if (publish.content.trimmed().isEmpty())
        return u"content is blank : %1"_s.arg(publish.content);
    if (publish.content.size() > MaximumContent)
        return u"invalid content, over %1"_s.arg(MaximumContent);
    if (publish.tag.size() > 16)
        return u"too long tag, over 16"_s;
    if (!consistsOf(publish.tag, "-_:."_L1))
        return u"invalid tag : %1"_s.arg(publish.tag);
    const QStringList tags = publish.tags.split(u',', Qt::SkipEmptyParts);
    if (tags.size() > 5)
        return u"too much config_tags, over 5"_s;
    for (const QString &tag : tags) {
        if (tag.size() > 64)
            return u"too long tag, over 64"_s;
    }
    struct Limit {
        const QString &value;
        QString name;
        qsizetype limit;
    };
    const Limit limits[] = {{publish.description, u"desc"_s, 128},
                            {publish.use, u"use"_s, 32},
                            {publish.effect, u"effect"_s, 32},
                            {publish.schema, u"schema"_s, 32768}};
    for (const Limit &limit : limits) {
        if (limit.value.size() > limit.limit)
            return u"too long %1, over %2"_s.arg(limit.name).arg(limit.limit);
    }
    return std::nullopt;
}

QString validType(const QString &type)
{
    static const QStringList known{u"text"_s, u"json"_s, u"xml"_s, u"yaml"_s, u"html"_s, u"properties"_s, u"toml"_s, u"unset"_s};
    return known.contains(type) ? type : u"text"_s;
}

} // namespace core::sandbox::nacos
