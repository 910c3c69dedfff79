// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/common/plans.h"
#include "core/nacos/config/configread.h"

#include <QJsonObject>

namespace core::commands {

/// The documents of app/cli.md §1.2 for configurations.
QJsonObject toJson(const nacos::ConfigSummary &item, const QString &profile);
QJsonObject toJson(const nacos::ConfigDetail &detail, const QString &profile);
QJsonObject toJson(const nacos::ConfigRevision &revision);
QJsonObject toJson(const nacos::ConfigEvent &event);
/// `content`, or `contentBase64` when it isn't UTF-8.
void insertContent(QJsonObject &object, const QByteArray &content);
/// RFC 3339 or null.
QJsonValue timeValue(const QDateTime &time);
/// The formats a configuration may have, as --type takes them.
const QStringList &configTypes();
/// Usage, when --type is given and none of them.
Result<Done> checkType(const Invocation &call);
/// One that a change of many does not touch.
PlanCall::LeftOut leftOutOf(const nacos::LeftOut &item, const QString &profile);

} // namespace core::commands
