// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/planbasket.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace core::guard;
using tests::await;

namespace {

core::Address at(const QString &profile, const QString &name)
{
    return *core::Address::build(profile, u"public"_s, u"config"_s, {u"G"_s, name});
}

Change change(const QString &name, const QByteArray &after, const QString &profile = u"shop"_s)
{
    Change one;
    one.target = at(profile, name);
    one.before = Value{"old", {}};
    one.after = Value{after, {}};
    one.summary = name;
    return one;
}

Plan planOf(std::vector<Change> changes)
{
    Plan plan;
    plan.title = u"Publish"_s;
    plan.changes = std::move(changes);
    return plan;
}

} // namespace

class TstPlanBasket : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void collectsAndSurvivesARestart()
    {
        QTemporaryDir home;
        {
            PlanBasket basket(home.path());
            QVERIFY(basket.load());
            QSignalSpy changed(&basket, &PlanBasket::changed);
            const auto added = basket.add(planOf({change(u"a"_s, "1"), change(u"b"_s, "2")}));
            QVERIFY(added);
            QCOMPARE(added->fresh, 2);
            QCOMPARE(changed.count(), 1);
            // Not flushed: the destructor writes what waits.
        }
        PlanBasket again(home.path());
        QVERIFY(again.load());
        QCOMPARE(again.count(), 2);
        QCOMPARE(again.plan().title, u"Publish"_s);
        QCOMPARE(again.plan().changes.at(1).after->content, QByteArray("2"));
        QCOMPARE(QFile::permissions(home.path() + u"/plan.json"_s) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void aLaterChangeOfATargetReplacesTheEarlierOne()
    {
        QTemporaryDir home;
        PlanBasket basket(home.path());
        QVERIFY(basket.add(planOf({change(u"a"_s, "1"), change(u"b"_s, "2")})));
        const QUuid id = basket.plan().id;
        const auto added = basket.add(planOf({change(u"a"_s, "3")}));
        QVERIFY(added);
        QCOMPARE(added->replaced, 1);
        QCOMPARE(basket.count(), 2);
        QCOMPARE(basket.plan().changes.front().after->content, QByteArray("3"));
        QVERIFY(basket.plan().id != id);
        QVERIFY(basket.plan().title.isEmpty()); // no longer about one thing
    }

    void takesOutAndClears()
    {
        QTemporaryDir home;
        PlanBasket basket(home.path());
        QVERIFY(basket.add(planOf({change(u"a"_s, "1"), change(u"b"_s, "2"), change(u"c"_s, "3", u"other"_s)})));
        QCOMPARE(basket.profiles(), (QStringList{u"shop"_s, u"other"_s}));
        const QUuid id = basket.plan().id;
        basket.remove({at(u"shop"_s, u"a"_s)});
        QCOMPARE(basket.count(), 2);
        QVERIFY(basket.plan().id != id);
        QVERIFY(await(basket.flush()));
        basket.clear();
        QCOMPARE(basket.count(), 0);
        QVERIFY(await(basket.flush()));
        PlanBasket again(home.path());
        QVERIFY(again.load());
        QCOMPARE(again.count(), 0);
    }

    void secretsAreNotCollected()
    {
        QTemporaryDir home;
        PlanBasket basket(home.path());
        Change secret = change(u"user"_s, "x");
        secret.undo = Undo::None;
        secret.secrets = {{u"password"_s, u"ref"_s}};
        const auto added = basket.add(planOf({change(u"a"_s, "1"), secret}));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, core::Error::Kind::Usage);
        QCOMPARE(basket.count(), 0);
    }

    void aDamagedFileIsPutAsideAndSaid()
    {
        QTemporaryDir home;
        const QString path = home.path() + u"/plan.json"_s;
        {
            PlanBasket basket(home.path());
            QVERIFY(basket.add(planOf({change(u"a"_s, "1")})));
            QVERIFY(await(basket.flush()));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        bytes.replace("\"a\"", "\"z\"");
        bytes.replace("/a\"", "/z\"");
        file.resize(0);
        file.seek(0);
        file.write(bytes);
        file.close();
        PlanBasket basket(home.path());
        const auto loaded = basket.load();
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, core::Error::Kind::Conflict);
        QVERIFY(loaded.error().message.contains(u"plan.json"_s));
        QCOMPARE(basket.count(), 0);
        QVERIFY(QFile::exists(path)); // nothing is touched until it must be
        QVERIFY(basket.add(planOf({change(u"b"_s, "2")})));
        QVERIFY(await(basket.flush()));
        QFile aside(path + u".damaged-1"_s);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), bytes);
        PlanBasket again(home.path());
        QVERIFY(again.load());
        QCOMPARE(again.count(), 1);
    }

    void aFileThatCannotEvenBeReadIsPutAside()
    {
        QTemporaryDir home;
        const QString path = home.path() + u"/plan.json"_s;
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(257LL * 1024 * 1024)); // of holes
        file.close();
        {
            PlanBasket basket(home.path());
            QCOMPARE(basket.load().error().kind, core::Error::Kind::Internal);
            QVERIFY(basket.add(planOf({change(u"a"_s, "1")})));
            QVERIFY(*await(basket.flush()));
        }
        QCOMPARE(QFile(path + u".damaged-1"_s).size(), 257LL * 1024 * 1024);
        PlanBasket again(home.path());
        QVERIFY(again.load());
        QCOMPARE(again.count(), 1);
    }

    void moreThanCanBeKeptIsNotTaken()
    {
        QTemporaryDir home;
        {
            PlanBasket basket(home.path());
            QVERIFY(basket.add(planOf({change(u"a"_s, "1")})));
            basket.setLargest(5000);
            const Plan before = basket.plan();
            QSignalSpy changed(&basket, &PlanBasket::changed);
            const auto added = basket.add(planOf({change(u"b"_s, QByteArray(5000, 'x'))}));
            QVERIFY(!added);
            QCOMPARE(added.error().kind, core::Error::Kind::Usage);
            QVERIFY2(added.error().message.contains(u"5000"_s), qPrintable(added.error().message));
            QVERIFY(!basket.replace(planOf({change(u"b"_s, QByteArray(5000, 'x'))})));
            QCOMPARE(basket.plan(), before);
            QCOMPARE(changed.count(), 0);
            QVERIFY(basket.add(planOf({change(u"b"_s, "2")})));
        }
        PlanBasket again(home.path());
        QVERIFY(again.load());
        QCOMPARE(again.count(), 2);
    }

    void whatIsCollectedWhileItIsToldIsKept()
    {
        QTemporaryDir home;
        {
            PlanBasket basket(home.path());
            const auto once = connect(&basket, &PlanBasket::changed, this, [&basket] {
                if (basket.count() == 1)
                    QVERIFY(basket.add(planOf({change(u"b"_s, "2")})));
            });
            QVERIFY(basket.add(planOf({change(u"a"_s, "1")})));
            QVERIFY(*await(basket.flush()));
            disconnect(once);
        }
        PlanBasket again(home.path());
        QVERIFY(again.load());
        QCOMPARE(again.count(), 2);
    }

    void anotherPlanInstead()
    {
        QTemporaryDir home;
        PlanBasket basket(home.path());
        QVERIFY(basket.add(planOf({change(u"a"_s, "1")})));
        const Plan other = planOf({change(u"b"_s, "2"), change(u"c"_s, "3")});
        QVERIFY(basket.replace(other));
        QCOMPARE(basket.plan(), other); // with its id: what the ledger knows of it goes on
    }
};

SIGNALBOX_TEST(TstPlanBasket)
#include "tst_planbasket.moc"
