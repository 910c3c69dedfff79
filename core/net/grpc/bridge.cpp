// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/grpc/bridge.h"

#include "core/base/redactor.h"
#include "core/base/transient.h"
#include "core/net/proxyfactory.h"
#include "core/net/sshtunnel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

class OpenChannel final : public ChannelState {
public:
    explicit OpenChannel(std::shared_ptr<grpc::Channel> channel)
        : m_channel(std::move(channel))
    {
    }
    void close() override { m_channel.reset(); }

private:
    std::shared_ptr<grpc::Channel> m_channel;
};

QByteArray sha256OfPem(grpc::string_ref pem)
{
    const QByteArrayView text(pem.data(), static_cast<qsizetype>(pem.size()));
    constexpr QByteArrayView Begin = "-----BEGIN CERTIFICATE-----", End = "-----END CERTIFICATE-----";
    const qsizetype from = text.indexOf(Begin);
    const qsizetype to = from < 0 ? -1 : text.indexOf(End, from);
    if (to < 0)
        return {};
    const QByteArray der = QByteArray::fromBase64(text.sliced(from + Begin.size(), to - from - Begin.size()).toByteArray());
    return QCryptographicHash::hash(der, QCryptographicHash::Sha256);
}

/// Accepts the one certificate the person accepted. Runs on gRPC's threads.
class PinVerifier final : public grpc::experimental::ExternalCertificateVerifier {
public:
    explicit PinVerifier(QByteArray sha256)
        : m_sha256(std::move(sha256))
    {
    }
    bool Verify(grpc::experimental::TlsCustomVerificationCheckRequest *request, std::function<void(grpc::Status)>,
                grpc::Status *status) override
    {
        const bool same = sha256OfPem(request->peer_cert()) == m_sha256;
        *status = same ? grpc::Status::OK
                       : grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "TLS handshake: it is not the certificate that was accepted");
        return true;
    }
    void Cancel(grpc::experimental::TlsCustomVerificationCheckRequest *) override {}

private:
    QByteArray m_sha256;
};

std::shared_ptr<grpc::ChannelCredentials> credentialsFor(const std::optional<TlsFiles> &files)
{
    if (!files)
        return grpc::InsecureChannelCredentials();
    if (files->policy.trust != TlsPolicy::Trust::Fingerprint) {
        grpc::SslCredentialsOptions options;
        options.pem_root_certs = files->roots.toStdString();
        options.pem_private_key = files->key.toStdString();
        options.pem_cert_chain = files->certificateChain.toStdString();
        return grpc::SslCredentials(options);
    }
    using namespace grpc::experimental;
    TlsChannelCredentialsOptions options;
    options.set_verify_server_certs(false);
    options.set_check_call_host(false);
    options.set_certificate_verifier(ExternalCertificateVerifier::Create<PinVerifier>(files->policy.sha256));
    if (!files->key.isEmpty()) {
        options.set_certificate_provider(std::make_shared<StaticDataCertificateProvider>(
            std::vector<IdentityKeyCertPair>{{files->key.toStdString(), files->certificateChain.toStdString()}}));
        options.watch_identity_key_cert_pairs();
    }
    return TlsCredentials(options);
}

int milliseconds(std::chrono::milliseconds time)
{
    return static_cast<int>(std::clamp<qint64>(time.count(), 0, std::numeric_limits<int>::max()));
}

/// What gRPC itself makes of GRPC_ARG_HTTP_PROXY, but for the look at no_proxy: a proxy that was named is used. Answers where to
/// connect to.
QString connectThrough(const QString &proxyHost, int proxyPort, const QByteArray &authorization, const QString &target,
                       grpc::ChannelArguments &arguments)
{
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetString("grpc.http_connect_server", target.toStdString());
    if (!authorization.isEmpty())
        arguments.SetString("grpc.http_connect_headers", "Proxy-Authorization:" + authorization.toStdString());
    // Certificates are checked against, and requests name, the server.
    arguments.SetString(GRPC_ARG_DEFAULT_AUTHORITY, target.toStdString());
    return tunnelTarget(proxyHost, proxyPort);
}

bool mentionsTls(const QString &message)
{
    return message.contains(u"handshak"_s, Qt::CaseInsensitive) || message.contains(u"certificate"_s, Qt::CaseInsensitive) ||
        message.contains(u"peer name"_s, Qt::CaseInsensitive) || message.contains(u"SSL"_s);
}

