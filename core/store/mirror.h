// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/stream.h"

#include <memory>
#include <optional>
#include <QDateTime>
#include <QJsonObject>
#include <QObject>
#include <QStringList>

namespace core::store {

class Home;

/// Whose eyes saw it: one account on one server. A cache hit never crosses scopes, and renaming a profile keeps its memory.
struct MirrorScope {
    QByteArray key; ///< 32 bytes
    /// serverIdentity: what stays the same while it is the same registry (canonical address list, or the cluster's own id).
    static MirrorScope of(const QString &serverIdentity, const QString &account);
    friend bool operator==(const MirrorScope &, const MirrorScope &) = default;
};

/// Facts about one object as last seen. Keyed by scope and `local` (Address::local()).
/// In upsert(), null strings, an empty MD5, no tags, invalid times, size -1 and empty `facts` mean "this source does not tell": what was
/// known stays as long as the MD5 is the same, and becomes unknown when it differs.
struct MirrorItem {
    QString local; ///< address without profile, revision and version
    QByteArray md5;
    QString type, app;
    QStringList tags;
    QString description, changedBy;
    QDateTime changedAt, seenAt;
    qint64 size = -1;
    QByteArray contentSha; ///< of the newest content the mirror has; read-only
    bool stale = false;    ///< that content is older than `md5`; read-only
    bool deleted = false;
    QJsonObject facts; ///< whatever else the kind wants to remember (small)
    friend bool operator==(const MirrorItem &, const MirrorItem &) = default;
};

/// A content with everything that belongs to it, as seen at one moment. Of the attributes the item takes `app`, `tags` (array, or text
/// with commas) and `description`.
struct MirrorState {
    QByteArray content;
    QJsonObject attributes; ///< every writable attribute
    QByteArray md5;
    QString type;     ///< of the format for the key index: json yaml toml properties xml html text
    QString by, verb; ///< who made it and how (created updated deleted), where known
    QString source;   ///< live, push, history; of what is remembered: push when only content and type are known, else mirror
    QDateTime changedAt, seenAt;
    bool opaque = false; ///< encrypted: kept, but neither searched nor split into keys
};

/// One state in the past of an object, newest first. `exists` is false for "was not there".
struct MirrorRevision {
    qint64 id = 0;
    bool exists = true;
    QByteArray sha, md5;
    QString type, by, verb, source;
    QDateTime changedAt, seenAt;
    qint64 size = -1;
    QJsonObject attributes;
};

struct MirrorQuery {
    QString text;              ///< at least one character; case does not matter
    QString key;               ///< flattened key the text must be a value of (`*` matches anything); empty: anywhere
    QList<MirrorScope> scopes; ///< empty: nothing is found
    QStringList spaces, kinds; ///< empty: all
    int limit = 1000;          ///< hits (objects)
};

/// One object that matches, with the first places inside it.
struct MirrorHit {
    struct Place {
        int line = 0;   ///< from 1; 0: not in the content
        QString key;    ///< flattened key, where the format has keys
        QString text;   ///< the line, secrets replaced, at most 240 characters
        int column = 0; ///< of the match inside `text`, from 0
        /// The nearest line that is not blank, above where there is one, cut like `text`; `contextLine` 0: there is none.
        QString context;
        int contextLine = 0;
    };
    MirrorScope scope;
    MirrorItem item;
    QList<Place> places; ///< at most 20; empty: only name, description or tags match
};

/// How much of what exists a search can see.
struct MirrorCoverage {
    qint64 items = 0;         ///< not deleted
    qint64 withContent = 0;   ///< of these, content known (it may be stale)
    qint64 pending = 0;       ///< of these, not indexed yet
    qint64 maskedValues = 0;  ///< secret values that no search finds
    QDateTime newest, oldest; ///< when they were seen
};

/// Everything ever seen on the servers: for offline browsing, time machine, search, drift. A disposable cache: rebuilt from the servers
/// when damaged. Shared by all programs of the home. Lives in the GUI thread; no call blocks.
///
/// When the home cannot be written, reads work as far as there is something, writes end with Error::Kind::Internal; callers may ignore
/// that (the home reports it once).
class Mirror final : public QObject {
    Q_OBJECT
public:
    enum class Keep { Contents, FactsOnly };
    enum class Include { Present, WithDeleted };

    explicit Mirror(Home &home, QObject *parent = nullptr);
    ~Mirror() override;

    // Remembering.
    /// What a list answer tells; any number. Older than what is known (seenAt): ignored.
    Reply<Done> *upsert(const MirrorScope &scope, const QList<MirrorItem> &items);
    /// A content that was read or pushed. Also makes or updates the item. Adds a revision when it differs from the newest one;
    /// with source `history` it is put in its place by time and does not touch the item.
    Reply<Done> *putContent(const MirrorScope &scope, const QString &local, const MirrorState &state);
    /// It is known not to be there (not found, delete pushed, deleted by us).
    Reply<Done> *markDeleted(const MirrorScope &scope, const QString &local, const QDateTime &seenAt, const QString &by = {});
    /// After a complete list of one kind in one space that began at `listBegan`: whatever was not seen since is deleted.
    /// Answers how many.
    Reply<qint64> *markMissing(const MirrorScope &scope, const QString &space, const QString &kind, const QDateTime &listBegan);

    // Reading.
    /// In the order of `local`; the first batch is small and comes at once.
    Stream<MirrorItem> *list(const MirrorScope &scope, const QString &space, const QString &kind, Include include = Include::Present);
    Reply<qint64> *count(const MirrorScope &scope, const QString &space, const QString &kind);
    Reply<std::optional<MirrorItem>> *item(const MirrorScope &scope, const QString &local);
    /// Newest content known; nullopt: none.
    Reply<std::optional<MirrorState>> *content(const MirrorScope &scope, const QString &local);
    Stream<MirrorRevision> *revisions(const MirrorScope &scope, const QString &local);
    /// nullopt: no such revision, or a state of "was not there".
    Reply<std::optional<MirrorState>> *revisionContent(qint64 revisionId);
    /// The state an object was in at that moment, as far as it was seen.
    Reply<std::optional<MirrorRevision>> *asOf(const MirrorScope &scope, const QString &local, const QDateTime &moment);
    /// Namespaces (spaces) anything is remembered of, with the number of present items.
    Reply<QList<std::pair<QString, qint64>>> *spaces(const MirrorScope &scope);

    // Searching.
    Stream<MirrorHit> *search(const MirrorQuery &query);
    Reply<MirrorCoverage> *coverage(const QList<MirrorScope> &scopes, const QStringList &spaces = {}, const QStringList &kinds = {});

    // Housekeeping.
    /// FactsOnly drops contents and revisions already there and keeps no new ones.
    Reply<Done> *setKeep(const MirrorScope &scope, Keep keep);
    /// Bytes on disk that old revisions may make it grow to; the oldest revisions that are not the newest of their object go first.
    void setLimit(qint64 bytes);
    Reply<qint64> *sizeOnDisk();
    /// Applies the limit now; answers the bytes given back.
    Reply<qint64> *purge();
    Reply<Done> *clear();
    Reply<Done> *clear(const MirrorScope &scope);

Q_SIGNALS:
    /// Items this process wrote (upsert, putContent, markDeleted, markMissing).
    void changed(const core::store::MirrorScope &scope, const QStringList &locals);
    /// Another program of this home wrote something.
    void changedElsewhere();
    void cleared();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::store

Q_DECLARE_METATYPE(core::store::MirrorScope)
