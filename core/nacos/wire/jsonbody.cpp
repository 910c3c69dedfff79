// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/jsonbody.h"

#include "core/base/utf8.h"

namespace core::nacos::wire {

namespace {

/// How much longer a byte gets by being written in a JSON string.
constexpr qsizetype extraLength(unsigned char byte)
{
    if (byte == '"' || byte == '\\' || byte == '\n' || byte == '\r' || byte == '\t')
        return 1;
    return byte < 0x20 ? 5 : 0;
}

} // namespace

void appendJsonString(QByteArray &out, QByteArrayView utf8)
{
    QByteArray repaired;
    if (!utf8.isValidUtf8()) {
        repaired = fromUtf8Exactly(utf8).toUtf8();
        utf8 = repaired;
    }
    // Contents have a line end every few bytes: sized first, then written without asking for room again.
    qsizetype size = utf8.size() + 2;
    for (const char c : utf8)
        size += extraLength(static_cast<unsigned char>(c));
    const qsizetype begin = out.size();
    out.resize(begin + size);
    char *to = out.data() + begin;
    *to++ = '"';
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        switch (extraLength(byte)) {
        case 0:
            *to++ = c;
            break;
        case 1:
            *to++ = '\\';
            *to++ = byte == '\n' ? 'n' : byte == '\r' ? 'r' : byte == '\t' ? 't' : c;
            break;
        default:
            static constexpr char Digits[] = "0123456789abcdef";
            for (const char part : {'\\', 'u', '0', '0', Digits[byte >> 4], Digits[byte & 15]})
                *to++ = part;
        }
    }
    *to = '"';
}

JsonBody::JsonBody()
{
    m_out.reserve(256);
    m_out.append('{');
}

void JsonBody::name(const char *name)
{
    if (m_out.size() > 1)
        m_out.append(',');
    m_out.append('"').append(name).append("\":", 2);
}

JsonBody &JsonBody::text(const char *key, const QString &value)
{
    return text(key, QByteArrayView(value.toUtf8()));
}

JsonBody &JsonBody::text(const char *key, QByteArrayView utf8)
{
    name(key);
    appendJsonString(m_out, utf8);
    return *this;
}

JsonBody &JsonBody::optionalText(const char *key, const QString &value)
{
    return value.isEmpty() ? *this : text(key, value);
}

JsonBody &JsonBody::integer(const char *key, qint64 value)
{
    name(key);
    m_out.append(QByteArray::number(value));
    return *this;
}

JsonBody &JsonBody::boolean(const char *key, bool value)
{
    name(key);
    m_out.append(value ? "true" : "false");
    return *this;
}

JsonBody &JsonBody::map(const char *key, const QMap<QString, QString> &values)
{
    name(key);
    m_out.append('{');
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        if (it != values.cbegin())
            m_out.append(',');
        appendJsonString(m_out, it.key().toUtf8());
        m_out.append(':');
        appendJsonString(m_out, it.value().toUtf8());
    }
    m_out.append('}');
    return *this;
}

JsonBody &JsonBody::map(const char *key, const QMap<QString, bool> &values)
{
    name(key);
    m_out.append('{');
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        if (it != values.cbegin())
            m_out.append(',');
        appendJsonString(m_out, it.key().toUtf8());
        m_out.append(it.value() ? ":true" : ":false");
    }
    m_out.append('}');
    return *this;
}

JsonBody &JsonBody::raw(const char *key, const QByteArray &json)
{
    name(key);
    m_out.append(json);
    return *this;
}

QByteArray JsonBody::finish()
{
    m_out.append('}');
    return std::move(m_out);
}

} // namespace core::nacos::wire
