// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"
#include "core/text/flatten.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace core::text {

Result<QList<KeyChange>> diffKeys(Format format, const QByteArray &before, const QByteArray &after)
{
    auto left = flatten(format, before);
    if (!left)
        return fail(left.error().kind, u"before: %1"_s.arg(left.error().message));
    auto right = flatten(format, after);
    if (!right)
        return fail(right.error().kind, u"after: %1"_s.arg(right.error().message));

    // The n-th of a path on one side is the n-th of it on the other.
    using Id = std::pair<QString, int>;
    const auto idsOf = [](const QList<FlatKey> &keys) {
        QHash<QString, int> seen;
        seen.reserve(keys.size());
        QList<Id> ids;
        ids.reserve(keys.size());
        for (const FlatKey &key : keys)
            ids.append({key.path, seen[key.path]++});
        return ids;
    };
    const QList<Id> leftIds = idsOf(*left), rightIds = idsOf(*right);
    QHash<Id, qsizetype> rightAt, leftAt;
    rightAt.reserve(rightIds.size());
    leftAt.reserve(leftIds.size());
    for (qsizetype i = 0; i < rightIds.size(); ++i)
        rightAt.insert(rightIds[i], i);
    for (qsizetype i = 0; i < leftIds.size(); ++i)
        leftAt.insert(leftIds[i], i);

    QList<KeyChange> changes;
    const auto addedFrom = [&](qsizetype i) {
        for (; i < rightIds.size() && !leftAt.contains(rightIds[i]); ++i) {
            const FlatKey &key = right->at(i);
            changes.append({key.path, {}, key.value, key.secret, 0, key.line});
        }
    };
    addedFrom(0);
    for (qsizetype i = 0; i < leftIds.size(); ++i) {
        const FlatKey &old = left->at(i);
        const auto it = rightAt.constFind(leftIds[i]);
        if (it == rightAt.constEnd()) {
            changes.append({old.path, old.value, {}, old.secret, old.line, 0});
            continue;
        }
        const FlatKey &now = right->at(*it);
        if (old.value != now.value || old.kind != now.kind)
            changes.append({old.path, old.value, now.value, old.secret || now.secret, old.line, now.line});
        addedFrom(*it + 1);
    }
    return changes;
}

} // namespace core::text
