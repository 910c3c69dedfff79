// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configstate.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

using Text = QString ConfigAttributes::*;

struct Named {
    QLatin1StringView name;
    Text member;
};

constexpr std::array Always{Named{"type"_L1, &ConfigAttributes::type}, Named{"encryptedDataKey"_L1, &ConfigAttributes::encryptedDataKey}};
/// Not told to an account that may only read what SDKs read; nor are tags.
constexpr std::array Complete{Named{"app"_L1, &ConfigAttributes::app}, Named{"description"_L1, &ConfigAttributes::description}};
/// Not told by servers of generation 3.
constexpr std::array Untold{Named{"use"_L1, &ConfigAttributes::use}, Named{"effect"_L1, &ConfigAttributes::effect},
                            Named{"schema"_L1, &ConfigAttributes::schema}};

/// The server makes an absent type `text`.
QString valueOf(const ConfigAttributes &attributes, Text member)
{
    const QString value = attributes.*member;
    return member == &ConfigAttributes::type && value.isEmpty() ? u"text"_s : value;
}

template <class List>
bool agree(const List &list, const ConfigAttributes &a, const ConfigAttributes &b)
{
    return std::all_of(list.begin(), list.end(), [&](const Named &one) { return valueOf(a, one.member) == valueOf(b, one.member); });
}

QStringList sorted(QStringList tags)
{
    tags.sort();
    return tags;
}

bool tellsUntold(const ConfigAttributes &attributes)
{
    return std::any_of(Untold.begin(), Untold.end(), [&](const Named &one) { return !(attributes.*one.member).isEmpty(); });
}

/// One attribute of a merge.
template <class Value>
Value merged(AttributeMerge &merge, QLatin1StringView name, const std::optional<Value> &base, const Value &mine, const Value &theirs)
{
    if (mine == theirs || (base && theirs == *base))
        return mine;
    if (base && mine == *base) {
        merge.taken.append(name);
        return theirs;
    }
    merge.both.append(name);
    return mine;
}

} // namespace

bool isSame(const ConfigAttributes &a, const ConfigAttributes &b)
{
    return agree(Always, a, b) && agree(Complete, a, b) && agree(Untold, a, b) && sorted(a.tags) == sorted(b.tags);
}

bool lacksType(const ConfigDetail &detail)
{
    return !detail.complete && detail.attributes.type.isEmpty();
}

bool isSameState(const ConfigDetail &a, const ConfigDetail &b)
{
    const bool isTypeKnown = !lacksType(a) && !lacksType(b);
    if (a.md5 != b.md5 || a.attributes.encryptedDataKey != b.attributes.encryptedDataKey ||
        (isTypeKnown && !agree(Always, a.attributes, b.attributes)))
        return false;
    if (!a.complete || !b.complete)
        return true;
    if (!agree(Complete, a.attributes, b.attributes) || sorted(a.attributes.tags) != sorted(b.attributes.tags))
        return false;
    return tellsUntold(a.attributes) != tellsUntold(b.attributes) || agree(Untold, a.attributes, b.attributes);
}

bool isSameState(const std::optional<ConfigDetail> &a, const std::optional<ConfigDetail> &b)
{
    return a && b ? isSameState(*a, *b) : a.has_value() == b.has_value();
}

ConfigDetail withUntold(ConfigDetail read, const std::optional<ConfigDetail> &known)
{
    if (!known)
        return read;
    if (!tellsUntold(read.attributes)) {
        for (const Named &one : Untold)
            read.attributes.*one.member = known->attributes.*one.member;
    }
    if (read.complete)
        return read;
    for (const Named &one : Complete) {
        if ((read.attributes.*one.member).isEmpty())
            read.attributes.*one.member = known->attributes.*one.member;
    }
    if (read.attributes.tags.isEmpty())
        read.attributes.tags = known->attributes.tags;
    return read;
}

AttributeMerge mergeAttributes(const std::optional<ConfigAttributes> &base, const ConfigAttributes &mine, const ConfigDetail &theirs)
{
    AttributeMerge merge;
    merge.result = mine;
    const auto take = [&](const Named &one) {
        const auto began = base ? std::optional(valueOf(*base, one.member)) : std::nullopt;
        merge.result.*one.member = merged(merge, one.name, began, valueOf(mine, one.member), valueOf(theirs.attributes, one.member));
    };
    std::for_each(Always.begin(), Always.end(), take);
    if (theirs.complete) {
        std::for_each(Complete.begin(), Complete.end(), take);
        const auto began = base ? std::optional(sorted(base->tags)) : std::nullopt;
        if (sorted(mine.tags) != sorted(theirs.attributes.tags))
            merge.result.tags = merged(merge, "tags"_L1, began, sorted(mine.tags), sorted(theirs.attributes.tags));
    }
    if (tellsUntold(theirs.attributes))
        std::for_each(Untold.begin(), Untold.end(), take);
    return merge;
}

} // namespace core::nacos
