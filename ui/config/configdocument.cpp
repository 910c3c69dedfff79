// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configdocument.h"

#include "core/base/behind.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/configstate.h"
#include "core/nacos/config/historystates.h"
#include "core/nacos/registry.h"
#include "ui/config/readagain.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigDetail;
using core::nacos::ConfigEvent;
using core::nacos::ConfigKey;

namespace {

constexpr std::chrono::seconds WatchAgainAfter{15};
/// How long a server may answer with what a publish replaced, and how often it is asked meanwhile.
constexpr std::chrono::seconds LagAtMost{30}, LagAgainAfter{1};

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
    m_autosave.setInterval(500);
    connect(&m_autosave, &QTimer::timeout, this, &ConfigDocument::saveDraft);
    m_watchAgain.setSingleShot(true);
    m_watchAgain.setInterval(WatchAgainAfter);
    connect(&m_watchAgain, &QTimer::timeout, this, &ConfigDocument::watch);
    m_checkAgain.setSingleShot(true);
    connect(&m_checkAgain, &QTimer::timeout, this, &ConfigDocument::checkLive);
    const auto &registries = workbench.services().registries;
    connect(&registries, &core::nacos::Registries::aboutToClose, this, &ConfigDocument::closing);
    // Later: whoever opens it connects it first.
    connect(&registries, &core::nacos::Registries::opened, this, &ConfigDocument::attachAgain, Qt::QueuedConnection);
    connect(&workbench.services().overrides, &core::store::Overrides::changed, this, &ConfigDocument::overridesChanged);
}

ConfigDocument::~ConfigDocument()
{
    if (m_autosave.isActive())
        saveDraft();
}

void ConfigDocument::load()
{
    Q_EMIT aboutToLoad();
    // What was typed last is read again from disk.
    core::Reply<core::Done> *saved = m_autosave.isActive() ? saveDraft() : nullptr;
    m_state = State::Loading;
    m_checking.reset();
    if (!saved)
        return read();
    saved->then(this, [this](const core::Result<core::Done> &done) {
        if (done)
            return read();
        m_state = State::Ready;
        Q_EMIT loaded();
        checkLive();
    });
}

void ConfigDocument::read()
{
    m_error.reset();
    m_newer.reset();
    m_replaced.reset();
    m_hasDraft = false;
    m_draftSavedAt = {};
    m_registry = m_workbench.registry(m_address.profile());
    if (!m_registry) {
        m_error = core::Error{core::Error::Kind::Network,
                              u"the connection %1 is not open"_s.arg(m_workbench.pathText({m_address.profile(), {}})), 0, true};
        gotMirror(*m_error);
        return;
    }
    attach();
    m_reading = m_registry->configs().get(m_key);
    m_reading->then(this, [this](const core::Result<std::optional<ConfigDetail>> &answer) { gotLive(answer); });
}

void ConfigDocument::attach()
{
    const core::nacos::Session *session = &m_registry->session();
    connect(session, &core::nacos::Session::resynced, this, &ConfigDocument::checkLive, Qt::UniqueConnection);
    connect(session, &core::nacos::Session::resynced, this, &ConfigDocument::watch, Qt::UniqueConnection);
    connect(session, &core::nacos::Session::stateChanged, this, &ConfigDocument::sessionChanged, Qt::UniqueConnection);
}

/// A first connection is no resync.
void ConfigDocument::sessionChanged(core::nacos::SessionState state)
{
    if (m_state != State::Ready)
        return;
    if (state != core::nacos::SessionState::Live && state != core::nacos::SessionState::Degraded)
        return;
    if (m_mirrorTime.isValid() || m_liveError)
        checkLive();
    if (!m_watchAgain.isActive())
        watch();
}

/// Somebody closed the connection on purpose; it is not opened again behind their back.
void ConfigDocument::closing(const core::nacos::Registry *registry)
{
    if (registry != m_registry)
        return;
    m_watch.reset();
    m_watchAgain.stop();
    m_checkAgain.stop();
    m_watchError = core::Error{core::Error::Kind::Network,
                               u"the connection %1 is closed"_s.arg(m_workbench.pathText({m_address.profile(), {}})), 0, true};
    Q_EMIT watchErrorChanged();
}

void ConfigDocument::attachAgain()
{
    core::nacos::Registry *registry = m_workbench.services().registries.find(m_address.profile());
    // One that was never asked for is asked for by load().
    if (!registry || registry == m_registry || m_state == State::Loading)
        return;
    if (m_state == State::Failed)
        return load();
    m_registry = registry;
    attach();
    Q_EMIT registryChanged();
    checkLive();
    watch();
}

void ConfigDocument::tryAgain()
{
    if (m_state != State::Ready)
        return load();
    if (!m_registry) {
        m_workbench.registry(m_address.profile());
        return attachAgain();
    }
    checkLive();
    watch();
}

