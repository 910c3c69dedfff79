// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <QHash>
#include <QObject>
#include <QStringList>

namespace core::store {

class Database;
class DatabaseCore;
class Workers;

/// What is the matter with one file of the home, or with all of it (`file` empty).
struct Health {
    enum class Kind {
        Fine,
        ReadOnly,    ///< can be read, nothing is remembered
        NoSpace,     ///< the disk is full; ends with the first write that succeeds
        Damaged,     ///< found corrupt, other programs still use it: close them, it is put right at the next start
        Quarantined, ///< was corrupt; renamed to movedTo, a new one made, `salvaged` rows taken over, `lost` rows not
        Newer,       ///< written by a newer version of the program
        Waiting,     ///< another program is bringing the databases up to date or putting one right; ends by itself
        Unusable
    };
    Kind kind = Kind::Fine;
    QString file;    ///< name inside the home
    QString detail;  ///< technical, English
    QString movedTo; ///< name inside the home
    qint64 salvaged = 0, lost = 0;
};

/// The folder where everything is remembered, shared by all programs of one person, and this process's place in it:
/// `run/<owner>.lock` is held as long as the process lives, `home.lock` is held shared (exclusively for migrations and quarantine).
/// Owns the one writer and the two reader threads of the process; everything of core/store is made after it and destroyed before it.
/// Lives in the GUI thread.
///
/// A home that cannot be written does not stop the program: open() succeeds, state() tells, every write fails with
/// Error::Kind::Internal and a sentence that names the folder and the cause.
class Home final : public QObject {
    Q_OBJECT
public:
    enum class State { Ready, ReadOnly, NoSpace, Unusable };

    /// The given folder, or SIGNALBOX_HOME, or `signalbox` in the XDG data folder.
    static QString resolve(const QString &given = {});
    /// Makes the folder (0700) when it isn't there. Usage: the path is empty or names something that is not a folder.
    static Result<std::unique_ptr<Home>> open(const QString &path);
    ~Home() override;

    QString path() const;
    /// Absolute path of a file in the home; sub-folders are not made.
    QString filePath(const QString &name) const;

    State state() const;
    /// Done, or why nothing can be written.
    Result<Done> writable() const;
    /// Everything that is not fine.
    QList<Health> health() const;

    /// Name of this process's lock file; rows in the ledger, plans and leases name it.
    QString owner() const;
    /// Whether the process that has this owner name is still there. Takes a file lock for an instant.
    bool isAlive(const QString &owner) const;
    /// Owners whose process ended without saying good-bye (crash, kill), as far as known; an owner without lock file is dead as well, so
    /// ask isAlive() about the owner of an entry.
    QStringList deadOwners() const;
    /// Whether a process ended without saying good-bye since the last start; databases are then checked in the background.
    bool crashedBefore() const;

    /// Whether the ledger may hold intents without outcome that nobody works on any more: a few looks at files, nothing is opened. True
    /// as well after a crash without any.
    static bool mayBeUnsettled(const QString &path);
    /// To be found by the next program: something is left open in the ledger, or nothing is any more.
    enum class Unsettled { No, Perhaps };
    void setUnsettled(Unsettled state);

    /// How long a database waits for another program that has the home for itself; then its calls fail with Timeout and the next one
    /// tries again. Without it: as long as that program takes. Whatever is said here, the end of the program waits a second at most.
    void setPatience(std::chrono::milliseconds patience);

    /// For the databases of core/store only.
    Workers &workers();
    QHash<QString, std::weak_ptr<Database>> &openDatabases();

Q_SIGNALS:
    void stateChanged(core::store::Home::State state);
    /// Queued to the GUI thread.
    void healthChanged(const core::store::Health &health);

private:
    friend class DatabaseCore;
    explicit Home(const QString &path);
    void prepare();
    Result<Done> join();
    // The writer thread's. `ending`: whether who wants it is to be closed.
    using Ending = std::function<bool()>;
    Result<Done> share(const Ending &ending);
    bool tryExclusive(const Ending &ending);
    Result<Done> backToShared(const Ending &ending);
    bool needsCheck(const QString &file) const;
    void markForCheck(const QString &file);
    void checked(const QString &file);
    void report(const Health &health);
    void withdraw(Health::Kind kind, const QString &file);
    void wrote(const QString &file);
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::store

Q_DECLARE_METATYPE(core::store::Health)
