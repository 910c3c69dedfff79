// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/encryptedfile.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::credentials;
using core::Error;

class TstEncryptedFile final : public QObject {
    Q_OBJECT

    FileKey m_key;

private Q_SLOTS:
    void initTestCase()
    {
        const auto key = deriveKey(u"correct horse 配置"_s);
        QVERIFY(key);
        m_key = *key;
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void roundTrip()
    {
        const Secrets secrets{{u"profile/x/password"_s, u"a\0b\n\"秘密🚀"_s}, {u"empty"_s, QString()}};
        const auto file = seal(secrets, m_key);
        QVERIFY(file);
        QCOMPARE(*unseal(*file, m_key), secrets);
        const auto derived = deriveKey(u"correct horse 配置"_s, *file);
        QCOMPARE(*unseal(*file, *derived), secrets);
        QVERIFY(belongsTo(*derived, *file));
    }

    void theSameSecrets_neverGiveTheSameBytes()
    {
        QVERIFY(*seal({{u"a"_s, u"b"_s}}, m_key) != *seal({{u"a"_s, u"b"_s}}, m_key));
        const auto other = deriveKey(u"correct horse 配置"_s);
        QVERIFY(other->salt != m_key.salt && other->key != m_key.key);
        QVERIFY(!belongsTo(*other, *seal({}, m_key)));
    }

    void wrongPassphrase_isClear()
    {
        const auto file = seal({{u"a"_s, u"b"_s}}, m_key);
        const auto wrong = deriveKey(u"correct horse"_s, *file);
        QVERIFY(wrong);
        const auto secrets = unseal(*file, *wrong);
        QCOMPARE(secrets.error().kind, Error::Kind::Auth);
        QVERIFY(secrets.error().message.contains(u"wrong passphrase"_s));
    }

    void anyChange_isNoticed()
    {
        const QByteArray file = *seal({{u"a"_s, u"b"_s}}, m_key);
        const QJsonObject document = QJsonDocument::fromJson(file).object();
        for (const QString &name : {u"salt"_s, u"nonce"_s, u"data"_s}) {
            const QByteArray bytes = QByteArray::fromBase64(document.value(name).toString().toLatin1());
            for (qsizetype i = 0; i < bytes.size(); ++i) {
                QByteArray changed = bytes;
                changed[i] = char(changed.at(i) ^ 1);
                QJsonObject other = document;
                other.insert(name, QString::fromLatin1(changed.toBase64()));
                const QByteArray text = QJsonDocument(other).toJson();
                if (name == u"salt"_s)
                    QVERIFY(!belongsTo(m_key, text));
                else
                    QCOMPARE(unseal(text, m_key).error().kind, Error::Kind::Auth);
            }
        }
        for (const QString &name : {u"n"_s, u"r"_s, u"p"_s}) {
            QJsonObject other = document;
            other.insert(name, other.value(name).toInt() * 2);
            QVERIFY(!belongsTo(m_key, QJsonDocument(other).toJson()));
        }
    }

    void everyTruncation_isRefused()
    {
        const QByteArray file = *seal({{u"a"_s, u"b"_s}}, m_key);
        for (qsizetype length = 0; length < file.trimmed().size(); ++length)
            QVERIFY(!unseal(file.left(length), m_key));
    }

    void parametersOutOfBounds_areRefusedBeforeTheyCost_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("value");
        QTest::newRow("n too big") << u"n"_s << (qint64(1) << 21);
        QTest::newRow("n huge") << u"n"_s << (qint64(1) << 40);
        QTest::newRow("n not a power of two") << u"n"_s << qint64(65535);
        QTest::newRow("n zero") << u"n"_s << qint64(0);
        QTest::newRow("n negative") << u"n"_s << qint64(-65536);
        QTest::newRow("r zero") << u"r"_s << qint64(0);
        QTest::newRow("r huge") << u"r"_s << qint64(1'000'000);
        QTest::newRow("p huge") << u"p"_s << qint64(1'000'000);
        QTest::newRow("version") << u"version"_s << qint64(2);
    }
    void parametersOutOfBounds_areRefusedBeforeTheyCost()
    {
        QFETCH(QString, name);
        QFETCH(qint64, value);
        QJsonObject document = QJsonDocument::fromJson(*seal({}, m_key)).object();
        document.insert(name, value);
        const auto key = deriveKey(u"x"_s, QJsonDocument(document).toJson());
        QCOMPARE(key.error().kind, Error::Kind::BadReply);
    }
};

SIGNALBOX_TEST(TstEncryptedFile)
#include "tst_encryptedfile.moc"
