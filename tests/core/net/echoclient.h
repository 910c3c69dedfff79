// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/grpc/bridge.h"
#include "echo.grpc.pb.h"

#include <QString>

namespace tests {

using signalbox::test::Word;
using Talk = core::net::BidiStream<Word, Word, QString>;

inline Word word(const QString &text)
{
    Word message;
    message.set_text(text.toStdString());
    return message;
}

/// What a protocol module's client looks like on top of the bridge.
class EchoClient {
public:
    EchoClient(core::net::GrpcRuntime &runtime, const QString &target, core::net::ChannelOptions options = direct())
    {
        auto channel = core::net::GrpcChannel::open(runtime, target, options);
        if (!channel)
            qFatal("%s", qPrintable(channel.error().message));
        m_channel = *std::move(channel);
        m_stub = signalbox::test::Echo::NewStub(m_channel->grpc());
    }
    ~EchoClient()
    {
        m_stub.reset();
        m_channel.reset();
    }
    static core::net::ChannelOptions direct()
    {
        core::net::ChannelOptions options;
        options.proxy.kind = core::net::ProxyPolicy::Kind::None;
        return options;
    }
    core::net::GrpcChannel &channel() { return *m_channel; }

    core::net::UnaryCall<QString, Word, Word> call(const QString &text, std::chrono::milliseconds deadline = std::chrono::seconds(15)) const
    {
        core::net::UnaryCall<QString, Word, Word> call;
        call.request = word(text);
        call.deadline = deadline;
        call.decode = [](Word &&answer) -> core::Result<QString> { return QString::fromStdString(answer.text()); };
        return call;
    }
    auto starter() const
    {
        return [stub = m_stub.get()](auto *context, auto *request, auto *answer, auto done) {
            stub->async()->Say(context, request, answer, std::move(done));
        };
    }
    core::Reply<QString> *say(const QString &text, std::chrono::milliseconds deadline = std::chrono::seconds(15))
    {
        return core::net::unaryReply(*m_channel, call(text, deadline), starter());
    }
    std::unique_ptr<Talk> talk(std::function<void(std::vector<QString> &&)> received,
                               std::function<void(const core::Result<core::Done> &)> closed, std::function<void()> decoded = {})
    {
        Talk::Handlers handlers;
        handlers.decode = [decoded = std::move(decoded)](Word &&message) {
            if (decoded)
                decoded();
            return QString::fromStdString(message.text()) + QString::number(message.number());
        };
        handlers.received = std::move(received);
        handlers.closed = std::move(closed);
        auto stream = std::make_unique<Talk>(*m_channel, std::move(handlers));
        stream->start([stub = m_stub.get()](auto *context, auto *reactor) { stub->async()->Talk(context, reactor); });
        return stream;
    }

private:
    std::unique_ptr<core::net::GrpcChannel> m_channel;
    std::unique_ptr<signalbox::test::Echo::Stub> m_stub;
};

} // namespace tests
