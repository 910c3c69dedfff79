// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordmodel.h"
#include "ui/settings/section.h"

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {
class TableView;
}

namespace ui::settings {

/// Every command with its keys; new keys are checked against all others before they are taken, and the person decides what gives way.
class ShortcutEditor final : public QWidget {
    Q_OBJECT
public:
    explicit ShortcutEditor(workbench::Workbench &workbench, QWidget *parent = nullptr);

    void choose(const QString &commandId);
    QString chosen() const;
    /// What setting the keys typed now would collide with.
    QStringList conflicts() const;

    /// A command as the table lists it.
    struct Row {
        QString id, title, toolTip, area, keys, defaults;
        friend bool operator==(const Row &, const Row &) = default;
    };

private:
    Row rowOf(const QString &id) const;
    void refreshRow(const QString &id);
    void refresh();
    void set();
    void clear();
    void reset();
    void resetAll();
    void store();
    QString title(const QString &id) const;

    workbench::Workbench &m_workbench;
    QLineEdit *m_filter;
    TableView *m_view;
    RecordModel<Row> m_model;
    QKeySequenceEdit *m_keys;
    QPushButton *m_set, *m_clear, *m_reset, *m_resetAll;
    QLabel *m_note;
};

} // namespace ui::settings
