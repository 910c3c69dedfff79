// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"
#include "core/nacos/config/config.h"

namespace core::nacos {

/// The most a server takes by default; how long a content is as servers count, in UTF-16 units.
inline constexpr qint64 LongestContent = 10 * 1024 * 1024;
qint64 contentLength(const QByteArray &content);
/// The longest schema attribute a server takes, counted likewise.
inline constexpr qsizetype LongestSchema = 32768;
/// Data IDs whose content the clients encrypt: to us it is opaque.
bool isCipherName(const QString &dataId);

/// Canonical value of a configuration for the Guard: content and every writable attribute.
guard::Value valueOf(const QByteArray &content, const ConfigAttributes &attributes);
/// The same of what was read; marked partial when the account could not read everything.
guard::Value valueOf(const ConfigDetail &detail);
ConfigAttributes attributesOf(const guard::Value &value);
/// Canonical value of a namespace (name, description); the content is empty.
guard::Value valueOf(const NamespaceInfo &info);

/// Builds one change of a plan. `before` is what was read (nullopt: absent), `after` what shall be (nullopt: deleted).
/// An update is Atomic (the server compares the MD5; not r-nacos: ConfigDetail::casKept), create and delete are Checked. Refuses with Usage
/// or Policy: a key or attribute the server would not take, blank content, content over the limit, an encrypted configuration whose content
/// would change while its data key stays (or lacks one).
struct ConfigChangeRequest {
    QString profile;
    ConfigKey key;
    std::optional<ConfigDetail> before;
    std::optional<QByteArray> content; ///< nullopt: delete
    ConfigAttributes attributes;
    QString loss = {}; ///< Untold::loss() of `before`: taking back is then partial, for that reason
};
Result<guard::Change> configChange(const ConfigChangeRequest &request);

/// Restore a state: publish its content, re-create it, or delete, as `state` says. What is not known of that time (use, effect and schema
/// in the mirror, where the server told none) stays what it is in `live`. `loss` as in ConfigChangeRequest.
Result<guard::Change> restoreChange(const QString &profile, const ConfigKey &key, const std::optional<ConfigDetail> &live,
                                    const ConfigRevisionDetail &state, const QString &loss = {});

guard::Value valueOf(const BetaRelease &release);
/// Publishes, widens or stops a beta release; the server compares nothing there. Refuses as configChange(), and without addresses.
Result<guard::Change> betaChange(const QString &profile, const std::optional<BetaRelease> &before, const std::optional<BetaRelease> &after);

Result<guard::Change> namespaceChange(const QString &profile, const std::optional<NamespaceInfo> &before,
                                      const std::optional<NamespaceInfo> &after);

} // namespace core::nacos
