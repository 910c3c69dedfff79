// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/workbench.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {
class MessageBar;
}

namespace ui::connection {

/// The practice registry among the connections: what it is, where it listens, start, open, stop.
class PracticePanel final : public QWidget {
    Q_OBJECT
public:
    explicit PracticePanel(workbench::Workbench &workbench, QWidget *parent = nullptr);
    void refresh();

protected:
    void changeEvent(QEvent *event) override;

private:
    void stop();
    workbench::Workbench &m_workbench;
    MessageBar *m_bar;
    QLabel *m_title, *m_text, *m_where;
    QPushButton *m_open, *m_stop;
};

} // namespace ui::connection
