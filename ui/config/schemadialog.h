// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QDialog>

class QLabel;

namespace ui {
class CodeEditor;
class PrimaryButton;
} // namespace ui

namespace ui::config {

/// What there is to say of a schema in one line: its size and title, or what is wrong with it.
struct SchemaSummary {
    QString text;
    StateColor state = StateColor::Info;
};
SchemaSummary summaryOf(const QString &schema);

/// The schema attribute of a configuration as text. Nothing is sent: what is taken is part of the next publish.
class SchemaDialog final : public QDialog {
    Q_OBJECT
public:
    enum class Access { Editable, ReadOnly };
    SchemaDialog(const QString &schema, Access access, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &schema);

private:
    void check();
    void take();
    QString text() const;

    CodeEditor *m_editor;
    QLabel *m_state;
    PrimaryButton *m_take = nullptr;
};

} // namespace ui::config
