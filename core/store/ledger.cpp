// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ledger.h"

#include "core/store/database.h"
#include "core/store/filelock.h"
#include "core/store/home.h"
#include "core/store/ledgerhead.h"
#include "core/store/ledgerrows.h"

#include <QHash>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr int FirstPage = 100, NextPage = 2000;

DatabaseSpec ledgerSpec(const std::shared_ptr<HeadKeeper> &keeper)
{
    DatabaseSpec spec;
    spec.file = u"ledger.db"_s;
    spec.sync = DatabaseSpec::Sync::Full;
    spec.migrations = ledgersql::migrations();
    spec.salvage = ledgersql::salvage;
    spec.beforeGroup = [keeper](Connection &connection) { return keeper->begin(connection); };
    spec.afterGroup = [keeper](Connection &connection, DatabaseSpec::Ended ended) { keeper->end(connection, ended); };
    return spec;
}

} // namespace

struct Ledger::Private {
    Private(Home &theHome, const QString &theProgram, const Clock &theClock)
        : home(theHome)
        , program(theProgram)
        , clock(theClock)
        , keeper(std::make_shared<HeadKeeper>(theHome, theProgram, theClock))
        , database(sharedDatabase(theHome, ledgerSpec(keeper)))
    {
    }
    Home &home;
    const QString program;
    const Clock &clock;
    std::shared_ptr<HeadKeeper> keeper;
    std::shared_ptr<Database> database;
    QSet<qint64> open; ///< intents of this process without outcome, as far as answered
    int appending = 0; ///< appends of intents without an answer
    OperationTracker operations;

    template <class T>
    Stream<T> *pages(const LedgerQuery &query, ledgersql::Order order, std::function<T(const LedgerEntry &)> convert)
    {
        struct Place {
            qint64 after = 0;
            int left = 0, page = FirstPage;
        };
        auto place = std::make_shared<Place>(Place{0, query.limit, FirstPage});
        return operations.track(database->stream<T>([=](Connection &connection) -> Result<Database::Page<T>> {
            const int ask = place->left < 0 ? place->page : std::min(place->page, place->left);
            const auto found = ledgersql::entries(connection, query, order, place->after, ask);
            if (!found)
                return fail(found.error());
            Database::Page<T> page;
            for (const LedgerEntry &entry : *found)
                page.rows.append(convert(entry));
            if (!found->isEmpty())
                place->after = found->last().id;
            if (place->left >= 0)
                place->left -= int(found->size());
            page.last = found->size() < ask || place->left == 0;
            place->page = NextPage;
            return page;
        }));
    }
};

Ledger::Ledger(Home &home, const QString &program, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(home, program, clock))
{
    m_d->database->watch(this, [this] { Q_EMIT changedElsewhere(); });
}

Ledger::~Ledger()
{
    if (!m_d->open.isEmpty() || m_d->appending > 0)
        m_d->home.setUnsettled(Home::Unsettled::Perhaps);
}

Result<Done> Ledger::usable() const
{
    return m_d->home.writable();
}

Reply<Done> *Ledger::noteWhetherSettled()
{
    return m_d->operations.track(m_d->database->read<Done>([&home = m_d->home](Connection &connection) -> Result<Done> {
        // Taken away first: whoever leaves word from now on is not overheard, and whoever did before is seen in the table.
        home.setUnsettled(Home::Unsettled::No);
        const auto open = connection.single(u"SELECT intent FROM open LIMIT 1"_s);
        if (!open || open->isValid())
            home.setUnsettled(Home::Unsettled::Perhaps);
        return Done{};
    }));
}

Reply<QList<qint64>> *Ledger::appendIntents(const QList<LedgerIntent> &intents)
{
    if (intents.size() > WriteTarget::GroupLimit)
        return Reply<QList<qint64>>::settled(fail(Error::Kind::Usage, u"more than %1 intents at once"_s.arg(WriteTarget::GroupLimit)));
    const ledgersql::Stamp stamp{toRfc3339(m_d->clock.now()), m_d->home.owner(), m_d->program};
    auto *reply = m_d->database->write<QList<qint64>>(
        [intents, stamp](Connection &connection) { return ledgersql::appendIntents(connection, intents, stamp); },
        {.weight = int(intents.size())});
    ++m_d->appending;
    reply->then(this, [this](const Result<QList<qint64>> &result) {
        --m_d->appending;
        if (!result)
            return;
        m_d->open.unite(QSet<qint64>(result->cbegin(), result->cend()));
        Q_EMIT appended();
    });
    return m_d->operations.track(reply);
}

Reply<QList<bool>> *Ledger::appendOutcomes(const QList<LedgerOutcome> &outcomes)
{
    if (outcomes.size() > WriteTarget::GroupLimit)
        return Reply<QList<bool>>::settled(fail(Error::Kind::Usage, u"more than %1 outcomes at once"_s.arg(WriteTarget::GroupLimit)));
    const QString at = toRfc3339(m_d->clock.now());
    auto *reply = m_d->database->write<QList<bool>>(
        [outcomes, at](Connection &connection) { return ledgersql::appendOutcomes(connection, outcomes, at); },
        {.weight = int(outcomes.size())});
    reply->then(this, [this, outcomes](const Result<QList<bool>> &result) {
        if (!result)
            return;
        for (const LedgerOutcome &outcome : outcomes)
            m_d->open.remove(outcome.intent);
        Q_EMIT appended();
    });
    return m_d->operations.track(reply);
}

