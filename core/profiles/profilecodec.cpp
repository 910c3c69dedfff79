// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonreader.h"
#include "core/profiles/profile.h"

using namespace Qt::StringLiterals;

namespace core::profiles {

namespace {

QString text(Protection protection)
{
    return protection == Protection::ReadOnly ? u"read-only"_s : u"normal"_s;
}

QString text(Tls::Trust trust)
{
    switch (trust) {
    case Tls::Trust::CaFile:
        return u"ca-file"_s;
    case Tls::Trust::Fingerprint:
        return u"fingerprint"_s;
    case Tls::Trust::System:
        break;
    }
    return u"system"_s;
}

QString text(Proxy::Kind kind)
{
    switch (kind) {
    case Proxy::Kind::None:
        return u"none"_s;
    case Proxy::Kind::Http:
        return u"http"_s;
    case Proxy::Kind::Socks5:
        return u"socks5"_s;
    case Proxy::Kind::Ssh:
        return u"ssh"_s;
    case Proxy::Kind::System:
        break;
    }
    return u"system"_s;
}

/// Reads one of the words for `T`, from `first` on; another word is a mistake at that member.
template <class T>
T word(JsonReader &in, QLatin1StringView name, T otherwise, std::initializer_list<T> values, QString (*spell)(T))
{
    if (!in.has(name))
        return otherwise;
    const QString given = in.string(name);
    QStringList known;
    for (const T value : values) {
        if (spell(value) == given)
            return value;
        known << spell(value);
    }
    in.reject(name, u"expected one of "_s + known.join(u", "_s));
    return otherwise;
}

QStringList strings(JsonReader &in, QLatin1StringView name)
{
    QStringList list;
    const QJsonArray array = in.array(name, {});
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (!array.at(i).isString()) {
            in.reject(name, u"item %1: expected string"_s.arg(i));
            break;
        }
        list << array.at(i).toString();
    }
    return list;
}

int integerIn(JsonReader &in, QLatin1StringView name, int otherwise, int most)
{
    const qint64 value = in.integer(name, otherwise);
    if (value < 0 || value > most) {
        in.reject(name, u"expected 0 to %1"_s.arg(most));
        return otherwise;
    }
    return static_cast<int>(value);
}

QJsonObject encodeTls(const Tls &tls)
{
    QJsonObject object{{u"trust"_s, text(tls.trust)}};
    if (!tls.caFile.isEmpty())
        object.insert(u"caFile"_s, tls.caFile);
    if (!tls.sha256.isEmpty())
        object.insert(u"sha256"_s, QString::fromLatin1(tls.sha256.toHex()));
    if (!tls.certFile.isEmpty())
        object.insert(u"certFile"_s, tls.certFile);
    if (!tls.keyFile.isEmpty())
        object.insert(u"keyFile"_s, tls.keyFile);
    return object;
}

Result<Tls> decodeTls(JsonReader &outer, QLatin1StringView name)
{
    JsonReader in(outer.object(name), outer.pointer() + u'/' + name);
    Tls tls;
    tls.trust = word(in, "trust"_L1, tls.trust, {Tls::Trust::System, Tls::Trust::CaFile, Tls::Trust::Fingerprint}, &text);
    tls.caFile = in.string("caFile"_L1, {});
    const QByteArray hex = in.string("sha256"_L1, {}).toLatin1();
    tls.sha256 = QByteArray::fromHex(hex);
    if (!hex.isEmpty() && (hex.size() != 64 || tls.sha256.toHex() != hex.toLower()))
        in.reject("sha256"_L1, u"expected 64 hexadecimal digits"_s);
    tls.certFile = in.string("certFile"_L1, {});
    tls.keyFile = in.string("keyFile"_L1, {});
    if (const auto error = in.error())
        return fail(*error);
    return tls;
}

Result<QList<Header>> decodeHeaders(JsonReader &outer)
{
    QList<Header> headers;
    const QJsonArray array = outer.array("headers"_L1, {});
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString pointer = outer.pointer() + u"/headers/%1"_s.arg(i);
        if (!array.at(i).isObject())
            return fail(Error::Kind::BadReply, pointer + u": expected object"_s);
        JsonReader in(array.at(i).toObject(), pointer);
        Header header;
        header.name = in.string("name"_L1);
        header.place = in.boolean("secret"_L1, false) ? Header::Place::SecretStore : Header::Place::File;
        const QString value = in.string("value"_L1, {});
        if (header.place == Header::Place::File) // a secret's value that somebody wrote beside it is not taken over
            header.value = value;
        if (const auto error = in.error())
            return fail(*error);
        headers << header;
    }
    return headers;
}

