// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/sandbox/grpcprobe.h"

#include "core/nacos/wire/payloadcodec.h"

#include <atomic>
#include <grpcpp/grpcpp.h>
#include <mutex>
#include <nacos_grpc_service.grpc.pb.h>
#include <QJsonDocument>
#include <QTest>
#include <thread>

using namespace Qt::StringLiterals;

namespace tests {

struct GrpcProbe::Private {
    std::shared_ptr<grpc::Channel> channel;
    std::unique_ptr<::Request::Stub> requests;
    std::unique_ptr<::BiRequestStream::Stub> streams;
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::ClientReaderWriter<::Payload, ::Payload>> stream;
    std::thread reader;
    mutable std::mutex mutex;
    std::mutex writing;
    QList<wire::Message> pushes;
    std::atomic<bool> ended = false, answering = false;
    std::atomic<int> status = -1;

    void write(const wire::Message &message)
    {
        ::Payload payload;
        wire::toPayload(message, &payload);
        const std::lock_guard lock(writing);
        stream->Write(payload);
    }
    void read()
    {
        ::Payload payload;
        while (stream->Read(&payload)) {
            const wire::Message message = wire::fromPayload(payload);
            {
                const std::lock_guard lock(mutex);
                pushes.append(message);
            }
            if (answering && message.type != "SetupAckRequest") {
                wire::PlainResponse response;
                response.head.requestId = wire::requestIdOf(message.body);
                write({message.type.chopped(7) + "Response", {}, {}, response.toBody()});
            }
        }
        status = stream->Finish().error_code();
        ended = true;
    }
};

GrpcProbe::GrpcProbe(quint16 port)
    : m_d(std::make_unique<Private>())
{
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetMaxReceiveMessageSize(-1);
    m_d->channel = grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments);
    m_d->requests = ::Request::NewStub(m_d->channel);
    m_d->streams = ::BiRequestStream::NewStub(m_d->channel);
}

GrpcProbe::~GrpcProbe()
{
    drop();
}

void GrpcProbe::drop()
{
    if (m_d->context)
        m_d->context->TryCancel();
    if (m_d->reader.joinable())
        m_d->reader.join();
    m_d->stream.reset();
    m_d->requests.reset();
    m_d->streams.reset();
    m_d->channel.reset();
}

QJsonObject GrpcProbe::Answer::body() const
{
    return QJsonDocument::fromJson(message.body).object();
}

GrpcProbe::Answer GrpcProbe::call(const wire::Message &message)
{
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    ::Payload request, response;
    wire::toPayload(message, &request);
    const grpc::Status status = m_d->requests->request(&context, request, &response);
    return {status.ok(), status.error_code(), wire::fromPayload(response)};
}

GrpcProbe::Answer GrpcProbe::publish(const QString &dataId, const QByteArray &content, const QString &casMd5,
                                     const QMap<QString, QString> &more)
{
    wire::ConfigPublishRequest request;
    request.key = {tenant, group, dataId};
    request.content = content;
    request.casMd5 = casMd5;
    request.additions = more;
    return call(request);
}

GrpcProbe::Answer GrpcProbe::query(const QString &dataId, const QString &tag)
{
    return call(wire::ConfigQueryRequest{{tenant, group, dataId}, tag});
}

GrpcProbe::Answer GrpcProbe::listen(const QString &spelled, const QString &dataId, const QByteArray &md5)
{
    wire::ConfigBatchListenRequest request;
    request.items.append({{spelled, group, dataId}, md5});
    return call(request);
}

void GrpcProbe::openStream()
{
    m_d->context = std::make_unique<grpc::ClientContext>();
    m_d->stream = m_d->streams->requestBiStream(m_d->context.get());
    m_d->reader = std::thread([this] { m_d->read(); });
}

void GrpcProbe::connectStream(Negotiation negotiation, const QByteArray &clientIp)
{
    connectionId = call(wire::ServerCheckRequest{}).body().value("connectionId"_L1).toString();
    openStream();
    wire::ConnectionSetupRequest setup;
    setup.clientVersion = u"Nacos-Test-Client:v1"_s;
    setup.labels = {{u"source"_s, u"sdk"_s}, {u"module"_s, u"config"_s}, {u"AppName"_s, u"probe"_s}};
    if (negotiation == Negotiation::Yes)
        setup.abilityTable.emplace();
    wire::Message message = wire::makeMessage(setup);
    message.clientIp = clientIp;
    send(message);
    if (negotiation == Negotiation::Yes) {
        QVERIFY(waitFor("SetupAckRequest"));
    } else {
        QTRY_VERIFY(call(wire::HealthCheckRequest{}).success());
    }
}

void GrpcProbe::send(const wire::Message &message)
{
    m_d->write(message);
}

void GrpcProbe::answerPushes()
{
    m_d->answering = true;
}

QList<wire::Message> GrpcProbe::pushes() const
{
    const std::lock_guard lock(m_d->mutex);
    return m_d->pushes;
}

int GrpcProbe::count(const QByteArray &type) const
{
    const QList<wire::Message> all = pushes();
    return int(std::count_if(all.begin(), all.end(), [&type](const wire::Message &message) { return message.type == type; }));
}

bool GrpcProbe::waitFor(const QByteArray &type, int nth) const
{
    return QTest::qWaitFor([&] { return count(type) > nth; }, 10000);
}

QJsonObject GrpcProbe::push(const QByteArray &type, int nth) const
{
    const QList<wire::Message> all = pushes();
    for (const wire::Message &message : all) {
        if (message.type == type && nth-- == 0)
            return QJsonDocument::fromJson(message.body).object();
    }
    return {};
}

bool GrpcProbe::streamEnded() const
{
    return m_d->ended;
}

int GrpcProbe::streamStatus() const
{
    return m_d->status;
}

} // namespace tests
