// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/guard/guard.h"
#include "core/nacos/config/config.h"
#include "ui/models/recordmodel.h"
#include "ui/workbench/workbench.h"

namespace ui {
class MessageBar;
class PrimaryButton;
class QuietButton;
class StatePage;
class TableView;
} // namespace ui

namespace ui::config {

/// The namespaces of a connection: create, edit, delete (with what is inside), use; an ID typed by hand where listing is refused.
class NamespacesPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit NamespacesPage(workbench::Workbench &workbench);
    ~NamespacesPage() override;

    QString kind() const override { return QStringLiteral("namespaces"); }
    NewLanguage newLanguage() const override { return NewLanguage::MadeAnew; }
    QString title() const override { return tr("Namespaces"); }
    Icon icon() const override { return Icon::Namespace; }
    Follows follows() const override { return Follows::Namespace; }
    void setSubject(const workbench::Subject &subject) override;
    void activated() override;
    void refresh() override;
    QString statusText() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

    void create();
    void editSelected();
    void deleteSelected();
    void typeId();

private:
    void selectionChanged();
    const core::nacos::NamespaceInfo *selected() const;
    void write(const std::optional<core::nacos::NamespaceInfo> &before, const core::nacos::NamespaceInfo &after);
    void written(const QList<core::guard::ChangeOutcome> &outcomes);

    RecordModel<core::nacos::NamespaceInfo> m_model;
    core::Latest<core::Reply<QList<core::nacos::NamespaceInfo>>> m_loading;
    MessageBar *m_bar;
    StatePage *m_states;
    TableView *m_table;
    QuietButton *m_use;
    QuietButton *m_edit;
    QuietButton *m_delete;
    QuietButton *m_type;
    PrimaryButton *m_create;
    QSet<QUuid> m_plans; ///< under way, that make, change or delete namespaces of this connection
    bool m_started = false;
};

} // namespace ui::config
