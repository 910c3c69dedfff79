// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>

namespace core {

/// The one spelling of a JSON value for hashing: members sorted by UTF-16 code unit, no white space, shortest number form, `/` not
/// escaped. Equal values give equal bytes on every machine.
QByteArray canonicalJson(const QJsonValue &value);

} // namespace core
