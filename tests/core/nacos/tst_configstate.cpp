// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configstate.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::nacos;

namespace {

ConfigDetail detail()
{
    ConfigDetail detail;
    detail.key = {u"public"_s, u"G"_s, u"d"_s};
    detail.content = "a: 1";
    detail.md5 = "0123";
    detail.attributes.type = u"yaml"_s;
    detail.attributes.app = u"shop"_s;
    detail.attributes.description = u"text"_s;
    detail.attributes.tags = {u"a"_s, u"b"_s};
    return detail;
}

/// As an account sees it that may only read what SDKs read.
ConfigDetail partial()
{
    ConfigDetail read = detail();
    read.attributes = {};
    read.attributes.type = u"yaml"_s;
    read.complete = false;
    return read;
}

} // namespace

class TstConfigState final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyAttribute_isPartOfTheState_data()
    {
        QTest::addColumn<ConfigAttributes>("now");
        QTest::addColumn<bool>("same");
        const ConfigAttributes as = detail().attributes;
        const auto with = [&as](QString ConfigAttributes::*member, const QString &value) {
            ConfigAttributes changed = as;
            changed.*member = value;
            return changed;
        };
        QTest::newRow("the same") << as << true;
        QTest::newRow("type") << with(&ConfigAttributes::type, u"json"_s) << false;
        QTest::newRow("app") << with(&ConfigAttributes::app, u"other"_s) << false;
        QTest::newRow("no app") << with(&ConfigAttributes::app, {}) << false;
        QTest::newRow("description") << with(&ConfigAttributes::description, u"other"_s) << false;
        QTest::newRow("data key") << with(&ConfigAttributes::encryptedDataKey, u"key"_s) << false;
        QTest::newRow("use, which this server may not tell") << with(&ConfigAttributes::use, u"it"_s) << true;
        ConfigAttributes tags = as;
        tags.tags = {u"b"_s, u"a"_s};
        QTest::newRow("tags in another order") << tags << true;
        tags.tags = {u"b"_s};
        QTest::newRow("tags") << tags << false;
    }
    void everyAttribute_isPartOfTheState()
    {
        QFETCH(ConfigAttributes, now);
        QFETCH(bool, same);
        ConfigDetail read = detail();
        read.attributes = now;
        QCOMPARE(isSameState(detail(), read), same);
        QCOMPARE(isSameState(read, detail()), same);
    }

    void whatIsNotTold_isNoDifference()
    {
        QVERIFY(isSameState(detail(), partial()));
        QVERIFY(isSameState(partial(), detail()));
        ConfigDetail other = partial();
        other.attributes.type = u"json"_s;
        QVERIFY(!isSameState(detail(), other));
        other = partial();
        other.md5 = "4567";
        QVERIFY(!isSameState(detail(), other));
    }

    void absentTypeIsText()
    {
        ConfigDetail a = detail(), b = detail();
        a.attributes.type.clear();
        b.attributes.type = u"text"_s;
        QVERIFY(isSameState(a, b));
        QVERIFY(isSame(a.attributes, b.attributes));
        QVERIFY(!isSame(a.attributes, detail().attributes));
    }

    void absence_isAState()
    {
        const std::optional<ConfigDetail> none, there = detail();
        QVERIFY(isSameState(none, none));
        QVERIFY(!isSameState(none, there));
        QVERIFY(isSameState(there, there));
    }

    void whatTheServerKeepsToItself_staysAsKnown()
    {
        ConfigDetail known = detail();
        known.attributes.use = u"it"_s;
        QCOMPARE(withUntold(detail(), known).attributes.use, u"it"_s);
        QCOMPARE(withUntold(detail(), std::nullopt).attributes.use, QString());
        ConfigDetail told = detail();
        told.attributes.effect = u"much"_s;
        QCOMPARE(withUntold(told, known).attributes.use, QString());
    }

    void whatTheAccountMayNotRead_staysAsKnown()
    {
        ConfigDetail read = withUntold(partial(), detail());
        QCOMPARE(read.attributes.app, u"shop"_s);
        QCOMPARE(read.attributes.description, u"text"_s);
        QCOMPARE(read.attributes.tags, (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(!read.complete); // it is not what is there now
        // Nor is it lost the next time.
        read = withUntold(partial(), read);
        QCOMPARE(read.attributes.description, u"text"_s);
        QCOMPARE(read.attributes.tags.size(), 2);
        QCOMPARE(withUntold(partial(), std::nullopt).attributes.app, QString());
        // Who may read them is believed, also that there are none.
        ConfigDetail none = partial();
        none.complete = true;
        QCOMPARE(withUntold(none, detail()).attributes.description, QString());
        QVERIFY(withUntold(none, detail()).attributes.tags.isEmpty());
    }

    void merge_takesWhatOnlyTheyChanged()
    {
        const ConfigAttributes base = detail().attributes;
        ConfigAttributes mine = base;
        mine.app = u"mine"_s;
        mine.description = u"mine"_s;
        ConfigDetail theirs = detail();
        theirs.attributes.type = u"json"_s;
        theirs.attributes.tags = {u"c"_s};
        theirs.attributes.description = u"theirs"_s;
        const AttributeMerge merge = mergeAttributes(base, mine, theirs);
        QCOMPARE(merge.result.type, u"json"_s);
        QCOMPARE(merge.result.tags, QStringList{u"c"_s});
        QCOMPARE(merge.result.app, u"mine"_s);
        QCOMPARE(merge.result.description, u"mine"_s);
        QCOMPARE(merge.taken, (QStringList{u"type"_s, u"tags"_s}));
        QCOMPARE(merge.both, QStringList{u"description"_s});
    }

    void merge_withoutABase_keepsMine_andSaysSo()
    {
        ConfigDetail theirs = detail();
        theirs.attributes.app = u"theirs"_s;
        const AttributeMerge merge = mergeAttributes(std::nullopt, detail().attributes, theirs);
        QCOMPARE(merge.result, detail().attributes);
        QCOMPARE(merge.both, QStringList{u"app"_s});
    }

    void merge_doesNotTakeNotToldForRemoved()
    {
        const AttributeMerge merge = mergeAttributes(detail().attributes, detail().attributes, partial());
        QCOMPARE(merge.result, detail().attributes);
        QVERIFY(merge.taken.isEmpty() && merge.both.isEmpty());
    }
};

SIGNALBOX_TEST(TstConfigState)
#include "tst_configstate.moc"
