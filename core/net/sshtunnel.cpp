// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sshtunnel.h"

#include "core/base/jumphost.h"
#include "core/base/log.h"
#include "core/net/sshdoor.h"
#include "core/net/sshfailure.h"
#include "core/net/sshprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QHash>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core::net {

namespace {

constexpr int MostDoors = 256;
/// After a failure that may pass, whoever comes at once gets the same answer.
constexpr auto Rest = 1s;
/// What the login said before a target's ssh ended is read by then, in any order the two come in.
constexpr auto Listening = 20ms, ListeningAtMost = 300ms;
/// ssh makes `NAME.` and 16 letters out of the name it is given, and a socket's path has 107 at most.
constexpr qsizetype LongestFolder = 80;

QByteArray newWord()
{
    QByteArray word(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(word.begin(), word.end());
    return word.toHex();
}

/// The control socket of ssh is in it; it is this user's only wherever it is. QStandardPaths would warn where there is no session.
QString folderTemplate()
{
    QString base = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!QFileInfo(base).isWritable() || base.contains(u'%') || base.toLocal8Bit().size() > LongestFolder - 24)
        base = QDir::tempPath();
    return base + u"/signalbox-ssh-XXXXXX"_s;
}

} // namespace

struct SshTunnel::Private {
    enum class State { Down, Starting, Up, Closed };

    Private(SshTunnel *tunnel, const Settings &chosen)
        : q(tunnel)
        , settings(chosen)
        , authorization("Basic " + ("signalbox:" + newWord()).toBase64())
        , folder(std::make_shared<QTemporaryDir>(folderTemplate()))
    {
    }

    SshTunnel *q;
    const Settings settings;
    const QByteArray authorization;
    std::shared_ptr<QTemporaryDir> folder; ///< shared with every ssh: one that is on its way out still uses it
    QTcpServer server;
    QFileSystemWatcher watcher;
    State state = State::Down;
    std::optional<Error> why; ///< it is Down
    QElapsedTimer down;
    QHash<QString, Error> failures;
    struct Passage {
        std::unique_ptr<SshDoor> door;
        std::unique_ptr<SshProcess> carrier; ///< null: waits for the login
    };
    QHash<SshDoor *, std::shared_ptr<Passage>> passages;
    QList<SshDoor *> refused; ///< their carriers have ended; among the passages until they are explained
    QTimer explaining;
    QElapsedTimer refusedSince;
    QList<QPointer<Reply<Done>>> openers;
    std::unique_ptr<SshProcess> login;
    bool isOld = false; ///< an ssh before 8.7, which refuses options it does not know
    OperationTracker operations;

    QString name() const { return settings.port == 0 ? settings.host : u"%1:%2"_s.arg(settings.host).arg(settings.port); }
    QString control() const { return folder->filePath(u"c"_s); }
    QStringList arguments(const QStringList &own) const
    {
        const auto seconds = std::max<qint64>(1, settings.connectTimeout.count() / 1000 - 1);
        QStringList all{u"-S"_s, control()};
        for (const QString &option :
             {u"BatchMode=yes"_s, u"ConnectTimeout=%1"_s.arg(seconds), u"ServerAliveInterval=15"_s, u"ServerAliveCountMax=3"_s,
              u"ControlPersist=no"_s, u"PermitLocalCommand=no"_s, u"RemoteCommand=none"_s, u"RequestTTY=no"_s, u"ForwardAgent=no"_s,
              u"ForwardX11=no"_s, u"LogLevel=INFO"_s})
            all << u"-o"_s << option;
        // One that goes into the background would be nobody's. IgnoreUnknown is left to the person's configuration: the first one counts.
        if (!isOld)
            all << u"-o"_s << u"ForkAfterAuthentication=no"_s << u"-o"_s << u"StdinNull=no"_s;
        all += own;
        if (settings.port != 0)
            all << u"-p"_s << QString::number(settings.port);
        // Nothing that follows is an option.
        all << u"--"_s << settings.host;
        return all;
    }

