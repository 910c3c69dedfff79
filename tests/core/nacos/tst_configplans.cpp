// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configplans.h"

#include "core/nacos/config/configdecode.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using guard::Comparison;
using guard::Undo;
using guard::Verb;

namespace {

const ConfigKey Plain{u"public"_s, u"G"_s, u"app.yaml"_s};
const ConfigKey Cipher{u"public"_s, u"G"_s, u"cipher-aes-app"_s};

ConfigDetail live(const ConfigKey &key, const QByteArray &content, const ConfigAttributes &attributes = {})
{
    ConfigDetail detail;
    detail.key = key;
    detail.content = content;
    detail.md5 = md5Of(content);
    detail.attributes = attributes;
    return detail;
}

ConfigAttributes withKey(const QString &dataKey)
{
    ConfigAttributes attributes;
    attributes.encryptedDataKey = dataKey;
    return attributes;
}

Result<guard::Change> change(const ConfigKey &key, const std::optional<ConfigDetail> &before, const std::optional<QByteArray> &content,
                             const ConfigAttributes &attributes = {})
{
    return configChange({u"test"_s, key, before, content, attributes});
}

ConfigRevisionDetail state(const std::optional<QByteArray> &content, const ConfigAttributes &attributes = {}, bool complete = true)
{
    ConfigRevisionDetail detail;
    detail.content = content;
    detail.attributes = attributes;
    detail.complete = complete;
    return detail;
}

} // namespace

