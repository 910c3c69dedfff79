// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/groupkey.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace core::nacos::wire {

namespace {

QString escaped(QString part)
{
    return part.replace(u'%', u"%25"_s).replace(u'+', u"%2B"_s);
}

std::optional<QString> unescaped(const QString &part)
{
    QString out;
    for (qsizetype i = 0; i < part.size(); ++i) {
        if (part.at(i) != u'%') {
            out.append(part.at(i));
            continue;
        }
        const QStringView escape = QStringView(part).mid(i, 3);
        if (escape == u"%2B")
            out.append(u'+');
        else if (escape == u"%25")
            out.append(u'%');
        else
            return std::nullopt;
        i += 2;
    }
    return out;
}

} // namespace

QString encodeGroupKey(const ConfigContext &key)
{
    QString text = escaped(key.dataId) + u'+' + escaped(key.group);
    if (!key.tenant.isEmpty())
        text += u'+' + escaped(key.tenant);
    return text;
}

Result<ConfigContext> decodeGroupKey(const QString &groupKey)
{
    const QStringList parts = groupKey.split(u'+');
    if (parts.size() == 2 || parts.size() == 3) {
        const auto dataId = unescaped(parts.at(0)), group = unescaped(parts.at(1));
        const auto tenant = unescaped(parts.value(2));
        if (dataId && group && tenant && !dataId->isEmpty() && !group->isEmpty())
            return ConfigContext{*tenant, *group, *dataId};
    }
    return fail(Error::Kind::BadReply, u"not a group key: %1"_s.arg(groupKey.left(200)));
}

QString FuzzyPattern::toString() const
{
    return tenant + u">>"_s + group + u">>"_s + dataId;
}

Result<FuzzyPattern> FuzzyPattern::parse(const QString &text)
{
    const QStringList parts = text.split(u">>"_s);
    if (parts.size() != 3 || parts.at(1).isEmpty() || parts.at(2).isEmpty())
        return fail(Error::Kind::BadReply, u"not a fuzzy watch pattern: %1"_s.arg(text.left(200)));
    return FuzzyPattern{parts.at(0).isEmpty() ? u"public"_s : parts.at(0), parts.at(1), parts.at(2)};
}

bool FuzzyPattern::partMatches(const QString &pattern, const QString &name)
{
    if (pattern == u"*")
        return true;
    const bool openStart = pattern.startsWith(u'*');
    const bool openEnd = pattern.endsWith(u'*');
    const QStringView core = QStringView(pattern).mid(openStart ? 1 : 0, pattern.size() - int(openStart) - int(openEnd));
    if (openStart && openEnd)
        return name.contains(core);
    if (openStart)
        return name.endsWith(core);
    if (openEnd)
        return name.startsWith(core);
    return name == pattern;
}

bool FuzzyPattern::matches(const ConfigContext &key) const
{
    return key.tenant == tenant && partMatches(group, key.group) && partMatches(dataId, key.dataId);
}

} // namespace core::nacos::wire
