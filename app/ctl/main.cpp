// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hardening.h"
#include "core/base/log.h"
#include "core/base/quitsignals.h"
#include "core/commands/allverbs.h"
#include "core/commands/common/commandline.h"
#include "core/commands/common/context.h"
#include "core/commands/common/invocation.h"
#include "core/commands/common/output.h"

#include <QCoreApplication>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace core::commands;

namespace {

/// The format of the answer to a line that cannot be parsed.
GlobalOptions optionsForError(const QStringList &words)
{
    GlobalOptions options;
    if (words.contains("--json"_L1))
        options.format = GlobalOptions::Format::Json;
    return options;
}

int run(const CommandLine &line)
{
    using Echo = core::LogSink::Echo;
    const auto loudness = line.global.loudness;
    const bool verbose = loudness == GlobalOptions::Loudness::Verbose;
    // With --json standard error has errors and nothing else, unless the log was asked for.
    const bool quiet = loudness == GlobalOptions::Loudness::Quiet || line.global.format == GlobalOptions::Format::Json;
    const core::LogSink log(verbose ? Echo::Everything : quiet ? Echo::Silent : Echo::Warnings);
    if (verbose)
        QLoggingCategory::setFilterRules(u"signalbox.*=true"_s);
    Output output(line.global);
    Context context(line.global, line.verb->deadline);
    // Otherwise the log says it.
    QObject::connect(&context, &Context::homeRemarked, qApp, [&output](const QString &text) {
        if (output.isJson() || output.isQuiet())
            output.warn(text);
    });
    if (const auto recording = context.recorder(); !recording) {
        output.error(recording.error());
        return exitCodeOf(recording.error().kind);
    }
    Invocation call(line, context, output);
    const core::QuitSignals quitSignals;
    QObject::connect(&quitSignals, &core::QuitSignals::received, &call, &Invocation::interrupt);
    QObject::connect(&call, &Invocation::finished, qApp, [](int code) { QCoreApplication::exit(code); });
    line.verb->run(call);
    const int code = QCoreApplication::exec();
    output.end();
    if (!output.lost())
        return code;
    output.error(*output.lost());
    return code == ExitDone ? exitCodeOf(output.lost()->kind) : code;
}

} // namespace

int main(int argc, char **argv)
{
    core::forbidCoreDumps();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"signalbox"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SIGNALBOX_VERSION));
    CommandTable table;
    addAllVerbs(table);
    const QStringList words = QCoreApplication::arguments().mid(1);
    const auto line = table.parse(words);
    if (!line) {
        Output(optionsForError(words)).error(line.error());
        return exitCodeOf(line.error().kind);
    }
    if (!line->helpText.isEmpty()) {
        Output output{GlobalOptions()};
        output.bytes(line->helpText.toUtf8());
        if (!output.lost())
            return ExitDone;
        output.error(*output.lost());
        return exitCodeOf(output.lost()->kind);
    }
    return run(*line);
}
