// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Includes gRPC: only for .cpp files of core (and headers private to them), never for a public header.

#include "core/base/reply.h"
#include "core/base/weight.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/net/grpc/runtimecore.h"
#include "core/net/proxypolicy.h"
#include "core/net/tlsfiles.h"

#include <deque>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/status.h>
#include <QPointer>
#include <string>

namespace core::net {

/// The one mapping of gRPC's status to an Error; `code` is the gRPC status.
Error grpcError(const grpc::Status &status);

struct ChannelOptions {
    std::optional<TlsFiles> tls; ///< read beforehand (TlsFilesReader); nullopt: plain text
    ProxyPolicy proxy;
    int maxMessage = 64 * 1024 * 1024;      ///< bytes, received and sent
    std::chrono::milliseconds keepAlive{0}; ///< HTTP/2 ping after that much silence; 0: none
    std::chrono::milliseconds keepAliveTimeout = std::chrono::seconds(20);
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(5);
};

/// One TCP connection to one server (its own subchannel pool: two channels to the same address never share a connection). Made and
/// destroyed in the GUI thread, before the runtime. Destroying it cancels its calls; the gRPC channel itself is closed by the runtime
/// when the last of them has ended.
class GrpcChannel {
    Q_DISABLE_COPY_MOVE(GrpcChannel)
public:
    /// `target`: host:port, IPv6 in brackets. Opens no connection yet. Usage: not a target; Unsupported: a SOCKS5 proxy.
    static Result<std::unique_ptr<GrpcChannel>> open(GrpcRuntime &runtime, const QString &target, const ChannelOptions &options);
    ~GrpcChannel();

    /// For `Service::NewStub(channel.grpc())`.
    const std::shared_ptr<grpc::Channel> &grpc() const { return m_channel; }
    const std::shared_ptr<RuntimeCore> &runtime() const { return m_runtime; }
    ChannelState *state() const { return m_state.get(); }
    QString target() const { return m_target; }

private:
    GrpcChannel() = default;
    std::shared_ptr<RuntimeCore> m_runtime;
    std::shared_ptr<grpc::Channel> m_channel;
    std::shared_ptr<ChannelState> m_state;
    QString m_target;
};

/// What a unary call needs. T is what the caller wants, made by `decode` on a gRPC thread (keep it pure: it may run after everybody has
/// gone), so that big answers never cost the GUI thread anything.
template <class T, class Req, class Rep>
struct UnaryCall {
    Req request;
    std::function<Result<T>(Rep &&)> decode;
    std::chrono::milliseconds deadline = std::chrono::seconds(15);
    std::vector<std::pair<std::string, std::string>> metadata; ///< names in lower case
};

/// Gives up a call: its handler is not called any more. GUI thread; may be called after the end.
class CallHandle {
public:
    CallHandle() = default;
    explicit CallHandle(std::weak_ptr<CallCore> call, std::function<void()> detach)
        : m_call(std::move(call))
        , m_detach(std::move(detach))
    {
    }
    void cancel()
    {
        if (const auto call = m_call.lock()) {
            m_detach();
            call->cancelOnWire();
        }
        m_call.reset();
    }

private:
    std::weak_ptr<CallCore> m_call;
    std::function<void()> m_detach;
};

namespace detail {

/// For calls that cannot even begin, so that their handlers aren't called inside the call either.
void deliverLater(const std::shared_ptr<CallCore> &call);

template <class T, class Req, class Rep>
struct UnaryCore final : CallCore {
    UnaryCore(const GrpcChannel &channel, UnaryCall<T, Req, Rep> call_)
        : CallCore(channel.state())
        , runtime(channel.runtime())
        , call(std::move(call_))
    {
    }
    const std::shared_ptr<RuntimeCore> runtime;
    grpc::ClientContext context;
    UnaryCall<T, Req, Rep> call;
    Rep answer;
    std::shared_ptr<UnaryCore> self;           // keeps us alive while the call is on the wire
    std::optional<Result<T>> result;           // written on a gRPC thread before end(), read in the GUI thread after it
    std::function<void(Result<T> &&)> handler; // GUI thread only
    QPointer<QObject> receiver;                // GUI thread only

