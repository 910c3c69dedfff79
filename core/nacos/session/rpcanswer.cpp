// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/rpcanswer.h"

#include "core/base/transient.h"
#include "core/nacos/session/envelope.h"
#include "core/nacos/wire/jsoncursor.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

Error rpcError(const wire::ResponseHead &head)
{
    using Kind = Error::Kind;
    namespace code = wire::code;
    const int number = head.errorCode != 0 ? head.errorCode : head.resultCode;
    const auto error = [&](Kind kind) {
        const QString said = serverWords(head.message);
        return Error{kind, said.isEmpty() ? u"the registry answered with code %1"_s.arg(number) : said, number, isTransient(kind)};
    };
    switch (number) {
    case code::ServerNotReady:
    case code::Unregistered:
        return error(Kind::Network);
    case code::NoHandler:
    case 501:
        return error(Kind::Unsupported);
    case code::NoRight:
        return error(kindOfRefusal(head.message));
    case code::NotFound:
        return error(Kind::NotFound);
    case code::Conflict:
    case 20005:
        return error(Kind::Conflict);
    case code::OverThreshold:
        return error(Kind::RateLimited);
    case code::FuzzyTooManyPatterns:
    case code::FuzzyTooManyMatches:
        return error(Kind::Unsupported);
    default:
        return error(Kind::Rejected);
    }
}

Result<wire::ResponseHead> readHead(const QByteArray &body)
{
    wire::ResponseHead head;
    head.resultCode = wire::code::Failed;
    wire::JsonCursor in(body);
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        if (in.name() == "resultCode")
            head.resultCode = int(in.integer(wire::code::Failed));
        else if (in.name() == "errorCode")
            head.errorCode = int(in.integer());
        else if (in.name() == "message")
            head.message = QString::fromUtf8(in.string());
        else if (in.name() == "requestId")
            head.requestId = QString::fromUtf8(in.string());
        else
            in.skip();
    }
    if (!in.finished())
        return fail(Error::Kind::BadReply, u"the registry's answer is not a JSON object"_s);
    return head;
}

} // namespace core::nacos
