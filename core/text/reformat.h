// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/text/format.h"

namespace core::text {

/// Tidies white space and nothing else: order, comments, numbers, escapes, quotes and duplicates stay as written, the meaning does not
/// change, reformat(reformat(x)) == reformat(x). Line ends become those of most lines; the byte order mark and a missing last line end
/// are kept. Text comes back unchanged.
///   json        indented by two, one member a line, empty containers closed up
///   yaml        conservative: trailing blanks, indentation of block collections by two where that is safe
///   toml        `key = value`, one blank line before a table
///   properties  `key=value`, leading blanks
///   xml         indented by two where an element holds only elements; mixed content and xml:space="preserve" untouched
///   html        trailing blanks outside pre, textarea, script, style
/// Error: Usage with line and column when the content does not parse.
Result<QByteArray> reformat(Format format, const QByteArray &content);

} // namespace core::text
