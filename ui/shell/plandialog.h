// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/planpanel.h"

#include <QDialog>

namespace ui::shell {

/// The window-modal frame of the plan panel.
class PlanDialog final : public QDialog {
    Q_OBJECT
public:
    PlanDialog(workbench::Workbench &workbench, workbench::PlanRequest request, QWidget *parent);
    workbench::PlanPanel *panel() const { return m_panel; }

public Q_SLOTS:
    void reject() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fit();
    workbench::PlanPanel *m_panel;
};

} // namespace ui::shell
