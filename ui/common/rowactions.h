// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/callback.h"
#include "ui/common/theme.h"

#include <functional>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <vector>

class QAbstractButton;
class QAbstractItemView;
class QAction;
class QIcon;
class QPoint;

namespace ui {

class TableView;

/// What can be done with the rows of a list, said once: keys that work while the list has the focus, and the context menu (right click,
/// Menu key, Shift+F10). What has a button beside the list takes words, state and reason from it, so that they never differ. Belongs to
/// the list it is made for; words are asked for when they are shown. GUI thread.
class RowActions final : public QObject {
    Q_OBJECT
public:
    explicit RowActions(QAbstractItemView *view);
    ~RowActions() override;

    struct Entry {
        std::function<QString()> text;
        Icon icon = Icon::More;
        QList<QKeySequence> keys;
        QKeySequence shown;             ///< instead of `keys`: one that the list itself takes (Return, Ctrl+C)
        std::function<bool()> possible; ///< none: always
        Callback<void()> run;
    };
    void add(const Entry &entry);
    /// As pressing the button does. `shown` as in Entry.
    void add(QAbstractButton *button, const QList<QKeySequence> &keys = {}, const QKeySequence &shown = {});
    void addLine();
    /// Copy of the selected rows: what Ctrl+C does.
    void addCopy(TableView *table);
    /// The same, and Ctrl+C copies whole rows: the shown columns, tab separated.
    void addCopyRows(TableView *table);

private:
    struct Row;
    void add(Row row);
    void refresh(const Row &row) const;
    void openMenu(const QPoint &globalPosition);

    QAbstractItemView *m_view;
    std::vector<Row> m_rows;
};

} // namespace ui
