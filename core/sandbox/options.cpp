// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/options.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace core::sandbox {

namespace {

struct Parser {
    QCommandLineParser parser;
    QCommandLineOption help{u"help"_s, u"Show this text."_s};
    QCommandLineOption version{u"version"_s, u"Show the version."_s};
    QCommandLineOption port{u"port"_s, u"Nacos main HTTP port; gRPC at N+1000. Default 8848; 0 takes free ports everywhere."_s, u"N"_s};
    QCommandLineOption console{u"console-port"_s, u"Console HTTP port. Default 8080."_s, u"N"_s};
    QCommandLineOption aun{u"aun-port"_s, u"AUN gateway (not built yet)."_s, u"N"_s};
    QCommandLineOption storage{u"storage-port"_s, u"Storage services (not built yet)."_s, u"N"_s};
    QCommandLineOption prefab{u"prefab-port"_s, u"Prefab gateway (not built yet)."_s, u"N"_s};
    QCommandLineOption mcp{u"mcp-port"_s, u"MCP server (not built yet)."_s, u"N"_s};
    QCommandLineOption a2a{u"a2a-port"_s, u"A2A agent (not built yet)."_s, u"N"_s};
    QCommandLineOption data{u"data"_s, u"Keep the data there. Default: in memory, gone at the end."_s, u"DIR"_s};
    QCommandLineOption seed{u"seed"_s, u"demo: a small company to look at; empty: nothing."_s, u"demo|empty"_s, u"empty"_s};
    QCommandLineOption auth{u"auth"_s, u"Require login as USER; password from SIGNALBOX_SANDBOX_PASSWORD or made up and shown once."_s,
                            u"USER"_s};
    QCommandLineOption nacosVersion{u"nacos-version"_s, u"Generation to answer as: 2.4, 3.0, 3.1 (default), 3.2."_s, u"V"_s, u"3.1"_s};
    QCommandLineOption fault{u"fault"_s, u"latency:MS, drop:PCT, error:STATUS, truncate:PCT, deny:PATH; may be repeated."_s, u"FAULT"_s};
    QCommandLineOption replay{u"replay"_s, u"Play a conversation recorded with signalboxctl --record, instead of a registry."_s, u"FILE"_s};
    QCommandLineOption duckdb{u"duckdb-library"_s, u"For the table service (not built yet)."_s, u"FILE"_s};
    QCommandLineOption pid{u"pid-file"_s, u"Write the process id there."_s, u"FILE"_s};
    QCommandLineOption log{u"log-file"_s, u"Write what happens there."_s, u"FILE"_s};
    QCommandLineOption lock{u"lock"_s, u"Hold a lock on this file while running."_s, u"FILE"_s};
    QCommandLineOption users{u"end-with-users"_s, u"End when nobody holds a lock in there."_s, u"DIR"_s};
    QCommandLineOption token{u"token-seconds"_s, u"Life of a login token."_s, u"S"_s};

    Parser()
    {
        parser.setApplicationDescription(u"Practice servers on loopback: a Nacos-compatible registry."_s);
        users.setFlags(QCommandLineOption::HiddenFromHelp);
        token.setFlags(QCommandLineOption::HiddenFromHelp);
        parser.addOptions({help, version,      port,  console, aun,    storage, prefab, mcp,  a2a,   data, seed,
                           auth, nacosVersion, fault, replay,  duckdb, pid,     log,    lock, users, token});
    }
};

/// "off" or a port; nothing said: the default.
Result<std::optional<quint16>> portOf(const Parser &p, const QCommandLineOption &option, quint16 otherwise)
{
    if (!p.parser.isSet(option))
        return std::optional(otherwise);
    const QString text = p.parser.value(option);
    if (text == u"off")
        return std::optional<quint16>();
    bool ok = false;
    const quint16 port = text.toUShort(&ok);
    if (!ok)
        return fail(Error::Kind::Usage, u"--%1: %2 is no port"_s.arg(option.names().constFirst(), text));
    return std::optional(port);
}

/// A recording has its own data, accounts and generation.
Result<Done> readReplay(const Parser &p, Options &options)
{
    if (!p.parser.isSet(p.replay))
        return Done{};
    options.replayFile = p.parser.value(p.replay);
    if (options.replayFile.isEmpty())
        return fail(Error::Kind::Usage, u"--replay: the name of a file is missing"_s);
    if (options.nacosOff)
        return fail(Error::Kind::Usage, u"--replay needs the port that --port off takes away"_s);
    for (const QCommandLineOption &option : {p.data, p.seed, p.auth, p.nacosVersion, p.token}) {
        if (p.parser.isSet(option))
            return fail(Error::Kind::Usage,
                        u"--replay answers what was recorded; --%1 has no effect on that"_s.arg(option.names().constFirst()));
    }
    return Done{};
}

} // namespace

QString helpText()
{
    return Parser().parser.helpText();
}

Result<Options> parseOptions(const QStringList &arguments)
{
    Parser p;
    if (!p.parser.parse(arguments))
        return fail(Error::Kind::Usage, p.parser.errorText());
    if (!p.parser.positionalArguments().isEmpty())
        return fail(Error::Kind::Usage, u"unexpected argument: %1"_s.arg(p.parser.positionalArguments().constFirst()));
    Options options;
    if (p.parser.isSet(p.help) || p.parser.isSet(p.version)) {
        options.action = p.parser.isSet(p.help) ? Options::Action::ShowHelp : Options::Action::ShowVersion;
        return options;
    }
    const auto port = portOf(p, p.port, options.port);
    if (!port)
        return fail(port.error());
    options.nacosOff = !port->has_value();
    options.port = port->value_or(0);
    const bool free = !options.nacosOff && options.port == 0;
    const auto console = portOf(p, p.console, free ? 0 : 8080);
    if (!console)
        return fail(console.error());
    options.consolePort = *console;
    for (const QCommandLineOption &option : {p.aun, p.storage, p.prefab, p.mcp, p.a2a}) {
        if (const auto unbuilt = portOf(p, option, 0); !unbuilt)
            return fail(unbuilt.error());
    }
    const QString seed = p.parser.value(p.seed);
    if (seed != u"demo" && seed != u"empty")
        return fail(Error::Kind::Usage, u"--seed: demo or empty"_s);
    options.seed = seed == u"demo" ? Options::Seed::Demo : Options::Seed::Empty;
    options.admin = p.parser.value(p.auth);
    if (p.parser.isSet(p.auth) && options.admin.isEmpty())
        return fail(Error::Kind::Usage, u"--auth: a user name is missing"_s);
    if (p.parser.isSet(p.token)) {
        bool ok = false;
        options.tokenSeconds = p.parser.value(p.token).toLongLong(&ok);
        if (!ok || options.tokenSeconds < 1)
            return fail(Error::Kind::Usage, u"--token-seconds: a number"_s);
    }
    for (const QCommandLineOption &option : {p.data, p.pid, p.log, p.lock, p.users}) {
        if (p.parser.isSet(option) && p.parser.value(option).isEmpty())
            return fail(Error::Kind::Usage, u"--%1: a name is missing"_s.arg(option.names().constFirst()));
    }
    options.dataFolder = p.parser.value(p.data);
    options.nacosVersion = p.parser.value(p.nacosVersion);
    options.faults = p.parser.values(p.fault);
    if (Result<Done> replay = readReplay(p, options); !replay)
        return fail(replay.error());
    options.pidFile = p.parser.value(p.pid);
    options.logFile = p.parser.value(p.log);
    options.lockFile = p.parser.value(p.lock);
    options.usersFolder = p.parser.value(p.users);
    return options;
}

} // namespace core::sandbox
