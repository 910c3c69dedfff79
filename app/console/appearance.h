// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/options.h"
#include "core/base/log.h"

class QApplication;

namespace core::profiles {
class Settings;
}

namespace app {

/// What must be in the environment before there is a QApplication: the scale, the platform of a tour without display.
void prepareEnvironment(const Options &options, const QString &home);
/// Style, palette, fonts, motion, by the settings and by what the command line says for this run.
void applyAppearance(QApplication &application, const Options &options, const core::profiles::Settings &settings);

/// What the platform plugin says about itself, of windows it cannot raise or size: nobody can do anything about it. Never anything of ours.
bool isPlatformNoise(const core::LogLine &line);

} // namespace app