QJsonObject unknownMembers(QJsonObject object)
{
    static const QStringList known{u"slug"_s,           u"name"_s,
                                   u"kind"_s,           u"servers"_s,
                                   u"consoleUrl"_s,     u"grpcPort"_s,
                                   u"contextPath"_s,    u"auth"_s,
                                   u"headers"_s,        u"environment"_s,
                                   u"protection"_s,     u"colour"_s,
                                   u"keep"_s,           u"httpTls"_s,
                                   u"grpc"_s,           u"grpcTls"_s,
                                   u"proxy"_s,          u"connectTimeoutMs"_s,
                                   u"callTimeoutMs"_s,  u"defaultNamespace"_s,
                                   u"typedNamespaces"_s};
    for (const QString &name : known)
        object.remove(name);
    return object;
}

} // namespace

QJsonObject encode(const Profile &profile)
{
    QJsonObject object = profile.extra;
    object.insert(u"slug"_s, profile.slug);
    object.insert(u"name"_s, profile.name);
    object.insert(u"kind"_s, toText(profile.kind));
    object.insert(u"servers"_s, QJsonArray::fromStringList(profile.servers));
    if (!profile.consoleUrl.isEmpty())
        object.insert(u"consoleUrl"_s, profile.consoleUrl);
    if (profile.grpcPort != 0)
        object.insert(u"grpcPort"_s, profile.grpcPort);
    object.insert(u"contextPath"_s, profile.contextPath);
    QJsonObject auth{{u"kind"_s, toText(profile.auth.kind)}};
    if (!profile.auth.user.isEmpty())
        auth.insert(u"user"_s, profile.auth.user);
    if (!profile.auth.accessKeyId.isEmpty())
        auth.insert(u"accessKeyId"_s, profile.auth.accessKeyId);
    object.insert(u"auth"_s, auth);
    if (!profile.headers.isEmpty()) {
        QJsonArray headers;
        for (const Header &header : profile.headers) {
            QJsonObject item{{u"name"_s, header.name}};
            if (header.place == Header::Place::SecretStore)
                item.insert(u"secret"_s, true);
            else
                item.insert(u"value"_s, header.value);
            headers.append(item);
        }
        object.insert(u"headers"_s, headers);
    }
    object.insert(u"environment"_s, toText(profile.environment));
    object.insert(u"protection"_s, text(profile.protection));
    if (!profile.colour.isEmpty())
        object.insert(u"colour"_s, profile.colour);
    object.insert(u"keep"_s, toText(profile.keep));
    if (profile.httpTls != Tls{})
        object.insert(u"httpTls"_s, encodeTls(profile.httpTls));
    object.insert(u"grpc"_s, profile.grpcTransport == Profile::GrpcTransport::Tls ? u"tls"_s : u"plain"_s);
    if (profile.grpcTls != Tls{})
        object.insert(u"grpcTls"_s, encodeTls(profile.grpcTls));
    if (profile.proxy != Proxy{}) {
        QJsonObject proxy{{u"kind"_s, text(profile.proxy.kind)}};
        if (!profile.proxy.host.isEmpty())
            proxy.insert(u"host"_s, profile.proxy.host);
        if (profile.proxy.port != 0)
            proxy.insert(u"port"_s, profile.proxy.port);
        object.insert(u"proxy"_s, proxy);
    }
    object.insert(u"connectTimeoutMs"_s, qint64(profile.connectTimeout.count()));
    object.insert(u"callTimeoutMs"_s, qint64(profile.callTimeout.count()));
    object.insert(u"defaultNamespace"_s, profile.defaultNamespace);
    if (!profile.typedNamespaces.isEmpty())
        object.insert(u"typedNamespaces"_s, QJsonArray::fromStringList(profile.typedNamespaces));
    return object;
}

