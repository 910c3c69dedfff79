// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonreader.h"

#include <cmath>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core {

JsonReader::JsonReader(QJsonObject object, QString pointer)
    : m_object(std::move(object))
    , m_pointer(std::move(pointer))
{
}

Result<QJsonObject> JsonReader::parseObject(const QByteArray &json)
{
    QJsonParseError error;
    // Qt drops a byte order mark at the start of a string, unless it is escaped.
    QByteArray escaped;
    if (json.contains("\"\xef\xbb\xbf"))
        escaped = QByteArray(json).replace("\"\xef\xbb\xbf", "\"\\ufeff");
    const QJsonDocument document = QJsonDocument::fromJson(escaped.isEmpty() ? json : escaped, &error);
    if (error.error != QJsonParseError::NoError)
        return fail(Error::Kind::BadReply, u"not JSON: %1 at byte %2"_s.arg(error.errorString()).arg(error.offset));
    if (!document.isObject())
        return fail(Error::Kind::BadReply, u"expected a JSON object"_s);
    return document.object();
}

void JsonReader::reject(QLatin1String name, const QString &why)
{
    if (!m_error)
        m_error = Error{Error::Kind::BadReply, u"%1/%2: %3"_s.arg(m_pointer, name, why), 0, false};
}

bool JsonReader::has(QLatin1String name) const
{
    const QJsonValue value = m_object.value(name);
    return !value.isUndefined() && !value.isNull();
}

QJsonValue JsonReader::take(QLatin1String name, bool required, QJsonValue::Type type, const char *expected)
{
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined() || value.isNull()) {
        if (required)
            reject(name, u"missing"_s);
        return QJsonValue(QJsonValue::Undefined);
    }
    if (value.type() != type) {
        reject(name, u"expected "_s + QString::fromLatin1(expected));
        return QJsonValue(QJsonValue::Undefined);
    }
    return value;
}

QString JsonReader::string(QLatin1String name)
{
    return take(name, true, QJsonValue::String, "string").toString();
}

QString JsonReader::string(QLatin1String name, const QString &otherwise)
{
    return take(name, false, QJsonValue::String, "string").toString(otherwise);
}

qint64 JsonReader::integer(QLatin1String name)
{
    if (!has(name))
        reject(name, u"missing"_s);
    return integer(name, 0);
}

qint64 JsonReader::integer(QLatin1String name, qint64 otherwise)
{
    const QJsonValue value = m_object.value(name);
    // Some servers write numbers as strings (history ids beyond 2^53 among them).
    if (value.isString()) {
        bool ok = false;
        const qint64 number = value.toString().toLongLong(&ok);
        if (!ok)
            reject(name, u"expected integer"_s);
        return ok ? number : otherwise;
    }
    const QJsonValue taken = take(name, false, QJsonValue::Double, "integer");
    if (taken.isUndefined())
        return otherwise;
    const double number = taken.toDouble();
    if (number != std::floor(number) || std::abs(number) > 9.2e18) {
        reject(name, u"expected integer"_s);
        return otherwise;
    }
    return taken.toInteger(otherwise);
}

double JsonReader::number(QLatin1String name, double otherwise)
{
    return take(name, false, QJsonValue::Double, "number").toDouble(otherwise);
}

bool JsonReader::boolean(QLatin1String name, bool otherwise)
{
    return take(name, false, QJsonValue::Bool, "boolean").toBool(otherwise);
}

QJsonObject JsonReader::object(QLatin1String name)
{
    return take(name, false, QJsonValue::Object, "object").toObject();
}

QJsonArray JsonReader::array(QLatin1String name)
{
    return take(name, true, QJsonValue::Array, "array").toArray();
}

QJsonArray JsonReader::array(QLatin1String name, const QJsonArray &otherwise)
{
    const QJsonValue value = take(name, false, QJsonValue::Array, "array");
    return value.isUndefined() ? otherwise : value.toArray();
}

} // namespace core
