// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/models/filterquery.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;

class TstFilterQuery : public QObject {
    Q_OBJECT

    const QList<FilterField> m_fields{{u"name"_s, u"Name"_s, {}, FilterField::Match::Contains, FilterField::FreeText::Searched},
                                      {u"tag"_s, u"Tag"_s, {}, FilterField::Match::Word, FilterField::FreeText::Searched},
                                      {u"size"_s, u"Size"_s, {}, FilterField::Match::Number, FilterField::FreeText::Searched},
                                      {u"note"_s, u"Note"_s, {}, FilterField::Match::Contains, FilterField::FreeText::Skipped}};

    bool matches(const QString &query, const QStringList &record) const
    {
        const FilterMatcher matcher(FilterQuery::parse(query, m_fields), m_fields);
        return matcher.matches([&](int field, FilterMatcher::Want) { return record.value(field); });
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void parse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::addColumn<int>("terms");
        QTest::newRow("empty") << u"  "_s << QString() << 0;
        QTest::newRow("words") << u"one  two"_s << u"one two"_s << 2;
        QTest::newRow("field") << u"NAME:pay"_s << u"name:pay"_s << 1;
        QTest::newRow("negated") << u"-tag:core -x"_s << u"-tag:core -x"_s << 2;
        QTest::newRow("quoted") << u"\"two words\" name:\"a b\""_s << u"\"two words\" name:\"a b\""_s << 2;
        QTest::newRow("quote not closed") << u"\"two words"_s << u"\"two words\""_s << 1;
        QTest::newRow("escaped quote") << u"\"a\\\"b\""_s << u"a\"b"_s << 1;
        QTest::newRow("regex") << u"/svc-\\d+/ name:/^a b$/"_s << u"/svc-\\d+/ name:/^a b$/"_s << 2;
        QTest::newRow("a path is no regex") << u"/pay/**"_s << u"\"/pay/**\""_s << 1;
        QTest::newRow("unknown field is text") << u"http://host"_s << u"\"http://host\""_s << 1;
        QTest::newRow("field still being typed") << u"name: x"_s << u"x"_s << 1;
        QTest::newRow("a lone minus") << u"a - b"_s << u"a \"-\" b"_s << 3;
    }
    void parse()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        QFETCH(int, terms);
        const FilterQuery query = FilterQuery::parse(text, m_fields);
        QCOMPARE(query.terms().size(), terms);
        QCOMPARE(query.toString(), written);
        QVERIFY(FilterQuery::parse(query.toString(), m_fields) == query);
    }

    void match_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("expected");
        QTest::newRow("nothing asked") << QString() << true;
        QTest::newRow("free text, any case") << u"ORDER"_s << true;
        QTest::newRow("two terms, both there") << u"order core"_s << true;
        QTest::newRow("two terms, one missing") << u"order edge"_s << false;
        QTest::newRow("negated") << u"-edge"_s << true;
        QTest::newRow("negated and there") << u"-core"_s << false;
        QTest::newRow("field") << u"name:serv"_s << true;
        QTest::newRow("another field") << u"tag:serv"_s << false;
        QTest::newRow("whole word of a list") << u"tag:core"_s << true;
        QTest::newRow("part of a word") << u"tag:cor"_s << false;
        QTest::newRow("one of several") << u"tag:edge,core"_s << true;
        QTest::newRow("greater") << u"size:>3k"_s << true;
        QTest::newRow("not greater") << u"size:>4k"_s << false;
        QTest::newRow("between") << u"size:1k..4k"_s << true;
        QTest::newRow("equal") << u"size:3174"_s << true;
        QTest::newRow("less or equal") << u"size:<=3174"_s << true;
        QTest::newRow("less") << u"size:<3174"_s << false;
        QTest::newRow("free text skips a field") << u"secret"_s << false;
        QTest::newRow("that field by name") << u"note:secret"_s << true;
        QTest::newRow("regex") << u"/^order-.*\\.yaml\\b/"_s << true;
        QTest::newRow("regex of a field") << u"tag:/^order/"_s << false;
        QTest::newRow("broken regex matches nothing") << u"/(/"_s << false;
        QTest::newRow("Chinese") << u"退款"_s << true;
    }
    void match()
    {
        QFETCH(QString, query);
        QFETCH(bool, expected);
        QCOMPARE(matches(query, {u"order-service.yaml 退款"_s, u"payment, core"_s, u"3174"_s, u"a secret note"_s}), expected);
    }

    void missingNumberNeverMatchesARange() { QVERIFY(!matches(u"size:>=0"_s, {u"a"_s, {}, {}, {}})); }

    void brokenRegexIsReported()
    {
        QVERIFY(!FilterQuery::parse(u"/(/"_s, m_fields).problem().isEmpty());
        QVERIFY(FilterQuery::parse(u"/()/"_s, m_fields).problem().isEmpty());
    }

    void spansAreMergedAndInOrder()
    {
        const FilterMatcher matcher(FilterQuery::parse(u"der or /vice$/ -x tag:order"_s, m_fields), m_fields);
        const QList<std::pair<qsizetype, qsizetype>> expected{{0, 5}, {9, 4}};
        QCOMPARE(matcher.spans(u"order-service"_s, 0), expected);
        QVERIFY(matcher.spans(u"order-service"_s, 3).isEmpty());
    }
};

SIGNALBOX_TEST(TstFilterQuery)
#include "tst_filterquery.moc"
