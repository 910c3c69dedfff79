// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/listround.h"

#include <algorithm>

namespace core::nacos {

namespace {

constexpr int MostChecked = 20;

} // namespace

void ListRound::counted(qint64 now)
{
    grew |= total >= 0 && now > total;
    fell |= total >= 0 && now < total;
    total = now;
}

ListRound::Verdict ListRound::verdict() const
{
    if (cut || distinct < total)
        return Verdict::Moved;
    if (!grew && !fell && rows == distinct && distinct == total)
        return Verdict::Steady;
    // As many as there are, but some of them may be gone by now. No more new ones than the server counts beside those of the rounds
    // before: none of these has passed over one.
    return number > 1 && fresh <= std::max<qint64>(0, total - before) ? Verdict::Everything : Verdict::Moved;
}

bool ListRound::isStuckAfter(const ListRound &former) const
{
    return fresh == 0 && !grew && !fell && total == former.total && distinct == former.distinct && !former.grew && !former.fell;
}

QList<int> ListRound::pagesToCheck() const
{
    QList<int> all = pages.keys();
    std::sort(all.begin(), all.end());
    if (all.size() < 2)
        return {};
    const qsizetype step = std::max<qsizetype>(1, (all.size() + MostChecked - 1) / MostChecked);
    QList<int> some;
    for (qsizetype i = 0; i < all.size(); i += step)
        some.append(all.at(i));
    if (some.last() != all.last())
        some.append(all.last());
    return some;
}

} // namespace core::nacos
