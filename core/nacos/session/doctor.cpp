// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/doctor.h"

#include "core/base/missingsecret.h"
#include "core/credentials/secretstore.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/net/sshtunnel.h"
#include "core/net/tlspolicy.h"
#include "core/profiles/profile.h"

#include <QElapsedTimer>
#include <QHostInfo>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

using Outcome = DoctorStep::Outcome;

/// One examination; child of its stream, so it goes when the stream is cancelled or done.
class Examination final : public QObject {
public:
    Examination(const profiles::Profile &profile, Session::Collaborators collaborators, Stream<DoctorStep> *stream)
        : QObject(stream)
        , m_profile(profile)
        , m_deps(collaborators)
        , m_stream(stream)
        , m_way(proxyPolicy(profile.proxy))
    {
        QMetaObject::invokeMethod(
            this, [this] { begin(); }, Qt::QueuedConnection);
    }

private:
    void start() { m_clock.start(); }

    void tell(const QString &id, Outcome outcome, const QString &finding, const QString &remedy = {})
    {
        m_stream->push({DoctorStep{id, outcome, finding, remedy, m_clock.isValid() ? m_clock.elapsed() : 0}});
        start();
    }

    /// Whatever comes after a step that failed cannot be known.
    void skip(const QStringList &ids)
    {
        for (const QString &id : ids)
            m_stream->push({DoctorStep{id, Outcome::Skipped, u"not reached"_s, {}, 0}});
        m_stream->settle(Done{});
    }

    void begin()
    {
        start();
        const auto url = m_profile.servers.isEmpty() ? Result<QUrl>(fail(Error::Kind::Usage, u"no address is given"_s))
                                                     : profiles::parseServer(m_profile.servers.first());
        if (!url) {
            tell(u"dns"_s, Outcome::Failed, url.error().message, u"Write the address as host:port or http://host:port."_s);
            return skip({u"tcp"_s, u"tls"_s, u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s});
        }
        m_url = *url;
        if (m_profile.proxy.kind == profiles::Proxy::Kind::Ssh)
            return openTunnel();
        QHostInfo::lookupHost(m_url.host(), this, [this](const QHostInfo &info) { resolved(info); });
    }

    /// Names are the jump host's to resolve, and what it cannot reach the next steps say.
    void openTunnel()
    {
        m_way = net::withTunnel(proxyPolicy(m_profile.proxy), m_profile.connectTimeout);
        m_way.tunnel->open()->then(this, [this](const Result<Done> &result) {
            if (!result) {
                tell(u"ssh"_s, Outcome::Failed, result.error().message,
                     u"The tunnel is made by the program ssh with your own keys: see that “ssh” to that host works without a question."_s);
                return skip(
                    {u"dns"_s, u"tcp"_s, u"tls"_s, u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s});
            }
            tell(u"ssh"_s, Outcome::Ok, u"logged in at %1"_s.arg(m_way.tunnel->name()));
            tell(u"dns"_s, Outcome::Skipped, u"resolved by the jump host"_s);
            tell(u"tcp"_s, Outcome::Skipped, u"reached through the SSH tunnel"_s);
            m_deps.tunnel = m_way.tunnel;
            shakeHands();
        });
    }

    void resolved(const QHostInfo &info)
    {
        if (info.error() != QHostInfo::NoError) {
            tell(u"dns"_s, Outcome::Failed, u"%1: %2"_s.arg(m_url.host(), info.errorString()),
                 u"Check the spelling of the host name, and whether its network (VPN) is connected."_s);
            return skip({u"tcp"_s, u"tls"_s, u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s});
        }
        QStringList addresses;
        for (const QHostAddress &address : info.addresses())
            addresses << address.toString();
        tell(u"dns"_s, Outcome::Ok, addresses.join(u", "_s));
        if (m_profile.proxy.kind == profiles::Proxy::Kind::Http || m_profile.proxy.kind == profiles::Proxy::Kind::Socks5) {
            tell(u"tcp"_s, Outcome::Skipped, u"reached through the proxy %1:%2"_s.arg(m_profile.proxy.host).arg(m_profile.proxy.port));
            return shakeHands();
        }
        auto *socket = new QTcpSocket(this);
        auto *limit = new QTimer(socket);
        limit->setSingleShot(true);
        const auto refused = [this, socket](const QString &why) {
            socket->disconnect(this);
            tell(u"tcp"_s, Outcome::Failed, u"%1:%2: %3"_s.arg(m_url.host()).arg(m_url.port()).arg(why),
                 u"Is the server running, is the port right, does a firewall stand between?"_s);
            skip({u"tls"_s, u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s});
        };
        connect(socket, &QTcpSocket::connected, this, [this, socket] {
            socket->disconnect(this);
            tell(u"tcp"_s, Outcome::Ok, u"port %1 accepts connections"_s.arg(m_url.port()));
            socket->deleteLater();
            shakeHands();
        });
        connect(socket, &QTcpSocket::errorOccurred, this, [socket, refused] { refused(socket->errorString()); });
        connect(limit, &QTimer::timeout, this, [refused] { refused(u"no answer in time"_s); });
        limit->start(m_profile.connectTimeout);
        socket->connectToHost(m_url.host(), quint16(m_url.port()));
    }