Error::Kind kindOf(grpc::StatusCode code, const QString &message)
{
    using Kind = Error::Kind;
    switch (code) {
    case grpc::StatusCode::CANCELLED:
        return Kind::Cancelled;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
        return Kind::Timeout;
    case grpc::StatusCode::UNAVAILABLE:
        return mentionsTls(message) ? Kind::Tls : Kind::Network;
    case grpc::StatusCode::UNAUTHENTICATED:
        return Kind::Auth;
    case grpc::StatusCode::PERMISSION_DENIED:
        return Kind::Forbidden;
    case grpc::StatusCode::NOT_FOUND:
        return Kind::NotFound;
    case grpc::StatusCode::ALREADY_EXISTS:
    case grpc::StatusCode::ABORTED:
        return Kind::Conflict;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
        // gRPC uses the same code for a message over the channel's own limit.
        return message.contains(u"larger than max"_s) ? Kind::BadReply : Kind::RateLimited;
    case grpc::StatusCode::UNIMPLEMENTED:
        return Kind::Unsupported;
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
    case grpc::StatusCode::FAILED_PRECONDITION:
        return Kind::Rejected;
    default:
        return Kind::BadReply;
    }
}

} // namespace

void detail::deliverLater(const std::shared_ptr<CallCore> &call)
{
    if (QCoreApplication *application = QCoreApplication::instance())
        QMetaObject::invokeMethod(
            application, [call] { call->deliver(); }, Qt::QueuedConnection);
}

Error grpcError(const grpc::Status &status)
{
    const QString said = QString::fromStdString(status.error_message());
    const Error::Kind kind = kindOf(status.error_code(), said);
    return {kind, Redactor::redact(u"gRPC: "_s + said), static_cast<int>(status.error_code()), isTransient(kind)};
}

Result<std::unique_ptr<GrpcChannel>> GrpcChannel::open(GrpcRuntime &runtime, const QString &target, const ChannelOptions &options)
{
    const QUrl place(u"grpc://"_s + target, QUrl::StrictMode);
    if (!place.isValid() || place.host().isEmpty() || place.port() <= 0 || !place.userInfo().isEmpty() || !place.path().isEmpty())
        return fail(Error::Kind::Usage, u"not host:port: "_s + Redactor::redact(target));
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(options.maxMessage);
    arguments.SetMaxSendMessageSize(options.maxMessage);
    // As the smallest back-off this is also how long one connection attempt may take.
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, milliseconds(options.connectTimeout));
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5000);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetUserAgentPrefix("signalbox/" SIGNALBOX_VERSION);
    if (options.keepAlive.count() > 0) {
        arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, milliseconds(options.keepAlive));
        arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, milliseconds(options.keepAliveTimeout));
        arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
    }
    QString connectTo = target;
    switch (options.proxy.kind) {
    case ProxyPolicy::Kind::Ssh:
        if (!options.proxy.tunnel)
            return fail(Error::Kind::Internal, u"an SSH tunnel that was not made"_s);
        connectTo = connectThrough(u"127.0.0.1"_s, options.proxy.tunnel->port(), options.proxy.tunnel->authorization(), target, arguments);
        break;
    case ProxyPolicy::Kind::Socks5:
        return fail(Error::Kind::Unsupported, u"gRPC connections cannot use a SOCKS5 proxy"_s);
    case ProxyPolicy::Kind::Http:
        connectTo = connectThrough(options.proxy.host, options.proxy.port, {}, target, arguments);
        break;
    case ProxyPolicy::Kind::None:
        arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
        break;
    case ProxyPolicy::Kind::System:
        if (isLoopback(place.host()))
            arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
        break;
    }

    auto channel = std::unique_ptr<GrpcChannel>(new GrpcChannel);
    channel->m_target = target;
    channel->m_runtime = runtime.core();
    channel->m_channel = grpc::CreateCustomChannel(connectTo.toStdString(), credentialsFor(options.tls), arguments);
    channel->m_state = std::make_shared<OpenChannel>(channel->m_channel);
    channel->m_runtime->add(channel->m_state);
    return channel;
}

GrpcChannel::~GrpcChannel()
{
    // First our reference, then the runtime's: the last one closes it.
    m_channel.reset();
    if (m_runtime)
        m_runtime->drop(m_state.get());
}

} // namespace core::net
