// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "ui/workbench/planpanel.h"
#include "ui/workbench/workbench.h"

namespace ui {
class MessageBar;
}

namespace ui::config {

/// What an editor wants published.
struct PublishRequest {
    QString profile;
    core::nacos::ConfigKey key;
    std::optional<core::nacos::ConfigDetail> before; ///< what the edit started from
    QByteArray content;
    core::nacos::ConfigAttributes attributes;
    std::optional<qsizetype> listeners; ///< known ones it will reach
    QString loss;                       ///< as in core::nacos::ConfigChangeRequest
};

/// The plan panel's request for a publish. Usage or Policy: what is wrong with it, nothing was sent.
core::Result<workbench::PlanRequest> publishPlan(const PublishRequest &request);
/// Makes a former state the live one; the request's words say which it is, whom it reaches (`listeners`, where known), and whether that
/// means to replace, create again or delete.
core::Result<workbench::PlanRequest> restorePlan(const QString &profile, const core::nacos::ConfigKey &key,
                                                 const std::optional<core::nacos::ConfigDetail> &live,
                                                 const core::nacos::ConfigRevisionDetail &state, const QString &loss,
                                                 std::optional<qsizetype> listeners);

/// Which version of a configuration it is: when, by whom, its MD5.
QString versionText(const core::nacos::ConfigRevision &revision);

/// Who loses what is deleted: the sum, and of how many the server does not tell (nullopt).
QStringList loserTexts(const QList<std::optional<int>> &listeners);
/// The same one by one, for a column.
QStringList listenerTexts(const QList<std::optional<int>> &listeners);

/// Says why publishPlan() or restorePlan() made no plan: what is wrong with it is known here, no server and no protection has a part in it.
void showRefused(MessageBar *bar, const core::Error &error, const QString &what);

/// Says in a page's bar that the server lists no such namespace, as long as that is so.
void showMissingNamespace(workbench::Workbench &workbench, const workbench::Subject &subject, MessageBar *bar);
/// The same in front of what is about to be written there.
/// A line above the plan, beside what stands there already; it follows what is known of the namespaces, which is asked for again now.
void warnOfMissingNamespace(workbench::PlanRequest &request, workbench::Workbench &workbench, const workbench::Subject &subject);

/// Reads the live states of the keys (with progress and Cancel), then shows the plan that deletes them. Cancelled with `context`.
void deleteConfigs(workbench::Workbench &workbench, QObject *context, const QString &profile, const QList<core::nacos::ConfigKey> &keys);

/// The server's content is read again; says so in the page's bar, with Undo, as long as that is so. Cancelled with `page`.
void takeOverridesOff(workbench::Workbench &workbench, workbench::Page *page, MessageBar *bar, const QList<core::Address> &addresses);
/// Makes what the server has now the content of this computer's own, then opens its editor.
void overrideConfig(workbench::Workbench &workbench, QObject *context, const QString &profile, const core::nacos::ConfigKey &key);

} // namespace ui::config
