// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/untold.h"

#include "core/nacos/session/capabilities.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

const QString NotTold = u"use, effect and schema of this configuration are not told by the server"_s;

} // namespace

bool tellsUntold(const Capabilities &capabilities)
{
    return capabilities.generation == Generation::V2 || capabilities.generation == Generation::Unknown ||
        capabilities.detours.value(u"config-read"_s, Plane::Admin) == Plane::Legacy;
}

bool hasUntold(const ConfigAttributes &attributes)
{
    return !attributes.use.isEmpty() || !attributes.effect.isEmpty() || !attributes.schema.isEmpty();
}

ConfigDetail Untold::into(ConfigDetail read) const
{
    if (!isKnown())
        return read;
    read.attributes.use = use;
    read.attributes.effect = effect;
    read.attributes.schema = schema;
    return read;
}

QString Untold::loss() const
{
    if (isKnown())
        return {};
    if (!isBlank())
        return NotTold + u"; it had some before somebody else changed it: what is not given anew is cleared"_s;
    if (error)
        return NotTold + u", and what is known of them cannot be read (%1): what is not given anew is cleared"_s.arg(error->message);
    return {};
}

bool isUntoldLoss(const QString &note)
{
    return note.startsWith(NotTold);
}

} // namespace core::nacos
