// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/rpcconnection.h"

#include "core/base/log.h"
#include "core/base/transient.h"
#include "core/nacos/session/rpcanswer.h"
#include "core/nacos/wire/internalmessages.h"
#include "core/nacos/wire/payloadcodec.h"
#include "core/net/grpc/bridge.h"
#include "core/net/sshtunnel.h"
#include "core/net/tlsfiles.h"
#include "core/net/wirerecorder.h"

#include <nacos_grpc_service.grpc.pb.h>
#include <QElapsedTimer>
#include <QLocale>
#include <QNetworkInterface>
#include <QRegularExpression>
#include <QTimer>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::nacos {

namespace {

constexpr auto CheckTimeout = 3s;
constexpr auto AckTimeout = 5s;
/// Servers that don't negotiate give no sign of having registered us; the SDKs wait that long, too.
constexpr auto RegistrationGrace = 100ms;
constexpr int HealthTries = 2;
/// How long a connection that was replaced is kept for the calls still on it.
constexpr auto RetirePatience = 15s;

/// A caller who gives up hears nothing; what is cancelled here was cut off together with its connection.
Error asLoss(Error error)
{
    if (error.kind == Error::Kind::Cancelled)
        error = {Error::Kind::Network, u"the connection was lost before the answer came"_s, 0, true};
    return error;
}

/// A message of which it is likely that its size is the reason when the server breaks the call off.
constexpr qint64 LargeMessage = 1024 * 1024;
constexpr int ResourceExhausted = 8;

QString sizeText(qint64 bytes)
{
    return u"%1 (%2 bytes)"_s.arg(QLocale::c().formattedDataSize(bytes, 1)).arg(bytes);
}

/// The error of a call whose request had so many bytes. Servers of gRPC name their limit in words of their own, or only break off: those
/// in Java before anything of the request was looked at.
Error sized(Error error, qint64 bytes)
{
    static const QRegularExpression limits(
        u"maximum size (?<most>[0-9]+): (?<is>[0-9]+)|than max \\((?<is2>[0-9]+) vs\\. (?<most2>[0-9]+)"_s);
    const auto match = error.code == ResourceExhausted ? limits.match(error.message) : QRegularExpressionMatch();
    if (match.hasMatch()) {
        const qint64 is = (match.captured(u"is"_s) + match.captured(u"is2"_s)).toLongLong();
        const qint64 most = (match.captured(u"most"_s) + match.captured(u"most2"_s)).toLongLong();
        if (is == bytes)
            return {Error::Kind::Rejected, u"the server takes messages of at most %1, this one has %2"_s.arg(sizeText(most), sizeText(is)),
                    error.code, false};
    }
    if (isOutOfReach(error) && error.kind != Error::Kind::Timeout && bytes >= LargeMessage) {
        error.message +=
            u"; it broke off while %1 were sent: perhaps the server takes no message of that size (Nacos: 10 MiB over gRPC, unless "
            "max-inbound-message-size says otherwise)"_s.arg(sizeText(bytes));
        error.retryable = false;
    }
    return error;
}

net::WireRecorder::Message recordable(const wire::Message &message)
{
    return {QString::fromUtf8(message.type), message.body};
}

} // namespace

QByteArray ownAddress()
{
    static const QByteArray address = [] {
        for (const QHostAddress &candidate : QNetworkInterface::allAddresses()) {
            if (candidate.protocol() == QAbstractSocket::IPv4Protocol && !candidate.isLoopback() && !candidate.isLinkLocal())
                return candidate.toString().toLatin1();
        }
        return "127.0.0.1"_ba;
    }();
    return address;
}

QString clientVersion()
{
    return u"Nacos-Signalbox-Client:v" SIGNALBOX_VERSION ""_s;
}

struct RpcConnection::Private {
    using Payloads = net::BidiStream<::Payload, ::Payload, wire::Message>;

    Private(RpcConnection *owner, net::GrpcRuntime &grpc, const Settings &chosen)
        : q(owner)
        , runtime(grpc)
        , settings(chosen)
    {
        watchdog.setSingleShot(true);
        QObject::connect(&watchdog, &QTimer::timeout, owner, [this] { whenSilent(); });
    }

