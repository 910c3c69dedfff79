// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/foldingbar.h"

#include <QEvent>
#include <QLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

FoldingBar::FoldingBar(QWidget *parent)
    : QWidget(parent)
{
}

void FoldingBar::addFolding(QToolButton *button)
{
    m_buttons.append(button);
}

QSize FoldingBar::minimumSizeHint() const
{
    return {m_buttons.isEmpty() ? 0 : 160, QWidget::minimumSizeHint().height()};
}

bool FoldingBar::event(QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fold();
    return QWidget::event(event);
}

void FoldingBar::fold()
{
    if (!layout())
        return;
    // Folding asks for a new layout, which comes back here: only what changed is looked at.
    QStringList words{QString::number(width())};
    for (const QToolButton *button : std::as_const(m_buttons))
        words.append(button->isHidden() ? QString() : button->text());
    const QList<QWidget *> parts = findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (const QWidget *part : parts)
        if (!part->isHidden() && !m_buttons.contains(qobject_cast<const QToolButton *>(part)))
            words.append(QString::number(part->sizeHint().width()));
    if (m_fitted == words.join(u'\n'))
        return;
    m_fitted = words.join(u'\n');
    for (QToolButton *button : std::as_const(m_buttons))
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    layout()->invalidate();
    const bool narrow = layout()->sizeHint().width() > width();
    for (QToolButton *button : std::as_const(m_buttons)) {
        button->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
        button->setAccessibleName(button->text());
        if (button->toolTip().isEmpty() || button->property("folded").toBool()) {
            button->setToolTip(narrow ? button->text() : QString());
            button->setProperty("folded", narrow);
        }
    }
}

} // namespace ui
