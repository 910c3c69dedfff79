// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/guard.h"
#include "core/guard/unlocks.h"
#include "core/nacos/config/configexecutor.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/profiles/profile.h"
#include "core/store/home.h"
#include "core/store/ledger.h"
#include "tests/support/fakesecretstore.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace core;
using Steady = std::chrono::steady_clock;

namespace {

const QByteArray Content = "# a configuration of a usual size\n" + QByteArray("key: value\n").repeated(90);
constexpr int Keys = 50;

struct Settings {
    QString what, server, prefix;
    int count = 0, parallel = 0, clients = 1;
};

class OpenPolicy final : public guard::PolicySource {
public:
    std::optional<guard::Policy> policyOf(const QString &) const override { return guard::Policy{}; }
};

[[noreturn]] void giveUp(const QString &why)
{
    std::fprintf(stderr, "bench_calls: %s\n", qPrintable(why));
    std::exit(1);
}

double at(const std::vector<double> &sorted, double share)
{
    return sorted.empty() ? 0 : sorted[std::min(sorted.size() - 1, size_t(share * double(sorted.size())))];
}

QJsonObject summary(int done, int failed, std::chrono::duration<double> took, std::vector<double> milliseconds = {})
{
    std::sort(milliseconds.begin(), milliseconds.end());
    return {{u"perSecond"_s, done / took.count()}, {u"seconds"_s, took.count()},         {u"failed"_s, failed},
            {u"p50Ms"_s, at(milliseconds, 0.50)},  {u"p95Ms"_s, at(milliseconds, 0.95)}, {u"p99Ms"_s, at(milliseconds, 0.99)}};
}

/// What core/nacos has around it in a program: connections to the server, and a Guard on a home of its own.
class Calls final : public QObject {
    Q_OBJECT
public:
    explicit Calls(const Settings &settings)
        : m_settings(settings)
        , m_home(std::move(*store::Home::open(m_folder.path())))
        , m_ledger(*m_home, u"bench"_s)
        , m_unlocks(*m_home, u"bench"_s)
        , m_guard({m_ledger, m_policy, m_unlocks})
        , m_registries(nacos::Registry::Collaborators{{m_runtime, m_secrets}, {}})
        , m_executor(m_registries)
    {
        m_registries.registerExecutors(m_guard);
    }

    void start()
    {
        for (int i = 0; i < m_settings.clients; ++i) {
            profiles::Profile profile;
            profile.slug = slug(i);
            profile.name = profile.slug;
            profile.servers = {m_settings.server};
            profile.proxy.kind = profiles::Proxy::Kind::None;
            const auto opening = m_registries.open(profile, nacos::Session::Use::Interactive)->session().open();
            opening->then(this, [this](const Result<nacos::Capabilities> &opened) {
                if (!opened)
                    giveUp(opened.error().message);
                if (++m_open == m_settings.clients)
                    warmUp();
            });
        }
    }

private:
    static QString slug(int client) { return u"bench-%1"_s.arg(client); }
    nacos::ConfigKey key(int number) const { return {u"public"_s, u"BENCH"_s, m_settings.prefix + QString::number(number)}; }

    guard::Change change(int number, int client) const
    {
        const bool plan = m_settings.what == "guard"_L1;
        const auto made =
            nacos::configChange({slug(client), key(plan ? number : number % Keys), {}, Content + QByteArray::number(number), {}});
        if (!made)
            giveUp(made.error().message);
        return *made;
    }

    /// Creates what is read, and lets both sides reach their pace.
    void warmUp()
    {
        load(u"publish"_s, std::max(Keys, m_settings.count / 10), [this](const QJsonObject &) {
            if (m_settings.what == "guard"_L1)
                return plan();
            load(m_settings.what, m_settings.count, [](const QJsonObject &result) { finish(result); });
        });
    }

    static void finish(const QJsonObject &result)
    {
        std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
        QCoreApplication::quit();
    }

