// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"

namespace core::store {

/// Copies what can be read of a table with row ids from a damaged file, row by row, into the table of the same name and columns; rows that
/// are there already are left alone.
Salvage salvageTable(Connection &damaged, Connection &fresh, const QString &table);

} // namespace core::store
