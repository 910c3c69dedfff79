// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui::connection {

/// What the doctor says (core says it in English) in the person's language; what is not known here, such as a server's own words, stays
/// as it is.
QString doctorText(const QString &english);

} // namespace ui::connection
