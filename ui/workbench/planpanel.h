// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"

#include <functional>
#include <QList>
#include <QPointer>
#include <QStringList>

class QWidget;

namespace ui::workbench {

/// What the one plan panel shows and does (Workbench::reviewPlan). The panel asks Guard::review() what is needed, shows each change with
/// its difference, takes reason, typed word and unlock, submits, shows the outcome of each change and offers Undo.
struct PlanRequest {
    core::guard::Plan plan;
    QString title;     ///< `Publish app.yaml`
    QString applyText; ///< the verb on the button: `Publish`, `Delete 3 configs`
    enum class Weight { Normal, Destructive };
    Weight weight = Weight::Normal;
    /// Short facts above the changes: `14 listeners will receive it`.
    QStringList facts;
    /// A widget of the feature below the facts (listeners, say); the panel takes it over. nullptr: none.
    QWidget *extra = nullptr;
    /// Called once, after the last outcome or when the person gave up (then without outcomes). `context` guards it.
    std::function<void(const QList<core::guard::ChangeOutcome> &)> finished;
    QPointer<QObject> context;
    /// On Conflict the panel offers this instead of trying again (three-way merge, say); empty: only "Refresh".
    std::function<void(const core::guard::ChangeOutcome &)> resolveConflict;
};

} // namespace ui::workbench
