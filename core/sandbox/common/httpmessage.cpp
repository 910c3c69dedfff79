// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/httpmessage.h"

#include "core/base/hexdigit.h"
#include "core/base/utf8.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core::sandbox {

QByteArray percentDecoded(QByteArrayView encoded, PlusSign plus)
{
    // By pointers: contents of megabytes come this way.
    QByteArray out(encoded.size(), Qt::Uninitialized);
    char *to = out.data();
    const char *const end = encoded.data() + encoded.size();
    for (const char *from = encoded.data(); from < end; ++from) {
        if (*from == '+' && plus == PlusSign::Space) {
            *to++ = ' ';
            continue;
        }
        if (*from == '%' && end - from > 2) {
            const int high = hexDigit(from[1]), low = hexDigit(from[2]);
            if (high >= 0 && low >= 0) {
                *to++ = char(high * 16 + low);
                from += 2;
                continue;
            }
        }
        *to++ = *from;
    }
    out.truncate(to - out.data());
    return out;
}

void HttpParameters::addEncoded(QByteArrayView encoded)
{
    qsizetype start = 0;
    while (start <= encoded.size() && !encoded.isEmpty()) {
        const qsizetype found = encoded.indexOf('&', start);
        const qsizetype end = found < 0 ? encoded.size() : found;
        const QByteArrayView item = encoded.sliced(start, end - start);
        if (!item.isEmpty()) {
            const qsizetype equals = item.indexOf('=');
            const QByteArrayView name = equals < 0 ? item : item.first(equals);
            const QByteArrayView value = equals < 0 ? QByteArrayView() : item.sliced(equals + 1);
            add(fromUtf8Exactly(percentDecoded(name, PlusSign::Space)), fromUtf8Exactly(percentDecoded(value, PlusSign::Space)));
        }
        start = end + 1;
    }
}

void HttpParameters::addMultipart(QByteArrayView body, QByteArrayView boundary)
{
    const QByteArray delimiter = "--" + boundary.toByteArray(), between = "\r\n" + delimiter;
    const qsizetype found = body.startsWith(delimiter) ? -2 : body.indexOf(between);
    if (boundary.isEmpty() || found == -1)
        return;
    qsizetype at = found + between.size();
    while (body.sliced(at).startsWith("\r\n")) {
        const qsizetype begin = at + 2, end = body.indexOf(between, at), headEnd = body.indexOf("\r\n\r\n", at);
        if (end < 0 || headEnd < 0 || headEnd > end)
            return;
        const QByteArray head = body.sliced(begin, std::max<qsizetype>(0, headEnd - begin)).toByteArray();
        static const QRegularExpression named(u"form-data;[^\\r\\n]*\\bname=\"([^\"\\r\\n]*)\""_s,
                                              QRegularExpression::CaseInsensitiveOption);
        static const QRegularExpression file(u"\\bfilename\\*?="_s, QRegularExpression::CaseInsensitiveOption);
        const QString text = QString::fromUtf8(head);
        const auto name = named.match(text);
        if (name.hasMatch() && !file.match(text).hasMatch())
            add(name.captured(1), fromUtf8Exactly(body.sliced(headEnd + 4, std::max<qsizetype>(0, end - headEnd - 4)).toByteArray()));
        at = end + between.size();
    }
}

bool HttpParameters::contains(const QString &name) const
{
    return find(name).has_value();
}

QString HttpParameters::value(const QString &name, const QString &otherwise) const
{
    return find(name).value_or(otherwise);
}

std::optional<QString> HttpParameters::find(const QString &name) const
{
    std::optional<QString> found;
    for (const auto &[key, value] : m_items) {
        if (key == name)
            found = found ? *found + u',' + value : value;
    }
    return found;
}

QString HttpParameters::first(const QString &name) const
{
    return all(name).value(0);
}

QList<QString> HttpParameters::all(const QString &name) const
{
    QList<QString> values;
    for (const auto &item : m_items) {
        if (item.first == name)
            values.append(item.second);
    }
    return values;
}

int HttpParameters::number(const QString &name, int otherwise) const
{
    bool ok = false;
    const int number = value(name).toInt(&ok);
    return ok ? number : otherwise;
}

QByteArray HttpRequest::header(QByteArrayView name) const
{
    for (const auto &header : headers) {
        if (QByteArrayView(header.first) == name)
            return header.second;
    }
    return {};
}

bool HttpRequest::hasHeader(QByteArrayView name) const
{
    return std::any_of(headers.begin(), headers.end(), [name](const auto &header) { return QByteArrayView(header.first) == name; });
}

bool HttpRequest::keepsAlive() const
{
    const QByteArray connection = header("connection").toLower();
    return minorVersion >= 1 ? !connection.contains("close") : connection.contains("keep-alive");
}

QByteArray HttpRequest::contentType() const
{
    const QByteArray value = header("content-type");
    const qsizetype semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.first(semicolon)).trimmed().toLower();
}

HttpParameters HttpRequest::parameters() const
{
    HttpParameters parameters;
    parameters.addEncoded(query);
    if (contentType() == "application/x-www-form-urlencoded")
        parameters.addEncoded(body);
    if (contentType() == "multipart/form-data") {
        static const QRegularExpression boundary(u";\\s*boundary=(?:\"([^\"]+)\"|([^\\s;]+))"_s, QRegularExpression::CaseInsensitiveOption);
        const auto match = boundary.match(QString::fromLatin1(header("content-type")));
        parameters.addMultipart(body, (match.captured(1) + match.captured(2)).toLatin1());
    }
    return parameters;
}

HttpResponse HttpResponse::json(const QJsonValue &value, int status)
{
    HttpResponse response;
    response.status = status;
    response.contentType = "application/json;charset=UTF-8"_ba;
    if (value.isObject())
        response.body = QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    else if (value.isArray())
        response.body = QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    else {
        // QJsonDocument holds no scalars: take the brackets off an array of one.
        const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        response.body = wrapped.sliced(1, wrapped.size() - 2);
    }
    return response;
}

HttpResponse HttpResponse::text(const QString &text, int status)
{
    HttpResponse response;
    response.status = status;
    response.body = text.toUtf8();
    return response;
}

const char *reasonPhrase(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 413:
        return "Payload Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

} // namespace core::sandbox
