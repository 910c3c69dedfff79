// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/profiles/profile.h"

#include <memory>
#include <QObject>

namespace core::profiles {

/// The saved connections: HOME/profiles.json, shared by every program on this home. Reading is from memory; every change locks the
/// file, reads it again, changes it and replaces it in one step, so that no program loses another's edit. Lives in the GUI thread.
/// Holds no secrets: those of a profile are in the SecretStore under profiles::secretKey().
///
/// Errors of the changes: Usage (problems of the profile, an unknown slug is NotFound), Conflict (that name is taken), Internal (disk
/// full, read-only, a file of a newer version: it is never overwritten), Timeout (another program holds the lock).
class ProfileStore final : public QObject {
    Q_OBJECT
public:
    explicit ProfileStore(const QString &home, QObject *parent = nullptr);
    ~ProfileStore() override;

    QList<Profile> profiles() const; ///< in the person's order
    std::optional<Profile> find(const QString &slug) const;
    std::optional<Profile> findByName(const QString &nameOrSlug) const; ///< what a person types: slug first, then name, in any case
    QString defaultSlug() const;                                        ///< empty: none
    /// The same when somebody chose it; the first connection is the default unasked.
    QString chosenDefault() const;
    /// Why the file could not be read, if so; the profiles are then those read last.
    std::optional<Error> loadError() const;
    /// A file that was damaged: kept whole under another name beside it, and what of it could be read went on.
    struct SetAside {
        QString movedTo;                           ///< name inside the home
        int saved = 0;                             ///< connections
        QString what;                              ///< technical, English
        QString toText(const QString &home) const; ///< a sentence, English
    };
    std::optional<SetAside> setAside() const;
    /// A connection of the file that this version does not understand: it stays there as it is, and its name stays taken.
    struct Unknown {
        QString slug, name;
        QString what;        ///< technical, English: the member and why
        QStringList servers; ///< what can be read of its addresses
        /// As it is not known to be free for writing.
        bool mayBeProtected = true;
    };
    QList<Unknown> notUnderstood() const;
    /// Reads the file again. Programs that live long call watch() instead.
    void reload();
    /// Notices other programs' edits from now on.
    void watch();

    /// Gives the profile a slug made from its name (`shop`, `shop-2`, …) unless it has a free one, and answers the profile as saved. The
    /// first one becomes the default.
    Reply<Profile> *add(const Profile &profile);
    Reply<Profile> *update(const Profile &profile);
    Reply<Done> *remove(const QString &slug);
    Reply<Done> *setDefault(const QString &slug);
    Reply<Done> *setOrder(const QStringList &slugs);
    /// A namespace ID typed by hand, remembered for next time; nothing happens when it is known.
    Reply<Done> *rememberNamespace(const QString &slug, const QString &namespaceId);

    /// A document with the named profiles (all when empty) and without secrets: values of secret headers are left out.
    Result<QByteArray> exportDocument(const QStringList &slugs) const;
    struct Imported {
        QList<Profile> profiles; ///< with free slugs and names, not saved yet
        QStringList notes;       ///< what was changed or left out, English
    };
    /// Reads such a document for review; add() saves what the person wants of it.
    Result<Imported> readDocument(const QByteArray &document) const;

    // What the Guard asks of a connection (composition adapts it to guard::PolicySource).
    bool isProtected(const QString &slug) const;
    Environment environment(const QString &slug) const;

Q_SIGNALS:
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::profiles
