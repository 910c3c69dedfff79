// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "ui/workbench/page.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui::config {

/// Asks for data ID, group and format of a new configuration and opens its editor; nothing is written. Deletes itself when closed.
class NewConfigDialog final : public QDialog {
    Q_OBJECT
public:
    NewConfigDialog(workbench::Workbench &workbench, const workbench::Subject &subject, QWidget *parent);
    /// The new one begins as a copy of this one: content and attributes, of which `type` is known already.
    void startFrom(const core::nacos::ConfigKey &key, const QString &type);

private:
    void check();
    /// Why the name cannot be; empty: it can.
    QString problem(const core::nacos::ConfigKey &key) const;
    void create();

    workbench::Workbench &m_workbench;
    workbench::Subject m_subject;
    std::optional<core::nacos::ConfigKey> m_source;
    QLineEdit *m_dataId;
    QLineEdit *m_group;
    QComboBox *m_type;
    QLabel *m_problem;
    QPushButton *m_create;
    bool m_typeChosen = false;
};

} // namespace ui::config
