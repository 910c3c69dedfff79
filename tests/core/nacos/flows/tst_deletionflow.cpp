// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/deletionflow.h"

#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using core::guard::Outcome;
using tests::await;
using tests::errorOf;
using tests::FakeStore;

namespace {

ConfigKey key(const QString &dataId)
{
    return {u"public"_s, u"G"_s, dataId};
}

} // namespace

class TstDeletionFlow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void plan_isInTheOrderAskedFor_andCanBeTakenBack()
    {
        FakeStore server;
        QList<ConfigKey> keys;
        for (int i = 0; i < 20; ++i) {
            server.put(u"public"_s, u"c%1"_s.arg(i), "content " + QByteArray::number(i));
            keys.append(key(u"c%1"_s.arg(i)));
        }
        auto *reply = planDeletion(server.open(), keys, this);
        QSignalSpy progress(reply, &Operation::progress);
        const auto deletion = await(reply);
        QVERIFY2(deletion && *deletion, qPrintable(errorOf(deletion)));
        QVERIFY((*deletion)->missing.isEmpty());
        QCOMPARE((*deletion)->plan.changes.size(), size_t(20));
        for (int i = 0; i < 20; ++i) {
            const guard::Change &change = (*deletion)->plan.changes.at(size_t(i));
            QCOMPARE(change.target.path().last(), u"c%1"_s.arg(i));
            QCOMPARE(change.verb, guard::Verb::Delete);
            QCOMPARE(change.before->content, "content " + QByteArray::number(i));
        }
        QCOMPARE(progress.last(), (QVariantList{qint64(20), qint64(20)}));
    }

    void whatIsGoneAlready_isNamed()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        const auto deletion = await(planDeletion(server.open(), {key(u"gone"_s), key(u"a"_s)}, this));
        QVERIFY2(deletion && *deletion, qPrintable(errorOf(deletion)));
        QCOMPARE((*deletion)->missing, QList{key(u"gone"_s)});
        QCOMPARE((*deletion)->plan.changes.size(), size_t(1));
        const auto nothing = await(planDeletion(server.open(), {}, this));
        QVERIFY(nothing && *nothing && (*nothing)->plan.changes.empty());
    }

    void whatCannotBeRead_isTold()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        server.trouble.insert({u"public"_s, u"G"_s, u"a"_s}, tests::NacosFixture::result(QJsonValue::Null, 403, 403));
        server.f.grpc.stop(); // nor the way SDKs read
        const auto deletion = await(planDeletion(server.open(), {key(u"a"_s), key(u"b"_s)}, this));
        QVERIFY(deletion && !*deletion);
        QCOMPARE(deletion->error().kind, Error::Kind::Forbidden);
    }

    void connectionClosed_cancelled_callerGone()
    {
        FakeStore server;
        server.put(u"public"_s, u"a"_s, "x");
        auto *reply = planDeletion(server.open(), {key(u"a"_s)}, this);
        reply->cancel();
        const auto cancelled = await(reply);
        QVERIFY(cancelled && !*cancelled);
        QCOMPARE(cancelled->error().kind, Error::Kind::Cancelled);
        auto *closed = planDeletion(server.open(), {key(u"a"_s)}, this);
        server.registries->close(server.f.profile.slug);
        const auto end = await(closed);
        QVERIFY(end && !*end);
        QCOMPARE(end->error().kind, Error::Kind::Cancelled);
        {
            QObject caller;
            planDeletion(server.open(), {key(u"a"_s)}, &caller)->then(&caller, [](const Result<Deletion> &) {
                QFAIL("told somebody who is gone");
            });
        }
        QVERIFY(await(planDeletion(server.open(), {key(u"a"_s)}, this)));
    }
};

SIGNALBOX_TEST(TstDeletionFlow)
#include "tst_deletionflow.moc"
