// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configexecutor.h"

#include "core/nacos/config/configcalls.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/untoldplan.h"
#include "core/nacos/registry.h"
#include "core/nacos/session/envelope.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/nacos/wire/configmessages.h"

#include <algorithm>
#include <array>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

template <class T>
Reply<T> *failed(const Error &error)
{
    return Reply<T>::settled(fail(error));
}

Error notOpen(const Address &target)
{
    return {Error::Kind::Network, u"the connection %1 is not open"_s.arg(target.profile()), 0, true};
}

/// QString::fromUtf8 drops a byte order mark.
QString textOf(const QByteArray &content)
{
    const QString text = QString::fromUtf8(content);
    return content.startsWith("\xef\xbb\xbf") ? QChar(QChar::ByteOrderMark) + text : text;
}

/// Over gRPC and in v1 a failed comparison is told apart by its text only.
Error publishError(const Error &error, const QByteArray &casMd5)
{
    Error told = error;
    if (!casMd5.isEmpty() && error.kind == Error::Kind::Rejected && error.message.contains("md5"_L1, Qt::CaseInsensitive))
        told.kind = Error::Kind::Conflict;
    return told;
}

/// Name as gRPC and v1 have it, name as v3 has it, value.
struct Field {
    QLatin1StringView old, v3;
    QString value;
};

bool isBeta(const Address &target)
{
    return target.kind() == "beta"_L1;
}

Result<ConfigKey> keyOf(const Address &target)
{
    return isBeta(target) ? ConfigKey::ofBeta(target) : ConfigKey::of(target);
}

/// It was read by an account that may only read what SDKs read.
bool isPartial(const guard::Value &value)
{
    return value.attributes.value("partial"_L1).toBool();
}

QList<Field> fieldsOf(const guard::Value &value, const QString &user)
{
    const ConfigAttributes attributes = attributesOf(value);
    QList<Field> fields{
        {"use"_L1, "use"_L1, attributes.use},          {"effect"_L1, "effect"_L1, attributes.effect},
        {"schema"_L1, "schema"_L1, attributes.schema}, {"encryptedDataKey"_L1, "encryptedDataKey"_L1, attributes.encryptedDataKey},
        {"src_user"_L1, "srcUser"_L1, user},
    };
    // What could not be read and is not known is left out, so that the server keeps it.
    for (const Field &field :
         {Field{"type"_L1, "type"_L1, attributes.type}, Field{"desc"_L1, "desc"_L1, attributes.description},
          Field{"appName"_L1, "appName"_L1, attributes.app}, Field{"config_tags"_L1, "configTags"_L1, attributes.tags.join(u',')}}) {
        if (!isPartial(value) || !field.value.isEmpty())
            fields.append(field);
    }
    return fields;
}

/// What a server of generation 3 keeps to itself.
constexpr std::array Untold{"use"_L1, "effect"_L1, "schema"_L1};

bool hasUntold(const guard::Value &value)
{
    return std::any_of(Untold.begin(), Untold.end(), [&value](QLatin1String name) { return value.attributes.contains(name); });
}

guard::Value withoutUntold(guard::Value value)
{
    for (const QLatin1String name : Untold)
        value.attributes.remove(name);
    return value;
}

/// What every account that may read sees.
guard::Value told(const guard::Value &value)
{
    guard::Value seen{value.content, {}};
    for (const QLatin1String name : {"type"_L1, "encryptedDataKey"_L1}) {
        if (value.attributes.contains(name))
            seen.attributes.insert(name, value.attributes.value(name));
    }
    return seen;
}

} // namespace

struct ConfigExecutor::Write {
    calls::Target target;
    guard::Value value;
    QByteArray casMd5;
    QString user;
    QString betaIps; ///< not empty: what is published is the beta release
};

ConfigExecutor::ConfigExecutor(Registries &registries)
    : m_registries(registries)
{
}

bool ConfigExecutor::handles(QStringView kind) const
{
    return kind == "config"_L1 || kind == "beta"_L1;
}

