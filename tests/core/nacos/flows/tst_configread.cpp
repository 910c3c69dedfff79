// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configread.h"

#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::errorOf;
using tests::FakeStore;

namespace {

constexpr int Configs = 60;

/// Bodies of 1 MiB each, and a receiver that takes nothing yet.
struct Large {
    FakeStore server;
    Registry *registry = nullptr;
    QPointer<Stream<ConfigRead>> stream;
    std::unique_ptr<QObject> receiver = std::make_unique<QObject>();
    QSet<QString> got;
    int doubles = 0;
    qint64 read = 0;
    std::optional<Result<Done>> end;

    Large()
    {
        for (int i = 0; i < Configs; ++i)
            server.put(u"public"_s, u"n-%1"_s.arg(i), QByteArray::number(i) + QByteArray(1024 * 1024, ' '));
        registry = &server.open();
        stream = readConfigs(*registry, {ConfigQuery{u"public"_s, {}, {}, {}, {}, {}, {}}}, nullptr);
        QObject::connect(stream, &Operation::progress, receiver.get(), [this](qint64 done) { read = done; });
        stream->each(receiver.get(), [this](const QList<ConfigRead> &batch) {
            for (const ConfigRead &one : batch) {
                doubles += got.contains(one.key.dataId) ? 1 : 0;
                got.insert(one.key.dataId);
                QVERIFY(one.detail && one.detail->content.size() > 1024 * 1024);
            }
        });
        stream->then(receiver.get(), [this](const Result<Done> &result) { end = result; });
        stream->hold();
    }
    qsizetype asked() const { return server.f.http.seen(u"/nacos/v3/admin/cs/config"_s).size(); }
    /// Whatever was asked for has come, and that is all.
    bool isPaused() const { return read >= 8 && read == asked(); }
};

} // namespace

class TstConfigRead final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aSlowReceiver_isWaitedFor_andLosesNothing()
    {
        Large l;
        QTRY_VERIFY_WITH_TIMEOUT(l.isPaused(), 30000);
        QVERIFY2(l.asked() <= 8 + 16, qPrintable(u"%1 MiB were read that nobody takes"_s.arg(l.asked())));
        QVERIFY(l.got.isEmpty());
        l.stream->release();
        QTRY_VERIFY_WITH_TIMEOUT(l.end, 30000);
        QVERIFY2(*l.end, qPrintable(errorOf(l.end)));
        QCOMPARE(l.got.size(), Configs);
        QCOMPARE(l.doubles, 0);
        QCOMPARE(l.asked(), Configs);
    }

    void cancelledWhilePaused()
    {
        Large l;
        QTRY_VERIFY_WITH_TIMEOUT(l.isPaused(), 30000);
        const qsizetype asked = l.asked();
        l.stream->cancel();
        QTRY_VERIFY(l.end);
        QCOMPARE(l.end->error().kind, Error::Kind::Cancelled);
        QTRY_VERIFY(l.stream.isNull());
        QVERIFY(l.got.isEmpty());
        QCOMPARE(l.asked(), asked);
    }

    void nobodyIsLeftWhilePaused()
    {
        Large l;
        QTRY_VERIFY_WITH_TIMEOUT(l.isPaused(), 30000);
        const qsizetype asked = l.asked();
        l.receiver.reset();
        QTRY_VERIFY(l.stream.isNull());
        QVERIFY(!l.end && l.got.isEmpty());
        QCOMPARE(l.asked(), asked);
    }

    void connectionClosedWhilePaused()
    {
        Large l;
        QTRY_VERIFY_WITH_TIMEOUT(l.isPaused(), 30000);
        l.server.registries->close(l.server.f.profile.slug);
        QTRY_VERIFY(l.end);
        QCOMPARE(l.end->error().kind, Error::Kind::Cancelled);
    }
};

SIGNALBOX_TEST(TstConfigRead)
#include "tst_configread.moc"
