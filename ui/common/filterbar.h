// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/filterquery.h"

#include <QWidget>

class QCompleter;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QStringListModel;
class QTimer;
class QToolButton;

namespace ui {

struct SavedFilter {
    QString name, text;
    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

/// The filter line of a list page: free text, `field:value` as chips, `-` for not, `/regular expression/`. A field term becomes a chip
/// when a blank or Return follows it; Backspace at the beginning takes the last chip back into the text. Escape clears, Down moves to the
/// list (downRequested), Ctrl+Space completes. History of this session and saved filters behind the star.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);

    /// The fields that make chips, with the values to offer.
    void setFields(const QList<FilterField> &fields);
    QList<FilterField> fields() const { return m_fields; }
    void setPlaceholder(const QString &text);

    FilterQuery query() const;
    QString text() const; ///< chips and text as one line, as FilterQuery::parse() takes it
    void setText(const QString &text);
    void clear();

    QStringList history() const { return m_history; } ///< newest first, at most 20
    void setHistory(const QStringList &history);
    QList<SavedFilter> savedFilters() const { return m_saved; }
    void setSavedFilters(const QList<SavedFilter> &filters);

    /// How long the last filter run took: above 30 ms typing is debounced by 200 ms.
    void noteRunTime(std::chrono::milliseconds time);
    /// "21 of 1,204", at the right inside the field.
    void setCount(const QString &text);
    /// Widgets at the right end, after the chips (for example the page's primary button).
    void addWidget(QWidget *widget);
    QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void queryChanged(const ui::FilterQuery &query);
    void openRequested(); ///< Return: the row that was filtered for
    void savedFiltersChanged();
    void historyChanged();
    /// The person wants to go on in the list.
    void downRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void textEdited();
    void liftTerms(bool all);
    void rebuildChips();
    void announce();
    void announceNow();
    void remember();
    void rebuildMenu();

    QLineEdit *m_edit;
    QHBoxLayout *m_chipRow;
    QHBoxLayout *m_tail;
    QLabel *m_count;
    QToolButton *m_star;
    QMenu *m_menu;
    QString m_ownPlaceholder;
    QTimer *m_debounce;
    QCompleter *m_completer;
    QStringListModel *m_completions;
    QList<FilterField> m_fields;
    QStringList m_chips;
    QStringList m_history;
    QList<SavedFilter> m_saved;
    QString m_announced;
    bool m_slow = false;
};

} // namespace ui
