// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/canonicaljson.h"
#include "core/base/jsonreader.h"
#include "core/net/httpclient.h"
#include "core/profiles/profile.h"

#include <cstdlib>

using namespace core::profiles;

/// A profile that was read is written back the same, and one that is valid stays valid; addresses have one spelling.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto object = core::JsonReader::parseObject(bytes)) {
        if (const auto profile = decodeProfile(*object)) {
            const auto again = decodeProfile(encode(*profile));
            // Not by ==: QJsonObject's order of unknown members depends on how it was made.
            if (!again || core::canonicalJson(encode(*again)) != core::canonicalJson(encode(*profile)))
                std::abort();
            if (const auto valid = validate(*profile)) {
                const auto twice = validate(*valid);
                if (!twice || core::canonicalJson(encode(*twice)) != core::canonicalJson(encode(*valid)))
                    std::abort();
            } else if (problemsOf(*profile).isEmpty()) {
                std::abort();
            }
        }
    }
    const QString text = QString::fromUtf8(bytes);
    if (const auto server = parseServer(text)) {
        const auto again = parseServer(server->toString(QUrl::FullyEncoded));
        if (!again || *again != *server || !server->userInfo().isEmpty() || server->port() <= 0)
            std::abort();
        std::ignore = core::net::makeUrl(*server, text, {{text, text}});
    }
    std::ignore = core::net::parseFingerprint(text);
    std::ignore = isSecretHeader(text);
    return 0;
}
