// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"

#include <QStringList>

namespace ui::workbench {

/// What a person should know before a plan of `changes` changes is applied, a sentence each, in the program's language. What a note of
/// core says stays as it is.
QStringList concernTexts(const QList<core::guard::Concern> &concerns, int changes);

} // namespace ui::workbench
