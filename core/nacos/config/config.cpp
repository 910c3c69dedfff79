// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/config.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr qsizetype LongestDataId = 256, LongestGroup = 128, LongestNamespace = 128;

bool isNameCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
}

Result<Done> checkName(const QString &what, const QString &name, qsizetype longest, QLatin1StringView more)
{
    if (name.isEmpty())
        return fail(Error::Kind::Usage, u"the %1 is empty"_s.arg(what));
    if (name.size() > longest)
        return fail(Error::Kind::Usage, u"the %1 is longer than %2 characters"_s.arg(what).arg(longest));
    const auto bad = std::find_if_not(name.begin(), name.end(), [more](QChar c) { return isNameCharacter(c) || more.contains(c); });
    if (bad != name.end()) {
        const QString taken = more.isEmpty() ? u"letters, digits, - and _"_s : u"letters, digits, - _ . and :"_s;
        return fail(Error::Kind::Usage, u"the %1 takes %2, not “%3”"_s.arg(what, taken, QString(*bad)));
    }
    return Done{};
}

Result<ConfigKey> keyOf(const Address &address, QLatin1StringView kind)
{
    if (address.kind() != kind || address.path().size() != 2)
        return fail(Error::Kind::Usage, u"not the address of a configuration: "_s + address.toString());
    return ConfigKey{ConfigKey::canonicalNamespace(address.space()), address.path().at(0), address.path().at(1)};
}

} // namespace

Result<Address> ConfigKey::address(const QString &profile) const
{
    return Address::build(profile, canonicalNamespace(namespaceId), u"config"_s, {group, dataId});
}

Result<ConfigKey> ConfigKey::of(const Address &address)
{
    return keyOf(address, "config"_L1);
}

Result<Address> ConfigKey::betaAddress(const QString &profile) const
{
    return Address::build(profile, canonicalNamespace(namespaceId), u"beta"_s, {group, dataId});
}

Result<ConfigKey> ConfigKey::ofBeta(const Address &address)
{
    return keyOf(address, "beta"_L1);
}

Result<Done> checkKey(const ConfigKey &key)
{
    if (const auto dataId = checkName(u"data ID"_s, key.dataId, LongestDataId, ".:"_L1); !dataId)
        return dataId;
    if (const auto group = checkName(u"group"_s, key.group, LongestGroup, ".:"_L1); !group)
        return group;
    return checkName(u"namespace"_s, key.namespaceId, LongestNamespace, {});
}

ListenerCount applicationsOf(const QList<ConfigListener> &listeners)
{
    ListenerCount count;
    for (const ConfigListener &listener : listeners) {
        count.unclear += listener.isUnclear() ? 1 : 0;
        if (listener.who != ConfigListener::Who::Application)
            continue;
        ++count.all;
        count.upToDate += listener.upToDate ? 1 : 0;
    }
    return count;
}

} // namespace core::nacos
