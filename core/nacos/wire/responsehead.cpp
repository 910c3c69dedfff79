// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/responsehead.h"

using namespace Qt::StringLiterals;

namespace core::nacos::wire {

void ResponseHead::write(JsonBody &body) const
{
    body.integer("resultCode", resultCode).integer("errorCode", errorCode);
    body.optionalText("message", message).optionalText("requestId", requestId);
    body.boolean("success", isSuccess());
}

ResponseHead ResponseHead::read(JsonReader &in)
{
    ResponseHead head;
    head.resultCode = int(in.integer("resultCode"_L1, code::Failed));
    head.errorCode = int(in.integer("errorCode"_L1, 0));
    head.message = in.string("message"_L1, {});
    head.requestId = in.string("requestId"_L1, {});
    return head;
}

} // namespace core::nacos::wire
