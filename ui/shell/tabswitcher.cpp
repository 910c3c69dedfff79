// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tabswitcher.h"

#include "ui/common/theme.h"
#include "ui/shell/tabarea.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

TabSwitcher::TabSwitcher(TabArea &tabs, QWidget *parent)
    : QFrame(parent)
    , m_tabs(tabs)
    , m_list(new QListWidget(this))
{
    setObjectName(u"tabSwitcher"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Between, metrics::Between, metrics::Between, metrics::Between);
    layout->addWidget(m_list);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListWidget::itemClicked, this, &TabSwitcher::finish);
    hide();
}

void TabSwitcher::step(Step step)
{
    if (m_tabs.count() < 2)
        return;
    if (isHidden()) {
        m_list->clear();
        m_list->setAccessibleName(tr("Last used tabs"));
        const QList<int> order = m_tabs.recentOrder();
        for (const int index : order) {
            const QString path = m_tabs.pathAt(index);
            auto *item = new QListWidgetItem(Theme::icon(m_tabs.iconAt(index)),
                                             path.isEmpty() ? m_tabs.titleAt(index) : u"%1 — %2"_s.arg(m_tabs.titleAt(index), path));
            item->setData(Qt::UserRole, index);
            item->setSizeHint({100, metrics::RowHeight});
            m_list->addItem(item);
        }
        m_list->setCurrentRow(0);
        const int rows = std::min(12, m_list->count());
        resize(420, rows * metrics::RowHeight + 2 * metrics::Between + 2);
        move((parentWidget()->width() - width()) / 2, parentWidget()->height() / 5);
        show();
        raise();
        qApp->installEventFilter(this);
    }
    const int rows = m_list->count();
    m_list->setCurrentRow((m_list->currentRow() + (step == Step::Forward ? 1 : rows - 1)) % rows);
}

void TabSwitcher::finish()
{
    if (isHidden())
        return;
    qApp->removeEventFilter(this);
    hide();
    if (const QListWidgetItem *item = m_list->currentItem())
        m_tabs.setCurrentIndex(item->data(Qt::UserRole).toInt());
}

bool TabSwitcher::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyRelease) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Control || key->key() == Qt::Key_Meta)
            finish();
    } else if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            qApp->removeEventFilter(this);
            hide();
            return true;
        }
    } else if (event->type() == QEvent::ApplicationDeactivate) {
        qApp->removeEventFilter(this);
        hide();
    }
    return QFrame::eventFilter(watched, event);
}

void TabSwitcher::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Token::Base));
    painter.setPen(Theme::color(Token::Border));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace ui::shell