Stream<LedgerEntry> *Ledger::entries(const LedgerQuery &query)
{
    return m_d->pages<LedgerEntry>(query, ledgersql::Order::NewestFirst, [](const LedgerEntry &entry) { return entry; });
}

Stream<QByteArray> *Ledger::exportLines(const LedgerQuery &query)
{
    return m_d->pages<QByteArray>(query, ledgersql::Order::OldestFirst, [](const LedgerEntry &entry) {
        return QJsonDocument(entry.toJson()).toJson(QJsonDocument::Compact) + '\n';
    });
}

Reply<std::optional<LedgerEntry>> *Ledger::entry(qint64 id)
{
    return m_d->operations.track(
        m_d->database->read<std::optional<LedgerEntry>>([id](Connection &connection) { return ledgersql::entry(connection, id); }));
}

Reply<QList<LedgerEntry>> *Ledger::planEntries(const QUuid &plan)
{
    return m_d->operations.track(
        m_d->database->read<QList<LedgerEntry>>([plan](Connection &connection) { return ledgersql::planEntries(connection, plan); }));
}

Reply<QList<LedgerEntry>> *Ledger::openIntents(Whose whose)
{
    return m_d->operations.track(
        m_d->database->read<QList<LedgerEntry>>([&home = m_d->home, whose](Connection &connection) -> Result<QList<LedgerEntry>> {
            auto open = ledgersql::openEntries(connection);
            if (!open || whose == Whose::Anyone)
                return open;
            QHash<QString, bool> wanted;
            open->removeIf([&](const LedgerEntry &entry) {
                if (!wanted.contains(entry.owner))
                    wanted.insert(entry.owner, whose == Whose::Mine ? entry.owner == home.owner() : !home.isAlive(entry.owner));
                return !wanted.value(entry.owner);
            });
            return open;
        }));
}

Reply<std::optional<QByteArray>> *Ledger::value(const QByteArray &sha256)
{
    return m_d->operations.track(
        m_d->database->read<std::optional<QByteArray>>([sha256](Connection &connection) { return ledgersql::value(connection, sha256); }));
}

Reply<QList<LedgerState>> *Ledger::newestStates(const QStringList &addresses, std::function<QByteArray(const QByteArray &)> extract)
{
    return m_d->operations.track(m_d->database->read<QList<LedgerState>>([addresses, extract = std::move(extract)](Connection &connection) {
        return ledgersql::newestStates(connection, addresses, extract);
    }));
}

Reply<LedgerReport> *Ledger::verify()
{
    return m_d->operations.track(
        m_d->database->read<LedgerReport>([keeper = m_d->keeper, &home = m_d->home](Connection &connection) -> Result<LedgerReport> {
            FileLock lock;
            const bool canLock = home.state() == Home::State::Ready || home.state() == Home::State::NoSpace;
            if (canLock) {
                if (const auto locked = keeper->lock(lock); !locked)
                    return fail(locked.error());
            }
            if (const auto begun = connection.run(u"BEGIN"_s); !begun)
                return fail(begun.error());
            const auto headFile = keeper->read();
            const auto losses = keeper->losses();
            const auto snapshot = ledgersql::head(connection); // from here on nothing that is appended is seen
            lock.close();
            Result<LedgerReport> report = fail(Error::Kind::Internal, QString());
            if (snapshot)
                report = verifyLedger(connection, headFile);
            else
                report = fail(snapshot.error());
            if (report) {
                report->problems = losses.open + report->problems;
                report->acknowledged = losses.acknowledged;
            }
            std::ignore = connection.run(u"COMMIT"_s);
            return report;
        }));
}

Reply<QList<LedgerProblem>> *Ledger::openLosses()
{
    return m_d->operations.track(m_d->database->write<QList<LedgerProblem>>(
        [keeper = m_d->keeper](Connection &) { return Result<QList<LedgerProblem>>(keeper->losses().open); }));
}

Reply<Done> *Ledger::acknowledgeLosses(const QList<LedgerProblem> &shown, const QString &reason)
{
    return m_d->operations.track(
        m_d->database->write<Done>([keeper = m_d->keeper, shown, reason](Connection &) { return keeper->acknowledge(shown, reason); }));
}

Reply<std::pair<QByteArray, qint64>> *Ledger::head()
{
    using Head = std::pair<QByteArray, qint64>;
    return m_d->operations.track(m_d->database->read<Head>([](Connection &connection) -> Result<Head> {
        const auto head = ledgersql::head(connection);
        if (!head)
            return fail(head.error());
        return Head{head->hash, head->rows};
    }));
}

Reply<qint64> *Ledger::purgeValues(const QDateTime &olderThan)
{
    const QString at = toRfc3339(olderThan);
    return m_d->operations.track(
        m_d->database->write<qint64>([at](Connection &connection) { return ledgersql::purgeValues(connection, at); }));
}

} // namespace core::store
