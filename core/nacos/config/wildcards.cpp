// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/wildcards.h"

namespace core::nacos {

bool wildcardMatches(QStringView pattern, QStringView name)
{
    if (pattern.isEmpty())
        return true;
    qsizetype p = 0, n = 0, star = -1, mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern.at(p) == u'*') {
            star = p++;
            mark = n;
        } else if (p < pattern.size() && pattern.at(p) == name.at(n)) {
            ++p;
            ++n;
        } else if (star >= 0) {
            // Let the last star take one more.
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern.at(p) == u'*')
        ++p;
    return p == pattern.size();
}

} // namespace core::nacos
