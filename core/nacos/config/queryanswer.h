// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "core/nacos/wire/message.h"

namespace core::nacos {

/// Reads a ConfigQueryResponse without building a tree of it: the hot path of get and watch, called on gRPC threads. nullopt: there is no
/// such configuration. Conflict (retryable): somebody is just writing it. Otherwise as rpcError().
Result<std::optional<ConfigContent>> openQueryAnswer(Result<wire::Message> &&message);

} // namespace core::nacos
