// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/text/format.h"

#include <QList>

namespace core::text {

struct FlatKey {
    /// What the format takes the value for, so that 1 and "1" differ.
    enum class Kind { String, Number, Bool, Null, Date, Empty };
    QString path;        ///< `a.b[0].c`; keys are joined as written, a dot inside a key included (Spring reads both alike)
    QString value;       ///< unescaped; numbers as written; `{}` or `[]` for Empty
    int line = 0;        ///< where the value begins
    bool secret = false; ///< the value must be masked before it is shown, logged or indexed
    Kind kind = Kind::String;
    friend bool operator==(const FlatKey &, const FlatKey &) = default;
};

inline constexpr qsizetype MaxFlatKeys = 200000;

/// The leaves in order of appearance, duplicates included; several documents of one YAML stream are prefixed `(2)`, `(3)`… from the second
/// on. YAML aliases stand for themselves (`*name`) and are not expanded. XML: element paths, the second
/// sibling of a name is `a.b[2]`, attributes are `a.b@name`. Text and Html have no keys.
/// Error: Usage with line and column when the content does not parse or passes a limit.
Result<QList<FlatKey>> flatten(Format format, const QByteArray &content);

} // namespace core::text
