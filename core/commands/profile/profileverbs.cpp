// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/profile/profileverbs.h"

#include "core/commands/common/context.h"
#include "core/commands/common/invocation.h"
#include "core/commands/config/documents.h"
#include "core/credentials/secretvault.h"
#include "core/guard/unlocks.h"
#include "core/profiles/fromenvironment.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"

#include <QProcessEnvironment>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

Error usageError(const QString &message)
{
    return {Error::Kind::Usage, message, 0, false};
}

QJsonObject documentOf(const Invocation &call, const profiles::Profile &profile)
{
    Context &context = const_cast<Invocation &>(call).context();
    QJsonObject object = profiles::encode(profile);
    object.insert(u"default"_s, context.profiles().defaultSlug() == profile.slug);
    object.insert(u"protected"_s, profile.isProtected());
    return object;
}

/// Saves the secrets of a new profile where they outlast the program; says so when there is no such place.
void saveSecrets(Invocation &call, const profiles::Profile &profile, const QMap<profiles::Secret, QString> &secrets)
{
    const auto done = [&call, profile] {
        call.output().document(documentOf(call, profile));
        call.output().text(u"saved as %1: %2"_s.arg(profile.slug, profile.servers.join(u", "_s)));
        call.finish(ExitDone);
    };
    if (secrets.isEmpty())
        return done();
    // The vault of this call may be session memory because the secret was given; what lasts is asked for here.
    auto *vault = new credentials::SecretVault(call.context().lastingStore(), &call);
    vault->probed()->then(&call, [&call, vault, profile, secrets, done](const Result<Done> &) {
        if (!vault->isLasting() || vault->isLocked()) {
            const QString why = vault->isLocked() || vault->rawError().isEmpty() ? vault->stateText() : vault->rawError();
            const bool stays = call.global().passwordFrom != GlobalOptions::PasswordFrom::StandardInput && !call.has(u"from-env"_s);
            if (stays) // it is where every later call finds it
                call.output().remark(u"no password was saved (%1); SIGNALBOX_PASSWORD is used as long as it is set"_s.arg(why));
            else
                call.output().remark(u"no password was saved: %1. Give it each time with --password-stdin or SIGNALBOX_PASSWORD, or set "
                                     "SIGNALBOX_PASSPHRASE for the encrypted file"_s.arg(why));
            return done();
        }
        auto left = std::make_shared<qsizetype>(secrets.size());
        for (auto it = secrets.begin(); it != secrets.end(); ++it) {
            vault->write(profiles::secretKey(profile.slug, it.key()), it.value())
                ->then(&call, [&call, left, done](const Result<Done> &saved) {
                    if (!saved)
                        call.output().remark(u"the password was not saved: "_s + saved.error().message);
                    if (--*left == 0)
                        done();
                });
        }
    });
}

void add(Invocation &call)
{
    profiles::Profile profile;
    QMap<profiles::Secret, QString> secrets;
    if (call.has(u"from-env"_s)) {
        if (call.has(u"server"_s) || !call.global().server.isEmpty())
            return call.finish(usageError(u"--from-env takes the server from NACOS_SERVER_ADDR; --server cannot be given with it"_s));
        auto imported = profiles::profileFromEnvironment(QProcessEnvironment::systemEnvironment(), profiles::Kind::Nacos);
        if (!imported)
            return call.finish(imported.error());
        profile = imported->profile;
        profile.name = call.argument(0);
        secrets = imported->secrets;
        for (const QString &note : imported->notes)
            call.output().remark(note);
    } else {
        auto described = profileFromOptions(call, call.argument(0));
        if (!described)
            return call.finish(described.error());
        if (described->servers.isEmpty())
            return call.finish(usageError(u"--server URL is missing"_s));
        profile = *described;
    }
    const auto given = call.context().givenSecret();
    if (!given)
        return call.finish(given.error());
    if (*given) {
        using Kind = profiles::Auth::Kind;
        const auto which = profile.auth.kind == Kind::Password ? profiles::Secret::Password
            : profile.auth.kind == Kind::AkSk                  ? profiles::Secret::SecretKey
                                                               : profiles::Secret::Token;
        secrets.insert(which, **given);
    }
    // Makes the folder with its rights.
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    auto *reply = call.context().profiles().add(profile);
    call.running(reply);
    reply->then(&call, [&call, secrets](const Result<profiles::Profile> &saved) {
        if (!saved)
            return call.finish(Context::inOptions(saved.error()));
        saveSecrets(call, *saved, secrets);
    });
}

