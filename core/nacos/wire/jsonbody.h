// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace core::nacos::wire {

/// Appends a JSON string literal. Bytes that are not UTF-8 become U+FFFD.
void appendJsonString(QByteArray &out, QByteArrayView utf8);

/// Writes the members of one JSON object in the order given. Nothing is ever null: what is absent is left out (the Python SDK
/// refuses nulls), arrays and maps are written even when empty.
class JsonBody {
public:
    JsonBody();
    JsonBody &text(const char *name, const QString &value);
    JsonBody &text(const char *name, QByteArrayView utf8);
    /// Left out when empty.
    JsonBody &optionalText(const char *name, const QString &value);
    JsonBody &integer(const char *name, qint64 value);
    JsonBody &boolean(const char *name, bool value);
    JsonBody &map(const char *name, const QMap<QString, QString> &values);
    JsonBody &map(const char *name, const QMap<QString, bool> &values);
    /// `json` is JSON already.
    JsonBody &raw(const char *name, const QByteArray &json);
    QByteArray finish();

private:
    void name(const char *name);
    QByteArray m_out;
};

} // namespace core::nacos::wire
