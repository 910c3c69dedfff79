// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/sqllike.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox::nacos;

class TstSqlLike : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matches_data();
    void matches();
    void staysFast();
};

void TstSqlLike::matches_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("result");
    const auto row = [](const char *pattern, const char *text, bool result) {
        QTest::addRow("%s ~ %s", pattern, text) << QString::fromUtf8(pattern) << QString::fromUtf8(text) << result;
    };
    row("abc", "abc", true);
    row("abc", "abcd", false);
    row("", "", true);
    row("", "a", false);
    row("*", "", true);
    row("*", "anything", true);
    row("a*", "abc", true);
    row("*c", "abc", true);
    row("*b*", "abc", true);
    row("*x*", "abc", false);
    row("a*c*e", "abcde", true);
    row("a*c*f", "abcde", false);
    row("a_c", "abc", true);
    row("a_c", "ac", false);
    row("app_config", "app-config", true); // unescaped, as on the real server
    row("A*", "abc", false);
    row("*中*", "一中二", true);
    row("*ab", "aab", true);
    row("*aab*", "aaab", true);
    row("%b%", "abc", true);
}

void TstSqlLike::matches()
{
    QFETCH(const QString, pattern);
    QFETCH(const QString, text);
    QFETCH(const bool, result);
    QCOMPARE(sqlLike(starsToPercent(pattern), text), result);
}

void TstSqlLike::staysFast()
{
    const QString text(200000, u'a');
    QVERIFY(!sqlLike(u"%a%a%b"_s, text));
    QVERIFY(!sqlLike(u"%needle%"_s, text));
}

SIGNALBOX_TEST(TstSqlLike)
#include "tst_sqllike.moc"
