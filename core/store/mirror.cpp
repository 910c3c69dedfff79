// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/mirror.h"

#include "core/base/log.h"
#include "core/store/database.h"
#include "core/store/filelock.h"
#include "core/store/home.h"
#include "core/store/mirrorindex.h"
#include "core/store/mirrorrows.h"
#include "core/store/mirrorsearch.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr int FirstPage = 200, NextPage = 1000;
constexpr qsizetype UpsertPiece = 500; // rows; a journal entry never waits long behind a list
constexpr int IndexPiece = 40;
constexpr qsizetype SmallContent = 64 * 1024;
constexpr std::chrono::milliseconds IndexAfter{400};
constexpr int PutsBetweenPurges = 500;
constexpr int RevisionsAPurge = 200;
constexpr qint64 DefaultLimit = 2LL << 30;
constexpr Database::Urgent Later{.urgency = WriteTask::Urgency::Later};

} // namespace

MirrorScope MirrorScope::of(const QString &serverIdentity, const QString &account)
{
    // A line feed can be in neither, so that two pairs never look the same.
    return {QCryptographicHash::hash(serverIdentity.toUtf8() + '\n' + account.toUtf8(), QCryptographicHash::Sha256)};
}

struct Mirror::Private {
    Private(Mirror &owner, Home &home)
        : q(owner)
        , database(sharedDatabase(home, mirrorsql::spec()))
    {
    }
    Mirror &q;
    std::shared_ptr<Database> database;
    QTimer indexLater;
    FileLock indexLock;
    bool indexing = false, purging = false;
    int puts = 0;
    qint64 limit = DefaultLimit;
    OperationTracker operations;

    template <class T>
    Reply<T> *read(std::function<Result<T>(Connection &)> work)
    {
        return operations.track(database->read<T>(std::move(work)));
    }
    template <class T>
    Reply<T> *write(std::function<Result<T>(Connection &)> work)
    {
        return operations.track(database->write<T>(std::move(work), Later));
    }

    void contentCame()
    {
        if (!indexing && !indexLater.isActive())
            indexLater.start();
        if (++puts % PutsBetweenPurges == 0)
            q.purge();
    }

    /// Some items after another until none is left. One program of a home does it: it is there for all of them.
    void index()
    {
        if (std::exchange(indexing, true))
            return;
        if (!mayIndex()) {
            indexing = false;
            return;
        }
        auto *prepared = operations.track(database->read<QList<mirrorindex::Batch>>(
            [](Connection &connection) { return mirrorindex::prepare(connection, IndexPiece); }, Workers::ReadUrgency::Background));
        prepared->then(&q, [this](const Result<QList<mirrorindex::Batch>> &batches) {
            indexing = false;
            if (!batches || batches->isEmpty())
                return;
            indexing = true;
            auto left = std::make_shared<qsizetype>(batches->size());
            auto failed = std::make_shared<bool>(false);
            for (const mirrorindex::Batch &batch : *batches) {
                write<Done>([batch](Connection &connection) {
                    return mirrorindex::write(connection, batch);
                })->then(&q, [this, left, failed](const Result<Done> &done) {
                    *failed = *failed || !done;
                    if (--*left > 0)
                        return;
                    indexing = false;
                    if (!*failed)
                        index();
                });
            }
        });
    }

    bool mayIndex()
    {
        Home &home = database->home();
        if (home.state() != Home::State::Ready)
            return false;
        if (!indexLock.isOpen() && !indexLock.open(home.filePath(u"run/index.lock"_s)))
            return false;
        return indexLock.tryLock(FileLock::Mode::Exclusive); // ours until the end
    }

    /// Drops revisions until what is used fits the limit, in pieces; `freed` counts.
    void purgeMore(qint64 freed, const QPointer<Reply<qint64>> &reply)
    {
        write<std::pair<qint64, bool>>([limit = limit](Connection &connection) -> Result<std::pair<qint64, bool>> {
            const auto before = mirrorsql::bytesInUse(connection);
            if (!before)
                return fail(before.error());
            if (*before <= limit)
                return std::pair<qint64, bool>(0, false);
            const auto dropped = mirrorsql::dropOldRevisions(connection, RevisionsAPurge);
            if (!dropped)
                return fail(dropped.error());
            const auto after = mirrorsql::bytesInUse(connection);
            if (!after)
                return fail(after.error());
            return std::pair<qint64, bool>(*before - *after, *dropped);
        })->then(&q, [this, freed, reply](const Result<std::pair<qint64, bool>> &step) {
            const qint64 sum = freed + (step ? step->first : 0);
            if (step && step->second)
                return purgeMore(sum, reply);
            finishPurge(sum, step ? Result<qint64>(sum) : fail(step.error()), reply);
        });
    }

