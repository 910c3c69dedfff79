// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <QMetaEnum>

namespace core {

QString Error::kindName() const
{
    return QString::fromLatin1(QMetaEnum::fromType<Kind>().valueToKey(static_cast<int>(kind)));
}

} // namespace core
