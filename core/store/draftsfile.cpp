// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/draftsfile.h"

#include "core/store/salvage.h"

using namespace Qt::StringLiterals;

namespace core::store {

std::shared_ptr<Database> draftsDatabase(Home &home)
{
    DatabaseSpec spec;
    spec.file = u"drafts.db"_s;
    spec.sync = DatabaseSpec::Sync::Full;
    // Contents are compressed; times are milliseconds since 1970 UTC.
    spec.migrations = {
        {
            u"CREATE TABLE draft (address TEXT PRIMARY KEY, content BLOB NOT NULL, size INTEGER NOT NULL, attributes TEXT NOT NULL, "
            "saved_at INTEGER)"_s,
            u"CREATE TABLE base (address TEXT PRIMARY KEY, md5 BLOB NOT NULL, content BLOB NOT NULL)"_s,
            u"CREATE TABLE override (address TEXT PRIMARY KEY, content BLOB NOT NULL, type TEXT NOT NULL, set_at INTEGER)"_s,
        },
        {u"ALTER TABLE base ADD COLUMN attributes TEXT"_s}, // NULL: not known
    };
    spec.salvage = [](Connection &damaged, Connection &fresh) {
        Salvage sum;
        for (const QString &table : {u"draft"_s, u"base"_s, u"override"_s})
            sum += salvageTable(damaged, fresh, table);
        return sum;
    };
    return sharedDatabase(home, spec);
}

} // namespace core::store