    void load(const QString &what, int count, std::function<void(const QJsonObject &)> then)
    {
        m_what = what;
        m_count = count;
        m_next = m_done = m_failed = 0;
        m_milliseconds.clear();
        m_then = std::move(then);
        m_changes.clear();
        for (int i = 0; what == "publish"_L1 && i < count; ++i)
            m_changes.push_back(change(i, i % m_settings.clients));
        m_began = Steady::now();
        for (int i = 0; i < m_settings.parallel && m_next < m_count; ++i)
            one(i % m_settings.clients);
    }

    void one(int client)
    {
        const int number = m_next++;
        const auto began = Steady::now();
        const auto ended = [this, began, client](bool good) {
            m_milliseconds.push_back(std::chrono::duration<double, std::milli>(Steady::now() - began).count());
            m_failed += good ? 0 : 1;
            if (++m_done == m_count) {
                const auto then = std::exchange(m_then, {});
                return then(summary(m_done, m_failed, Steady::now() - m_began, m_milliseconds));
            }
            if (m_next < m_count)
                one(client);
        };
        if (m_what == "get"_L1) {
            m_registries.find(slug(client))->configs().fetch(key(number % Keys))->then(this, [ended](const auto &got) {
                ended(got && *got);
            });
        } else {
            m_executor.apply(m_changes[size_t(number)])->then(this, [ended](const Result<Done> &done) { ended(done.has_value()); });
        }
    }

    void plan()
    {
        guard::Plan plan;
        plan.id = QUuid::createUuid();
        for (int i = 0; i < m_settings.count; ++i)
            plan.changes.push_back(change(1000000 + i, 0));
        m_began = Steady::now();
        auto *stream = m_guard.submit(plan, {plan.hash(), {}, u"bench"_s});
        stream->each(this, [this](const QList<guard::ChangeOutcome> &batch) {
            for (const guard::ChangeOutcome &outcome : batch) {
                m_done += outcome.outcome == guard::Outcome::Applied && outcome.verified ? 1 : 0;
            }
        });
        m_done = 0;
        stream->then(this, [this](const Result<Done> &end) {
            if (!end)
                giveUp(end.error().message);
            finish(summary(m_done, m_settings.count - m_done, Steady::now() - m_began));
        });
    }

    const Settings m_settings;
    QTemporaryDir m_folder;
    tests::FakeSecretStore m_secrets;
    net::GrpcRuntime m_runtime;
    std::unique_ptr<store::Home> m_home;
    store::Ledger m_ledger;
    guard::Unlocks m_unlocks;
    OpenPolicy m_policy;
    guard::Guard m_guard;
    nacos::Registries m_registries;
    nacos::ConfigExecutor m_executor;

    QString m_what;
    std::vector<guard::Change> m_changes; // made before the clock runs: what is measured is the Executor
    int m_open = 0, m_count = 0, m_next = 0, m_done = 0, m_failed = 0;
    Steady::time_point m_began;
    std::vector<double> m_milliseconds;
    std::function<void(const QJsonObject &)> m_then;
};

} // namespace

/// Calls of core/nacos at full load against a registry without login; prints one JSON line.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(u"WHAT"_s, u"get (fetch), publish (the Executor alone) or guard (a plan of that many)"_s);
    parser.addPositionalArgument(u"SERVER"_s, u"http://host:port"_s);
    parser.addOption({u"count"_s, u"calls"_s, u"N"_s, u"5000"_s});
    parser.addOption({u"parallel"_s, u"calls under way at once, over all clients"_s, u"N"_s, u"64"_s});
    parser.addOption({u"clients"_s, u"connections"_s, u"N"_s, u"1"_s});
    parser.addOption({u"prefix"_s, u"of the data IDs"_s, u"TEXT"_s, u"signalbox-bench-"_s});
    parser.addHelpOption();
    parser.process(app);
    const QStringList words = parser.positionalArguments();
    if (words.size() != 2 || !QStringList{u"get"_s, u"publish"_s, u"guard"_s}.contains(words.first()))
        parser.showHelp(2);
    Calls calls({words.at(0), words.at(1), parser.value(u"prefix"_s), parser.value(u"count"_s).toInt(), parser.value(u"parallel"_s).toInt(),
                 parser.value(u"clients"_s).toInt()});
    calls.start();
    return QCoreApplication::exec();
}

#include "calls.moc"
