// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/connections.h"

#include "core/base/missingsecret.h"
#include "core/guard/guard.h"
#include "core/guard/unlocks.h"
#include "core/profiles/profilestore.h"
#include "ui/common/errortext.h"

#include <QLocale>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::nacos::Registry;
using core::nacos::SessionState;
using core::profiles::PracticeServers;
using core::profiles::Profile;

namespace {

constexpr std::chrono::milliseconds ListAgainAfter{2000};

} // namespace

Connections::Connections(workbench::Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&m_services.profiles, &core::profiles::ProfileStore::changed, this, &Connections::profilesEdited);
}

Connections::~Connections() = default;

std::optional<Profile> Connections::profile(const QString &slug) const
{
    if (slug.isEmpty())
        return {};
    if (m_practice && m_practice->slug == slug)
        return m_practice;
    return m_services.profiles.find(slug);
}

QList<Profile> Connections::profiles() const
{
    QList<Profile> all = m_services.profiles.profiles();
    if (m_practice)
        all.append(*m_practice);
    return all;
}

QString Connections::displayName(const QString &slug) const
{
    if (slug == PracticeServers::slug())
        return tr("Practice");
    const auto found = profile(slug);
    return found && !found->name.isEmpty() ? found->name : slug;
}

QString Connections::pathText(const workbench::Subject &subject) const
{
    if (subject.profile.isEmpty())
        return {};
    const QString name = displayName(subject.profile);
    return subject.namespaceId.isEmpty() ? name : name + u'/' + subject.namespaceId;
}

Connections::Entry &Connections::entry(const QString &slug)
{
    return m_entries[slug];
}

Registry *Connections::openRegistry(const QString &slug) const
{
    const auto found = m_entries.find(slug);
    return found == m_entries.end() ? nullptr : found->second.registry.data();
}

Registry *Connections::registry(const QString &slug)
{
    if (slug.isEmpty())
        return nullptr;
    if (Registry *open = openRegistry(slug))
        return open;
    if (m_held.contains(slug))
        return nullptr;
    const auto known = profile(slug);
    if (!known) {
        if (slug == PracticeServers::slug() && !m_practiceError)
            startPractice();
        return nullptr;
    }
    open(*known);
    return openRegistry(slug);
}

void Connections::open(const Profile &profile)
{
    const QString slug = profile.slug;
    Entry &fresh = entry(slug);
    fresh.error.reset();
    fresh.registry = m_services.registries.open(profile, core::nacos::Session::Use::Interactive);
    core::nacos::Session &session = fresh.registry->session();
    connect(&session, &core::nacos::Session::stateChanged, this, [this, slug] { sessionChanged(slug); });
    connect(&session, &core::nacos::Session::capabilitiesChanged, this, [this, slug] { Q_EMIT changed(slug); });
    fresh.opening = session.open();
    fresh.opening->then(this, [this, slug](const core::Result<core::nacos::Capabilities> &result) {
        if (!result)
            entry(slug).error = result.error();
        sessionChanged(slug);
    });
    Q_EMIT changed(slug);
}

void Connections::sessionChanged(const QString &slug)
{
    Entry &known = entry(slug);
    const SessionState state = known.registry ? known.registry->session().state() : SessionState::Closed;
    if (state == SessionState::Live || state == SessionState::Degraded) {
        known.error.reset();
        known.reached = true;
        if (!known.namespacesKnown && !known.listing.isActive())
            listNamespaces(slug);
        m_services.guard.settle(slug);
    }
    Q_EMIT changed(slug);
}

namespace {

QString serverText(const core::nacos::Capabilities &found)
{
    // Names of products and planes are the same in every language; ours is not a product's.
    const QString text = found.summary();
    return found.sandbox ? QString(text).replace("practice registry"_L1, Connections::tr("practice registry")) : text;
}

} // namespace

ConnectionFace Connections::face(const QString &slug) const
{
    ConnectionFace face = stateFace(slug);
    const QString name = displayName(slug);
    core::nacos::Registry *open = openRegistry(slug);
    const SessionState state = open ? open->session().state() : SessionState::Closed;
    if (face.error)
        face.problems.append(errorText(*face.error, tr("%1 cannot be used").arg(name)).both());
    else if (state == SessionState::Reconnecting)
        face.problems.append(tr("%1 does not answer; it is tried again by itself.").arg(name));
    if (state == SessionState::Degraded)
        face.problems.append(tr("%1 sends no notifications: changes made by others are seen late.").arg(name));
    return face;
}

