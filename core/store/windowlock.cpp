// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/windowlock.h"

#include "core/store/filelock.h"
#include "core/store/home.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr std::chrono::seconds HandOverTimeout{3};
constexpr std::chrono::milliseconds TryAgainAfter{50};
constexpr qsizetype LongestSocketPath = 100; // sun_path has 108 bytes on Linux, Qt makes a temporary name beside it
constexpr qint64 LongestMessage = 1 << 20;

QString socketPath(const Home &home)
{
    const QString inHome = home.filePath(u"run/window.socket"_s);
    if (inHome.toUtf8().size() <= LongestSocketPath)
        return inHome;
    const QByteArray hash = QCryptographicHash::hash(home.path().toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/signalbox-"_s + QString::fromLatin1(hash);
}

} // namespace

struct WindowLock::Private {
    const Home *home = nullptr;
    FileLock lock;
    bool held = false;
    QLocalServer *server = nullptr;
    OperationTracker operations;
};

WindowLock::WindowLock(const Home &home, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->home = &home;
}

WindowLock::~WindowLock()
{
    delete m_d->server; // takes its socket file along
}

bool WindowLock::acquire()
{
    if (m_d->held)
        return true;
    if (!m_d->lock.open(m_d->home->filePath(u"run/window.lock"_s)))
        return true;
    if (!m_d->lock.tryLock(FileLock::Mode::Exclusive)) {
        m_d->lock.close();
        return false;
    }
    m_d->held = true;
    const QString path = socketPath(*m_d->home);
    QLocalServer::removeServer(path); // of a window that was killed
    m_d->server = new QLocalServer(this);
    m_d->server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_d->server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_d->server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            QTimer::singleShot(HandOverTimeout, socket, [socket] { socket->abort(); });
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                if (socket->bytesAvailable() > LongestMessage)
                    return socket->abort();
                if (!socket->canReadLine())
                    return;
                const QJsonObject message = QJsonDocument::fromJson(socket->readLine()).object();
                QStringList arguments;
                for (const QJsonValue argument : message.value("arguments"_L1).toArray())
                    arguments.append(argument.toString());
                socket->write("ok\n");
                socket->disconnectFromServer();
                Q_EMIT argumentsReceived(arguments, message.value("folder"_L1).toString());
            });
        }
    });
    m_d->server->listen(path);
    return true;
}

Reply<WindowLock::HandOver> *WindowLock::handOver(const QStringList &arguments, const QString &workingFolder)
{
    auto *reply = m_d->operations.track(new Reply<HandOver>);
    auto *socket = new QLocalSocket(reply);
    const QByteArray message =
        QJsonDocument(QJsonObject{{u"arguments"_s, QJsonArray::fromStringList(arguments)}, {u"folder"_s, workingFolder}})
            .toJson(QJsonDocument::Compact) +
        '\n';
    connect(socket, &QLocalSocket::connected, socket, [socket, message] { socket->write(message); });
    connect(socket, &QLocalSocket::readyRead, socket, [socket, reply] {
        if (socket->canReadLine())
            reply->settle(HandOver::Taken);
    });
    QTimer::singleShot(HandOverTimeout, socket,
                       [reply] { reply->settle(fail(Error::Kind::Timeout, u"the window that is open does not answer"_s)); });
    const QString path = socketPath(*m_d->home);
    auto *again = new QTimer(socket);
    connect(again, &QTimer::timeout, this, [this, socket, reply, path] {
        // A process that was killed, or is ending, holds the lock a moment longer than it answers.
        if (!reply->isSettled() && acquire())
            reply->settle(HandOver::OwnerGone);
        // One that has just begun may hold it and not listen yet.
        if (!reply->isSettled() && socket->state() == QLocalSocket::UnconnectedState)
            socket->connectToServer(path);
    });
    again->start(TryAgainAfter);
    socket->connectToServer(path);
    return reply;
}

} // namespace core::store