    enum class State { New, Checking, Setup, Ready, Ended };

    void end(const Error &why);
    void connectWith(const std::optional<net::TlsFiles> &files);
    void check();
    void explain(const Error &error);
    void setUp(bool negotiates);
    void becomeReady();
    void received(std::vector<wire::Message> &&messages);
    void whenSilent();
    void heard() { silence.restart(); }
    wire::Message internal(const char *type, const QByteArray &body) const { return {type, {}, settings.address, body}; }
    void send(const wire::Message &message)
    {
        if (settings.recorder)
            settings.recorder->sent(recorded, recordable(message));
        ::Payload payload;
        wire::toPayload(message, &payload);
        stream->write(std::move(payload));
    }

    RpcConnection *q;
    net::GrpcRuntime &runtime;
    Settings settings;
    State state = State::New;
    std::optional<QMap<QString, bool>> abilities;
    QTimer watchdog;
    QElapsedTimer silence;
    int healthFailures = 0;
    int openCalls = 0;
    bool retired = false;
    int recorded = 0; ///< our number in the recording
    std::unique_ptr<net::GrpcChannel> channel;
    std::shared_ptr<::Request::Stub> stub;
    std::unique_ptr<::BiRequestStream::Stub> streamStub;
    std::unique_ptr<Payloads> stream;
};

RpcConnection::RpcConnection(net::GrpcRuntime &runtime, const Settings &settings, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(this, runtime, settings))
{
}

RpcConnection::~RpcConnection() = default;

bool RpcConnection::isReady() const
{
    return m_d->state == Private::State::Ready;
}

QString RpcConnection::target() const
{
    return m_d->settings.target;
}

std::optional<QMap<QString, bool>> RpcConnection::abilities() const
{
    return m_d->abilities;
}

void RpcConnection::open()
{
    Q_ASSERT(m_d->state == Private::State::New);
    m_d->state = Private::State::Checking;
    if (!m_d->settings.tls)
        return m_d->connectWith(std::nullopt);
    // Anew for each connection: certificates are renewed.
    m_d->settings.tls->read(m_d->settings.connectTimeout, this)->then(this, [this](const Result<net::TlsFiles> &files) {
        if (files)
            m_d->connectWith(*files);
        else
            m_d->end(files.error());
    });
}

void RpcConnection::Private::connectWith(const std::optional<net::TlsFiles> &files)
{
    net::ChannelOptions options;
    options.tls = files;
    options.proxy = settings.proxy;
    options.keepAlive = 360s;
    options.connectTimeout = settings.connectTimeout;
    auto opened = net::GrpcChannel::open(runtime, settings.target, options);
    if (!opened) {
        QTimer::singleShot(0, q, [this, error = opened.error()] { end(error); });
        return;
    }
    channel = std::move(*opened);
    if (settings.recorder)
        recorded = settings.recorder->connection();
    stub = ::Request::NewStub(channel->grpc());
    streamStub = ::BiRequestStream::NewStub(channel->grpc());
    check();
}

void RpcConnection::Private::end(const Error &why)
{
    if (std::exchange(state, State::Ended) == State::Ended)
        return;
    watchdog.stop();
    stream.reset();
    if (retired)
        q->deleteLater();
    // Before there is a channel the way was not gone yet.
    Q_EMIT q->ended(channel && settings.proxy.tunnel && isOutOfReach(why) ? net::throughTunnel(why, *settings.proxy.tunnel, settings.target)
                                                                          : why);
}

void RpcConnection::Private::check()
{
    Call request;
    request.message = internal(wire::ServerCheckRequest::typeName, wire::ServerCheckRequest().toBody());
    request.deadline = std::max<std::chrono::milliseconds>(settings.connectTimeout, CheckTimeout);
    request.decode = [](Result<wire::Message> &&message) -> std::shared_ptr<void> {
        return std::make_shared<Result<wire::ServerCheckResponse>>(openAnswer<wire::ServerCheckResponse>(std::move(message)));
    };
    q->call(std::move(request), q, [this](const std::shared_ptr<void> &value) {
        const auto &answer = *static_cast<const Result<wire::ServerCheckResponse> *>(value.get());
        if (state != State::Checking)
            return;
        if (!answer)
            return explain(answer.error());
        setUp(answer->supportAbilityNegotiation);
    });
}

