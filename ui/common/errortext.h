// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/common/theme.h"

namespace ui {

/// An Error in words for people. `sentence` says what happened, `remedy` what to do; `details` is the technical message with the kind
/// and the server's code, for a Details button or the clipboard.
struct ErrorText {
    QString sentence;
    QString remedy;
    QString details;
    StateColor state = StateColor::Error;
    Icon icon = Icon::Error;
    /// Sentence and remedy, for a bar.
    QString both() const;
};

/// `what` is what failed, for example tr("Cannot load the configurations"), without a full stop; empty: the kind alone speaks.
ErrorText errorText(const core::Error &error, const QString &what = {});

} // namespace ui
