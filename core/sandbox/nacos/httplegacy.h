// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/nacos/httpapi.h"

namespace core::sandbox::nacos {

// What v1 and v2 share. Private to the HTTP routes.

/// Their names in place of v3's, so that one reader serves all.
HttpParameters renamed(const HttpParameters &parameters);
QJsonObject legacyHistory(const Services &with, const HistoryRow &row);
QJsonObject legacyHistoryDetail(const Services &with, const HistoryRow &row);
QJsonObject legacySpace(const Services &with, const Namespace &space);

} // namespace core::sandbox::nacos
