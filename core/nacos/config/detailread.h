// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "core/nacos/session/sessionprivate.h"

namespace core::nacos {

/// The live configuration by HTTP; what getLive() does.
Reply<std::optional<ConfigDetail>> *readDetail(Session::Private &session, const ConfigKey &key, QObject *parent);

} // namespace core::nacos
