// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/withregistry.h"

using namespace Qt::StringLiterals;

namespace core::commands {

void unlessUnknownNamespace(Invocation &call, const Place &place, std::function<void()> go)
{
    if (place.namespaceId == "public"_L1)
        return go();
    auto *reply = place.registry.namespaces().get(place.namespaceId);
    call.running(reply);
    reply->then(&call, [&call, id = place.namespaceId, go = std::move(go)](const Result<std::optional<nacos::NamespaceInfo>> &answer) {
        if (!answer && answer.error().kind == Error::Kind::Cancelled)
            return call.finish(answer.error());
        if (answer && !*answer)
            return call.finish(
                Error{Error::Kind::NotFound, u"there is no namespace %1; signalboxctl namespace list shows them"_s.arg(id), 0, false});
        go();
    });
}

} // namespace core::commands
