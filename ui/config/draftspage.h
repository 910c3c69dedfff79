// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/store/drafts.h"
#include "ui/models/recordmodel.h"
#include "ui/workbench/workbench.h"

namespace ui {
class QuietButton;
class StatePage;
class TableView;
} // namespace ui

namespace ui::config {

/// Everything typed and not published, of all connections.
class DraftsPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit DraftsPage(workbench::Workbench &workbench);
    ~DraftsPage() override;

    QString kind() const override { return QStringLiteral("drafts"); }
    NewLanguage newLanguage() const override { return NewLanguage::MadeAnew; }
    QString title() const override { return tr("Drafts"); }
    Icon icon() const override { return Icon::Drafts; }
    void activated() override;
    void refresh() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

private:
    void discardSelected();
    RecordModel<core::store::DraftInfo> m_model;
    core::Latest<core::Reply<QList<core::store::DraftInfo>>> m_loading;
    StatePage *m_states;
    TableView *m_table;
    QuietButton *m_open;
    QuietButton *m_discard;
};

} // namespace ui::config
