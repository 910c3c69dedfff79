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
    auto *opening = context.registry(*profile, use);
    call.running(opening);
    opening->then(&call,
                  [&call, go = std::forward<F>(go), namespaceId = context.namespaceId(*profile),
                   slug = profile->slug](const Result<nacos::Registry *> &registry) mutable {
                      if (!registry)
                          return call.finish(registry.error());
                      auto *settling = call.context().settle((*registry)->profile(), call.output());
                      call.running(settling);
                      settling->then(
                          &call,
                          [&call, go = std::move(go), place = Place{**registry, slug, namespaceId}](const Result<Done> &settled) mutable {
                              if (!settled)
                                  return call.finish(settled.error()); // interrupted
                              go(place);
                          });
                  });
}

/// The key named by the first argument and --group.
inline nacos::ConfigKey keyOf(const Invocation &call, const Place &place, int argument = 0)
{
    return {place.namespaceId, call.option(QStringLiteral("group"), QStringLiteral("DEFAULT_GROUP")), call.argument(argument)};
}

} // namespace core::commands