ConnectionFace Connections::stateFace(const QString &slug) const
{
    ConnectionFace face;
    const auto found = m_entries.find(slug);
    Registry *open = found == m_entries.end() ? nullptr : found->second.registry.data();
    if (!open) {
        face.word = isStarting(slug) ? tr("starting …") : tr("not connected");
        face.error = problem(slug);
        if (face.error)
            face.color = StateColor::Error;
        return face;
    }
    core::nacos::Session &session = open->session();
    face.error = session.lastError();
    if (!face.error)
        face.error = found->second.error;
    if (session.capabilities().generation != core::nacos::Generation::Unknown)
        face.server = serverText(session.capabilities());
    QStringList ways;
    for (auto it = session.capabilities().detours.cbegin(); it != session.capabilities().detours.cend(); ++it)
        ways.append(tr("%1 by %2", "a kind of request, and the way it goes").arg(it.key(), core::nacos::planeName(it.value())));
    if (!ways.isEmpty())
        face.ways = tr("Another way than usual, because the usual one was refused: %1").arg(ways.join(tr(", ")));
    switch (session.state()) {
    case SessionState::Closed:
        face.word = face.error ? tr("offline") : tr("not connected");
        face.color = face.error ? StateColor::Error : StateColor::Neutral;
        break;
    case SessionState::Connecting:
        face.word = tr("connecting …");
        face.color = StateColor::Info;
        face.error.reset();
        break;
    case SessionState::Live:
        face.word = tr("live");
        face.color = StateColor::Ok;
        face.push = tr("push ok");
        face.error.reset();
        break;
    case SessionState::Degraded:
        face.word = tr("live");
        face.color = StateColor::Warning;
        face.push = tr("no push");
        break;
    case SessionState::Reconnecting:
        // Nothing is lost that never was.
        face.word = found->second.reached ? tr("reconnecting …") : tr("no answer yet");
        face.color = StateColor::Warning;
        break;
    case SessionState::Refused:
        face.word = face.error && core::isMissingSecret(*face.error) ? tr("password needed") : tr("refused");
        face.color = StateColor::Error;
        break;
    }
    return face;
}

LockFace Connections::lock(const QString &slug) const
{
    const auto known = profile(slug);
    if (!known || !known->isProtected())
        return {};
    if (const auto unlock = m_services.unlocks.state(slug))
        return {LockFace::State::Unlocked,
                tr("Unlocked until %1").arg(QLocale().toString(unlock->until.toLocalTime().time(), QLocale::ShortFormat)),
                tr("Writes are unlocked: %1").arg(unlock->reason)};
    return {LockFace::State::Locked, tr("Read-only"), tr("Nothing can be written until writes are unlocked")};
}

std::optional<core::Error> Connections::problem(const QString &slug) const
{
    if (isStarting(slug) || openRegistry(slug))
        return {};
    if (slug == PracticeServers::slug() && m_practiceError)
        return m_practiceError;
    if (!slug.isEmpty() && !profile(slug))
        return core::Error{core::Error::Kind::NotFound, u"no connection %1 is saved here"_s.arg(slug), 0, false};
    return {};
}

bool Connections::isStarting(const QString &slug) const
{
    return slug == PracticeServers::slug() && m_starting.isActive();
}

void Connections::reconnect(const QString &slug)
{
    m_held.remove(slug);
    drop(slug);
    if (slug == PracticeServers::slug()) {
        // It may have been stopped or moved to other ports since.
        m_practiceError.reset();
        startPractice();
    } else {
        registry(slug);
    }
    Q_EMIT changed(slug);
}

void Connections::disconnectFrom(const QString &slug)
{
    m_held.insert(slug);
    drop(slug);
    Q_EMIT changed(slug);
}