    void listen()
    {
        server.setMaxPendingConnections(MostDoors);
        QObject::connect(&server, &QTcpServer::newConnection, q, [this] {
            while (QTcpSocket *socket = server.nextPendingConnection())
                admit(socket);
        });
        QObject::connect(&watcher, &QFileSystemWatcher::directoryChanged, q, [this] { look(); });
        explaining.setSingleShot(true);
        QObject::connect(&explaining, &QTimer::timeout, q, [this] { explain(); });
        if (!folder->isValid() || !server.listen(QHostAddress::LocalHost)) {
            why = Error{
                Error::Kind::Network,
                u"SSH tunnel: cannot listen on this machine: %1"_s.arg(folder->isValid() ? server.errorString() : folder->errorString()), 0,
                false};
            return;
        }
        watcher.addPath(folder->path());
    }

    void admit(QTcpSocket *socket)
    {
        if (passages.size() >= MostDoors || state == State::Closed)
            return delete socket;
        const auto passage = std::make_shared<Passage>();
        passage->door = std::make_unique<SshDoor>(socket, authorization, nullptr);
        SshDoor *door = passage->door.get();
        passages.insert(door, passage);
        QObject::connect(door, &SshDoor::asked, q, [this, door] { ask(door); });
        QObject::connect(door, &SshDoor::gone, q, [this, door] { drop(door); });
        door->begin();
    }
    /// From inside its own signals, too.
    void drop(SshDoor *door)
    {
        const auto passage = passages.take(door);
        if (!passage)
            return;
        door->disconnect(q);
        refused.removeOne(door);
        passage->door.release()->deleteLater();
        if (SshProcess *carrier = passage->carrier.release()) {
            carrier->disconnect(q);
            carrier->deleteLater();
        }
    }

    void ask(SshDoor *door)
    {
        if (mayStart())
            start();
        if (state == State::Up)
            carry(door);
        else if (state != State::Starting)
            door->refuse();
    }
    bool mayStart() const
    {
        if (state != State::Down)
            return false;
        return !why || (why->retryable && down.hasExpired(Rest.count()));
    }
    void start()
    {
        state = State::Starting;
        QFile::remove(control()); // left by one that was killed
        login = std::make_unique<SshProcess>(folder);
        QObject::connect(login.get(), &SshProcess::ended, q, [this] { ended(); });
        login->start(arguments({u"-M"_s, u"-N"_s, u"-o"_s, u"ClearAllForwardings=yes"_s}));
    }
    /// The login listens for channels: it stands.
    void look()
    {
        if (state != State::Starting || !QFileInfo::exists(control()))
            return;
        state = State::Up;
        why.reset();
        failures.clear();
        qCInfo(logNet).noquote() << "SSH tunnel through" << name() << "is up";
        for (const auto &opener : std::exchange(openers, {})) {
            if (opener)
                opener->settle(Done{});
        }
        const auto waiting = passages.values();
        for (const auto &passage : waiting) {
            if (passage->door && !passage->door->target().isEmpty() && !passage->carrier)
                carry(passage->door.get());
        }
    }
    /// The login did not come about, or is over.
    void ended()
    {
        SshProcess *over = login.release();
        over->disconnect(q);
        over->deleteLater();
        if (state == State::Starting && !isOld && over->said().toLower().contains("bad configuration option: forkafterauthentication")) {
            isOld = true;
            return start();
        }
        Error error = over->isMissing() ? sshMissing() : sshLoginError(name(), over->said());
        // What stood once may stand again.
        if (state == State::Up && !over->isMissing())
            error.retryable = true;
        qCInfo(logNet).noquote() << error.message;
        state = State::Down;
        why = error;
        down.start();
        for (const auto &opener : std::exchange(openers, {})) {
            if (opener)
                opener->settle(fail(error));
        }
        const auto all = passages.keys();
        for (SshDoor *door : all) {
            const auto passage = passages.value(door);
            if (passage && passage->carrier)
                drop(door);
            else if (passage && !door->target().isEmpty())
                door->refuse();
        }
    }

