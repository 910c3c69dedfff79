// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <memory>

namespace core::sandbox {

/// Writes every Qt message of the process, redacted and with the time, to a private file while it lives; warnings go to standard
/// error as well. Without a file only the warnings.
class LogFile {
    Q_DISABLE_COPY_MOVE(LogFile)
public:
    LogFile();
    ~LogFile();
    Result<Done> open(const QString &file);

    struct Private;

private:
    std::unique_ptr<Private> m_d;
};

} // namespace core::sandbox
