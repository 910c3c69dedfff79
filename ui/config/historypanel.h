// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "ui/models/recordmodel.h"

#include <QPointer>
#include <QWidget>

class QLabel;

namespace ui {
class MessageBar;
class QuietButton;
class StatePage;
class TableView;
} // namespace ui
namespace ui::workbench {
class Workbench;
}

namespace ui::config {

/// The states of one configuration, newest first; two of them (or one and the live text) compared, one restored. Loads when first shown.
class HistoryPanel final : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPanel(workbench::Workbench &workbench, QWidget *parent = nullptr);
    ~HistoryPanel() override;

    void setSubject(core::nacos::Registry *registry, const core::nacos::ConfigKey &key);
    void reload();
    int count() const;
    /// As it is listed; nullptr: it is not.
    const core::nacos::ConfigRevision *find(const QString &id) const { return m_model.find(id); }

Q_SIGNALS:
    void countChanged(int count);
    /// Older and newer revision; an empty second id means what the server has now.
    void compareWanted(const QString &older, const QString &newer);
    void restoreWanted(const QString &revision);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void selectionChanged();
    void ended(QList<core::nacos::ConfigRevision> all, const core::Result<core::Done> &end);
    void showFailure(const core::Error &error);
    workbench::Workbench &m_workbench;
    QPointer<core::nacos::Registry> m_registry;
    core::nacos::ConfigKey m_key;
    void findReturns(const QList<core::nacos::ConfigRevision> &all);

    QHash<QString, QDateTime> m_returns; ///< by id: the version whose content is there again
    RecordModel<core::nacos::ConfigRevision> m_model;
    core::Latest<core::Stream<core::nacos::ConfigRevision>> m_loading;
    MessageBar *m_bar;
    StatePage *m_states;
    TableView *m_table;
    QuietButton *m_compare;
    QuietButton *m_restore;
    QLabel *m_hint;
    bool m_stale = true;
};

} // namespace ui::config
