// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace core {
class Workers;
}

namespace ui {
class ElidedLabel;
class QuietButton;
} // namespace ui

namespace ui::config {

class SchemaReading;

/// Whether the server gives back use, effect and schema. FromHere: not, but they were published from this home last; FromHistory: not, but
/// its history has them, as nothing was changed since the configuration was created.
enum class Told { All, NotAll, FromHere, FromHistory };

/// Everything about a configuration that is not its content: app, tags, description, use, effect and schema can be edited, the rest is
/// shown. Part of the same publish as the text.
class AttributesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit AttributesPanel(core::Workers &workers, QWidget *parent = nullptr);

    /// Facts that cannot be edited come from `detail`; nullopt: a new one.
    void show(const core::nacos::ConfigAttributes &attributes, const std::optional<core::nacos::ConfigDetail> &detail);
    core::nacos::ConfigAttributes attributes() const;
    void setType(const QString &type) { m_attributes.type = type; }
    enum class Access { Editable, ReadOnly };
    void setAccess(Access access);
    /// Where the server does not give back use, effect and schema, the panel says what a publish does to them.
    void setTold(Told told);
    Told told() const { return m_told; }
    void setSchema(const QString &schema);
    /// What can be done about the schema; empty until whoever owns the panel fills it.
    QuietButton *schemaButton() const { return m_schemaButton; }
    /// In place of what the attribute holds; empty: that.
    void setSchemaNote(const QString &note);
    void editSchema();

Q_SIGNALS:
    void edited();

private:
    void showSchema();
    void showFacts();
    void put(QLineEdit *edit, const QStringList &value);
    bool isAsPut(const QLineEdit *edit) const;
    QString typed(const QLineEdit *edit) const;

    struct Put {
        QString text;
        QStringList value;
    };
    core::Workers &m_workers;
    SchemaReading *m_reading;
    core::nacos::ConfigAttributes m_attributes;
    std::optional<core::nacos::ConfigDetail> m_detail;
    Told m_told = Told::All;
    Access m_access = Access::Editable;
    QString m_schemaNote;
    QLineEdit *m_app;
    QLineEdit *m_tags;
    QLineEdit *m_description;
    QLineEdit *m_use;
    QLineEdit *m_effect;
    ElidedLabel *m_schema;
    QuietButton *m_schemaButton;
    QLabel *m_facts;
    QHash<const QLineEdit *, Put> m_put; ///< what each field was given, and how it showed that
};

} // namespace ui::config
