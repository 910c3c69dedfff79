// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"
#include "core/guard/unlocks.h"
#include "core/nacos/registry.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/profiles/profile.h"
#include "core/store/home.h"
#include "core/store/ledger.h"
#include "core/store/mirror.h"
#include "core/store/overrides.h"
#include "tests/peers/nacos-client/cuttableproxy.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/temphome.h"

namespace tests {

/// A registry somebody else runs.
struct Target {
    QString server, console, user, password; ///< no user: no login
};

/// What a program has around core/nacos: a home, a guard, connections to the target. Its gRPC goes through a relay that can be cut.
class Workplace {
public:
    explicit Workplace(const Target &target);
    ~Workplace();

    core::profiles::Profile profile(const QString &slug) const;
    /// Opens (or finds) a connection; nullptr and a warning when it does not come up.
    core::nacos::Registry *open(const core::profiles::Profile &profile,
                                core::nacos::Session::Use use = core::nacos::Session::Use::Interactive);
    core::nacos::Registry *open() { return open(profile(QStringLiteral("peer"))); }
    void keepPassword(const QString &slug, const QString &password);

    /// Through the Guard, as every write.
    core::guard::ChangeOutcome submit(const core::Result<core::guard::Change> &change);
    std::vector<core::guard::ChangeOutcome> submit(const std::vector<core::guard::Change> &changes);
    /// Reads, then publishes; Applied and verified, or the test fails.
    core::guard::ChangeOutcome publish(const core::nacos::ConfigKey &key, const QByteArray &content,
                                       const core::nacos::ConfigAttributes &attributes = {});
    core::guard::ChangeOutcome remove(const core::nacos::ConfigKey &key);
    std::optional<core::nacos::ConfigDetail> live(const core::nacos::ConfigKey &key);

    const Target target;
    TempHome folder;
    CuttableProxy relay;
    FakeSecretStore secrets;
    core::net::GrpcRuntime runtime;
    std::unique_ptr<core::store::Home> home;
    std::unique_ptr<core::store::Ledger> ledger;
    std::unique_ptr<core::store::Mirror> mirror;
    std::unique_ptr<core::store::Overrides> overrides;
    std::unique_ptr<core::guard::Unlocks> unlocks;
    std::unique_ptr<core::guard::PolicySource> policies;
    std::unique_ptr<core::nacos::Registries> registries;
    std::unique_ptr<core::guard::Guard> guard;
};

} // namespace tests
