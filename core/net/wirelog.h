// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QLoggingCategory>
#include <QString>

namespace core::net {

/// One line for each request and answer, HTTP and gRPC, at debug level: category `signalbox.net.wire`, off until setWireLog(WireLog::On).
/// Redacted before it reaches Qt's logging; contents of configurations and documents are never written, only their size.
Q_DECLARE_LOGGING_CATEGORY(logWire)

/// `--verbose`, and the switch in the log dock.
enum class WireLog { Off, On };
void setWireLog(WireLog state);
inline bool isWireLogOn()
{
    return logWire().isDebugEnabled();
}
/// For protocols on top (gRPC types, WebSocket frames). `arrow`: "->" or "<-".
void wireLog(const char *arrow, const QString &what);

} // namespace core::net