Result<Profile> decodeProfile(const QJsonObject &object)
{
    JsonReader in(object);
    Profile profile;
    profile.slug = in.string("slug"_L1, {});
    profile.name = in.string("name"_L1);
    profile.kind = word(in, "kind"_L1, profile.kind, {Kind::Nacos, Kind::Aun, Kind::Storage, Kind::S3, Kind::Prefab}, &toText);
    profile.servers = strings(in, "servers"_L1);
    profile.consoleUrl = in.string("consoleUrl"_L1, {});
    profile.grpcPort = integerIn(in, "grpcPort"_L1, 0, 65535);
    profile.contextPath = in.string("contextPath"_L1, profile.contextPath);

    JsonReader auth(in.object("auth"_L1), u"/auth"_s);
    using A = Auth::Kind;
    profile.auth.kind = word(auth, "kind"_L1, A::None, {A::None, A::Password, A::AkSk, A::Token, A::ApiKey, A::Jwt, A::Internal}, &toText);
    profile.auth.user = auth.string("user"_L1, {});
    profile.auth.accessKeyId = auth.string("accessKeyId"_L1, {});
    if (const auto error = auth.error())
        return fail(*error);

    const auto headers = decodeHeaders(in);
    if (!headers)
        return fail(headers.error());
    profile.headers = *headers;
    using E = Environment;
    profile.environment = word(in, "environment"_L1, E::None, {E::None, E::Development, E::Staging, E::Production}, &toText);
    profile.protection = word(in, "protection"_L1, Protection::Normal, {Protection::Normal, Protection::ReadOnly}, &text);
    profile.colour = in.string("colour"_L1, {});
    profile.keep = word(in, "keep"_L1, Keep::Contents, {Keep::Contents, Keep::Facts}, &toText);
    const auto httpTls = decodeTls(in, "httpTls"_L1), grpcTls = decodeTls(in, "grpcTls"_L1);
    if (!httpTls || !grpcTls)
        return fail(!httpTls ? httpTls.error() : grpcTls.error());
    profile.httpTls = *httpTls;
    profile.grpcTls = *grpcTls;
    const QString grpc = in.string("grpc"_L1, u"plain"_s);
    if (grpc != "plain"_L1 && grpc != "tls"_L1)
        in.reject("grpc"_L1, u"expected one of plain, tls"_s);
    profile.grpcTransport = grpc == "tls"_L1 ? Profile::GrpcTransport::Tls : Profile::GrpcTransport::Plain;

    JsonReader proxy(in.object("proxy"_L1), u"/proxy"_s);
    using P = Proxy::Kind;
    profile.proxy.kind = word(proxy, "kind"_L1, P::System, {P::System, P::None, P::Http, P::Socks5, P::Ssh}, &text);
    profile.proxy.host = proxy.string("host"_L1, {});
    profile.proxy.port = integerIn(proxy, "port"_L1, 0, 65535);
    if (const auto error = proxy.error())
        return fail(*error);

    constexpr int Hour = 3'600'000;
    profile.connectTimeout = std::chrono::milliseconds(integerIn(in, "connectTimeoutMs"_L1, int(profile.connectTimeout.count()), Hour));
    profile.callTimeout = std::chrono::milliseconds(integerIn(in, "callTimeoutMs"_L1, int(profile.callTimeout.count()), Hour));
    profile.defaultNamespace = in.string("defaultNamespace"_L1, profile.defaultNamespace);
    profile.typedNamespaces = strings(in, "typedNamespaces"_L1);
    profile.extra = unknownMembers(object);
    if (const auto error = in.error())
        return fail(*error);
    return profile;
}

} // namespace core::profiles
