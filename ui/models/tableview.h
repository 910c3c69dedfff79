// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordproxy.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTableView>

class QMenu;
class QTimer;

namespace ui {

class PassingTime;
class RecordDelegate;
class TableHeader;

/// The table of every list page: rows of 26 px, flat header, columns that can be hidden, moved and resized, sort by two keys (click, then
/// Shift+click), selection kept by id through refresh, filter and sort, changed rows that flash. Owns its RecordProxy.
/// Keys: arrows, Home/End (first and last row), Space toggles the row, Shift extends, Ctrl+A all rows of the filter, Return opens,
/// Ctrl+Return opens elsewhere, Ctrl+C copies, typing does nothing (the filter line is for that).
class TableView final : public QTableView {
    Q_OBJECT
public:
    explicit TableView(QWidget *parent = nullptr);
    ~TableView() override;

    /// `accessibleName`: what the table lists, for screen readers.
    void setRecords(RecordModelBase *records, const QString &accessibleName);
    RecordProxy *proxy() const { return m_proxy; }
    RecordModelBase *records() const { return m_proxy->records(); }

    void setQuery(const FilterQuery &query);

    QString currentId() const;
    QStringList selectedIds() const; ///< in the order shown
    qsizetype selectedCount() const;
    /// Ids that are not there (yet) are remembered and selected when they come.
    void select(const QStringList &ids, const QString &current = {});
    void scrollToId(const QString &id);
    /// The focus comes here, to a row that is selected: the current one, else the first.
    void enter();
    /// enter(), and that row is opened: what Return means in a filter above the table.
    void openOne();

    void setSort(const SortKey &primary, const SortKey &secondary = {});
    /// By choice; it may be left out while there is no room (ColumnInfo::yields).
    bool isColumnShown(const QString &columnId) const;
    void setColumnShown(const QString &columnId, bool shown);
    void resetColumns();
    /// Sort by…, show and hide, reset; for the header's context menu and a page's View menu. The caller owns it.
    QMenu *createColumnMenu(QWidget *parent);
    /// Columns with widths and order, sort, selection, current row, first visible row; belongs to the tab.
    QJsonObject state() const;
    void restoreState(const QJsonObject &state);

    /// What Ctrl+C puts on the clipboard; by default the first shown column's texts, one a line.
    void setCopyText(std::function<QString(const QStringList &ids)> make);
    /// The shown columns of the selected rows, tab separated, with a header line.
    QString selectedAsTable() const;

    /// What Ctrl+C does.
    void copy();

    void flash(const QStringList &ids);
    /// 0…1, for the delegate.
    double flashStrength(int proxyRow) const;
    int hoverRow() const { return m_hoverRow; }

Q_SIGNALS:
    void activatedId(const QString &id);
    void activatedElsewhere(const QString &id); ///< Ctrl+Return, middle click
    void currentIdChanged(const QString &id);
    void selectionCountChanged(qsizetype count);
    /// Right click or the menu key; the row under it is selected already.
    void menuRequested(const QPoint &globalPosition);
    void stateChanged(); ///< columns or sort

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index, const QEvent *event) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void applyColumns();
    void fitColumns(int keep = -1);
    void sample();
    std::optional<std::chrono::seconds> tellTimes();
    int leastWidth(int column) const;
    void rememberSelection();
    void restoreSelection();
    void setHoverRow(int row);
    void stepFlash();
    void headerClicked(int column);
    void modelAboutToChange();
    void modelChanged();
    void modelWasReset();
    void rememberPlace();
    void restorePlace();
    void tellCurrent();
    QModelIndex rowIndex(int proxyRow) const;
    void activate(const QModelIndex &index, Qt::KeyboardModifiers modifiers);

    RecordProxy *m_proxy;
    TableHeader *m_header;
    RecordDelegate *m_delegate;
    QTimer *m_sampleTimer;
    QTimer *m_flashTimer;
    PassingTime *m_passing;
    QElapsedTimer m_clock;
    QHash<QString, qint64> m_flashes;
    QStringList m_wanted; ///< selected ids, also those not visible now
    QString m_wantedCurrent;
    QString m_toldCurrent;                  ///< by currentIdChanged()
    QList<std::pair<QString, int>> m_place; ///< ids on the screen and where they stood, while the rows are reset
    std::function<QString(const QStringList &)> m_copyText;
    struct Column {
        int width = 0; ///< chosen by the person; 0: by its contents
        int need = 0;  ///< of the contents seen so far
        bool shown = true;
        bool put = false; ///< put on by the person
    };
    QList<Column> m_columns;
    int m_hoverRow = -1;
    qsizetype m_selected = 0;
    bool m_restoring = false, m_fitting = false, m_selectionDirty = false, m_restorePosted = false;
};

} // namespace ui
