// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/common/commandline.h"
#include "core/profiles/profile.h"

namespace core::commands {

/// The area `profile`.
void addProfileVerbs(CommandTable &table);
/// test and doctor, in their own file.
void addDoctorVerbs(CommandTable &table);

/// The profile `profile add` describes, not yet checked; secrets are not part of it. Usage names the option.
Result<profiles::Profile> profileFromOptions(const Invocation &call, const QString &name);

} // namespace core::commands
