// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/mirrorfiller.h"

#include "core/base/latest.h"
#include "core/nacos/registry.h"
#include "core/net/backoff.h"
#include "core/profiles/profile.h"

#include <QTimer>
#include <utility>

using namespace std::chrono_literals;

namespace core::nacos {

namespace {

/// What a page shows first comes first.
constexpr auto FirstThings = 2s;
constexpr auto TellEvery = 250ms;

/// Of a registry some of which could not be read, while its connection stands.
net::Backoff::Settings againPace()
{
    return {.first = 3s, .cap = 10min};
}

bool isStanding(const Session &session)
{
    return session.state() == SessionState::Live || session.state() == SessionState::Degraded;
}

} // namespace

/// One connection's; goes when it is closed.
struct MirrorFiller::Job {
    QPointer<Registry> registry;
    Latest<Stream<FillProgress>> filling;
    FillBrake brake;
    QTimer soon, tell;
    QMap<QString, QString> problems; ///< by namespace
    Status status;
    net::Backoff pace{againPace()};
    bool wanted = true;    ///< not filled since the connection stands
    bool mayPass = false;  ///< one of the problems
    bool demanded = false; ///< this filling, by the person
};

MirrorFiller::MirrorFiller(Registries &registries, store::Mirror &mirror, const profiles::Settings &settings, QObject *parent)
    : QObject(parent)
    , m_registries(registries)
    , m_mirror(mirror)
    , m_settings(settings)
{
    connect(&m_registries, &Registries::opened, this, &MirrorFiller::opened);
    connect(&m_registries, &Registries::aboutToClose, this, [this](const Registry *registry) {
        const QString slug = registry->slug();
        if (m_jobs.erase(slug) > 0)
            Q_EMIT changed(slug);
    });
    connect(&m_settings, &profiles::Settings::changed, this, [this](profiles::Setting key) {
        if (key != profiles::Setting::MirrorFillOnConnect)
            return;
        for (const auto &[slug, job] : m_jobs)
            consider(slug);
    });
}

MirrorFiller::~MirrorFiller() = default;

MirrorFiller::Job *MirrorFiller::job(const QString &slug) const
{
    const auto found = m_jobs.find(slug);
    return found == m_jobs.end() ? nullptr : found->second.get();
}

void MirrorFiller::opened(Registry *registry)
{
    const QString slug = registry->slug();
    auto fresh = std::make_unique<Job>();
    fresh->registry = registry;
    fresh->soon.setSingleShot(true);
    fresh->tell.setSingleShot(true);
    connect(&fresh->soon, &QTimer::timeout, this, [this, slug] { begin(slug); });
    connect(&fresh->tell, &QTimer::timeout, this, [this, slug] { Q_EMIT changed(slug); });
    m_jobs.insert_or_assign(slug, std::move(fresh));
    connect(&registry->session(), &Session::stateChanged, this, [this, slug] { consider(slug); });
    connect(&registry->session(), &Session::resynced, this, [this, slug] {
        if (Job *known = job(slug)) {
            // What was listed before it was lost may be of yesterday: one under way is done again.
            known->wanted = true;
            known->pace.reset();
            known->soon.stop();
            consider(slug);
        }
    });
    consider(slug);
}

void MirrorFiller::consider(const QString &slug)
{
    Job *known = job(slug);
    if (!known || !known->registry)
        return;
    const bool stands = isStanding(known->registry->session());
    const bool asked = (known->demanded || m_settings.isOn(profiles::Setting::MirrorFillOnConnect)) &&
        known->registry->profile().keep == profiles::Keep::Contents;
    if (!asked) {
        known->soon.stop();
        if (known->filling.isActive()) {
            known->filling.reset();
            known->wanted = true;
        }
        known->status.state = State::Idle;
        Q_EMIT changed(slug);
    } else if (!stands) {
        known->soon.stop(); // it is wanted, and begins when the connection is back
    } else if (known->wanted && !known->filling.isActive() && !known->soon.isActive()) {
        known->soon.start(FirstThings);
    }
}

void MirrorFiller::begin(const QString &slug)
{
    Job *known = job(slug);
    if (!known || !known->registry || known->filling.isActive())
        return;
    known->wanted = known->mayPass = false;
    known->problems.clear();
    known->status = {known->brake.isHeld() ? State::Paused : State::Filling, 0, 0, {}};
    known->filling = fillMirror(*known->registry, m_mirror, {}, this, &known->brake);
    connect(known->filling.get(), &Operation::progress, this, [this, slug](qint64 done, qint64 total) {
        if (Job *now = job(slug)) {
            now->status.done = done;
            now->status.total = total;
            if (!now->tell.isActive())
                now->tell.start(TellEvery);
        }
    });
    known->filling->each(this, [this, slug](const QList<FillProgress> &batch) {
        Job *now = job(slug);
        for (const FillProgress &progress : batch) {
            if (now && !progress.problem.isEmpty())
                now->problems.insert(progress.namespaceId, progress.problem);
            if (now)
                now->mayPass |= progress.mayPass;
        }
    });
    known->filling->then(this, [this, slug](const Result<Done> &result) { ended(slug, result); });
    Q_EMIT changed(slug);
}

void MirrorFiller::ended(const QString &slug, const Result<Done> &result)
{
    Job *known = job(slug);
    if (!known)
        return;
    if (std::exchange(known->demanded, false) && !m_settings.isOn(profiles::Setting::MirrorFillOnConnect))
        known->wanted = true; // once that is on
    if (!result)
        known->status.problem = result.error().message;
    else if (!known->problems.isEmpty())
        known->status.problem = known->problems.first();
    known->status.state = known->status.problem.isEmpty() ? State::Complete : State::Incomplete;
    if (known->status.state == State::Complete)
        known->pace.reset();
    // What could not be read may be readable later, with a connection that is back or without it ever having been lost.
    if (known->wanted) {
        known->soon.start(FirstThings);
    } else if (known->mayPass || (!result && result.error().retryable)) {
        known->wanted = true;
        known->soon.start(known->pace.next());
    }
    consider(slug);
    Q_EMIT changed(slug);
}

MirrorFiller::Status MirrorFiller::status(const QString &slug) const
{
    const Job *known = job(slug);
    return known ? known->status : Status();
}

bool MirrorFiller::mayFill(const QString &slug) const
{
    const Job *known = job(slug);
    return known && known->registry && known->registry->profile().keep == profiles::Keep::Contents &&
        isStanding(known->registry->session()) && !known->filling.isActive();
}

void MirrorFiller::fill(const QString &slug)
{
    if (!mayFill(slug))
        return;
    Job *known = job(slug);
    known->soon.stop();
    known->demanded = true;
    begin(slug);
}

void MirrorFiller::pause(const QString &slug)
{
    Job *known = job(slug);
    if (!known || known->status.state != State::Filling)
        return;
    known->brake.set(FillBrake::Position::Held);
    known->status.state = State::Paused;
    Q_EMIT changed(slug);
}

void MirrorFiller::resume(const QString &slug)
{
    Job *known = job(slug);
    if (!known || known->status.state != State::Paused)
        return;
    known->status.state = State::Filling;
    known->brake.set(FillBrake::Position::Free);
    Q_EMIT changed(slug);
}

} // namespace core::nacos
