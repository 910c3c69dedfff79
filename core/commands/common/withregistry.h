// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/common/context.h"
#include "core/commands/common/invocation.h"
#include "core/nacos/registry.h"
#include "core/store/home.h"

namespace core::commands {

/// What a verb that talks to a registry works with.
struct Place {
    nacos::Registry &registry;
    QString profile;     ///< slug
    QString namespaceId; ///< canonical
};

/// What a verb needs of the local folder.
enum class Memory {
    None,  ///< nothing is remembered (but local overrides are honoured where there are any)
    Opened ///< mirror, ledger, overrides
};

/// Opens that connection, closes what an earlier program left open in the ledger of it, and calls `go(nacos::Registry &)`; ends the call
/// with the reason otherwise.
template <class F>
void withConnection(Invocation &call, const profiles::Profile &profile, nacos::Session::Use use, F &&go)
{
    auto *opening = call.context().registry(profile, use);
    call.running(opening);
    opening->then(&call, [&call, go = std::forward<F>(go)](const Result<nacos::Registry *> &registry) mutable {
        if (!registry)
            return call.finish(registry.error());
        auto *settling = call.context().settle((*registry)->profile(), call.output());
        call.running(settling);
        settling->then(&call, [&call, go = std::move(go), registry = *registry](const Result<Done> &settled) mutable {
            settled ? go(*registry) : call.finish(settled.error()); // interrupted, or it is away again
        });
    });
}

/// Opens what is needed and calls `go(Place)`; ends the call with the reason otherwise.
template <class F>
void withRegistry(Invocation &call, nacos::Session::Use use, Memory memory, F &&go)
{
    Context &context = call.context();
    const auto profile = context.profile();
    if (!profile)
        return call.finish(profile.error());
    if (memory == Memory::Opened || store::Home::mayBeUnsettled(context.homePath())) {
        if (const auto home = context.home(); !home)
            return call.finish(home.error());
    }
    withConnection(
        call, *profile, use,
        [go = std::forward<F>(go), namespaceId = context.namespaceId(*profile), slug = profile->slug](nacos::Registry &registry) mutable {
            go(Place{registry, slug, namespaceId});
        });
}

/// Calls `go` but for a namespace of which the server says that there is none: then the call ends with NotFound. An account that may not
/// look is not stopped.
void unlessUnknownNamespace(Invocation &call, const Place &place, std::function<void()> go);

/// The key named by the first argument and --group.
inline nacos::ConfigKey keyOf(const Invocation &call, const Place &place, int argument = 0)
{
    return {place.namespaceId, call.option(QStringLiteral("group"), QStringLiteral("DEFAULT_GROUP")), call.argument(argument)};
}

} // namespace core::commands
