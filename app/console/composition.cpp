// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/composition.h"

#include "app/console/policies.h"
#include "core/credentials/secretvault.h"
#include "core/guard/guard.h"
#include "core/guard/unlocks.h"
#include "core/nacos/config/mirrorfiller.h"
#include "core/nacos/registry.h"
#include "core/nacos/session/probememory.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/net/wirelog.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"
#include "core/profiles/settings.h"
#include "core/store/drafts.h"
#include "core/store/home.h"
#include "core/store/ledger.h"
#include "core/store/mirror.h"
#include "core/store/overrides.h"
#include "core/store/viewstate.h"

using namespace Qt::StringLiterals;

namespace app {

using core::profiles::Setting;

namespace {

core::credentials::VaultOptions vaultOptions(const core::profiles::Settings &settings, const core::store::Home &home,
                                             const std::shared_ptr<core::Workers> &workers)
{
    using Use = core::credentials::VaultOptions::Use;
    core::credentials::VaultOptions options;
    const QString kind = settings.text(Setting::SecretStore);
    options.use = kind == "file"_L1 ? Use::EncryptedFile : kind == "memory"_L1 ? Use::Memory : Use::DesktopKeychain;
    options.file = home.filePath(u"secrets.enc"_s);
    options.workers = workers;
    options.passphrase = qEnvironmentVariable("SIGNALBOX_PASSPHRASE");
    qunsetenv("SIGNALBOX_PASSPHRASE"); // nor for what the desktop starts for us
    return options;
}

const QString Program = u"signalbox " SIGNALBOX_VERSION ""_s;

} // namespace

struct Composition::Parts {
    Parts(std::unique_ptr<core::store::Home> opened, core::LogSink &log)
        : home(std::move(opened))
        , settings(home->path())
        , profiles(home->path())
        , secrets(vaultOptions(settings, *home, workers))
        , practice({.home = home->path(), .program = {}})
        , policies(profiles)
        , ledger(*home, Program)
        , mirror(*home)
        , drafts(*home)
        , overrides(*home)
        , viewState(*home)
        , unlocks(*home, Program)
        , probes(home->path())
        , registries({{grpc, secrets, nullptr, nullptr, workers}, {&mirror, &overrides, [this] { return &ledger; }}})
        , guard({.ledger = ledger, .policies = policies, .unlocks = unlocks, .workers = workers.get()})
        , filler(registries, mirror, settings)
        , services{registries, guard,     unlocks, profiles,  settings, practice, secrets,  *home, mirror,
                   drafts,     overrides, ledger,  viewState, grpc,     log,      *workers, filler}
    {
        registries.registerExecutors(guard);
        // What the window found out spares signalboxctl a probe.
        QObject::connect(&registries, &core::nacos::Registries::opened, &registries, [this](core::nacos::Registry *registry) {
            if (registry->slug() == core::profiles::PracticeServers::slug())
                return;
            QObject::connect(&registry->session(), &core::nacos::Session::capabilitiesChanged, registry,
                             [this, registry] { probes.remember(registry->profile(), registry->session().capabilities()); });
        });
        std::ignore = viewState.load(); // whoever shows something of it hears of it as soon as it is there
        mirror.setLimit(qint64(settings.number(Setting::MirrorLimitMiB)) * 1024 * 1024);
        if (settings.isOn(Setting::WireLog))
            core::net::setWireLog(core::net::WireLog::On);
    }
    std::shared_ptr<core::Workers> workers = std::make_shared<core::Workers>();
    std::unique_ptr<core::store::Home> home;
    core::profiles::Settings settings;
    core::profiles::ProfileStore profiles;
    core::credentials::SecretVault secrets;
    core::profiles::PracticeServers practice;
    Policies policies;
    core::net::GrpcRuntime grpc;
    core::store::Ledger ledger;
    core::store::Mirror mirror;
    core::store::Drafts drafts;
    core::store::Overrides overrides;
    core::store::ViewState viewState;
    core::guard::Unlocks unlocks;
    core::nacos::ProbeMemory probes;
    core::nacos::Registries registries;
    core::guard::Guard guard; // its executors look connections up, so it goes before them
    core::nacos::MirrorFiller filler;
    ui::workbench::Services services;
};

Composition::Composition() = default;
Composition::~Composition() = default;

core::Result<std::unique_ptr<Composition>> Composition::make(const QString &home, core::LogSink &log)
{
    core::Result<std::unique_ptr<core::store::Home>> opened = core::store::Home::open(home);
    if (!opened)
        return core::fail(opened.error());
    std::unique_ptr<Composition> composition(new Composition);
    composition->m_parts = std::make_unique<Parts>(std::move(*opened), log);
    return composition;
}

ui::workbench::Services &Composition::services()
{
    return m_parts->services;
}

void Composition::shutDown()
{
    const QList<core::nacos::Registry *> open = m_parts->registries.all();
    for (core::nacos::Registry *registry : open)
        m_parts->registries.close(registry->slug());
    m_parts->grpc.shutdown();
    std::ignore = m_parts->settings.flush();
}

} // namespace app
