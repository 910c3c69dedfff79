// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace core {

/// About how many bytes an item holds while it waits for whoever takes it, for limits on what may wait. A type whose members hold much
/// says so itself: `qsizetype weight() const`. Texts and lists of plain values are counted by their size; everything else as the struct
/// it is.
template <class T>
qsizetype weightOf(const T &item)
{
    if constexpr (requires { item.weight(); })
        return qsizetype(sizeof(T)) + qsizetype(item.weight());
    else if constexpr (requires { sizeof(typename T::value_type) + item.size(); })
        return qsizetype(sizeof(T)) + qsizetype(item.size()) * qsizetype(sizeof(typename T::value_type));
    else
        return qsizetype(sizeof(T));
}

} // namespace core
