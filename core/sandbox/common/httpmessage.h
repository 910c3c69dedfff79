// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <QByteArray>
#include <QHostAddress>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <utility>

namespace core::sandbox {

/// Decoded names and values of a query string or a form, in the order sent, duplicates kept.
class HttpParameters {
public:
    /// `application/x-www-form-urlencoded`: `+` is a space; broken percent escapes stay as they are.
    void addEncoded(QByteArrayView encoded);
    /// `multipart/form-data`: the parts that are fields; files are passed over.
    void addMultipart(QByteArrayView body, QByteArrayView boundary);
    void add(const QString &name, const QString &value) { m_items.append({name, value}); }
    bool contains(const QString &name) const;
    /// Of several the values with commas between them, as the real server binds them; empty when absent.
    QString value(const QString &name, const QString &otherwise = {}) const;
    std::optional<QString> find(const QString &name) const; ///< likewise
    QString first(const QString &name) const;
    QList<QString> all(const QString &name) const;
    /// Absent or no number: otherwise.
    int number(const QString &name, int otherwise) const;
    const QList<std::pair<QString, QString>> &items() const { return m_items; }

private:
    QList<std::pair<QString, QString>> m_items;
};

/// One HTTP/1.1 request, complete.
struct HttpRequest {
    QByteArray method;
    QByteArray target; ///< as sent, with the query
    QByteArray path;   ///< percent-decoded, without the query
    QByteArray query;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;
    QHostAddress peer;
    quint16 peerPort = 0;
    int minorVersion = 1;

    /// Name in lower case; the first value, trimmed.
    QByteArray header(QByteArrayView name) const;
    bool hasHeader(QByteArrayView name) const;
    /// Whether the connection stays open after the answer.
    bool keepsAlive() const;
    /// Query, then form body (when the content type says so).
    HttpParameters parameters() const;
    /// Media type without parameters, lower case.
    QByteArray contentType() const;
};

struct HttpResponse {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "text/plain;charset=UTF-8"; ///< empty: none is said
    QList<std::pair<QByteArray, QByteArray>> headers;    ///< besides Content-Type and Content-Length

    static HttpResponse json(const QJsonValue &value, int status = 200);
    static HttpResponse text(const QString &text, int status = 200);
};

/// Decodes %XX (and `+` when asked); broken escapes stay as they are.
enum class PlusSign { Literal, Space };
QByteArray percentDecoded(QByteArrayView encoded, PlusSign plus);

const char *reasonPhrase(int status);

} // namespace core::sandbox
