// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/pagekind.h"
#include "ui/workbench/workbench.h"

#include <QHash>

class QListWidget;
class QScrollArea;
class QStackedWidget;

namespace ui::settings {

/// Settings: sections at the left, built when they are looked at. Everything takes effect at once and is saved at once; what needs a new
/// start says so.
class SettingsPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit SettingsPage(workbench::Workbench &workbench);

    QString kind() const override { return QStringLiteral("settings"); }
    QString title() const override { return tr("Settings"); }
    Icon icon() const override { return Icon::Settings; }
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void activated() override;
    void focusFilter() override;

    void showSection(const QString &id);
    QStringList sections() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void build(const QString &id);
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QHash<QString, QWidget *> m_built;
    QString m_current;
};

/// Adds the page kind `settings`.
void registerPages(workbench::PageRegistry &pages);

} // namespace ui::settings