    void finishPurge(qint64 freed, const Result<qint64> &result, const QPointer<Reply<qint64>> &reply)
    {
        write<bool>([freed](Connection &connection) -> Result<bool> {
            const auto renewed = mirrorindex::renewWhenStale(connection);
            if (!renewed)
                return renewed;
            if (freed > 0) {
                auto rows = connection.rows(u"PRAGMA incremental_vacuum"_s); // gives free pages back to the disk as it is stepped through
                while (rows && rows->next())
                    continue;
            }
            return renewed;
        })->then(&q, [this, result, reply](const Result<bool> &renewed) {
            purging = false;
            if (renewed && *renewed)
                index();
            if (reply)
                reply->settle(result);
        });
    }
};

Mirror::Mirror(Home &home, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(*this, home))
{
    m_d->indexLater.setSingleShot(true);
    m_d->indexLater.setInterval(IndexAfter);
    connect(&m_d->indexLater, &QTimer::timeout, this, [this] { m_d->index(); });
    m_d->indexLater.start(); // what an earlier program left
    m_d->database->watch(this, [this] {
        if (!m_d->indexing && !m_d->indexLater.isActive())
            m_d->indexLater.start();
        Q_EMIT changedElsewhere();
    });
}

Mirror::~Mirror() = default;

Reply<Done> *Mirror::upsert(const MirrorScope &scope, const QList<MirrorItem> &items)
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList locals;
    auto left = std::make_shared<qsizetype>((items.size() + UpsertPiece - 1) / UpsertPiece);
    if (*left == 0)
        reply->settle(Done{});
    auto shared = std::make_shared<QStringList>();
    for (qsizetype from = 0; from < items.size(); from += UpsertPiece) {
        QList<MirrorItem> piece = items.mid(from, UpsertPiece);
        for (MirrorItem &item : piece) {
            if (!item.seenAt.isValid())
                item.seenAt = now;
            shared->append(item.local);
        }
        m_d->write<Done>([scope, piece](Connection &connection) { return mirrorsql::upsert(connection, scope, piece); })
            ->then(this, [this, scope, shared, left, reply = QPointer<Reply<Done>>(reply)](const Result<Done> &done) {
                if (!done && reply)
                    reply->settle(done);
                if (--*left > 0)
                    return;
                if (done)
                    Q_EMIT changed(scope, *shared);
                if (reply)
                    reply->settle(done);
            });
    }
    return reply;
}

Reply<Done> *Mirror::putContent(const MirrorScope &scope, const QString &local, const MirrorState &state)
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    const auto finish = [this, scope, local, reply = QPointer<Reply<Done>>(reply)](const Result<Done> &done) {
        if (done) {
            m_d->contentCame();
            Q_EMIT changed(scope, {local});
        }
        if (reply)
            reply->settle(done);
    };
    MirrorState row = state;
    if (!row.seenAt.isValid())
        row.seenAt = QDateTime::currentDateTimeUtc();
    if (row.content.size() <= SmallContent) {
        m_d->write<Done>([scope, local, row](Connection &connection) {
               return mirrorsql::putContent(connection, scope, local, mirrorsql::Content::of(row));
           })
            ->then(this, finish);
        return reply;
    }
    // Compressing takes a while: not in the writer's time. An answer that was overtaken by a newer one is recognised by its time.
    auto *prepared = m_d->operations.track(
        m_d->database->read<mirrorsql::Content>([row](Connection &) -> Result<mirrorsql::Content> { return mirrorsql::Content::of(row); }));
    prepared->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    prepared->then(this, [this, scope, local, finish](const Result<mirrorsql::Content> &content) {
        if (!content)
            return finish(fail(content.error()));
        m_d->write<Done>(
               [scope, local, ready = *content](Connection &connection) { return mirrorsql::putContent(connection, scope, local, ready); })
            ->then(this, finish);
    });
    return reply;
}

Reply<Done> *Mirror::markDeleted(const MirrorScope &scope, const QString &local, const QDateTime &seenAt, const QString &by)
{
    const QDateTime at = seenAt.isValid() ? seenAt : QDateTime::currentDateTimeUtc();
    auto *reply = m_d->write<Done>(
        [scope, local, at, by](Connection &connection) { return mirrorsql::markDeleted(connection, scope, local, at, by); });
    return reply->then(this, [this, scope, local](const Result<Done> &done) {
        if (done)
            Q_EMIT changed(scope, {local});
    });
}

Reply<qint64> *Mirror::markMissing(const MirrorScope &scope, const QString &space, const QString &kind, const QDateTime &listBegan)
{
    auto *reply = m_d->operations.track(new Reply<qint64>);
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    m_d->write<QStringList>([scope, prefix = mirrorsql::prefix(space, kind), listBegan](Connection &connection) {
           return mirrorsql::markMissing(connection, scope, prefix, listBegan);
       })
        ->then(this, [this, scope, reply = QPointer<Reply<qint64>>(reply)](const Result<QStringList> &missing) {
            if (missing && !missing->isEmpty())
                Q_EMIT changed(scope, *missing);
            if (reply)
                reply->settle(missing ? Result<qint64>(missing->size()) : fail(missing.error()));
        });
    return reply;
}

