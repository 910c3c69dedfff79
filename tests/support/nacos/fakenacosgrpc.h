// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/configmessages.h"
#include "core/nacos/wire/message.h"

#include <functional>
#include <memory>
#include <optional>
#include <QList>
#include <QMap>

namespace tests {

/// How the server treats one unary call.
struct RpcAnswer {
    enum class Fault {
        None,
        Hang,    ///< never answers (until the client gives up or the server stops)
        Drop,    ///< gRPC status UNAVAILABLE
        TooLong, ///< gRPC status RESOURCE_EXHAUSTED with the words of servers in Java: MostBytes and the size of the request
        CutOff,  ///< gRPC status CANCELLED: what older ones of these make of it
        Garbage, ///< a payload whose body is not JSON
        NoType   ///< a payload without a type
    };
    static constexpr int MostBytes = 10 * 1024 * 1024;
    core::nacos::wire::Message message;
    Fault fault = Fault::None;

    RpcAnswer() = default;
    RpcAnswer(const core::nacos::wire::Message &answer)
        : message(answer)
    {
    }
    RpcAnswer(Fault what)
        : fault(what)
    {
    }
};

/// The gRPC half of a Nacos server on loopback, as far as clients of configurations need it: connection set-up, pushes, a small store of
/// configurations with listeners. Answers as told instead, where told. Every method may be called from the test's thread; handlers run on
/// gRPC threads.
class FakeNacosGrpc final {
public:
    using Handler = std::function<RpcAnswer(const core::nacos::wire::Message &)>;

    FakeNacosGrpc();
    ~FakeNacosGrpc();

    int port() const;
    QString target() const;

    // Behaviour.
    void on(const char *type, Handler handler);                             ///< instead of the built-in answer
    void builtIn(const char *type);                                         ///< the built-in answer again
    void setAbilities(const std::optional<QMap<QString, bool>> &abilities); ///< nullopt: does not negotiate
    void setSilentSetup(bool silent);                                       ///< takes the setup and says nothing
    void requireToken(const QByteArray &token);                             ///< 403 for business requests without it; empty: none needed

    // The store. `tenant` as canonical ID.
    void put(const QString &tenant, const QString &group, const QString &dataId, const QByteArray &content);
    void remove(const QString &tenant, const QString &group, const QString &dataId);
    QByteArray content(const QString &tenant, const QString &group, const QString &dataId) const; ///< null: none

    // Connections.
    void push(const core::nacos::wire::Message &message); ///< to every stream
    void forgetConnections();                             ///< streams stay open, unary calls get 301
    enum class End { Clean, Unavailable };
    void endStreams(End how);
    void stop();   ///< refuses connections
    void resume(); ///< the same port again
    int streams() const;
    int setups() const;

    // What came in.
    QList<core::nacos::wire::Message> seen(const char *type) const;
    QList<core::nacos::wire::Message> onStream(const char *type) const;
    void forget();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace tests
