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
    std::optional<core::Error> error() const { return m_error; }
    /// nullopt: it did not exist when the edit began.
    const std::optional<core::nacos::ConfigDetail> &base() const { return m_base; }
    /// What the server has now, when that is not the base any more; outer nullopt: nothing newer is known.
    const std::optional<std::optional<core::nacos::ConfigDetail>> &newer() const { return m_newer; }
    /// What is edited is this computer's own content, used instead of the server's; saved by saveOverride(), never published.
    bool isOverride() const { return m_base && m_base->localOverride; }
    /// The server was out of reach: content comes from the mirror, seen at that time.
    QDateTime mirrorTime() const { return m_mirrorTime; }

    /// What the editor holds now. A changed one is on disk a second later.
    void edit(const QByteArray &content, const core::nacos::ConfigAttributes &attributes);
    const QByteArray &content() const { return m_content; }
    const core::nacos::ConfigAttributes &attributes() const { return m_attributes; }
    bool differsFromBase() const;
    QDateTime draftSavedAt() const { return m_draftSavedAt; }
    /// Writes the pending draft now (leaving, closing); the reply settles when it is on disk.
    core::Reply<core::Done> *saveDraft();
    void discardDraft();
    /// Makes this content the override of this computer; the document is then about the override. A draft of the server's text stays.
    core::Reply<core::Done> *saveOverride(const QByteArray &content, const QString &type);

    /// The state a publish of this made, as far as it is known without reading it.
    core::nacos::ConfigDetail published(const QByteArray &content, const core::nacos::ConfigAttributes &attributes) const;
    /// From now on `detail` is what the edit started from: after a publish, a merge, "keep mine".
    void rebase(const std::optional<core::nacos::ConfigDetail> &detail);
    /// Reads the live state; newer() tells if it is not the base. changedOnServer() follows in that case.
    void checkLive();
    /// Asks to be told of changes, also again where that was refused before.
    void watch();
    /// Why nobody tells of changes.
    const std::optional<core::Error> &watchError() const { return m_watchError; }

Q_SIGNALS:
    /// Content and attributes are ready to be shown.
    void loaded();
    void failed();
    /// Somebody changed or deleted it; see newer().
    void changedOnServer();
    void draftSaved();
    void draftFailed(const core::Error &error);
    void modifiedChanged();
    void watchErrorChanged();
    /// The server may have something newer, which cannot be read.
    void unreadable(const core::Error &error);

private:
    void gotLive(const core::Result<std::optional<core::nacos::ConfigDetail>> &answer);
    void gotMirror(const core::Error &cause);
    void loadDraft();
    void applyDraft(const core::store::Draft &draft);
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
    QTimer m_autosave, m_watchAgain;
    std::optional<core::Error> m_error, m_watchError;
    State m_state = State::Loading;
    bool m_hasDraft = false, m_savingOverride = false;
};

} // namespace ui::config
