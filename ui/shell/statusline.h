// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/connections.h"

#include <QWidget>

class QLabel;

namespace ui {
class ElidedLabel;
class StateDot;
} // namespace ui

namespace ui::shell {

class StatusButton;

/// The bottom line: how the connection stands, what the page counts; secrets, problems, the log.
class StatusLine final : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(workbench::Services &services, QWidget *parent = nullptr);

    /// `name`: as people know the connection; empty: none is chosen.
    void setConnection(const QString &name, const ConnectionFace &face, const LockFace &lock);
    void setPageText(const QString &text);
    /// The connection, secrets, home and write failures; asked again by itself when they change.
    void refreshProblems();
    QStringList problems() const { return m_problems; }

Q_SIGNALS:
    void logRequested();
    void lockRequested();
    void connectionRequested();
    void secretsRequested();
    void problemsRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslate();
    workbench::Services &m_services;
    ConnectionFace m_face;
    LockFace m_lockFace;
    QString m_name; ///< of the connection
    QStringList m_problems;
    QString m_writeProblem;
    StateDot *m_dot;
    StatusButton *m_state;
    StatusButton *m_lock;
    ElidedLabel *m_page;
    StatusButton *m_secrets;
    StatusButton *m_problemsLink;
    StatusButton *m_log;
};

} // namespace ui::shell