void list(Invocation &call)
{
    profiles::ProfileStore &store = call.context().profiles();
    if (const auto error = store.loadError())
        return call.finish(*error);
    QJsonArray items;
    TextTable table{{{u"NAME"_s}, {u"SLUG"_s}, {u"KIND"_s}, {u"ENVIRONMENT"_s}, {u"SERVERS"_s}, {u""_s}}, {}};
    const QString standard = store.defaultSlug();
    const auto add = [&](const profiles::Profile &profile, const QString &mark) {
        table.rows.append({profile.name, profile.slug, profiles::toText(profile.kind), profiles::toText(profile.environment),
                           profile.servers.join(u','), mark});
    };
    for (const profiles::Profile &profile : store.profiles()) {
        items.append(documentOf(call, profile));
        add(profile, profile.slug == standard ? u"default"_s : QString());
    }
    // Not saved, and there as long as it runs: it is named like the others.
    if (const auto practice = call.context().practice(); practice && !store.find(practice->slug)) {
        QJsonObject object = documentOf(call, *practice);
        object.insert(u"practice"_s, true);
        items.append(object);
        add(*practice, u"practice"_s);
    }
    QJsonObject document = Output::listDocument(items, items.size());
    const bool isWhole = !store.setAside();
    document.insert(u"complete"_s, isWhole);
    call.output().document(document);
    call.output().table(table);
    call.finish(isWhole ? ExitDone : ExitFailed);
}

/// Of verbs that change or copy what is saved.
Result<profiles::Profile> savedProfile(Invocation &call, const QString &name)
{
    auto profile = call.context().profile(name);
    if (profile && !call.context().profiles().find(profile->slug))
        return fail(usageError(u"the practice registry is not a saved connection; signalboxctl sandbox stop ends it"_s));
    return profile;
}

void show(Invocation &call)
{
    const auto profile = call.context().profile(call.argument(0));
    if (!profile)
        return call.finish(profile.error());
    QJsonObject object = documentOf(call, *profile);
    if (call.context().home()) {
        if (const auto unlock = call.context().unlocks().state(profile->slug))
            object.insert(u"unlockedUntil"_s, timeValue(unlock->until));
    }
    call.output().document(object);
    call.output().table(TextTable::ofFields(object));
    call.finish(ExitDone);
}

/// Ends the call with `text` when the change of the profile file went well.
template <class T>
void conclude(Invocation &call, Reply<T> *reply, const QString &text, const QJsonObject &document)
{
    call.running(reply);
    reply->then(&call, [&call, text, document](const Result<T> &done) {
        if (!done)
            return call.finish(done.error());
        call.output().document(document);
        call.output().text(text);
        call.finish(ExitDone);
    });
}

/// Its secrets go with it, one after the other. What cannot be opened (a keychain that is away, a locked file) is said.
void removeSecrets(Invocation &call, credentials::SecretVault &vault, QStringList keys, std::function<void()> then)
{
    if (!vault.isLasting()) {
        if (!vault.rawError().isEmpty())
            call.output().remark(
                u"its secrets were not looked for: the keychain cannot be used (%1); if it has any, they are still there"_s.arg(
                    vault.rawError()));
        return then();
    }
    if (keys.isEmpty())
        return then();
    auto *reply = vault.remove(keys.takeFirst());
    call.running(reply);
    reply->then(&call, [&call, &vault, keys, then](const Result<Done> &removed) {
        if (removed)
            return removeSecrets(call, vault, keys, then);
        call.output().remark(u"its secrets were not removed: "_s + removed.error().message);
        then();
    });
}

void remove(Invocation &call)
{
    const auto profile = savedProfile(call, call.argument(0));
    if (!profile)
        return call.finish(profile.error());
    auto *vault = new credentials::SecretVault(call.context().lastingStore(), &call);
    const auto forget = [&call, profile = *profile] {
        conclude(call, call.context().profiles().remove(profile.slug), u"%1 removed"_s.arg(profile.name), {{u"removed"_s, profile.slug}});
    };
    if (profile->auth.kind == profiles::Auth::Kind::None && profile->headers.isEmpty() && profile->httpTls.keyFile.isEmpty() &&
        profile->grpcTls.keyFile.isEmpty())
        return forget(); // it never had one
    vault->probed()->then(&call, [&call, vault, keys = profiles::secretKeys(*profile), forget](const Result<Done> &) {
        removeSecrets(call, *vault, keys, forget);
    });
}

