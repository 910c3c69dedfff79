// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/nacos/config/namespacedeletion.h"
#include "ui/workbench/planpanel.h"
#include "ui/workbench/workbench.h"

#include <QPointer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace ui {
class MessageBar;
}

namespace ui::config {

/// Lists what is in the namespace (seen and to be given up when it takes its time), then shows the plan that deletes it, alone or with its
/// configs. Cancelled with `page`.
void reviewNamespaceDeletion(workbench::Workbench &workbench, workbench::Page *page, MessageBar *bar, const QString &profile,
                             const core::nacos::NamespaceInfo &info, Callback<void(const QList<core::guard::ChangeOutcome> &)> finished);

/// What is in a namespace by name, and whether that goes with it; stands in the sheet of its deletion.
class NamespaceContents final : public QWidget {
    Q_OBJECT
public:
    NamespaceContents(workbench::Workbench &workbench, const QString &profile, const core::nacos::NamespaceInfo &info,
                      const core::nacos::NamespaceDeletion &found);

    workbench::PlanNews *news() { return &m_news; }
    /// The sheet's words while the configs stay.
    workbench::PlanReplacement keeping() const { return replacement(m_kept); }

private:
    workbench::PlanReplacement replacement(const core::nacos::NamespaceDeletion &deletion) const;
    void choose();
    void showReading(qint64 read, qint64 all);

    workbench::Workbench &m_workbench;
    const QString m_profile;
    const core::nacos::NamespaceInfo m_info;
    const core::nacos::NamespaceDeletion m_kept; ///< the namespace alone
    core::Latest<core::Reply<core::nacos::NamespaceDeletion>> m_reading;
    workbench::PlanNews m_news;
    QListWidget *m_list;
    QCheckBox *m_all;
    QLabel *m_state;
    QPushButton *m_cancel;
};

} // namespace ui::config
