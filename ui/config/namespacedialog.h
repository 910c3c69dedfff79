// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui::config {

/// ID, name and description of a namespace, new or being changed. Writes nothing; deletes itself when closed.
class NamespaceDialog final : public QDialog {
    Q_OBJECT
public:
    NamespaceDialog(const std::optional<core::nacos::NamespaceInfo> &info, QWidget *parent);

Q_SIGNALS:
    void chosen(const core::nacos::NamespaceInfo &info);

private:
    void check();
    core::nacos::NamespaceInfo m_info;
    QLineEdit *m_id;
    QLineEdit *m_name;
    QLineEdit *m_description;
    QLabel *m_problem;
    QPushButton *m_ok;
};

} // namespace ui::config
