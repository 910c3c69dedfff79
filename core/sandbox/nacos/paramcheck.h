// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <QString>

namespace core::sandbox::nacos {

/// The server's check of identities before any handler runs: lengths and characters. Absent members pass here and
/// are refused by the handlers. Returns the server's own sentence, or nothing.
struct CheckedIdentity {
    QString space, group, dataId;
};
std::optional<QString> checkIdentity(const CheckedIdentity &identity);
/// Namespace names as people see them.
std::optional<QString> checkNamespaceName(const QString &name);

/// What handlers check of a publish: identity present, content not blank and not over the limit, lengths of the attributes.
struct CheckedPublish {
    CheckedIdentity identity;
    QString content;
    QString tag, tags, description, use, effect, type, schema;
};
std::optional<QString> checkPublish(const CheckedPublish &publish);

/// text json xml yaml html properties toml unset; everything else becomes text.
QString validType(const QString &type);

/// 10 Mi, counted in UTF-16 units.
inline constexpr qsizetype MaximumContent = 10 * 1024 * 1024;

} // namespace core::sandbox::nacos
