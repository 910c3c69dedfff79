// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testmain.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QTest>

namespace tests {

/// Style and palette once for all classes of the program.
inline void ensureTheme()
{
    static const bool done = [] {
        ui::Theme::install(*qApp, ui::Appearance::Light);
        return true;
    }();
    Q_UNUSED(done)
}

/// A Qt warning is a failure, but for what the offscreen platform says of every window with a minimum size, of every popup and of
/// every tooltip: it has no window manager to ask.
inline void strict()
{
    QTest::failOnWarning(QRegularExpression(
        QStringLiteral("^(?!This plugin does not support (propagateSizeHints\\(\\)|raise\\(\\)|grabbing the keyboard)$)")));
}

} // namespace tests
