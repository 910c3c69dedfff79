// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/grpc/lockchecks.h"

#include <absl/synchronization/mutex.h>

namespace core::net {

void leaveOutLockChecks()
{
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
}

} // namespace core::net
