// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"
#include "core/store/overrides.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using core::Address;
using tests::await;
using tests::errorOf;

namespace {

Address at(const QString &name)
{
    return *Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"g"_s, name});
}

Draft draft(const QString &name, const QByteArray &content)
{
    return {at(name), content, {{u"type"_s, u"yaml"_s}}, "0123", "base of it", QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC)};
}

} // namespace

class TstDrafts final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }

    void draft_comesBackAsSaved_alsoAfterReopening()
    {
        tests::StoreFixture fixture;
        const Draft mine = draft(u"a/../配置"_s, QByteArray("\0\xff binary", 9));
        {
            Drafts drafts(fixture.open());
            QSignalSpy saved(&drafts, &Drafts::saved);
            const auto done = await(drafts.save(mine));
            QVERIFY2(done && *done, qPrintable(errorOf(done)));
            QCOMPARE(saved.count(), 1);
            const auto none = await(drafts.load(at(u"other"_s)));
            QVERIFY(none && *none && !**none);
        }
        Drafts drafts(fixture.open());
        const auto loaded = await(drafts.load(mine.address));
        QVERIFY(loaded && *loaded && **loaded);
        QCOMPARE(***loaded, mine);
    }

    void saveAgain_replacesContentAndBase()
    {
        tests::StoreFixture fixture;
        Drafts drafts(fixture.open());
        Draft mine = draft(u"a"_s, "one");
        mine.baseAttributes = QJsonObject{{u"type"_s, u"yaml"_s}};
        await(drafts.save(mine));
        mine.content = "two";
        await(drafts.save(mine));
        QCOMPARE(***await(drafts.load(mine.address)), mine);
        // The same content with other attributes is another base.
        mine.baseAttributes = QJsonObject{{u"type"_s, u"yaml"_s}, {u"app"_s, u"theirs"_s}};
        await(drafts.save(mine));
        QCOMPARE(***await(drafts.load(mine.address)), mine);
        mine.baseMd5 = "4567";
        mine.baseContent = "another base";
        await(drafts.save(mine));
        QCOMPARE(***await(drafts.load(mine.address)), mine);
        mine.baseMd5 = {}; // the object was deleted meanwhile: a new one is being written
        mine.baseContent = {};
        mine.baseAttributes.reset();
        await(drafts.save(mine));
        QVERIFY((**await(drafts.load(mine.address)))->baseContent.isEmpty());
        QCOMPARE((**await(drafts.list())).size(), 1);
    }

    /// A draft of the first version says nothing of the attributes it began with; that is not the same as "there were none".
    void aDraftOfTheFirstVersion_isKept()
    {
        tests::StoreFixture fixture;
        const Draft mine = draft(u"a"_s, "typed");
        {
            Drafts drafts(fixture.open());
            await(drafts.save(mine));
        }
        fixture.home.reset();
        fixture.sql(u"drafts.db"_s, u"ALTER TABLE base DROP COLUMN attributes"_s);
        fixture.sql(u"drafts.db"_s, u"PRAGMA user_version = 1"_s);
        Drafts drafts(fixture.open());
        const auto kept = await(drafts.load(mine.address));
        QVERIFY2(kept && *kept && **kept, qPrintable(errorOf(kept)));
        QCOMPARE(***kept, mine);
        QVERIFY(!(**kept)->baseAttributes);
        Draft now = mine;
        now.baseAttributes = QJsonObject{{u"app"_s, u"shop"_s}};
        QVERIFY(*await(drafts.save(now)));
        QCOMPARE(***await(drafts.load(mine.address)), now);
    }

    /// What comes out of a damaged file is not always whole.
    void aDraftWithoutItsBase_saysSo_data()
    {
        QTest::addColumn<QString>("damage");
        QTest::newRow("no row") << u"DELETE FROM base"_s;
        QTest::newRow("content") << u"UPDATE base SET content = X'0102'"_s;
    }
    void aDraftWithoutItsBase_saysSo()
    {
        QFETCH(QString, damage);
        tests::StoreFixture fixture;
        Draft mine = draft(u"a"_s, "typed");
        mine.baseAttributes = QJsonObject{{u"type"_s, u"yaml"_s}};
        Drafts drafts(fixture.open());
        QVERIFY(*await(drafts.save(mine)));
        fixture.sql(u"drafts.db"_s, damage);
        const auto left = await(drafts.load(mine.address));
        QVERIFY2(left && *left && **left, qPrintable(errorOf(left)));
        QCOMPARE((**left)->content, mine.content);
        QCOMPARE((**left)->base, Draft::Base::Lost);
        QVERIFY((**left)->baseMd5.isEmpty() && !(**left)->baseAttributes);
        // Saved again it has one.
        QVERIFY(*await(drafts.save(mine)));
        QCOMPARE((***await(drafts.load(mine.address))).base, Draft::Base::Kept);
    }

    void unreadableDetails_areNotEmptiedOnes()
    {
        tests::StoreFixture fixture;
        Draft mine = draft(u"a"_s, "typed");
        mine.baseAttributes = QJsonObject{{u"type"_s, u"yaml"_s}};
        Drafts drafts(fixture.open());
        QVERIFY(*await(drafts.save(mine)));
        fixture.sql(u"drafts.db"_s, u"UPDATE draft SET attributes = '{\"ty'"_s);
        QCOMPARE((***await(drafts.load(mine.address))).attributes, *mine.baseAttributes);
    }

    void list_isNewestFirst_remove_forgets()
    {
        tests::StoreFixture fixture;
        Drafts drafts(fixture.open());
        Draft old = draft(u"old"_s, "x");
        Draft fresh = draft(u"fresh"_s, "xyz");
        fresh.savedAt = old.savedAt.addSecs(5);
        await(drafts.save(old));
        await(drafts.save(fresh));
        const auto list = await(drafts.list());
        QCOMPARE((**list).size(), 2);
        QCOMPARE((**list).first().address, fresh.address);
        QCOMPARE((**list).first().size, 3);
        QSignalSpy removed(&drafts, &Drafts::removed);
        QVERIFY(*await(drafts.remove(fresh.address)));
        QVERIFY(*await(drafts.remove(fresh.address)));
        QCOMPARE(removed.count(), 2);
        QCOMPARE((**await(drafts.list())).size(), 1);
    }

    void abandonedSave_isWrittenAllTheSame()
    {
        tests::StoreFixture fixture;
        Drafts drafts(fixture.open());
        QSignalSpy saved(&drafts, &Drafts::saved);
        {
            QObject page;
            drafts.save(draft(u"a"_s, "typed"))->then(&page, [](const core::Result<core::Done> &) {});
        }
        QTRY_COMPARE(saved.count(), 1);
        QCOMPARE((**await(drafts.load(at(u"a"_s))))->content, QByteArray("typed"));
    }

    void anotherProgramsDraft_isTold()
    {
        tests::StoreFixture fixture;
        Drafts drafts(fixture.open());
        await(drafts.list());
        QSignalSpy told(&drafts, &Drafts::changedElsewhere);
        const auto home = Home::open(fixture.path());
        Drafts others(**home);
        await(others.save(draft(u"a"_s, "theirs")));
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE((**await(drafts.load(at(u"a"_s))))->content, QByteArray("theirs"));
        await(drafts.save(draft(u"b"_s, "mine")));
        await(drafts.list());
        QCOMPARE(told.count(), 1); // our own commits are no news
    }

    void damagedFile_draftsAreSaved()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"drafts.db was damaged"_s));
        tests::StoreFixture fixture;
        {
            Drafts drafts(fixture.open());
            for (int i = 0; i < 30; ++i)
                await(drafts.save(draft(QString::number(i), QByteArray(2000, char('a' + i % 20)))));
        }
        fixture.home.reset();
        fixture.damage(u"drafts.db"_s, 0, QByteArray(60, '\0'));
        Drafts drafts(fixture.open());
        const auto list = await(drafts.list());
        QVERIFY2(list && *list, qPrintable(errorOf(list)));
        QCOMPARE((**list).size(), 30);
        QCOMPARE((**await(drafts.load(at(u"7"_s))))->content, QByteArray(2000, char('a' + 7)));
    }

    void fullDisk_isTold_andOverWhenThereIsRoom()
    {
        tests::StoreFixture fixture;
        Drafts drafts(fixture.open());
        QVERIFY(*await(drafts.save(draft(u"a"_s, "first"))));
        QSignalSpy state(fixture.home.get(), &Home::stateChanged);
        QByteArray noise(3'000'000, Qt::Uninitialized);
        QRandomGenerator(7).generate(noise.begin(), noise.end());
        {
            const tests::FullDisk full(500'000);
            const auto done = await(drafts.save(draft(u"b"_s, noise)));
            QVERIFY(done && !*done);
            QCOMPARE(done->error().kind, core::Error::Kind::Internal);
            QVERIFY(!done->error().message.isEmpty());
            QTRY_COMPARE(state.count(), 1);
            QCOMPARE(fixture.home->state(), Home::State::NoSpace);
            QCOMPARE(fixture.home->health().first().kind, Health::Kind::NoSpace);
            QCOMPARE((**await(drafts.load(at(u"a"_s))))->content, QByteArray("first")); // reading goes on
        }
        QVERIFY(*await(drafts.save(draft(u"b"_s, noise))));
        QTRY_COMPARE(fixture.home->state(), Home::State::Ready);
        QVERIFY(fixture.home->health().isEmpty());
        QCOMPARE((**await(drafts.load(at(u"b"_s))))->content, noise);
    }

    void override_isUsedUntilTakenOff()
    {
        tests::StoreFixture fixture;
        const Override mine{at(u"a"_s), "local", u"yaml"_s, QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC)};
        {
            Overrides overrides(fixture.open());
            QTRY_VERIFY(overrides.isLoaded());
            QVERIFY(!**await(overrides.find(mine.address)));
            QSignalSpy changed(&overrides, &Overrides::changed);
            QVERIFY(*await(overrides.set(mine)));
            QCOMPARE(changed.count(), 1);
            QVERIFY(overrides.addresses().contains(mine.address));
            QCOMPARE(***await(overrides.find(mine.address)), mine);
        }
        Overrides overrides(fixture.open());
        QCOMPARE(***await(overrides.find(mine.address)), mine);
        QTRY_VERIFY(overrides.addresses().contains(mine.address));
        QVERIFY(*await(overrides.remove(mine.address)));
        QVERIFY(overrides.addresses().isEmpty());
        QVERIFY(!**await(overrides.find(mine.address)));
    }

    void override_ofAnotherProgram_isSeen()
    {
        tests::StoreFixture fixture;
        Overrides overrides(fixture.open());
        QTRY_VERIFY(overrides.isLoaded());
        const auto home = Home::open(fixture.path());
        Overrides others(**home);
        await(others.set({at(u"a"_s), "theirs", {}, {}}));
        QTRY_VERIFY(overrides.addresses().contains(at(u"a"_s)));
        QCOMPARE((**await(overrides.find(at(u"a"_s))))->content, QByteArray("theirs"));
    }
};

SIGNALBOX_TEST(TstDrafts)
#include "tst_drafts.moc"