    void shakeHands()
    {
        if (m_url.scheme() != "https"_L1) {
            tell(u"tls"_s, Outcome::Skipped, u"plain http"_s,
                 m_profile.auth.kind == profiles::Auth::Kind::None
                     ? QString()
                     : u"The password travels unencrypted; use https where the server has it."_s);
            return openSession();
        }
        // A file that cannot be used is not the server's fault. What a passphrase locks is opened by the session.
        profiles::Tls open = m_profile.httpTls;
        open.certFile = open.keyFile = QString();
        net::checkTlsFiles(tlsPolicy(open, {}), *m_deps.workers, this)->then(this, [this](const Result<Done> &files) {
            if (files)
                return inspect();
            tell(u"tls"_s, Outcome::Failed, files.error().message, u"Choose another file under Advanced."_s);
            skip({u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s});
        });
    }

    void inspect()
    {
        net::CertificateTarget target;
        target.host = m_url.host();
        target.port = quint16(m_url.port());
        target.tls.trust = net::TlsPolicy::Trust(int(m_profile.httpTls.trust));
        target.tls.caFile = m_profile.httpTls.caFile;
        target.tls.sha256 = m_profile.httpTls.sha256;
        target.timeout = m_profile.connectTimeout;
        target.proxy = m_way;
        net::inspectCertificate(target, this, m_deps.workers.get())->then(this, [this](const Result<net::CertificateFacts> &facts) {
            if (!facts) {
                tell(u"tls"_s, Outcome::Failed, facts.error().message,
                     u"Is this an https port? Does the server want a client certificate?"_s);
                return skip({u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s});
            }
            if (!facts->problems.isEmpty()) {
                tell(u"tls"_s, Outcome::Failed, u"%1; SHA-256 %2"_s.arg(facts->problems.join(u"; "_s), net::fingerprintText(facts->sha256)),
                     u"Give the file of its authority, or accept this one certificate by its fingerprint if you know it."_s);
                return skip({u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s});
            }
            tell(u"tls"_s, Outcome::Ok, u"%1, valid until %2"_s.arg(facts->subject, facts->notAfter.toString(Qt::ISODate)));
            openSession();
        });
    }

    void openSession()
    {
        m_session = new Session(m_profile, m_deps, Session::Use::Interactive, this);
        m_session->open()->then(this, [this](const Result<Capabilities> &answer) {
            // The session is usable before the console has answered; whoever examines waits for it.
            m_session->everyPlane()->then(this, [this, answer](const Result<Capabilities> &) { opened(answer); });
        });
    }

    void opened(const Result<Capabilities> &answer)
    {
        const Capabilities &found = m_session->capabilities();
        const bool legacy = found.generation == Generation::V2;
        const bool sentOn =
            !answer && answer.error().kind == Error::Kind::BadReply && answer.error().code >= 301 && answer.error().code <= 308;
        tellPlane(legacy ? Plane::Legacy : Plane::Admin, u"admin"_s, Outcome::Failed,
                  sentOn ? u"If that is the registry, give the connection the address it sends on to."_s
                         : u"Is this the address of a Nacos server, and the context path right (usually /nacos)?"_s);
        tellPlane(Plane::Console, u"console"_s, Outcome::Warning,
                  u"Only needed for accounts without administrator rights; its address can be given under Advanced."_s);
        tellPlane(Plane::Grpc, u"grpc"_s, Outcome::Warning,
                  u"Without it nothing is pushed. The port is the HTTP port + 1000 unless given under Advanced."_s);
        const bool known = found.generation != Generation::Unknown;
        tell(u"version"_s, known ? Outcome::Ok : Outcome::Failed, known ? found.summary() : u"no Nacos server was recognised"_s,
             known ? QString() : u"Check address, port and context path."_s);
        if (!answer && (answer.error().kind == Error::Kind::Auth || answer.error().kind == Error::Kind::Forbidden)) {
            const bool nothingSent = isMissingSecret(answer.error()); // there is a user, and no password to be found
            tell(u"login"_s, Outcome::Failed, answer.error().message,
                 found.needsFirstAdmin              ? u"No administrator exists yet: set the first password in the server's console."_s
                     : m_session->d().isAnonymous() ? giveLogin()
                     : nothingSent
                     ? u"Enter it in the connection; signalboxctl takes it from --password-stdin or SIGNALBOX_PASSWORD, too."_s
                     : u"Check user and password."_s);
            return skip({u"rights-read"_s});
        }
        if (!answer) {
            tell(u"login"_s, Outcome::Failed, answer.error().message);
            return skip({u"rights-read"_s});
        }
        const QString who = m_session->account();
        if (!who.isEmpty())
            tell(u"login"_s, Outcome::Ok, found.globalAdmin.value_or(false) ? u"%1, administrator"_s.arg(who) : who);
        else if (found.loginNeeded.value_or(false))
            tell(u"login"_s, Outcome::Warning, u"without a login the server refuses most requests"_s, giveLogin());
        else
            tell(u"login"_s, Outcome::Ok, u"none needed"_s);
        checkRights();
    }

