// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/replay/replayserver.h"

#include "core/nacos/wire/internalmessages.h"
#include "core/nacos/wire/responsehead.h"
#include "core/sandbox/nacos/httpapi.h"
#include "core/sandbox/nacos/ports.h"
#include "core/sandbox/replay/tape.h"

#include <deque>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::sandbox::replay {

namespace wire = core::nacos::wire;

namespace {

Q_LOGGING_CATEGORY(logReplay, "signalbox.sandbox.replay", QtInfoMsg)

constexpr int NotRecorded = 501;
constexpr qint64 LongPoll = 1000;      // ms; what took longer waited for something
constexpr qint64 LongestWait = 30'000; // ms

wire::Message messageOf(const net::RecordedMessage &recorded)
{
    return {recorded.type.toUtf8(), {}, {}, recorded.body.bytes};
}

/// Says what was pushed to whom, in order; what is for a connection that does not stand yet waits for it. Thread-safe.
class Pushes {
public:
    explicit Pushes(DelayQueue &delays)
        : m_delays(delays)
    {
        m_clock.start();
    }

    void attach(int connection, const std::string &peer, const std::shared_ptr<nacos::PushChannel> &channel)
    {
        const std::lock_guard lock(m_mutex);
        m_lines[connection].channel = channel;
        m_connections[peer] = {connection, channel.get()};
    }
    /// The recorded connection that ended; 0: it was not one.
    int detach(const std::string &peer, const nacos::PushChannel *channel)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(peer);
        if (found == m_connections.end() || found->second.second != channel)
            return 0;
        const int connection = found->second.first;
        m_connections.erase(found);
        m_lines.erase(connection);
        return connection;
    }
    void say(const std::vector<Tape::Push> &pushes)
    {
        for (const Tape::Push &push : pushes) {
            qint64 pause = 0;
            {
                const std::lock_guard lock(m_mutex);
                Line &line = m_lines[push.connection];
                line.waiting.push_back(push);
                const qint64 now = m_clock.elapsed();
                line.lastDue = std::max(line.lastDue + 1, now + push.milliseconds);
                pause = line.lastDue - now;
            }
            // Outside the lock: at the end of the program it is run at once.
            m_delays.run(int(pause), [this, connection = push.connection] { deliver(connection); });
        }
    }
    /// What waited for the connection.
    void catchUp(int connection)
    {
        std::shared_ptr<nacos::PushChannel> toClose;
        {
            const std::lock_guard lock(m_mutex);
            Line &line = m_lines[connection];
            for (; line.owed > 0 && !toClose; --line.owed)
                toClose = hand(line);
        }
        if (toClose)
            close(*toClose);
    }

private:
    struct Line {
        std::shared_ptr<nacos::PushChannel> channel;
        std::deque<Tape::Push> waiting;
        qint64 lastDue = 0;
        int owed = 0; ///< due, but the connection does not stand
    };
    void deliver(int connection)
    {
        std::shared_ptr<nacos::PushChannel> toClose;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_lines.find(connection);
            if (found == m_lines.end())
                return;
            if (found->second.channel)
                toClose = hand(found->second);
            else
                ++found->second.owed;
        }
        if (toClose)
            close(*toClose);
    }
    /// Written under the lock, so that the order holds; what is to be closed is handed out, because the end calls back.
    static std::shared_ptr<nacos::PushChannel> hand(Line &line)
    {
        if (line.waiting.empty())
            return nullptr;
        const Tape::Push push = std::move(line.waiting.front());
        line.waiting.pop_front();
        if (push.kind == net::RecordedStream::Kind::Closed)
            return line.channel;
        line.channel->write(messageOf(push.message));
        return nullptr;
    }
    static void close(nacos::PushChannel &channel) { channel.close(u"the recorded server ended the connection here"_s); }

    DelayQueue &m_delays;
    QElapsedTimer m_clock;
    std::mutex m_mutex;
    std::map<int, Line> m_lines;
    std::map<std::string, std::pair<int, const nacos::PushChannel *>> m_connections;
};

class Dispatcher final : public nacos::RpcHandler {
public:
    Dispatcher(Tape &tape, Pushes &pushes)
        : m_tape(tape)
        , m_pushes(pushes)
    {
    }
    void request(const std::string &, const wire::Message &request, Answer answer) const override
    {
        auto played = m_tape.call(QString::fromUtf8(request.type), request.body);
        if (!played) {
            qCInfo(logReplay).noquote() << played.error().message;
            const auto head = wire::ResponseHead::failure(NotRecorded, played.error().message);
            return answer({"ErrorResponse"_ba, {}, {}, wire::PlainResponse{head}.toBody()});
        }
        // No type: a call that was not answered.
        answer(played->answer ? messageOf(*played->answer) : wire::Message());
        m_pushes.say(played->pushes);
    }
    void streamed(const std::string &peer, const wire::Message &message, const std::shared_ptr<nacos::PushChannel> &channel) const override
    {
        if (message.type != wire::ConnectionSetupRequest::typeName)
            return;
        const auto setUp = m_tape.setUp(message.body);
        if (!setUp)
            return channel->close(setUp.error().message);
        m_pushes.attach(setUp->connection, peer, channel);
        m_pushes.say(setUp->pushes);
        m_pushes.catchUp(setUp->connection);
    }
    void streamEnded(const std::string &peer, const nacos::PushChannel *channel) const override
    {
        if (const int connection = m_pushes.detach(peer, channel); connection != 0)
            m_tape.left(connection);
    }

private:
    Tape &m_tape;
    Pushes &m_pushes;
};

} // namespace

