// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace ui::config {

/// Everything about a configuration that is not its content: app, tags, description can be edited, the rest is shown. Part of the same
/// publish as the text.
class AttributesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit AttributesPanel(QWidget *parent = nullptr);

    /// Facts that cannot be edited come from `detail`; nullopt: a new one.
    void show(const core::nacos::ConfigAttributes &attributes, const std::optional<core::nacos::ConfigDetail> &detail);
    core::nacos::ConfigAttributes attributes() const;
    void setType(const QString &type) { m_attributes.type = type; }
    enum class Access { Editable, ReadOnly };
    void setAccess(Access access);

Q_SIGNALS:
    void edited();

private:
    core::nacos::ConfigAttributes m_attributes;
    QLineEdit *m_app;
    QLineEdit *m_tags;
    QLineEdit *m_description;
    QLabel *m_facts;
};

} // namespace ui::config
