// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/fromenvironment.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::profiles;
using core::Error;

class TstFromEnvironment final : public QObject {
    Q_OBJECT

    static QProcessEnvironment with(std::initializer_list<std::pair<QString, QString>> values)
    {
        QProcessEnvironment environment;
        for (const auto &[name, value] : values)
            environment.insert(name, value);
        return environment;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void nacos_withUserAndPassword()
    {
        const auto import = profileFromEnvironment(with({{u"NACOS_SERVER_ADDR"_s, u"10.0.0.1:8848,10.0.0.2:8848; https://c"_s},
                                                         {u"NACOS_NAMESPACE"_s, u"prod"_s},
                                                         {u"NACOS_USERNAME"_s, u"deploy"_s},
                                                         {u"NACOS_PASSWORD"_s, u"hunter2"_s},
                                                         {u"NACOS_CONTEXT_PATH"_s, u"/registry"_s}}),
                                                   Kind::Nacos);
        QVERIFY(import);
        QCOMPARE(import->profile.servers, (QStringList{u"http://10.0.0.1:8848"_s, u"http://10.0.0.2:8848"_s, u"https://c:443"_s}));
        QCOMPARE(import->profile.defaultNamespace, u"prod"_s);
        QCOMPARE(import->profile.typedNamespaces, QStringList{u"prod"_s});
        QCOMPARE(import->profile.auth, (Auth{Auth::Kind::Password, u"deploy"_s, {}}));
        QCOMPARE(import->profile.contextPath, u"/registry"_s);
        QCOMPARE(import->secrets.value(Secret::Password), u"hunter2"_s);
        QCOMPARE(import->used.size(), 5);
        QVERIFY(!import->used.join(u' ').contains(u"hunter2"_s));
        QVERIFY(problemsOf(import->profile).isEmpty());
    }

    void nacos_withAccessKey()
    {
        const auto import = profileFromEnvironment(with({{u"NACOS_ADDR"_s, u"h"_s},
                                                         {u"NACOS_ACCESS_KEY"_s, u"AK"_s},
                                                         {u"NACOS_SECRET_KEY"_s, u"SK"_s},
                                                         {u"NACOS_STS_TOKEN"_s, u"ST"_s}}),
                                                   Kind::Nacos);
        QCOMPARE(import->profile.auth, (Auth{Auth::Kind::AkSk, {}, u"AK"_s}));
        QCOMPARE(import->secrets.value(Secret::SecretKey), u"SK"_s);
        QCOMPARE(import->secrets.value(Secret::SecurityToken), u"ST"_s);
    }

    void nacos_otherSpellings()
    {
        const auto import = profileFromEnvironment(with({{u"NACOS_HOST"_s, u"h"_s}, {u"NACOS_PORT"_s, u"1234"_s}}), Kind::Nacos);
        QCOMPARE(import->profile.servers, QStringList{u"http://h:1234"_s});
        const auto six = profileFromEnvironment(with({{u"NACOS_HOST"_s, u"::1"_s}, {u"NACOS_PORT"_s, u"1234"_s}}), Kind::Nacos);
        QVERIFY2(six, six ? "" : qPrintable(six.error().message));
        QCOMPARE(six->profile.servers, QStringList{u"http://[::1]:1234"_s});
        const auto endpoint =
            profileFromEnvironment(with({{u"NACOS_ENDPOINT"_s, u"address-server"_s}, {u"NACOS_PASSWORD"_s, u"x"_s}}), Kind::Nacos);
        QVERIFY(endpoint->profile.servers.isEmpty());
        QCOMPARE(endpoint->notes.size(), 2);
    }

    void nothingSet_isNotFound_badAddress_isUsage()
    {
        QCOMPARE(profileFromEnvironment(with({{u"PATH"_s, u"/bin"_s}, {u"NACOS_USERNAME"_s, u""_s}}), Kind::Nacos).error().kind,
                 Error::Kind::NotFound);
        const auto bad = profileFromEnvironment(with({{u"NACOS_SERVER_ADDR"_s, u"http://user:geheim@h"_s}}), Kind::Nacos);
        QCOMPARE(bad.error().kind, Error::Kind::Usage);
        QVERIFY(!bad.error().message.contains(u"geheim"_s));
        QCOMPARE(profileFromEnvironment(with({{u"NACOS_SERVER_ADDR"_s, u"h"_s}}), Kind::Aun).error().kind, Error::Kind::NotFound);
    }

    void storageAndPrefab()
    {
        const auto storage =
            profileFromEnvironment(with({{u"MINIO_GRPC_HOST"_s, u"m"_s}, {u"DUCKDB_GRPC_PORT"_s, u"6000"_s}}), Kind::Storage);
        QCOMPARE(storage->profile.servers, (QStringList{u"grpc://m:50051"_s, u"grpc://localhost:6000"_s}));
        const auto prefab = profileFromEnvironment(with({{u"X_INTERNAL_TOKEN"_s, u"token"_s}}), Kind::Prefab);
        QCOMPARE(prefab->profile.auth.kind, Auth::Kind::Internal);
        QCOMPARE(prefab->secrets.value(Secret::Token), u"token"_s);
    }
};

SIGNALBOX_TEST(TstFromEnvironment)
#include "tst_fromenvironment.moc"
