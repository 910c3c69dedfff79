// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/sandbox/httpprobe.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace tests {

QJsonObject HttpAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray HttpProbe::encoded(const Form &form)
{
    QByteArray out;
    for (const auto &[name, value] : form) {
        if (!out.isEmpty())
            out += '&';
        out += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    return out;
}

QNetworkReply *HttpProbe::start(const QByteArray &method, const QString &pathAndQuery, const QByteArray &body,
                                const QMap<QByteArray, QByteArray> &more)
{
    QNetworkRequest request(QUrl(m_base + pathAndQuery));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    for (const auto &map : {headers, more}) {
        for (auto it = map.cbegin(); it != map.cend(); ++it)
            request.setRawHeader(it.key(), it.value());
    }
    return m_network.sendCustomRequest(request, method, body);
}

HttpAnswer HttpProbe::answerOf(QNetworkReply *reply)
{
    HttpAnswer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    if (reply->error() != QNetworkReply::NoError)
        answer.networkError = reply->errorString();
    const auto pairs = reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        answer.headers.insert(name.toLower(), value);
    return answer;
}

HttpAnswer HttpProbe::send(const QByteArray &method, const QString &pathAndQuery, const QByteArray &body,
                           const QMap<QByteArray, QByteArray> &more)
{
    QNetworkReply *reply = start(method, pathAndQuery, body, more);
    // Not qWaitFor: it sleeps between two looks, and a large body takes thousands of them.
    QSignalSpy(reply, &QNetworkReply::finished).wait(60000);
    const HttpAnswer answer = answerOf(reply);
    reply->deleteLater();
    return answer;
}

HttpAnswer HttpProbe::get(const QString &path, const Form &query)
{
    return send("GET", query.isEmpty() ? path : path + u'?' + QString::fromLatin1(encoded(query)), {});
}

HttpAnswer HttpProbe::post(const QString &path, const Form &form, const QMap<QByteArray, QByteArray> &more)
{
    QMap<QByteArray, QByteArray> all = more;
    all.insert("Content-Type", "application/x-www-form-urlencoded");
    return send("POST", path, encoded(form), all);
}

HttpAnswer HttpProbe::put(const QString &path, const Form &query)
{
    return send("PUT", path + u'?' + QString::fromLatin1(encoded(query)), {});
}

HttpAnswer HttpProbe::remove(const QString &path, const Form &query)
{
    return send("DELETE", path + u'?' + QString::fromLatin1(encoded(query)), {});
}

} // namespace tests
