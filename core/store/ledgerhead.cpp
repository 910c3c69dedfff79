// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ledgerhead.h"

#include "core/base/log.h"
#include "core/base/savefile.h"
#include "core/store/home.h"

#include <QFile>
#include <QJsonDocument>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr qsizetype LongestHead = 4096; ///< what is read of a file that holds a line of 70
constexpr qsizetype KeptOfGarbage = 120;

/// What ledger.head held, for ledger.lost: `hash` and `rows`, or `text` when it is not what this program writes; null: no file.
QJsonValue documentOf(const std::optional<QByteArray> &content)
{
    if (!content)
        return QJsonValue::Null;
    if (const auto head = ledgersql::Head::fromLine(*content))
        return QJsonObject{{u"hash"_s, QString::fromLatin1(head->hash.toHex())}, {u"rows"_s, head->rows}};
    return QJsonObject{{u"text"_s, QString::fromLatin1(content->left(KeptOfGarbage))}};
}

/// Whether the chain goes on behind a row with that hash.
Result<bool> isBehind(Connection &connection, const QByteArray &hash)
{
    const auto found = connection.single(
        u"SELECT 1 WHERE EXISTS (SELECT 1 FROM intent WHERE previous = ?) OR EXISTS (SELECT 1 FROM outcome WHERE previous = ?)"_s,
        {hash, hash});
    if (!found)
        return fail(found.error());
    return found->isValid();
}

LedgerProblem problemOf(const QJsonObject &line)
{
    const QString at = line.value(u"at"_s).toString();
    const QJsonObject there = line.value(u"there"_s).toObject();
    const qint64 rows = there.value(u"rows"_s).toInteger();
    const QJsonValue expected = line.value(u"expected"_s);
    if (!expected.isObject())
        return {u"ledger.head"_s, u"was missing before row %1 was written (%2)"_s.arg(rows + 1).arg(at)};
    if (!expected.toObject().contains(u"rows"_s))
        return {u"ledger.head"_s, u"was damaged before row %1 was written (%2)"_s.arg(rows + 1).arg(at)};
    const qint64 promised = expected.toObject().value(u"rows"_s).toInteger();
    const QString found = promised > rows ? u"it ended at row %1 then"_s.arg(rows) : u"row %1 was another one then"_s.arg(promised);
    return {u"ledger.db"_s, u"rows up to %1 were lost or replaced before %2: %3"_s.arg(QString::number(promised), at, found)};
}

} // namespace

HeadKeeper::HeadKeeper(const Home &home, const QString &program, const Clock &clock)
    : HeadKeeper(home, program, clock, Patience())
{
}

HeadKeeper::HeadKeeper(const Home &home, const QString &program, const Clock &clock, Patience patience)
    : m_headFile(home.filePath(u"ledger.head"_s))
    , m_lockFile(home.filePath(u"run/ledger.lock"_s))
    , m_lostFile(home.filePath(u"ledger.lost"_s))
    , m_program(program)
    , m_clock(clock)
    , m_patience(patience)
{
}