Stream<MirrorItem> *Mirror::list(const MirrorScope &scope, const QString &space, const QString &kind, Include include)
{
    struct Place {
        QString after;
        int page = FirstPage;
    };
    auto place = std::make_shared<Place>();
    return m_d->operations.track(m_d->database->stream<MirrorItem>(
        [scope, prefix = mirrorsql::prefix(space, kind), include, place](Connection &connection) -> Result<Database::Page<MirrorItem>> {
            auto found = mirrorsql::items(connection, scope, prefix, include, place->after, place->page);
            if (!found)
                return fail(found.error());
            Database::Page<MirrorItem> page{.rows = std::move(*found)};
            page.last = page.rows.size() < place->page;
            if (!page.rows.isEmpty())
                place->after = page.rows.last().local;
            place->page = NextPage;
            return page;
        }));
}

Reply<qint64> *Mirror::count(const MirrorScope &scope, const QString &space, const QString &kind)
{
    return m_d->read<qint64>(
        [scope, prefix = mirrorsql::prefix(space, kind)](Connection &connection) { return mirrorsql::count(connection, scope, prefix); });
}

Reply<std::optional<MirrorItem>> *Mirror::item(const MirrorScope &scope, const QString &local)
{
    return m_d->read<std::optional<MirrorItem>>(
        [scope, local](Connection &connection) { return mirrorsql::item(connection, scope, local); });
}

Reply<std::optional<MirrorState>> *Mirror::content(const MirrorScope &scope, const QString &local)
{
    return m_d->read<std::optional<MirrorState>>(
        [scope, local](Connection &connection) { return mirrorsql::content(connection, scope, local); });
}

Stream<MirrorRevision> *Mirror::revisions(const MirrorScope &scope, const QString &local)
{
    return m_d->operations.track(
        m_d->database->stream<MirrorRevision>([scope, local](Connection &connection) -> Result<Database::Page<MirrorRevision>> {
            auto found = mirrorsql::revisions(connection, scope, local);
            if (!found)
                return fail(found.error());
            return Database::Page<MirrorRevision>{std::move(*found), true};
        }));
}

Reply<std::optional<MirrorState>> *Mirror::revisionContent(qint64 revisionId)
{
    return m_d->read<std::optional<MirrorState>>(
        [revisionId](Connection &connection) { return mirrorsql::revisionContent(connection, revisionId); });
}

Reply<std::optional<MirrorRevision>> *Mirror::asOf(const MirrorScope &scope, const QString &local, const QDateTime &moment)
{
    return m_d->read<std::optional<MirrorRevision>>(
        [scope, local, moment](Connection &connection) { return mirrorsql::asOf(connection, scope, local, moment); });
}

Reply<QList<std::pair<QString, qint64>>> *Mirror::spaces(const MirrorScope &scope)
{
    return m_d->read<QList<std::pair<QString, qint64>>>([scope](Connection &connection) { return mirrorsql::spaces(connection, scope); });
}

Stream<MirrorHit> *Mirror::search(const MirrorQuery &query)
{
    auto search = std::make_shared<MirrorSearch>(query);
    return m_d->operations.track(m_d->database->stream<MirrorHit>([search](Connection &connection) { return search->next(connection); }));
}

Reply<MirrorCoverage> *Mirror::coverage(const QList<MirrorScope> &scopes, const QStringList &spaces, const QStringList &kinds)
{
    return m_d->read<MirrorCoverage>(
        [scopes, spaces, kinds](Connection &connection) { return MirrorSearch::coverage(connection, scopes, spaces, kinds); });
}

Reply<Done> *Mirror::setKeep(const MirrorScope &scope, Keep keep)
{
    return m_d->write<Done>([scope, keep](Connection &connection) { return mirrorsql::setKeep(connection, scope, keep); });
}

void Mirror::setLimit(qint64 bytes)
{
    m_d->limit = bytes;
    purge();
}

Reply<qint64> *Mirror::sizeOnDisk()
{
    return m_d->read<qint64>([path = m_d->database->home().filePath(u"mirror.db"_s)](Connection &) -> Result<qint64> {
        qint64 sum = 0;
        for (const QString &suffix : {u""_s, u"-wal"_s})
            sum += QFileInfo(path + suffix).size();
        return sum;
    });
}

Reply<qint64> *Mirror::purge()
{
    auto *reply = m_d->operations.track(new Reply<qint64>);
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    if (std::exchange(m_d->purging, true))
        reply->settle(qint64(0)); // one is under way
    else
        m_d->purgeMore(0, reply);
    return reply;
}

Reply<Done> *Mirror::clear()
{
    auto *reply = m_d->write<Done>([](Connection &connection) { return mirrorsql::clear(connection); });
    return reply->then(this, [this](const Result<Done> &done) {
        if (!done)
            return;
        m_d->finishPurge(1, qint64(0), {}); // gives the room back
        Q_EMIT cleared();
    });
}

Reply<Done> *Mirror::clear(const MirrorScope &scope)
{
    auto *reply = m_d->write<Done>([scope](Connection &connection) { return mirrorsql::clear(connection, scope); });
    return reply->then(this, [this](const Result<Done> &done) {
        if (!done)
            return;
        m_d->finishPurge(1, qint64(0), {});
        Q_EMIT cleared();
    });
}

} // namespace core::store
