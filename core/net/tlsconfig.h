// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/tlsfiles.h"

#include <QSslConfiguration>
#include <QSslError>

namespace core::net {

/// Private to core/net: a TlsPolicy as Qt takes it. Usage when a key cannot be used.
Result<QSslConfiguration> sslConfiguration(const TlsFiles &files);
/// Whether the handshake may go on although Qt found `errors`: only ever with a pinned certificate, and only when this is it.
bool isAccepted(const TlsPolicy &policy, const QSslCertificate &presented, const QList<QSslError> &errors);
CertificateFacts factsOf(const QSslCertificate &certificate);

} // namespace core::net
