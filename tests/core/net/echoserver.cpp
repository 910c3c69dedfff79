// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/echoserver.h"

#include <chrono>
#include <deque>
#include <grpcpp/alarm.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/server_callback.h>

namespace tests {

namespace {

using signalbox::test::Word;

/// "fail 5" → 5; nothing after the word → otherwise.
int numberAfter(const std::string &text, const std::string &word, int otherwise)
{
    return text.size() > word.size() ? std::stoi(text.substr(word.size())) : otherwise;
}

bool begins(const std::string &text, const char *word)
{
    return text.rfind(word, 0) == 0;
}

/// Finishes a unary call when an alarm rings or the client gives up, whichever comes first.
class Later final : public grpc::ServerUnaryReactor {
public:
    explicit Later(int milliseconds)
    {
        m_alarm.Set(std::chrono::system_clock::now() + std::chrono::milliseconds(milliseconds), [this](bool) { Finish(grpc::Status::OK); });
    }
    void OnCancel() override { m_alarm.Cancel(); }
    void OnDone() override { delete this; }

private:
    grpc::Alarm m_alarm;
};

} // namespace

class EchoServer::Talk final : public grpc::ServerBidiReactor<Word, Word> {
public:
    explicit Talk(EchoServer &server)
        : m_server(server)
    {
        ++m_server.m_openStreams;
        StartRead(&m_incoming);
    }
    void OnReadDone(bool ok) override
    {
        if (!ok)
            return finish(grpc::Status::OK);
        const std::string text = m_incoming.text();
        if (begins(text, "end")) {
            const int code = numberAfter(text, "end", 0);
            return finish(code == 0 ? grpc::Status::OK : grpc::Status(grpc::StatusCode(code), "asked to end"));
        }
        if (begins(text, "many")) {
            const int count = numberAfter(text, "many", 1);
            for (int i = 0; i < count; ++i) {
                Word word;
                word.set_text("one of many");
                word.set_number(i);
                say(std::move(word));
            }
        } else if (begins(text, "heavy")) {
            const int count = numberAfter(text, "heavy", 1);
            for (int i = 0; i < count; ++i) {
                Word word;
                word.set_text(std::string(1024 * 1024, 'x'));
                word.set_number(i);
                say(std::move(word));
            }
        } else if (text == "deaf") {
            m_deaf = true;
            return;
        } else if (text != "quiet") {
            say(m_incoming);
        }
        StartRead(&m_incoming);
    }
    void OnWriteDone(bool ok) override
    {
        const std::lock_guard lock(m_mutex);
        m_outgoing.pop_front();
        m_writing = false;
        if (!ok)
            m_outgoing.clear();
        if (!m_outgoing.empty()) {
            m_writing = true;
            StartWrite(&m_outgoing.front());
        } else if (m_ending && !m_finished) {
            m_finished = true;
            Finish(m_status);
        }
    }
    void OnCancel() override
    {
        if (m_deaf) // no read fails that would end it
            finish(grpc::Status::CANCELLED);
    }
    void OnDone() override
    {
        --m_server.m_openStreams;
        delete this;
    }

private:
    void say(Word word)
    {
        const std::lock_guard lock(m_mutex);
        m_outgoing.push_back(std::move(word));
        if (!m_writing && !m_ending) {
            m_writing = true;
            StartWrite(&m_outgoing.front());
        }
    }
    void finish(const grpc::Status &status)
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_ending, true))
            return;
        m_status = status;
        if (!m_writing && !std::exchange(m_finished, true))
            Finish(m_status);
    }

    EchoServer &m_server;
    Word m_incoming;
    std::atomic<bool> m_deaf = false;
    std::mutex m_mutex;
    std::deque<Word> m_outgoing;
    grpc::Status m_status;
    bool m_writing = false, m_ending = false, m_finished = false;
};

class EchoServer::Service final : public signalbox::test::Echo::CallbackService {
public:
    explicit Service(EchoServer &server)
        : m_server(server)
    {
    }

    grpc::ServerUnaryReactor *Say(grpc::CallbackServerContext *context, const Word *request, Word *answer) override
    {
        ++m_server.m_calls;
        m_server.met(context->peer());
        const std::string &text = request->text();
        *answer = *request;
        if (begins(text, "never"))
            return new Later(3'600'000);
        if (begins(text, "slow"))
            return new Later(numberAfter(text, "slow", 50));
        grpc::ServerUnaryReactor *reactor = context->DefaultReactor();
        if (begins(text, "big"))
            answer->set_text(std::string(static_cast<std::size_t>(numberAfter(text, "big", 1)), 'x'));
        if (text == "metadata") {
            const auto it = context->client_metadata().find("x-test");
            answer->set_text(it == context->client_metadata().end() ? std::string() : std::string(it->second.data(), it->second.size()));
        }
        if (begins(text, "fail"))
            reactor->Finish(grpc::Status(grpc::StatusCode(numberAfter(text, "fail", 13)), "asked to fail, accessToken=abcdef"));
        else
            reactor->Finish(grpc::Status::OK);
        return reactor;
    }
    grpc::ServerBidiReactor<Word, Word> *Talk(grpc::CallbackServerContext *context) override
    {
        ++m_server.m_streams;
        m_server.met(context->peer());
        return new EchoServer::Talk(m_server);
    }

private:
    EchoServer &m_server;
};

EchoServer::EchoServer(std::optional<Tls> tls, int port)
    : m_service(std::make_unique<Service>(*this))
{
    grpc::ServerBuilder builder;
    std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
    if (tls) {
        grpc::SslServerCredentialsOptions options(tls->clientCaPem.isEmpty() ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                                                             : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
        options.pem_root_certs = tls->clientCaPem.toStdString();
        options.pem_key_cert_pairs.push_back({tls->certificate.keyPem.toStdString(), tls->certificate.certPem.toStdString()});
        credentials = grpc::SslServerCredentials(options);
    }
    builder.AddListeningPort("127.0.0.1:" + std::to_string(port), credentials, &m_port);
    builder.SetMaxReceiveMessageSize(64 * 1024 * 1024);
    builder.RegisterService(m_service.get());
    m_server = builder.BuildAndStart();
    if (!m_server)
        qFatal("no gRPC server on loopback");
}

EchoServer::~EchoServer()
{
    stop();
}

void EchoServer::stop()
{
    if (m_server) {
        m_server->Shutdown(std::chrono::system_clock::now());
        m_server->Wait();
        m_server.reset();
    }
}

QString EchoServer::target() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_port);
}

int EchoServer::peers() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_peers.size());
}

void EchoServer::met(const std::string &peer)
{
    const std::lock_guard lock(m_mutex);
    ++m_peers[peer];
}

} // namespace tests
