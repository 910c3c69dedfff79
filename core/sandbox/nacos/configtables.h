// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/database.h"
#include "core/sandbox/nacos/config.h"

#include <optional>

namespace core::sandbox::nacos {

/// The tables of configurations and their history, with the statements that write them prepared once. Used in one thread.
class ConfigTables {
    Q_DISABLE_COPY_MOVE(ConfigTables)
public:
    ConfigTables() = default;
    static bool create(Database &database);
    static QList<ConfigPtr> readAll(Database &database);
    static qint64 newestNid(Database &database);

    bool write(Database &database, const Config &config);
    bool remove(Database &database, qint64 id);
    bool append(Database &database, const HistoryRow &row);
    bool forgetBefore(Database &database, qint64 time);

private:
    std::optional<Statement> m_write, m_remove, m_append;
};

} // namespace core::sandbox::nacos
