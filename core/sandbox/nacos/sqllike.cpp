// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/sqllike.h"

namespace core::sandbox::nacos {

QString starsToPercent(QString pattern)
{
    return pattern.replace(u'*', u'%');
}

bool sqlLike(const QString &pattern, QStringView text)
{
    // `%literal%` over long contents is the common case and deserves the fast search.
    if (pattern.size() >= 2 && pattern.startsWith(u'%') && pattern.endsWith(u'%')) {
        const QStringView inner = QStringView(pattern).mid(1, pattern.size() - 2);
        if (!inner.contains(u'%') && !inner.contains(u'_'))
            return text.contains(inner);
    }
    // Greedy with one point to come back to: enough for patterns without nesting.
    qsizetype p = 0, t = 0, star = -1, mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern.at(p) == u'%') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && (pattern.at(p) == u'_' || pattern.at(p) == text.at(t))) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern.at(p) == u'%')
        ++p;
    return p == pattern.size();
}

} // namespace core::sandbox::nacos
