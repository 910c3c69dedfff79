// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/log.h"
#include "core/base/result.h"
#include "ui/workbench/workbench.h"

#include <memory>

namespace app {

/// Everything of core the window needs, made in the order of dependence and destroyed in the reverse one. Making it opens no database and
/// asks no keychain: that begins when somebody needs it.
class Composition final {
    Q_DISABLE_COPY_MOVE(Composition)
public:
    /// `home`: resolved. Usage: it is not a folder.
    static core::Result<std::unique_ptr<Composition>> make(const QString &home, core::LogSink &log);
    ~Composition();

    ui::workbench::Services &services();
    /// Before the event loop ends for good: closes connections and gRPC, writes what waits.
    void shutDown();

private:
    Composition();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace app
