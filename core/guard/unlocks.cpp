// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/unlocks.h"

#include "core/base/log.h"
#include "core/base/savefile.h"
#include "core/store/home.h"

#include <cerrno>
#include <cstring>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTimer>
#include <QUrl>
#include <set>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

/// A clock may be set, so the time left is looked at again now and then.
constexpr std::chrono::milliseconds LongestTimer{std::chrono::hours{1}};

constexpr qint64 MostBytes = 1 << 20;
constexpr auto Suffix = ".json"_L1;

QByteArray encode(const Unlock &unlock)
{
    return QJsonDocument(QJsonObject{{u"since"_s, toRfc3339(unlock.since)},
                                     {u"until"_s, toRfc3339(unlock.until)},
                                     {u"reason"_s, unlock.reason},
                                     {u"program"_s, unlock.program}})
        .toJson();
}

} // namespace

std::optional<Unlock> Unlock::fromFile(const QByteArray &content)
{
    const QJsonObject json = QJsonDocument::fromJson(content).object();
    const Unlock unlock{QDateTime::fromString(json.value("since"_L1).toString(), Qt::ISODateWithMs),
                        QDateTime::fromString(json.value("until"_L1).toString(), Qt::ISODateWithMs), json.value("reason"_L1).toString(),
                        json.value("program"_L1).toString()};
    return unlock.since.isValid() && unlock.until.isValid() ? std::optional(unlock) : std::nullopt;
}

bool Unlock::isOpenAt(const QDateTime &now) const
{
    // A clock that was set back must not keep a door open: whoever is before `since` is outside as well.
    return now >= since && now < until && since.secsTo(until) <= qint64(std::chrono::seconds(Unlocks::Longest).count());
}

struct Unlocks::Private {
    Private(const store::Home &theHome, const QString &theProgram, const Clock &theClock)
        : home(theHome)
        , program(theProgram)
        , clock(theClock)
    {
    }
    const store::Home &home;
    const QString program;
    const Clock &clock;
    std::set<QString> open; // as last told
    QFileSystemWatcher watcher;
    QTimer expiry;

    QString folder() const { return home.filePath(u"unlocks"_s); }
    QString file(const QString &profile) const
    {
        return folder() + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(profile, "~", ".")) + Suffix;
    }
    /// By profile: nobody has to read and replace what is another's, so that nobody has to wait for another.
    std::optional<Unlock> read(const QString &profile) const
    {
        QFile file(this->file(profile));
        const auto unlock = file.open(QIODevice::ReadOnly) ? Unlock::fromFile(file.read(MostBytes)) : std::nullopt;
        return unlock && unlock->isOpenAt(clock.now()) ? unlock : std::nullopt;
    }

    QStringList profiles() const
    {
        QStringList profiles;
        for (const QString &name : QDir(folder()).entryList({u'*' + Suffix}, QDir::Files))
            profiles.append(QUrl::fromPercentEncoding(name.chopped(Suffix.size()).toLatin1()));
        return profiles;
    }

    Result<Done> makeFolder()
    {
        if (const auto writable = home.writable(); !writable)
            return writable;
        const QByteArray name = QFile::encodeName(folder());
        if (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST)
            return fail(Error::Kind::Internal, u"%1 cannot be made: %2"_s.arg(folder(), QString::fromLocal8Bit(std::strerror(errno))));
        if (watcher.directories().isEmpty())
            watcher.addPath(folder()); // the files are replaced, not written into
        return Done{};
    }
};

Unlocks::Unlocks(const store::Home &home, const QString &program, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(home, program, clock))
{
    m_d->expiry.setSingleShot(true);
    connect(&m_d->expiry, &QTimer::timeout, this, &Unlocks::look);
    connect(&m_d->watcher, &QFileSystemWatcher::directoryChanged, this, &Unlocks::look);
    if (const auto made = m_d->makeFolder(); !made && QFileInfo(m_d->folder()).isDir())
        m_d->watcher.addPath(m_d->folder()); // may not be written here, but by others
    look();
}

Unlocks::~Unlocks() = default;

Result<Done> Unlocks::unlock(const QString &profile, std::chrono::seconds duration, const QString &reason)
{
    if (reason.trimmed().isEmpty())
        return fail(Error::Kind::Usage, u"unlocking writes needs a reason"_s);
    if (duration < std::chrono::seconds(1) || duration > Longest)
        return fail(Error::Kind::Usage, u"writes are unlocked for 1 second to 24 hours"_s);
    const QDateTime now = m_d->clock.now();
    const Unlock entry{now, now.addSecs(qint64(duration.count())), reason, m_d->program};
    if (const auto made = m_d->makeFolder(); !made)
        return made;
    QSaveFile out(m_d->file(profile));
    if (!out.open(QIODevice::WriteOnly) || !out.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || out.write(encode(entry)) < 0 ||
        !commitWhole(out))
        return fail(Error::Kind::Internal, u"%1 cannot be written: %2"_s.arg(out.fileName(), out.errorString()));
    qCInfo(logGuard).noquote() << "writes on" << profile << "unlocked until" << toRfc3339(entry.until);
    m_d->open.insert(profile);
    Q_EMIT changed(profile);
    look();
    return Done{};
}

Result<Done> Unlocks::lock(const QString &profile)
{
    if (const auto writable = m_d->home.writable(); !writable)
        return writable;
    QFile file(m_d->file(profile));
    if (!file.remove() && file.exists())
        return fail(Error::Kind::Internal, u"%1 cannot be removed: %2"_s.arg(file.fileName(), file.errorString()));
    look();
    return Done{};
}

std::optional<Unlock> Unlocks::state(const QString &profile) const
{
    // From the file, not from memory: another program may have locked it a moment ago.
    return m_d->read(profile);
}

/// Tells what differs from what was told last and waits for the next one to run out.
void Unlocks::look()
{
    std::set<QString> now;
    std::optional<QDateTime> next;
    for (const QString &profile : m_d->profiles()) {
        const auto unlock = m_d->read(profile);
        if (!unlock)
            continue;
        now.insert(profile);
        next = next ? std::min(*next, unlock->until) : unlock->until;
    }
    const std::set<QString> before = std::exchange(m_d->open, now);
    if (next) {
        const std::chrono::milliseconds left{std::max<qint64>(1, m_d->clock.now().msecsTo(*next))};
        m_d->expiry.start(std::min(left, LongestTimer));
    } else {
        m_d->expiry.stop();
    }
    for (const QString &profile : before) {
        if (!now.contains(profile))
            Q_EMIT changed(profile);
    }
    for (const QString &profile : now) {
        if (!before.contains(profile))
            Q_EMIT changed(profile);
    }
}

} // namespace core::guard