    void cancelOnWire() override { context.TryCancel(); }
    /// On a gRPC thread, once. Whatever gRPC keeps of the callback must own nothing: the last reference to us holds the channel, which
    /// may only be closed in the GUI thread.
    void complete(const grpc::Status &status)
    {
        if (status.ok())
            result = call.decode(std::move(answer));
        else
            result = Result<T>(tl::unexpected(grpcError(status)));
        const std::shared_ptr<RuntimeCore> to = runtime;
        to->end(std::move(self));
    }
    void deliver() override
    {
        if (!result)
            return;
        const auto hand = std::exchange(handler, {});
        if (hand && receiver)
            hand(std::move(*result));
        result.reset();
    }
};

} // namespace detail

/// Starts a unary call. `start(grpc::ClientContext *, const Req *, Rep *, std::function<void(grpc::Status)>)` is
///     [stub](auto *c, auto *q, auto *a, auto done) { stub->async()->request(c, q, a, std::move(done)); }
/// and is called at once. `handler(Result<T> &&)` is called in the GUI thread, never inside this call, at most once; not after
/// cancel(), when `receiver` is gone or after shutdown.
template <class T, class Req, class Rep, class Start, class Handler>
CallHandle startUnary(GrpcChannel &channel, UnaryCall<T, Req, Rep> call, Start &&start, QObject *receiver, Handler &&handler)
{
    using Core = detail::UnaryCore<T, Req, Rep>;
    auto core = std::make_shared<Core>(channel, std::move(call));
    core->handler = std::forward<Handler>(handler);
    core->receiver = receiver;
    core->context.set_deadline(std::chrono::system_clock::now() + core->call.deadline);
    for (const auto &[name, value] : core->call.metadata)
        core->context.AddMetadata(name, value);
    CallHandle handle(core, [core = std::weak_ptr<Core>(core)] {
        if (const auto alive = core.lock())
            alive->handler = {};
    });
    if (!core->runtime->begin(core)) {
        core->result = Result<T>(tl::unexpected(Error{Error::Kind::Cancelled, QStringLiteral("the program is ending"), 0, false}));
        detail::deliverLater(core);
        return handle;
    }
    core->self = core;
    // The answer may come before start() returns; `core` here is then the last but one reference, in the right thread.
    start(&core->context, static_cast<const Req *>(&core->call.request), &core->answer,
          [raw = core.get()](const grpc::Status &status) { raw->complete(status); });
    return handle;
}

/// The same as a Reply: cancelling it cancels the call.
template <class T, class Req, class Rep, class Start>
Reply<T> *unaryReply(GrpcChannel &channel, UnaryCall<T, Req, Rep> call, Start &&start, QObject *parent = nullptr)
{
    auto *reply = new Reply<T>(parent);
    CallHandle handle = startUnary(channel, std::move(call), std::forward<Start>(start), reply,
                                   [reply](Result<T> &&result) { reply->settle(std::move(result)); });
    reply->onCancel = [handle]() mutable { handle.cancel(); };
    return reply;
}

/// A stream in both directions. Lives in the GUI thread, is owned by whoever speaks the protocol; destroying it ends the call without
/// a word to the handlers. Item is what `decode` makes of each message on a gRPC thread.
///
/// Back-pressure: with HighWater items or HighWaterBytes (weightOf) waiting for the GUI thread nothing more is read from the wire until
/// they were handed out. The other way there is nobody to slow down: once MostUnsent messages or MostUnsentBytes wait for a server that
/// does not read them, the call is given up and ends with an error that says so.
template <class Req, class Rep, class Item = Rep>
class BidiStream {
    Q_DISABLE_COPY_MOVE(BidiStream)
public:
    struct Handlers {
        std::function<Item(Rep &&)> decode;                 ///< gRPC thread; may be left out when Item is Rep
        std::function<void(std::vector<Item> &&)> received; ///< GUI thread, never empty
        std::function<void(const Result<Done> &)> closed;   ///< GUI thread, once, last; success: the server ended it with status OK
    };
    static constexpr std::size_t HighWater = 1024;
    static constexpr qsizetype HighWaterBytes = 8 * 1024 * 1024;
    static constexpr std::size_t MostUnsent = 16 * 1024;
    static constexpr std::size_t MostUnsentBytes = 32 * 1024 * 1024;

    BidiStream(GrpcChannel &channel, Handlers handlers)
        : m_core(std::make_shared<Core>(channel, std::move(handlers)))
    {
    }
    ~BidiStream() { cancel(); }

    std::vector<std::pair<std::string, std::string>> metadata; ///< set before start()

    /// `start(grpc::ClientContext *, grpc::ClientBidiReactor<Req, Rep> *)` is
    ///     [stub](auto *c, auto *r) { stub->async()->requestBiStream(c, r); }
    template <class Start>
    void start(Start &&start)
    {
        for (const auto &[name, value] : metadata)
            m_core->context.AddMetadata(name, value);
        if (!m_core->runtime->begin(m_core)) {
            m_core->status = grpc::Status(grpc::StatusCode::CANCELLED, "the program is ending");
            detail::deliverLater(m_core);
            return;
        }
        m_core->self = m_core;
        m_core->held = true;
        start(&m_core->context, static_cast<grpc::ClientBidiReactor<Req, Rep> *>(m_core.get()));
        m_core->AddHold();
        m_core->StartRead(&m_core->incoming);
        m_core->StartCall();
    }
    /// Queued; one write is on the wire at a time. Ignored once the stream has ended.
    void write(Req message) { m_core->write(std::move(message)); }
    /// Half-close after everything queued.
    void writesDone() { m_core->finishWriting(); }
    /// The handlers are not called any more.
    void cancel()
    {
        m_core->handlers.reset();
        m_core->cancelOnWire();
    }
    /// Started and not seen to end.
    bool isOpen() const
    {
        const std::lock_guard lock(m_core->mutex);
        return m_core->self && !m_core->status;
    }
    std::size_t unsent() const
    {
        const std::lock_guard lock(m_core->mutex);
        return m_core->outgoing.size();
    }

private:
    struct Core final : CallCore, grpc::ClientBidiReactor<Req, Rep> {
        Core(const GrpcChannel &channel, Handlers handlers_)
            : CallCore(channel.state())
            , runtime(channel.runtime())
            , decode(std::move(handlers_.decode))
            , handlers(std::make_shared<Handlers>(std::move(handlers_)))
        {
        }
        const std::shared_ptr<RuntimeCore> runtime;
        const std::function<Item(Rep &&)> decode;
        grpc::ClientContext context;
        Rep incoming;                       // belongs to gRPC while a read is under way
        std::shared_ptr<Handlers> handlers; // GUI thread only; null: nobody wants to know

