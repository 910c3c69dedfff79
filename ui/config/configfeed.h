// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "core/store/drafts.h"
#include "core/store/mirror.h"
#include "ui/config/comeback.h"
#include "ui/config/configrow.h"
#include "ui/workbench/page.h"

#include <QObject>
#include <QTimer>

namespace ui::config {

/// Keeps the rows of one namespace: first what the mirror remembers, then the server's list as it streams in, then every push. Owns no
/// widget; the page shows what it tells. A new subject drops everything under way, so a late answer never paints. GUI thread.
class ConfigFeed final : public QObject {
    Q_OBJECT
public:
    enum class State {
        Idle,
        Loading, ///< nothing to show yet, or the list is not complete yet
        Live,    ///< complete, pushes come (or the person refreshes)
        Stale,   ///< from the mirror: the server is out of reach
        Failed   ///< nothing to show at all
    };
    explicit ConfigFeed(workbench::Workbench &workbench, ConfigModel &model, QObject *parent = nullptr);
    ~ConfigFeed() override;

    void setSubject(const workbench::Subject &subject);
    void reload();
    State state() const { return m_state; }
    std::optional<core::Error> error() const { return m_error; }
    /// Why there may be more than is shown: the list moved while it was read. It is read again after a while.
    std::optional<core::Error> partial() const { return m_partial; }
    /// Why nobody tells of changes, although the list is complete.
    std::optional<core::Error> watchError() const { return m_watchError; }
    /// What is told of a namespace the server does not follow as a whole because there is too much in it.
    enum class Followed { Everything, Rows, RowsInView };
    Followed followed() const { return m_followed; }
    qint64 loaded() const;
    qint64 total() const { return m_total; }      ///< -1: unknown
    QDateTime seenAt() const { return m_seenAt; } ///< of what is shown, when Stale
    /// Reads the details (size, author, time) of these rows if they are not known yet; at most four at a time, newest wish first. One
    /// that fails is tried again later where that may help, else by reload().
    void wantDetails(const QStringList &rowIds);
    /// The rows on the screen: their changes are pushed. (The watch over a whole namespace tells of configurations that come and go,
    /// servers leave out new contents.)
    void watchRows(const QStringList &rowIds);
    /// Asks how many listen to these rows, two at a time, each once until reload(); only while somebody looks at the numbers.
    void wantListeners(const QStringList &rowIds);
    core::nacos::Registry *registry() const;

Q_SIGNALS:
    void stateChanged();
    void progressed();
    /// Who listens may be others now: the counts of the rows on the screen are wanted again.
    void clientsMoved();

private:
    void loadMirror();
    void loadLive();
    void listed();
    void outOfReach();
    void closing(const core::nacos::Registry *registry);
    void openedAgain();
    void watch();
    void watchEnded(const core::Result<core::Done> &end);
    void followRows();
    void watchAgain();
    void compareWithPresent();
    void readToldMeanwhile();
    void took(const QList<core::nacos::ConfigEvent> &events);
    bool show(const core::nacos::ConfigEvent &event);
    void readSoon(const core::nacos::ConfigKey &key, const QByteArray &md5);
    void upsert(const QList<core::nacos::ConfigSummary> &batch);
    void applyDetail(const core::nacos::ConfigDetail &detail);
    void readAgain(const core::nacos::ConfigKey &key);
    void forgetDetails(const core::nacos::ConfigKey &key);
    void refreshMarks();
    void marksChanged(const QSet<QString> &drafts, const QSet<QString> &overrides);
    void nextListeners();
    void setState(State state);
    void nextDetail();
    ConfigRow merged(const core::nacos::ConfigSummary &summary, ConfigRow::Source source) const;

    workbench::Workbench &m_workbench;
    ConfigModel &m_model;
    workbench::Subject m_subject;
    QPointer<core::nacos::Registry> m_registry;
    QList<QMetaObject::Connection> m_connections;
    core::Latest<core::Stream<core::store::MirrorItem>> m_fromMirror;
    core::Latest<core::Stream<core::nacos::ConfigSummary>> m_fromServer;
    core::Latest<core::Stream<core::nacos::ConfigEvent>> m_watch;
    core::Latest<core::Stream<core::nacos::ConfigEvent>> m_rowsWatch;
    core::Latest<core::Stream<core::nacos::ConfigEvent>> m_allRowsWatch;
    Followed m_followed = Followed::Everything;
    QSet<core::nacos::ConfigKey> m_followedKeys;
    QSet<QString> m_watchedRows;
    std::optional<core::Error> m_watchError;
    std::optional<core::Error> m_partial;
    QTimer m_listAgain, m_watchAgain, m_readSoon, m_readLater;
    ComeBack m_comeBack;
    QSet<core::nacos::ConfigKey> m_unread; ///< changed, and could not be read
    QSet<core::nacos::ConfigKey> m_toRead; ///< changed; one change is told by several pushes
    /// Show what a push brought; the rest (by whom) is not read yet.
    QSet<core::nacos::ConfigKey> m_fromPush;
    /// Being read after a change; with the MD5s told of meanwhile (empty: not known).
    QHash<core::nacos::ConfigKey, QList<QByteArray>> m_rereading;
    core::Latest<core::Reply<QList<core::store::DraftInfo>>> m_drafts;
    QList<ConfigRow> m_complete; ///< what the running list brought so far
    /// Came or went while the list was running: its pages may be of before.
    QHash<core::nacos::ConfigKey, core::nacos::ConfigEvent::Kind> m_toldMeanwhile;
    std::optional<QSet<QString>> m_present; ///< the rows there were when the watch stood; until they are compared with the list
    QSet<QString> m_draftIds, m_overrideIds;
    QStringList m_listenersWanted;
    QSet<QString> m_listenersAsked;
    int m_counting = 0;
    QStringList m_wanted, m_wantAgain;
    QSet<QString> m_asked;
    int m_reading = 0;
    quint64 m_generation = 0;
    qint64 m_total = -1;
    QDateTime m_seenAt;
    std::optional<core::Error> m_error;
    State m_state = State::Idle;
};

} // namespace ui::config
