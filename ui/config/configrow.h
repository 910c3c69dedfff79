// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "ui/models/recordmodel.h"

namespace ui::config {

/// One row of the configs page: what the server's list says, completed from the mirror and the details read since.
struct ConfigRow {
    core::nacos::ConfigSummary summary;
    enum class Source { Live, Mirror };
    Source source = Source::Live;
    bool hasDraft = false;
    bool overridden = false;
    int listeners = -1; ///< applications; -1: not asked, or cannot be told
    friend bool operator==(const ConfigRow &, const ConfigRow &) = default;
};

using ConfigModel = RecordModel<ConfigRow>;

/// Group and data ID of a row; a list shows one namespace.
QString rowId(const core::nacos::ConfigKey &key);
core::nacos::ConfigKey keyOfRow(const QString &rowId, const QString &namespaceId);
/// The columns of the list, translated now.
QList<RecordColumn<ConfigRow>> configColumns();

} // namespace ui::config