Reply<std::optional<guard::Value>> *ConfigExecutor::read(const Address &target)
{
    using Answer = std::optional<guard::Value>;
    const Result<ConfigKey> key = keyOf(target);
    if (!key)
        return failed<Answer>(key.error());
    Registry *registry = m_registries.find(target.profile());
    if (!registry)
        return failed<Answer>(notOpen(target));
    auto *reply = registry->session().d().operations.track(new Reply<Answer>(&registry->session()));
    if (isBeta(target)) {
        follow(reply, registry->configs().beta(*key), [](const Result<std::optional<BetaRelease>> &release) -> Result<Answer> {
            if (!release)
                return fail(release.error());
            return *release ? Answer(valueOf(**release)) : Answer();
        });
        return reply;
    }
    follow(reply, registry->configs().getLive(*key), [](const Result<std::optional<ConfigDetail>> &detail) -> Result<Answer> {
        if (!detail)
            return fail(detail.error());
        return *detail ? Answer(valueOf(**detail)) : Answer();
    });
    return reply;
}

Reply<guard::Plan> *ConfigExecutor::complete(const guard::Plan &plan)
{
    guard::Plan fit = plan;
    for (guard::Change &change : fit.changes) {
        Registry *registry = handles(change.target.kind()) ? m_registries.find(change.target.profile()) : nullptr;
        // It may have been made for another server.
        if (registry && registry->session().d().isRnacos())
            change.comparison = guard::Comparison::Checked;
    }
    return completeUntold(m_registries, fit);
}

bool ConfigExecutor::isSame(const std::optional<guard::Value> &expected, const std::optional<guard::Value> &live) const
{
    if (expected && live && (isPartial(*expected) || isPartial(*live))) {
        guard::Value one = told(*expected), other = told(*live);
        if (!one.attributes.contains("type"_L1) || !other.attributes.contains("type"_L1)) {
            one.attributes.remove("type"_L1);
            other.attributes.remove("type"_L1);
        }
        return one == other;
    }
    if (expected && live && hasUntold(*expected) != hasUntold(*live))
        return withoutUntold(*expected) == withoutUntold(*live);
    return expected == live;
}

Reply<Done> *ConfigExecutor::apply(const guard::Change &change)
{
    const Result<ConfigKey> key = keyOf(change.target);
    if (!key)
        return failed<Done>(key.error());
    Registry *registry = m_registries.find(change.target.profile());
    if (!registry)
        return failed<Done>(notOpen(change.target));
    Session::Private &session = registry->session().d();
    Write write;
    write.target = {*key, session.wireTenant(key->namespaceId)};
    write.user = registry->session().account();
    if (!change.after)
        return isBeta(change.target) ? stopBeta(session, write) : remove(session, write);
    write.value = *change.after;
    QStringList ips;
    for (const QJsonValue &ip : change.after->attributes.value("ips"_L1).toArray())
        ips.append(ip.toString());
    write.betaIps = ips.join(u',');
    if (isBeta(change.target) && ips.isEmpty()) // it would be published for everybody
        return failed<Done>(Error{Error::Kind::Usage, u"a beta release needs the addresses it is for"_s, 0, false});
    if (!ips.isEmpty() && session.isRnacos()) // likewise
        return failed<Done>(Error{Error::Kind::Unsupported, u"this server (r-nacos) has no beta releases"_s, 0, false});
    if (session.isRnacos() && !attributesOf(write.value).encryptedDataKey.isEmpty()) // it would be lost, and the content with it
        return failed<Done>(Error{Error::Kind::Unsupported,
                                  u"this server (r-nacos) keeps no data keys: the encrypted content could never be read again"_s, 0,
                                  false});
    if (change.comparison == guard::Comparison::Atomic && change.before)
        write.casMd5 = md5Of(change.before->content);
    return publish(session, write);
}

