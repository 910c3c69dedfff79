// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/settings.h"
#include "ui/workbench/workbench.h"

#include <QFormLayout>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;
class QVBoxLayout;

namespace ui {
class MessageBar;
}

namespace ui::settings {

/// Base of a section: headline, message bar, a form whose fields are bound to settings.
class Section : public QWidget {
    Q_OBJECT
public:
    Section(workbench::Workbench &workbench, const QString &title, const QString &about, QWidget *parent);

protected:
    workbench::Workbench &workbench() const { return m_workbench; }
    workbench::Services &services() const { return m_workbench.services(); }
    core::profiles::Settings &store() const { return m_workbench.services().settings; }
    MessageBar *bar() const { return m_bar; }
    QFormLayout *form() const { return m_form; }

    struct Choice {
        QString text;
        QJsonValue value;
    };
    QComboBox *addChoice(core::profiles::Setting key, const QString &label, const QList<Choice> &choices, const QString &hint = {});
    QCheckBox *addSwitch(core::profiles::Setting key, const QString &text, const QString &hint = {});
    struct Range {
        int from = 0, to = 100, step = 1;
        QString suffix, special; ///< special: shown instead of `from`
    };
    QSpinBox *addNumber(core::profiles::Setting key, const QString &label, const Range &range, const QString &hint = {});
    /// Below the rows, over the whole width, and as high as there is room.
    void addFilling(QWidget *widget);
    void addHeading(const QString &title);
    /// A label with text that can be selected; for paths and states.
    QLabel *addText(const QString &label, const QString &text);
    /// Answers the row's widget, for QFormLayout::setRowVisible().
    QWidget *addRow(const QString &label, QWidget *field, const QString &hint = {});
    /// A field without label.
    void addWide(QWidget *field, const QString &hint = {});
    QWidget *withHint(QWidget *field, const QString &hint);

private:
    QLabel *rowLabel(const QString &text, QWidget *buddy);
    workbench::Workbench &m_workbench;
    MessageBar *m_bar;
    QVBoxLayout *m_body;
    QFormLayout *m_form;
};

QWidget *makeGeneralSection(workbench::Workbench &workbench, QWidget *parent);
QWidget *makeAppearanceSection(workbench::Workbench &workbench, QWidget *parent);
QWidget *makeConnectionsSection(workbench::Workbench &workbench, QWidget *parent);
QWidget *makeSecretsSection(workbench::Workbench &workbench, QWidget *parent);
QWidget *makeDataSection(workbench::Workbench &workbench, QWidget *parent);
QWidget *makeKeyboardSection(workbench::Workbench &workbench, QWidget *parent);
QWidget *makeNetworkSection(workbench::Workbench &workbench, QWidget *parent);

} // namespace ui::settings
