// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/bookmarks.h"
#include "ui/workbench/workbench.h"

#include <QListView>

namespace ui::shell {

class NavigationModel;

/// The list of pages at the left: pages of the registry, tools, bookmarks with the drafts, lines between them. Shows only what exists, with
/// counts; the page of the current tab is marked. Up/Down move, Return opens.
class Navigation final : public QListView {
    Q_OBJECT
public:
    Navigation(workbench::Workbench &workbench, Bookmarks &bookmarks, QWidget *parent = nullptr);
    ~Navigation() override;

    /// Pages that need a connection are absent without one.
    void setSubject(const workbench::Subject &subject);
    void setCurrentKind(const QString &kind);
    QStringList kinds() const;
    QStringList titles() const; ///< as shown, bookmarks included
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
    enum class Where { Here, Elsewhere };
    void choose(int row, Where where);
    void rebuild();
    workbench::Workbench &m_workbench;
    Bookmarks &m_bookmarks;
    NavigationModel *m_model;
    workbench::Subject m_subject;
    QString m_current;
};

} // namespace ui::shell
