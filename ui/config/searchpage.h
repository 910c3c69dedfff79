// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "core/store/mirror.h"
#include "ui/models/recordmodel.h"
#include "ui/workbench/workbench.h"

#include <QTimer>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace ui {
class MessageBar;
class QuietButton;
class StatePage;
class TableView;
} // namespace ui

namespace ui::config {

/// One place where the text stands.
struct SearchHit {
    core::nacos::ConfigKey key;
    int line = 0; ///< 0: somewhere in it; the place is known only to the server
    int column = 0;
    QString text;
    enum class Source { Mirror, Server };
    Source source = Source::Server;
    friend bool operator==(const SearchHit &, const SearchHit &) = default;
};

/// Where a text stands in the contents of a connection: what this computer remembers at once, and what the server finds as it answers.
/// Literal always means literal. Enter opens the config at that line.
class SearchPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit SearchPage(workbench::Workbench &workbench);
    ~SearchPage() override;

    QString kind() const override { return QStringLiteral("search"); }
    NewLanguage newLanguage() const override { return NewLanguage::MadeAnew; }
    QString title() const override { return tr("Search"); }
    Icon icon() const override { return Icon::Search; }
    Follows follows() const override { return Follows::Namespace; }
    void setSubject(const workbench::Subject &subject) override;
    void activated() override;
    void refresh() override { search(); }
    void focusFilter() override;
    QString statusText() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

private:
    void search();
    void searchMirror(const QStringList &spaces);
    void searchServer(const QStringList &spaces);
    void nextRead();
    void finished();
    void showCoverage();
    void refreshFilling();
    void openHit(const QString &id);
    QStringList spaces() const;

    RecordModel<SearchHit> m_model;
    core::Latest<core::Stream<core::store::MirrorHit>> m_fromMirror;
    core::Latest<core::Stream<core::nacos::ConfigSummary>> m_fromServer;
    core::Latest<core::Reply<core::store::MirrorCoverage>> m_coverage;
    QList<core::nacos::ConfigKey> m_toRead;
    QSet<core::nacos::ConfigKey> m_known;
    QString m_searched;
    quint64 m_run = 0;
    int m_reading = 0, m_unread = 0;
    std::optional<core::Error> m_serverError;
    bool m_serverDone = false, m_mirrorDone = false;
    QLineEdit *m_query;
    QCheckBox *m_everywhere;
    QLabel *m_coverageLabel, *m_fillingLabel;
    QuietButton *m_filling;
    QTimer m_coverageSoon;
    MessageBar *m_bar;
    StatePage *m_states;
    TableView *m_table;
};

} // namespace ui::config