    void carry(SshDoor *door)
    {
        const auto passage = passages.value(door);
        const QString target = door->target();
        failures.remove(target);
        const int descriptor = door->handOver();
        if (descriptor < 0)
            return drop(door);
        passage->carrier = std::make_unique<SshProcess>(folder);
        QObject::connect(passage->carrier.get(), &SshProcess::ended, q, [this, door] { carried(door); });
        passage->carrier->start(arguments({u"-o"_s, u"ControlMaster=no"_s, u"-W"_s, target}), descriptor);
    }
    void carried(SshDoor *door)
    {
        const auto passage = passages.value(door);
        if (passage && !passage->carrier->isMissing() && !passage->carrier->isSuccess()) {
            if (refused.isEmpty())
                refusedSince.start();
            refused.append(door);
            return explaining.start(Listening);
        }
        if (passage && passage->carrier->isMissing())
            failures.insert(door->target(), sshMissing());
        drop(door);
    }
    /// The login tells why targets were refused, in another stream than their ends come, and not which: one reason is one target's only
    /// when nothing else was refused meanwhile. Whoever asks why finds it here: the connections are closed only now.
    void explain()
    {
        qsizetype end = 0;
        const QList<QByteArray> reasons = login ? refusalsIn(login->said(), end) : QList<QByteArray>();
        if (reasons.size() != refused.size() && !refusedSince.hasExpired(ListeningAtMost.count()))
            return explaining.start(Listening);
        if (login)
            login->forget(end);
        const QList<SshDoor *> doors = std::exchange(refused, {});
        for (SshDoor *door : doors) {
            const auto passage = passages.value(door);
            failures.insert(door->target(), sshTargetError(name(), door->target(), reasons, passage->carrier->said()));
            drop(door);
        }
    }
};

SshTunnel::SshTunnel(const Settings &settings, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(this, settings))
{
    if (!isJumpHost(settings.host))
        m_d->why = Error{Error::Kind::Usage, u"SSH tunnel: a jump host is [user@]host, or a name of the ssh configuration"_s, 0, false};
    m_d->listen();
    // Whoever holds it may not be destroyed any more.
    if (const auto *application = QCoreApplication::instance())
        connect(application, &QCoreApplication::aboutToQuit, this, &SshTunnel::close);
}

SshTunnel::~SshTunnel()
{
    close();
}

QString SshTunnel::name() const
{
    return m_d->name();
}

Reply<Done> *SshTunnel::open()
{
    auto *reply = m_d->operations.track(new Reply<Done>(this));
    if (m_d->mayStart())
        m_d->start();
    if (m_d->state == Private::State::Up)
        reply->settle(Done{});
    else if (m_d->state == Private::State::Starting)
        m_d->openers.append(reply);
    else
        reply->settle(fail(m_d->why.value_or(Error{Error::Kind::Network, u"the SSH tunnel is closed"_s, 0, false})));
    return reply;
}

void SshTunnel::close()
{
    m_d->state = Private::State::Closed;
    m_d->server.close();
    if (!m_d->watcher.directories().isEmpty())
        m_d->watcher.removePaths(m_d->watcher.directories());
    m_d->explaining.stop();
    m_d->refused.clear();
    m_d->passages.clear();
    m_d->login.reset();
    m_d->openers.clear();
    m_d->operations.cancelAll();
    m_d->folder.reset();
}

std::optional<Error> SshTunnel::failureOf(const QString &target) const
{
    if (m_d->state == Private::State::Down && m_d->why)
        return m_d->why;
    const auto known = m_d->failures.constFind(target);
    return known == m_d->failures.constEnd() ? std::nullopt : std::optional(*known);
}

bool SshTunnel::needsPerson() const
{
    return m_d->state == Private::State::Down && m_d->why && !m_d->why->retryable;
}

bool SshTunnel::isUsable() const
{
    return m_d->state != Private::State::Closed && (m_d->state != Private::State::Down || !m_d->why);
}

quint16 SshTunnel::port() const
{
    return m_d->server.serverPort();
}

QByteArray SshTunnel::authorization() const
{
    return m_d->authorization;
}

Error throughTunnel(Error error, const SshTunnel &tunnel, const QString &target)
{
    if (const auto why = tunnel.failureOf(target)) {
        error.kind = why->kind;
        error.message = u"%1: %2"_s.arg(target, why->message);
        error.retryable = why->retryable;
    } else {
        error.message += u" (through the SSH tunnel of %1)"_s.arg(tunnel.name());
    }
    return error;
}

QString tunnelTarget(const QString &host, int port)
{
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port);
}

ProxyPolicy withTunnel(ProxyPolicy policy, std::chrono::milliseconds connectTimeout)
{
    if (policy.kind == ProxyPolicy::Kind::Ssh && !policy.tunnel)
        policy.tunnel = std::make_shared<SshTunnel>(SshTunnel::Settings{policy.host, policy.port, connectTimeout});
    return policy;
}

} // namespace core::net
