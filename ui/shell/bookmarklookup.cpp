// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bookmarklookup.h"

#include "ui/shell/bookmarkspage.h"
#include "ui/shell/palette.h"
#include "ui/workbench/subjecttext.h"
#include "ui/workbench/workbench.h"

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::LookupHit;
using workbench::LookupQuery;

QString BookmarkLookup::name() const
{
    return BookmarksPage::tr("bookmarks");
}

core::Reply<QList<LookupHit>> *BookmarkLookup::find(const LookupQuery &query)
{
    QList<LookupHit> hits;
    const QList<Bookmark> all = m_bookmarks.all();
    for (const Bookmark &one : all) {
        if (query.scope == LookupQuery::Scope::Connection && one.address.profile() != query.subject.profile)
            continue;
        const QString title = titleOf(one, m_workbench.pages());
        const auto match = fuzzyMatch(title, query.text);
        if (!match || hits.size() >= query.limit)
            continue;
        const auto page = pageOf(one.address);
        const QString path = m_workbench.pathText(page ? page->subject : workbench::subjectOf(one.address));
        hits.append({one.address, title, path.isEmpty() ? BookmarksPage::tr("Bookmark") : BookmarksPage::tr("Bookmark · %1").arg(path),
                     Icon::Bookmark, match->first});
    }
    return core::Reply<QList<LookupHit>>::settled(hits);
}

} // namespace ui::shell
