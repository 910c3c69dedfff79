// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/queryanswer.h"
#include "core/nacos/session/rpcanswer.h"
#include "core/nacos/wire/fuzzymessages.h"
#include "core/nacos/wire/groupkey.h"
#include "core/nacos/wire/internalmessages.h"

#include <cstdio>
#include <cstdlib>

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

/// What was understood is written so that it is understood the same way again.
template <class T>
void comesBack(const QByteArray &body)
{
    const Result<T> once = T::fromBody(body);
    if (!once) {
        require(once.error().kind == Error::Kind::BadReply, "what cannot be read is a bad reply");
        return;
    }
    const QByteArray written = once->toBody();
    const Result<T> twice = T::fromBody(written);
    require(twice.has_value(), "what was written can be read");
    require(twice->toBody() == written, "what was read is written the same way");
}

/// An answer is success or an error with a text, never both and never neither.
template <class T>
void opens(const wire::Message &message)
{
    const Result<T> answer = openAnswer<T>(wire::Message(message));
    if (answer)
        require(answer->head.isSuccess(), "an opened answer is a success");
    else
        require(!answer.error().message.isEmpty() && answer.error().message.size() < 2000, "an error has a text of decent length");
}

} // namespace

/// Bytes from the wire → payload → our struct of every message type, whatever its name says.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    using namespace wire;
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<Message> decoded = decodeMessage(bytes);
    Message message;
    if (decoded) {
        message = *decoded;
        const Result<Message> again = decodeMessage(encodeMessage(message));
        require(again && *again == message, "a message comes back");
    } else {
        // The mutations of JSON are found faster without protobuf round them.
        message = {"ErrorResponse", {}, {}, bytes};
    }
    const QByteArray &body = message.body;
    comesBack<ServerCheckResponse>(body);
    comesBack<ConnectionSetupRequest>(body);
    comesBack<SetupAckRequest>(body);
    comesBack<ClientDetectionRequest>(body);
    comesBack<ConnectResetRequest>(body);
    comesBack<PlainResponse>(body);
    comesBack<ConfigQueryRequest>(body);
    comesBack<ConfigQueryResponse>(body);
    comesBack<ConfigPublishRequest>(body);
    comesBack<ConfigPublishResponse>(body);
    comesBack<ConfigRemoveRequest>(body);
    comesBack<ConfigRemoveResponse>(body);
    comesBack<ConfigBatchListenRequest>(body);
    comesBack<ConfigChangeBatchListenResponse>(body);
    comesBack<ConfigChangeNotifyRequest>(body);
    comesBack<ConfigFuzzyWatchRequest>(body);
    comesBack<ConfigFuzzyWatchResponse>(body);
    comesBack<ConfigFuzzyWatchSyncRequest>(body);
    comesBack<ConfigFuzzyWatchChangeNotifyRequest>(body);
    requestIdOf(body);
    readHead(body);

    for (const char *type : {"ConfigQueryResponse", "ErrorResponse", message.type.constData()}) {
        const Message answer{type, {}, {}, body};
        opens<ServerCheckResponse>(answer);
        opens<ConfigPublishResponse>(answer);
        opens<ConfigChangeBatchListenResponse>(answer);
        const auto content = openQueryAnswer(Message(answer));
        // The fast reader and the plain one agree on what a configuration is.
        const auto plain = ConfigQueryResponse::fromBody(body);
        if (content && *content && plain && plain->head.isSuccess())
            require((*content)->content.isNull() == false, "a found configuration has a content");
        if (content && !*content)
            require(answer.type == ConfigQueryResponse::typeName, "only a query's answer says that there is none");
    }

    const QString text = QString::fromUtf8(body.left(2000));
    if (const auto key = decodeGroupKey(text))
        require(decodeGroupKey(encodeGroupKey(*key)) == *key, "a group key comes back");
    if (const auto pattern = FuzzyPattern::parse(text))
        std::ignore = pattern->matches({text, text, text});
    return 0;
}