/// Of a refused certificate gRPC says little more than that it was refused, and of a client certificate that is missing not even that:
/// a look at what the server presents tells.
void RpcConnection::Private::explain(const Error &error)
{
    if (!settings.tls || (error.kind != Error::Kind::Tls && error.kind != Error::Kind::Network))
        return end(error);
    const QUrl place(u"grpc://"_s + settings.target);
    const net::CertificateTarget target{place.host(), quint16(place.port()), settings.tls->policy(), settings.proxy,
                                        settings.connectTimeout};
    net::inspectCertificate(target, q, settings.tls->workers())->then(q, [this, error](const Result<net::CertificateFacts> &facts) {
        if (state != State::Checking)
            return;
        if (!facts)
            return end(facts.error().kind == Error::Kind::Tls ? facts.error() : error);
        Error told = error;
        if (!facts->problems.isEmpty()) {
            const QString why = u"gRPC: %1: TLS: %2"_s.arg(settings.target, facts->problems.join(u"; "_s));
            told = {Error::Kind::Tls, why, error.code, false};
        } else if (settings.tls->policy().certFile.isEmpty()) {
            told.message += u" (its certificate is accepted; perhaps the server wants a client certificate)"_s;
        }
        end(told);
    });
}

void RpcConnection::Private::setUp(bool negotiates)
{
    state = State::Setup;
    stream = std::make_unique<Payloads>(
        *channel,
        Payloads::Handlers{[](::Payload &&payload) { return wire::fromPayload(payload); },
                           [this](std::vector<wire::Message> &&messages) { received(std::move(messages)); },
                           [this](const Result<Done> &result) {
                               if (settings.recorder)
                                   settings.recorder->closed(recorded);
                               // A clean end is a lost connection, too: the server dropped us.
                               end(result ? Error{Error::Kind::Network, u"the server ended the connection"_s, 0, true} : result.error());
                           }});
    stream->start([this](auto *context, auto *reactor) { streamStub->async()->requestBiStream(context, reactor); });
    wire::ConnectionSetupRequest setup;
    setup.clientVersion = clientVersion();
    setup.tenant = settings.tenant;
    setup.labels = settings.labels;
    // What a server may ask of us; an absent table would leave us without the server's.
    setup.abilityTable = QMap<QString, bool>{{u"fuzzyWatch"_s, true}};
    send(internal(wire::ConnectionSetupRequest::typeName, setup.toBody()));
    if (negotiates)
        watchdog.start(AckTimeout);
    else
        QTimer::singleShot(RegistrationGrace, q, [this] { becomeReady(); });
}

void RpcConnection::Private::becomeReady()
{
    if (state != State::Setup)
        return;
    state = State::Ready;
    heard();
    watchdog.start(settings.idle);
    Q_EMIT q->ready();
}

void RpcConnection::Private::received(std::vector<wire::Message> &&messages)
{
    heard();
    const QPointer<RpcConnection> alive(q);
    for (const wire::Message &message : messages) {
        if (settings.recorder)
            settings.recorder->received(recorded, recordable(message));
        if (message.type == wire::SetupAckRequest::typeName) {
            if (const auto ack = wire::SetupAckRequest::fromBody(message.body))
                abilities = ack->abilityTable;
            becomeReady();
        } else if (message.type == wire::ClientDetectionRequest::typeName) {
            wire::PlainResponse response;
            response.head.requestId = wire::requestIdOf(message.body);
            send(internal("ClientDetectionResponse", response.toBody()));
        } else {
            Q_EMIT q->pushed(message);
        }
        if (!alive || state == State::Ended)
            return;
    }
}

