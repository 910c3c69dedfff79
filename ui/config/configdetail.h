// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "core/store/mirror.h"
#include "ui/config/comeback.h"
#include "ui/config/configrow.h"

#include <array>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QVBoxLayout;

namespace ui {
class Badge;
class ElidedLabel;
class PassingTime;
} // namespace ui

namespace ui::config {

/// What the detail dock shows of the selected configuration: facts, who listens and whether they have it, last changes, a masked preview.
/// Loads 150 ms after the selection came to rest. GUI thread.
class ConfigDetailPanel final : public QWidget {
    Q_OBJECT
public:
    /// `mirror`: what is shown while the server is out of reach.
    explicit ConfigDetailPanel(core::store::Mirror &mirror, QWidget *parent = nullptr);
    ~ConfigDetailPanel() override;

    void show(core::nacos::Registry *registry, const ConfigRow &row);
    void clear();
    /// Reads all of it again; what is shown stays until the answers come.
    void reload();

Q_SIGNALS:
    /// -1: cannot be told.
    void listenersCounted(const core::nacos::ConfigKey &key, int count);
    void historyWanted(const core::nacos::ConfigKey &key);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void retranslate();
    void load();
    void loadListeners();
    void buildFacts(QVBoxLayout *layout);
    void showFacts();
    void showContent(const QString &note, const std::optional<QString> &text);
    void showRemembered(const core::Error &cause);
    void showDetail(const core::nacos::ConfigDetail &detail);
    void showListeners(const QList<core::nacos::ConfigListener> &listeners);
    void showHistory();
    void sayListeners();
    std::optional<std::chrono::seconds> tellTimes();
    QWidget *addSection(QVBoxLayout *layout, QLabel *&heading);

    QPointer<core::nacos::Registry> m_registry;
    core::store::Mirror &m_mirror;
    core::nacos::ConfigSummary m_summary;
    bool m_overridden = false;
    ComeBack m_comeBack;
    QTimer m_delay, m_listenersAgain;
    int m_listenersTries = 0;
    bool m_stale = false;
    core::Latest<core::Reply<std::optional<core::nacos::ConfigDetail>>> m_detail;
    core::Latest<core::Reply<std::optional<core::store::MirrorState>>> m_remembered;
    core::Latest<core::Reply<QList<core::nacos::ConfigListener>>> m_listeners;
    core::Latest<core::Stream<core::nacos::ConfigRevision>> m_history;
    QList<core::nacos::ConfigRevision> m_revisions;
    QList<std::pair<QLabel *, core::nacos::ConfigRevision>> m_changeLines;
    QDateTime m_seenAt;                           ///< of what is remembered
    QList<core::nacos::ConfigListener> m_counted; ///< who listened, and when that was read
    QDateTime m_countedAt;
    PassingTime *m_passing = nullptr;
    QWidget *m_body;
    QWidget *m_listenersBox = nullptr, *m_changesBox = nullptr, *m_contentBox = nullptr;
    QLabel *m_nothing = nullptr;
    ElidedLabel *m_name;
    QLabel *m_line;
    Badge *m_badge;
    QLabel *m_changesHead;
    QLabel *m_contentHead;
    QLabel *m_description;
    QLabel *m_listenersHead;
    QLabel *m_listenersState;
    QVBoxLayout *m_listenerRows;
    QVBoxLayout *m_changeRows;
    QLabel *m_contentNote;
    QPlainTextEdit *m_preview;
    /// App, tags, MD5: what a narrow list leaves out.
    struct Fact {
        QLabel *name = nullptr;
        ElidedLabel *value = nullptr;
    };
    enum FactRow { App, Tags, Md5, FactRows };
    std::array<Fact, FactRows> m_facts;
};

} // namespace ui::config
