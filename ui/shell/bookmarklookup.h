// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/bookmarks.h"
#include "ui/workbench/lookup.h"

namespace ui::shell {

/// Bookmarks in the palette, with `*`.
class BookmarkLookup final : public workbench::Lookup {
public:
    BookmarkLookup(workbench::Workbench &workbench, Bookmarks &bookmarks)
        : m_workbench(workbench)
        , m_bookmarks(bookmarks)
    {
    }
    QChar prefix() const override { return u'*'; }
    QString name() const override;
    core::Reply<QList<workbench::LookupHit>> *find(const workbench::LookupQuery &query) override;

private:
    workbench::Workbench &m_workbench;
    Bookmarks &m_bookmarks;
};

} // namespace ui::shell
