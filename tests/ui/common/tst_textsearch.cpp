// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/textsearch.h"

using namespace Qt::StringLiterals;
using namespace ui;

class TstTextSearch : public QObject {
    Q_OBJECT

    using Kind = SearchPattern::Kind;
    using Case = SearchPattern::Case;
    static QStringList found(const QByteArray &text, const SearchPattern &pattern)
    {
        QStringList result;
        for (const SearchHit &hit : findAll(text, pattern).hits)
            result.append(QString::number(hit.offset) + u':' + QString::fromUtf8(text.mid(hit.offset, hit.length)));
        return result;
    }

private Q_SLOTS:
    void init() { tests::strict(); }

    void text()
    {
        QCOMPARE(found("a Timeout: timeout", {u"timeout"_s, Kind::Text, Case::Ignored}), (QStringList{u"2:Timeout"_s, u"11:timeout"_s}));
        QCOMPARE(found("a Timeout: timeout", {u"timeout"_s, Kind::Text, Case::Counts}), (QStringList{u"11:timeout"_s}));
        QCOMPARE(found("aaaa", {u"aa"_s, Kind::Text, Case::Ignored}), (QStringList{u"0:aa"_s, u"2:aa"_s}));
        QVERIFY(found("abc", {}).isEmpty());
        QVERIFY(found("", {u"x"_s, Kind::Text, Case::Ignored}).isEmpty());
    }

    void offsetsAreBytes()
    {
        const QByteArray text = u"退款 🎉 rule"_s.toUtf8();
        QCOMPARE(found(text, {u"RULE"_s, Kind::Text, Case::Ignored}), (QStringList{u"12:rule"_s}));
        QCOMPARE(found(text, {u"🎉"_s, Kind::Text, Case::Counts}), (QStringList{u"7:🎉"_s}));
        QCOMPARE(found(text, {u"[款🎉]"_s, Kind::Regex, Case::Counts}), (QStringList{u"3:款"_s, u"7:🎉"_s}));
    }

    void regexKnowsEveryLineEnd()
    {
        const QByteArray text = "a: 1\r\nb: 2\nc: 3\rd: 4";
        QCOMPARE(found(text, {u"^\\w"_s, Kind::Regex, Case::Ignored}), (QStringList{u"0:a"_s, u"6:b"_s, u"11:c"_s, u"16:d"_s}));
        QCOMPARE(found(text, {u"\\d$"_s, Kind::Regex, Case::Ignored}), (QStringList{u"3:1"_s, u"9:2"_s, u"14:3"_s, u"19:4"_s}));
    }

    void badExpressionSaysSo()
    {
        const SearchResult result = findAll("abc", {u"("_s, Kind::Regex, Case::Ignored});
        QVERIFY(result.hits.isEmpty());
        QVERIFY(!result.problem.isEmpty());
    }

    void thereIsALimit()
    {
        const SearchResult result = findAll(QByteArray(MaxHits + 10, 'x'), {u"x"_s, Kind::Text, Case::Ignored});
        QCOMPARE(result.hits.size(), MaxHits);
        QVERIFY(!result.complete);
    }

    void hungryExpressionComesToAnEnd()
    {
        const SearchResult result = findAll(QByteArray(40, 'a') + "!", {u"(a+)+$"_s, Kind::Regex, Case::Ignored});
        QVERIFY(result.hits.size() <= 1);
    }

    void replacement()
    {
        const SearchPattern regex{u"(\\w+)=(\\w+)"_s, Kind::Regex, Case::Ignored};
        QCOMPARE(replacementFor("a=b", regex, u"\\2:$1\\n"_s), "b:a\n");
        QCOMPARE(replacementFor("a=b", regex, u"\\\\1"_s), "\\1");
        QCOMPARE(replacementFor("a=b", {u"a"_s, Kind::Text, Case::Ignored}, u"\\1"_s), "\\1");
    }
};

SIGNALBOX_TEST(TstTextSearch)
#include "tst_textsearch.moc"
