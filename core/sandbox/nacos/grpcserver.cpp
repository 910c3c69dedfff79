// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/grpcserver.h"

#include "core/nacos/wire/internalmessages.h"
#include "core/nacos/wire/payloadcodec.h"
#include "core/net/grpc/lockchecks.h"

#include <chrono>
#include <deque>
#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_callback.h>
#include <nacos_grpc_service.grpc.pb.h>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

Q_LOGGING_CATEGORY(logGrpc, "signalbox.sandbox.grpc", QtInfoMsg)

constexpr int MaximumMessage = 64 * 1024 * 1024; // 10 Mi characters, every one escaped as \uXXXX
constexpr qsizetype MaximumQueue = 20000;        // pushes a client has not read; then it is dropped
/// gRPC and protobuf write on standard error whatever a broken client sends; here it goes where all messages go.
void redirectLogs()
{
    google::protobuf::SetLogHandler(
        [](google::protobuf::LogLevel, const char *, int, const std::string &message) { qCDebug(logGrpc) << message.c_str(); });
    gpr_set_log_function([](gpr_log_func_args *entry) { qCDebug(logGrpc) << entry->message; });
}

constexpr auto ShutdownPatience = std::chrono::milliseconds(300);

/// The stream of one client. gRPC owns the reactor until OnDone; everybody else holds the channel, which forgets the reactor then.
class StreamReactor final : public grpc::ServerBidiReactor<::Payload, ::Payload> {
public:
    class Channel final : public PushChannel {
    public:
        explicit Channel(StreamReactor *reactor)
            : m_reactor(reactor)
        {
        }
        void write(const wire::Message &message) override;
        void close(const QString &reason) override;
        void hurry() override;
        void detach()
        {
            const std::lock_guard lock(m_mutex);
            m_reactor = nullptr;
        }
        void written(bool ok);
        void finish(const grpc::Status &status);

    private:
        void startNext();
        void finishLocked(const grpc::Status &status);
        std::mutex m_mutex;
        StreamReactor *m_reactor;
        std::deque<::Payload> m_queue; ///< the first one is under way while m_writing
        bool m_writing = false, m_finished = false;
        std::optional<grpc::Status> m_finishWith; ///< waits for the write under way
    };

    StreamReactor(grpc::CallbackServerContext *context, const RpcHandler &handler)
        : m_context(context)
        , m_handler(handler)
        , m_peer(context->peer())
        , m_channel(std::make_shared<Channel>(this))
    {
        StartRead(&m_incoming);
    }

    void OnReadDone(bool ok) override
    {
        if (!ok)
            return m_channel->finish(grpc::Status::OK);
        m_handler.streamed(m_peer, wire::fromPayload(m_incoming), m_channel);
        m_incoming.Clear();
        StartRead(&m_incoming);
    }
    void OnWriteDone(bool ok) override { m_channel->written(ok); }
    void OnCancel() override { m_channel->finish(grpc::Status::CANCELLED); }
    void OnDone() override
    {
        m_channel->detach();
        m_handler.streamEnded(m_peer, m_channel.get());
        delete this;
    }

private:
    grpc::CallbackServerContext *m_context;
    const RpcHandler &m_handler;
    const std::string m_peer;
    const std::shared_ptr<Channel> m_channel;
    ::Payload m_incoming;
};

void StreamReactor::Channel::write(const wire::Message &message)
{
    const std::lock_guard lock(m_mutex);
    if (!m_reactor || m_finished || m_finishWith)
        return;
    if (qsizetype(m_queue.size()) >= MaximumQueue)
        return finishLocked({grpc::StatusCode::RESOURCE_EXHAUSTED, "the client does not read its pushes"});
    wire::toPayload(message, &m_queue.emplace_back());
    if (!m_writing)
        startNext();
}

void StreamReactor::Channel::startNext()
{
    m_writing = true;
    m_reactor->StartWrite(&m_queue.front());
}

void StreamReactor::Channel::written(bool ok)
{
    const std::lock_guard lock(m_mutex);
    m_writing = false;
    if (!m_queue.empty())
        m_queue.pop_front();
    if (!m_reactor || m_finished)
        return;
    if (m_finishWith)
        finishLocked(*m_finishWith);
    else if (!ok)
        finishLocked(grpc::Status::CANCELLED);
    else if (!m_queue.empty())
        startNext();
}

void StreamReactor::Channel::finish(const grpc::Status &status)
{
    const std::lock_guard lock(m_mutex);
    finishLocked(status);
}

void StreamReactor::Channel::finishLocked(const grpc::Status &status)
{
    if (!m_reactor || m_finished)
        return;
    if (m_writing) { // gRPC wants the write to end first
        if (!m_finishWith)
            m_finishWith = status;
        return;
    }
    m_finished = true;
    m_reactor->Finish(status);
}

void StreamReactor::Channel::close(const QString &reason)
{
    finish({grpc::StatusCode::UNAVAILABLE, reason.toStdString()});
}

void StreamReactor::Channel::hurry()
{
    const std::lock_guard lock(m_mutex);
    if (m_reactor && !m_finished)
        m_reactor->m_context->TryCancel();
}

