// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/echoclient.h"
#include "tests/core/net/echoserver.h"
#include "tests/core/net/relayproxy.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Error;
using core::Result;
using core::net::GrpcRuntime;
using tests::EchoClient;
using tests::EchoServer;
using tests::RelayProxy;

namespace {

/// What came back over one bent wire.
struct Attempt {
    explicit Attempt(const EchoServer &server, GrpcRuntime &runtime)
        : wire(quint16(server.port()), RelayProxy::Manners::Transparent)
        , client(runtime, wire.address())
    {
    }
    void start(std::chrono::milliseconds deadline)
    {
        client.say(u"hello"_s, deadline)->then(&wire, [this](const Result<QString> &answer) { unary = answer; });
    }
    RelayProxy wire;
    EchoClient client;
    std::optional<Result<QString>> unary;
};

bool isOrdinary(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::Network:
    case Kind::Timeout:
    case Kind::BadReply:
    case Kind::Cancelled:   // a stream reset by "the server"
    case Kind::Unsupported: // bent status numbers
    case Kind::RateLimited:
    case Kind::Auth:
    case Kind::Forbidden:
    case Kind::NotFound:
    case Kind::Conflict:
    case Kind::Rejected:
        return true;
    default:
        return false;
    }
}

} // namespace

/// A gRPC answer cut at every byte, and bent at any: an ordinary error each time, and never another answer that passes for the real one
/// after a cut.
class TstGrpcFrames final : public QObject {
    Q_OBJECT
    qint64 m_length = 0;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void initTestCase()
    {
        EchoServer server;
        GrpcRuntime runtime;
        Attempt whole(server, runtime);
        whole.wire.bend = [this](qint64 at, const QByteArray &bytes) {
            m_length = at + bytes.size();
            return std::optional(bytes);
        };
        whole.start(std::chrono::seconds(10));
        QTRY_VERIFY(whole.unary);
        QVERIFY2(*whole.unary, qPrintable(tests::errorOf(whole.unary)));
        QVERIFY(m_length > 60);
    }

    void everyTruncation_isSurvived()
    {
        EchoServer server;
        GrpcRuntime runtime;
        int errors = 0;
        constexpr int AtOnce = 24;
        for (qint64 from = 0; from < m_length; from += AtOnce) {
            std::vector<std::unique_ptr<Attempt>> attempts;
            for (qint64 cut = from; cut < std::min(m_length, from + AtOnce); ++cut) {
                auto &attempt = attempts.emplace_back(std::make_unique<Attempt>(server, runtime));
                // Cut once; a second connection finds a wire that is cut at once.
                attempt->wire.bend = [left = cut](qint64, const QByteArray &bytes) mutable -> std::optional<QByteArray> {
                    const qsizetype take = std::min<qint64>(left, bytes.size());
                    left -= take;
                    if (take == bytes.size() && take > 0)
                        return bytes;
                    return std::nullopt;
                };
                attempt->start(std::chrono::milliseconds(1500));
            }
            for (const auto &attempt : attempts) {
                QTRY_VERIFY_WITH_TIMEOUT(attempt->unary, 30000);
                if (*attempt->unary)
                    QCOMPARE(**attempt->unary, u"hello"_s); // only what follows the answer was cut
                else
                    QVERIFY2(isOrdinary(attempt->unary->error()), qPrintable(tests::errorOf(attempt->unary)));
                errors += *attempt->unary ? 0 : 1;
            }
        }
        QVERIFY2(errors > 10, qPrintable(QString::number(errors)));
    }

    void flippedBits_areSurvived()
    {
        EchoServer server;
        GrpcRuntime runtime;
        QRandomGenerator random(20);
        constexpr int Rounds = 10, AtOnce = 24;
        for (int round = 0; round < Rounds; ++round) {
            std::vector<std::unique_ptr<Attempt>> attempts;
            for (int i = 0; i < AtOnce; ++i) {
                auto &attempt = attempts.emplace_back(std::make_unique<Attempt>(server, runtime));
                const qint64 place = random.bounded(int(m_length));
                const char bit = char(1 << random.bounded(8));
                attempt->wire.bend = [place, bit](qint64 at, const QByteArray &bytes) {
                    QByteArray bent = bytes;
                    if (place >= at && place < at + bytes.size())
                        bent[place - at] = char(bent.at(place - at) ^ bit);
                    return std::optional(bent);
                };
                attempt->start(std::chrono::milliseconds(1500));
            }
            for (const auto &attempt : attempts) {
                QTRY_VERIFY_WITH_TIMEOUT(attempt->unary, 30000);
                if (!*attempt->unary)
                    QVERIFY2(isOrdinary(attempt->unary->error()), qPrintable(tests::errorOf(attempt->unary)));
            }
        }
    }

    void streams_overABentWire_areClosedOnce()
    {
        EchoServer server;
        GrpcRuntime runtime;
        QRandomGenerator random(21);
        for (int round = 0; round < 40; ++round) {
            Attempt attempt(server, runtime);
            const qint64 place = random.bounded(int(m_length));
            const bool cut = random.bounded(2) == 0;
            attempt.wire.bend = [place, cut](qint64 at, const QByteArray &bytes) -> std::optional<QByteArray> {
                QByteArray bent = bytes;
                if (place >= at && place < at + bytes.size()) {
                    if (cut)
                        return std::nullopt;
                    bent[place - at] = char(~bent.at(place - at));
                }
                return bent;
            };
            int closed = 0;
            auto stream = attempt.client.talk([](std::vector<QString> &&) {}, [&closed](const Result<core::Done> &) { ++closed; });
            stream->write(tests::word(u"many 20"_s));
            stream->write(tests::word(u"end"_s));
            // A stream has no deadline: a bent length may leave both sides waiting for the other.
            if (random.bounded(3) > 0)
                std::ignore = QTest::qWaitFor([&] { return closed > 0; }, 300);
            stream.reset();
            QVERIFY(closed <= 1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(runtime.liveCalls(), 0, 30000);
    }
};

SIGNALBOX_TEST(TstGrpcFrames)
#include "tst_grpcframes.moc"
