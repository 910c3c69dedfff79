// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QHashFunctions>
#include <QString>
#include <QStringList>

namespace core {

/// The name of an object everywhere: links, tabs, history, drafts, ledger, palette, command line.
///     signalbox://PROFILE/SPACE/KIND/SEGMENT/SEGMENT?rev=…
/// An immutable value, parsed or built, never malformed. PROFILE is a slug `[a-z0-9-]{1,40}` or `~` and 16 hexadecimal digits (a server
/// that is not saved); SPACE is the namespace (`public` written out, `-` where a kind has none); segments are percent-encoded one by one
/// and never path-normalised, so `/`, `..` and Chinese survive. A segment is never empty. At most 4096 characters.
class Address {
public:
    /// Segments and space decoded; an invalid part is Error::Kind::Usage.
    static Result<Address> build(const QString &profile, const QString &space, const QString &kind, const QStringList &path);
    static Result<Address> parse(QStringView text);
    /// The slug of a display name: lower case, everything else `-`, at most 40 characters, never empty.
    static QString slug(const QString &displayName);

    /// The empty address; only parse and build make others.
    Address() = default;
    bool isEmpty() const { return m_kind.isEmpty(); }

    QString profile() const { return m_profile; }
    QString space() const { return m_space; }
    QString kind() const { return m_kind; }
    QStringList path() const { return m_path; }
    QString revision() const { return m_revision; } ///< of `?rev=`; empty: the current state
    QString version() const { return m_version; }   ///< of `?version=`

    Address withRevision(const QString &revision) const;
    Address withVersion(const QString &version) const;
    /// The same object seen through another profile.
    Result<Address> withProfile(const QString &profile) const;

    QString toString() const;
    /// Without profile, revision and version: what the mirror keys by, together with its scope.
    QString local() const;

    friend bool operator==(const Address &, const Address &) = default;
    friend size_t qHash(const Address &address, size_t seed = 0) { return qHash(address.toString(), seed); }

private:
    QString m_profile, m_space, m_kind;
    QStringList m_path;
    QString m_revision, m_version;
};

} // namespace core

Q_DECLARE_METATYPE(core::Address)
