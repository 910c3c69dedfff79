// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/activity.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace ui {
class StatePage;
}

namespace ui::workbench {
class Workbench;
}

namespace ui::shell {

class ActivityRow;

/// Running operations with progress and Cancel, finished ones with what came of them and Undo; the ledger one click further.
class ActivityPane final : public QWidget {
    Q_OBJECT
public:
    explicit ActivityPane(workbench::Workbench &workbench, QWidget *parent = nullptr);

Q_SIGNALS:
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void add(int id);
    void refreshState();
    void retranslate();

    workbench::Workbench &m_workbench;
    QHash<int, ActivityRow *> m_rows;
    QLabel *m_title;
    StatePage *m_pages;
    QVBoxLayout *m_list;
    QToolButton *m_clear, *m_ledger, *m_close;
};

} // namespace ui::shell
