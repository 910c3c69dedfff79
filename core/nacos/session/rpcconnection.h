// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/nacos/wire/message.h"
#include "core/net/proxypolicy.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <QMap>
#include <QObject>

namespace core::net {
class GrpcRuntime;
class TlsFilesReader;
class WireRecorder;
} // namespace core::net

namespace core::nacos {

/// This computer's address as servers show it, and compare with the addresses of a beta release.
QByteArray ownAddress();

/// One gRPC connection to one server, from ServerCheck to its loss; never reused after `ended`. Answers client
/// detection and checks the connection when it was silent for 5 s. Lives in the GUI thread; answers are decoded on gRPC threads.
class RpcConnection final : public QObject {
    Q_OBJECT
public:
    struct Settings {
        QString target;                           ///< host:port
        std::shared_ptr<net::TlsFilesReader> tls; ///< null: plain text; all servers of a connection may share one
        net::ProxyPolicy proxy;
        std::chrono::milliseconds connectTimeout = std::chrono::seconds(3);
        std::chrono::milliseconds idle = std::chrono::seconds(5); ///< silence after which the health is checked
        QString tenant;                                           ///< of the setup; informative
        QMap<QString, QString> labels;
        QByteArray address = ownAddress();           ///< what we say it is
        std::shared_ptr<net::WireRecorder> recorder; ///< may be null
    };
    RpcConnection(net::GrpcRuntime &runtime, const Settings &settings, QObject *parent = nullptr);
    /// Open calls end with Network: what they did is not known.
    ~RpcConnection() override;

    /// Starts; ends in `ready` or `ended`.
    void open();
    bool isReady() const;
    QString target() const;
    /// What the server can do; nullopt: it does not tell (2.2 and older, r-nacos).
    std::optional<QMap<QString, bool>> abilities() const;

    struct Call {
        wire::Message message;
        std::chrono::milliseconds deadline = std::chrono::seconds(15);
        /// Makes the caller's value; on a gRPC thread for answers, in the GUI thread for errors of the transport. Must be pure.
        std::function<std::shared_ptr<void>(Result<wire::Message> &&)> decode;
    };
    using Handler = std::function<void(const std::shared_ptr<void> &)>;
    /// The handler is called in the GUI thread, never inside this call, at most once, not when `receiver` is gone. Answers a function
    /// that gives the call up.
    std::function<void()> call(Call call, QObject *receiver, Handler handler);

    /// Another one has taken its place: deletes itself when the calls on it have their answers.
    void retire();

    /// An answer to a push, on the stream.
    void answer(const wire::Message &message);

Q_SIGNALS:
    void ready();
    /// Once; also when the server ends the stream with success.
    void ended(const core::Error &why);
    /// Everything the server sends but setup and client detection.
    void pushed(const core::nacos::wire::Message &message);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

/// "Nacos-Signalbox-Client:v0.1.0"
QString clientVersion();

} // namespace core::nacos

Q_DECLARE_METATYPE(core::nacos::wire::Message)
