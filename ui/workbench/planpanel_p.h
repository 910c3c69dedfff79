// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/diffview.h"
#include "ui/common/messagebar.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"
#include "ui/workbench/planpanel.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QSplitter>

namespace ui::workbench {

/// Cancelled before it was sent.
inline bool wasGivenUp(const core::guard::ChangeOutcome &outcome)
{
    return outcome.outcome == core::guard::Outcome::Failed && outcome.error && outcome.error->kind == core::Error::Kind::Cancelled;
}

struct PlanPanel::Ui {
    ElidedLabel *title = nullptr;
    Badge *environment = nullptr;
    ElidedLabel *place = nullptr;
    MessageBar *bar = nullptr;
    QWidget *above = nullptr; ///< the facts and the feature's widget
    QLabel *facts = nullptr;
    QSplitter *split = nullptr;
    Separator *splitLine = nullptr; ///< below it
    TableView *table = nullptr;
    int tableWidth = 0;
    RecordModel<PlanRow> *model = nullptr;
    QLabel *attributes = nullptr;
    DiffView *diff = nullptr;
    QWidget *lock = nullptr;
    QLabel *lockText = nullptr;
    QPushButton *unlock = nullptr;
    QWidget *needs = nullptr;
    QFormLayout *needsForm = nullptr;
    QLabel *reasonLabel = nullptr, *typedLabel = nullptr;
    QLineEdit *reason = nullptr, *typed = nullptr;
    QLabel *note = nullptr;
    QProgressBar *progress = nullptr;
    QPushButton *undo = nullptr, *collect = nullptr, *cancel = nullptr, *apply = nullptr;
};

} // namespace ui::workbench
