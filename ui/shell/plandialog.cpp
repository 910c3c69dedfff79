// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/plandialog.h"

#include "ui/common/actionregistry.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/workbench.h"

#include <QAction>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

PlanDialog::PlanDialog(workbench::Workbench &workbench, workbench::PlanRequest request, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"planDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(request.title.isEmpty() ? workbench::summaryText(request.plan.displayTitle()) : request.title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_panel = new workbench::PlanPanel(workbench, std::move(request), this);
    layout->addWidget(m_panel);
    // The sheet is modal: the window's own keys do not reach it.
    for (const QString &id : {u"editor.zoomIn"_s, u"editor.zoomOut"_s, u"editor.zoomReset"_s})
        if (QAction *action = workbench.actions().action(id))
            addAction(action);
    fit();
    connect(m_panel, &workbench::PlanPanel::shapeChanged, this, &PlanDialog::fit);
    // Queued: the panel may still be at work in what announced its end.
    connect(
        m_panel, &workbench::PlanPanel::done, this, [this] { done(QDialog::Accepted); }, Qt::QueuedConnection);
}

void PlanDialog::fit()
{
    const QSize room = parentWidget() ? parentWidget()->size() : QSize(1280, 800);
    if (m_panel->isShort()) {
        const int width = std::clamp(room.width() * 6 / 10, 560, 760);
        const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
        resize(width, std::min(height, room.height() * 17 / 20));
    } else {
        resize(std::clamp(room.width() * 9 / 10, 640, 1400), std::clamp(room.height() * 17 / 20, 420, 900));
    }
    if (isVisible() && parentWidget())
        move(parentWidget()->geometry().center() - rect().center());
}

void PlanDialog::reject()
{
    m_panel->dismiss();
}

void PlanDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    m_panel->focusFirst();
}

} // namespace ui::shell
