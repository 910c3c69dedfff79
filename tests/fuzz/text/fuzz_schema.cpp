// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jsonschema.h"
#include "tests/fuzz/text/fuzztext.h"

/// The input is a schema and a content, separated by NUL.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    using namespace core::text;
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype middle = input.indexOf('\0');
    const auto schema = JsonSchema::compile(middle < 0 ? input : input.left(middle));
    if (!schema)
        return 0;
    const QByteArray content = middle < 0 ? QByteArray() : input.mid(middle + 1);
    const int lines = int(inspect(content).lines);
    for (const Format format : {Format::Json, Format::Yaml, Format::Toml}) {
        const QList<Problem> problems = schema->check(format, content);
        fuzz::require(problems.size() <= MaxProblems, "not too many problems");
        for (const Problem &problem : problems)
            fuzz::require(problem.line >= 1 && problem.line <= lines && problem.column >= 1, "problems lie inside the content");
        for (int line = 1; line <= std::min(lines, 20); ++line) {
            for (int column = 1; column <= 12; column += 3) {
                schema->describe(format, content, line, column);
                const auto found = schema->proposals(format, content, line, column);
                fuzz::require(found.begin >= 0 && found.begin <= found.end && found.end <= content.size(),
                              "the word lies inside the content");
            }
        }
    }
    return 0;
}
