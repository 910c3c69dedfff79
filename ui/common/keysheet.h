// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QLineEdit;
class QTreeView;
class QStandardItemModel;

namespace ui {

class ActionRegistry;
class StatePage;

/// Ctrl+/: every command with its keys, by context, with a filter field. Escape closes. Return runs the command. Arrows and page keys move
/// the list while one types.
class KeySheet final : public QDialog {
    Q_OBJECT
public:
    /// A key that belongs to a kind of widget rather than to a command, and is the same everywhere.
    struct FixedKey {
        QString context, text, keys;
    };
    KeySheet(ActionRegistry &registry, const QList<FixedKey> &fixed, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void rebuild();
    ActionRegistry &m_registry;
    QList<FixedKey> m_fixed;
    QLineEdit *m_filter;
    StatePage *m_states;
    QTreeView *m_view;
    QStandardItemModel *m_model;
};

} // namespace ui
