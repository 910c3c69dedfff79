// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "core/store/drafts.h"
#include "core/store/mirror.h"
#include "core/store/overrides.h"
#include "ui/workbench/workbench.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace ui::config {

/// What an editor edits: the live state it started from (the base), the draft on top of it, what the server does meanwhile. Reads, watches
/// and keeps the draft; publishes nothing. GUI thread.
class ConfigDocument final : public QObject {
    Q_OBJECT
public:
    enum class State { Loading, Ready, Failed };
    ConfigDocument(workbench::Workbench &workbench, core::Address address, QObject *parent = nullptr);
    ~ConfigDocument() override;

    const core::Address &address() const { return m_address; }
    const core::nacos::ConfigKey &key() const { return m_key; }
    core::nacos::Registry *registry() const { return m_registry; }

    /// Reads the live state and the draft; loaded() or failed() follows.
    void load();
    State state() const { return m_state; }
    /// Opens the connection again if it was closed, reads and watches.
    void tryAgain();
    std::optional<core::Error> error() const { return m_error; }
    /// nullopt: it did not exist when the edit began.
    const std::optional<core::nacos::ConfigDetail> &base() const { return m_base; }
    /// What the server has now, when that is not the base any more; outer nullopt: nothing newer is known.
    const std::optional<std::optional<core::nacos::ConfigDetail>> &newer() const { return m_newer; }
    /// What is edited is this computer's own content, used instead of the server's; saved by saveOverride(), never published.
    bool isOverride() const { return m_base && m_base->localOverride; }
    /// Encrypted by the clients: shown as it is stored, never edited as text; the content goes with its data key or not at all.
    bool isOpaque() const;
    /// The server was out of reach: content comes from the mirror, seen at that time.
    QDateTime mirrorTime() const { return m_mirrorTime; }
    /// Why it does, as long as it does.
    const std::optional<core::Error> &mirrorCause() const { return m_mirrorCause; }

    /// What the editor holds now. A changed one is on disk a second later.
    void edit(const QByteArray &content, const core::nacos::ConfigAttributes &attributes);
    const QByteArray &content() const { return m_content; }
    const core::nacos::ConfigAttributes &attributes() const { return m_attributes; }
    bool differsFromBase() const;
    QDateTime draftSavedAt() const { return m_draftSavedAt; }
    /// Writes the pending draft now (leaving, closing); the reply settles when it is on disk. One on disk that could not be read is never
    /// replaced unseen: it is read first, and while that fails so does this.
    core::Reply<core::Done> *saveDraft();
    void discardDraft();
    /// A draft that could be read only after something else had been typed; nothing is saved or removed until settleFound().
    const std::optional<core::store::Draft> &foundDraft() const { return m_found; }
    /// What is edited contains what was wanted of it.
    void settleFound();
    /// What the draft began with was lost with a damaged file: whether somebody changed it since, nobody can tell.
    bool isBaseLost() const { return m_baseLost; }
    /// Makes this content the override of this computer; the document is then about the override. A draft of the server's text stays.
    core::Reply<core::Done> *saveOverride(const QByteArray &content, const QString &type);

