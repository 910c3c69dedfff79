// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "core/store/mirror.h"
#include "ui/config/searchresults.h"
#include "ui/workbench/workbench.h"

#include <QTimer>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace ui {
class ElidedLabel;
class MessageBar;
class QuietButton;
class StatePage;
} // namespace ui

namespace ui::config {

class AskBar;

/// Where a text stands in the contents of a connection, config by config: in what this computer remembers at once, and in what the server
/// names as it answers; which of the two it was is said of each. Literal always means literal. Enter opens the config at that line.
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

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void searchMirror(const QStringList &spaces);
    void searchServer(const QStringList &spaces);
    void nextRead();
    void look(const core::nacos::ConfigKey &key, const core::nacos::ConfigDetail &detail, const QString &text);
    void finished();
    void showCoverage();
    void refreshFilling();
    void add(const QList<SearchFound> &found);
    void showSummary();
    void open(workbench::Workbench::Where where);
    void addRowActions();
    void fillOrPause();
    void showBegin();
    QStringList spaces() const;

    SearchModel m_model;
    core::Latest<core::Stream<core::store::MirrorHit>> m_fromMirror;
    core::Latest<core::Stream<core::nacos::ConfigSummary>> m_fromServer;
    core::Latest<core::Reply<core::store::MirrorCoverage>> m_coverage;
    QList<core::nacos::ConfigKey> m_toRead;
    QSet<core::nacos::ConfigKey> m_seen; ///< found, being read or read
    QString m_searched;
    quint64 m_run = 0;
    int m_reading = 0, m_unread = 0;
    qint64 m_missing = 0; ///< contents that are not known here
    std::optional<core::Error> m_serverError;
    bool m_serverDone = false, m_mirrorDone = false;
    AskBar *m_ask;
    QLineEdit *m_query;
    QCheckBox *m_everywhere;
    ElidedLabel *m_coverageLabel;
    QLabel *m_fillingLabel;
    QuietButton *m_filling;
    QLabel *m_summary;
    QTimer m_coverageSoon;
    MessageBar *m_bar;
    StatePage *m_states;
    SearchView *m_view;
};

} // namespace ui::config
