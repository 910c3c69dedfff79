// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/context.h"

#include "core/base/redactor.h"
#include "core/base/transient.h"
#include "core/commands/common/output.h"
#include "core/commands/common/profilepolicies.h"
#include "core/commands/common/standardinput.h"
#include "core/credentials/secretvault.h"
#include "core/guard/guard.h"
#include "core/guard/unlocks.h"
#include "core/nacos/registry.h"
#include "core/nacos/session/probememory.h"
#include "core/net/budget.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/net/wirerecorder.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"
#include "core/profiles/settings.h"
#include "core/store/home.h"
#include "core/store/ledger.h"
#include "core/store/mirror.h"
#include "core/store/overrides.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

constexpr auto Program = "signalboxctl " SIGNALBOX_VERSION;

constexpr qint64 LongestSecret = 64 * 1024;

constexpr auto WantsLogin = "This server wants a login."_L1;

profiles::Profile unsaved(const GlobalOptions &options)
{
    profiles::Profile profile;
    const QByteArray hash = QCryptographicHash::hash((options.server + u'\n' + options.user).toUtf8(), QCryptographicHash::Sha256);
    profile.slug = u'~' + QString::fromLatin1(hash.toHex().left(16));
    profile.name = options.server;
    profile.servers = options.server.split(u',', Qt::SkipEmptyParts);
    if (!options.user.isEmpty()) {
        profile.auth.kind = profiles::Auth::Kind::Password;
        profile.auth.user = options.user;
    }
    return profile;
}

/// What is typed on a terminal does not show.
Result<QString> readSecretLine()
{
    if (isatty(STDIN_FILENO))
        return askHidden(u"Password: "_s);
    const auto line = readStandardInput(InputPart::Line, LongestSecret);
    return line ? Result<QString>(QString::fromUtf8(*line)) : fail(line.error());
}

Result<std::optional<QString>> readGivenSecret(const GlobalOptions &options)
{
    std::optional<QString> secret;
    if (options.passwordFrom == GlobalOptions::PasswordFrom::StandardInput) {
        const auto line = readSecretLine();
        if (!line)
            return fail(line.error());
        if (line->isEmpty())
            return fail(Error::Kind::Usage, u"--password-stdin: standard input has no line"_s);
        secret = *line;
    } else if (qEnvironmentVariableIsSet("SIGNALBOX_PASSWORD")) {
        secret = qEnvironmentVariable("SIGNALBOX_PASSWORD");
    }
    if (secret)
        Redactor::learn(*secret);
    return secret;
}

} // namespace

// Destroyed from the last to the first: the guard, whose executors look connections up, before those; everything with databases before
// the home.
struct Context::Private {
    std::shared_ptr<Workers> workers = std::make_shared<Workers>();
    std::shared_ptr<net::Budget> budget;
    std::optional<Result<std::optional<QString>>> givenSecret; ///< asked for once, also when that failed
    std::optional<profiles::Profile> spokenTo;                 ///< the connection that was opened last
    std::unique_ptr<profiles::Settings> settings;
    std::unique_ptr<profiles::ProfileStore> profiles;
    std::unique_ptr<profiles::PracticeServers> practice;
    std::unique_ptr<store::Home> home;
    std::unique_ptr<credentials::SecretVault> secrets;
    std::unique_ptr<net::GrpcRuntime> grpc;
    std::optional<Result<std::shared_ptr<net::WireRecorder>>> recorder;
    std::unique_ptr<store::Ledger> ledger;
    std::unique_ptr<store::Mirror> mirror;
    std::unique_ptr<store::Overrides> overrides;
    std::unique_ptr<guard::Unlocks> unlocks;
    std::unique_ptr<ProfilePolicies> policies;
    std::unique_ptr<nacos::ProbeMemory> probes;
    std::unique_ptr<nacos::Registries> registries;
    std::unique_ptr<guard::Guard> guard;
};