class TstConfigPlans : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verbsAndComparisons()
    {
        const auto created = change(Plain, std::nullopt, "x"_ba);
        QVERIFY(created);
        QVERIFY(created->verb == Verb::Create && created->comparison == Comparison::Checked);
        const auto updated = change(Plain, live(Plain, "x"), "y"_ba);
        QVERIFY(updated);
        QVERIFY(updated->verb == Verb::Update && updated->comparison == Comparison::Atomic && updated->undo == Undo::Full);
        const auto removed = change(Plain, live(Plain, "x"), std::nullopt);
        QVERIFY(removed);
        QVERIFY(removed->verb == Verb::Delete && !removed->after);
        QCOMPARE(change(Plain, std::nullopt, std::nullopt).error().kind, Error::Kind::Usage);
        QCOMPARE(change(Plain, live(Plain, "x"), "x"_ba).error().kind, Error::Kind::Usage); // nothing to change
        for (const auto &one : {*created, *updated, *removed})
            QVERIFY(guard::check(one));
    }

    void valuesKeepEverything()
    {
        ConfigAttributes attributes;
        attributes.type = u"json"_s;
        attributes.app = u"shop"_s;
        attributes.description = u"text"_s;
        attributes.use = u"u"_s;
        attributes.effect = u"e"_s;
        attributes.schema = u"{}"_s;
        attributes.encryptedDataKey = u"k"_s;
        attributes.tags = {u"b"_s, u"a"_s};
        const guard::Value value = valueOf("x", attributes);
        attributes.tags.sort();
        QCOMPARE(attributesOf(value), attributes);
        // One state, however it is spelled.
        QCOMPARE(valueOf("x", ConfigAttributes{u"text"_s}), valueOf("x", ConfigAttributes()));
        QVERIFY(!(valueOf("x", ConfigAttributes{u"json"_s}) == valueOf("x", ConfigAttributes())));
    }

    void contents_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("taken");
        QTest::newRow("NUL inside") << QByteArray("a\0b", 3) << true;
        QTest::newRow("CRLF") << "a\r\n"_ba << true;
        QTest::newRow("byte order mark") << "\xef\xbb\xbfx"_ba << true;
        QTest::newRow("Chinese") << u"配置"_s.toUtf8() << true;
        QTest::newRow("exactly 10 Mi") << QByteArray(10 * 1024 * 1024, 'x') << true;
        QTest::newRow("10 Mi Chinese characters") << u"配"_s.repeated(10 * 1024 * 1024).toUtf8() << true;
        QTest::newRow("one more") << QByteArray(10 * 1024 * 1024 + 1, 'x') << false;
        QTest::newRow("empty") << ""_ba << false;
        QTest::newRow("blank") << " \r\n\t"_ba << false;
        QTest::newRow("not UTF-8") << "a\xff"_ba << false;
        QTest::newRow("half a character") << "\xe9\x85"_ba << false;
        QTest::newRow("a surrogate in UTF-8") << "\xed\xa0\x80"_ba << false;
    }
    void contents()
    {
        QFETCH(QByteArray, content);
        QFETCH(bool, taken);
        const auto made = change(Plain, std::nullopt, content);
        QCOMPARE(made.has_value(), taken);
        if (taken)
            QVERIFY(made->after->content == content);
        else
            QCOMPARE(made.error().kind, Error::Kind::Usage);
    }

    void names_data()
    {
        QTest::addColumn<ConfigKey>("key");
        QTest::addColumn<bool>("taken");
        const QString all = u"azAZ09-_.:"_s;
        QTest::newRow("every character there is") << ConfigKey{u"azAZ09-_"_s, all, all} << true;
        QTest::newRow("empty namespace is public") << ConfigKey{{}, u"G"_s, u"d"_s} << true;
        QTest::newRow("longest") << ConfigKey{QString(128, u'n'), QString(128, u'g'), QString(256, u'd')} << true;
        QTest::newRow("data ID too long") << ConfigKey{u"public"_s, u"G"_s, QString(257, u'd')} << false;
        QTest::newRow("group too long") << ConfigKey{u"public"_s, QString(129, u'g'), u"d"_s} << false;
        QTest::newRow("namespace too long") << ConfigKey{QString(129, u'n'), u"G"_s, u"d"_s} << false;
        QTest::newRow("no data ID") << ConfigKey{u"public"_s, u"G"_s, {}} << false;
        QTest::newRow("no group") << ConfigKey{u"public"_s, {}, u"d"_s} << false;
        for (const char16_t c : u" /\\%+&=?#@*\"'\n\u00e4\u914d") {
            if (c != 0)
                QTest::addRow("data ID with U+%04x", c) << ConfigKey{u"public"_s, u"G"_s, u"a"_s + QChar(c)} << false;
        }
        QTest::newRow("namespace with a dot") << ConfigKey{u"a.b"_s, u"G"_s, u"d"_s} << false;
    }
    void names()
    {
        QFETCH(ConfigKey, key);
        QFETCH(bool, taken);
        const auto made = change(key, std::nullopt, "x"_ba);
        QCOMPARE(made.has_value(), taken);
        if (!taken) {
            QCOMPARE(made.error().kind, Error::Kind::Usage);
            return;
        }
        const auto back = ConfigKey::of(made->target);
        QVERIFY(back);
        QCOMPARE(back->namespaceId, ConfigKey::canonicalNamespace(key.namespaceId));
        QCOMPARE(back->dataId, key.dataId);
        QCOMPARE(*Address::parse(made->target.toString()), made->target);
    }

    void attributesAreChecked()
    {
        const auto made = [](auto set) {
            ConfigAttributes attributes;
            set(attributes);
            return change(Plain, std::nullopt, "x"_ba, attributes);
        };
        QVERIFY(made([](ConfigAttributes &a) { a.type = u"toml"_s; }));
        QVERIFY(!made([](ConfigAttributes &a) { a.type = u"docx"_s; }));
        QVERIFY(made([](ConfigAttributes &a) { a.tags = {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}; }));
        QVERIFY(!made([](ConfigAttributes &a) { a.tags = {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}; }));
        QVERIFY(!made([](ConfigAttributes &a) { a.tags = {u"a,b"_s}; }));
        QVERIFY(!made([](ConfigAttributes &a) { a.tags = {u" "_s}; }));
        QVERIFY(!made([](ConfigAttributes &a) { a.tags = {QString(65, u't')}; }));
        QVERIFY(made([](ConfigAttributes &a) { a.description = QString(128, u'd'); }));
        QVERIFY(!made([](ConfigAttributes &a) { a.description = QString(129, u'd'); }));
        QVERIFY(!made([](ConfigAttributes &a) { a.use = QString(33, u'd'); }));
        QVERIFY(!made([](ConfigAttributes &a) { a.effect = QString(33, u'd'); }));
        QVERIFY(made([](ConfigAttributes &a) { a.schema = QString(32768, u'd'); }));
        QVERIFY(!made([](ConfigAttributes &a) { a.schema = QString(32769, u'd'); }));
    }

    void anOverrideIsNoBaseOfAChange()
    {
        ConfigDetail local = live(Plain, "x");
        local.localOverride = true;
        QCOMPARE(change(Plain, local, "y"_ba).error().kind, Error::Kind::Usage);
    }

    void whatCannotBeReadIsKept()
    {
        ConfigDetail partial = live(Plain, "x");
        partial.complete = false;
        const auto made = change(Plain, partial, "y"_ba);
        QVERIFY(made);
        QVERIFY(made->undo == Undo::Partial && !made->undoNote.isEmpty());
        QVERIFY(made->after->attributes.value(u"partial"_s).toBool());
    }

    // ---- Encrypted ---------------------------------------------------------------------------------------------------------------

    void encrypted_data()
    {
        QTest::addColumn<ConfigKey>("key");
        QTest::addColumn<QString>("oldKey"); ///< null: there is none yet
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("newKey");
        QTest::addColumn<bool>("taken");
        const QString none = u""_s, k1 = u"key-1"_s, k2 = u"key-2"_s;
        QTest::newRow("plain text beside the old key") << Cipher << k1 << "plain"_ba << k1 << false;
        QTest::newRow("plain text without a key") << Cipher << k1 << "plain"_ba << none << false;
        QTest::newRow("the key is lost") << Cipher << k1 << "old"_ba << none << false;
        QTest::newRow("its owner publishes anew") << Cipher << k1 << "other"_ba << k2 << true;
        QTest::newRow("made with its key") << Cipher << QString() << "new"_ba << k1 << true;
        QTest::newRow("made without a key") << Cipher << QString() << "new"_ba << none << false;
        QTest::newRow("a key for a plain one") << Plain << none << "new"_ba << k1 << false;
        QTest::newRow("a plain one made with a key") << Plain << QString() << "new"_ba << k1 << false;
        QTest::newRow("encrypted under a plain name") << Plain << k1 << "plain"_ba << k1 << false;
        QTest::newRow("plain stays plain") << Plain << none << "new"_ba << none << true;
    }
    void encrypted()
    {
        QFETCH(ConfigKey, key);
        QFETCH(QString, oldKey);
        QFETCH(QByteArray, content);
        QFETCH(QString, newKey);
        QFETCH(bool, taken);
        const std::optional<ConfigDetail> before = oldKey.isNull() ? std::nullopt : std::optional(live(key, "old", withKey(oldKey)));
        const auto made = change(key, before, content, withKey(newKey));
        QVERIFY2(made.has_value() == taken, made ? "taken" : qPrintable(made.error().message));
        if (!taken) {
            QCOMPARE(made.error().kind, Error::Kind::Policy);
            QVERIFY(!made.error().message.contains(u"key-1"_s)); // a wrapped key is nobody's business in a message
        }
    }

    void theAttributesOfAnEncryptedOneMayChange()
    {
        ConfigAttributes described = withKey(u"key-1"_s);
        described.description = u"new text"_s;
        const auto made = change(Cipher, live(Cipher, "secret", withKey(u"key-1"_s)), "secret"_ba, described);
        QVERIFY(made);
        QCOMPARE(attributesOf(*made->after).encryptedDataKey, u"key-1"_s);
        QVERIFY(change(Cipher, live(Cipher, "secret", withKey(u"key-1"_s)), std::nullopt)); // and it may be deleted
    }

    void restoringAnEncryptedOneTakesItsKeyAlong()
    {
        const auto now = live(Cipher, "secret-2", withKey(u"key-2"_s));
        auto made = restoreChange(u"test"_s, Cipher, now, state("secret-1"_ba, withKey(u"key-1"_s)));
        QVERIFY2(made, qPrintable(made ? QString() : made.error().message));
        QCOMPARE(made->after->content, "secret-1"_ba);
        QCOMPARE(attributesOf(*made->after).encryptedDataKey, u"key-1"_s);
        // Two states under one key, as some clients write them.
        made = restoreChange(u"test"_s, Cipher, now, state("secret-1"_ba, withKey(u"key-2"_s)));
        QVERIFY(made);
        // A state whose key was not kept could be opened by nobody.
        made = restoreChange(u"test"_s, Cipher, now, state("secret-1"_ba));
        QVERIFY(!made);
        QCOMPARE(made.error().kind, Error::Kind::Policy);
        made = restoreChange(u"test"_s, Cipher, now, state("secret-1"_ba, {}, false));
        QVERIFY(!made);
        QCOMPARE(made.error().kind, Error::Kind::Policy);
        // Made again after a deletion.
        made = restoreChange(u"test"_s, Cipher, std::nullopt, state("secret-1"_ba, withKey(u"key-1"_s)));
        QVERIFY(made && made->verb == Verb::Create);
        QCOMPARE(attributesOf(*made->after).encryptedDataKey, u"key-1"_s);
    }

    void copyingAnEncryptedOneTakesItsKeyAlong()
    {
        const ConfigDetail source = live(Cipher, "secret", withKey(u"key-1"_s));
        const ConfigKey there{u"dev"_s, u"G"_s, Cipher.dataId};
        const auto made = change(there, std::nullopt, source.content, source.attributes);
        QVERIFY(made);
        QCOMPARE(attributesOf(*made->after).encryptedDataKey, u"key-1"_s);
        QVERIFY(change(there, live(there, "another", withKey(u"key-9"_s)), source.content, source.attributes));
        // Under a name that says nothing of encryption nobody would open it.
        const auto refused = change(Plain, std::nullopt, source.content, source.attributes);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Policy);
    }

    void undoingTakesItsKeyAlong()
    {
        const auto made = change(Cipher, live(Cipher, "secret-1", withKey(u"key-1"_s)), "secret-2"_ba, withKey(u"key-2"_s));
        QVERIFY(made);
        const auto back = guard::inverse(*made);
        QVERIFY(back);
        QCOMPARE(back->after->content, "secret-1"_ba);
        QCOMPARE(attributesOf(*back->after).encryptedDataKey, u"key-1"_s);
    }

    // ---- Restoring ---------------------------------------------------------------------------------------------------------------

    void restoringMeansWhatTheStateWas()
    {
        const auto now = live(Plain, "two");
        auto made = restoreChange(u"test"_s, Plain, now, state("one"_ba));
        QVERIFY(made && made->verb == Verb::Update);
        made = restoreChange(u"test"_s, Plain, now, state(std::nullopt)); // it did not exist then
        QVERIFY(made && made->verb == Verb::Delete);
        made = restoreChange(u"test"_s, Plain, std::nullopt, state("one"_ba));
        QVERIFY(made && made->verb == Verb::Create);
        QVERIFY(!restoreChange(u"test"_s, Plain, std::nullopt, state(std::nullopt)));
        // And which it was.
        auto dated = state("one"_ba);
        dated.revision.at = QDateTime(QDate(2026, 11, 30), QTime(14, 46, 10), Qt::UTC);
        made = restoreChange(u"test"_s, Plain, now, dated);
        QVERIFY2(made->summary.startsWith(u"Restore "_s + Plain.dataId) && made->summary.endsWith(u" as of 2026-11-30T14:46:10Z"_s),
                 qPrintable(made->summary));
        dated.content.reset();
        QVERIFY(restoreChange(u"test"_s, Plain, now, dated)->summary.startsWith(u"Delete "_s));
        ConfigRevisionDetail gray = state("one"_ba);
        gray.revision.gray = true;
        QCOMPARE(restoreChange(u"test"_s, Plain, now, gray).error().kind, Error::Kind::Usage);
    }

    void whatIsNotKnownOfThatTimeStays()
    {
        ConfigAttributes attributes{u"yaml"_s};
        attributes.description = u"stays"_s;
        attributes.tags = {u"a"_s};
        const auto now = live(Plain, "two", attributes);
        const auto made = restoreChange(u"test"_s, Plain, now, state("one"_ba, ConfigAttributes{u"json"_s}, false));
        QVERIFY(made);
        QCOMPARE(attributesOf(*made->after).description, u"stays"_s);
        QCOMPARE(attributesOf(*made->after).tags, QStringList{u"a"_s});
        QCOMPARE(attributesOf(*made->after).type, u"json"_s);
        const auto whole = restoreChange(u"test"_s, Plain, now, state("one"_ba, ConfigAttributes{u"json"_s}, true));
        QVERIFY(whole && attributesOf(*whole->after).description.isEmpty());
    }

    // ---- Namespaces --------------------------------------------------------------------------------------------------------------

    void namespaceChanges()
    {
        const NamespaceInfo dev{u"dev"_s, u"Dev"_s, u"text"_s, -1, -1, false, false};
        NamespaceInfo other = dev;
        other.name = u"Other"_s;
        const auto made = [](const std::optional<NamespaceInfo> &before, const std::optional<NamespaceInfo> &after) {
            return namespaceChange(u"test"_s, before, after);
        };
        QVERIFY(made(std::nullopt, dev)->verb == Verb::Create);
        QVERIFY(made(dev, other)->verb == Verb::Update);
        QVERIFY(made(dev, std::nullopt)->verb == Verb::Delete);
        QVERIFY(!made(std::nullopt, std::nullopt) && !made(dev, dev));
        NamespaceInfo bad = dev;
        bad.id = u"other"_s;
        QVERIFY(!made(dev, bad));
        bad = dev;
        bad.name = u"  "_s;
        QVERIFY(!made(std::nullopt, bad));
        for (const char c : {'@', '#', '$', '%', '^', '&', '*'}) {
            bad.name = u"a"_s + QLatin1Char(c);
            QVERIFY(!made(std::nullopt, bad));
        }
        bad = dev;
        bad.id = u"public"_s;
        QVERIFY(!made(std::nullopt, bad) && !made(bad, std::nullopt));
        bad.id = u"with blank"_s;
        QVERIFY(!made(std::nullopt, bad));
    }
};

SIGNALBOX_TEST(TstConfigPlans)
#include "tst_configplans.moc"
