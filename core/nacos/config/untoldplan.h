// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/guard/plan.h"

namespace core::nacos {

class Registries;

/// Executor::complete() for configurations. Taking back: after our own change the newest row of the history holds the state before it, so
/// what was not known when it was made is known now. Other plans (files): what was neither before nor after is what it is on the server.
Reply<guard::Plan> *completeUntold(Registries &registries, const guard::Plan &plan);

} // namespace core::nacos
