// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/sandbox/sandboxverbs.h"

#include "core/commands/common/context.h"
#include "core/commands/common/invocation.h"
#include "core/profiles/practice.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

profiles::PracticeServers *serversOf(Invocation &call)
{
    profiles::PracticeServers::Options options;
    options.home = call.context().homePath();
    return new profiles::PracticeServers(options, &call);
}

void tell(Invocation &call, const profiles::PracticeEndpoints &endpoints)
{
    QJsonObject document = endpoints.ready;
    document.insert(u"running"_s, true);
    document.insert(u"profile"_s, profiles::PracticeServers::slug());
    call.output().document(document);
    call.output().text(u"Nacos %1, gRPC %2, console %3 (process %4); connection name: %5"_s
                           .arg(endpoints.nacosHttp, endpoints.nacosGrpc, endpoints.nacosConsole)
                           .arg(endpoints.pid)
                           .arg(profiles::PracticeServers::slug()));
    call.finish(ExitDone);
}

void start(Invocation &call)
{
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    auto *reply = serversOf(call)->start(profiles::PracticeServers::Lifetime::UntilStop);
    call.running(reply);
    reply->then(&call, [&call](const Result<profiles::PracticeEndpoints> &endpoints) {
        endpoints ? tell(call, *endpoints) : call.finish(endpoints.error());
    });
}

void stop(Invocation &call)
{
    auto *reply = serversOf(call)->stop();
    call.running(reply);
    reply->then(&call, [&call](const Result<Done> &done) {
        if (!done)
            return call.finish(done.error());
        call.output().document({{u"running"_s, false}});
        call.output().text(u"stopped"_s);
        call.finish(ExitDone);
    });
}

void status(Invocation &call)
{
    auto *servers = serversOf(call);
    if (const auto endpoints = servers->running())
        return tell(call, *endpoints);
    call.output().document({{u"running"_s, servers->isRunning()}});
    call.output().text(servers->isRunning() ? u"starting"_s : u"not running"_s);
    call.finish(ExitDone);
}

} // namespace

void addSandboxVerbs(CommandTable &table)
{
    table.add({u"sandbox"_s, u"start"_s, {}, u"starts the practice servers of this home; they run until stopped"_s, 0, 0, {}, start});
    table.add({u"sandbox"_s, u"stop"_s, {}, u"stops them"_s, 0, 0, {}, stop});
    table.add({u"sandbox"_s, u"status"_s, {}, u"whether and where they run"_s, 0, 0, {}, status});
}

} // namespace core::commands
