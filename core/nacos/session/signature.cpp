// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/signature.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

QByteArray hmacSha1(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha1).toBase64();
}

QByteArray hmacSha256(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

QByteArray signingKey(const AccessKey &key, qint64 milliseconds)
{
    if (key.region.isEmpty())
        return key.secret;
    return regionalSigningKey(key.secret, QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC).date(), key.region);
}

void appendCommon(SignatureHeaders &headers, const AccessKey &key)
{
    if (!key.region.isEmpty())
        headers.append({"signatureVersion"_ba, "v4"_ba});
    if (!key.securityToken.isEmpty())
        headers.append({"Spas-SecurityToken"_ba, key.securityToken});
}

} // namespace

QByteArray regionalSigningKey(const QByteArray &secret, QDate utcDate, const QString &region)
{
    const QByteArray date = utcDate.toString(u"yyyyMMdd"_s).toLatin1();
    const QByteArray first = hmacSha256("aliyun_v4"_ba + secret, date);
    const QByteArray second = hmacSha256(first, region.toUtf8());
    const QByteArray third = hmacSha256(second, "mse-nacos"_ba);
    return hmacSha256(third, "aliyun_v4_request"_ba).toBase64();
}

SignatureHeaders configSignature(const AccessKey &key, const QString &tenant, const QString &group, qint64 millisecondsSinceEpoch)
{
    if (key.isEmpty())
        return {};
    const QByteArray timestamp = QByteArray::number(millisecondsSinceEpoch);
    const QByteArray plus = tenant.isEmpty() || group.isEmpty() ? QByteArray() : "+"_ba;
    const QByteArray resource = tenant.toUtf8() + plus + group.toUtf8();
    const QByteArray text = resource.isEmpty() ? timestamp : resource + '+' + timestamp;
    SignatureHeaders headers{{"Spas-AccessKey"_ba, key.id.toUtf8()},
                             {"Timestamp"_ba, timestamp},
                             {"Spas-Signature"_ba, hmacSha1(signingKey(key, millisecondsSinceEpoch), text)}};
    appendCommon(headers, key);
    return headers;
}

SignatureHeaders namingSignature(const AccessKey &key, const QString &service, qint64 millisecondsSinceEpoch)
{
    if (key.isEmpty())
        return {};
    QByteArray data = QByteArray::number(millisecondsSinceEpoch);
    if (!service.isEmpty())
        data += "@@"_ba + service.toUtf8();
    SignatureHeaders headers{
        {"ak"_ba, key.id.toUtf8()}, {"data"_ba, data}, {"signature"_ba, hmacSha1(signingKey(key, millisecondsSinceEpoch), data)}};
    appendCommon(headers, key);
    return headers;
}

} // namespace core::nacos
