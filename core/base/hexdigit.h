// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core {

/// The value of a hexadecimal digit in either case; -1: it is none. For parsers that may not meet a locale.
constexpr int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace core
