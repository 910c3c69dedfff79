// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/planfiles.h"
#include "core/guard/takenback.h"
#include "tests/core/guard/memoryserver.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::guard;
using core::Error;
using namespace tests;

class TstPlan final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void value_isOneSpelling()
    {
        const Value one{QByteArray("line\n\0\xff", 7), {{u"b"_s, 1}, {u"a"_s, u"x"_s}}};
        Value two = one;
        two.attributes = {{u"a"_s, u"x"_s}, {u"b"_s, 1.0}};
        QCOMPARE(one.canonical(), two.canonical());
        QVERIFY(one == two);
        QCOMPARE(one.sha256().size(), 32);
        const auto back = Value::fromCanonical(one.canonical());
        QVERIFY(back);
        QVERIFY(*back == one);
        two.attributes.insert(u"b"_s, 2);
        QVERIFY(!(one == two));
        QVERIFY(one.sha256() != two.sha256());
        // What moves between attributes and content is another value.
        QVERIFY((Value{"\nx", {}}).canonical() != (Value{"x", {{u"\n"_s, 1}}}).canonical());
    }

    void value_fromNonsense_isRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no line feed") << QByteArray("{}");
        QTest::newRow("not json") << QByteArray("{\nx");
        QTest::newRow("an array") << QByteArray("[]\nx");
    }
    void value_fromNonsense_isRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto value = Value::fromCanonical(bytes);
        QVERIFY(!value);
        QCOMPARE(value.error().kind, Error::Kind::BadReply);
    }

    void files_areWrittenAndReadElsewhere()
    {
        core::Workers workers;
        QTemporaryDir folder;
        const QString name = folder.filePath(u"p.json"_s);
        const Plan one = plan({update(u"a"_s, "1", "2"), create(u"b"_s, QByteArray(1 << 20, 'x'))});
        const auto written = await(writePlanFile(one, name, workers, this));
        QVERIFY(written && *written);
        QCOMPARE(QFile::permissions(name) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const auto read = await(readPlanFile(name, workers, this));
        QVERIFY(read && *read);
        QVERIFY(**read == one);
        const auto kindOf = [&](const QString &file) {
            const auto answer = await(readPlanFile(file, workers, this));
            return answer && !*answer ? answer->error().kind : Error::Kind::Cancelled;
        };
        QCOMPARE(kindOf(folder.filePath(u"none.json"_s)), Error::Kind::Internal);
        QCOMPARE(kindOf(folder.path()), Error::Kind::Internal);
        QFile huge(folder.filePath(u"huge.json"_s));
        QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(300LL << 20)); // takes no room
        QCOMPARE(kindOf(huge.fileName()), Error::Kind::BadReply);
        const auto nowhere = await(writePlanFile(one, folder.filePath(u"no/p.json"_s), workers, this));
        QVERIFY(nowhere && !*nowhere);
        QCOMPARE(nowhere->error().kind, Error::Kind::Internal);
    }

    void hash_isOverTargetsBeforesAndAfters()
    {
        const Plan one = plan({update(u"a"_s, "1", "2"), create(u"b"_s, "3")});
        Plan same = one;
        same.id = QUuid::createUuid();
        same.title = u"another title"_s;
        QCOMPARE(one.hash(), same.hash());
        for (const auto &edit : std::initializer_list<std::function<void(Plan &)>>{
                 [](Plan &p) { p.changes[0].target = at(u"c"_s); }, [](Plan &p) { p.changes[0].before = value("x"); },
                 [](Plan &p) { p.changes[0].after = value("x"); }, [](Plan &p) { p.changes[0].before.reset(); },
                 [](Plan &p) { p.changes[0].verb = Verb::Create; }, [](Plan &p) { p.changes.pop_back(); },
                 [](Plan &p) { std::swap(p.changes[0], p.changes[1]); }, [](Plan &p) { p.changes[0].comparison = Comparison::Checked; }}) {
            Plan other = one;
            edit(other);
            QVERIFY(other.hash() != one.hash());
        }
    }

    void file_comesBackWhole()
    {
        Plan one = plan({update(u"a/配置"_s, "1", QByteArray("\xff\0bin", 5)), create(u"b"_s, "3\r\n"), erase(u"c"_s, "")});
        one.title = u"three"_s;
        one.reason = u"because"_s;
        one.notes = QStringList{u"note"_s};
        one.changes[2].undo = Undo::Partial;
        one.changes[2].undoNote = u"history is lost"_s;
        const auto file = one.toFile();
        QVERIFY(file);
        QVERIFY(QJsonDocument::fromJson(*file).object().value("changes"_L1).toArray().size() == 3);
        const auto back = Plan::fromFile(*file);
        QVERIFY2(back, back ? "" : qPrintable(back.error().message));
        QVERIFY(*back == one);
    }

    void file_editedByHand_isAConflict()
    {
        QByteArray file = *plan({update(u"a"_s, "old", "new")}).toFile();
        file.replace("\"new\"", "\"other\"");
        const auto back = Plan::fromFile(file);
        QVERIFY(!back);
        QCOMPARE(back.error().kind, Error::Kind::Conflict);
    }

    void file_withMistakes_saysWhere_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("where");
        QTest::newRow("format") << QByteArray("signalbox-plan") << QByteArray("other") << u"/format"_s;
        QTest::newRow("version") << QByteArray("\"version\": 1") << QByteArray("\"version\": 2") << u"/version"_s;
        QTest::newRow("target") << QByteArray("signalbox://") << QByteArray("http://") << u"/changes/0/target"_s;
        QTest::newRow("verb") << QByteArray("\"verb\": \"update\"") << QByteArray("\"verb\": \"move\"") << u"/changes/0/verb"_s;
        QTest::newRow("undo") << QByteArray("\"undo\": \"full\"") << QByteArray("\"undo\": 3") << u"/changes/0/undo"_s;
        QTest::newRow("value") << QByteArray("\"content\": \"old\"") << QByteArray("\"contentBase64\": \"***\"") << u"/changes/0/before"_s;
        QTest::newRow("verb does not fit") << QByteArray("\"verb\": \"update\"") << QByteArray("\"verb\": \"delete\"") << u"/changes/0"_s;
        QTest::newRow("not json") << QByteArray("{") << QByteArray("(") << QString();
    }
    void file_withMistakes_saysWhere()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, where);
        QByteArray file = *plan({update(u"a"_s, "old", "new")}).toFile();
        const qsizetype found = file.indexOf(from);
        QVERIFY(found >= 0);
        file.replace(found, from.size(), to);
        const auto back = Plan::fromFile(file);
        QVERIFY(!back);
        QCOMPARE(back.error().kind, Error::Kind::BadReply);
        QVERIFY2(back.error().message.contains(where), qPrintable(back.error().message));
    }

    void secrets_areNeverSaved()
    {
        Change change = update(u"a"_s, "1", "2");
        change.undo = Undo::None;
        change.secrets = {{u"password"_s, u"ref-1"_s}};
        const auto file = plan({change}).toFile();
        QVERIFY(!file);
        QCOMPARE(file.error().kind, Error::Kind::Usage);
        change.undo = Undo::Full;
        QVERIFY(!check(change));
    }

    void check_refusesWhatMakesNoSense()
    {
        QVERIFY(check(update(u"a"_s, "1", "2")));
        QVERIFY(check(create(u"a"_s, "")));
        QVERIFY(check(erase(u"a"_s, "")));
        QVERIFY(!check(update(u"a"_s, "1", "1")));
        QVERIFY(!check(Change()));
        Change change = create(u"a"_s, "1");
        change.before = value("0");
        QVERIFY(!check(change));
        change = erase(u"a"_s, "1");
        change.after = value("0");
        QVERIFY(!check(change));
        change = update(u"a"_s, "1", "2");
        change.target = change.target.withRevision(u"7"_s);
        QVERIFY(!check(change));
    }

    void inverse_swaps()
    {
        const Change back = *inverse(create(u"a"_s, "1"));
        QCOMPARE(back.verb, Verb::Delete);
        QVERIFY(back.before == value("1") && !back.after);
        QCOMPARE(inverse(erase(u"a"_s, "1"))->verb, Verb::Create);
        QCOMPARE(inverse(update(u"a"_s, "1", "2"))->comparison, Comparison::Atomic);
        Change never = update(u"a"_s, "1", "2");
        never.undo = Undo::None;
        never.undoNote = u"the server forgets it"_s;
        QVERIFY(!inverse(never));
        QCOMPARE(inverse(never).error().message, never.undoNote);
    }

    void inverse_saysUndoAndAgainAndNeverBoth()
    {
        Change change = update(u"a"_s, "1", "2");
        change.summary = u"Update a"_s;
        const Change back = *inverse(change), again = *inverse(back), once = *inverse(again);
        QCOMPARE(back.summary, u"undo: Update a"_s);
        QCOMPARE(again.summary, u"again: Update a"_s);
        QCOMPARE(once.summary, u"undo: Update a"_s);
        // As written into ledgers before.
        change.summary = u"undo: undo: Update a"_s;
        QCOMPARE(inverse(change)->summary, u"undo: Update a"_s);
        QCOMPARE(toString(takenBack(change.summary)), u"again: Update a"_s);
    }
};

SIGNALBOX_TEST(TstPlan)
#include "tst_plan.moc"
