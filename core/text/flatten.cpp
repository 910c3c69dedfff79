// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/flatten.h"

#include "core/text/secretrules.h"
#include "core/text/tree.h"

using namespace Qt::StringLiterals;

namespace core::text {

Result<QList<FlatKey>> flatten(Format format, const QByteArray &content)
{
    const Source source(content);
    QList<FlatKey> keys;
    std::optional<SyntaxError> limit;
    const auto error = walkLeaves(format, source, [&](const Leaf &leaf) {
        if (keys.size() >= MaxFlatKeys) {
            limit = SyntaxError{leaf.scalar.begin, u"more than %1 keys"_s.arg(MaxFlatKeys)};
            return false;
        }
        keys.append({leaf.path, QString::fromUtf8(leaf.scalar.text), source.line(leaf.scalar.begin), isSecretLeaf(leaf), leaf.scalar.kind});
        return true;
    });
    if (error || limit)
        return fail(syntaxError(source, error ? *error : *limit));
    return keys;
}

} // namespace core::text
