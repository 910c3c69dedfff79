// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/source.h"
#include "core/text/validate.h"

#include <functional>

namespace core::text {

/// Returns false when it wants no more.
using HtmlProblem = std::function<bool(Problem::Severity, qsizetype, const QString &)>;
/// A browser shows anything; this finds what was hardly meant: tags that close nothing or are never closed. Private to core/text.
void checkHtml(const Source &source, const HtmlProblem &found);

/// The stretches of an HTML content whose blanks matter: pre, textarea, script, style and comments; in order.
struct HtmlStretch {
    qsizetype begin = 0, end = 0;
};
QList<HtmlStretch> htmlVerbatim(const Source &source);

} // namespace core::text
