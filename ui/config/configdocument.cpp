// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configdocument.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigDetail;
using core::nacos::ConfigEvent;
using core::nacos::ConfigKey;

namespace {

constexpr std::chrono::seconds WatchAgainAfter{15};

QByteArray md5Of(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
}

} // namespace

ConfigDocument::ConfigDocument(workbench::Workbench &workbench, core::Address address, QObject *parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_address(std::move(address))
{
    if (const auto key = ConfigKey::of(m_address))
        m_key = *key;
    m_autosave.setSingleShot(true);
    m_autosave.setInterval(1000);
    connect(&m_autosave, &QTimer::timeout, this, &ConfigDocument::saveDraft);
    m_watchAgain.setSingleShot(true);
    m_watchAgain.setInterval(WatchAgainAfter);
    connect(&m_watchAgain, &QTimer::timeout, this, &ConfigDocument::watch);
    connect(&workbench.services().overrides, &core::store::Overrides::changed, this, &ConfigDocument::overridesChanged);
}

ConfigDocument::~ConfigDocument()
{
    if (m_autosave.isActive())
        saveDraft();
}

void ConfigDocument::load()
{
    m_state = State::Loading;
    m_error.reset();
    m_newer.reset();
    m_hasDraft = false;
    m_draftSavedAt = {};
    m_registry = m_workbench.registry(m_address.profile());
    if (!m_registry) {
        m_error = core::Error{core::Error::Kind::Network, u"the connection %1 is not open"_s.arg(m_address.profile()), 0, true};
        gotMirror(*m_error);
        return;
    }
    connect(&m_registry->session(), &core::nacos::Session::resynced, this, &ConfigDocument::checkLive, Qt::UniqueConnection);
    connect(&m_registry->session(), &core::nacos::Session::resynced, this, &ConfigDocument::watch, Qt::UniqueConnection);
    m_reading = m_registry->configs().get(m_key);
    m_reading->then(this, [this](const core::Result<std::optional<ConfigDetail>> &answer) { gotLive(answer); });
}

void ConfigDocument::gotLive(const core::Result<std::optional<ConfigDetail>> &answer)
{
    if (!answer) {
        const auto kind = answer.error().kind;
        if (kind == core::Error::Kind::Network || kind == core::Error::Kind::Timeout) {
            gotMirror(answer.error());
            return;
        }
        m_error = answer.error();
        m_state = State::Failed;
        Q_EMIT failed();
        return;
    }
    m_base = *answer;
    m_mirrorTime = {};
    m_content = m_base ? m_base->content : QByteArray();
    m_attributes = m_base ? m_base->attributes : core::nacos::ConfigAttributes();
    loadDraft();
}

void ConfigDocument::gotMirror(const core::Error &cause)
{
    // Offline: the last seen state, marked as such; publishing it still compares with the server first.
    const auto fail = [this, cause] {
        m_error = cause;
        m_state = State::Failed;
        Q_EMIT failed();
    };
    if (!m_registry)
        return fail();
    m_mirrorReading = m_workbench.services().mirror.content({m_registry->mirrorScope()}, m_address.local());
    m_mirrorReading->then(this, [this, fail](const core::Result<std::optional<core::store::MirrorState>> &answer) {
        if (!answer || !*answer)
            return fail();
        const core::store::MirrorState &state = **answer;
        ConfigDetail detail;
        detail.key = m_key;
        detail.content = state.content;
        detail.md5 = state.md5;
        detail.attributes = core::nacos::attributesOf({state.content, state.attributes});
        detail.changedAt = state.changedAt;
        detail.changedBy = state.by;
        m_base = detail;
        m_content = detail.content;
        m_attributes = detail.attributes;
        m_mirrorTime = state.seenAt;
        loadDraft();
    });
}

void ConfigDocument::loadDraft()
{
    m_draftReading = m_workbench.services().drafts.load(draftAddress());
    m_draftReading->then(this, [this](const core::Result<std::optional<core::store::Draft>> &answer) {
        if (answer && *answer)
            applyDraft(**answer);
        m_state = State::Ready;
        Q_EMIT loaded();
        if (m_newer)
            Q_EMIT changedOnServer();
        watch();
    });
}

void ConfigDocument::applyDraft(const core::store::Draft &draft)
{
    m_hasDraft = true;
    m_draftSavedAt = draft.savedAt;
    m_content = draft.content;
    m_attributes = core::nacos::attributesOf({draft.content, draft.attributes});
    const QByteArray liveMd5 = m_base ? m_base->md5 : QByteArray();
    if (draft.baseMd5 == liveMd5)
        return;
    // The draft stands on something older than what the server has: keep its base for the merge.
    m_newer = m_base;
    if (draft.baseMd5.isEmpty()) {
        m_base.reset();
    } else {
        ConfigDetail base = m_base.value_or(ConfigDetail());
        base.key = m_key;
        base.content = draft.baseContent;
        base.md5 = draft.baseMd5;
        m_base = base;
    }
}

void ConfigDocument::watch()
{
    if (!m_registry || m_watch.isActive())
        return;
    m_watch = m_registry->configs().watch({m_key}, core::nacos::ConfigClient::Deliver::KeysOnly);
    m_watch->each(this, [this](const QList<ConfigEvent> &events) {
        if (std::exchange(m_watchError, std::nullopt))
            Q_EMIT watchErrorChanged();
        for (const ConfigEvent &event : events) {
            if (event.kind != ConfigEvent::Kind::Ready)
                return checkLive();
        }
    });
    // Watches are endless: one that ends was refused, or is lost for good.
    m_watch->then(this, [this](const core::Result<core::Done> &end) {
        if (!end && end.error().kind == core::Error::Kind::Cancelled)
            return;
        m_watchError = end ? core::Error{core::Error::Kind::BadReply, u"the watch ended"_s, 0, true} : end.error();
        if (m_watchError->retryable)
            m_watchAgain.start();
        Q_EMIT watchErrorChanged();
    });
}

void ConfigDocument::checkLive()
{
    // What the server does is no news for the override.
    if (!m_registry || m_state != State::Ready || isOverride())
        return;
    m_checking = m_registry->configs().getLive(m_key);
    m_checking->then(this, [this](const core::Result<std::optional<ConfigDetail>> &answer) {
        if (!answer) {
            if (!answer.error().retryable && answer.error().kind != core::Error::Kind::Cancelled)
                Q_EMIT unreadable(answer.error());
            return;
        }
        const QByteArray now = *answer ? (*answer)->md5 : QByteArray();
        const QByteArray base = m_base ? m_base->md5 : QByteArray();
        m_mirrorTime = {};
        if (now == base && (*answer).has_value() == m_base.has_value()) {
            m_base = *answer;
            m_newer.reset();
            return;
        }
        m_newer = *answer;
        Q_EMIT changedOnServer();
    });
}

bool ConfigDocument::differsFromBase() const
{
    if (!m_base)
        return !m_content.isEmpty();
    return m_content != m_base->content || m_attributes != m_base->attributes;
}

void ConfigDocument::edit(const QByteArray &content, const core::nacos::ConfigAttributes &attributes)
{
    if (content == m_content && attributes == m_attributes)
        return;
    m_content = content;
    m_attributes = attributes;
    m_autosave.start();
    Q_EMIT modifiedChanged();
}

/// Texts typed for the override and for the server are two drafts.
core::Address ConfigDocument::draftAddress() const
{
    return isOverride() ? m_address.withRevision(u"override"_s) : m_address;
}

core::Reply<core::Done> *ConfigDocument::saveOverride(const QByteArray &content, const QString &type)
{
    if (m_autosave.isActive())
        saveDraft();
    m_savingOverride = true;
    core::store::Override value{m_address, content, type, QDateTime::currentDateTimeUtc()};
    auto *reply = m_workbench.services().overrides.set(value);
    reply->then(this, [this, value](const core::Result<core::Done> &done) {
        m_savingOverride = false;
        if (!done)
            return;
        if (!isOverride())
            return load();
        ConfigDetail detail = *m_base;
        detail.content = value.content;
        detail.md5 = md5Of(value.content);
        detail.attributes.type = value.type;
        detail.changedAt = value.setAt;
        rebase(detail);
    });
    return reply;
}

void ConfigDocument::overridesChanged()
{
    if (m_state != State::Ready || m_savingOverride)
        return;
    const bool there = m_workbench.services().overrides.addresses().contains(m_address);
    if (there != isOverride()) {
        if (m_autosave.isActive())
            saveDraft();
        load();
    } else if (there) {
        m_overrideReading = m_workbench.services().overrides.find(m_address);
        m_overrideReading->then(this, [this](const core::Result<std::optional<core::store::Override>> &found) {
            if (!found || !*found || !isOverride() || m_savingOverride || (*found)->content == m_base->content)
                return;
            ConfigDetail detail = *m_base;
            detail.content = (*found)->content;
            detail.md5 = md5Of(detail.content);
            detail.attributes.type = (*found)->type;
            detail.changedAt = (*found)->setAt;
            m_newer = detail;
            Q_EMIT changedOnServer();
        });
    }
}

core::store::Draft ConfigDocument::draft() const
{
    core::store::Draft draft;
    draft.address = draftAddress();
    draft.content = m_content;
    draft.attributes = core::nacos::valueOf(m_content, m_attributes).attributes;
    if (m_base) {
        draft.baseMd5 = m_base->md5;
        draft.baseContent = m_base->content;
    }
    return draft;
}

core::Reply<core::Done> *ConfigDocument::saveDraft()
{
    m_autosave.stop();
    auto &drafts = m_workbench.services().drafts;
    if (!differsFromBase()) {
        m_draftSavedAt = {};
        m_hasDraft = false;
        return drafts.remove(draftAddress());
    }
    auto *reply = drafts.save(draft());
    reply->then(this, [this](const core::Result<core::Done> &done) {
        if (!done) {
            Q_EMIT draftFailed(done.error());
            return;
        }
        m_hasDraft = true;
        m_draftSavedAt = QDateTime::currentDateTimeUtc();
        Q_EMIT draftSaved();
    });
    return reply;
}

void ConfigDocument::discardDraft()
{
    m_autosave.stop();
    m_workbench.services().drafts.remove(draftAddress());
    m_hasDraft = false;
    m_draftSavedAt = {};
    m_content = m_base ? m_base->content : QByteArray();
    m_attributes = m_base ? m_base->attributes : core::nacos::ConfigAttributes();
    Q_EMIT modifiedChanged();
}

ConfigDetail ConfigDocument::published(const QByteArray &content, const core::nacos::ConfigAttributes &attributes) const
{
    ConfigDetail detail = m_base.value_or(ConfigDetail());
    detail.key = m_key;
    detail.content = content;
    detail.md5 = md5Of(content);
    detail.attributes = attributes;
    return detail;
}

void ConfigDocument::rebase(const std::optional<ConfigDetail> &detail)
{
    m_base = detail;
    m_newer.reset();
    m_mirrorTime = {};
    // Also takes the draft away when nothing is left to keep.
    if (m_hasDraft || differsFromBase())
        saveDraft();
    Q_EMIT modifiedChanged();
}

} // namespace ui::config