Context::Context(const GlobalOptions &options, VerbSpec::Deadline deadline, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_deadline(deadline)
    , m_d(std::make_unique<Private>())
{
    m_d->budget = std::make_shared<net::Budget>(options.timeout);
}

Context::~Context() = default;

QString Context::secretFile() const
{
    return homePath() + u"/secrets.enc"_s;
}

QString Context::homePath() const
{
    return store::Home::resolve(m_options.home);
}

Result<store::Home *> Context::home()
{
    if (!m_d->home) {
        auto opened = store::Home::open(homePath());
        if (!opened)
            return fail(opened.error());
        m_d->home = std::move(*opened);
        m_d->home->setPatience(m_options.timeout);
        connect(m_d->home.get(), &store::Home::healthChanged, this, [this](const store::Health &health) {
            if (health.kind != store::Health::Kind::Quarantined)
                return; // everything else is the error of a call
            Q_EMIT homeRemarked(
                u"%1 was damaged; it is kept whole in %2 as %3, %4 of its rows were saved"_s.arg(health.file, homePath(), health.movedTo)
                    .arg(health.salvaged) +
                (health.lost > 0 ? u", %1 are lost"_s.arg(health.lost) : QString()));
        });
    }
    return m_d->home.get();
}

profiles::ProfileStore &Context::profiles()
{
    if (!m_d->profiles) {
        m_d->profiles = std::make_unique<profiles::ProfileStore>(homePath());
        if (const auto aside = m_d->profiles->setAside())
            Q_EMIT homeRemarked(aside->toText(homePath()));
        for (const auto &one : m_d->profiles->notUnderstood())
            Q_EMIT homeRemarked(
                u"the connection \"%1\" is kept as it is: this version does not understand it (%2)"_s.arg(one.slug, one.what));
    }
    return *m_d->profiles;
}

profiles::Settings &Context::settings()
{
    if (!m_d->settings)
        m_d->settings = std::make_unique<profiles::Settings>(homePath());
    return *m_d->settings;
}

Result<std::optional<QString>> Context::givenSecret()
{
    if (!m_d->givenSecret)
        m_d->givenSecret = readGivenSecret(m_options);
    return *m_d->givenSecret;
}

credentials::VaultOptions Context::lastingStore()
{
    using Use = credentials::VaultOptions::Use;
    credentials::VaultOptions options;
    options.workers = m_d->workers;
    options.file = secretFile();
    options.passphrase = qEnvironmentVariable("SIGNALBOX_PASSPHRASE");
    const QString chosen = settings().text(profiles::Setting::SecretStore);
    if (chosen == "memory"_L1)
        options.use = Use::Memory;
    else if (chosen == "file"_L1 || !options.passphrase.isEmpty())
        options.use = Use::EncryptedFile;
    if (options.use == Use::EncryptedFile && options.passphrase.isEmpty())
        options.passphrase = askHidden(u"Passphrase of %1: "_s.arg(options.file)).value_or(QString());
    return options;
}

credentials::SecretVault &Context::secrets()
{
    if (!m_d->secrets) {
        using Use = credentials::VaultOptions::Use;
        const auto given = givenSecret();
        const bool chosenFile = settings().text(profiles::Setting::SecretStore) == "file"_L1;
        credentials::VaultOptions options;
        options.workers = m_d->workers;
        if ((given && *given) || (chosenFile && !QFileInfo::exists(secretFile())))
            options.use = Use::Memory;
        else if (chosenFile || QFileInfo::exists(secretFile()))
            options = lastingStore();
        m_d->secrets = std::make_unique<credentials::SecretVault>(options);
    }
    return *m_d->secrets;
}

net::Budget &Context::budget()
{
    return *m_d->budget;
}

net::GrpcRuntime &Context::grpc()
{
    if (!m_d->grpc)
        m_d->grpc = std::make_unique<net::GrpcRuntime>();
    return *m_d->grpc;
}

store::Ledger &Context::ledger()
{
    if (!m_d->ledger)
        m_d->ledger = std::make_unique<store::Ledger>(*m_d->home, QString::fromLatin1(Program));
    return *m_d->ledger;
}

store::Mirror &Context::mirror()
{
    if (!m_d->mirror)
        m_d->mirror = std::make_unique<store::Mirror>(*m_d->home);
    return *m_d->mirror;
}

store::Overrides &Context::overrides()
{
    if (!m_d->overrides)
        m_d->overrides = std::make_unique<store::Overrides>(*m_d->home);
    return *m_d->overrides;
}

guard::Unlocks &Context::unlocks()
{
    if (!m_d->unlocks)
        m_d->unlocks = std::make_unique<guard::Unlocks>(*m_d->home, QString::fromLatin1(Program));
    return *m_d->unlocks;
}

Result<std::shared_ptr<net::WireRecorder>> Context::recorder()
{
    if (m_options.recordTo.isEmpty())
        return nullptr;
    if (!m_d->recorder)
        m_d->recorder = net::WireRecorder::open(m_options.recordTo);
    return *m_d->recorder;
}

guard::Guard &Context::guard()
{
    if (!m_d->guard) {
        m_d->policies = std::make_unique<ProfilePolicies>([this]() -> profiles::ProfileStore & { return profiles(); },
                                                          ProfilePolicies::Place{homePath(), unsaved(m_options).servers});
        m_d->guard = std::make_unique<guard::Guard>(guard::Guard::Collaborators{ledger(), *m_d->policies, unlocks()});
        registries().registerExecutors(*m_d->guard);
    }
    return *m_d->guard;
}

ProfilePolicies &Context::policies()
{
    guard();
    return *m_d->policies;
}

nacos::Registries &Context::registries()
{
    if (!m_d->registries) {
        // That it cannot be made was said before the verb began.
        nacos::Registry::Collaborators collaborators{{grpc(), secrets(), recorder().value_or(nullptr), m_d->budget, m_d->workers}, {}};
        if (m_d->home) {
            collaborators.config.mirror = &mirror();
            collaborators.config.ledger = [this] { return &ledger(); };
            // A read waits for them; where there is no file there is none.
            if (QFileInfo::exists(m_d->home->filePath(u"drafts.db"_s)))
                collaborators.config.overrides = &overrides();
        }
        m_d->registries = std::make_unique<nacos::Registries>(collaborators);
    }
    return *m_d->registries;
}

std::optional<profiles::Profile> Context::practice()
{
    if (!m_d->practice) {
        profiles::PracticeServers::Options options;
        options.home = homePath();
        m_d->practice = std::make_unique<profiles::PracticeServers>(options);
    }
    const auto running = m_d->practice->running();
    return running ? std::optional(profiles::PracticeServers::profile(*running)) : std::nullopt;
}

Result<profiles::Profile> Context::profile(const QString &nameOrSlug)
{
    const auto found = profiles().findByName(nameOrSlug);
    const QString practiceSlug = profiles::PracticeServers::slug();
    // Two answer to that name, and neither is to be written to for the other.
    if (found && found->slug != practiceSlug && nameOrSlug.compare(practiceSlug, Qt::CaseInsensitive) == 0)
        return fail(
            Error::Kind::Usage,
            u"\"%1\" is the practice registry and the name of the connection %2: give %2 for that one; the practice registry has its "
            "address in signalboxctl sandbox status"_s.arg(nameOrSlug, found->slug));
    if (found)
        return *found;
    if (nameOrSlug == profiles::PracticeServers::slug()) {
        if (const auto running = practice())
            return *running;
        return fail(Error::Kind::NotFound, u"the practice registry is not running; signalboxctl sandbox start starts it"_s);
    }
    // An address printed with --server names that connection.
    const bool isUnsaved = nameOrSlug.startsWith(u'~');
    if (isUnsaved && !m_options.server.isEmpty() && unsaved(m_options).slug == nameOrSlug)
        return profile();
    if (isUnsaved)
        return fail(
            Error::Kind::Usage,
            m_options.server.isEmpty()
                ? u"%1 is a connection that is not saved: give its --server URL again (and --user NAME, if there was one)"_s.arg(nameOrSlug)
                : u"%1 is another connection than this --server and --user: give them as they were given then"_s.arg(nameOrSlug));
    if (const auto error = profiles().loadError())
        return fail(*error);
    for (const auto &one : profiles().notUnderstood()) {
        if (one.slug == nameOrSlug || one.name.compare(nameOrSlug, Qt::CaseInsensitive) == 0)
            return fail(Error::Kind::Unsupported,
                        u"this version does not understand the connection \"%1\" (%2)"_s.arg(nameOrSlug, one.what));
    }
    const QList<profiles::Profile> saved = profiles().profiles();
    if (const auto aside = profiles().setAside())
        return fail(Error::Kind::NotFound,
                    u"no connection that could be read is called \"%1\": %2"_s.arg(nameOrSlug, aside->toText(homePath())));
    if (saved.isEmpty())
        return fail(
            Error::Kind::NotFound,
            u"no connection is called \"%1\": none is saved yet; signalboxctl profile add NAME --server URL adds one"_s.arg(nameOrSlug));
    QStringList names;
    for (const profiles::Profile &one : saved)
        names << one.slug << one.name;
    const QString near = nearest(nameOrSlug, names);
    return fail(Error::Kind::NotFound,
                u"no connection is called \"%1\"; %2signalboxctl profile list shows them"_s.arg(
                    nameOrSlug, near.isEmpty() ? QString() : u"did you mean \"%1\"? "_s.arg(near)));
}

Result<profiles::Profile> Context::profile()
{
    Result<profiles::Profile> found = fail(Error::Kind::Usage, QString());
    if (!m_options.server.isEmpty()) {
        found = profiles::validate(unsaved(m_options));
        if (!found)
            return fail(inOptions(found.error()));
    } else if (const QString name = m_options.profile.isEmpty() ? qEnvironmentVariable("SIGNALBOX_PROFILE") : m_options.profile;
               !name.isEmpty()) {
        found = profile(name);
    } else if (const QString slug = profiles().defaultSlug(); !slug.isEmpty()) {
        found = profile(slug);
    } else {
        return fail(
            Error::Kind::Usage,
            u"no connection given: add one with signalboxctl profile add NAME --server URL, or use --server URL or --profile NAME"_s);
    }
    if (found) {
        found->callTimeout = m_options.timeout;
        found->connectTimeout = std::min(found->connectTimeout, m_options.timeout);
    }
    return found;
}

QString Context::namespaceId(const profiles::Profile &profile) const
{
    if (m_options.namespaceGiven)
        return m_options.namespaceId;
    return profile.defaultNamespace.isEmpty() ? u"public"_s : profile.defaultNamespace;
}

Result<Done> Context::supplySecret(const profiles::Profile &profile)
{
    m_d->spokenTo = profile;
    const auto given = givenSecret();
    if (!given)
        return fail(given.error());
    if (!*given)
        return Done{};
    using Kind = profiles::Auth::Kind;
    const auto which = profile.auth.kind == Kind::AkSk ? profiles::Secret::SecretKey
        : profile.auth.kind == Kind::Password          ? profiles::Secret::Password
                                                       : profiles::Secret::Token;
    // Session memory: kept at once, the reply says nothing new.
    secrets().write(profiles::secretKey(profile.slug, which), **given);
    return Done{};
}

Error Context::inOptions(const Error &error)
{
    static const QList<std::pair<QLatin1StringView, QLatin1StringView>> places{{"/servers"_L1, "--server"_L1},
                                                                               {"/name"_L1, "NAME"_L1},
                                                                               {"/auth/user"_L1, "--user"_L1},
                                                                               {"/auth/accessKeyId"_L1, "--access-key"_L1},
                                                                               {"/consoleUrl"_L1, "--console-url"_L1},
                                                                               {"/grpcPort"_L1, "--grpc-port"_L1},
                                                                               {"/contextPath"_L1, "--context-path"_L1},
                                                                               {"/headers"_L1, "--header"_L1},
                                                                               {"/proxy"_L1, "--proxy"_L1},
                                                                               {"/connectTimeoutMs"_L1, "--timeout-connect"_L1},
                                                                               {"/callTimeoutMs"_L1, "--timeout-call"_L1}};
    const qsizetype colon = error.message.indexOf(u':');
    if (error.kind == Error::Kind::Conflict && error.message.startsWith("/name: "_L1)) {
        Error taken = error;
        taken.message = error.message.mid(colon + 2);
        return taken;
    }
    for (const auto &[pointer, option] : places) {
        if (colon > 0 && error.message.left(colon).startsWith(pointer)) {
            Error told = error;
            told.message = option + error.message.mid(colon);
            return told;
        }
    }
    return error;
}

Reply<Done> *Context::settle(const profiles::Profile &profile, Output &output)
{
    auto *answer = new Reply<Done>(this);
    if (!m_d->home || !store::Home::mayBeUnsettled(homePath())) {
        answer->settle(Done{});
        return answer;
    }
    auto *stream = guard().settle(profile.slug);
    const auto away = std::make_shared<std::optional<Error>>();
    stream->each(answer, [&output, away](const QList<guard::ChangeOutcome> &batch) {
        for (const guard::ChangeOutcome &outcome : batch) {
            if (outcome.error && isOutOfReach(*outcome.error))
                *away = outcome.error;
            output.remark(u"an earlier change was interrupted, ledger entry %1 (%2): %3"_s.arg(outcome.ledgerId)
                              .arg(outcome.target.toString(), guard::toString(outcome.outcome)));
        }
    });
    // What cannot be found out stays open, and the verb goes on; but not without a registry.
    stream->then(answer,
                 [answer, away](const Result<Done> &) { answer->settle(*away ? Result<Done>(fail(**away)) : Result<Done>(Done{})); });
    return answer;
}

Reply<nacos::Registry *> *Context::registry(nacos::Session::Use use)
{
    const auto chosen = profile();
    if (!chosen)
        return Reply<nacos::Registry *>::settled(fail(chosen.error()), this);
    return registry(*chosen, use);
}

Reply<nacos::Registry *> *Context::registry(const profiles::Profile &profile, nacos::Session::Use use)
{
    using Answer = Reply<nacos::Registry *>;
    if (const auto supplied = supplySecret(profile); !supplied)
        return Answer::settled(fail(supplied.error()), this);
    // What an earlier call found out about this connection, so that a verb needs one request.
    if (!m_d->probes)
        m_d->probes = std::make_unique<nacos::ProbeMemory>(homePath());
    // What was read and typed before took its own time.
    m_d->budget->renew();
    profiles::Profile known = profile;
    m_d->probes->recall(known);
    nacos::Registry *registry = registries().open(known, use);
    connect(&registry->session(), &nacos::Session::capabilitiesChanged, this,
            [this, registry, profile] { m_d->probes->remember(profile, registry->session().capabilities()); });
    auto *answer = new Answer(this);
    follow(answer, registry->session().open(),
           [this, registry, profile](const Result<nacos::Capabilities> &capabilities) -> Result<nacos::Registry *> {
               if (!capabilities)
                   return fail(withHint(capabilities.error(), profile));
               if (m_deadline == VerbSpec::Deadline::EachRequest)
                   m_d->budget->lift();
               return registry;
           });
    return answer;
}

Error Context::withHint(const Error &error, const profiles::Profile &profile)
{
    const auto given = givenSecret();
    const bool anonymous = profile.auth.kind == profiles::Auth::Kind::None && profile.headers.isEmpty();
    const bool refused = error.kind == Error::Kind::Auth || (error.kind == Error::Kind::Forbidden && anonymous);
    Error told = error;
    const bool isHinted = error.message.contains("--password-stdin"_L1) || error.message.startsWith(WantsLogin);
    if (!refused || isHinted)
        return told;
    if (anonymous) {
        told.message = WantsLogin +
            (m_options.server.isEmpty()
                 ? u" Give the connection a user: add one with signalboxctl profile add NAME --server URL --user USER, or use --server with --user."_s
                 : u" Give the connection a user: --user NAME, and the password with --password-stdin or SIGNALBOX_PASSWORD."_s);
        // For people it is enough; who looks closer wants to know what was answered.
        if (m_options.format == GlobalOptions::Format::Json || m_options.loudness == GlobalOptions::Loudness::Verbose)
            told.message += u" The server said: "_s + error.message;
        else
            told.code = 0;
        return told;
    }
    if (given && !*given)
        told.message += u"; give the password with --password-stdin or SIGNALBOX_PASSWORD"_s;
    return told;
}

Error Context::withHint(const Error &error)
{
    if (error.kind != Error::Kind::Auth && error.kind != Error::Kind::Forbidden)
        return error;
    // A verb may have spoken to another connection than the chosen one.
    if (m_d->spokenTo)
        return withHint(error, *m_d->spokenTo);
    const auto chosen = profile();
    return chosen ? withHint(error, *chosen) : error;
}

} // namespace core::commands