void setDefault(Invocation &call)
{
    const auto profile = savedProfile(call, call.argument(0));
    if (!profile)
        return call.finish(profile.error());
    conclude(call, call.context().profiles().setDefault(profile->slug), u"%1 is the default now"_s.arg(profile->name),
             {{u"default"_s, profile->slug}});
}

void exportProfiles(Invocation &call)
{
    if (!call.has(u"o"_s))
        return call.finish(usageError(u"-o FILE is missing"_s));
    QStringList slugs;
    for (const QString &name : call.arguments()) {
        const auto profile = savedProfile(call, name);
        if (!profile)
            return call.finish(profile.error());
        slugs.append(profile->slug);
    }
    const auto document = call.context().profiles().exportDocument(slugs);
    if (!document)
        return call.finish(document.error());
    if (call.option(u"o"_s) == "-"_L1) {
        call.output().bytes(*document); // one JSON document itself
        return call.finish(ExitDone);
    }
    if (const auto written = writeFile(call.option(u"o"_s), *document); !written)
        return call.finish(written.error());
    call.output().document({{u"file"_s, call.option(u"o"_s)}, {u"bytes"_s, document->size()}});
    call.output().text(u"written to %1, without secrets"_s.arg(call.option(u"o"_s)));
    call.finish(ExitDone);
}

void importNext(Invocation &call, QList<profiles::Profile> left, QJsonArray added)
{
    if (left.isEmpty()) {
        call.output().document(Output::listDocument(added, added.size()));
        call.output().text(u"%1 imported; their secrets are not in such files and have to be given again"_s.arg(added.size()));
        return call.finish(ExitDone);
    }
    auto *reply = call.context().profiles().add(left.takeFirst());
    call.running(reply);
    reply->then(&call, [&call, left, added](const Result<profiles::Profile> &saved) mutable {
        if (!saved)
            return call.finish(saved.error());
        added.append(profiles::encode(*saved));
        importNext(call, left, added);
    });
}

void importProfiles(Invocation &call)
{
    const auto content = readFile(call.argument(0));
    if (!content)
        return call.finish(content.error());
    const auto imported = call.context().profiles().readDocument(*content);
    if (!imported)
        return call.finish(imported.error());
    for (const QString &note : imported->notes)
        call.output().remark(note);
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    importNext(call, imported->profiles, {});
}

void unlock(Invocation &call)
{
    const auto duration = durationOf(call.option(u"for"_s, u"15m"_s));
    if (!duration)
        return call.finish(usageError(u"--for takes a duration such as 90s, 15m or 2h"_s));
    const auto profile = call.context().profile(call.argument(0));
    if (!profile)
        return call.finish(profile.error());
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    if (!profile->isProtected()) {
        call.output().document({{u"profile"_s, profile->slug}, {u"protected"_s, false}, {u"unlockedUntil"_s, QJsonValue()}});
        call.output().text(u"%1 is not protected: it can be written at any time, nothing was unlocked"_s.arg(profile->name));
        return call.finish(ExitDone);
    }
    if (const auto done = call.context().unlocks().unlock(profile->slug, *duration, call.global().reason); !done)
        return call.finish(done.error());
    const auto state = call.context().unlocks().state(profile->slug);
    call.output().document({{u"profile"_s, profile->slug},
                            {u"unlockedUntil"_s, state ? timeValue(state->until) : QJsonValue()},
                            {u"reason"_s, call.global().reason}});
    call.output().text(u"%1 can be written until %2"_s.arg(profile->name, state ? localTime(state->until) : QString()));
    call.finish(ExitDone);
}

void lock(Invocation &call)
{
    const auto profile = call.context().profile(call.argument(0));
    if (!profile)
        return call.finish(profile.error());
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    if (const auto done = call.context().unlocks().lock(profile->slug); !done)
        return call.finish(done.error());
    call.output().document({{u"profile"_s, profile->slug}, {u"unlockedUntil"_s, QJsonValue()}});
    call.output().text(u"%1 is locked"_s.arg(profile->name));
    call.finish(ExitDone);
}

} // namespace

