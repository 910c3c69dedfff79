// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/unlocks.h"

#include <cstdlib>

using core::guard::Unlock;

/// Whatever is in the file of an unlock: it opens nothing for more than a day, and nothing outside of what it says.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    const auto unlock = Unlock::fromFile(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    if (!unlock)
        return 0;
    if (!unlock->since.isValid() || !unlock->until.isValid())
        std::abort();
    if (unlock->isOpenAt(unlock->since.addMSecs(-1)) || unlock->isOpenAt(unlock->until) ||
        unlock->isOpenAt(unlock->since.addDays(1).addSecs(1)))
        std::abort();
    return 0;
}
