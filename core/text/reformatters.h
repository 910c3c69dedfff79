// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/source.h"

namespace core::text {

// Each takes content that was found valid and returns its body tidied, lines ended as `lineEnd`. Private to core/text.
/// Nothing when the result would be larger than MaxFormattedBytes.
std::optional<QByteArray> tidyJson(const Source &source, const QByteArray &lineEnd);
QByteArray tidyYaml(const Source &source, const QByteArray &lineEnd);
QByteArray tidyToml(const Source &source, const QByteArray &lineEnd);
QByteArray tidyProperties(const Source &source, const QByteArray &lineEnd);
std::optional<QByteArray> tidyXml(const Source &source, const QByteArray &lineEnd);
QByteArray tidyHtml(const Source &source, const QByteArray &lineEnd);

/// Only trailing blanks and line ends, for YAML whose indentation is better left alone.
QByteArray trimYaml(const Source &source, const QByteArray &lineEnd);

inline constexpr qsizetype MaxFormattedBytes = 64 * 1024 * 1024;

} // namespace core::text
