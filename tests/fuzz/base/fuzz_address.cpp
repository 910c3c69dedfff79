// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/address.h"
#include "core/base/redactor.h"

#include <cstdlib>

/// Whatever parses is spelled in one way, and that spelling parses to the same.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto address = core::Address::parse(text)) {
        const auto again = core::Address::parse(address->toString());
        if (!again || !(*again == *address) || again->toString() != address->toString())
            std::abort();
        const auto built = core::Address::build(address->profile(), address->space(), address->kind(), address->path());
        if (!built || built->local() != address->local())
            std::abort();
    }
    if (core::Address::slug(text).isEmpty() || core::Address::slug(text).size() > 40)
        std::abort();
    std::ignore = core::Redactor::redact(text);
    return 0;
}
