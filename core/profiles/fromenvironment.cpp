// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/fromenvironment.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core::profiles {

namespace {

class Reader {
public:
    Reader(const QProcessEnvironment &environment, EnvironmentImport &import)
        : m_environment(environment)
        , m_import(import)
    {
    }
    /// The first of these variables that is set and not empty.
    QString take(std::initializer_list<QLatin1StringView> names)
    {
        for (const QLatin1StringView name : names) {
            const QString value = m_environment.value(name).trimmed();
            if (value.isEmpty())
                continue;
            m_import.used << name;
            return value;
        }
        return {};
    }

private:
    const QProcessEnvironment &m_environment;
    EnvironmentImport &m_import;
};

Result<Done> takeServers(Profile &profile, const QString &list)
{
    static const QRegularExpression separators(u"[,;\\s]+"_s);
    const QStringList parts = list.split(separators, Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const auto server = parseServer(part);
        if (!server)
            return fail(Error::Kind::Usage, u"the server address in the environment: "_s + server.error().message);
        profile.servers << server->toString(QUrl::FullyEncoded);
    }
    return Done{};
}

Result<Done> readNacos(Reader &in, EnvironmentImport &import)
{
    Profile &profile = import.profile;
    QString servers =
        in.take({"NACOS_SERVER_ADDR"_L1, "NACOS_SERVER_ADDRESS"_L1, "NACOS_SERVER_ADDRESSES"_L1, "NACOS_ADDR"_L1, "NACOS_SERVER"_L1});
    if (servers.isEmpty()) {
        servers = in.take({"NACOS_HOST"_L1, "NACOS_SERVER_HOST"_L1});
        const QString port = servers.isEmpty() ? QString() : in.take({"NACOS_PORT"_L1, "NACOS_SERVER_PORT"_L1});
        // An address of IPv6 wants brackets before a port.
        if (servers.count(u':') > 1 && !servers.startsWith(u'['))
            servers = u'[' + servers + u']';
        if (!port.isEmpty())
            servers += u':' + port;
    }
    if (const auto taken = takeServers(profile, servers); !taken)
        return taken;
    if (const QString space = in.take({"NACOS_NAMESPACE"_L1, "NACOS_NAMESPACE_ID"_L1, "ALIBABA_ALIWARE_NAMESPACE"_L1}); !space.isEmpty()) {
        profile.defaultNamespace = space;
        profile.typedNamespaces << space;
    }
    if (const QString path = in.take({"NACOS_CONTEXT_PATH"_L1}); !path.isEmpty())
        profile.contextPath = path;

    const QString user = in.take({"NACOS_USERNAME"_L1, "NACOS_USER"_L1});
    const QString password = in.take({"NACOS_PASSWORD"_L1, "NACOS_PASSWD"_L1});
    const QString id = in.take({"NACOS_ACCESS_KEY"_L1, "NACOS_ACCESS_KEY_ID"_L1});
    const QString secret = in.take({"NACOS_SECRET_KEY"_L1, "NACOS_ACCESS_KEY_SECRET"_L1});
    const QString sts = in.take({"NACOS_SECURITY_TOKEN"_L1, "NACOS_STS_TOKEN"_L1});
    if (!user.isEmpty()) {
        profile.auth = {Auth::Kind::Password, user, {}};
        if (!password.isEmpty())
            import.secrets.insert(Secret::Password, password);
        if (!id.isEmpty())
            import.notes << u"NACOS_ACCESS_KEY: user name and password are used instead"_s;
    } else if (!id.isEmpty()) {
        profile.auth = {Auth::Kind::AkSk, {}, id};
        if (!secret.isEmpty())
            import.secrets.insert(Secret::SecretKey, secret);
        if (!sts.isEmpty())
            import.secrets.insert(Secret::SecurityToken, sts);
    } else if (!password.isEmpty()) {
        import.notes << u"NACOS_PASSWORD: there is no user name for it"_s;
    }
    if (const QString ca = in.take({"NACOS_TLS_CA_FILE"_L1, "NACOS_CA_FILE"_L1}); !ca.isEmpty()) {
        profile.httpTls.trust = profile.grpcTls.trust = Tls::Trust::CaFile;
        profile.httpTls.caFile = profile.grpcTls.caFile = ca;
    }
    if (const QString endpoint = in.take({"NACOS_ENDPOINT"_L1, "ALIBABA_ALIWARE_ENDPOINT_URL"_L1});
        !endpoint.isEmpty() && servers.isEmpty())
        import.notes << u"NACOS_ENDPOINT: it names an address server; ask it for the servers and enter one of them"_s;
    profile.name = profile.servers.isEmpty() ? u"Environment"_s : QUrl(profile.servers.constFirst()).host();
    return Done{};
}

void readStorage(Reader &in, EnvironmentImport &import)
{
    const auto server = [&](QLatin1StringView host, QLatin1StringView port, int otherwise) {
        const QString name = in.take({host});
        const QString number = in.take({port});
        if (!name.isEmpty() || !number.isEmpty())
            import.profile.servers << u"grpc://%1:%2"_s.arg(name.isEmpty() ? u"localhost"_s : name,
                                                            number.isEmpty() ? QString::number(otherwise) : number);
    };
    server("MINIO_GRPC_HOST"_L1, "MINIO_GRPC_PORT"_L1, 50051);
    server("DUCKDB_GRPC_HOST"_L1, "DUCKDB_GRPC_PORT"_L1, 50052);
    import.profile.name = u"Storage"_s;
}

} // namespace

Result<EnvironmentImport> profileFromEnvironment(const QProcessEnvironment &environment, Kind kind)
{
    EnvironmentImport import;
    import.profile.kind = kind;
    Reader in(environment, import);
    switch (kind) {
    case Kind::Nacos:
        if (const auto read = readNacos(in, import); !read)
            return fail(read.error());
        break;
    case Kind::Storage:
        readStorage(in, import);
        break;
    case Kind::Prefab:
        import.profile.name = u"Prefabs"_s;
        if (const QString token = in.take({"X_INTERNAL_TOKEN"_L1}); !token.isEmpty()) {
            import.profile.auth.kind = Auth::Kind::Internal;
            import.secrets.insert(Secret::Token, token);
        }
        break;
    case Kind::Aun:
    case Kind::S3:
        break;
    }
    if (import.used.isEmpty())
        return fail(Error::Kind::NotFound, u"none of the variables that SDKs read is set"_s);
    return import;
}

} // namespace core::profiles
