// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/store/database.h"
#include "core/store/home.h"

#include <QDateTime>
#include <QFile>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

/// A damaged beginning hides everything behind it, though it holds nothing but fixed numbers: put them right in a copy.
/// (SQLite's file format: magic, page size 4096, WAL, the fixed payload fractions, schema format 4, UTF-8.)
bool repairHeader(const QString &from, const QString &to)
{
    static constexpr char Magic[] = "SQLite format 3";
    if (!QFile::copy(from, to))
        return false;
    QFile file(to);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    const QByteArray fixed = QByteArray(Magic, 16) + QByteArray::fromHex("1000020200402020");
    const qint64 pages = file.size() / 4096;
    if (pages == 0)
        return false;
    file.write(fixed);
    QByteArray size(4, '\0');
    for (int i = 0; i < 4; ++i)
        size[i] = char(quint8(quint64(pages) >> (8 * (3 - i))));
    file.seek(28);
    file.write(size);
    file.write(QByteArray(8, '\0')); // no free list: free pages are lost, which costs nothing here
    file.seek(44);
    file.write(QByteArray::fromHex("00000004"));
    file.seek(52);
    file.write(QByteArray::fromHex("0000000000000001"));
    return file.flush();
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
    const QString patched = damaged + u".header"_s;
    if (!tryFile(damaged) && repairHeader(damaged, patched)) {
        // A WAL that belongs to the damaged file fits its copy as well.
        if (QFile::exists(damaged + u"-wal"_s))
            QFile::copy(damaged + u"-wal"_s, patched + u"-wal"_s);
        tryFile(patched);
    }
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(patched + suffix);
    return fresh.run(u"COMMIT"_s);
}

Result<Done> DatabaseCore::quarantine()
{
    if (const auto joined = m_home.share(); !joined)
        return joined;
    if (!m_home.tryExclusive()) {
        const QString why = u"%1 is damaged and other programs use it: end them, it is put right then"_s.arg(m_spec.file);
        m_home.report({.kind = Health::Kind::Damaged, .file = m_spec.file, .detail = why});
        m_home.markForCheck(m_spec.file);
        return fail(Error::Kind::Internal, why, int(SqlCode::Corrupt));
    }
    const auto aside = m_spec.file + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::rename(path() + suffix, m_home.filePath(aside + suffix));
    auto result = openFile();
    Health health{.kind = Health::Kind::Quarantined, .file = m_spec.file, .detail = u"%1 was damaged"_s.arg(m_spec.file), .movedTo = aside};
    if (result && m_spec.salvage) {
        Salvage sum;
        result = salvageFrom(m_home.filePath(aside), *m_lanes[Workers::Writer].connection, sum);
        health.salvaged = sum.saved;
        health.lost = sum.lost;
    }
    m_home.backToShared();
    m_home.checked(m_spec.file);
    qCWarning(logStore).noquote() << m_spec.file << "was damaged, moved to" << aside << "- rows saved:" << health.salvaged;
    m_home.report(health);
    return result;
}

} // namespace core::store
