// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QTreeView;
class QStandardItemModel;

namespace ui {

class ActionRegistry;

/// Ctrl+/: every command with its keys, by context, with a filter field. Escape closes. Return runs the command.
class KeySheet final : public QDialog {
    Q_OBJECT
public:
    KeySheet(ActionRegistry &registry, QWidget *parent = nullptr);

private:
    void rebuild();
    ActionRegistry &m_registry;
    QLineEdit *m_filter;
    QTreeView *m_view;
    QStandardItemModel *m_model;
};

} // namespace ui
