// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace core::text {

/// Bytes up to which work on a text (comparing, merging, formatting, looking for secrets) is done at once, in the thread of the window:
/// a few milliseconds. What is larger goes to Workers.
inline constexpr qsizetype InlineLimit = 256 * 1024;

} // namespace core::text
