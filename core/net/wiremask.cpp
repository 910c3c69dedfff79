// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/wiremask.h"

#include "core/base/jsonreader.h"
#include "core/base/redactor.h"
#include "core/base/utf8.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

bool isCredential(const QString &name)
{
    const QString text = name + u"=x"_s;
    return Redactor::redact(text) != text;
}

QString maskedValue(const QString &name, const QString &value)
{
    return isCredential(name) ? recordingMask() : maskedText(value);
}

QJsonValue maskedJson(const QString &name, const QJsonValue &value);

QJsonObject maskedJson(const QJsonObject &object)
{
    QJsonObject out;
    for (auto it = object.begin(); it != object.end(); ++it)
        out.insert(it.key(), maskedJson(it.key(), it.value()));
    // What is said about a content has to stay true, or whoever compares takes the recording for damaged.
    const QString content = object.value("content"_L1).toString(), left = out.value("content"_L1).toString();
    if (content != left && object.value("md5"_L1).isString())
        out.insert(u"md5"_s, QString::fromLatin1(QCryptographicHash::hash(left.toUtf8(), QCryptographicHash::Md5).toHex()));
    return out;
}

QJsonValue maskedJson(const QString &name, const QJsonValue &value)
{
    if (value.isString())
        return maskedValue(name, value.toString());
    if (value.isObject())
        return maskedJson(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray out;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        out.append(maskedJson(name, item));
    return out;
}

HttpHeaders only(const HttpHeaders &headers, const QList<QByteArray> &names)
{
    HttpHeaders out;
    for (const auto &[name, value] : headers) {
        if (names.contains(name.toLower()))
            out.append({name, maskedText(QString::fromLatin1(value)).toLatin1()});
    }
    return out;
}

} // namespace

QString recordingMask()
{
    return u"(redacted)"_s;
}

QString maskedText(const QString &text)
{
    QString out = Redactor::redact(text);
    return out == text ? out : out.replace(Redactor::mask(), recordingMask());
}

FormFields maskedFields(const FormFields &fields)
{
    FormFields out;
    for (const auto &[name, value] : fields) {
        if (!isCredential(name))
            out.append({maskedText(name), maskedText(value)});
    }
    return out;
}

std::optional<QByteArray> maskedBody(const QByteArray &bytes)
{
    const QString text = fromUtf8Exactly(bytes);
    if (text.toUtf8() != bytes)
        return std::nullopt;
    if (const auto object = JsonReader::parseObject(bytes)) {
        const QJsonObject out = maskedJson(*object);
        return out == *object ? bytes : QJsonDocument(out).toJson(QJsonDocument::Compact);
    }
    if (const QJsonDocument json = QJsonDocument::fromJson(bytes); json.isArray()) {
        const QJsonArray array = json.array();
        const QJsonArray out = maskedJson(QString(), QJsonValue(array)).toArray();
        return out == array ? bytes : QJsonDocument(out).toJson(QJsonDocument::Compact);
    }
    const QString out = maskedText(text);
    return out == text ? bytes : out.toUtf8();
}

HttpHeaders maskedRequestHeaders(const HttpHeaders &headers)
{
    return only(headers, {"casmd5"_ba, "betaips"_ba, "long-pulling-timeout"_ba});
}

HttpHeaders maskedAnswerHeaders(const HttpHeaders &headers)
{
    return only(headers,
                {"content-type"_ba, "content-md5"_ba, "config-type"_ba, "last-modified"_ba, "encrypted-data-key"_ba,
                 "content-disposition"_ba, "isbeta"_ba, "location"_ba, "probe-modify-response"_ba});
}

} // namespace core::net
