// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/grpc/grpcruntime.h"

#include "core/net/grpc/runtimecore.h"

#include <QEvent>

namespace core::net {

GrpcRuntime::GrpcRuntime(QObject *parent)
    : QObject(parent)
    , m_core(std::make_shared<RuntimeCore>(this))
{
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
