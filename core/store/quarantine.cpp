// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/store/database.h"
#include "core/store/filelock.h"
#include "core/store/home.h"

#include <QDateTime>
#include <QFile>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

Error cannotCopy(const QFile &file)
{
    return {Error::Kind::Internal, u"%1: %2"_s.arg(file.fileName(), file.errorString()), int(SqlCode::Full), false};
}

/// A damaged beginning hides everything behind it, though it holds nothing but fixed numbers: put them right in a copy. False: there is
/// nothing behind it. (SQLite's file format: magic, page size 4096, WAL, the fixed payload fractions, schema format 4, UTF-8.)
Result<bool> repairHeader(const QString &from, const QString &to)
{
    static constexpr char Magic[] = "SQLite format 3";
    QFile source(from);
    if (!source.copy(to))
        return fail(cannotCopy(source));
    QFile file(to);
    const qint64 pages = file.size() / 4096;
    if (pages == 0)
        return false;
    const auto put = [&file](qint64 at, const QByteArray &bytes) { return file.seek(at) && file.write(bytes) == bytes.size(); };
    QByteArray size(4, '\0');
    for (int i = 0; i < 4; ++i)
        size[i] = char(quint8(quint64(pages) >> (8 * (3 - i))));
    const bool done = file.open(QIODevice::ReadWrite) && put(0, QByteArray(Magic, 16) + QByteArray::fromHex("1000020200402020")) &&
        put(28, size + QByteArray(8, '\0')) && // no free list: free pages are lost, which costs nothing here
        put(44, QByteArray::fromHex("00000004")) && put(52, QByteArray::fromHex("0000000000000001")) && file.flush();
    if (!done)
        return fail(cannotCopy(file));
    return true;
}

/// Names of the file that is being made to replace a damaged one.
QString rebuiltName(const QString &path)
{
    return path + u".rebuilt"_s;
}

void removeWhole(const QString &path)
{
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
}

} // namespace

Result<Done> DatabaseCore::salvageFrom(const QString &damaged, Connection &fresh, Salvage &sum)
{
    if (const auto begun = fresh.run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    const auto tryFile = [&](const QString &file) {
        const auto old = Connection::open(file, Connection::Access::ReadWrite);
        if (!old || !(*old)->single(u"SELECT count(*) FROM sqlite_master"_s))
            return false;
        sum = m_spec.salvage(**old, fresh);
        return sum.saved > 0;
    };
    const QString patched = damaged + u".header"_s, wal = u"-wal"_s;
    if (!tryFile(damaged) && !sum.error) {
        removeWhole(patched);
        const auto repaired = repairHeader(damaged, patched);
        QFile log(damaged + wal);
        // A WAL that belongs to the damaged file fits its copy as well.
        if (!repaired)
            sum.error = repaired.error();
        else if (log.exists() && !log.copy(patched + wal))
            sum.error = cannotCopy(log);
        else if (*repaired)
            tryFile(patched);
    }
    removeWhole(patched);
    if (sum.error)
        return fail(*sum.error);
    return fresh.run(u"COMMIT"_s);
}

/// Makes the file that replaces the damaged one, whole and closed, beside it. A crash or a full disk here leaves everything as it was.
Result<Done> DatabaseCore::rebuild(Salvage &sum)
{
    const QString rebuilt = rebuiltName(path());
    removeWhole(rebuilt);
    makePrivate(rebuilt);
    Result<Done> made = Done{};
    {
        auto opened = Connection::open(rebuilt, Connection::Access::ReadWrite);
        made = opened ? setUp(**opened) : fail(opened.error());
        if (made)
            made = migrate(**opened, 0);
        if (made && m_spec.salvage)
            made = salvageFrom(path(), **opened, sum);
        // What is only in the WAL would have to be renamed in step with the file.
        if (made)
            made = (*opened)->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    }
    if (!made)
        removeWhole(rebuilt);
    return made;
}

/// A crash between the renames of quarantine() leaves no file, and the rebuilt one (which then is complete) beside it.
void DatabaseCore::finishQuarantine()
{
    const QString rebuilt = rebuiltName(path());
    if (QFile::exists(path()) || !QFile::exists(rebuilt))
        return;
    // Nobody has the file open, but several may come at once.
    FileLock lock;
    if (!lock.open(m_home.filePath(u"run/quarantine.lock"_s)) || !lock.lock(FileLock::Mode::Exclusive) || QFile::exists(path()))
        return;
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
        QFile::remove(path() + suffix); // of the damaged file, and useless without it
    QFile::rename(rebuilt, path());
}

Result<Done> DatabaseCore::quarantine()
{
    if (const auto joined = m_home.share(ending()); !joined)
        return joined;
    if (!m_home.tryExclusive(ending())) {
        const QString why = u"%1 is damaged and other programs use it: end them, it is put right then"_s.arg(m_spec.file);
        m_home.report({.kind = Health::Kind::Damaged, .file = m_spec.file, .detail = why});
        m_home.markForCheck(m_spec.file);
        return fail(Error::Kind::Internal, why, int(SqlCode::Corrupt));
    }
    const auto aside = m_spec.file + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    Health health{.kind = Health::Kind::Quarantined, .file = m_spec.file, .detail = u"%1 was damaged"_s.arg(m_spec.file), .movedTo = aside};
    Salvage sum;
    auto result = rebuild(sum);
    if (result) {
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::rename(path() + suffix, m_home.filePath(aside + suffix));
        finishQuarantine();
        result = openFile();
    }
    if (const auto shared = m_home.backToShared(ending()); !shared && result)
        result = shared;
    if (!result)
        return result; // tried again at the next use
    health.salvaged = sum.saved;
    health.lost = sum.lost;
    m_home.checked(m_spec.file);
    qCWarning(logStore).noquote() << m_spec.file << "was damaged, moved to" << aside << "- rows saved:" << health.salvaged
                                  << "lost:" << health.lost;
    m_home.report(health);
    return result;
}

} // namespace core::store
