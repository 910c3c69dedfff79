// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/jsonschema.h"
#include "ui/common/theme.h"

#include <chrono>
#include <optional>
#include <QDialog>

class QLabel;
class QTimer;

namespace core {
class Workers;
}

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

/// Reads a schema beside the window, the last one asked about only.
class SchemaReading final : public QObject {
    Q_OBJECT
public:
    /// `patience`: how long it waits for another, while somebody types.
    SchemaReading(core::Workers &workers, std::chrono::milliseconds patience, QObject *parent);

    void read(const QString &schema);
    /// Of the last one, as long as no other is being read.
    std::optional<SchemaSummary> summary() const;

Q_SIGNALS:
    void done();

private:
    void start();

    core::Workers &m_workers;
    QTimer *m_soon;
    QString m_schema;
    std::optional<core::Result<core::text::JsonSchema>> m_compiled;
    int m_run = 0;
};

/// The schema attribute of a configuration as text. Nothing is sent: what is taken is part of the next publish.
class SchemaDialog final : public QDialog {
    Q_OBJECT
public:
    enum class Access { Editable, ReadOnly };
    SchemaDialog(core::Workers &workers, const QString &schema, Access access, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &schema);

private:
    void check();
    void sayWhatItIs();
    void take();
    QString text() const;

    CodeEditor *m_editor;
    SchemaReading *m_reading;
    QLabel *m_state;
    PrimaryButton *m_take = nullptr;
};

} // namespace ui::config
