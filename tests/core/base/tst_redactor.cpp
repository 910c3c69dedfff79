// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>
#include <thread>

using namespace Qt::StringLiterals;
using core::Redactor;

class TstRedactor final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void learned_isMaskedInEverySpelling()
    {
        const QString secret = u"p@ss w\"ö/rd+1"_s;
        Redactor::learn(secret);
        for (const QString &text :
             {u"plain p@ss w\"ö/rd+1 end"_s, u"percent p%40ss%20w%22%C3%B6%2Frd%2B1 end"_s, u"lower p%40ss%20w%22%c3%b6%2frd%2b1 end"_s,
              u"form p%40ss+w%22%C3%B6%2Frd%2B1 end"_s, u"json {\"x\":\"p@ss w\\\"ö/rd+1\"} end"_s}) {
            const QString out = Redactor::redact(text);
            QVERIFY2(!out.contains(u"rd"_s), qPrintable(out));
            QVERIFY2(out.contains(Redactor::mask()), qPrintable(out));
            QVERIFY2(out.endsWith(u" end"_s), qPrintable(out));
        }
        Redactor::forget(secret);
        QCOMPARE(Redactor::redact(u"plain p@ss w\"ö/rd+1"_s), u"plain p@ss w\"ö/rd+1"_s);
    }

    void aSecretThatBeginsLikeAnother_leavesNoTail()
    {
        Redactor::learn(u"sesame"_s);
        Redactor::learn(u"sesame-open-12345"_s);
        QCOMPARE(Redactor::redact(u"x sesame-open-12345 y sesame z"_s), u"x ••• y ••• z"_s);
        Redactor::forget(u"sesame"_s);
        Redactor::forget(u"sesame-open-12345"_s);
    }

    void learnedTwice_isForgottenTwice()
    {
        Redactor::learn(u"twice-learned"_s);
        Redactor::learn(u"twice-learned"_s);
        Redactor::forget(u"twice-learned"_s);
        QCOMPARE(Redactor::redact(u"twice-learned"_s), Redactor::mask());
        Redactor::forget(u"twice-learned"_s);
        QCOMPARE(Redactor::redact(u"twice-learned"_s), u"twice-learned"_s);
        Redactor::forget(u"twice-learned"_s);
        Redactor::forget(u"never learned"_s);
    }

    void shortValues_areNotLearned()
    {
        Redactor::learn(u"abc"_s);
        Redactor::learn(QString());
        QCOMPARE(Redactor::redact(u"abc in a sentence"_s), u"abc in a sentence"_s);
    }

    void shapes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &text, const QString &expected) { QTest::newRow(name) << text << expected; };
        row("Authorization", u"Authorization: Basic bmFjb3M6bmFjb3M=\r\nHost: x"_s, u"Authorization: •••\r\nHost: x"_s);
        row("authorization in small", u"authorization: Bearer abc.def"_s, u"authorization: •••"_s);
        row("cookie", u"Cookie: JSESSIONID=1; a=b\nX: y"_s, u"Cookie: •••\nX: y"_s);
        row("set-cookie", u"Set-Cookie: id=1; Secure"_s, u"Set-Cookie: •••"_s);
        row("accessToken query", u"/nacos/v1?accessToken=eyJhb&x=1"_s, u"/nacos/v1?accessToken=•••&x=1"_s);
        row("access_token", u"access_token=abc;x"_s, u"access_token=•••;x"_s);
        row("token query", u"/x?token=abcdef&y=1"_s, u"/x?token=•••&y=1"_s);
        row("form password", u"username=nacos&password=hunter%202&x=1"_s, u"username=nacos&password=•••&x=1"_s);
        row("JSON password", u"{\"username\":\"n\",\"password\":\"correct horse; \\\"battery\\\", staple\",\"x\":1}"_s,
            u"{\"username\":\"n\",\"password\":\"•••\",\"x\":1}"_s);
        row("JSON in JSON", u"{\"body\":\"{\\\"password\\\":\\\"a b, c\\\",\\\"x\\\":1}\"}"_s,
            u"{\"body\":\"{\\\"password\\\":\\\"•••\\\",\\\"x\\\":1}\"}"_s);
        row("newPassword", u"newPassword=abc"_s, u"newPassword=•••"_s);
        row("YAML", u"password: hunter2\nname: x"_s, u"password: •••\nname: x"_s);
        row("secretKey", u"secretKey=abc, accessKey=LTAI"_s, u"secretKey=•••, accessKey=LTAI"_s);
        row("Spas", u"Spas-Signature: abc=\nSpas-AccessKey: ak"_s, u"Spas-Signature: •••\nSpas-AccessKey: ak"_s);
        row("presigned", u"https://h/b/o?X-Amz-Credential=AK%2F1&X-Amz-Signature=ff00&X-Amz-Date=1"_s,
            u"https://h/b/o?X-Amz-Credential=•••&X-Amz-Signature=•••&X-Amz-Date=1"_s);
        row("user info", u"mysql://root:top@secret@db:3306/x and http://user@h/y"_s, u"mysql://•••@db:3306/x and http://•••@h/y"_s);
        row("usage of a jump host", u"--proxy takes ssh://[user@]host[:port], a jump host"_s,
            u"--proxy takes ssh://[user@]host[:port], a jump host"_s);
        row("user info that begins like it", u"ssh://[user@]top@host ssh://[user@]a:b@c/ ssh://[root@]host"_s,
            u"ssh://•••@host ssh://•••@c/ ssh://•••@]host"_s);
        row("no user info", u"http://host:8848/a@b signalbox://shop/public/config/a@b"_s,
            u"http://host:8848/a@b signalbox://shop/public/config/a@b"_s);
        row("JWT", u"got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJuYWNvcyJ9.abc-_123 back"_s, u"got ••• back"_s);
        row("Bearer", u"sent bearer abcdefgh12345"_s, u"sent Bearer •••"_s);
        row("PEM", u"a -----BEGIN RSA PRIVATE KEY-----\nMII\nEow\n-----END RSA PRIVATE KEY----- b"_s, u"a ••• b"_s);
        row("PEM cut off", u"a -----BEGIN PRIVATE KEY-----\nMIIEow"_s, u"a •••"_s);
        row("X-Internal-Token", u"X-Internal-Token: abc"_s, u"X-Internal-Token: •••"_s);
        row("ordinary words", u"unexpected token: '}' at byte 7; the password is wrong"_s,
            u"unexpected token: '}' at byte 7; the password is wrong"_s);
        row("nothing", u"配置 app.yaml not found"_s, u"配置 app.yaml not found"_s);
    }
    void shapes()
    {
        QFETCH(QString, text);
        QTEST(Redactor::redact(text), "expected");
        QCOMPARE(Redactor::redact(Redactor::redact(text)), Redactor::redact(text));
        QCOMPARE(Redactor::redact(text.toUtf8()), Redactor::redact(text).toUtf8());
    }

    void hostileText_costsLinearTime()
    {
        QElapsedTimer clock;
        clock.start();
        for (const QString &unit : {u"a"_s, u"password"_s, u"\"password\":\""_s, u"://"_s, u"eyJ"_s, u"-----BEGIN PRIVATE KEY-----"_s,
                                    u"bearer "_s, u"x:\\\""_s, u" "_s}) {
            const QString text = unit.repeated(200'000 / unit.size());
            QVERIFY(!Redactor::redact(text).isNull());
        }
        QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
    }

    void anyThread()
    {
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([t] {
                const QString secret = u"thread-secret-%1"_s.arg(t);
                for (int i = 0; i < 200; ++i) {
                    Redactor::learn(secret);
                    if (Redactor::redact(u"x "_s + secret) != u"x •••"_s)
                        qFatal("leaked");
                    Redactor::forget(secret);
                }
            });
        for (std::thread &thread : threads)
            thread.join();
    }
};

SIGNALBOX_TEST(TstRedactor)
#include "tst_redactor.moc"
