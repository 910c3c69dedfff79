// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/tlspolicy.h"

#include <QSslConfiguration>
#include <QSslError>

namespace core::net {

/// Private to core/net: a TlsPolicy as Qt takes it. Usage when a file cannot be read or used.
Result<QSslConfiguration> sslConfiguration(const TlsPolicy &policy);
/// The same on one of the threads where there are files to read and threads to do it; settled at once otherwise.
Reply<QSslConfiguration> *sslConfiguration(const TlsPolicy &policy, Workers *workers, QObject *parent);
/// Whether the handshake may go on although Qt found `errors`: only ever with a pinned certificate, and only when this is it.
bool isAccepted(const TlsPolicy &policy, const QSslCertificate &presented, const QList<QSslError> &errors);
CertificateFacts factsOf(const QSslCertificate &certificate);

/// The files of a policy for gRPC: PEM texts, the key without its passphrase.
struct PemFiles {
    QByteArray roots, certificateChain, key;
};
Result<PemFiles> readPemFiles(const TlsPolicy &policy);

} // namespace core::net
