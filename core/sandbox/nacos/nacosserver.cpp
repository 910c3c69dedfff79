// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/nacosserver.h"

#include "core/base/redactor.h"
#include "core/sandbox/nacos/grpcdispatcher.h"
#include "core/sandbox/nacos/httpapi.h"
#include "core/sandbox/nacos/ports.h"
#include "core/sandbox/nacos/seed.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr int SchemaVersion = 1;

QString madeUpPassword()
{
    static constexpr char letters[] = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    QString password;
    for (int i = 0; i < 20; ++i)
        password += QLatin1Char(letters[QRandomGenerator::system()->bounded(int(sizeof letters) - 1)]);
    return password;
}

ConnectionHub::Times timesOf(const NacosServer::Options &options)
{
    ConnectionHub::Times times;
    if (options.idleUntilDetection > 0)
        times.idleUntilDetection = options.idleUntilDetection;
    if (options.detectionAnswer > 0)
        times.detectionAnswer = options.detectionAnswer;
    return times;
}

} // namespace

// The order of the members is the order of construction: whoever is called back is destroyed after whoever calls.
struct NacosServer::Private {
    Private(const Options &with, Faults &someFaults, const Clock &someClock)
        : options(with)
        , faults(someFaults)
        , clock(someClock)
    {
    }
    const Options options;
    Faults &faults;
    const Clock &clock;
    QString generatedPassword;

    std::unique_ptr<CommitLog> log;
    std::unique_ptr<ConfigStore> configs;
    std::unique_ptr<NamespaceStore> spaces;
    std::unique_ptr<UserStore> users;
    std::unique_ptr<ConnectionHub> hub;
    std::unique_ptr<ConfigWatch> watch;
    std::unique_ptr<LongPolls> polls;
    std::unique_ptr<Services> services;
    std::unique_ptr<GrpcDispatcher> dispatcher;
    std::unique_ptr<HttpApi> mainApi, consoleApi;
    Ports ports;
    QTimer sweep, trim;

    Result<Done> openData(const Generation &generation);
    Result<Done> setUpUsers(Database *database);
    Result<Done> openPorts();
};

NacosServer::NacosServer(const Options &options, Faults &faults, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(options, faults, clock))
{
}

NacosServer::~NacosServer()
{
    m_d->ports.close();
    // What is still being written calls back into the stores and the watch.
    if (m_d->log)
        m_d->log->stop();
}

Result<Done> NacosServer::Private::openData(const Generation &generation)
{
    std::unique_ptr<Database> writer, reader;
    bool isNew = true;
    if (!options.dataFolder.isEmpty()) {
        if (!QDir().mkpath(options.dataFolder))
            return fail(Error::Kind::Internal, u"cannot make the data folder %1"_s.arg(options.dataFolder));
        const QString file = QDir(options.dataFolder).filePath(u"nacos.db"_s);
        auto opened = Database::open(file, Database::Access::ReadWrite);
        if (!opened)
            return fail(opened.error());
        writer = std::move(*opened);
        const int version = writer->schemaVersion();
        if (version > SchemaVersion)
            return fail(Error::Kind::Internal, u"%1 was written by a newer version"_s.arg(file));
        isNew = version == 0;
        if (isNew) {
            const bool made = writer->execute("BEGIN IMMEDIATE") && ConfigStore::createTables(*writer) &&
                NamespaceStore::createTables(*writer) && UserStore::createTables(*writer) && writer->execute("PRAGMA user_version=1") &&
                writer->execute("COMMIT");
            if (!made)
                return fail(Error::Kind::Internal, u"cannot use %1: %2"_s.arg(file, writer->lastError()));
        }
        auto second = Database::open(file, Database::Access::ReadOnly);
        if (!second)
            return fail(second.error());
        reader = std::move(*second);
    }
    users = std::make_unique<UserStore>(clock);
    if (Result<Done> ready = setUpUsers(writer.get()); !ready)
        return ready;
    Database *database = writer.get();
    std::unique_ptr<History> history;
    if (reader)
        history = std::make_unique<SqliteHistory>(std::move(reader));
    else
        history = std::make_unique<MemoryHistory>();
    log = std::make_unique<CommitLog>(std::move(writer));
    configs = std::make_unique<ConfigStore>(*log, std::move(history), clock);
    spaces = std::make_unique<NamespaceStore>(*log);
    if (database) {
        configs->load(*database);
        spaces->load(*database);
    }
    // Killed before the demo was written, the folder is still as good as new.
    isNew = isNew || (configs->count() == 0 && spaces->all().size() == 1 && configs->history().isEmpty());
    if (isNew && options.seed == Seed::Demo) {
        if (Result<Done> seeded = seedDemo({*configs, *spaces, generation, clock}); !seeded)
            return seeded;
    }
    log->start();
    return Done{};
}

