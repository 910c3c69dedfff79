// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/workers.h"
#include "core/guard/plan.h"

namespace core::guard {

/// Plan files on disk, read and written on one of the threads: plans hold contents, and files may lie where it takes its time.
/// Errors: those of Plan::fromFile(); BadReply, it is larger than 256 MiB; Internal, the disk's.
Reply<Plan> *readPlanFile(const QString &name, Workers &workers, QObject *parent);
/// For its owner only (0600): contents may be secret. Errors: those of Plan::toFile(); Internal, the disk's; what was there stays then.
Reply<Done> *writePlanFile(const Plan &plan, const QString &name, Workers &workers, QObject *parent);

} // namespace core::guard
