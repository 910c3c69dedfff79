// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/ports.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr quint16 GrpcOffset = 1000;
constexpr int Attempts = 100;

bool isFree(quint16 port)
{
    for (const auto address : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        QTcpServer probe;
        if (!probe.listen(QHostAddress(address), port) && probe.serverError() == QAbstractSocket::AddressInUseError)
            return false;
    }
    return true;
}

} // namespace

quint16 Ports::grpc() const
{
    return m_main ? m_main->port() + GrpcOffset : 0;
}

void Ports::close()
{
    m_main.reset();
    m_console.reset();
    // Calls that wait for a fault's latency have to end before gRPC can.
    m_delays.flush();
    m_grpc.reset();
}

Result<Done> Ports::open(const Wanted &wanted, const Behind &behind)
{
    Result<Done> pair = openPair(wanted.main, behind);
    for (int i = 0; !pair && wanted.main == 0 && i < Attempts; ++i)
        pair = openPair(0, behind);
    if (!pair || !wanted.console)
        return pair;
    Result<Done> console = openConsole(*wanted.console, behind);
    for (int i = 0; !console && *wanted.console == 0 && i < Attempts; ++i)
        console = openConsole(0, behind);
    return console;
}

Result<Done> Ports::openPair(quint16 port, const Behind &behind)
{
    m_main = std::make_unique<HttpServer>(behind.main);
    if (Result<Done> listening = m_main->listenOnLoopback(port); !listening)
        return listening;
    const quint16 actual = m_main->port();
    if (actual > 65535 - GrpcOffset)
        return fail(port == 0 ? Error::Kind::Network : Error::Kind::Usage, u"no room for the gRPC port above %1"_s.arg(actual));
    const quint16 grpcPort = actual + GrpcOffset;
    if (!isFree(grpcPort))
        return fail(Error::Kind::Network, u"the gRPC port %1 is taken"_s.arg(grpcPort));
    m_grpc = std::make_unique<GrpcServer>(behind.rpc, behind.faults,
                                          [this](int ms, std::function<void()> what) { m_delays.run(ms, std::move(what)); });
    return m_grpc->listenOnLoopback(grpcPort, m_main->listensOnIpv6() ? GrpcServer::Families::Both : GrpcServer::Families::Ipv4);
}

Result<Done> Ports::openConsole(quint16 port, const Behind &behind)
{
    m_console = std::make_unique<HttpServer>(behind.console);
    return m_console->listenOnLoopback(port);
}

} // namespace core::sandbox::nacos
