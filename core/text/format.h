// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <QByteArray>
#include <QString>

/// Contents of configurations as text. Everything here is a pure function: no state, any thread, bounded in time, memory and recursion
/// on hostile input. Content is the bytes as received: UTF-8 with or without a byte order mark, any line ends; bytes that are not UTF-8
/// are tolerated everywhere and reported by validate(). A line ends with LF, CRLF or a lone CR; lines and columns count from 1, columns
/// in Unicode characters. No exception leaves this module.
namespace core::text {

enum class Format { Text, Json, Yaml, Toml, Properties, Xml, Html };

/// Content above this size is neither validated, reformatted nor flattened (Nacos allows 10 MiB at most by default).
inline constexpr qsizetype MaxParsedBytes = 16 * 1024 * 1024;

/// Nacos' name of a content type: text json yaml toml properties xml html.
QString formatName(Format format);
/// The reverse, in any case; also `yml`, `htm`, `txt` and `unset` (Text); nothing for an unknown or empty name.
std::optional<Format> formatFromName(QStringView name);
/// By the suffix of the data ID, otherwise by the content; Text when neither says anything.
Format detect(const QByteArray &content, QStringView dataId);

} // namespace core::text
