// SPDX-License-Identifier: GPL-3.0-or-later
// What a call costs gRPC alone, with nothing done at either end: the bound of every row that counts calls.
//     bench_bare serve               prints its port, answers until standard input ends
//     bench_bare call PORT COUNT N   COUNT calls over one connection, N under way at once; prints one JSON line
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <grpcpp/grpcpp.h>
#include <memory>
#include <mutex>
#include <nacos_grpc_service.grpc.pb.h>
#include <string>
#include <vector>

namespace {

using Steady = std::chrono::steady_clock;

/// Sizes of a publish of `bench_calls` and of its answer.
constexpr size_t Asked = 1250, Answered = 60;

class Echo final : public ::Request::CallbackService {
public:
    grpc::ServerUnaryReactor *request(grpc::CallbackServerContext *context, const ::Payload *, ::Payload *answer) override
    {
        answer->mutable_metadata()->set_type("BareResponse");
        answer->mutable_body()->set_value(std::string(Answered, 'x'));
        grpc::ServerUnaryReactor *reactor = context->DefaultReactor();
        reactor->Finish(grpc::Status::OK);
        return reactor;
    }
};

int serve()
{
    Echo echo;
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&echo);
    const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
    if (!server)
        return 1;
    std::printf("%d\n", port);
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
    return 0;
}

/// Every call that ends begins the next one, in gRPC's own thread.
class Load {
public:
    Load(const std::string &target, int count, int parallel)
        : m_stub(::Request::NewStub(grpc::CreateChannel(target, grpc::InsecureChannelCredentials())))
        , m_count(count)
        , m_slots(size_t(parallel))
    {
        m_asked.mutable_metadata()->set_type("BareRequest");
        m_asked.mutable_body()->set_value(std::string(Asked, 'x'));
    }

    double run()
    {
        const auto began = Steady::now();
        for (Slot &slot : m_slots)
            next(slot);
        std::unique_lock lock(m_mutex);
        m_ended.wait(lock, [this] { return m_idle == m_slots.size(); });
        return std::chrono::duration<double>(Steady::now() - began).count();
    }
    int failed() const { return m_failed; }

private:
    struct Slot {
        std::unique_ptr<grpc::ClientContext> context;
        ::Payload answer;
    };

    void next(Slot &slot)
    {
        if (m_begun++ >= m_count) {
            const std::lock_guard lock(m_mutex);
            ++m_idle;
            return m_ended.notify_one();
        }
        slot.context = std::make_unique<grpc::ClientContext>();
        m_stub->async()->request(slot.context.get(), &m_asked, &slot.answer, [this, &slot](const grpc::Status &status) {
            m_failed += status.ok() ? 0 : 1;
            next(slot);
        });
    }

    const std::unique_ptr<::Request::Stub> m_stub;
    const int m_count;
    ::Payload m_asked;
    std::vector<Slot> m_slots;
    std::atomic<int> m_begun = 0, m_failed = 0;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    size_t m_idle = 0;
};

int call(const std::string &port, int count, int parallel)
{
    const std::string target = "127.0.0.1:" + port;
    Load load(target, count, parallel);
    const double seconds = load.run();
    std::printf("{\"perSecond\": %.1f, \"failed\": %d}\n", count / seconds, load.failed());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "serve")
        return serve();
    if (words.size() == 4 && words[0] == "call")
        return call(words[1], std::atoi(words[2].c_str()), std::atoi(words[3].c_str()));
    std::fputs("usage: bench_bare serve | call PORT COUNT PARALLEL\n", stderr);
    return 2;
}
