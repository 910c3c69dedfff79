// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/workbench.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {
class MessageBar;
}

namespace ui::shell {

/// Connection ▸ Unlock writes…: for how long and why; the reason stands in the lock's tooltip and with every change in the ledger.
class UnlockDialog final : public QDialog {
    Q_OBJECT
public:
    UnlockDialog(workbench::Services &services, const QString &profile, const QString &name, QWidget *parent);

private:
    void unlock();
    workbench::Services &m_services;
    QString m_profile;
    MessageBar *m_bar;
    QComboBox *m_minutes;
    QLineEdit *m_reason;
    QPushButton *m_unlock;
};

} // namespace ui::shell
