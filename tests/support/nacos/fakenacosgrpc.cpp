// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/nacos/fakenacosgrpc.h"

#include "core/nacos/wire/internalmessages.h"
#include "core/nacos/wire/payloadcodec.h"

#include <deque>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/server_callback.h>
#include <mutex>
#include <nacos_grpc_service.grpc.pb.h>
#include <QCryptographicHash>
#include <set>

namespace wire = core::nacos::wire;

namespace tests {

namespace {

QString canonical(const QString &tenant)
{
    return tenant.isEmpty() ? QStringLiteral("public") : tenant;
}

QByteArray md5(const QByteArray &content)
{
    return content.isNull() ? QByteArray() : QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
}

using Name = std::tuple<QString, QString, QString>;

Name nameOf(const wire::ConfigContext &key)
{
    return {canonical(key.tenant), key.group, key.dataId};
}

} // namespace

struct FakeNacosGrpc::Private {
    class Stream;
    class Unary final : public ::Request::CallbackService {
    public:
        explicit Unary(Private &owner)
            : m_d(owner)
        {
        }
        grpc::ServerUnaryReactor *request(grpc::CallbackServerContext *context, const ::Payload *in, ::Payload *out) override
        {
            return m_d.serve(context, *in, out);
        }

    private:
        Private &m_d;
    };
    class Streams final : public ::BiRequestStream::CallbackService {
    public:
        explicit Streams(Private &owner)
            : m_d(owner)
        {
        }
        grpc::ServerBidiReactor<::Payload, ::Payload> *requestBiStream(grpc::CallbackServerContext *context) override;

    private:
        Private &m_d;
    };

    class Stream final : public grpc::ServerBidiReactor<::Payload, ::Payload> {
    public:
        Stream(Private &owner, std::string peer)
            : m_d(owner)
            , m_peer(std::move(peer))
        {
            StartRead(&m_in);
        }
        void OnReadDone(bool ok) override
        {
            if (!ok) {
                finish(grpc::Status::OK);
                return;
            }
            m_d.streamSaid(this, wire::fromPayload(m_in));
            m_in = ::Payload();
            StartRead(&m_in);
        }
        void OnWriteDone(bool ok) override
        {
            const std::lock_guard lock(m_mutex);
            m_out.pop_front();
            if (ok && !m_out.empty() && !m_finished)
                StartWrite(&m_out.front());
        }
        void OnCancel() override { finish(grpc::Status::CANCELLED); }
        void OnDone() override { m_d.streamGone(this); }
        void write(const wire::Message &message)
        {
            const std::lock_guard lock(m_mutex);
            if (m_finished)
                return;
            m_out.emplace_back();
            wire::toPayload(message, &m_out.back());
            if (m_out.size() == 1)
                StartWrite(&m_out.front());
        }
        void finish(const grpc::Status &status)
        {
            {
                const std::lock_guard lock(m_mutex);
                if (std::exchange(m_finished, true))
                    return;
            }
            Finish(status);
        }
        const std::string &peer() const { return m_peer; }

    private:
        Private &m_d;
        const std::string m_peer;
        ::Payload m_in;
        std::mutex m_mutex;
        std::deque<::Payload> m_out;
        bool m_finished = false;
    };

    void start()
    {
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:" + std::to_string(port), grpc::InsecureServerCredentials(), &port);
        // Without this a second server on a port in use would start, and share it.
        builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
        builder.SetMaxReceiveMessageSize(64 * 1024 * 1024);
        builder.RegisterService(&unary);
        builder.RegisterService(&bidi);
        server = builder.BuildAndStart();
    }
    void stop()
    {
        if (!server)
            return;
        std::set<grpc::ServerUnaryReactor *> waiting;
        const auto live = streams();
        {
            const std::lock_guard lock(mutex);
            waiting.swap(hanging);
            registered.clear();
        }
        for (auto *reactor : waiting)
            reactor->Finish({grpc::StatusCode::UNAVAILABLE, "going down"});
        for (const auto &stream : live)
            stream->finish({grpc::StatusCode::UNAVAILABLE, "going down"});
        server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(2));
        server->Wait();
        server.reset();
    }

