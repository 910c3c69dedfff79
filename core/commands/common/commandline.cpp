// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/commandline.h"

#include <QSet>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

tl::unexpected<Error> usage(const QString &message)
{
    return fail(Error::Kind::Usage, message);
}

/// Edit distance, for "did you mean"; words are short.
int distance(const QString &a, const QString &b)
{
    QList<int> row(b.size() + 1);
    for (int j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (int i = 1; i <= a.size(); ++i) {
        int diagonal = row.at(0);
        row[0] = i;
        for (int j = 1; j <= b.size(); ++j) {
            const int above = row.at(j);
            row[j] = std::min({above + 1, row.at(j - 1) + 1, diagonal + (a.at(i - 1) == b.at(j - 1) ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.last();
}

/// `help`: what shows them all, said when nothing is near.
QString suggestion(const QString &word, const QStringList &known, const QString &help = {})
{
    const QString best = nearest(word, known);
    if (best.isEmpty())
        return help.isEmpty() ? QString() : u"; %1 shows what there is"_s.arg(help);
    return u"; did you mean %1?"_s.arg(best);
}

/// As it is written on the command line.
QString written(const OptionSpec &option)
{
    return (option.name.size() == 1 ? u"-"_s : u"--"_s) + option.name;
}

QString dashed(const OptionSpec &option)
{
    QString text = written(option);
    if (!option.value.isEmpty())
        text += u' ' + option.value;
    return text;
}

QString optionTable(const QList<OptionSpec> &options)
{
    QString text;
    for (const OptionSpec &option : options)
        text += u"  %1  %2\n"_s.arg(dashed(option), -24).arg(option.help);
    return text;
}

const OptionSpec *findOption(const QList<OptionSpec> &options, const QString &name)
{
    const auto it = std::find_if(options.begin(), options.end(), [&](const OptionSpec &option) { return option.name == name; });
    return it == options.end() ? nullptr : &*it;
}

/// Of an empty variable of a script: without it another connection or folder than the one that was meant would be taken.
bool needsText(const QString &name)
{
    return name == "profile"_L1 || name == "server"_L1 || name == "user"_L1 || name == "home"_L1 || name == "record"_L1;
}

/// Applies one global option; the value of a switch is empty.
Result<Done> apply(GlobalOptions &global, const QString &name, const QString &value)
{
    if (value.isEmpty() && needsText(name))
        return usage(u"--%1 is empty"_s.arg(name));
    if (name == "profile"_L1) {
        global.profile = value;
    } else if (name == "server"_L1) {
        // Checked here so that a secret typed into the URL is refused before anything could log it.
        const QUrl url(value);
        if (!url.userInfo().isEmpty())
            return usage(u"--server takes no user or password in the URL; use --user and --password-stdin or SIGNALBOX_PASSWORD"_s);
        global.server = value;
    } else if (name == "user"_L1) {
        global.user = value;
    } else if (name == "password-stdin"_L1) {
        global.passwordFrom = GlobalOptions::PasswordFrom::StandardInput;
    } else if (name == "namespace"_L1) {
        global.namespaceId = value.isEmpty() ? u"public"_s : value;
        global.namespaceGiven = true;
    } else if (name == "json"_L1) {
        global.format = GlobalOptions::Format::Json;
    } else if (name == "yes"_L1) {
        global.consent = GlobalOptions::Consent::Given;
    } else if (name == "reason"_L1) {
        global.reason = value;
    } else if (name == "timeout"_L1) {
        bool ok = false;
        const double seconds = value.toDouble(&ok);
        if (!ok || !(seconds > 0) || seconds > 86400)
            return usage(u"--timeout takes a number of seconds above 0"_s);
        global.timeout = std::chrono::milliseconds(std::max<qint64>(1, qint64(seconds * 1000)));
    } else if (name == "home"_L1) {
        global.home = value;
    } else if (name == "record"_L1) {
        global.recordTo = value;
    } else if (name == "quiet"_L1) {
        global.loudness = GlobalOptions::Loudness::Quiet;
    } else if (name == "verbose"_L1) {
        global.loudness = GlobalOptions::Loudness::Verbose;
    }
    return Done{};
}

} // namespace

QString nearest(const QString &word, const QStringList &known)
{
    qsizetype letters = word.size();
    while (letters > 0 && word.at(word.size() - letters) == u'-')
        --letters;
    QString best;
    qsizetype least = std::min<qsizetype>(3, letters); // with every letter another, nothing is near
    for (const QString &candidate : known) {
        if (const int d = distance(word.toLower(), candidate.toLower()); d < least) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

const QList<OptionSpec> &CommandTable::globalOptions()
{
    static const QList<OptionSpec> options{
        {u"profile"_s, u"NAME"_s, u"a saved connection (else SIGNALBOX_PROFILE, else the default one)"_s},
        {u"server"_s, u"URL"_s, u"a connection not saved, for example http://host:8848"_s},
        {u"user"_s, u"NAME"_s, u"the user for --server"_s},
        {u"password-stdin"_s, {}, u"the password is the first line of standard input (or SIGNALBOX_PASSWORD)"_s},
        {u"namespace"_s, u"ID"_s, u"Nacos namespace (default public)"_s},
        {u"json"_s, {}, u"machine output"_s},
        {u"yes"_s, {}, u"no question before something destructive"_s},
        {u"reason"_s, u"TEXT"_s, u"why; goes into the ledger"_s},
        {u"timeout"_s, u"SECONDS"_s, u"total deadline: of the answer, or of each request where there are many (default 15)"_s},
        {u"home"_s, u"DIR"_s, u"another folder for settings, mirror and ledger (or SIGNALBOX_HOME)"_s},
        {u"record"_s, u"FILE"_s, u"write what goes over the wire there, redacted, for signalbox-sandbox --replay"_s},
        {u"quiet"_s, {}, u"say less"_s},
        {u"verbose"_s, {}, u"the wire log, redacted, on standard error"_s},
    };
    return options;
}

QStringList CommandTable::areas() const
{
    QStringList list;
    for (const VerbSpec &verb : m_verbs) {
        if (!list.contains(verb.area))
            list.append(verb.area);
    }
    return list;
}

QString CommandTable::help() const
{
    QString text = u"usage: signalboxctl [global options] AREA VERB [arguments] [options]\n\nAreas:\n"_s;
    for (const QString &area : areas()) {
        QStringList verbs;
        for (const VerbSpec &verb : m_verbs) {
            if (verb.area == area)
                verbs.append(verb.verb);
        }
        verbs.removeAll(QString()); // an area of one nameless verb
        text += (verbs.isEmpty() ? u"  "_s + area : u"  %1  %2"_s.arg(area, -12).arg(verbs.join(u", "_s))) + u'\n';
    }
    text += u"\nGlobal options:\n"_s + optionTable(globalOptions());
    text += u"  %1  %2\n  %3  %4\n"_s.arg(u"--help"_s, -24)
                .arg(u"this text; also after an area or a verb"_s)
                .arg(u"--version"_s, -24)
                .arg(u"the version"_s);
    text +=
        u"\nExit codes: 0 done, 1 refused or failed, 2 usage, 3 not found, 4 no right, 5 conflict, 6 network, 7 refused by this side, 8 partly, 130 interrupted\n"_s;
    return text;
}

QString CommandTable::help(const QString &area) const
{
    QString text = u"usage: signalboxctl [global options] %1 VERB [arguments] [options]\n\n"_s.arg(area);
    for (const VerbSpec &verb : m_verbs) {
        if (verb.area == area && verb.verb.isEmpty())
            return help(verb);
        if (verb.area == area)
            text += u"  %1  %2\n"_s.arg(verb.verb + (verb.arguments.isEmpty() ? QString() : u' ' + verb.arguments), -36).arg(verb.summary);
    }
    return text + u"\nsignalboxctl %1 VERB --help tells more.\n"_s.arg(area);
}

QString CommandTable::help(const VerbSpec &verb) const
{
    QString text = u"usage: signalboxctl [global options] "_s + u"%1 %2"_s.arg(verb.area, verb.verb).trimmed();
    if (!verb.arguments.isEmpty())
        text += u' ' + verb.arguments;
    text += u"\n\n%1\n"_s.arg(verb.summary);
    if (!verb.options.isEmpty())
        text += u"\nOptions:\n"_s + optionTable(verb.options);
    return text + u"\nGlobal options:\n"_s + optionTable(globalOptions());
}

Result<CommandLine> CommandTable::parse(const QStringList &words) const
{
    CommandLine line;
    QString area;
    bool onlyArguments = false;
    bool helpAsked = false;
    QSet<QString> given; // of the global ones
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        const bool isOption = !onlyArguments && word.size() > 1 && word.startsWith(u'-');
        if (!isOption) {
            if (area.isEmpty()) {
                area = word;
                if (!areas().contains(area))
                    return usage(u"unknown area \"%1\"%2"_s.arg(area, suggestion(area, areas(), u"signalboxctl --help"_s)));
            } else if (!line.verb) {
                QStringList known;
                for (const VerbSpec &verb : m_verbs) {
                    if (verb.area != area)
                        continue;
                    known.append(verb.verb);
                    // An area of one nameless verb takes its arguments at once (`completion bash`).
                    if (verb.verb == word || verb.verb.isEmpty())
                        line.verb = &verb;
                }
                if (!line.verb)
                    return usage(
                        u"%1 has no verb \"%2\"%3"_s.arg(area, word, suggestion(word, known, u"signalboxctl %1 --help"_s.arg(area))));
                if (line.verb->verb.isEmpty())
                    line.arguments.append(word);
            } else {
                line.arguments.append(word);
            }
            continue;
        }
        if (word == "--"_L1) {
            onlyArguments = true;
            continue;
        }
        if (word == "--help"_L1 || word == "-h"_L1) {
            helpAsked = true;
            continue;
        }
        if (word == "--version"_L1) {
            line.helpText = u"signalboxctl %1\n"_s.arg(QLatin1StringView(SIGNALBOX_VERSION));
            return line;
        }
        const bool isLong = word.startsWith("--"_L1);
        const qsizetype equals = isLong ? word.indexOf(u'=') : -1;
        const QString name = equals > 0 ? word.mid(2, equals - 2) : word.mid(isLong ? 2 : 1);
        const OptionSpec *ofVerb = line.verb ? findOption(line.verb->options, name) : nullptr;
        const OptionSpec *option = ofVerb ? ofVerb : findOption(globalOptions(), name);
        if (!option || (name.size() == 1) == isLong) {
            QStringList known;
            for (const OptionSpec &candidate : globalOptions())
                known.append(written(candidate));
            if (line.verb) {
                for (const OptionSpec &candidate : line.verb->options)
                    known.append(written(candidate));
            }
            // The word may be something pasted: only a name is repeated, never a value.
            const QString hint = line.verb && line.verb->most != 0 ? u"; before an argument that begins with a dash put --"_s : QString();
            const QString near = suggestion(word.left(equals > 0 ? equals : word.size()), known);
            return usage(u"unknown option %1%2"_s.arg(word.left(equals > 0 ? equals : word.size()), near.isEmpty() ? hint : near));
        }
        QString value;
        if (!option->value.isEmpty()) {
            if (equals > 0)
                value = word.mid(equals + 1);
            else if (i + 1 < words.size())
                value = words.at(++i);
            else
                return usage(u"%1 needs a value"_s.arg(word));
        } else if (equals > 0) {
            return usage(u"--%1 takes no value"_s.arg(name));
        }
        if (ofVerb) {
            QStringList &values = line.options[name];
            if (!values.isEmpty() && option->count == OptionSpec::Count::Once)
                return usage(u"%1 is given twice"_s.arg(dashed({name, {}, {}})));
            values.append(value);
        } else {
            // A switch says nothing new the second time; of two values one would be passed over.
            if (!option->value.isEmpty() && given.contains(name))
                return usage(u"--%1 is given twice"_s.arg(name));
            given.insert(name);
            if (const auto done = apply(line.global, name, value); !done)
                return fail(done.error());
        }
    }
    if (helpAsked) {
        line.helpText = line.verb ? help(*line.verb) : area.isEmpty() ? help() : help(area);
        line.verb = nullptr;
        return line;
    }
    if (area.isEmpty())
        return usage(u"no area given; signalboxctl --help shows them"_s);
    if (!line.verb &&
        std::any_of(m_verbs.begin(), m_verbs.end(), [&](const VerbSpec &verb) { return verb.area == area && verb.verb.isEmpty(); }))
        return usage(u"%1 needs an argument; signalboxctl %1 --help shows it"_s.arg(area));
    if (!line.verb)
        return usage(u"%1 needs a verb; signalboxctl %1 --help shows them"_s.arg(area));
    const VerbSpec &verb = *line.verb;
    if (line.arguments.size() < verb.least || (verb.most >= 0 && line.arguments.size() > verb.most))
        return usage(u"usage: signalboxctl %1 %2 %3"_s.arg(verb.area, verb.verb, verb.arguments).simplified());
    if (!line.global.profile.isEmpty() && !line.global.server.isEmpty())
        return usage(u"--profile and --server exclude each other"_s);
    return line;
}

} // namespace core::commands
