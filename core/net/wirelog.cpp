// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/wirelog.h"

#include "core/base/redactor.h"

namespace core::net {

Q_LOGGING_CATEGORY(logWire, "signalbox.net.wire", QtInfoMsg)

void setWireLog(WireLog state)
{
    // The category object is the only switch: filter rules of the environment still win when they are changed later.
    const_cast<QLoggingCategory &>(logWire()).setEnabled(QtDebugMsg, state == WireLog::On);
}

void wireLog(const char *arrow, const QString &what)
{
    if (isWireLogOn())
        qCDebug(logWire).noquote() << arrow << Redactor::redact(what);
}

} // namespace core::net
