// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QNetworkReply>

namespace core::net {

/// Private to core/net. The one mapping of what QNetworkAccessManager reports to an Error; nullopt: an HTTP answer came, whatever its
/// status. `place` (method, host, path) begins the message.
std::optional<Error> httpError(const QNetworkReply &reply, const QString &place);

} // namespace core::net
