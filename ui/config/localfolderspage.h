// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/nacos/config/localfolders.h"
#include "ui/models/recordmodel.h"
#include "ui/workbench/workbench.h"

class QLabel;
class QLineEdit;
class QSplitter;

namespace ui {
class DiffView;
class MessageBar;
class PrimaryButton;
class QuietButton;
class StatePage;
class TableView;
} // namespace ui

namespace ui::config {

/// What the SDKs on this machine keep of a registry: snapshots of what they got last, failover files they use instead of the server.
/// Each is compared with what the server has now; the one chosen is shown beside it. Reads only.
class LocalFoldersPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit LocalFoldersPage(workbench::Workbench &workbench);
    ~LocalFoldersPage() override;

    QString kind() const override { return QStringLiteral("localfolders"); }
    NewLanguage newLanguage() const override { return NewLanguage::MadeAnew; }
    QString title() const override { return tr("SDK folders"); }
    Icon icon() const override { return Icon::Folder; }
    Follows follows() const override { return Follows::Namespace; }
    void setSubject(const workbench::Subject &subject) override;
    void activated() override;
    void refresh() override;
    void focusFilter() override;
    QString statusText() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

    struct Row {
        core::nacos::LocalConfig item;
        enum class State { Same, Differs, OnlyLocal, Unknown, Asking };
        State state = State::Asking;
        QString problem;
        friend bool operator==(const Row &a, const Row &b)
        {
            return a.item.file == b.item.file && a.item.md5 == b.item.md5 && a.state == b.state && a.problem == b.problem;
        }
    };

private:
    void chooseFolder();
    void scan();
    void compareAll();
    void showCurrent();
    void showDiff();
    void openCurrent();
    void sayCounts();

    RecordModel<Row> m_model;
    core::Latest<core::Reply<core::nacos::LocalScan>> m_scanning;
    core::Latest<core::Stream<core::nacos::LocalComparison>> m_comparing;
    core::Latest<core::Reply<QByteArray>> m_reading;
    core::Latest<core::Reply<std::optional<core::nacos::ConfigDetail>>> m_asking;
    std::optional<QByteArray> m_local;
    std::optional<std::optional<core::nacos::ConfigDetail>> m_live;
    QString m_shown; ///< file of the row on show
    QLineEdit *m_folder;
    QuietButton *m_open;
    QLabel *m_counts;
    MessageBar *m_bar;
    StatePage *m_states;
    QSplitter *m_splitter;
    TableView *m_table;
    StatePage *m_diffStates;
    DiffView *m_diff;
    bool m_started = false;
};

} // namespace ui::config