    grpc::ServerUnaryReactor *serve(grpc::CallbackServerContext *context, const ::Payload &in, ::Payload *out);
    RpcAnswer answer(const wire::Message &request, const std::string &peer);
    wire::Message failure(int code, const QString &why) const
    {
        wire::PlainResponse response;
        response.head = wire::ResponseHead::failure(code, why);
        return {"ErrorResponse", {}, {}, response.toBody()};
    }
    void streamSaid(Stream *stream, const wire::Message &message);
    void streamGone(Stream *stream)
    {
        std::shared_ptr<Stream> last;
        const std::lock_guard lock(mutex);
        registered.erase(stream->peer());
        const auto it = open.find(stream);
        last = std::move(it->second);
        open.erase(it);
    }
    /// Held by the caller, so that none goes away while it is written to.
    QList<std::shared_ptr<Stream>> streams() const
    {
        const std::lock_guard lock(mutex);
        QList<std::shared_ptr<Stream>> list;
        for (const auto &[key, stream] : open)
            list.append(stream);
        return list;
    }
    void notify(const Name &name);
    wire::Message query(const wire::Message &request);
    wire::Message publish(const wire::Message &request);
    wire::Message listen(const wire::Message &request);

    Unary unary{*this};
    Streams bidi{*this};
    std::unique_ptr<grpc::Server> server;
    int port = 0;

    mutable std::mutex mutex; ///< guards everything below
    std::map<QByteArray, Handler> handlers;
    std::optional<QMap<QString, bool>> abilities = QMap<QString, bool>{{QStringLiteral("fuzzyWatch"), true}};
    bool silentSetup = false;
    QByteArray token;
    std::map<Name, QByteArray> store;
    std::map<Name, QString> listening; ///< tenant as spelled
    std::map<Stream *, std::shared_ptr<Stream>> open;
    std::set<std::string> registered;
    std::set<grpc::ServerUnaryReactor *> hanging;
    QList<wire::Message> requests, streamed;
    int setups = 0;
    int pushes = 0;
};

grpc::ServerBidiReactor<::Payload, ::Payload> *FakeNacosGrpc::Private::Streams::requestBiStream(grpc::CallbackServerContext *context)
{
    const auto stream = std::make_shared<Stream>(m_d, context->peer());
    const std::lock_guard lock(m_d.mutex);
    m_d.open[stream.get()] = stream;
    return stream.get();
}

grpc::ServerUnaryReactor *FakeNacosGrpc::Private::serve(grpc::CallbackServerContext *context, const ::Payload &in, ::Payload *out)
{
    class Reactor final : public grpc::ServerUnaryReactor {
    public:
        explicit Reactor(Private &owner)
            : m_d(owner)
        {
        }
        void OnCancel() override
        {
            bool mine = false;
            {
                const std::lock_guard lock(m_d.mutex);
                mine = m_d.hanging.erase(this) > 0;
            }
            if (mine)
                Finish(grpc::Status::CANCELLED);
        }
        void OnDone() override { delete this; }

    private:
        Private &m_d;
    };
    auto *reactor = new Reactor(*this);
    const wire::Message request = wire::fromPayload(in);
    const RpcAnswer said = answer(request, context->peer());
    switch (said.fault) {
    case RpcAnswer::Fault::Hang: {
        const std::lock_guard lock(mutex);
        hanging.insert(reactor);
        return reactor;
    }
    case RpcAnswer::Fault::Drop:
        reactor->Finish({grpc::StatusCode::UNAVAILABLE, "dropped"});
        return reactor;
    case RpcAnswer::Fault::TooLong:
        reactor->Finish(
            {grpc::StatusCode::RESOURCE_EXHAUSTED,
             "gRPC message exceeds maximum size " + std::to_string(RpcAnswer::MostBytes) + ": " + std::to_string(in.ByteSizeLong())});
        return reactor;
    case RpcAnswer::Fault::CutOff:
        reactor->Finish(grpc::Status::CANCELLED);
        return reactor;
    case RpcAnswer::Fault::Garbage:
        wire::toPayload({request.type, {}, {}, "{\"resultCode\":200,\"content\":\"half"}, out);
        out->mutable_metadata()->set_type("Garbage");
        break;
    case RpcAnswer::Fault::NoType:
        break;
    case RpcAnswer::Fault::None:
        wire::toPayload(said.message, out);
    }
    reactor->Finish(grpc::Status::OK);
    return reactor;
}

