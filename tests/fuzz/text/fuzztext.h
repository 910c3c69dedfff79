// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/diff.h"
#include "core/text/flatten.h"
#include "core/text/format.h"
#include "core/text/inspect.h"
#include "core/text/reformat.h"
#include "core/text/secrets.h"
#include "core/text/validate.h"

#include <cstdio>
#include <cstdlib>

namespace fuzz {

inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

/// What core/text promises for any content, format by format.
inline void check(core::text::Format format, const QByteArray &content)
{
    using namespace core::text;
    inspect(content);
    detect(content, {});

    const QList<Problem> problems = validate(format, content);
    const int lines = int(inspect(content).lines);
    require(problems.size() <= MaxProblems, "not too many problems");
    for (const Problem &problem : problems)
        require(problem.line >= 1 && problem.line <= lines && problem.column >= 1, "problems lie inside the content");

    const auto keys = flatten(format, content);
    if (format != Format::Text && format != Format::Html)
        require(keys.has_value() || hasErrors(problems) || content.size() > 100'000, "what has no errors has keys");

    qsizetype behind = 0;
    for (const SecretSpan &span : findSecrets(format, content)) {
        require(span.offset >= behind && span.length > 0, "secrets are in order");
        behind = span.offset + span.length;
        require(behind <= content.size(), "secrets lie inside the content");
    }
    const QByteArray masked = maskSecrets(format, content);
    require(Lines(masked).count() == Lines(content).count(), "masking keeps the lines");

    const auto tidy = reformat(format, content);
    if (!tidy)
        return;
    const auto again = reformat(format, *tidy);
    require(again.has_value(), "what was tidied is still valid");
    require(*again == *tidy, "tidying twice changes nothing");
    if (format == Format::Text || format == Format::Html || !keys)
        return;
    const auto after = flatten(format, *tidy);
    require(after.has_value() && after->size() == keys->size(), "tidying keeps the keys");
    for (qsizetype i = 0; i < keys->size(); ++i) {
        const FlatKey &a = keys->at(i), &b = after->at(i);
        require(a.path == b.path && a.value == b.value && a.kind == b.kind, "tidying keeps the values");
    }
}

} // namespace fuzz

#define SIGNALBOX_FUZZ_FORMAT(format)                                                                                                      \
    extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)                                                     \
    {                                                                                                                                      \
        fuzz::check(core::text::Format::format, QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));                        \
        return 0;                                                                                                                          \
    }
