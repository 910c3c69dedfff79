// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/proxyfactory.h"
#include "core/net/sshtunnel.h"
#include "core/net/tlsconfig.h"

#include <QDeadlineTimer>
#include <QSslSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

/// One handshake; a child of the reply it settles.
class Inspector final : public QObject {
    Q_OBJECT
public:
    Inspector(Reply<CertificateFacts> *reply, const CertificateTarget &target, const QSslConfiguration &configuration)
        : QObject(reply)
        , m_reply(reply)
        , m_target(target)
        , m_place(u"%1:%2"_s.arg(target.host).arg(target.port))
    {
        m_target.proxy = withTunnel(m_target.proxy, m_target.timeout);
        m_socket.setSslConfiguration(configuration);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this,
                [this] { finish(fail(Error::Kind::Timeout, m_place + u": no TLS handshake in time"_s)); });
        connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
            m_problems.clear();
            if (!isAccepted(m_target.tls, m_socket.peerCertificate(), errors)) {
                for (const QSslError &error : errors)
                    m_problems << error.errorString();
                if (m_target.tls.trust == TlsPolicy::Trust::Fingerprint)
                    m_problems = QStringList{u"it is not the certificate that was accepted"_s};
            }
            conclude();
        });
        connect(&m_socket, &QSslSocket::encrypted, this, [this] { conclude(); });
        connect(&m_socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) { lost(error); });
    }

    void start()
    {
        m_timer.start(m_target.timeout);
        QNetworkProxyQuery query(m_target.host, m_target.port);
        m_socket.setProxy(ProxyFactory(m_target.proxy).queryProxy(query).constFirst());
        m_socket.connectToHostEncrypted(m_target.host, m_target.port);
    }

private:
    void conclude()
    {
        const QSslCertificate certificate = m_socket.peerCertificate();
        if (certificate.isNull())
            return finish(fail(Error::Kind::Tls, m_place + u": the server presented no certificate"_s));
        CertificateFacts facts = factsOf(certificate);
        m_problems.removeDuplicates();
        facts.problems = m_problems;
        finish(facts);
    }
    void lost(QAbstractSocket::SocketError error)
    {
        // A server that wants a client certificate, or refuses ours, has shown its own before it hangs up.
        if (!m_socket.peerCertificate().isNull())
            return conclude();
        const bool handshake = error == QAbstractSocket::SslHandshakeFailedError || error == QAbstractSocket::SslInvalidUserDataError ||
            (error == QAbstractSocket::RemoteHostClosedError && m_socket.mode() == QSslSocket::SslClientMode);
        Error told{handshake ? Error::Kind::Tls : Error::Kind::Network, m_place + u": "_s + m_socket.errorString(), 0, false};
        // A way that breaks off looks like a handshake that does.
        if (m_target.proxy.tunnel && (!handshake || m_target.proxy.tunnel->failureOf(tunnelTarget(m_target.host, m_target.port))))
            told = throughTunnel(std::move(told), *m_target.proxy.tunnel, tunnelTarget(m_target.host, m_target.port));
        finish(fail(std::move(told)));
    }
    void finish(Result<CertificateFacts> result)
    {
        m_timer.stop();
        m_socket.disconnect(this);
        m_reply->settle(std::move(result));
        m_socket.abort();
    }

    Reply<CertificateFacts> *m_reply;
    CertificateTarget m_target;
    QString m_place;
    QStringList m_problems;
    QSslSocket m_socket;
    QTimer m_timer;
};

} // namespace

Reply<CertificateFacts> *inspectCertificate(const CertificateTarget &target, QObject *parent, Workers *workers)
{
    auto *reply = new Reply<CertificateFacts>(parent);
    auto *reader = new TlsFilesReader(target.tls, workers, reply);
    const QDeadlineTimer deadline(target.timeout, Qt::PreciseTimer);
    reader->read(target.timeout, reply)->then(reply, [reply, target, deadline](const Result<TlsFiles> &files) {
        const auto configuration = files ? sslConfiguration(*files) : fail(files.error());
        if (!configuration)
            return reply->abort(configuration.error());
        CertificateTarget rest = target;
        rest.timeout = std::chrono::milliseconds(std::max<qint64>(1, deadline.remainingTime()));
        auto *inspector = new Inspector(reply, rest, *configuration);
        inspector->start();
    });
    return reply;
}

} // namespace core::net

#include "certificateinspector.moc"
