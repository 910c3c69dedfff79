// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "core/base/reply.h"
#include "core/commands/common/commandline.h"
#include "core/nacos/session/session.h"
#include "core/profiles/profile.h"

#include <memory>

namespace core::credentials {
class SecretVault;
struct VaultOptions;
} // namespace core::credentials
namespace core::guard {
class Guard;
class Unlocks;
} // namespace core::guard
namespace core::nacos {
class Registries;
class Registry;
} // namespace core::nacos
namespace core::net {
class Budget;
class GrpcRuntime;
class WireRecorder;
} // namespace core::net
namespace core::profiles {
class ProfileStore;
class Settings;
} // namespace core::profiles
namespace core::store {
class Home;
class Ledger;
class Mirror;
class Overrides;
} // namespace core::store

namespace core::commands {

class Output;
class ProfilePolicies;

/// What the verbs work on, made when first asked for: a verb that needs one HTTP request opens no database and starts no gRPC. Owned by
/// the program's main, outlives every Invocation; everything lives in the main thread.
class Context final : public QObject {
    Q_OBJECT
public:
    Context(const GlobalOptions &options, VerbSpec::Deadline deadline, QObject *parent = nullptr);
    ~Context() override;

    const GlobalOptions &options() const { return m_options; }
    QString homePath() const;

    /// Usage when the folder is not one; a home that cannot be written opens all the same (Home::state()).
    Result<store::Home *> home();
    profiles::ProfileStore &profiles();
    profiles::Settings &settings();
    /// The one secret given by --password-stdin (read once) or SIGNALBOX_PASSWORD; it wins over every store, which is then not asked.
    Result<std::optional<QString>> givenSecret();
    credentials::SecretVault &secrets();
    /// Where secrets outlast the program: the person's choice, the encrypted file when SIGNALBOX_PASSPHRASE is set (or typed on the
    /// terminal), otherwise the keychain.
    credentials::VaultOptions lastingStore();
    net::GrpcRuntime &grpc();
    /// The time of --timeout, running since the program began.
    net::Budget &budget();
    /// What --record asked for; null when it did not. Usage and Internal as WireRecorder::open(); main asks before
    /// it runs the verb.
    Result<std::shared_ptr<net::WireRecorder>> recorder();
    // These need home() to have succeeded.
    store::Ledger &ledger();
    store::Mirror &mirror();
    store::Overrides &overrides();
    guard::Unlocks &unlocks();
    guard::Guard &guard();
    nacos::Registries &registries();
    /// What the guard asks.
    ProfilePolicies &policies();

    /// --profile, --server, SIGNALBOX_PROFILE, or the default profile; Usage says how to make one.
    Result<profiles::Profile> profile();
    /// By slug or name; NotFound.
    Result<profiles::Profile> profile(const QString &nameOrSlug);
    /// The connection to the practice registry of this home, while that runs.
    std::optional<profiles::Profile> practice();
    /// The connection of profile(), open and ready for requests. The pointer stays valid as long as the context.
    Reply<nacos::Registry *> *registry(nacos::Session::Use use);
    Reply<nacos::Registry *> *registry(const profiles::Profile &profile, nacos::Session::Use use);
    /// --namespace, else the default of the profile, else public. Canonical.
    QString namespaceId(const profiles::Profile &profile) const;

    /// What an earlier program left open in the ledger of this connection is found out before anything else is done; says what it came
    /// to. Costs nothing when there is nothing. The connection must stand.
    Reply<Done> *settle(const profiles::Profile &profile, Output &output);

    /// An error that names a place of the profile file (`/servers/0: …`), as somebody who gave options understands it (`--server: …`).
    static Error inOptions(const Error &error);
    /// A refusal of somebody who is not logged in says how to be.
    Error withHint(const Error &error);
    /// Puts the given secret where sessions look for it; for verbs that make a session by themselves. Nothing given: nothing happens.
    Result<Done> supplySecret(const profiles::Profile &profile);

Q_SIGNALS:
    /// Something about the home that the person should know; English.
    void homeRemarked(const QString &text);

private:
    QString secretFile() const;
    Error withHint(const Error &error, const profiles::Profile &profile);
    struct Private;
    GlobalOptions m_options;
    VerbSpec::Deadline m_deadline;
    std::unique_ptr<Private> m_d;
};

} // namespace core::commands
