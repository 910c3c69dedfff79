// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/invocation.h"
#include "core/commands/config/configverbs.h"
#include "core/text/validate.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

QString severityName(text::Problem::Severity severity)
{
    switch (severity) {
    case text::Problem::Severity::Error:
        return u"error"_s;
    case text::Problem::Severity::Warning:
        return u"warning"_s;
    case text::Problem::Severity::Hint:
        break;
    }
    return u"hint"_s;
}

void validate(Invocation &call)
{
    const QString path = call.argument(0);
    const auto content = readFile(path);
    if (!content)
        return call.finish(content.error());
    text::Format format = text::detect(*content, QFileInfo(path).fileName());
    if (call.has(u"type"_s)) {
        const auto named = text::formatFromName(call.option(u"type"_s));
        if (!named)
            return call.finish(Error{Error::Kind::Usage, u"--type takes text, json, xml, yaml, html, properties or toml"_s, 0, false});
        format = *named;
    }
    const QList<text::Problem> problems = text::validate(format, *content);
    QJsonArray items;
    for (const text::Problem &problem : problems) {
        items.append(QJsonObject{{u"severity"_s, severityName(problem.severity)},
                                 {u"line"_s, problem.line},
                                 {u"column"_s, problem.column},
                                 {u"message"_s, problem.message}});
        call.output().text(
            u"%1:%2:%3: %4: %5"_s.arg(path).arg(problem.line).arg(problem.column).arg(severityName(problem.severity), problem.message));
    }
    const bool valid = !text::hasErrors(problems);
    call.output().document({{u"file"_s, path}, {u"type"_s, text::formatName(format)}, {u"valid"_s, valid}, {u"problems"_s, items}});
    if (problems.isEmpty())
        call.output().text(u"%1: valid %2"_s.arg(path, text::formatName(format)));
    call.finish(valid ? ExitDone : ExitFailed);
}

} // namespace

void addConfigLocalVerbs(CommandTable &table)
{
    table.add({u"config"_s,
               u"validate"_s,
               u"FILE [--type T]"_s,
               u"checks a file; exit 1 when it has errors"_s,
               1,
               1,
               {{u"type"_s,
                 u"T"_s,
                 u"text json xml yaml html properties toml"_s,
                 OptionSpec::Count::Once,
                 {u"text"_s, u"json"_s, u"xml"_s, u"yaml"_s, u"html"_s, u"properties"_s, u"toml"_s}}},
               validate});
}

} // namespace core::commands