struct ReplayServer::Private {
    Private(const Options &with, const net::Recording &recording, Faults &someFaults, QObject *context)
        : options(with)
        , faults(someFaults)
        , tape(recording)
        , pushes(ports.delays())
        , dispatcher(tape, pushes)
        , mainGate(faults, nacos::FaultGate::Control::Here, context)
        , consoleGate(faults, nacos::FaultGate::Control::Elsewhere, context)
    {
    }
    ~Private() { ports.close(); }

    void answer(Tape::Plane plane, const HttpRequest &request, const HttpResponder &responder);
    HttpResponse responseOf(const HttpRequest &request, const net::RecordedHttp::Answer &answer) const;

    const Options options;
    Faults &faults;
    Tape tape;
    nacos::Ports ports;
    Pushes pushes;
    Dispatcher dispatcher;
    nacos::FaultGate mainGate, consoleGate;
    QObject waits; ///< ends the answers that still wait
};

ReplayServer::ReplayServer(const Options &options, const net::Recording &recording, Faults &faults, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(options, recording, faults, this))
{
}

ReplayServer::~ReplayServer() = default;

Result<Done> ReplayServer::start()
{
    Private *d = m_d.get();
    const auto behind = [d](nacos::FaultGate &gate, Tape::Plane plane) {
        return [d, &gate, plane](const HttpRequest &request, const HttpResponder &responder) {
            if (d->options.logRequests)
                qCInfo(logReplay).noquote() << request.method << QString::fromUtf8(request.path);
            gate.pass(request, responder, [d, plane](const HttpRequest &passed, const HttpResponder &to) { d->answer(plane, passed, to); });
        };
    };
    return d->ports.open({d->options.port, d->options.consolePort},
                         {behind(d->mainGate, Tape::Plane::Main), behind(d->consoleGate, Tape::Plane::Console), d->dispatcher, d->faults});
}

void ReplayServer::Private::answer(Tape::Plane plane, const HttpRequest &request, const HttpResponder &responder)
{
    const auto played = tape.http(plane, request);
    if (!played) {
        qCInfo(logReplay).noquote() << played.error().message;
        return responder.send(nacos::servletError(NotRecorded, played.error().message, QString::fromUtf8(request.path)));
    }
    if (!played->answer)
        responder.drop();
    else if (played->answer->milliseconds < LongPoll)
        responder.send(responseOf(request, *played->answer));
    else
        QTimer::singleShot(int(std::min(played->answer->milliseconds, LongestWait)), &waits,
                           [responder, response = responseOf(request, *played->answer)] { responder.send(response); });
    pushes.say(played->pushes);
}

HttpResponse ReplayServer::Private::responseOf(const HttpRequest &request, const net::RecordedHttp::Answer &answer) const
{
    HttpResponse response;
    response.status = answer.status;
    response.body = answer.body.bytes;
    for (const auto &[name, value] : answer.headers) {
        if (name.toLower() == "content-type")
            response.contentType = value;
        else
            response.headers.append({name, value});
    }
    // Where the console is, is told by this page: the recorded port may be somebody else's here.
    const bool isTip = request.path.endsWith('/') || request.path.endsWith("/index.html");
    if (isTip && response.contentType.startsWith("text/plain") && ports.console() != 0) {
        static const QRegularExpression port(u"(\\bport\\b\\D{0,20})\\d{2,5}"_s);
        response.body = QString::fromUtf8(response.body).replace(port, u"\\1%1"_s.arg(ports.console())).toUtf8();
    }
    return response;
}

QJsonObject ReplayServer::readyMember() const
{
    const nacos::Ports &ports = m_d->ports;
    const QString user = m_d->tape.user();
    QJsonObject member{{u"http"_s, u"http://127.0.0.1:%1"_s.arg(ports.main())},
                       {u"grpc"_s, u"127.0.0.1:%1"_s.arg(ports.grpc())},
                       {u"user"_s, user.isEmpty() ? u"nacos"_s : user},
                       {u"recordedExchanges"_s, m_d->tape.exchanges()}};
    if (ports.console() != 0)
        member.insert(u"console"_s, u"http://127.0.0.1:%1"_s.arg(ports.console()));
    return member;
}

} // namespace core::sandbox::replay
