// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/nacos/registry.h"
#include "ui/models/recordmodel.h"
#include "ui/workbench/workbench.h"

class QLineEdit;

namespace ui {
class StatePage;
class TableView;
} // namespace ui

namespace ui::config {

class AskBar;

/// What one client, named by its IP address, listens to.
class ListenedPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit ListenedPage(workbench::Workbench &workbench);
    ~ListenedPage() override;

    QString kind() const override { return QStringLiteral("listened"); }
    NewLanguage newLanguage() const override { return NewLanguage::MadeAnew; }
    QString title() const override { return tr("Listeners"); }
    Icon icon() const override { return Icon::Push; }
    Follows follows() const override { return Follows::Namespace; }
    void setSubject(const workbench::Subject &subject) override;
    void activated() override;
    void refresh() override;
    void focusFilter() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

    struct Row {
        core::nacos::ConfigKey key;
        core::nacos::ConfigListener by;
        friend bool operator==(const Row &, const Row &) = default;
    };

private:
    RecordModel<Row> m_model;
    core::Latest<core::Reply<QList<core::nacos::ListenedConfig>>> m_loading;
    AskBar *m_ask;
    QLineEdit *m_ip;
    StatePage *m_states;
    TableView *m_table;
};

} // namespace ui::config
