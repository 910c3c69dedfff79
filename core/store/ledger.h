// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/reply.h"
#include "core/base/stream.h"

#include <functional>
#include <memory>
#include <optional>
#include <QDateTime>
#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QUuid>
#include <utility>

namespace core::store {

class Home;

/// What is going to be done, written before anything is sent. Values are canonical bytes (guard::Value::canonical()).
struct LedgerIntent {
    QUuid plan;
    int index = 0;   ///< in the plan
    QString address; ///< whole, with profile
    QString verb, comparison;
    QString undo, undoNote;
    std::optional<QByteArray> before, after; ///< nullopt: absent
    QString reason, summary;
};

/// What came of it. One per intent for ever.
struct LedgerOutcome {
    qint64 intent = 0;
    QString outcome;
    bool verified = false;
    QString error; ///< empty: none
};

/// One row as it stands, with its outcome when there is one.
struct LedgerEntry {
    struct Result {
        QDateTime at;
        QString outcome;
        bool verified = false;
        QString error;
        QByteArray hash;
    };
    qint64 id = 0;
    QDateTime at;
    QString owner, program;
    QUuid plan;
    int index = 0;
    QString address, verb, comparison, undo, undoNote;
    QByteArray before, after; ///< SHA-256 of the values; empty: absent
    QString reason, summary;
    QByteArray hash;
    std::optional<Result> result; ///< nullopt: under way, or not known
    /// The document of app/cli.md §1.2.
    QJsonObject toJson() const;
};

struct LedgerQuery {
    QDateTime since, until; ///< invalid: open
    QString addressPrefix;  ///< for example `signalbox://shop/`
    QString address;        ///< exactly this one; empty: any
    QUuid plan;
    QStringList outcomes; ///< `open` for those without one; empty: all
    int limit = -1;       ///< -1: all
};

/// What the newest applied change of an address made of it.
struct LedgerState {
    QString address;
    qint64 entry = 0;
    bool exists = false;               ///< false: it was deleted
    std::optional<QByteArray> extract; ///< of the value; nullopt: there is none (any more)
};

struct LedgerProblem {
    QString place; ///< `intent 42`, `outcome 42`, `value 9f86d0…`, `ledger.head`, `ledger.db`, `ledger.lost`
    QString what;
    friend bool operator==(const LedgerProblem &, const LedgerProblem &) = default;
};

struct LedgerReport {
    qint64 rows = 0; ///< intents and outcomes that were checked
    qint64 open = 0; ///< intents without outcome
    qint64 values = 0, purgedValues = 0;
    QByteArray head;
    qint64 acknowledged = 0;       ///< losses of the past that a person knows of and accepted
    QList<LedgerProblem> problems; ///< losses of the past first, then in chain order, at most 100
    bool isIntact() const { return problems.isEmpty(); }
};

/// The journal of every write: a hash chain in ledger.db (synchronous FULL), shared by all programs of the home; the head is kept a second
/// time in ledger.head so that cutting the end off shows, also after more was appended (ledger.lost). Never dropped. Lives in the GUI
/// thread; appends are committed in groups (up to 64 calls that wait while the one before is being synced). Errors: Internal when the disk
/// or the home refuses.
class Ledger final : public QObject {
    Q_OBJECT
public:
    enum class Whose {
        DeadOwners, ///< of processes that are gone
        Mine,       ///< of this process
        Anyone
    };
    /// program: `signalbox 0.1.0`, goes into every row.
    Ledger(Home &home, const QString &program, const Clock &clock = Clock::system(), QObject *parent = nullptr);
    ~Ledger() override;

    /// Whether appends can work, as far as known without trying.
    Result<Done> usable() const;

    /// On disk when it answers, with the ids in the order given. All or none. Never cancelled.
    Reply<QList<qint64>> *appendIntents(const QList<LedgerIntent> &intents);
    /// On disk when it answers. Answers which of them were written: an intent that has an outcome keeps it. Never cancelled.
    Reply<QList<bool>> *appendOutcomes(const QList<LedgerOutcome> &outcomes);

    /// Newest first.
    Stream<LedgerEntry> *entries(const LedgerQuery &query);
    Reply<std::optional<LedgerEntry>> *entry(qint64 id);
    /// In the order of the plan; a plan tried again has more than one entry for an index, in the order of their ids.
    Reply<QList<LedgerEntry>> *planEntries(const QUuid &plan);
    Reply<QList<LedgerEntry>> *openIntents(Whose whose);
    /// A value by its SHA-256; nullopt: purged.
    Reply<std::optional<QByteArray>> *value(const QByteArray &sha256);
    /// Of each of these addresses that was ever changed from here with success, in no order: one walk through the ledger however many they
    /// are. `extract` takes what is wanted out of a value, in another thread.
    Reply<QList<LedgerState>> *newestStates(const QStringList &addresses, std::function<QByteArray(const QByteArray &)> extract);

    /// Walks the whole chain, checks every hash and value and compares with ledger.head. Rows that were found lost or replaced when the
    /// next one was appended stay a problem until they are acknowledged.
    Reply<LedgerReport> *verify();
    /// The losses nobody has accepted yet, one that no row was appended after included: it is put on record by this.
    Reply<QList<LedgerProblem>> *openLosses();
    /// Those losses are accepted: they stay on record in ledger.lost, and are no problem any more. Conflict: they are not those that are
    /// open now; nothing is accepted.
    Reply<Done> *acknowledgeLosses(const QList<LedgerProblem> &shown, const QString &reason);
    /// Head hash and number of rows, as an anchor for other places.
    Reply<std::pair<QByteArray, qint64>> *head();
    /// Leaves word for the next program whether an intent is open, whoever's (Home::mayBeUnsettled). Of its own that are still open when it
    /// is destroyed a ledger leaves word by itself.
    Reply<Done> *noteWhetherSettled();
    /// Drops the values of entries older than that (rows and hashes stay, undo of them ends). Answers how many.
    Reply<qint64> *purgeValues(const QDateTime &olderThan);
    /// One JSON document a line, oldest first.
    Stream<QByteArray> *exportLines(const LedgerQuery &query);

Q_SIGNALS:
    /// Rows were appended by this process.
    void appended();
    void changedElsewhere();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::store
