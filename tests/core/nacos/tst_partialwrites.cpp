// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configexecutor.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/configstate.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/sandbox/common/faults.h"
#include "core/sandbox/nacos/nacosserver.h"
#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;

/// Changes of an account that may only read what SDKs read, against the practice registry.
class TstPartialWrites final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void whatWasNotRead_isKept_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("rpc");
        QTest::addColumn<QString>("description");
        QTest::newRow("3.2 by HTTP") << u"3.2"_s << false << u"what it is for"_s;
        QTest::newRow("3.2 by gRPC") << u"3.2"_s << true << u"what it is for"_s;
        // These clear what is absent; the plan says so.
        QTest::newRow("3.1 by HTTP") << u"3.1"_s << false << QString();
    }
    void whatWasNotRead_isKept()
    {
        QFETCH(QString, version);
        QFETCH(bool, rpc);
        QFETCH(QString, description);
        sandbox::Faults faults;
        sandbox::nacos::NacosServer::Options options;
        options.port = 0;
        options.consolePort = 0;
        options.version = version;
        sandbox::nacos::NacosServer server(options, faults, Clock::system());
        QVERIFY(server.start());

        tests::FakeSecretStore secrets;
        net::GrpcRuntime runtime;
        profiles::Profile profile;
        profile.slug = profile.name = u"test"_s;
        profile.servers = {u"http://127.0.0.1:%1/nacos"_s.arg(server.port())};
        profile.consoleUrl = u"http://127.0.0.1:%1"_s.arg(server.consolePort());
        profile.grpcPort = server.grpcPort();
        profile.proxy.kind = profiles::Proxy::Kind::None;
        Registries registries(Registry::Collaborators{{runtime, secrets}, {}});
        ConfigExecutor executor(registries);
        Registry *registry = registries.open(profile, rpc ? Session::Use::Interactive : Session::Use::OneShot);
        const auto opened = await(registry->session().open());
        QVERIFY2(opened && *opened, qPrintable(errorOf(opened)));
        QTRY_COMPARE(registry->session().d().rpcUp(), rpc);

        const ConfigKey key{u"public"_s, u"G"_s, u"d"_s};
        ConfigAttributes attributes;
        attributes.app = u"shop"_s;
        attributes.description = u"what it is for"_s;
        attributes.tags = {u"a"_s, u"b"_s};
        auto applied = await(executor.apply(*configChange({u"test"_s, key, std::nullopt, "one", attributes})));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));

        ConfigDetail read;
        read.key = key;
        read.content = "one";
        read.complete = false;
        const auto change = configChange({u"test"_s, key, read, "two", {}});
        QVERIFY(change);
        QVERIFY(change->undoNote.contains(u"up to 3.1"_s));
        applied = await(executor.apply(*change));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        auto live = await(registry->configs().getLive(key));
        QVERIFY2(live && *live && **live, qPrintable(errorOf(live)));
        QCOMPARE((**live)->content, "two"_ba);
        QCOMPARE((**live)->attributes.app, u"shop"_s);
        QCOMPARE((**live)->attributes.tags.size(), 2);
        QCOMPARE((**live)->attributes.description, description);

        // What was typed, and is in the plan, arrives.
        read.content = "two";
        attributes.app = u"mall"_s;
        attributes.description = u"new words"_s;
        attributes.tags = {u"c"_s};
        const auto typed = configChange({u"test"_s, key, read, "three", attributes});
        QVERIFY(typed && !typed->undoNote.contains(u"up to 3.1"_s));
        applied = await(executor.apply(*typed));
        QVERIFY2(applied && *applied, qPrintable(errorOf(applied)));
        live = await(registry->configs().getLive(key));
        QVERIFY2(live && *live && **live, qPrintable(errorOf(live)));
        QVERIFY(isSame((**live)->attributes, attributes));
    }
};

SIGNALBOX_TEST(TstPartialWrites)
#include "tst_partialwrites.moc"
