// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QListWidget;

namespace ui::shell {

class TabArea;

/// Ctrl+Tab: the tabs, last used first; goes on while Ctrl is held, chooses when it is let go.
class TabSwitcher final : public QFrame {
    Q_OBJECT
public:
    TabSwitcher(TabArea &tabs, QWidget *parent);
    enum class Step { Forward, Back };
    void step(Step step);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void finish();
    TabArea &m_tabs;
    QListWidget *m_list;
};

} // namespace ui::shell
