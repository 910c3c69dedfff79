// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/source.h"

#include <string>

namespace core::text {

/// yaml-cpp's complaint in our words, and at the place where the mistake most likely is. Private to core/text.
SyntaxError explainedYaml(const Source &source, const std::string &message, qsizetype offset);
QString missingYamlColon();
QString separatingTab();
/// What yaml-cpp lets pass or stops at without a word: control characters, unknown directives.
std::optional<SyntaxError> unreadableYaml(const Source &source);

} // namespace core::text