        mutable std::mutex mutex;   // guards what follows
        std::shared_ptr<Core> self; // keeps us alive until OnDone
        std::deque<Req> outgoing;   // front(): on the wire while `writing`
        std::size_t outgoingBytes = 0;
        std::optional<grpc::Status> givenUp; // why we ended it
        std::vector<Item> batch;
        qsizetype batchBytes = 0;
        std::optional<grpc::Status> status;
        bool held = false, writing = false, readPaused = false, closing = false, halfClosed = false;

        // Calls from the GUI thread are allowed only while the hold is there; it is given back exactly once.
        void release()
        {
            {
                const std::lock_guard lock(mutex);
                if (!std::exchange(held, false))
                    return;
            }
            this->RemoveHold();
        }
        void write(Req message)
        {
            {
                const std::lock_guard lock(mutex);
                if (!held || closing)
                    return;
                const std::size_t bytes = message.ByteSizeLong();
                // One that is alone may be as large as it likes.
                if (outgoing.size() < MostUnsent && (outgoing.empty() || outgoingBytes + bytes <= MostUnsentBytes)) {
                    outgoingBytes += bytes;
                    outgoing.push_back(std::move(message));
                    if (!std::exchange(writing, true))
                        this->StartWrite(&outgoing.front());
                    return;
                }
                closing = true;
                givenUp = grpc::Status(grpc::StatusCode::UNAVAILABLE,
                                       "the server does not read what it is sent: " + std::to_string(outgoing.size()) + " messages (" +
                                           std::to_string(outgoingBytes) + " bytes) wait");
            }
            cancelOnWire();
        }
        void finishWriting()
        {
            const std::lock_guard lock(mutex);
            if (!held || std::exchange(closing, true) || writing)
                return;
            halfClosed = true;
            this->StartWritesDone();
        }
        void cancelOnWire() override
        {
            context.TryCancel();
            release();
        }
        void OnReadDone(bool ok) override
        {
            if (!ok)
                return release();
            bool wake = false;
            {
                Item item = decodeIncoming();
                const std::lock_guard lock(mutex);
                batchBytes += weightOf(item);
                batch.push_back(std::move(item));
                wake = batch.size() == 1;
                incoming = Rep();
                readPaused = held && (batch.size() >= HighWater || batchBytes >= HighWaterBytes);
                if (!readPaused)
                    this->StartRead(&incoming);
            }
            if (wake)
                runtime->wake(shared());
        }
        void OnWriteDone(bool ok) override
        {
            const std::lock_guard lock(mutex);
            if (!ok) { // the stream is broken; the read that fails next gives the hold back
                closing = true;
                return;
            }
            outgoingBytes -= outgoing.front().ByteSizeLong();
            outgoing.pop_front();
            if (!outgoing.empty()) {
                this->StartWrite(&outgoing.front());
                return;
            }
            writing = false;
            if (closing && held && !std::exchange(halfClosed, true))
                this->StartWritesDone();
        }
        void OnDone(const grpc::Status &result) override
        {
            std::shared_ptr<Core> keep;
            {
                const std::lock_guard lock(mutex);
                status = givenUp.value_or(result);
                keep = std::move(self);
            }
            const std::shared_ptr<RuntimeCore> core = runtime;
            core->end(std::move(keep));
        }
        void deliver() override
        {
            std::vector<Item> items;
            std::optional<grpc::Status> ended;
            {
                const std::lock_guard lock(mutex);
                items.swap(batch);
                batchBytes = 0;
                ended = status;
                if (readPaused && held) {
                    readPaused = false;
                    this->StartRead(&incoming);
                }
            }
            // A handler may destroy the stream, which lets go of the handlers; this copy lets the running one finish.
            if (const auto keep = handlers; keep && keep->received && !items.empty())
                keep->received(std::move(items));
            if (!ended)
                return;
            if (const auto keep = std::exchange(handlers, {}); keep && keep->closed)
                keep->closed(ended->ok() ? Result<Done>(Done{}) : Result<Done>(tl::unexpected(grpcError(*ended))));
        }

    private:
        std::shared_ptr<CallCore> shared()
        {
            const std::lock_guard lock(mutex);
            return self;
        }
        Item decodeIncoming()
        {
            if constexpr (std::is_same_v<Item, Rep>) {
                if (!decode)
                    return std::move(incoming);
            }
            return decode(std::move(incoming));
        }
    };
    std::shared_ptr<Core> m_core;
};

} // namespace core::net