class RequestService final : public ::Request::CallbackService {
public:
    RequestService(const RpcHandler &handler, const Faults &faults, GrpcServer::Later later)
        : m_handler(handler)
        , m_faults(faults)
        , m_later(std::move(later))
    {
    }

    grpc::ServerUnaryReactor *request(grpc::CallbackServerContext *context, const ::Payload *incoming, ::Payload *outgoing) override
    {
        grpc::ServerUnaryReactor *reactor = context->DefaultReactor();
        wire::Message message = wire::fromPayload(*incoming);
        const Faults::Fate fate = m_faults.decide(message.type);
        if (fate.isHarmless()) {
            m_handler.request(context->peer(), message,
                              [reactor, outgoing](const wire::Message &answer) { end(answer, reactor, outgoing); });
            return reactor;
        }
        auto go = [this, fate, peer = context->peer(), message = std::move(message), reactor, outgoing] {
            suffer({fate, peer, message, reactor, outgoing});
        };
        if (fate.latencyMs > 0)
            m_later(fate.latencyMs, std::move(go));
        else
            go();
        return reactor;
    }

private:
    struct Victim {
        const Faults::Fate &fate;
        const std::string &peer;
        const wire::Message &message;
        grpc::ServerUnaryReactor *reactor;
        ::Payload *outgoing;
    };
    void suffer(const Victim &victim)
    {
        grpc::ServerUnaryReactor *reactor = victim.reactor;
        ::Payload *outgoing = victim.outgoing;
        if (victim.fate.drop)
            return reactor->Finish({grpc::StatusCode::UNAVAILABLE, "sandbox fault: drop"});
        if (victim.fate.deny || victim.fate.status != 0) {
            const int code = victim.fate.deny ? wire::code::NoRight : victim.fate.status;
            const wire::ResponseHead head = wire::ResponseHead::failure(code, u"sandbox fault"_s);
            wire::toPayload({"ErrorResponse"_ba, {}, {}, wire::PlainResponse{head}.toBody()}, outgoing);
            return reactor->Finish(grpc::Status::OK);
        }
        m_handler.request(victim.peer, victim.message, [reactor, outgoing, truncate = victim.fate.truncate](wire::Message answer) {
            if (truncate)
                answer.body.truncate(answer.body.size() / 2);
            end(answer, reactor, outgoing);
        });
    }
    static void end(const wire::Message &answer, grpc::ServerUnaryReactor *reactor, ::Payload *outgoing)
    {
        if (answer.type.isEmpty())
            return reactor->Finish({grpc::StatusCode::UNAVAILABLE, "no answer"});
        wire::toPayload(answer, outgoing);
        reactor->Finish(grpc::Status::OK);
    }

    const RpcHandler &m_handler;
    const Faults &m_faults;
    const GrpcServer::Later m_later;
};

class StreamService final : public ::BiRequestStream::CallbackService {
public:
    explicit StreamService(const RpcHandler &handler)
        : m_handler(handler)
    {
    }
    grpc::ServerBidiReactor<::Payload, ::Payload> *requestBiStream(grpc::CallbackServerContext *context) override
    {
        return new StreamReactor(context, m_handler);
    }

private:
    const RpcHandler &m_handler;
};

} // namespace

struct GrpcServer::Private {
    RequestService requests;
    StreamService streams;
    std::unique_ptr<grpc::Server> server;
};

GrpcServer::GrpcServer(const RpcHandler &handler, const Faults &faults, Later later)
    : m_d(new Private{RequestService(handler, faults, std::move(later)), StreamService(handler), nullptr})
{
    core::net::leaveOutLockChecks();
    redirectLogs();
}

GrpcServer::~GrpcServer()
{
    stop();
}

Result<Done> GrpcServer::listenOnLoopback(quint16 port, Families families)
{
    grpc::ServerBuilder builder;
    int bound4 = 0, bound6 = 0;
    builder.AddListeningPort("127.0.0.1:" + std::to_string(port), grpc::InsecureServerCredentials(), &bound4);
    if (families == Families::Both)
        builder.AddListeningPort("[::1]:" + std::to_string(port), grpc::InsecureServerCredentials(), &bound6);
    builder.RegisterService(&m_d->requests);
    builder.RegisterService(&m_d->streams);
    builder.SetMaxReceiveMessageSize(MaximumMessage);
    builder.SetMaxSendMessageSize(-1);
    // A second server on the same port must fail, not share it.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    // SDKs ping an idle connection every minute; none of them is to be sent away for it.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 1000);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 0);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    m_d->server = builder.BuildAndStart();
    if (!m_d->server || bound4 == 0 || (families == Families::Both && bound6 == 0))
        return fail(Error::Kind::Network, u"cannot listen on 127.0.0.1:%1 for gRPC"_s.arg(port));
    return Done{};
}

void GrpcServer::stop()
{
    if (!m_d->server)
        return;
    m_d->server->Shutdown(std::chrono::system_clock::now() + ShutdownPatience);
    m_d->server->Wait();
    m_d->server.reset();
}

} // namespace core::sandbox::nacos
