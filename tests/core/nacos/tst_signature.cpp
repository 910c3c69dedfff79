// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/signature.h"

#include "tests/support/testmain.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::nacos;

namespace {

constexpr qint64 At = 1'700'000'000'000; // 2023-11-14 UTC

QByteArray header(const SignatureHeaders &headers, const char *name)
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

/// Expected values made with Python's hmac from the description of the signature; the first pair is one the Java client's own tests
/// publish.
class TstSignature : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theAlgorithmIsTheJavaClients()
    {
        QCOMPARE(QMessageAuthenticationCode::hash("foo", "foo", QCryptographicHash::Sha1).toBase64(), "sputg0LPIDrWDLp2X2pdKQ6NJiI="_ba);
    }

    void configurations_data()
    {
        QTest::addColumn<QString>("tenant");
        QTest::addColumn<QString>("group");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("tenant and group") << u"dev"_s << u"DEFAULT_GROUP"_s << "u9OflJJObLe1cmIazFWNjlXfgzA="_ba;
        QTest::newRow("group alone") << QString() << u"DEFAULT_GROUP"_s << "pIO4HpuG2n9bvX2yxNA9giMR79E="_ba;
        QTest::newRow("neither") << QString() << QString() << "GkxmUVZIPEAQC5SikuOBv4kZAhc="_ba;
        QTest::newRow("tenant alone") << u"dev"_s << QString() << "J1NllxxTL3BOjiaJEGLz0MpBZzE="_ba;
    }
    void configurations()
    {
        QFETCH(QString, tenant);
        QFETCH(QString, group);
        QFETCH(QByteArray, signature);
        const SignatureHeaders headers = configSignature({u"key"_s, "secret"_ba, {}, {}}, tenant, group, At);
        QCOMPARE(headers.size(), 3);
        QCOMPARE(header(headers, "Spas-AccessKey"), "key"_ba);
        QCOMPARE(header(headers, "Timestamp"), "1700000000000"_ba);
        QCOMPARE(header(headers, "Spas-Signature"), signature);
    }

    void temporaryCredentialsCarryTheirToken()
    {
        const AccessKey key{u"key"_s, "secret"_ba, "sts-token"_ba, {}};
        QCOMPARE(header(configSignature(key, {}, u"g"_s, At), "Spas-SecurityToken"), "sts-token"_ba);
        QCOMPARE(header(namingSignature(key, u"g@@s"_s, At), "Spas-SecurityToken"), "sts-token"_ba);
    }

    void naming()
    {
        const SignatureHeaders headers = namingSignature({u"key"_s, "secret"_ba, {}, {}}, u"DEFAULT_GROUP@@orders"_s, At);
        QCOMPARE(header(headers, "ak"), "key"_ba);
        QCOMPARE(header(headers, "data"), "1700000000000@@DEFAULT_GROUP@@orders"_ba);
        QCOMPARE(header(headers, "signature"), "M2kcI6q+u/mbeEqpJkEfvnz+S+0="_ba);
        QCOMPARE(header(namingSignature({u"key"_s, "secret"_ba, {}, {}}, {}, At), "data"), "1700000000000"_ba);
    }

    void aRegionDerivesTheKey()
    {
        QCOMPARE(regionalSigningKey("secret", QDate(2023, 11, 14), u"cn-hangzhou"_s), "UbZ6C42poqXaOcWh2fmi54JLe2eWnhaUlmAzFLP7Rwc="_ba);
        const SignatureHeaders headers = configSignature({u"key"_s, "secret"_ba, {}, u"cn-hangzhou"_s}, u"dev"_s, u"DEFAULT_GROUP"_s, At);
        QCOMPARE(header(headers, "signatureVersion"), "v4"_ba);
        QCOMPARE(header(headers, "Spas-Signature"), "CGOpEJIHleuBcPX8AYD7U7vDQeI="_ba);
    }

    void withoutAKeyNothingIsSigned()
    {
        QVERIFY(configSignature({}, u"t"_s, u"g"_s, At).isEmpty());
        QVERIFY(namingSignature({u"key"_s, {}, {}, {}}, u"s"_s, At).isEmpty());
    }
};

SIGNALBOX_TEST(TstSignature)
#include "tst_signature.moc"
