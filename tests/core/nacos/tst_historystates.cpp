// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/historystates.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

namespace {

using Change = HistoryRow::Change;
using Verb = ConfigRevision::Verb;

QDateTime at(int minute)
{
    return QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + minute * 60'000, Qt::UTC);
}

HistoryRow row(int nid, Change change, int minute, const char *md5 = "")
{
    HistoryRow r;
    r.nid = QString::number(nid);
    r.change = change;
    r.at = at(minute);
    r.by = u"user%1"_s.arg(nid);
    r.md5 = md5;
    return r;
}

LiveFacts live(const char *md5, int minute)
{
    return {md5, 5, at(0), at(minute), u"live-user"_s, {}};
}

store::MirrorRevision seen(qint64 id, const char *md5, int minute)
{
    store::MirrorRevision revision;
    revision.id = id;
    revision.md5 = md5;
    revision.seenAt = at(minute);
    revision.exists = *md5 != 0;
    return revision;
}

QStringList told(const QList<ConfigRevision> &states)
{
    QStringList lines;
    for (const ConfigRevision &state : states) {
        constexpr const char *verbs[] = {"created", "updated", "deleted", "seen"};
        lines.append(u"%1 %2 %3"_s.arg(state.id, QLatin1String(verbs[int(state.verb)]), state.by));
    }
    return lines;
}

} // namespace

