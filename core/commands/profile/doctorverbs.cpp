// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/context.h"
#include "core/commands/common/withregistry.h"
#include "core/commands/profile/profileverbs.h"
#include "core/credentials/secretvault.h"
#include "core/nacos/session/doctor.h"
#include "core/net/grpc/grpcruntime.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

using nacos::DoctorStep;

QString outcomeName(DoctorStep::Outcome outcome)
{
    switch (outcome) {
    case DoctorStep::Outcome::Ok:
        return u"ok"_s;
    case DoctorStep::Outcome::Warning:
        return u"warning"_s;
    case DoctorStep::Outcome::Failed:
        return u"failed"_s;
    case DoctorStep::Outcome::Skipped:
        break;
    }
    return u"skipped"_s;
}

Result<profiles::Profile> named(Invocation &call)
{
    return call.arguments().isEmpty() ? call.context().profile() : call.context().profile(call.argument(0));
}

/// What went wrong first decides the exit code.
int codeFor(const DoctorStep &step)
{
    if (step.id == "login"_L1 || step.id.startsWith("rights"_L1))
        return ExitNoRight;
    if (step.id == "version"_L1)
        return ExitFailed;
    return ExitNetwork;
}

void doctor(Invocation &call)
{
    const auto profile = named(call);
    if (!profile)
        return call.finish(profile.error());
    if (const auto supplied = call.context().supplySecret(*profile); !supplied)
        return call.finish(supplied.error());
    auto steps = std::make_shared<QList<DoctorStep>>();
    Context &context = call.context();
    auto *stream = nacos::examine(*profile, {context.grpc(), context.secrets(), context.recorder().value_or(nullptr)}, &call);
    call.running(stream);
    stream->each(&call, [&call, steps](const QList<DoctorStep> &batch) {
        for (const DoctorStep &step : batch) {
            *steps << step;
            call.output().text(
                u"%1  %2  %3 ms  %4"_s.arg(outcomeName(step.outcome), -8).arg(step.id, -12).arg(step.milliseconds, 5).arg(step.finding));
            if (!step.remedy.isEmpty())
                call.output().text(u"          → "_s + step.remedy);
        }
    });
    stream->then(&call, [&call, steps](const Result<Done> &end) {
        if (!end)
            return call.finish(end.error());
        QJsonArray items;
        int code = ExitDone;
        for (const DoctorStep &step : *steps) {
            items.append(QJsonObject{{u"step"_s, step.id},
                                     {u"outcome"_s, outcomeName(step.outcome)},
                                     {u"finding"_s, step.finding},
                                     {u"remedy"_s, step.remedy},
                                     {u"durationMs"_s, step.milliseconds}});
            if (step.outcome == DoctorStep::Outcome::Failed && code == ExitDone)
                code = codeFor(step);
        }
        call.output().document({{u"healthy"_s, code == ExitDone}, {u"steps"_s, items}});
        call.finish(code);
    });
}

void tellTest(Invocation &call, const nacos::Capabilities &found)
{
    QJsonObject planes;
    for (auto it = found.planes.constBegin(); it != found.planes.constEnd(); ++it)
        planes.insert(nacos::planeName(it.key()),
                      QJsonObject{{u"reachable"_s, it->reachable}, {u"url"_s, it->url}, {u"problem"_s, it->problem}});
    call.output().document({{u"ok"_s, true},
                            {u"version"_s, found.version},
                            {u"generation"_s, nacos::generationName(found.generation)},
                            {u"planes"_s, planes},
                            {u"sandbox"_s, found.sandbox}});
    call.output().text(u"ok: "_s + found.summary());
    call.finish(ExitDone);
}

void test(Invocation &call)
{
    const auto profile = named(call);
    if (!profile)
        return call.finish(profile.error());
    auto *opening = call.context().registry(*profile, nacos::Session::Use::Interactive);
    call.running(opening);
    opening->then(&call, [&call](const Result<nacos::Registry *> &registry) {
        if (!registry)
            return call.finish(registry.error());
        auto *every = (*registry)->session().everyPlane();
        call.running(every);
        every->then(&call,
                    [&call](const Result<nacos::Capabilities> &found) { found ? tellTest(call, *found) : call.finish(found.error()); });
    });
}

} // namespace

void addDoctorVerbs(CommandTable &table)
{
    table.add({u"profile"_s, u"test"_s, u"[NAME]"_s, u"connects and logs in"_s, 0, 1, {}, test});
    table.add({u"profile"_s, u"doctor"_s, u"[NAME]"_s, u"each step with its time, cause and remedy"_s, 0, 1, {}, doctor});
}

} // namespace core::commands
