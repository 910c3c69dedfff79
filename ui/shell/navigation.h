// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/workbench.h"

#include <QListView>

namespace ui::shell {

class NavigationModel;

/// The list of pages at the left: pages of the registry, a line, tools. Shows only what exists, with counts; the page of the current tab is
/// marked. Up/Down move, Return opens.
class Navigation final : public QListView {
    Q_OBJECT
public:
    explicit Navigation(workbench::Workbench &workbench, QWidget *parent = nullptr);
    ~Navigation() override;

    /// Pages that need a connection are absent without one.
    void setSubject(const workbench::Subject &subject);
    void setCurrentKind(const QString &kind);
    QStringList kinds() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &kind);
    void chosenElsewhere(const QString &kind);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    workbench::Workbench &m_workbench;
    NavigationModel *m_model;
    workbench::Subject m_subject;
    QString m_current;
};

} // namespace ui::shell
