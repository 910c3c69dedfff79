// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configplans.h"

#include "tests/core/nacos/flows/fakestore.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using core::guard::Outcome;
using tests::FakeStore;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};

ConfigDetail detail(const QByteArray &content)
{
    ConfigDetail detail;
    detail.key = Key;
    detail.content = content;
    return detail;
}

BetaRelease release(const QByteArray &content)
{
    return {Key, content, {}, {u"10.0.0.1"_s}};
}

NamespaceInfo space(const QString &name)
{
    NamespaceInfo info;
    info.id = u"dev"_s;
    info.name = name;
    return info;
}

/// Every verb on every kind of object that the executors write.
QList<std::pair<QString, Result<guard::Change>>> everyChange()
{
    return {{u"config create"_s, configChange({u"test"_s, Key, std::nullopt, "one"_ba, {}})},
            {u"config update"_s, configChange({u"test"_s, Key, detail("one"), "two"_ba, {}})},
            {u"config delete"_s, configChange({u"test"_s, Key, detail("one"), std::nullopt, {}})},
            {u"beta create"_s, betaChange(u"test"_s, std::nullopt, release("one"))},
            {u"beta update"_s, betaChange(u"test"_s, release("one"), release("two"))},
            {u"beta delete"_s, betaChange(u"test"_s, release("one"), std::nullopt)},
            {u"namespace create"_s, namespaceChange(u"test"_s, std::nullopt, space(u"Dev"_s))},
            {u"namespace update"_s, namespaceChange(u"test"_s, space(u"Dev"_s), space(u"Other"_s))},
            {u"namespace delete"_s, namespaceChange(u"test"_s, space(u"Dev"_s), std::nullopt)}};
}

} // namespace

/// A protected connection: of no verb of any executor does a byte leave, not even a question.
class TstProtected final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void nothingLeaves_data()
    {
        QTest::addColumn<int>("index");
        const auto all = everyChange();
        for (int i = 0; i < all.size(); ++i)
            QTest::newRow(qPrintable(all.at(i).first)) << i;
    }
    void nothingLeaves()
    {
        QFETCH(int, index);
        const auto change = everyChange().at(index).second;
        QVERIFY2(change, change ? "" : qPrintable(change.error().message));
        FakeStore server;
        server.policy.protection = guard::Policy::Protection::ReadOnly;
        server.open();
        server.f.http.forget();
        server.f.grpc.forget();
        guard::Plan plan;
        plan.changes.push_back(*change);
        const guard::Review review = server.guard->review(plan);
        QVERIFY(review.allowed && review.needsUnlock);
        const auto refused = server.submit(plan);
        QVERIFY(refused.end && !*refused.end);
        QCOMPARE(refused.end->error().kind, Error::Kind::Policy);
        QVERIFY(refused.items.isEmpty());
        QVERIFY2(server.f.http.seen().isEmpty(), server.f.http.seen().value(0).target.constData());
        QVERIFY(server.f.grpc.seen(wire::ConfigPublishRequest::typeName).isEmpty());
        QVERIFY(server.f.grpc.seen(wire::ConfigRemoveRequest::typeName).isEmpty());
        QCOMPARE(tests::await(server.ledger->entries({})).items.size(), 0);
        // The same plan, unlocked, is one that writes: it was the protection that held it.
        server.policy.protection = guard::Policy::Protection::None;
        QVERIFY(tests::await(server.guard->submit(plan, {plan.hash(), server.guard->review(plan).typedText, {}})).end);
        QCOMPARE(tests::await(server.ledger->entries({})).items.size(), 1);
        QVERIFY(!server.f.http.seen().isEmpty());
    }
};

SIGNALBOX_TEST(TstProtected)
#include "tst_protected.moc"
