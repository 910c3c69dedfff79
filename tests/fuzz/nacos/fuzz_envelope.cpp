// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/historystates.h"
#include "core/nacos/session/authenticator.h"
#include "core/nacos/session/envelope.h"
#include "core/nacos/session/probe.h"
#include "core/nacos/wire/jsoncursor.h"

#include <cstdio>
#include <cstdlib>
#include <QJsonDocument>
#include <QJsonObject>

using namespace core;
using namespace core::nacos;

namespace {

void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

template <class T>
void check(const Result<T> &result)
{
    if (!result)
        require(!result.error().message.isEmpty() && result.error().message.size() < 2000, "an error has a text of decent length");
}

/// The lean reader takes what Qt's takes, and finds the same content.
void leanJson(const QByteArray &body)
{
    wire::JsonCursor in(body);
    std::optional<QByteArray> content;
    int members = 0;
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        ++members;
        if (in.name() == "content")
            content = in.string();
        else
            in.skip();
    }
    const bool fine = in.finished();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error == QJsonParseError::NoError && document.isObject() && !body.startsWith("\xef\xbb\xbf")) {
        const QJsonValue expected = document.object().value(QLatin1String("content"));
        // Qt takes escapes that there are not, such as \2.
        require(fine || expected.isObject() || expected.isArray() || body.contains('\\'), "what Qt reads is read");
        if (fine && content && expected.isString() && members == document.object().size())
            require(QString::fromUtf8("x" + *content) == QLatin1Char('x') + expected.toString() || body.contains("\\ud") ||
                        body.contains("\\uD"),
                    "the same content");
    }
    // Every other way through it ends, too.
    wire::JsonCursor array(body);
    for (bool more = array.beginArray(); more; more = array.nextElement())
        std::ignore = array.integer();
    wire::JsonCursor one(body);
    std::ignore = one.isNull();
    std::ignore = one.boolean();
}

void decode(Dialect dialect, const QJsonValue &data, const QByteArray &body)
{
    const ConfigKey key{QStringLiteral("public"), QStringLiteral("G"), QStringLiteral("d")};
    const auto page = decodeConfigPage(dialect, data, body, key.namespaceId);
    check(page);
    if (page && dialect == Dialect::V1)
        require(page->contents.size() == page->items.size(), "a content beside each item");
    const auto detail = decodeConfigDetail(dialect, data, body, key);
    check(detail);
    if (detail && *detail)
        require((*detail)->key == key && !(*detail)->md5.isEmpty(), "a detail is about what was asked for");
    const auto history = decodeHistoryPage(dialect, data);
    check(history);
    if (history) {
        const auto states = statesOf(history->rows, LiveFacts{"m", 1, {}, {}, {}, {}});
        require(!states.isEmpty(), "what is live is a state");
        int current = 0;
        for (const ConfigRevision &state : states) {
            current += state.current;
            require(RevisionId::parse(state.id).has_value() || state.id.startsWith(QLatin1String("h:")), "its id can be asked for");
        }
        require(current == 1, "one state is the present one");
        statesOf(history->rows, std::nullopt);
    }
    check(decodeHistoryDetail(dialect, data, body));
    const auto listeners = decodeListeners(data);
    check(listeners);
    if (listeners)
        for (const auto &[name, md5] : *listeners)
            check(keyOfGroupKey(name));
    programsOf(data);
    check(decodeNamespaces(data));
    check(decodeNamespace(data.toObject()));
    Capabilities facts;
    readServerState(data.toObject(), facts);
    decodeCapabilities(data.toObject());
}

} // namespace

/// What comes over HTTP from the admin, console and v1 interfaces and from logins; the first byte chooses the status.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    if (size == 0)
        return 0;
    constexpr int Statuses[] = {200, 200, 200, 200, 400, 401, 403, 404, 409, 410, 429, 500, 501, 502, 503, 302, 100, 999};
    const int status = Statuses[data[0] % std::size(Statuses)];
    const QByteArray body(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    for (const Envelope envelope : {Envelope::Result, Envelope::Flat, Envelope::Raw}) {
        const auto opened = openEnvelope({status, body, body.left(100), {}}, envelope);
        check(opened);
        require(opened || status != 200 || envelope != Envelope::Raw, "raw is never looked at");
        if (opened) {
            decode(Dialect::V3, *opened, body);
            decode(Dialect::V1, *opened, body);
        }
    }
    leanJson(body);
    const auto login = decodeLogin(body);
    if (login)
        require(!login->token.isEmpty() && !login->token.contains('\n') && !login->token.contains('\r'), "a token fits into a header");
    consolePortOf(body);
    std::ignore = kindOfRefusal(QString::fromUtf8(body.left(500)));
    return 0;
}
