// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/commandline.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::commands;

class TstCommandLine final : public QObject {
    Q_OBJECT
    CommandTable m_table;

private Q_SLOTS:
    void initTestCase()
    {
        VerbSpec get{u"config"_s, u"get"_s, u"DATA_ID [--group G] [-o FILE]"_s, u"content of one"_s, 1, 1, {}, {}};
        get.options = {{u"group"_s, u"G"_s, u"group"_s}, {u"o"_s, u"FILE"_s, u"file"_s}, {u"force"_s, {}, u"force"_s}};
        m_table.add(get);
        VerbSpec watch{u"config"_s, u"watch"_s, u"DATA_ID…"_s, u"changes"_s, 1, -1, {}, {}};
        watch.options = {{u"set"_s, u"k=v"_s, u"set"_s, OptionSpec::Count::Many}};
        m_table.add(watch);
        m_table.add({u"completion"_s, {}, u"bash|zsh"_s, u"completion"_s, 1, 1, {}, {}});
    }

    void globalOptionsStandAnywhere()
    {
        for (const QStringList &words :
             {QStringList{u"--json"_s, u"config"_s, u"get"_s, u"a"_s}, QStringList{u"config"_s, u"--json"_s, u"get"_s, u"a"_s},
              QStringList{u"config"_s, u"get"_s, u"a"_s, u"--json"_s}}) {
            const auto line = m_table.parse(words);
            QVERIFY(line);
            QCOMPARE(line->global.format, GlobalOptions::Format::Json);
            QCOMPARE(line->arguments, QStringList{u"a"_s});
        }
    }

    void valuesWithAndWithoutEquals()
    {
        const auto line = m_table.parse({u"config"_s, u"get"_s, u"a"_s, u"--group=G=1"_s, u"-o"_s, u"out"_s, u"--timeout"_s, u"0.5"_s});
        QVERIFY(line);
        QCOMPARE(line->options.value(u"group"_s), QStringList{u"G=1"_s});
        QCOMPARE(line->options.value(u"o"_s), QStringList{u"out"_s});
        QCOMPARE(line->global.timeout.count(), 500);
    }

    void twoDashesEndTheOptions()
    {
        const auto line = m_table.parse({u"config"_s, u"get"_s, u"--"_s, u"--group"_s});
        QVERIFY(line);
        QCOMPARE(line->arguments, QStringList{u"--group"_s});
    }

    void verbWithoutName()
    {
        const auto line = m_table.parse({u"completion"_s, u"bash"_s});
        QVERIFY(line);
        QCOMPARE(line->arguments, QStringList{u"bash"_s});
    }

    void manyValues()
    {
        const auto line = m_table.parse({u"config"_s, u"watch"_s, u"a"_s, u"--set"_s, u"x=1"_s, u"b"_s, u"--set"_s, u"y=2"_s});
        QVERIFY(line);
        QCOMPARE(line->options.value(u"set"_s), (QStringList{u"x=1"_s, u"y=2"_s}));
        QCOMPARE(line->arguments, (QStringList{u"a"_s, u"b"_s}));
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing") << QStringList{} << u"no area"_s;
        QTest::newRow("area") << QStringList{u"confg"_s} << u"did you mean config"_s;
        QTest::newRow("verb") << QStringList{u"config"_s, u"gett"_s} << u"did you mean get"_s;
        QTest::newRow("no verb") << QStringList{u"config"_s} << u"needs a verb"_s;
        QTest::newRow("option") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"--gruop"_s, u"x"_s} << u"did you mean --group"_s;
        QTest::newRow("value missing") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"--group"_s} << u"needs a value"_s;
        QTest::newRow("switch with value") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"--force=1"_s} << u"takes no value"_s;
        QTest::newRow("twice") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"--group"_s, u"x"_s, u"--group"_s, u"y"_s}
                               << u"given twice"_s;
        QTest::newRow("global twice") << QStringList{u"--server"_s, u"http://a"_s, u"config"_s,  u"get"_s,
                                                     u"a"_s,        u"--server"_s, u"http://b"_s}
                                      << u"--server is given twice"_s;
        QTest::newRow("empty server") << QStringList{u"--server="_s, u"config"_s, u"get"_s, u"a"_s} << u"--server is empty"_s;
        QTest::newRow("empty profile") << QStringList{u"--profile"_s, QString(), u"config"_s, u"get"_s, u"a"_s} << u"--profile is empty"_s;
        QTest::newRow("empty home") << QStringList{u"--home"_s, QString(), u"config"_s, u"get"_s, u"a"_s} << u"--home is empty"_s;
        QTest::newRow("nothing near") << QStringList{u"help"_s} << u"signalboxctl --help shows what there is"_s;
        QTest::newRow("too few") << QStringList{u"config"_s, u"get"_s} << u"usage:"_s;
        QTest::newRow("too many") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"b"_s} << u"usage:"_s;
        QTest::newRow("timeout") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"--timeout"_s, u"-1"_s} << u"seconds"_s;
        QTest::newRow("long short") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"--o"_s, u"f"_s} << u"unknown option"_s;
        QTest::newRow("both") << QStringList{u"config"_s, u"get"_s, u"a"_s, u"--server"_s, u"http://x"_s, u"--profile"_s, u"p"_s}
                              << u"exclude"_s;
    }

    void wrongUsage()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, says);
        const auto line = m_table.parse(words);
        QVERIFY(!line);
        QCOMPARE(line.error().kind, Error::Kind::Usage);
        QVERIFY2(line.error().message.contains(says), qPrintable(line.error().message));
    }

    void passwordInUrlIsRefusedAndNotRepeated()
    {
        const auto line = m_table.parse({u"--server"_s, u"http://nacos:hunter22@localhost:8848"_s, u"config"_s, u"get"_s, u"a"_s});
        QVERIFY(!line);
        QCOMPARE(line.error().kind, Error::Kind::Usage);
        QVERIFY(!line.error().message.contains(u"hunter22"_s));
    }

    void helpAtEveryLevel()
    {
        QVERIFY(m_table.parse({u"--help"_s})->helpText.contains(u"Areas"_s));
        QVERIFY(m_table.parse({u"config"_s, u"--help"_s})->helpText.contains(u"content of one"_s));
        const auto verb = m_table.parse({u"config"_s, u"get"_s, u"--help"_s});
        QVERIFY(verb->helpText.contains(u"--group G"_s));
        QVERIFY(!verb->verb);
    }
};

SIGNALBOX_TEST(TstCommandLine)
#include "tst_commandline.moc"
