// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/rowactions.h"

#include "ui/models/tableview.h"

#include <QAbstractButton>
#include <QAction>
#include <QMenu>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace ui {

struct RowActions::Row {
    QAction *action = nullptr; ///< nullptr: a line
    std::function<QString()> text, reason;
    std::function<QIcon()> icon;
    QKeySequence shown;
    std::function<bool()> possible;
    Callback<void()> run;
};

RowActions::RowActions(QAbstractItemView *view)
    : QObject(view)
    , m_view(view)
{
    if (auto *table = qobject_cast<TableView *>(view)) {
        connect(table, &TableView::menuRequested, this, &RowActions::openMenu);
        return;
    }
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) { openMenu(m_view->viewport()->mapToGlobal(at)); });
}

RowActions::~RowActions() = default;

void RowActions::add(Row row)
{
    row.action = new QAction(this);
    connect(row.action, &QAction::triggered, this, [possible = row.possible, run = row.run] {
        if (!possible || possible())
            run();
    });
    m_rows.push_back(std::move(row));
}

void RowActions::add(const Entry &entry)
{
    add(Row{.text = entry.text,
            .icon = [icon = entry.icon] { return icon == Icon::More ? QIcon() : Theme::icon(icon); },
            .shown = entry.shown,
            .possible = entry.possible,
            .run = entry.run});
    QAction *action = m_rows.back().action;
    action->setShortcuts(entry.keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_view->addAction(action);
}

void RowActions::add(QAbstractButton *button, const QList<QKeySequence> &keys, const QKeySequence &shown)
{
    const QPointer<QAbstractButton> of = button;
    const auto text = [of] {
        if (!of)
            return QString();
        return of->text().isEmpty() ? of->accessibleName() : of->text();
    };
    add(Entry{.text = text,
              .keys = keys,
              .shown = shown,
              .possible = [of] { return of && of->isEnabled() && !of->isHidden(); },
              .run = {button, [of] { of->click(); }}});
    m_rows.back().icon = [of] { return of ? of->icon() : QIcon(); };
    m_rows.back().reason = [of] { return of ? of->toolTip() : QString(); };
}

void RowActions::addLine()
{
    m_rows.emplace_back();
}

void RowActions::addCopy(TableView *table)
{
    add(Entry{.text = [] { return tr("&Copy"); },
              .icon = Icon::Copy,
              .shown = QKeySequence(QKeySequence::Copy),
              .possible = [table] { return table->selectedCount() > 0; },
              .run = {table, [table] { table->copy(); }}});
}

void RowActions::addCopyRows(TableView *table)
{
    // Without the line of titles: what is pasted is what was pointed at.
    table->setCopyText([table](const QStringList &) { return table->selectedAsTable().section(u'\n', 1).trimmed(); });
    addCopy(table);
}

void RowActions::refresh(const Row &row) const
{
    QString text = row.text();
    if (!row.shown.isEmpty())
        text += u'\t' + row.shown.toString(QKeySequence::NativeText);
    row.action->setText(text);
    row.action->setIcon(row.icon());
    row.action->setEnabled(!row.possible || row.possible());
    row.action->setToolTip(row.reason ? row.reason() : QString());
}

void RowActions::openMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(m_view);
    menu->setObjectName(u"rowMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true); // what is disabled says why
    for (const Row &row : m_rows) {
        if (!row.action) {
            menu->addSeparator();
            continue;
        }
        refresh(row);
        menu->addAction(row.action);
    }
    // What is possible changes with every row, so the keys ask when they are pressed.
    connect(menu, &QObject::destroyed, this, [this] {
        for (const Row &row : m_rows)
            if (row.action)
                row.action->setEnabled(true);
    });
    menu->popup(globalPosition);
}

} // namespace ui
