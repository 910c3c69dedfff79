// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/config/configrow.h"
#include "ui/workbench/workbench.h"

#include <QTimer>

class QLabel;

namespace ui {
class FilterBar;
class MessageBar;
class PrimaryButton;
class QuietButton;
class StatePage;
class TableView;
} // namespace ui

namespace ui::config {

class ConfigDetailPanel;
class ConfigFeed;

/// The list of a namespace's configurations: filter line, table that fills while it loads, selection bar, detail dock.
class ConfigsPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit ConfigsPage(workbench::Workbench &workbench);
    ~ConfigsPage() override;

    QString kind() const override { return QStringLiteral("configs"); }
    QString title() const override;
    Icon icon() const override { return Icon::Config; }
    Follows follows() const override { return Follows::Namespace; }
    void setSubject(const workbench::Subject &subject) override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    QWidget *detail() override;
    QList<core::Address> selectedAddresses() const override;
    QString statusText() const override;
    void activated() override;
    void refresh() override;
    void focusFilter() override;

    /// The rows selected, in the order shown.
    QList<core::nacos::ConfigKey> selectedKeys() const;
    void openSelected(workbench::Workbench::Where where);
    qsizetype selectedCount() const;
    /// The server's list is here whole, and pushes keep it so.
    bool isComplete() const;
    /// Of the selected ones those with a local override.
    QList<core::nacos::ConfigKey> overriddenKeys() const;
    /// Opens the first selected one to be given a content of this computer's own.
    void overrideSelected();
    void takeOverridesOff();
    void newConfig();
    void duplicateSelected();
    void deleteSelected();
    void compareSelected();
    void copyNames();
    void copyLinks();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildUi();
    void followSavedFilters();
    void retranslate();
    void feedChanged();
    void updateCounts();
    void selectionChanged();
    void visibleRowsChanged();
    void openMenu(const QPoint &position);
    core::Address addressOf(const core::nacos::ConfigKey &key) const;

    ConfigModel m_model;
    ConfigFeed *m_feed;
    FilterBar *m_filter;
    MessageBar *m_bar;
    StatePage *m_states;
    TableView *m_table;
    QWidget *m_selectionBar;
    QLabel *m_selectedLabel;
    QLabel *m_countLabel;
    PrimaryButton *m_new;
    QuietButton *m_compare;
    QuietButton *m_duplicate;
    QuietButton *m_override;
    QuietButton *m_copyLink;
    QuietButton *m_delete;
    ConfigDetailPanel *m_detail;
    QTimer m_visible;
    bool m_started = false, m_wasStale = false;
};

} // namespace ui::config