class TstHistoryStates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contentsBelongToTheChangeBefore()
    {
        // Created "a", changed to "b", changed to "c", which is live.
        const auto states =
            statesOf({row(3, Change::Update, 3, "b"), row(2, Change::Update, 2, "a"), row(1, Change::Insert, 1, "a")}, live("c", 3));
        QCOMPARE(told(states), (QStringList{u"live:c updated user3"_s, u"h:3 updated user2"_s, u"h:1 created user1"_s}));
        QCOMPARE(states.at(1).md5, "b"_ba);
        QCOMPARE(states.at(2).md5, "a"_ba);
        QVERIFY(states.first().current && !states.at(1).current);
        QCOMPARE(states.at(1).at, at(2));
    }

    void deletedAndMadeAgain()
    {
        const auto states = statesOf({row(4, Change::Insert, 4, "c"), row(3, Change::Delete, 3, "b"), row(2, Change::Update, 2, "a"),
                                      row(1, Change::Insert, 1, "a")},
                                     live("c", 4));
        QCOMPARE(told(states),
                 (QStringList{u"live:c created user4"_s, u"gone:3 deleted user3"_s, u"h:3 updated user2"_s, u"h:1 created user1"_s}));
        QCOMPARE(states.at(2).md5, "b"_ba);
    }

    void gone()
    {
        const auto states = statesOf({row(2, Change::Delete, 2, "a"), row(1, Change::Insert, 1, "a")}, std::nullopt);
        QCOMPARE(told(states), (QStringList{u"gone:2 deleted user2"_s, u"h:1 created user1"_s}));
        QVERIFY(states.first().current);
    }

    void theOldestRowTellsWhatWasBefore()
    {
        // The insert is older than what the server keeps.
        const auto states = statesOf({row(9, Change::Update, 9, "a")}, live("b", 9));
        QCOMPARE(told(states), (QStringList{u"live:b updated user9"_s, u"h:9 seen "_s}));
        QVERIFY(!states.last().at.isValid());
        QCOMPARE(states.last().md5, "a"_ba);
    }

    void noHistory()
    {
        QCOMPARE(told(statesOf({}, live("a", 5))), QStringList{u"live:a updated live-user"_s});
        QCOMPARE(told(statesOf({}, live("a", 0))), QStringList{u"live:a created live-user"_s});
        QVERIFY(statesOf({}, std::nullopt).isEmpty());
    }

    void rowsThatLagBehind()
    {
        // A change whose row is not there yet is not put on the row before.
        QCOMPARE(told(statesOf({row(1, Change::Insert, 1, "a")}, live("b", 5))),
                 (QStringList{u"live:b updated live-user"_s, u"h:1 created user1"_s}));
        QCOMPARE(told(statesOf({row(2, Change::Update, 2, "a"), row(1, Change::Insert, 1, "a")}, live("z", 9))),
                 (QStringList{u"live:z updated live-user"_s, u"h:1 created user1"_s}));
        // Made again after a deletion.
        QCOMPARE(told(statesOf({row(2, Change::Delete, 2, "a")}, live("b", 5))),
                 (QStringList{u"live:b created live-user"_s, u"gone:2 deleted user2"_s, u"h:2 seen "_s}));
        // Gone, and the deletion's row is not there yet.
        QCOMPARE(told(statesOf({row(1, Change::Insert, 1, "a")}, std::nullopt)),
                 (QStringList{u"gone: deleted "_s, u"h:1 created user1"_s}));
    }

    void grayVersionsStandApart()
    {
        HistoryRow gray = row(2, Change::Update, 2, "g");
        gray.gray = true;
        const auto states = statesOf({row(3, Change::Update, 3, "a"), gray, row(1, Change::Insert, 1, "a")}, live("b", 3));
        QCOMPARE(told(states), (QStringList{u"live:b updated user3"_s, u"h:2 updated user2"_s, u"h:1 created user1"_s}));
        QVERIFY(states.at(1).gray);
    }

    void theMirrorAddsWhatTheServerForgot()
    {
        const auto states = statesOf({row(9, Change::Update, 9, "b")}, live("c", 9));
        const auto all = withMirror(states, {seen(14, "c", 10), seen(13, "b", 5), seen(12, "a", 4), seen(11, "a", 3)});
        // "b" is the oldest the server tells of; "a" only the mirror has, seen twice.
        QCOMPARE(told(all), (QStringList{u"live:c updated user9"_s, u"m:11 seen "_s, u"h:9 seen "_s}));
    }

    void whatBothKnowIsToldOnce()
    {
        const auto states =
            statesOf({row(3, Change::Update, 30, "b"), row(2, Change::Update, 20, "a"), row(1, Change::Insert, 10, "a")}, live("c", 30));
        QCOMPARE(withMirror(states, {seen(3, "c", 31), seen(2, "b", 25), seen(1, "a", 12)}).size(), 3);
        // The same content at another time is another state.
        const auto more = withMirror(states, {seen(4, "b", 35)});
        QCOMPARE(more.size(), 4);
        QCOMPARE(more.at(1).id, u"m:4"_s); // never above the present one
        // Rows without MD5 tell nothing to compare, so their time decides.
        const auto unnamed = statesOf({row(3, Change::Update, 30), row(2, Change::Update, 20), row(1, Change::Insert, 10)}, live("c", 30));
        QCOMPARE(withMirror(unnamed, {seen(2, "b", 25), seen(1, "a", 12)}).size(), 3);
    }

    void onlyTheMirror()
    {
        const auto states = withMirror({}, {seen(3, "", 3), seen(2, "b", 2), seen(1, "a", 1)});
        QCOMPARE(told(states), (QStringList{u"m:3 deleted "_s, u"m:2 seen "_s, u"m:1 seen "_s}));
        QCOMPARE(int(states.first().source), int(ConfigRevision::Source::Mirror));
    }

    void identifiersComeBack_data()
    {
        QTest::addColumn<QString>("id");
        for (const char *id : {"live:0cc175b9c0f1b6a831c399e269772661", "live:", "h:1098966054471733248", "gone:7", "gone:", "m:12"})
            QTest::newRow(id) << QString::fromLatin1(id);
    }
    void identifiersComeBack()
    {
        QFETCH(QString, id);
        const auto parsed = RevisionId::parse(id);
        QVERIFY(parsed);
        QCOMPARE(parsed->toString(), id);
    }
    void otherIdentifiersAreRefused()
    {
        for (const char *id : {"", "x", "h:", "h:abc", "m:1; drop", "7"})
            QVERIFY2(!RevisionId::parse(QString::fromLatin1(id)), id);
    }
};

SIGNALBOX_TEST(TstHistoryStates)
#include "tst_historystates.moc"
