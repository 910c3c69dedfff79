// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/userstore.h"
#include "tests/support/manualclock.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox;
using namespace core::sandbox::nacos;

class TstUserStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAdministratorEverybodyMay();
    void checksPasswords();
    void tokensExpire();
    void refusesForgedTokens();
    void passwordsAndTokensSurviveOnDisk();
};

void TstUserStore::withoutAdministratorEverybodyMay()
{
    tests::ManualClock clock;
    UserStore users(clock);
    QVERIFY(!users.isLoginRequired());
    QVERIFY(users.check({})->admin);
    QVERIFY(users.check({u"nonsense"_s, {}, {}})->admin);
    QCOMPARE(users.issueToken(u"x"_s), u"AUTH_DISABLED"_s);
}

void TstUserStore::checksPasswords()
{
    tests::ManualClock clock;
    UserStore users(clock);
    QVERIFY(users.setAdmin(u"nacos"_s, u"secret"_s, nullptr));
    for (int i = 0; i < 2; ++i) { // the second time from memory
        QVERIFY(users.login(u"nacos"_s, u"secret"_s) == UserStore::Login::Accepted);
        QVERIFY(users.login(u"nacos"_s, u"Secret"_s) == UserStore::Login::WrongPassword);
        QVERIFY(users.login(u"nacos"_s, {}) == UserStore::Login::WrongPassword);
        QVERIFY(users.login(u"other"_s, u"secret"_s) == UserStore::Login::UnknownUser);
    }
    QVERIFY(users.check({{}, u"nacos"_s, u"secret"_s})->admin);
    QVERIFY(users.check({{}, u"nacos"_s, u"wrong"_s}).error() == UserStore::Refusal::NoCredentials);
    QVERIFY(users.check({}).error() == UserStore::Refusal::NoCredentials);
}

void TstUserStore::tokensExpire()
{
    tests::ManualClock clock;
    UserStore users(clock);
    QVERIFY(users.setAdmin(u"nacos"_s, u"secret"_s, nullptr));
    users.setTokenSeconds(60);
    const QString token = users.issueToken(u"nacos"_s);
    QCOMPARE(token.count(u'.'), 2);
    QCOMPARE(users.check({token, {}, {}})->user, u"nacos"_s);
    clock.advance(std::chrono::seconds(59));
    QVERIFY(users.check({token, {}, {}}));
    clock.advance(std::chrono::seconds(1));
    QVERIFY(users.check({token, {}, {}}).error() == UserStore::Refusal::ExpiredToken);
    UserStore fresh(clock); // another key, and nothing remembered
    QVERIFY(fresh.setAdmin(u"nacos"_s, u"secret"_s, nullptr));
    QVERIFY(fresh.check({token, {}, {}}).error() == UserStore::Refusal::InvalidToken);
}

void TstUserStore::refusesForgedTokens()
{
    tests::ManualClock clock;
    UserStore users(clock);
    QVERIFY(users.setAdmin(u"nacos"_s, u"secret"_s, nullptr));
    const QString token = users.issueToken(u"nacos"_s);
    const QStringList parts = token.split(u'.');
    for (const QString &forged : {u"AUTH_DISABLED"_s, u"..."_s, u"a.b.c"_s, parts.at(0) + u'.' + parts.at(1) + u'.',
                                  parts.at(0) + u'.' + parts.at(1), u"x"_s + token, token.chopped(1), users.issueToken(u"somebody"_s)}) {
        const auto result = users.check({forged, {}, {}});
        QVERIFY2(!result, qPrintable(forged));
        QVERIFY(result.error() == UserStore::Refusal::InvalidToken);
    }
}

void TstUserStore::passwordsAndTokensSurviveOnDisk()
{
    QTemporaryDir folder;
    tests::ManualClock clock;
    const QString file = folder.filePath(u"u.db"_s);
    QString token;
    {
        auto database = Database::open(file, Database::Access::ReadWrite);
        QVERIFY(UserStore::createTables(**database));
        UserStore users(clock);
        QVERIFY(users.load(**database));
        const auto unknown = users.setAdmin(u"nacos"_s, {}, database->get());
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().kind, core::Error::Kind::NotFound);
        QVERIFY(users.setAdmin(u"nacos"_s, u"open-sesame"_s, database->get()));
        token = users.issueToken(u"nacos"_s);
    }
    auto database = Database::open(file, Database::Access::ReadWrite);
    UserStore users(clock);
    QVERIFY(users.load(**database));
    QVERIFY(users.setAdmin(u"nacos"_s, {}, database->get()));
    QVERIFY(users.login(u"nacos"_s, u"open-sesame"_s) == UserStore::Login::Accepted);
    QVERIFY(users.check({token, {}, {}}));
    QFile raw(file);
    QVERIFY(raw.open(QIODevice::ReadOnly));
    QVERIFY(!raw.readAll().contains("open-sesame"));
}

SIGNALBOX_TEST(TstUserStore)
#include "tst_userstore.moc"