    /// The server took this: the edit stands on it from now on. What the server has now is read after it. Servers may answer with what was
    /// there before for a while: after a publish that was not read back (Seen::No) that is no news by somebody else.
    enum class Seen { No, Yes };
    void published(const QByteArray &content, const core::nacos::ConfigAttributes &attributes, Seen seen);
    /// From now on `detail` is what the edit started from: after a publish, a merge, "keep mine".
    void rebase(const std::optional<core::nacos::ConfigDetail> &detail);
    /// What the server does not tell of the base is known from elsewhere; caughtUp() follows.
    void recall(const core::nacos::ConfigAttributes &untold);
    /// Reads the live state: changedOnServer() follows when it is not the base (content or attributes), caughtUp() when it is,
    /// liveErrorChanged() when it cannot be read (it is tried again if that may help).
    void checkLive();
    /// Asks to be told of changes, also again where that was refused before.
    void watch();
    /// Why nobody tells of changes.
    const std::optional<core::Error> &watchError() const { return m_watchError; }
    /// Why what the server has now is not known.
    const std::optional<core::Error> &liveError() const { return m_liveError; }

Q_SIGNALS:
    /// Content and attributes are ready to be shown.
    void loaded();
    void failed();
    /// Somebody changed or deleted it; see newer().
    void changedOnServer();
    /// The base is what the server has; attributes() may have gained what was not told before.
    void caughtUp();
    /// Or there is none any more.
    void draftSaved();
    void draftFailed(const core::Error &error);
    void draftUnreadable(const core::Error &error);
    void draftNotRemoved(const core::Error &error);
    /// See foundDraft().
    void draftFound();
    void modifiedChanged();
    void watchErrorChanged();
    void liveErrorChanged();
    /// It is about to be read anew: what the editor holds has to be handed over now, what is typed until loaded() is lost.
    void aboutToLoad();
    /// What was read is about to be compared with what the editor holds: that has to be handed over now.
    void aboutToTake();
    /// The connection was opened again; registry() is another one.
    void registryChanged();

private:
    void read();
    void gotLive(const core::Result<std::optional<core::nacos::ConfigDetail>> &answer);
    void gotMirror(const core::Error &cause);
    bool isWhatWasTyped(const std::optional<core::nacos::ConfigDetail> &live) const;
    void loadDraft();
    void applyDraft(const core::store::Draft &draft);
    void standOnLive();
    core::Reply<core::Done> *saveAfterReading();
    core::Result<core::Done> foundOnDisk(const std::optional<core::store::Draft> &draft);
    core::Reply<core::Done> *storeDraft();
    core::Reply<core::Done> *removeDraft();
    void attach();
    void sessionChanged(core::nacos::SessionState state);
    void attachAgain();
    void closing(const core::nacos::Registry *registry);
    void took(const std::optional<core::nacos::ConfigDetail> &live);
    void setLiveError(const std::optional<core::Error> &error);
    void overridesChanged();
    core::store::Draft draft() const;
    core::Address draftAddress() const;

    workbench::Workbench &m_workbench;
    core::Address m_address;
    core::nacos::ConfigKey m_key;
    QPointer<core::nacos::Registry> m_registry;
    core::Latest<core::Reply<std::optional<core::nacos::ConfigDetail>>> m_reading;
    core::Latest<core::Reply<std::optional<core::nacos::ConfigDetail>>> m_checking;
    core::Latest<core::Reply<std::optional<core::store::Draft>>> m_draftReading;
    core::Latest<core::Reply<std::optional<core::store::Override>>> m_overrideReading;
    core::Latest<core::Reply<std::optional<core::store::MirrorState>>> m_mirrorReading;
    core::Latest<core::Stream<core::nacos::ConfigEvent>> m_watch;
    std::optional<core::nacos::ConfigDetail> m_base;
    std::optional<std::optional<core::nacos::ConfigDetail>> m_newer;
    QByteArray m_content;
    core::nacos::ConfigAttributes m_attributes;
    QDateTime m_draftSavedAt, m_mirrorTime;
    QTimer m_autosave, m_watchAgain, m_checkAgain;
    std::optional<core::Error> m_error, m_watchError, m_liveError, m_mirrorCause;
    /// What an unseen publish replaced; outer nullopt: nothing to expect.
    std::optional<std::optional<core::nacos::ConfigDetail>> m_replaced;
    QElapsedTimer m_sincePublish;
    State m_state = State::Loading;
    std::optional<core::store::Draft> m_found;
    bool m_hasDraft = false, m_savingOverride = false;
    bool m_baseLost = false;
    bool m_draftUnread = false; ///< there may be one on disk that could not be read
};

} // namespace ui::config
