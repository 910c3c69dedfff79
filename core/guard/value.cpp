// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/value.h"

#include "core/base/canonicaljson.h"
#include "core/base/jsonreader.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::guard {

QByteArray Value::canonical() const
{
    return canonicalJson(attributes) + '\n' + content;
}

Result<Value> Value::fromCanonical(const QByteArray &bytes)
{
    // Canonical JSON has no line feed of its own, so the first one ends it.
    const qsizetype end = bytes.indexOf('\n');
    const QJsonDocument attributes = QJsonDocument::fromJson(bytes.left(std::max<qsizetype>(end, 0)));
    if (end < 0 || !attributes.isObject())
        return fail(Error::Kind::BadReply, u"not a stored value"_s);
    return Value{bytes.mid(end + 1), attributes.object()};
}

QByteArray Value::sha256() const
{
    return QCryptographicHash::hash(canonical(), QCryptographicHash::Sha256);
}

QJsonObject Value::toJson() const
{
    QJsonObject json{{u"attributes"_s, attributes}};
    const QString text = QString::fromUtf8(content);
    if (text.toUtf8() == content)
        json.insert(u"content"_s, text);
    else
        json.insert(u"contentBase64"_s, QString::fromLatin1(content.toBase64()));
    return json;
}

Result<Value> Value::fromJson(const QJsonObject &json)
{
    JsonReader in(json);
    Value value;
    value.attributes = in.object("attributes"_L1);
    if (in.has("contentBase64"_L1)) {
        const auto bytes =
            QByteArray::fromBase64Encoding(in.string("contentBase64"_L1).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (bytes)
            value.content = *bytes;
        else
            in.reject("contentBase64"_L1, u"not Base64"_s);
    } else {
        value.content = in.string("content"_L1).toUtf8();
    }
    if (const auto error = in.error())
        return fail(*error);
    return value;
}

bool operator==(const Value &a, const Value &b)
{
    // Not by QJsonObject's own comparison: 1 and 1.0 are one number here.
    return a.content == b.content && (a.attributes == b.attributes || canonicalJson(a.attributes) == canonicalJson(b.attributes));
}

} // namespace core::guard
