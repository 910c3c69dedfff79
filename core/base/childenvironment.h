// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>

namespace core {

/// For a program that this one starts: without what is meant for us or for a registry, passwords above all. Whatever
/// runs as the same user can read a program's environment as long as it lives.
inline QProcessEnvironment childEnvironment()
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const QString &name : all.keys()) {
        if (name.startsWith(QLatin1StringView("SIGNALBOX_")) || name.startsWith(QLatin1StringView("NACOS_")))
            all.remove(name);
    }
    return all;
}

} // namespace core