void RpcConnection::Private::whenSilent()
{
    if (state == State::Setup)
        return end(Error{Error::Kind::Timeout, u"the server did not acknowledge the connection"_s, 0, true});
    if (state != State::Ready)
        return;
    const auto quiet = std::chrono::milliseconds(silence.elapsed());
    if (quiet < settings.idle) {
        watchdog.start(settings.idle - quiet);
        return;
    }
    Call request;
    request.message = internal(wire::HealthCheckRequest::typeName, wire::HealthCheckRequest().toBody());
    request.deadline = CheckTimeout;
    request.decode = [](Result<wire::Message> &&message) -> std::shared_ptr<void> {
        auto result = std::make_shared<Result<Done>>(Done{});
        if (!message) {
            *result = fail(message.error());
        } else if (const auto head = readHead(message->body); !head || !head->isSuccess()) {
            *result = fail(head ? rpcError(*head) : head.error());
        }
        return result;
    };
    q->call(std::move(request), q, [this](const std::shared_ptr<void> &value) {
        const auto &answer = *static_cast<const Result<Done> *>(value.get());
        if (state != State::Ready)
            return;
        if (answer)
            healthFailures = 0;
        else if (answer.error().kind != Error::Kind::Timeout || ++healthFailures >= HealthTries)
            return end(answer.error());
        watchdog.start(answer ? settings.idle : 0ms);
    });
}

std::function<void()> RpcConnection::call(Call call, QObject *receiver, Handler handler)
{
    Private *d = m_d.get();
    if (!d->channel || d->state == Private::State::Ended) {
        auto value = call.decode(fail(Error::Kind::Network, u"not connected"_s));
        QMetaObject::invokeMethod(
            receiver, [handler = std::move(handler), value = std::move(value)] { handler(value); }, Qt::QueuedConnection);
        return [] {};
    }
    using Unary = net::UnaryCall<std::shared_ptr<void>, ::Payload, ::Payload>;
    Unary unary;
    if (call.message.clientIp.isEmpty())
        call.message.clientIp = m_d->settings.address;
    wire::toPayload(call.message, &unary.request);
    unary.deadline = call.deadline;
    const auto bytes = qint64(unary.request.ByteSizeLong());
    const auto decode = std::make_shared<decltype(call.decode)>(std::move(call.decode));
    std::function<void(const wire::Message *)> record = [](const wire::Message *) {};
    if (d->settings.recorder) {
        record = [recorder = d->settings.recorder, number = d->recorded, request = recordable(call.message)](const wire::Message *answer) {
            recorder->call(number, request, answer ? std::optional(recordable(*answer)) : std::nullopt);
        };
    }
    unary.decode = [decode, record](::Payload &&payload) -> Result<std::shared_ptr<void>> {
        wire::Message message = wire::fromPayload(payload);
        record(&message);
        if (message.type.isEmpty())
            return (*decode)(fail(Error::Kind::BadReply, u"a Nacos payload without a type"_s));
        return (*decode)(std::move(message));
    };
    auto start = [stub = d->stub](auto *context, auto *request, auto *response, auto done) {
        stub->async()->request(context, request, response, std::move(done));
    };
    const QPointer<RpcConnection> self(this);
    ++d->openCalls;
    // Goes with the handler: after the answer, or when the caller gives up.
    std::shared_ptr<void> counted(nullptr, [self](void *) {
        if (self && --self->m_d->openCalls == 0 && self->m_d->retired)
            self->deleteLater();
    });
    net::CallHandle handle =
        net::startUnary(*d->channel, std::move(unary), std::move(start), receiver,
                        [self, decode, counted, record, bytes, handler = std::move(handler)](Result<std::shared_ptr<void>> &&result) {
                            if (self && result)
                                self->m_d->heard();
                            if (!result)
                                record(nullptr);
                            handler(result ? *result : (*decode)(fail(sized(asLoss(result.error()), bytes))));
                        });
    return [handle]() mutable { handle.cancel(); };
}

void RpcConnection::retire()
{
    m_d->retired = true;
    if (m_d->openCalls == 0)
        deleteLater();
    else
        QTimer::singleShot(RetirePatience, this, &QObject::deleteLater);
}

void RpcConnection::answer(const wire::Message &message)
{
    if (!m_d->stream)
        return;
    wire::Message out = message;
    if (out.clientIp.isEmpty())
        out.clientIp = m_d->settings.address;
    m_d->send(out);
}

} // namespace core::nacos
