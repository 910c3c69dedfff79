// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/tableview.h"
#include "ui/shell/bookmarks.h"
#include "ui/workbench/workbench.h"

namespace ui {
class FilterBar;
class QuietButton;
class StatePage;
} // namespace ui

namespace ui::shell {

/// All bookmarks: open, rename, order, remove.
class BookmarksPage final : public workbench::Page {
    Q_OBJECT
public:
    BookmarksPage(workbench::Workbench &workbench, Bookmarks &bookmarks);
    ~BookmarksPage() override;

    QString kind() const override { return QStringLiteral("bookmarks"); }
    QString title() const override { return tr("Bookmarks"); }
    Icon icon() const override { return Icon::Bookmarks; }
    QString statusText() const override;
    void activated() override;
    void focusFilter() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

    void rename();
    void removeSelected();
    void move(Bookmarks::Direction direction);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row {
        Bookmark bookmark;
        int place = 0;
        QString title, where, kind;
        Icon icon = Icon::Link;
        friend bool operator==(const Row &, const Row &) = default;
    };
    void retranslate();
    void load();
    void refreshButtons();
    void open(const QString &id, workbench::Workbench::Where where);
    void addRowActions();
    QList<core::Address> selected() const;

    Bookmarks &m_bookmarks;
    FilterBar *m_filter;
    StatePage *m_pages;
    TableView *m_table;
    RecordModel<Row> *m_model;
    QuietButton *m_up, *m_down, *m_rename, *m_remove;
};

} // namespace ui::shell
