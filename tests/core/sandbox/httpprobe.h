// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMap>
#include <QNetworkAccessManager>

namespace tests {

struct HttpAnswer {
    int status = 0; ///< 0: no answer
    QByteArray body;
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
    QString networkError;
    QJsonObject json() const;
    QJsonValue data() const { return json().value(QLatin1String("data")); }
    int code() const { return json().value(QLatin1String("code")).toInt(-1); }
};

using Form = QList<std::pair<QString, QString>>;

/// Plain HTTP calls against a server in this process; each waits for its answer while the event loop runs.
class HttpProbe {
public:
    explicit HttpProbe(const QString &base)
        : m_base(base)
    {
    }
    QMap<QByteArray, QByteArray> headers; ///< sent with every call

    HttpAnswer get(const QString &path, const Form &query = {});
    HttpAnswer post(const QString &path, const Form &form, const QMap<QByteArray, QByteArray> &more = {});
    HttpAnswer put(const QString &path, const Form &query = {});
    HttpAnswer remove(const QString &path, const Form &query = {});
    HttpAnswer send(const QByteArray &method, const QString &pathAndQuery, const QByteArray &body,
                    const QMap<QByteArray, QByteArray> &more = {});
    /// Starts a call and hands it over; for long polls.
    QNetworkReply *start(const QByteArray &method, const QString &pathAndQuery, const QByteArray &body,
                         const QMap<QByteArray, QByteArray> &more = {});
    static HttpAnswer answerOf(QNetworkReply *reply);
    static QByteArray encoded(const Form &form);

private:
    QNetworkAccessManager m_network;
    QString m_base;
};

} // namespace tests
