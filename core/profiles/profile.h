// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace core::profiles {

enum class Kind { Nacos, Aun, Storage, S3, Prefab };
enum class Environment { None, Development, Staging, Production };
enum class Protection {
    Normal,  ///< writes as the environment has it (Production: read-only until unlocked)
    ReadOnly ///< no writes at all until unlocked, in any environment
};
enum class Keep {
    Contents, ///< the mirror keeps what was seen
    Facts     ///< names, sizes and hashes only
};

struct Auth {
    enum class Kind { None, Password, AkSk, Token, ApiKey, Jwt, Internal };
    Kind kind = Kind::None;
    QString user;        ///< Password
    QString accessKeyId; ///< AkSk

    friend bool operator==(const Auth &, const Auth &) = default;
};

/// A header sent with every request. The value of a secret one is in the SecretStore (secretKey below), not here.
struct Header {
    enum class Place { File, SecretStore };
    QString name, value;
    Place place = Place::File;

    friend bool operator==(const Header &, const Header &) = default;
};

/// The values of core::net::TlsPolicy but for the passphrase, which is in the SecretStore.
struct Tls {
    enum class Trust { System, CaFile, Fingerprint };
    Trust trust = Trust::System;
    QString caFile;
    QByteArray sha256; ///< 32 bytes; in the file as 64 hexadecimal digits
    QString certFile, keyFile;

    friend bool operator==(const Tls &, const Tls &) = default;
};

/// How connections leave this machine; Ssh: through a jump host, by the system's ssh.
struct Proxy {
    enum class Kind { System, None, Http, Socks5, Ssh };
    Kind kind = Kind::System;
    QString host; ///< Ssh: "[user@]host", or a name of the person's ssh configuration
    int port = 0; ///< Ssh: 0 is what ssh takes

    friend bool operator==(const Proxy &, const Proxy &) = default;
};

/// A connection as the person saved it. A value; the slug never changes and is the profile part of every Address.
struct Profile {
    QString slug, name;
    Kind kind = Kind::Nacos;
    QStringList servers; ///< "http://host:8848", in the order to try; normalised by validate()
    QString consoleUrl;  ///< empty: found by the probe
    int grpcPort = 0;    ///< 0: the HTTP port + 1000
    QString contextPath = QStringLiteral("/nacos");
    Auth auth;
    QList<Header> headers;
    Environment environment = Environment::None;
    Protection protection = Protection::Normal;
    QString colour; ///< "#rrggbb"; empty: the environment's
    Keep keep = Keep::Contents;
    Tls httpTls; ///< used where the server's URL is https
    enum class GrpcTransport { Plain, Tls } grpcTransport = GrpcTransport::Plain;
    Tls grpcTls;
    Proxy proxy;
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(5);
    std::chrono::milliseconds callTimeout = std::chrono::seconds(15);
    QString defaultNamespace = QStringLiteral("public");
    QStringList typedNamespaces; ///< IDs typed by somebody who may not list them
    QJsonObject extra;           ///< members of newer versions, written back as they are

    /// Read-only until unlocked.
    bool isProtected() const { return protection == Protection::ReadOnly || environment == Environment::Production; }
    friend bool operator==(const Profile &, const Profile &) = default;
};

QJsonObject encode(const Profile &profile);
/// Lenient about what is missing, strict about what is there: BadReply with the JSON pointer of the first mistake.
Result<Profile> decodeProfile(const QJsonObject &object);

/// One thing wrong with a profile, at the field with this JSON pointer ("/servers/0", "/auth/user").
struct Problem {
    QString pointer, message;
    friend bool operator==(const Problem &, const Problem &) = default;
};
/// Everything wrong with it; empty: it can be saved. Messages are English and technical.
QList<Problem> problemsOf(const Profile &profile);
/// The profile with its addresses in their one spelling (scheme and port written out, no trailing slash), or Usage with the first
/// problem ("/servers/0: …").
Result<Profile> validate(const Profile &profile);
/// "host", "host:8848", "https://host/nacos" → URL with scheme and port. Usage: not an address, user or password inside.
Result<QUrl> parseServer(const QString &text);

/// "[user@]host[:port]", "[user@][IPv6]:port" → the values of a proxy of kind Ssh; what is not one stays as it is for problemsOf().
Proxy sshProxy(const QString &text);
/// The same the other way round; of Http and Socks5 "host:port".
QString addressOf(const Proxy &proxy);

/// Which secret of a profile; see secretKey().
enum class Secret { Password, SecretKey, SecurityToken, Token, HttpKeyPassphrase, GrpcKeyPassphrase };
/// `profile/<slug>/password` and so on: the SecretStore's keys.
QString secretKey(const QString &slug, Secret secret);
QString headerSecretKey(const QString &slug, const QString &headerName);
/// Every key this profile may have; for removing it.
QStringList secretKeys(const Profile &profile);
/// Names such as Authorization, X-Api-Key, Cookie: their values go to the SecretStore.
bool isSecretHeader(const QString &name);

/// The words of files and the command line: "nacos", "staging", "aksk", "contents", …
QString toText(Kind kind);
QString toText(Environment environment);
QString toText(Auth::Kind kind);
QString toText(Keep keep);
std::optional<Kind> kindFromText(QStringView text);
std::optional<Environment> environmentFromText(QStringView text);
std::optional<Auth::Kind> authFromText(QStringView text);
std::optional<Keep> keepFromText(QStringView text);

} // namespace core::profiles

Q_DECLARE_METATYPE(core::profiles::Profile)
