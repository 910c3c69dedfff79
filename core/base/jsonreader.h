// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>
#include <QJsonArray>
#include <QJsonObject>

namespace core {

/// Reads members of a JSON object from somewhere else, keeping the first mistake with its JSON pointer:
///     JsonReader in(object);
///     item.dataId = in.string("dataId");           // must be there
///     item.type = in.string("type", {});           // may be absent or null
///     if (auto error = in.error()) return fail(*error);
class JsonReader {
public:
    explicit JsonReader(QJsonObject object, QString pointer = {});
    static Result<QJsonObject> parseObject(const QByteArray &json);

    QString string(QLatin1String name);
    QString string(QLatin1String name, const QString &otherwise);
    qint64 integer(QLatin1String name);
    qint64 integer(QLatin1String name, qint64 otherwise);
    double number(QLatin1String name, double otherwise);
    bool boolean(QLatin1String name, bool otherwise);
    QJsonObject object(QLatin1String name); ///< absent or null: empty
    QJsonArray array(QLatin1String name);   ///< must be there
    QJsonArray array(QLatin1String name, const QJsonArray &otherwise);
    bool has(QLatin1String name) const;                  ///< there and not null
    void reject(QLatin1String name, const QString &why); ///< records a mistake found by the caller
    const QString &pointer() const { return m_pointer; }

    /// BadReply with the pointer of the first mistake, or nothing.
    std::optional<Error> error() const { return m_error; }

private:
    QJsonValue take(QLatin1String name, bool required, QJsonValue::Type type, const char *expected);
    QJsonObject m_object;
    QString m_pointer;
    std::optional<Error> m_error;
};

} // namespace core