void ConfigDocument::gotLive(const core::Result<std::optional<ConfigDetail>> &answer)
{
    if (!answer) {
        // Without an answer, or without a login that could be given one.
        using Kind = core::Error::Kind;
        const Kind kind = answer.error().kind;
        if (kind == Kind::Network || kind == Kind::Timeout || kind == Kind::Auth || kind == Kind::Tls) {
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
    m_mirrorCause.reset();
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
    m_mirrorReading->then(this, [this, fail, cause](const core::Result<std::optional<core::store::MirrorState>> &answer) {
        if (!answer || !*answer)
            return fail();
        const core::store::MirrorState &state = **answer;
        m_base = core::nacos::rememberedDetail(m_key, state);
        m_content = m_base->content;
        m_attributes = m_base->attributes;
        m_mirrorTime = state.seenAt;
        m_mirrorCause = cause;
        loadDraft();
    });
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
    m_checkAgain.stop();
    m_checking = m_registry->configs().getLive(m_key);
    m_checking->then(this, [this](const core::Result<std::optional<ConfigDetail>> &answer) {
        if (answer) {
            setLiveError(std::nullopt);
            return took(*answer);
        }
        if (answer.error().kind == core::Error::Kind::Cancelled)
            return;
        if (core::isBehind(answer.error()) && m_replaced && std::chrono::milliseconds(m_sincePublish.elapsed()) < LagAtMost) {
            m_checkAgain.start(LagAgainAfter); // our own publish, not seen by all servers yet
            return;
        }
        if (mayPass(answer.error()))
            m_checkAgain.start(ReadAgainAfter);
        setLiveError(answer.error());
    });
}

void ConfigDocument::setLiveError(const std::optional<core::Error> &error)
{
    if (!error && !m_liveError)
        return;
    m_liveError = error;
    Q_EMIT liveErrorChanged();
}

void ConfigDocument::took(const std::optional<ConfigDetail> &live)
{
    using namespace core::nacos;
    Q_EMIT aboutToTake();
    if (m_replaced && isSameState(*m_replaced, live) && !isSameState(m_base, live) &&
        std::chrono::milliseconds(m_sincePublish.elapsed()) < LagAtMost) {
        m_checkAgain.start(LagAgainAfter);
        return;
    }
    m_replaced.reset();
    m_mirrorTime = {};
    m_mirrorCause.reset();
    // What is there is what was typed: published without an answer, or by somebody who did the same.
    if (isWhatWasTyped(live) && !isSameState(m_base, live))
        rebase(withUntold(*live, m_base));
    const auto now = live ? std::optional(withUntold(*live, m_base)) : std::nullopt;
    if (!isSameState(m_base, now)) {
        m_newer = now;
        Q_EMIT changedOnServer();
        return;
    }
    if (now) {
        m_attributes = differsFromBase() ? mergeAttributes(m_base->attributes, m_attributes, *now).result : now->attributes;
        m_base = now;
    }
    m_newer.reset();
    Q_EMIT caughtUp();
}

void ConfigDocument::recall(const core::nacos::ConfigAttributes &untold)
{
    if (m_state != State::Ready || !m_base || isOverride())
        return;
    Q_EMIT aboutToTake();
    ConfigDetail known = *m_base;
    known.attributes.use = untold.use;
    known.attributes.effect = untold.effect;
    known.attributes.schema = untold.schema;
    m_attributes = core::nacos::mergeAttributes(m_base->attributes, m_attributes, known).result;
    m_base = known;
    Q_EMIT caughtUp();
}

bool ConfigDocument::isOpaque() const
{
    return !isOverride() && ((m_base && m_base->encrypted()) || !m_attributes.encryptedDataKey.isEmpty());
}

bool ConfigDocument::differsFromBase() const
{
    if (!m_base)
        return !m_content.isEmpty();
    return m_content != m_base->content || !core::nacos::isSame(m_attributes, m_base->attributes);
}

void ConfigDocument::edit(const QByteArray &content, const core::nacos::ConfigAttributes &attributes)
{
    if (content == m_content && attributes == m_attributes)
        return;
    m_content = content;
    m_attributes = attributes;
    // Counts from the first change that is not on disk: whoever types without a pause is kept, too.
    if (!m_autosave.isActive())
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

void ConfigDocument::published(const QByteArray &content, const core::nacos::ConfigAttributes &attributes, Seen seen)
{
    ConfigDetail detail = m_base.value_or(ConfigDetail());
    detail.key = m_key;
    detail.content = content;
    detail.md5 = md5Of(content);
    detail.attributes = attributes;
    detail.changedAt = QDateTime::currentDateTimeUtc();
    detail.changedBy.clear();
    detail.changedFrom.clear();
    if (seen == Seen::No) {
        m_replaced = m_base;
        m_sincePublish.start();
    }
    rebase(detail);
    checkLive();
}

void ConfigDocument::rebase(const std::optional<ConfigDetail> &detail)
{
    m_base = detail;
    m_newer.reset();
    m_baseLost = false;
    m_mirrorTime = {};
    m_mirrorCause.reset();
    // Also takes the draft away when nothing is left to keep.
    if (m_hasDraft || differsFromBase())
        saveDraft();
    Q_EMIT modifiedChanged();
}

} // namespace ui::config
