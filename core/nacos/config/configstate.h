// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"

namespace core::nacos {

/// A server answered with the content alone, and nobody said the type.
bool lacksType(const ConfigDetail &detail);

/// Do two readings show one state: the same content and the same attributes. What one of them does not tell (an account that may only read
/// what SDKs read; use, effect and schema on servers of generation 3) is no difference.
bool isSameState(const ConfigDetail &a, const ConfigDetail &b);
/// The same of states that may not exist.
bool isSameState(const std::optional<ConfigDetail> &a, const std::optional<ConfigDetail> &b);

/// The same writable attributes: order of tags, an absent type and `text` are no difference.
bool isSame(const ConfigAttributes &a, const ConfigAttributes &b);

/// What was read, with what was kept back as known before: use, effect and schema by servers of generation 3; app, description and tags
/// from an account that may only read what SDKs read (it stays incomplete).
ConfigDetail withUntold(ConfigDetail read, const std::optional<ConfigDetail> &known);

/// Attributes put together, each by itself, from where both began, ours and theirs.
struct AttributeMerge {
    ConfigAttributes result;
    QStringList taken; ///< names (as in ConfigAttributes) of those changed by them only
    QStringList both;  ///< changed by both, to something else; ours is in the result
};
/// `base`: nullopt when it is not known where the edit began; then what differs is ours.
AttributeMerge mergeAttributes(const std::optional<ConfigAttributes> &base, const ConfigAttributes &mine, const ConfigDetail &theirs);

} // namespace core::nacos
