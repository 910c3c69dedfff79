// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/echoclient.h"
#include "tests/core/net/echoserver.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Done;
using core::Result;
using core::net::GrpcRuntime;
using tests::EchoClient;
using tests::EchoServer;
using tests::Talk;

/// Thousands of calls and streams, cancelled and destroyed in random orders: under the sanitizers nothing may be touched after its end,
/// and everything must end. The seed is fixed; SIGNALBOX_TEST_SEED tries others.
class TstGrpcChaos final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void randomOrders()
    {
        bool given = false;
        const int seed = qEnvironmentVariableIntValue("SIGNALBOX_TEST_SEED", &given);
        QRandomGenerator random(given ? quint32(seed) : 4711u);
        EchoServer server;
        constexpr int Rounds = 60, Steps = 60;
        int answers = 0, streamsClosed = 0;
        for (int round = 0; round < Rounds; ++round) {
            auto runtime = std::make_unique<GrpcRuntime>();
            std::vector<std::unique_ptr<EchoClient>> clients;
            std::vector<std::unique_ptr<Talk>> streams;
            std::vector<std::unique_ptr<QObject>> pages;
            QList<QPointer<core::Reply<QString>>> replies;
            pages.push_back(std::make_unique<QObject>());
            const auto pick = [&](std::size_t size) { return std::size_t(random.bounded(int(size))); };
            const auto anyWord = [&] {
                static const QStringList words{u"x"_s, u"never"_s, u"slow 3"_s, u"fail 14"_s, u"big 300000"_s, u"slow 0"_s};
                return words.at(random.bounded(int(words.size())));
            };
            for (int step = 0; step < Steps; ++step) {
                if (clients.empty() || random.bounded(20) == 0)
                    clients.push_back(std::make_unique<EchoClient>(*runtime, server.target()));
                EchoClient &client = *clients[pick(clients.size())];
                switch (random.bounded(12)) {
                case 0:
                case 1:
                case 2:
                case 3: {
                    auto *reply = client.say(anyWord(), std::chrono::milliseconds(random.bounded(1, 400)));
                    QObject *page = pages[pick(pages.size())].get();
                    reply->then(page, [&answers](const Result<QString> &) { ++answers; });
                    replies << reply;
                    break;
                }
                case 4: {
                    auto stream = client.talk([](std::vector<QString> &&) {}, [&streamsClosed](const Result<Done> &) { ++streamsClosed; });
                    streams.push_back(std::move(stream));
                    break;
                }
                case 5:
                    if (!streams.empty()) {
                        static const QStringList words{u"x"_s, u"many 300"_s, u"many 3000"_s, u"end"_s, u"end 14"_s, u"quiet"_s};
                        streams[pick(streams.size())]->write(tests::word(words.at(random.bounded(int(words.size())))));
                    }
                    break;
                case 6:
                    if (!streams.empty())
                        streams.erase(streams.begin() + std::ptrdiff_t(pick(streams.size())));
                    break;
                case 7:
                    if (!replies.isEmpty()) {
                        if (auto reply = replies.takeAt(qsizetype(pick(std::size_t(replies.size())))))
                            reply->cancel();
                    }
                    break;
                case 8:
                    pages.push_back(std::make_unique<QObject>());
                    break;
                case 9:
                    if (pages.size() > 1)
                        pages.erase(pages.begin() + std::ptrdiff_t(pick(pages.size())));
                    break;
                case 10:
                    QCoreApplication::processEvents();
                    break;
                case 11:
                    if (random.bounded(4) == 0)
                        clients.erase(clients.begin() + std::ptrdiff_t(pick(clients.size()))); // its streams and calls live on
                    else if (!streams.empty())
                        streams[pick(streams.size())]->writesDone();
                    break;
                }
            }
            // One of three ways to end.
            const int way = random.bounded(3);
            if (way == 0) {
                streams.clear();
                clients.clear();
                QTRY_COMPARE_WITH_TIMEOUT(runtime->liveCalls(), 0, 20000);
                QTRY_COMPARE_WITH_TIMEOUT(runtime->openChannels(), 0, 20000);
            }
            QCOMPARE(runtime->shutdown(std::chrono::seconds(20)), GrpcRuntime::Ending::Clean);
            if (way == 1)
                runtime.reset();
            streams.clear();
            clients.clear();
        }
        QVERIFY(answers > 0);
        QVERIFY(streamsClosed > 0);
        QTRY_COMPARE_WITH_TIMEOUT(server.openStreams(), 0, 20000);
    }
};

SIGNALBOX_TEST(TstGrpcChaos)
#include "tst_grpcchaos.moc"
