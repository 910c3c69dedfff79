// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/message.h"

class Payload;

namespace core::nacos::wire {

/// Between Message and the generated class, for the .cpp files that talk gRPC (they include nacos_grpc_service.pb.h themselves and link
/// core_nacos_proto). Thread-safe.
void toPayload(const Message &message, ::Payload *payload);
/// Never fails: what is absent becomes empty. Callers refuse an empty type.
Message fromPayload(const ::Payload &payload);

} // namespace core::nacos::wire
