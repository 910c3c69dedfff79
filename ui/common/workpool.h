// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>

namespace ui {

/// Where work that takes longer than a moment is done (QtConcurrent::run(&workPool(), …)): checking and comparing large texts. Never the
/// global pool: Qt paints with its threads, and painting waits until one is free. Belongs to the application. GUI thread.
QThreadPool &workPool();

} // namespace ui
