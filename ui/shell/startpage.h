// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/workbench.h"

class QLabel;
class QVBoxLayout;

namespace ui {
class MessageBar;
}

namespace ui::shell {

class Connections;

/// The page without any connection: start the practice registry, add a connection, import one from the environment. With saved
/// connections it lists them to choose from.
class StartPage final : public workbench::Page {
    Q_OBJECT
public:
    StartPage(workbench::Workbench &workbench, Connections &connections);

    QString kind() const override { return QStringLiteral("start"); }
    QString title() const override { return tr("Start"); }
    Icon icon() const override { return Icon::Application; }
    void activated() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void startPractice();
    void open(const QString &slug);

    Connections &m_connections;
    MessageBar *m_bar;
    QVBoxLayout *m_outer;
    QWidget *m_center = nullptr;
};

} // namespace ui::shell
