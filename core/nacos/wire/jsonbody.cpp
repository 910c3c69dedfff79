// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/jsonbody.h"

#include "core/base/utf8.h"

namespace core::nacos::wire {

void appendJsonString(QByteArray &out, QByteArrayView utf8)
{
    QByteArray repaired;
    if (!utf8.isValidUtf8()) {
        repaired = fromUtf8Exactly(utf8).toUtf8();
        utf8 = repaired;
    }
    out.append('"');
    const char *run = utf8.data();
    const char *const end = run + utf8.size();
    for (const char *at = run; at != end; ++at) {
        const auto byte = static_cast<unsigned char>(*at);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        out.append(run, at - run);
        run = at + 1;
        switch (byte) {
        case '"':
            out.append("\\\"", 2);
            break;
        case '\\':
            out.append("\\\\", 2);
            break;
        case '\n':
            out.append("\\n", 2);
            break;
        case '\r':
            out.append("\\r", 2);
            break;
        case '\t':
            out.append("\\t", 2);
            break;
        default: {
            static constexpr char digits[] = "0123456789abcdef";
            out.append("\\u00", 4);
            out.append(digits[byte >> 4]);
            out.append(digits[byte & 15]);
        }
        }
    }
    out.append(run, end - run);
    out.append('"');
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
