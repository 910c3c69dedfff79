// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/environment.h"

#include <QCoreApplication>

namespace ui::workbench {

Environment environmentOf(core::profiles::Environment environment)
{
    switch (environment) {
    case core::profiles::Environment::None:
        return Environment::None;
    case core::profiles::Environment::Development:
        return Environment::Development;
    case core::profiles::Environment::Staging:
        return Environment::Staging;
    case core::profiles::Environment::Production:
        return Environment::Production;
    }
    return Environment::None;
}

Environment environmentOf(const std::optional<core::profiles::Profile> &profile)
{
    return profile ? environmentOf(profile->environment) : Environment::None;
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::None:
        return {};
    case Environment::Development:
        return QCoreApplication::translate("Environment", "DEVELOPMENT", "badge of a connection");
    case Environment::Staging:
        return QCoreApplication::translate("Environment", "STAGING", "badge of a connection");
    case Environment::Production:
        return QCoreApplication::translate("Environment", "PRODUCTION", "badge of a connection");
    }
    return {};
}

QColor connectionColor(const std::optional<core::profiles::Profile> &profile)
{
    if (profile && !profile->colour.isEmpty()) {
        const QColor own(profile->colour);
        if (own.isValid())
            return own;
    }
    const Environment environment = environmentOf(profile);
    return environment == Environment::None ? Theme::color(Token::Accent) : Theme::color(environment);
}

} // namespace ui::workbench