void Connections::drop(const QString &slug)
{
    const auto found = m_entries.find(slug);
    if (found == m_entries.end() || !found->second.registry)
        return;
    Q_EMIT aboutToDrop(slug);
    // What the old session says while it ends is no news of the connection: told on, it would open the next one from in here.
    if (found->second.registry)
        found->second.registry->session().disconnect(this);
    found->second.opening.reset();
    found->second.listing.reset();
    found->second.namespacesKnown = found->second.reached = false;
    found->second.error.reset();
    found->second.registry.clear();
    m_services.registries.close(slug);
}

core::Reply<QString> *Connections::startPractice()
{
    auto *reply = new core::Reply<QString>(this);
    m_waiting.append(reply);
    if (m_starting.isActive())
        return reply;
    m_practiceError.reset();
    m_starting = m_services.practice.start(PracticeServers::Lifetime::WithUsers);
    m_starting->then(this, [this](const core::Result<core::profiles::PracticeEndpoints> &endpoints) {
        const QString slug = PracticeServers::slug();
        if (endpoints) {
            const Profile fresh = PracticeServers::profile(*endpoints);
            const bool moved = m_practice && !(*m_practice == fresh);
            m_practice = fresh;
            if (moved)
                drop(slug);
        } else {
            m_practiceError = endpoints.error();
        }
        m_starting.reset();
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto &one : waiting)
            if (one)
                one->settle(endpoints ? core::Result<QString>(slug) : core::Result<QString>(core::fail(endpoints.error())));
        Q_EMIT profilesChanged();
        Q_EMIT changed(slug);
    });
    Q_EMIT changed(PracticeServers::slug());
    return reply;
}

QList<core::nacos::NamespaceInfo> Connections::namespaces(const QString &slug) const
{
    QList<core::nacos::NamespaceInfo> all;
    if (const auto found = m_entries.find(slug); found != m_entries.end())
        all = found->second.namespaces;
    const auto saved = profile(slug);
    if (!saved)
        return all;
    QStringList typed = saved->typedNamespaces;
    typed.prepend(core::nacos::ConfigKey::canonicalNamespace(saved->defaultNamespace));
    if (all.isEmpty())
        typed.prepend(u"public"_s);
    for (const QString &id : std::as_const(typed)) {
        const bool known = std::any_of(all.cbegin(), all.cend(), [&id](const core::nacos::NamespaceInfo &info) { return info.id == id; });
        if (!known) {
            core::nacos::NamespaceInfo info;
            info.id = id;
            info.name = id;
            info.typed = true;
            all.append(info);
        }
    }
    return all;
}

void Connections::refreshNamespaces(const QString &slug)
{
    listNamespaces(slug);
    Entry &known = entry(slug);
    if (!known.listAgain) {
        known.listAgain = std::make_unique<QTimer>();
        known.listAgain->setSingleShot(true);
        known.listAgain->callOnTimeout(this, [this, slug] { listNamespaces(slug); });
    }
    known.listAgain->start(ListAgainAfter);
}

void Connections::listNamespaces(const QString &slug)
{
    Registry *open = openRegistry(slug);
    if (!open)
        return;
    Entry &known = entry(slug);
    known.listing = open->namespaces().list();
    known.listing->then(this, [this, slug](const core::Result<QList<core::nacos::NamespaceInfo>> &list) {
        if (!list)
            return; // The namespaces page tells why; the selector goes on with what was typed.
        Entry &now = entry(slug);
        now.namespaces = *list;
        now.namespacesKnown = true;
        Q_EMIT namespacesChanged(slug);
    });
}

void Connections::profilesEdited()
{
    QStringList gone;
    QStringList edited;
    for (const auto &[slug, known] : m_entries) {
        if (!known.registry || slug == PracticeServers::slug())
            continue;
        const auto saved = m_services.profiles.find(slug);
        if (!saved)
            gone.append(slug);
        else if (Profile before = known.registry->profile(); !(before == *saved)) {
            // A namespace typed by hand needs no new connection.
            before.typedNamespaces = saved->typedNamespaces;
            before.name = saved->name;
            before.colour = saved->colour;
            if (!(before == *saved))
                edited.append(slug);
        }
    }
    for (const QString &slug : std::as_const(gone)) {
        drop(slug);
        Q_EMIT changed(slug);
    }
    for (const QString &slug : std::as_const(edited))
        reconnect(slug);
    Q_EMIT profilesChanged();
}

} // namespace ui::shell
