// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/grpc/grpcruntime.h"

#include "core/base/log.h"
#include "core/base/redactor.h"
#include "core/net/grpc/lockchecks.h"
#include "core/net/grpc/runtimecore.h"

#include <grpc/support/log.h>
#include <mutex>
#include <QEvent>

namespace core::net {

namespace {

/// gRPC's own complaints go where everything goes, not to standard error. Any thread.
void takeGrpcLog(gpr_log_func_args *line)
{
    qCDebug(logNet).noquote() << "gRPC:" << Redactor::redact(QString::fromUtf8(line->message));
}

} // namespace

GrpcRuntime::GrpcRuntime(QObject *parent)
    : QObject(parent)
    , m_core(std::make_shared<RuntimeCore>(this))
{
    static std::once_flag once;
    std::call_once(once, [] {
        leaveOutLockChecks();
        gpr_set_log_function(takeGrpcLog);
    });
}

GrpcRuntime::~GrpcRuntime()
{
    shutdown();
}

bool GrpcRuntime::event(QEvent *event)
{
    if (event->type() != RuntimeCore::DrainEvent)
        return QObject::event(event);
    m_core->drain();
    return true;
}

GrpcRuntime::Ending GrpcRuntime::shutdown(std::chrono::milliseconds limit)
{
    return m_core->shutdown(limit) ? Ending::Clean : Ending::Abandoned;
}

int GrpcRuntime::liveCalls() const
{
    return static_cast<int>(m_core->liveCalls());
}

int GrpcRuntime::openChannels() const
{
    return static_cast<int>(m_core->openChannels());
}

} // namespace core::net
