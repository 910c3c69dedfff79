// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/configmessages.h"
#include "core/nacos/wire/internalmessages.h"
#include "core/nacos/wire/message.h"

#include <memory>
#include <QJsonObject>
#include <QList>

namespace tests {

namespace wire = core::nacos::wire;

/// A client on the bare stubs: one TCP connection, unary calls and the stream, nothing answered by itself unless asked to.
class GrpcProbe {
    Q_DISABLE_COPY_MOVE(GrpcProbe)
public:
    explicit GrpcProbe(quint16 port);
    ~GrpcProbe();

    struct Answer {
        bool ok = false; ///< gRPC status OK
        int status = 0;
        wire::Message message;
        QJsonObject body() const;
        int errorCode() const { return body().value(QLatin1String("errorCode")).toInt(-1); }
        bool success() const { return body().value(QLatin1String("resultCode")).toInt() == 200 && errorCode() == 0; }
    };
    QMap<QByteArray, QByteArray> headers;
    Answer call(const wire::Message &message);
    template <class T>
    Answer call(const T &request)
    {
        return call(wire::makeMessage(request, headers));
    }
    Answer publish(const QString &dataId, const QByteArray &content, const QString &casMd5 = {}, const QMap<QString, QString> &more = {});
    Answer query(const QString &dataId, const QString &tag = {});
    Answer listen(const QString &tenant, const QString &dataId, const QByteArray &md5);
    QString group = QStringLiteral("g"), tenant;

    /// ServerCheck, stream, setup; waits for the SetupAck when abilities are sent.
    enum class Negotiation { Yes, No };
    void connectStream(Negotiation negotiation = Negotiation::Yes, const QByteArray &clientIp = "10.1.1.1");
    void openStream();
    void send(const wire::Message &message);
    /// Pushes in the order they came.
    QList<wire::Message> pushes() const;
    /// Runs the event loop until a push of that type is there (the nth, from 0); false: not in time.
    bool waitFor(const QByteArray &type, int nth = 0) const;
    int count(const QByteArray &type) const;
    QJsonObject push(const QByteArray &type, int nth = 0) const;
    /// Answers every push of a type by itself from now on (with `Response` for `Request`).
    void answerPushes();
    bool streamEnded() const;
    int streamStatus() const; ///< gRPC status code of the end
    /// Closes the connection without goodbye.
    void drop();
    QString connectionId;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace tests