RpcAnswer FakeNacosGrpc::Private::answer(const wire::Message &request, const std::string &peer)
{
    Handler handler;
    bool known = false, allowed = true;
    std::optional<QMap<QString, bool>> can;
    {
        const std::lock_guard lock(mutex);
        requests.append(request);
        const auto it = handlers.find(request.type);
        if (it != handlers.end())
            handler = it->second;
        known = registered.count(peer) > 0;
        allowed = token.isEmpty() || request.headers.value("accessToken") == token;
        can = abilities;
    }
    if (request.type == wire::ServerCheckRequest::typeName && !handler) {
        wire::ServerCheckResponse response;
        response.connectionId = QString::fromStdString(peer);
        response.supportAbilityNegotiation = can.has_value();
        return wire::makeMessage(response);
    }
    if (!known && request.type != wire::ServerCheckRequest::typeName)
        return failure(wire::code::Unregistered, QStringLiteral("Connection is unregistered."));
    if (handler)
        return handler(request);
    if (request.type == wire::HealthCheckRequest::typeName)
        return wire::Message{"HealthCheckResponse", {}, {}, wire::PlainResponse().toBody()};
    if (!allowed)
        return failure(wire::code::NoRight, QStringLiteral("Code: 401, Message: token expired!"));
    if (request.type == wire::ConfigQueryRequest::typeName)
        return query(request);
    if (request.type == wire::ConfigPublishRequest::typeName || request.type == wire::ConfigRemoveRequest::typeName)
        return publish(request);
    if (request.type == wire::ConfigBatchListenRequest::typeName)
        return listen(request);
    return failure(wire::code::NoHandler, QStringLiteral("no handler"));
}

wire::Message FakeNacosGrpc::Private::query(const wire::Message &request)
{
    const auto asked = wire::ConfigQueryRequest::fromBody(request.body);
    wire::ConfigQueryResponse response;
    const std::lock_guard lock(mutex);
    const auto it = store.find(nameOf(asked->key));
    if (it == store.end()) {
        response.head = wire::ResponseHead::failure(wire::code::ConfigNotFound, QStringLiteral("config data not exist"));
    } else {
        response.content = it->second;
        response.contentType = QStringLiteral("text");
        response.md5 = md5(it->second);
        response.lastModified = 1'700'000'000'000;
    }
    return wire::makeMessage(response);
}

wire::Message FakeNacosGrpc::Private::publish(const wire::Message &request)
{
    wire::ConfigPublishResponse response;
    Name name;
    if (request.type == wire::ConfigRemoveRequest::typeName) {
        name = nameOf(wire::ConfigRemoveRequest::fromBody(request.body)->key);
        const std::lock_guard lock(mutex);
        store.erase(name);
    } else {
        const auto asked = wire::ConfigPublishRequest::fromBody(request.body);
        name = nameOf(asked->key);
        const std::lock_guard lock(mutex);
        const auto it = store.find(name);
        if (!asked->casMd5.isEmpty() && it != store.end() && md5(it->second) != asked->casMd5.toLatin1()) {
            response.head = wire::ResponseHead::failure(500, QStringLiteral("Cas publish fail,server md5 may have changed."));
            return wire::makeMessage(response);
        }
        store[name] = asked->content;
    }
    notify(name);
    wire::Message message = wire::makeMessage(response);
    if (request.type == wire::ConfigRemoveRequest::typeName)
        message.type = wire::ConfigRemoveResponse::typeName;
    return message;
}

wire::Message FakeNacosGrpc::Private::listen(const wire::Message &request)
{
    const auto asked = wire::ConfigBatchListenRequest::fromBody(request.body);
    wire::ConfigChangeBatchListenResponse response;
    const std::lock_guard lock(mutex);
    for (const auto &item : asked->items) {
        const Name name = nameOf(item.key);
        if (asked->mode == wire::ConfigBatchListenRequest::Mode::StopListening) {
            listening.erase(name);
            continue;
        }
        listening[name] = item.key.tenant;
        const auto it = store.find(name);
        if ((it == store.end() ? QByteArray() : md5(it->second)) != item.md5)
            response.changed.append(item.key);
    }
    return wire::makeMessage(response);
}

void FakeNacosGrpc::Private::notify(const Name &name)
{
    wire::ConfigChangeNotifyRequest request;
    {
        const std::lock_guard lock(mutex);
        const auto it = listening.find(name);
        if (it == listening.end())
            return;
        request.requestId = QString::number(++pushes);
        request.key = {it->second, std::get<1>(name), std::get<2>(name)};
    }
    for (const auto &stream : streams())
        stream->write(wire::makeMessage(request));
}