Result<Done> NacosServer::Private::setUpUsers(Database *database)
{
    users->setTokenSeconds(options.tokenSeconds);
    if (database) {
        if (Result<Done> loaded = users->load(*database); !loaded)
            return loaded;
    }
    if (options.admin.isEmpty())
        return Done{};
    Result<Done> set = users->setAdmin(options.admin, options.password, database);
    if (!set && set.error().kind == Error::Kind::NotFound) {
        generatedPassword = madeUpPassword();
        set = users->setAdmin(options.admin, generatedPassword, database);
    }
    Redactor::learn(generatedPassword.isEmpty() ? options.password : generatedPassword);
    return set;
}

Result<Done> NacosServer::Private::openPorts()
{
    const auto handler = [](const HttpApi &api) {
        return [&api](const HttpRequest &request, const HttpResponder &responder) { api.handle(request, responder); };
    };
    Ports::Wanted wanted{options.port, std::nullopt};
    if (services->generation.hasConsolePort())
        wanted.console = options.consolePort;
    if (Result<Done> opened = ports.open(wanted, {handler(*mainApi), handler(*consoleApi), *dispatcher, faults}); !opened)
        return opened;
    services->port = ports.main();
    services->consolePort = ports.console();
    return Done{};
}

Result<Done> NacosServer::start()
{
    Private &d = *m_d;
    const Result<Generation> generation = Generation::parse(d.options.version);
    if (!generation)
        return fail(generation.error());
    if (Result<Done> opened = d.openData(*generation); !opened)
        return opened;
    d.hub = std::make_unique<ConnectionHub>(d.clock, timesOf(d.options));
    d.watch = std::make_unique<ConfigWatch>(*d.configs, *d.hub, *generation, d.clock);
    d.polls = std::make_unique<LongPolls>(*d.configs, *generation);
    d.hub->setGoneObserver([watch = d.watch.get()](const ConnectionPtr &connection) { watch->forget(connection); });
    d.configs->setObserver([watch = d.watch.get(), polls = d.polls.get()](const ConfigChange &change) {
        watch->changed(change);
        polls->changed(change.key);
    });
    d.services.reset(new Services{*d.configs, *d.spaces, *d.users, *d.watch, *d.hub, *d.polls, d.faults, d.clock, *generation, 0, 0,
                                  d.options.logRequests});
    d.dispatcher.reset(new GrpcDispatcher({*d.configs, *d.watch, *d.hub, *d.users, *generation}));
    d.mainApi = std::make_unique<HttpApi>(Plane::Main, *d.services);
    d.consoleApi = std::make_unique<HttpApi>(Plane::Console, *d.services);

    if (Result<Done> opened = d.openPorts(); !opened)
        return opened;

    d.sweep.setInterval(1000);
    connect(&d.sweep, &QTimer::timeout, this, [this] {
        m_d->hub->sweep();
        m_d->watch->sweep();
    });
    d.sweep.start();
    d.trim.setInterval(60 * 60 * 1000);
    connect(&d.trim, &QTimer::timeout, this, [this] { m_d->configs->trimHistory(); });
    d.trim.start();
    return Done{};
}

QString NacosServer::generatedPassword() const
{
    return m_d->generatedPassword;
}

QJsonObject NacosServer::readyMember() const
{
    QJsonObject member{{u"http"_s, u"http://127.0.0.1:%1"_s.arg(port())},
                       {u"grpc"_s, u"127.0.0.1:%1"_s.arg(grpcPort())},
                       {u"user"_s, m_d->options.admin.isEmpty() ? u"nacos"_s : m_d->options.admin}};
    if (consolePort() != 0)
        member.insert(u"console"_s, u"http://127.0.0.1:%1"_s.arg(consolePort()));
    return member;
}

quint16 NacosServer::port() const
{
    return m_d->services ? m_d->services->port : 0;
}

quint16 NacosServer::grpcPort() const
{
    return m_d->ports.grpc();
}

quint16 NacosServer::consolePort() const
{
    return m_d->services ? m_d->services->consolePort : 0;
}

} // namespace core::sandbox::nacos
