// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/httpparser.h"

#include <cstdio>
#include <cstdlib>

using namespace core::sandbox;

namespace {

constexpr HttpLimits Small{.headerBytes = 512, .headerCount = 8, .bodyBytes = 256};

void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

struct Heard {
    QList<HttpRequest> requests;
    HttpParser::State end = HttpParser::State::NeedMore;
};

Heard hear(QByteArrayView bytes, qsizetype step)
{
    Heard heard;
    HttpParser parser(Small);
    for (qsizetype at = 0; at < bytes.size() && heard.end != HttpParser::State::Failed; at += step) {
        heard.end = parser.feed(bytes.sliced(at, std::min(step, bytes.size() - at)));
        while (heard.end == HttpParser::State::Complete) {
            heard.requests.append(parser.take());
            heard.end = parser.feed({});
        }
    }
    if (heard.end == HttpParser::State::Failed)
        require(parser.status() >= 400 && parser.status() < 600 && !parser.reason().isEmpty(), "a refusal has a status and a reason");
    return heard;
}

bool isSame(const HttpRequest &a, const HttpRequest &b)
{
    return a.method == b.method && a.target == b.target && a.path == b.path && a.query == b.query && a.headers == b.headers &&
        a.body == b.body && a.minorVersion == b.minorVersion;
}

} // namespace

/// What is understood does not depend on where the stream is split (the first byte chooses the step), and keeps to the limits.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    const Heard whole = hear(bytes, std::max<qsizetype>(1, bytes.size())), parts = hear(bytes, 1 + data[0] % 7);
    require(whole.end == parts.end, "the same end");
    require(whole.requests.size() == parts.requests.size(), "as many requests");
    for (qsizetype i = 0; i < whole.requests.size(); ++i) {
        const HttpRequest &request = whole.requests.at(i);
        require(isSame(request, parts.requests.at(i)), "the same request");
        require(request.headers.size() <= Small.headerCount && request.body.size() <= Small.bodyBytes, "within the limits");
        request.parameters();
        request.contentType();
        request.keepsAlive();
    }
    return 0;
}