Reply<Done> *ConfigExecutor::publish(Session::Private &session, const Write &write)
{
    const QList<Field> fields = fieldsOf(write.value, write.user);
    if (session.rpcUp()) {
        wire::ConfigPublishRequest request;
        request.key = {write.target.tenant, write.target.key.group, write.target.key.dataId};
        request.content = write.value.content;
        request.casMd5 = QString::fromLatin1(write.casMd5);
        for (const Field &field : fields)
            request.additions.insert(field.old, field.value);
        if (!write.betaIps.isEmpty())
            request.additions.insert(u"betaIps"_s, write.betaIps);
        return session.rpc<Done>(
            wire::makeMessage(request), {write.target.tenant, write.target.key.group},
            [casMd5 = write.casMd5](Result<wire::Message> &&message) -> Result<Done> {
                const auto answer = openAnswer<wire::ConfigPublishResponse>(std::move(message));
                if (!answer)
                    return fail(publishError(answer.error(), casMd5));
                return Done{};
            },
            session.q);
    }
    auto *sent = session.routed<Done>(
        requestkind::ConfigWrite,
        [write, fields](Plane plane) -> std::optional<HttpCall> {
            const bool v1 = plane == Plane::Legacy;
            HttpCall call;
            call.method = "POST";
            call.path = v1 ? u"/cs/configs"_s : u"/cs/config"_s;
            call.form = calls::identity(plane, write.target);
            call.form.append({u"content"_s, textOf(write.value.content)});
            for (const Field &field : fields)
                call.form.append({v1 ? field.old : field.v3, field.value});
            if (!write.casMd5.isEmpty())
                call.headers.append({"casMd5"_ba, write.casMd5});
            if (!write.betaIps.isEmpty())
                call.headers.append({"betaIps"_ba, write.betaIps.toUtf8()});
            call.envelope = v1 ? Envelope::Flat : Envelope::Result;
            call.scope = {write.target.tenant, write.target.key.group};
            return call;
        },
        [](Plane, HttpData &&data) { return wasDone(data.data); }, session.q);
    auto *reply = session.operations.track(new Reply<Done>(session.q));
    follow(reply, sent, [casMd5 = write.casMd5](const Result<Done> &answer) -> Result<Done> {
        if (!answer)
            return fail(publishError(answer.error(), casMd5));
        return answer;
    });
    return reply;
}

/// There is no such request over gRPC.
Reply<Done> *ConfigExecutor::stopBeta(Session::Private &session, const Write &write)
{
    return session.routed<Done>(
        requestkind::ConfigWrite,
        [write](Plane plane) -> std::optional<HttpCall> {
            HttpCall call = calls::beta(plane, write.target);
            call.method = "DELETE";
            return call;
        },
        [](Plane, HttpData &&data) { return wasDone(data.data); }, session.q);
}

Reply<Done> *ConfigExecutor::remove(Session::Private &session, const Write &write)
{
    if (session.rpcUp()) {
        wire::ConfigRemoveRequest request;
        request.key = {write.target.tenant, write.target.key.group, write.target.key.dataId};
        return session.rpc<Done>(
            wire::makeMessage(request), {write.target.tenant, write.target.key.group},
            [](Result<wire::Message> &&message) -> Result<Done> {
                const auto answer = openAnswer<wire::ConfigRemoveResponse>(std::move(message));
                if (!answer)
                    return fail(answer.error());
                return Done{};
            },
            session.q);
    }
    return session.routed<Done>(
        requestkind::ConfigWrite,
        [write](Plane plane) -> std::optional<HttpCall> {
            const bool v1 = plane == Plane::Legacy;
            HttpCall call;
            call.method = "DELETE";
            call.path = v1 ? u"/cs/configs"_s : u"/cs/config"_s;
            call.query = calls::identity(plane, write.target);
            call.envelope = v1 ? Envelope::Flat : Envelope::Result;
            call.scope = {write.target.tenant, write.target.key.group};
            return call;
        },
        [](Plane, HttpData &&data) { return wasDone(data.data); }, session.q);
}

} // namespace core::nacos
