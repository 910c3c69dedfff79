// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/unlocks.h"
#include "core/store/home.h"
#include "core/store/ledger.h"
#include "tests/core/guard/crashpoints.h"
#include "tests/core/guard/socketexecutor.h"

#include <csignal>
#include <cstdio>
#include <grp.h>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core::guard;

namespace {

class Open final : public PolicySource {
public:
    std::optional<Policy> policyOf(const QString &) const override { return Policy(); }
};

core::Address at(const QString &name)
{
    return *core::Address::build(u"dev"_s, u"public"_s, u"config"_s, {u"g"_s, name});
}

Value value(int number)
{
    return {"content " + QByteArray::number(number), {{u"type"_s, u"text"_s}}};
}

/// For each name: created, changed, every third one deleted.
Plan planOf(const QString &prefix, int writes)
{
    Plan plan;
    for (int i = 0; int(plan.changes.size()) < writes; ++i) {
        Change change;
        change.target = at(prefix + QString::number(i));
        change.verb = Verb::Create;
        change.after = value(i);
        plan.changes.push_back(change);
        change.verb = Verb::Update;
        change.before = change.after;
        change.after = value(i + 1000);
        plan.changes.push_back(change);
        if (i % 3 != 0)
            continue;
        change.verb = Verb::Delete;
        change.before = change.after;
        change.after.reset();
        plan.changes.push_back(change);
    }
    plan.changes.resize(size_t(writes));
    return plan;
}

} // namespace

/// Carries out a plan against the server of the test; prints how many crash points it passed and what each change came to.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"home"_s, {}, u"dir"_s},
                       {u"server"_s, {}, u"name"_s},
                       {u"prefix"_s, {}, u"text"_s},
                       {u"writes"_s, {}, u"n"_s},
                       {u"file-limit"_s, {}, u"bytes"_s},
                       {u"as-nobody"_s, {}}});
    parser.process(app);
    if (parser.isSet(u"as-nobody"_s) && ::geteuid() == 0) {
        constexpr uid_t Nobody = 65534;
        if (::setgroups(0, nullptr) != 0 || ::setgid(Nobody) != 0 || ::setuid(Nobody) != 0)
            return 3;
    }
    auto *executor = new tests::SocketExecutor(parser.value(u"server"_s));
    auto home = core::store::Home::open(parser.value(u"home"_s));
    if (!home)
        return 4;
    Open policies;
    core::store::Ledger ledger(**home, u"crashwriter"_s);
    Unlocks unlocks(**home, u"crashwriter"_s);
    Guard guard({ledger, policies, unlocks});
    guard.add(std::unique_ptr<Executor>(executor));
    if (parser.isSet(u"file-limit"_s)) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlim_t bytes = parser.value(u"file-limit"_s).toULongLong();
        const rlimit limit{bytes, bytes};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    const Plan plan = planOf(parser.value(u"prefix"_s), parser.value(u"writes"_s).toInt());
    tests::CrashPoints::arm();
    auto *stream = guard.submit(plan, {plan.hash(), {}, u"test"_s});
    int applied = 0;
    stream->each(&app, [&](const QList<ChangeOutcome> &batch) {
        applied += int(std::ranges::count(batch, Outcome::Applied, &ChangeOutcome::outcome));
    });
    stream->then(&app, [&](const core::Result<core::Done> &end) {
        std::printf("%d %d %s\n", tests::CrashPoints::count(), applied,
                    end ? "done" : qPrintable(end.error().kindName() + u": "_s + end.error().message));
        std::fflush(stdout);
        QCoreApplication::exit(0);
    });
    return QCoreApplication::exec();
}