void FakeNacosGrpc::Private::streamSaid(Stream *stream, const wire::Message &message)
{
    bool acknowledge = false;
    wire::SetupAckRequest ack;
    {
        const std::lock_guard lock(mutex);
        streamed.append(message);
        if (message.type != wire::ConnectionSetupRequest::typeName)
            return;
        ++setups;
        if (silentSetup)
            return;
        registered.insert(stream->peer());
        acknowledge = abilities.has_value();
        ack.abilityTable = abilities.value_or(QMap<QString, bool>());
        ack.requestId = QString::number(++pushes);
    }
    if (acknowledge)
        stream->write(wire::makeMessage(ack));
}

FakeNacosGrpc::FakeNacosGrpc()
    : m_d(std::make_unique<Private>())
{
    m_d->start();
}

FakeNacosGrpc::~FakeNacosGrpc()
{
    m_d->stop();
}

int FakeNacosGrpc::port() const
{
    return m_d->port;
}

QString FakeNacosGrpc::target() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_d->port);
}

void FakeNacosGrpc::on(const char *type, Handler handler)
{
    const std::lock_guard lock(m_d->mutex);
    m_d->handlers[type] = std::move(handler);
}

void FakeNacosGrpc::builtIn(const char *type)
{
    const std::lock_guard lock(m_d->mutex);
    m_d->handlers.erase(type);
}

void FakeNacosGrpc::setAbilities(const std::optional<QMap<QString, bool>> &abilities)
{
    const std::lock_guard lock(m_d->mutex);
    m_d->abilities = abilities;
}

void FakeNacosGrpc::setSilentSetup(bool silent)
{
    const std::lock_guard lock(m_d->mutex);
    m_d->silentSetup = silent;
}

void FakeNacosGrpc::requireToken(const QByteArray &token)
{
    const std::lock_guard lock(m_d->mutex);
    m_d->token = token;
}

void FakeNacosGrpc::put(const QString &tenant, const QString &group, const QString &dataId, const QByteArray &content)
{
    const Name name{canonical(tenant), group, dataId};
    {
        const std::lock_guard lock(m_d->mutex);
        m_d->store[name] = content;
    }
    m_d->notify(name);
}

void FakeNacosGrpc::remove(const QString &tenant, const QString &group, const QString &dataId)
{
    const Name name{canonical(tenant), group, dataId};
    {
        const std::lock_guard lock(m_d->mutex);
        m_d->store.erase(name);
    }
    m_d->notify(name);
}

QByteArray FakeNacosGrpc::content(const QString &tenant, const QString &group, const QString &dataId) const
{
    const std::lock_guard lock(m_d->mutex);
    const auto it = m_d->store.find({canonical(tenant), group, dataId});
    return it == m_d->store.end() ? QByteArray() : it->second;
}

void FakeNacosGrpc::push(const wire::Message &message)
{
    for (const auto &stream : m_d->streams())
        stream->write(message);
}

void FakeNacosGrpc::forgetConnections()
{
    const std::lock_guard lock(m_d->mutex);
    m_d->registered.clear();
}

void FakeNacosGrpc::endStreams(End how)
{
    {
        const std::lock_guard lock(m_d->mutex);
        m_d->listening.clear();
    }
    for (const auto &stream : m_d->streams())
        stream->finish(how == End::Clean ? grpc::Status::OK : grpc::Status(grpc::StatusCode::UNAVAILABLE, "dropped"));
}

void FakeNacosGrpc::stop()
{
    m_d->stop();
    const std::lock_guard lock(m_d->mutex);
    m_d->listening.clear();
}

void FakeNacosGrpc::resume()
{
    m_d->start();
}

int FakeNacosGrpc::streams() const
{
    const std::lock_guard lock(m_d->mutex);
    return int(m_d->open.size());
}

int FakeNacosGrpc::setups() const
{
    const std::lock_guard lock(m_d->mutex);
    return m_d->setups;
}

QList<wire::Message> FakeNacosGrpc::seen(const char *type) const
{
    const std::lock_guard lock(m_d->mutex);
    QList<wire::Message> found;
    for (const wire::Message &message : m_d->requests) {
        if (message.type == type)
            found.append(message);
    }
    return found;
}

QList<wire::Message> FakeNacosGrpc::onStream(const char *type) const
{
    const std::lock_guard lock(m_d->mutex);
    QList<wire::Message> found;
    for (const wire::Message &message : m_d->streamed) {
        if (message.type == type)
            found.append(message);
    }
    return found;
}

void FakeNacosGrpc::forget()
{
    const std::lock_guard lock(m_d->mutex);
    m_d->requests.clear();
    m_d->streamed.clear();
}

} // namespace tests