void addProfileVerbs(CommandTable &table)
{
    VerbSpec spec{
        u"profile"_s, u"add"_s, u"NAME --server URL[,URL…] [options]"_s, u"saves a connection; its secret by --password-stdin"_s, 1, 1,
        {},           add};
    spec.options = {
        {u"server"_s, u"URL[,URL]"_s, u"one address or several, comma between them"_s},
        {u"kind"_s, u"K"_s, u"nacos"_s, OptionSpec::Count::Once, {u"nacos"_s}},
        {u"environment"_s,
         u"E"_s,
         u"development, staging or production (protected)"_s,
         OptionSpec::Count::Once,
         {u"development"_s, u"staging"_s, u"production"_s}},
        {u"read-only"_s, {}, u"no writes until unlocked"_s},
        {u"keep"_s, u"K"_s, u"contents or facts: what the local mirror remembers"_s, OptionSpec::Count::Once, {u"contents"_s, u"facts"_s}},
        {u"auth"_s,
         u"A"_s,
         u"password, aksk, token or none (default: by what else is given)"_s,
         OptionSpec::Count::Once,
         {u"password"_s, u"aksk"_s, u"token"_s, u"none"_s}},
        {u"user"_s, u"U"_s, u"user name"_s},
        {u"access-key"_s, u"ID"_s, u"access key id, for --auth aksk"_s},
        {u"header"_s, u"'N: V'"_s, u"a header sent with every request"_s, OptionSpec::Count::Many},
        {u"console-url"_s, u"U"_s, u"where the console plane is, if not found by itself"_s},
        {u"grpc-port"_s, u"N"_s, u"default: HTTP port + 1000"_s},
        {u"context-path"_s, u"P"_s, u"default /nacos"_s},
        {u"ca"_s, u"FILE"_s, u"trust the certificates of this file"_s},
        {u"client-cert"_s, u"F"_s, u"client certificate"_s},
        {u"client-key"_s, u"F"_s, u"its key"_s},
        {u"grpc"_s, u"T"_s, u"plain (default) or tls: how the gRPC port is spoken to"_s, OptionSpec::Count::Once, {u"plain"_s, u"tls"_s}},
        {u"grpc-ca"_s, u"FILE"_s, u"for gRPC, when it is not as above"_s},
        {u"grpc-client-cert"_s, u"F"_s, u"likewise"_s},
        {u"grpc-client-key"_s, u"F"_s, u"likewise"_s},
        {u"proxy"_s,
         u"P"_s,
         u"system, none, http://…, socks5://… or ssh://[user@]host[:port], a jump host"_s,
         OptionSpec::Count::Once,
         {u"system"_s, u"none"_s}},
        {u"timeout-connect"_s, u"S"_s, u"seconds until a connection must stand"_s},
        {u"timeout-call"_s, u"S"_s, u"seconds until a request must be answered"_s},
        {u"from-env"_s, {}, u"from the SDKs' environment variables (NACOS_…)"_s}};
    table.add(spec);
    table.add({u"profile"_s,
               u"export"_s,
               u"[NAME…] -o FILE"_s,
               u"writes connections to a file, without secrets"_s,
               0,
               -1,
               {{u"o"_s, u"FILE"_s, u"the file; - is standard output"_s}},
               exportProfiles});
    table.add({u"profile"_s, u"import"_s, u"FILE"_s, u"adds the connections of such a file"_s, 1, 1, {}, importProfiles});
    table.add({u"profile"_s, u"list"_s, {}, u"the saved connections"_s, 0, 0, {}, list});
    table.add({u"profile"_s, u"show"_s, u"NAME"_s, u"one of them"_s, 1, 1, {}, show});
    table.add({u"profile"_s, u"remove"_s, u"NAME"_s, u"forgets it and its secrets"_s, 1, 1, {}, remove});
    table.add({u"profile"_s, u"default"_s, u"NAME"_s, u"is used when none is named"_s, 1, 1, {}, setDefault});
    addDoctorVerbs(table);
    table.add({u"profile"_s,
               u"unlock"_s,
               u"NAME --for 15m --reason TEXT"_s,
               u"allows writes on a protected connection for a while"_s,
               1,
               1,
               {{u"for"_s, u"DURATION"_s, u"90s, 15m, 2h (default 15m, at most 24h)"_s}},
               unlock});
    table.add({u"profile"_s, u"lock"_s, u"NAME"_s, u"ends that at once"_s, 1, 1, {}, lock});
}

} // namespace core::commands
