// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/unlocks.h"

#include "core/base/log.h"
#include "core/base/savefile.h"
#include "core/store/filelock.h"
#include "core/store/home.h"

#include <map>
#include <QFile>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>
#include <set>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

using Entries = std::map<QString, Unlock>;

/// A clock may be set, so the time left is looked at again now and then.
constexpr std::chrono::milliseconds LongestTimer{std::chrono::hours{1}};

Entries decode(const QByteArray &json)
{
    Entries entries;
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QJsonObject one = it.value().toObject();
        const Unlock unlock{QDateTime::fromString(one.value("since"_L1).toString(), Qt::ISODateWithMs),
                            QDateTime::fromString(one.value("until"_L1).toString(), Qt::ISODateWithMs), one.value("reason"_L1).toString(),
                            one.value("program"_L1).toString()};
        if (unlock.since.isValid() && unlock.until.isValid())
            entries.insert_or_assign(it.key(), unlock);
    }
    return entries;
}

QByteArray encode(const Entries &entries)
{
    QJsonObject all;
    for (const auto &[profile, unlock] : entries)
        all.insert(profile,
                   QJsonObject{{u"since"_s, toRfc3339(unlock.since)},
                               {u"until"_s, toRfc3339(unlock.until)},
                               {u"reason"_s, unlock.reason},
                               {u"program"_s, unlock.program}});
    return QJsonDocument(all).toJson();
}

} // namespace

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
    QDateTime written;
    QTimer expiry;

    QString file() const { return home.filePath(u"unlocks.json"_s); }

    Entries read() const
    {
        QFile file(this->file());
        return file.open(QIODevice::ReadOnly) ? decode(file.read(1 << 20)) : Entries();
    }

    bool isOpen(const Unlock &unlock) const
    {
        const QDateTime now = clock.now();
        // A clock that was set back must not keep a door open: whoever is before `since` is outside as well.
        return now >= unlock.since && now < unlock.until &&
            unlock.since.secsTo(unlock.until) <= qint64(std::chrono::seconds(Longest).count());
    }

    Result<Done> change(const std::function<void(Entries &)> &edit)
    {
        if (const auto writable = home.writable(); !writable)
            return writable;
        store::FileLock lock;
        if (const auto opened = lock.open(home.filePath(u"run/unlocks.lock"_s)); !opened)
            return opened;
        lock.lock(store::FileLock::Mode::Exclusive); // held for one small write
        Entries entries = read();
        std::erase_if(entries, [this](const auto &entry) { return !isOpen(entry.second); });
        edit(entries);
        QSaveFile out(file());
        if (!out.open(QIODevice::WriteOnly) || !out.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
            out.write(encode(entries)) < 0 || !commitWhole(out))
            return fail(Error::Kind::Internal, u"%1 cannot be written: %2"_s.arg(file(), out.errorString()));
        return Done{};
    }
};

Unlocks::Unlocks(const store::Home &home, const QString &program, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(home, program, clock))
{
    m_d->expiry.setSingleShot(true);
    connect(&m_d->expiry, &QTimer::timeout, this, &Unlocks::look);
    connect(&m_d->watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        // Much happens in a home; this file rarely changes.
        const QDateTime written = QFileInfo(m_d->file()).lastModified();
        if (std::exchange(m_d->written, written) != written)
            look();
    });
    if (QFileInfo(home.path()).isDir())
        m_d->watcher.addPath(home.path()); // the file is replaced, not written into
    m_d->written = QFileInfo(m_d->file()).lastModified();
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
    const auto done = m_d->change([&](Entries &entries) { entries.insert_or_assign(profile, entry); });
    if (!done)
        return done;
    qCInfo(logGuard).noquote() << "writes on" << profile << "unlocked until" << toRfc3339(entry.until);
    m_d->open.insert(profile);
    Q_EMIT changed(profile);
    look();
    return done;
}

Result<Done> Unlocks::lock(const QString &profile)
{
    const auto done = m_d->change([&](Entries &entries) { entries.erase(profile); });
    if (done)
        look();
    return done;
}

std::optional<Unlock> Unlocks::state(const QString &profile) const
{
    // From the file, not from memory: another program may have locked it a moment ago.
    const Entries entries = m_d->read();
    const auto found = entries.find(profile);
    if (found == entries.end() || !m_d->isOpen(found->second))
        return std::nullopt;
    return found->second;
}

/// Tells what differs from what was told last and waits for the next one to run out.
void Unlocks::look()
{
    std::set<QString> now;
    std::optional<QDateTime> next;
    for (const auto &[profile, unlock] : m_d->read()) {
        if (!m_d->isOpen(unlock))
            continue;
        now.insert(profile);
        next = next ? std::min(*next, unlock.until) : unlock.until;
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
