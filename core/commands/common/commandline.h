// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <functional>
#include <QHash>
#include <QStringList>

namespace core::commands {

class Invocation;

/// One option of a verb. `value` is what stands for its value in the help; empty: a switch.
struct OptionSpec {
    enum class Count { Once, Many };
    QString name; ///< without the dashes; a single letter is written with one dash
    QString value;
    QString help;
    Count count = Count::Once;
    QStringList choices = {}; ///< values that are known beforehand; for completion
};

/// One verb of an area: what its help says, what it takes, what it does. `run` is called once, in the event loop's thread, and must lead
/// to exactly one Invocation::finish().
struct VerbSpec {
    QString area, verb;
    QString arguments; ///< as in the help: "DATA_ID [--group G]"
    QString summary;
    int least = 0, most = 0; ///< positional arguments; most -1: any number
    QList<OptionSpec> options;
    std::function<void(Invocation &)> run;
    /// What --timeout limits.
    enum class Deadline {
        Whole,      ///< all of it, from the first request to the answer; of a plan, each of its changes
        EachRequest ///< the connecting, and then each of any number of requests
    };
    Deadline deadline = Deadline::Whole;
};

/// What stands before the area (app/cli.md §1). Options are accepted before and after the verb.
struct GlobalOptions {
    QString profile, server, user, namespaceId, reason, home, recordTo;
    std::chrono::milliseconds timeout{15000};
    enum class Loudness { Normal, Quiet, Verbose };
    Loudness loudness = Loudness::Normal;
    enum class Format { Plain, Json };
    Format format = Format::Plain;
    enum class Consent { Ask, Given };
    Consent consent = Consent::Ask;
    enum class PasswordFrom { Elsewhere, StandardInput };
    PasswordFrom passwordFrom = PasswordFrom::Elsewhere;
    bool namespaceGiven = false;
};

/// The parsed words of one call.
struct CommandLine {
    GlobalOptions global;
    const VerbSpec *verb = nullptr;
    QStringList arguments;
    QHash<QString, QStringList> options; ///< of the verb; a switch has one empty value
    QString helpText;                    ///< set instead of verb when help or the version was asked for
};

/// The one of them that was probably meant; empty: none is near.
QString nearest(const QString &word, const QStringList &known);

/// The verbs of the program, in the order the help shows them.
class CommandTable {
public:
    void add(VerbSpec spec) { m_verbs.append(std::move(spec)); }
    const QList<VerbSpec> &verbs() const { return m_verbs; }
    /// Words without the program's name. Errors are Usage; where it helps they name the closest word.
    Result<CommandLine> parse(const QStringList &words) const;
    QString help() const;
    QString help(const QString &area) const;
    QString help(const VerbSpec &verb) const;
    static const QList<OptionSpec> &globalOptions();

private:
    QStringList areas() const;
    QList<VerbSpec> m_verbs;
};

} // namespace core::commands
