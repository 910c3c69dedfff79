// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/textsearch.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace ui {

/// The bar below an editor: find, replace, go to line. Knows no editor; says what the person wants.
class FindBar final : public QWidget {
    Q_OBJECT
public:
    enum class Mode { Find, Replace, GoToLine };
    explicit FindBar(QWidget *parent = nullptr);

    void open(Mode mode, const QString &text = {});
    Mode mode() const { return m_mode; }
    SearchPattern pattern() const;
    QString replacement() const;
    /// `current` from 1; 0: none of them is selected.
    void setResult(const SearchResult &result, qsizetype current);
    /// Masked places that were left out of the search.
    void setMaskedNote(int masked);
    void setReplaceAllowed(bool allowed);
    QString status() const;

Q_SIGNALS:
    void patternChanged();
    void nextRequested();
    void previousRequested();
    void replaceRequested();
    void replaceAllRequested();
    void lineRequested(int line, int column);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setMode(Mode mode);
    void retranslate();
    Mode m_mode = Mode::Find;
    QLineEdit *m_find;
    QLineEdit *m_replace;
    QLineEdit *m_line;
    QToolButton *m_case;
    QToolButton *m_regex;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_replaceOne;
    QToolButton *m_replaceAll;
    QToolButton *m_close;
    QLabel *m_status;
    QLabel *m_lineLabel;
    int m_masked = 0;
    bool m_replaceAllowed = true;
};

} // namespace ui