Result<Done> HeadKeeper::lock(FileLock &lock) const
{
    if (!lock.isOpen()) {
        if (const auto opened = lock.open(m_lockFile); !opened)
            return opened;
    }
    const auto end = std::chrono::steady_clock::now() + (m_refused ? m_patience.again : m_patience.first);
    while (!lock.tryLock(FileLock::Mode::Exclusive)) {
        if (std::chrono::steady_clock::now() > end) {
            m_refused = true;
            return fail(Error::Kind::Internal, u"another program holds the ledger and does not go on"_s);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
    m_refused = false;
    return Done{};
}

Result<Done> HeadKeeper::begin(Connection &connection)
{
    if (const auto locked = lock(m_lock); !locked)
        return locked;
    auto compared = compare(connection);
    if (!compared)
        m_lock.unlock();
    return compared;
}

/// Everybody who appends holds the lock, so that what is read here is what will be appended to.
Result<Done> HeadKeeper::compare(Connection &connection) const
{
    const auto inside = ledgersql::head(connection);
    if (!inside)
        return fail(inside.error());
    const std::optional<QByteArray> content = read();
    const auto outside = content ? ledgersql::Head::fromLine(*content) : std::nullopt;
    if (outside == *inside)
        return Done{};
    // Before the first row, so that a head file that is missing always means something.
    const bool isNew = !content && inside->rows == 0 && !QFile::exists(m_headFile);
    bool lagged = false;
    if (outside && outside->rows < inside->rows) {
        // A program was killed between its commit and writing the head: the chain goes on from what the head names.
        const auto behind = isBehind(connection, outside->hash);
        if (!behind)
            return fail(behind.error());
        lagged = *behind && (outside->rows == 0) == (outside->hash == ledgersql::genesis());
    }
    if (!isNew && !lagged) {
        const auto kept = appendToLost({{u"expected"_s, documentOf(content)}, {u"there"_s, documentOf(inside->toLine())}});
        if (!kept)
            return kept;
    }
    write(*inside);
    return Done{};
}

void HeadKeeper::end(Connection &connection, DatabaseSpec::Ended ended)
{
    if (ended == DatabaseSpec::Ended::Committed) {
        if (const auto head = ledgersql::head(connection))
            write(*head);
    }
    m_lock.unlock();
}

std::optional<QByteArray> HeadKeeper::read() const
{
    QFile file(m_headFile);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(LongestHead);
}

void HeadKeeper::write(const ledgersql::Head &head) const
{
    QSaveFile file(m_headFile);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(head.toLine()) > 0 && commitWhole(file);
    // The row itself is on disk; the next append writes the head again, verify() allows for one commit in between.
    if (!written)
        qCWarning(logStore) << "ledger.head cannot be written:" << file.errorString();
}

/// On disk when it answers: what it tells of is overwritten next.
Result<Done> HeadKeeper::appendToLost(QJsonObject line) const
{
    line.insert(u"at"_s, toRfc3339(m_clock.now()));
    line.insert(u"program"_s, m_program);
    QFile file(m_lostFile);
    bool written = file.open(QIODevice::ReadWrite) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QByteArray bytes = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    // A line that a crash cut off stays one.
    if (written && file.size() > 0 && file.seek(file.size() - 1) && file.read(1) != "\n")
        bytes.prepend('\n');
    written = written && file.seek(file.size()) && file.write(bytes) == bytes.size() && file.flush() && ::fsync(file.handle()) == 0;
    if (!written)
        return fail(Error::Kind::Internal, u"%1: %2"_s.arg(file.fileName(), file.errorString()), int(SqlCode::Full));
    return Done{};
}

HeadKeeper::Losses HeadKeeper::losses() const
{
    Losses found;
    QFile file(m_lostFile);
    if (!file.exists())
        return found;
    if (!file.open(QIODevice::ReadOnly)) {
        found.open.append({u"ledger.lost"_s, u"cannot be read: "_s + file.errorString()});
        return found;
    }
    for (qint64 number = 1; !file.atEnd(); ++number) {
        const QByteArray bytes = file.readLine();
        const QJsonObject line = QJsonDocument::fromJson(bytes).object();
        if (line.contains(u"acknowledged"_s)) {
            found.acknowledged += found.open.size();
            found.open.clear();
        } else if (line.value(u"there"_s).isObject()) {
            found.open.append(problemOf(line));
        } else if (!bytes.trimmed().isEmpty()) {
            found.open.append({u"ledger.lost"_s, u"line %1 is damaged"_s.arg(number)});
        }
    }
    return found;
}

Result<Done> HeadKeeper::acknowledge(const QList<LedgerProblem> &shown, const QString &reason) const
{
    if (losses().open != shown)
        return fail(Error::Kind::Conflict, u"the losses of the ledger are not those that were shown; nothing was accepted, look again"_s);
    if (shown.isEmpty())
        return Done{};
    return appendToLost({{u"acknowledged"_s, shown.size()}, {u"reason"_s, reason}});
}

} // namespace core::store
