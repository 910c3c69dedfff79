// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/generation.h"
#include "core/sandbox/options.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox;

class TstOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaults();
    void portZeroIsForAll();
    void portsMayBeOff();
    void takesEveryOption();
    void refuses_data();
    void refuses();
    void generations();
};

namespace {

core::Result<Options> parse(const QStringList &arguments)
{
    return parseOptions(QStringList{u"signalbox-sandbox"_s} + arguments);
}

} // namespace

void TstOptions::defaults()
{
    const auto options = parse({});
    QVERIFY(options);
    QCOMPARE(options->port, 8848);
    QCOMPARE(options->consolePort, std::optional<quint16>(8080));
    QVERIFY(!options->nacosOff && options->dataFolder.isEmpty() && options->admin.isEmpty());
    QVERIFY(options->seed == Options::Seed::Empty);
    QCOMPARE(options->nacosVersion, u"3.1"_s);
}

void TstOptions::portZeroIsForAll()
{
    QCOMPARE(parse({u"--port"_s, u"0"_s})->consolePort, std::optional<quint16>(0));
    QCOMPARE(parse({u"--port=0"_s, u"--console-port=8081"_s})->consolePort, std::optional<quint16>(8081));
}

void TstOptions::portsMayBeOff()
{
    const auto options =
        parse({u"--port"_s, u"off"_s, u"--console-port"_s, u"off"_s, u"--aun-port"_s, u"off"_s, u"--mcp-port"_s, u"30600"_s});
    QVERIFY(options);
    QVERIFY(options->nacosOff);
    QCOMPARE(options->consolePort, std::nullopt);
}

void TstOptions::takesEveryOption()
{
    const auto options = parse({u"--port"_s,          u"1000"_s,   u"--console-port"_s,   u"0"_s,   u"--aun-port"_s,       u"1"_s,
                                u"--storage-port"_s,  u"2"_s,      u"--prefab-port"_s,    u"3"_s,   u"--mcp-port"_s,       u"4"_s,
                                u"--a2a-port"_s,      u"5"_s,      u"--data"_s,           u"d"_s,   u"--seed"_s,           u"demo"_s,
                                u"--auth"_s,          u"nacos"_s,  u"--nacos-version"_s,  u"2.4"_s, u"--fault"_s,          u"latency:1"_s,
                                u"--fault"_s,         u"drop:1"_s, u"--duckdb-library"_s, u"l"_s,   u"--pid-file"_s,       u"p"_s,
                                u"--log-file"_s,      u"g"_s,      u"--lock"_s,           u"k"_s,   u"--end-with-users"_s, u"u"_s,
                                u"--token-seconds"_s, u"9"_s});
    QVERIFY(options);
    QCOMPARE(options->port, 1000);
    QCOMPARE(options->consolePort, std::optional<quint16>(0));
    QVERIFY(options->seed == Options::Seed::Demo);
    QCOMPARE(options->faults, (QStringList{u"latency:1"_s, u"drop:1"_s}));
    QCOMPARE(options->tokenSeconds, 9);
    QCOMPARE(options->usersFolder, u"u"_s);
    QVERIFY(helpText().contains(u"--nacos-version"_s) && !helpText().contains(u"--token-seconds"_s));
    QVERIFY(parse({u"--help"_s})->action == Options::Action::ShowHelp);
    QVERIFY(parse({u"--version"_s})->action == Options::Action::ShowVersion);
}

void TstOptions::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{u"--nonsense"_s};
    QTest::newRow("port") << QStringList{u"--port"_s, u"70000"_s};
    QTest::newRow("port text") << QStringList{u"--port"_s, u"x"_s};
    QTest::newRow("unbuilt port") << QStringList{u"--aun-port"_s, u"x"_s};
    QTest::newRow("seed") << QStringList{u"--seed"_s, u"big"_s};
    QTest::newRow("auth") << QStringList{u"--auth"_s, u""_s};
    QTest::newRow("token") << QStringList{u"--token-seconds"_s, u"0"_s};
    QTest::newRow("no folder") << QStringList{u"--data"_s, QString()};
    QTest::newRow("missing value") << QStringList{u"--data"_s};
    QTest::newRow("replay") << QStringList{u"--replay"_s, u"file"_s, u"--auth"_s, u"nacos"_s};
    QTest::newRow("positional") << QStringList{u"demo"_s};
}

void TstOptions::refuses()
{
    QFETCH(const QStringList, arguments);
    const auto options = parse(arguments);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, core::Error::Kind::Usage);
    QVERIFY(!options.error().message.isEmpty());
}

void TstOptions::generations()
{
    using nacos::Generation;
    for (const QString &version : {u"2.4"_s, u"3.0"_s, u"3.1"_s, u"3.2"_s}) {
        const auto generation = Generation::parse(version);
        QVERIFY(generation);
        QVERIFY(generation->version().startsWith(version));
    }
    for (const QString &version : {u"3.3"_s, u"1.4"_s, u""_s, u"3"_s})
        QVERIFY(!Generation::parse(version));
    const Generation three = *Generation::parse(u"3.1"_s), two = *Generation::parse(u"2.4"_s);
    QCOMPARE(three.canonicalSpace({}), u"public"_s);
    QCOMPARE(three.canonicalSpace(u"public"_s), u"public"_s);
    QCOMPARE(three.spelledSpace(u"public"_s), u"public"_s);
    // In 2.x the tenant "public" is not the public namespace.
    QVERIFY(two.canonicalSpace({}) != two.canonicalSpace(u"public"_s));
    QCOMPARE(two.spelledSpace(two.canonicalSpace({})), QString());
    QCOMPARE(two.spelledSpace(two.canonicalSpace(u"public"_s)), u"public"_s);
}

SIGNALBOX_TEST(TstOptions)
#include "tst_options.moc"
