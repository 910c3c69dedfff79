// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/format.h"

#include <QList>

namespace core::text {

struct Problem {
    enum class Severity {
        Error,   ///< the format's own parser would refuse it
        Warning, ///< accepted, but most likely not what was meant (duplicate key, text lost)
        Hint     ///< a matter of taste or portability
    };
    Severity severity = Severity::Error;
    int line = 1, column = 1;
    QString message; ///< English, one sentence without a full stop; never holds a value of the content, only keys
    friend bool operator==(const Problem &, const Problem &) = default;
};

/// In order of appearance, at most MaxProblems (the last one then says that there are more). Empty: nothing to complain about.
inline constexpr qsizetype MaxProblems = 200;
QList<Problem> validate(Format format, const QByteArray &content);
bool hasErrors(const QList<Problem> &problems);

} // namespace core::text
