// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "echo.grpc.pb.h"
#include "tests/support/testcertificates.h"

#include <atomic>
#include <grpcpp/server.h>
#include <map>
#include <memory>
#include <mutex>
#include <QString>
#include <string>

namespace tests {

/// A gRPC server on 127.0.0.1:0 that does what the words say.
/// Say: "hello" → the same · "big N" → N bytes · "fail CODE" → that status · "slow MS" · "never" · "metadata" → value of x-test
/// Talk: each word is sent back · "many N" → N words · "end" → clean end · "end CODE" → that status · "quiet" → nothing ·
/// "deaf" → reads nothing any more
class EchoServer {
public:
    struct Tls {
        TestCertificates::Pair certificate;
        QByteArray clientCaPem; ///< empty: no client certificate is asked for
    };
    explicit EchoServer(std::optional<Tls> tls = std::nullopt, int port = 0);
    ~EchoServer();

    QString target() const; ///< 127.0.0.1:port
    int port() const { return m_port; }
    int calls() const { return m_calls; }
    int streams() const { return m_streams; }
    int openStreams() const { return m_openStreams; }
    int peers() const; ///< TCP connections that calls came on
    /// As kill -9 would look to the client: no call is waited for.
    void stop();

private:
    class Service;
    class Talk;
    void met(const std::string &peer);

    std::atomic<int> m_calls = 0, m_streams = 0, m_openStreams = 0;
    mutable std::mutex m_mutex;
    std::map<std::string, int> m_peers;
    std::unique_ptr<Service> m_service;
    std::unique_ptr<grpc::Server> m_server;
    int m_port = 0;
};

} // namespace tests
