// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, mouse and clipboard of the table.
#include "ui/common/theme.h"
#include "ui/models/recorddelegate.h"
#include "ui/models/tableheader.h"
#include "ui/models/tableview.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ui {

void TableView::setCopyText(std::function<QString(const QStringList &)> make)
{
    m_copyText = std::move(make);
}

QString TableView::selectedAsTable() const
{
    QList<int> columns;
    QStringList titles;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (m_header->isSectionHidden(column))
            continue;
        columns.append(column);
        titles.append(records()->columns().at(column).title);
    }
    QStringList lines{titles.join(u'\t')};
    for (const QString &id : selectedIds()) {
        QStringList cells;
        for (const int column : std::as_const(columns))
            cells.append(QString(records()->cellText(records()->rowOf(id), column)).replace(u'\t', u' ').replace(u'\n', u' '));
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}

void TableView::copy()
{
    const QStringList ids = selectedIds();
    if (ids.isEmpty())
        return;
    if (m_copyText) {
        QGuiApplication::clipboard()->setText(m_copyText(ids));
        return;
    }
    const int column = rowIndex(0).column();
    QStringList lines;
    for (const QString &id : ids)
        lines.append(records()->cellText(records()->rowOf(id), column));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void TableView::enter()
{
    setFocus(Qt::OtherFocusReason);
    if (m_proxy->rowCount() == 0)
        return;
    const QString id = currentId();
    if (id.isEmpty() || m_proxy->rowOf(id) < 0)
        selectRow(0);
    else if (selectedCount() == 0)
        select({id}, id);
}

void TableView::openOne()
{
    enter();
    if (const QString id = currentId(); !id.isEmpty())
        Q_EMIT activatedId(id);
}

void TableView::activate(const QModelIndex &index, Qt::KeyboardModifiers modifiers)
{
    const QString id = m_proxy->idAt(index.row());
    if (id.isEmpty())
        return;
    if (modifiers.testFlag(Qt::ControlModifier))
        Q_EMIT activatedElsewhere(id);
    else
        Q_EMIT activatedId(id);
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    const int rows = m_proxy->rowCount();
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().isValid())
            activate(currentIndex(), event->modifiers());
        return;
    case Qt::Key_Space:
        if (currentIndex().isValid() && !shift)
            selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        return;
    case Qt::Key_Home:
    case Qt::Key_End:
        if (rows > 0) {
            // The base class moves within the row, which says nothing here.
            const QModelIndex target = rowIndex(event->key() == Qt::Key_Home ? 0 : rows - 1);
            if (control && !shift) {
                selectionModel()->setCurrentIndex(target, QItemSelectionModel::NoUpdate);
            } else if (shift && currentIndex().isValid()) {
                const int from = currentIndex().row();
                const QItemSelection range(m_proxy->index(qMin(from, target.row()), 0),
                                           m_proxy->index(qMax(from, target.row()), m_proxy->columnCount() - 1));
                selectionModel()->select(range, QItemSelectionModel::ClearAndSelect);
                selectionModel()->setCurrentIndex(target, QItemSelectionModel::NoUpdate);
            } else {
                selectionModel()->setCurrentIndex(target, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            }
            scrollTo(target);
        }
        return;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        // The rows are one thing: sideways scrolls instead of walking through cells.
        QScrollBar *bar = horizontalScrollBar();
        bar->setValue(bar->value() + (event->key() == Qt::Key_Left ? -40 : 40));
        return;
    }
    default:
        break;
    }
    // Ordinary letters belong to nobody here: no search by typing, the page's shortcuts ("/") get them.
    if (!event->text().isEmpty() && event->text().at(0).isPrint() && !control && event->modifiers() != Qt::AltModifier) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

QItemSelectionModel::SelectionFlags TableView::selectionCommand(const QModelIndex &index, const QEvent *event) const
{
    // A right click into the selection keeps it: the menu is for all of it.
    if (event && event->type() == QEvent::MouseButtonPress && static_cast<const QMouseEvent *>(event)->button() == Qt::RightButton &&
        selectionModel()->isSelected(index))
        return QItemSelectionModel::NoUpdate;
    return QTableView::selectionCommand(index, event);
}

void TableView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton) {
        if (const QModelIndex index = indexAt(event->position().toPoint()); index.isValid())
            activate(index, Qt::ControlModifier);
        return;
    }
    QTableView::mousePressEvent(event);
}

void TableView::mouseMoveEvent(QMouseEvent *event)
{
    setHoverRow(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

void TableView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTableView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton)
        if (const QModelIndex index = indexAt(event->position().toPoint()); index.isValid())
            activate(index, event->modifiers());
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect rect = visualRect(currentIndex());
        Q_EMIT menuRequested(viewport()->mapToGlobal(rect.isValid() ? rect.bottomLeft() + QPoint(24, 0) : QPoint(8, 8)));
    } else {
        Q_EMIT menuRequested(event->globalPos());
    }
    event->accept();
}

void TableView::leaveEvent(QEvent *event)
{
    setHoverRow(-1);
    QTableView::leaveEvent(event);
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void TableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::PaletteChange) {
        if (m_delegate)
            m_delegate->refresh();
        if (event->type() != QEvent::PaletteChange) {
            for (Column &column : m_columns)
                column.need = 0;
            m_sampleTimer->start();
            fitColumns();
        }
        viewport()->update();
    }
}

bool TableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave || event->type() == QEvent::Wheel)
        setHoverRow(-1);
    const bool result = QTableView::viewportEvent(event);
    // Rows, and none of them fits: an empty table would leave open why.
    if (event->type() == QEvent::Paint && m_proxy->rowCount() == 0 && !m_proxy->query().isEmpty() && records() &&
        records()->rowCount() > 0) {
        QPainter painter(viewport());
        painter.setFont(Theme::font());
        painter.setPen(Theme::color(Token::Muted));
        const QString problem = m_proxy->query().problem();
        painter.drawText(viewport()->rect().adjusted(metrics::Around, metrics::Around, -metrics::Around, -metrics::Around),
                         Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                         problem.isEmpty() ? tr("Nothing fits the filter; Esc clears it.")
                                           : tr("The regular expression is not complete or not right: %1").arg(problem));
    }
    return result;
}

} // namespace ui