    static QString giveLogin()
    {
        return u"Give the connection a user and a password; signalboxctl takes them from --user and --password-stdin or SIGNALBOX_PASSWORD, too."_s;
    }

    void tellPlane(Plane plane, const QString &id, Outcome unreachable, const QString &remedy)
    {
        const PlaneState state = m_session->capabilities().planes.value(plane);
        const qint64 took = std::max<qint64>(0, state.milliseconds);
        if (state.reachable)
            m_stream->push({DoctorStep{id, Outcome::Ok, state.url, {}, took}});
        else if (state.problem.isEmpty())
            m_stream->push({DoctorStep{id, Outcome::Skipped, u"not tried"_s, {}, 0}});
        else
            m_stream->push({DoctorStep{id, unreachable, state.problem, remedy, took}});
        start();
    }

    /// A read of one configuration's place: refused or not tells more than any list of roles.
    void checkRights()
    {
        auto *reply = m_session->d().routed<Done>(
            requestkind::ConfigList,
            [this](Plane plane) -> std::optional<HttpCall> {
                HttpCall call;
                const QString space =
                    m_profile.defaultNamespace == "public"_L1 && plane == Plane::Legacy ? QString() : m_profile.defaultNamespace;
                if (plane == Plane::Legacy) {
                    call.path = u"/cs/configs"_s;
                    call.envelope = Envelope::Flat;
                    call.query = {{u"search"_s, u"blur"_s}, {u"dataId"_s, {}},     {u"group"_s, {}},
                                  {u"tenant"_s, space},     {u"pageNo"_s, u"1"_s}, {u"pageSize"_s, u"1"_s}};
                    return call;
                }
                if (plane != Plane::Admin && plane != Plane::Console)
                    return std::nullopt;
                call.path = u"/cs/config/list"_s;
                call.query = {{u"search"_s, u"blur"_s}, {u"namespaceId"_s, space}, {u"dataId"_s, {}},
                              {u"groupName"_s, {}},     {u"pageNo"_s, u"1"_s},     {u"pageSize"_s, u"1"_s}};
                return call;
            },
            [](Plane, HttpData &&) -> Result<Done> { return Done{}; }, this);
        reply->then(this, [this](const Result<Done> &answer) {
            QStringList ways;
            const auto &detours = m_session->capabilities().detours;
            for (auto it = detours.cbegin(); it != detours.cend(); ++it)
                ways << u"%1 by %2"_s.arg(it.key(), planeName(it.value()));
            if (answer && ways.isEmpty())
                tell(u"rights-read"_s, Outcome::Ok, u"configurations of %1 can be read"_s.arg(m_profile.defaultNamespace));
            else if (answer)
                tell(u"rights-read"_s, Outcome::Ok,
                     u"configurations of %1 can be read, another way than usual: %2"_s.arg(m_profile.defaultNamespace, ways.join(u", "_s)));
            else
                tell(u"rights-read"_s, Outcome::Failed, answer.error().message,
                     m_session->d().isAnonymous() ? giveLogin()
                                                  : u"Ask for read rights on this namespace, or choose another default namespace."_s);
            m_stream->settle(Done{});
        });
    }

    const profiles::Profile m_profile;
    Session::Collaborators m_deps;
    Stream<DoctorStep> *m_stream;
    Session *m_session = nullptr;
    QUrl m_url;
    net::ProxyPolicy m_way;
    QElapsedTimer m_clock;
};

} // namespace

Stream<DoctorStep> *examine(const profiles::Profile &profile, Session::Collaborators collaborators, QObject *parent)
{
    auto *stream = new Stream<DoctorStep>(parent);
    new Examination(profile, collaborators, stream);
    return stream;
}

} // namespace core::nacos
