// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/fromenvironment.h"

#include <cstdio>
#include <cstdlib>

using namespace core::profiles;

namespace {

void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Everything of the profile that is shown, logged or saved.
QString shown(const EnvironmentImport &import)
{
    return import.used.join(QLatin1Char(' ')) + import.notes.join(QLatin1Char(' ')) + import.profile.servers.join(QLatin1Char(' '));
}

} // namespace

/// Lines of NAME=value. Whatever SDKs' variables say: addresses are such as the rest of the program takes, and have one spelling; secrets
/// are in the secrets and nowhere else.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    // Nothing of it is found in the names of the variables or in an address by chance.
    static const QString Marked = QStringLiteral("~Zq7~geheim~");
    QProcessEnvironment environment;
    const QList<QByteArray> lines = QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)).split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype end = line.indexOf('=');
        const QString name = QString::fromLatin1(line.left(end));
        if (end <= 0 || name.contains(QChar(0)))
            continue;
        const bool secret = name.contains(QLatin1StringView("PASS")) || name.contains(QLatin1StringView("SECRET")) ||
            name.contains(QLatin1StringView("TOKEN"));
        environment.insert(name, secret ? Marked : QString::fromUtf8(line.mid(end + 1)));
    }
    for (const Kind kind : {Kind::Nacos, Kind::Storage, Kind::Prefab, Kind::Aun, Kind::S3}) {
        const auto import = profileFromEnvironment(environment, kind);
        if (!import) {
            require(import.error().kind == core::Error::Kind::NotFound || import.error().kind == core::Error::Kind::Usage,
                    "the kind of error");
            require(!import.error().message.contains(Marked), "an error repeats no secret");
            continue;
        }
        require(!import->used.isEmpty(), "what was read is said");
        for (const QString &name : import->used)
            require(environment.contains(name), "only what is set is said");
        for (const QString &secret : import->secrets)
            require(secret == Marked, "a secret is one");
        require(!shown(*import).contains(Marked), "no secret is shown");
        if (kind != Kind::Nacos)
            continue;
        for (const QString &server : import->profile.servers) {
            const auto again = parseServer(server);
            require(again && again->toString(QUrl::FullyEncoded) == server, "an address has one spelling");
        }
        const auto saved = encode(import->profile);
        require(decodeProfile(saved).has_value(), "what was read can be saved");
    }
    return 0;
}
