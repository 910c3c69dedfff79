// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/viewstate.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace core::store;
using tests::await;

class TstViewState final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }

    void values_surviveARestart()
    {
        tests::StoreFixture fixture;
        const QJsonObject geometry{{u"width"_s, 1280}, {u"tabs"_s, QJsonArray{u"a"_s, u"列"_s}}};
        {
            ViewState state(fixture.open());
            QVERIFY(*await(state.load()));
            QCOMPARE(state.value(u"window/geometry"_s, 7), QJsonValue(7));
            state.setValue(u"window/geometry"_s, geometry);
            state.setValue(u"configs/columns"_s, u"x"_s);
            state.setValue(u"configs/sort"_s, 3);
            state.setValue(u"gone"_s, true);
            state.remove(u"gone"_s);
            QCOMPARE(state.value(u"window/geometry"_s), QJsonValue(geometry));
        } // written at destruction at the latest
        ViewState state(fixture.open());
        QVERIFY(*await(state.load()));
        QCOMPARE(state.value(u"window/geometry"_s), QJsonValue(geometry));
        QCOMPARE(state.keys(u"configs/"_s), (QStringList{u"configs/columns"_s, u"configs/sort"_s}));
        QVERIFY(state.value(u"gone"_s).isNull());
    }

    void whatIsSetBeforeLoading_wins()
    {
        tests::StoreFixture fixture;
        {
            ViewState state(fixture.open());
            state.setValue(u"a"_s, 1);
            state.setValue(u"b"_s, 1);
            QVERIFY(*await(state.flush()));
        }
        ViewState state(fixture.open());
        state.setValue(u"a"_s, 2);
        QVERIFY(*await(state.load()));
        QCOMPARE(state.value(u"a"_s), QJsonValue(2));
        QCOMPARE(state.value(u"b"_s), QJsonValue(1));
    }

    void anotherProgramsValue_isTaken()
    {
        tests::StoreFixture fixture;
        ViewState mine(fixture.open());
        QVERIFY(*await(mine.load()));
        QSignalSpy changed(&mine, &ViewState::changed);
        const auto home = Home::open(fixture.path());
        ViewState theirs(**home);
        QVERIFY(*await(theirs.load()));
        theirs.setValue(u"bookmarks"_s, u"x"_s);
        QVERIFY(*await(theirs.flush()));
        QTRY_COMPARE(mine.value(u"bookmarks"_s), QJsonValue(u"x"_s));
        QCOMPARE(changed.count(), 1);
        theirs.remove(u"bookmarks"_s);
        QVERIFY(*await(theirs.flush()));
        QTRY_VERIFY(mine.value(u"bookmarks"_s).isNull());
    }

    void withoutAHome_itWorksInMemory()
    {
        const auto home = Home::open(u"/proc/signalbox-home"_s);
        ViewState state(**home);
        QVERIFY(*await(state.load()));
        state.setValue(u"a"_s, 1);
        QCOMPARE(state.value(u"a"_s), QJsonValue(1));
        const auto flushed = await(state.flush());
        QVERIFY(flushed && !*flushed);
        QCOMPARE(state.value(u"a"_s), QJsonValue(1));
    }
};

SIGNALBOX_TEST(TstViewState)
#include "tst_viewstate.moc"
