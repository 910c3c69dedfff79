// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/workers.h"
#include "core/net/proxypolicy.h"

#include <chrono>
#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace core::net {

/// Whom to believe on a TLS connection, and who we say we are. A value; HTTP and gRPC connections of one profile have one each.
struct TlsPolicy {
    enum class Trust {
        System,     ///< the system's certificate authorities
        CaFile,     ///< only the authorities in `caFile` (PEM, one or more)
        Fingerprint ///< only a server certificate whose SHA-256 is `sha256`, whoever signed it and whatever names it has
    };
    Trust trust = Trust::System;
    QString caFile;
    QByteArray sha256;         ///< 32 bytes, over the certificate's DER form
    QString certFile, keyFile; ///< client certificate (PEM, with its chain) and its key (PEM); empty: none
    QString keyPassphrase;     ///< of keyFile; read from the SecretStore by the caller, kept in memory only

    friend bool operator==(const TlsPolicy &, const TlsPolicy &) = default;
};

/// What a server presented in its handshake.
struct CertificateFacts {
    QString subject, issuer; ///< "CN=…, O=…"
    QStringList names;       ///< host names and addresses it is valid for
    QByteArray sha256;       ///< 32 bytes
    QDateTime notBefore, notAfter;
    QStringList problems; ///< why `policy` refuses it, English; empty: it is accepted

    friend bool operator==(const CertificateFacts &, const CertificateFacts &) = default;
};

struct CertificateTarget {
    QString host;
    quint16 port = 0;
    TlsPolicy tls;
    ProxyPolicy proxy;
    std::chrono::milliseconds timeout = std::chrono::seconds(10);
};

/// Shakes hands, looks, sends nothing, hangs up: for "accept this certificate?" and the doctor. A certificate that the policy refuses is
/// a success with `problems`. Errors: Network, Timeout, Tls (no certificate: not TLS, client certificate demanded), Usage (unreadable
/// files, which are read on one of `workers`' threads where there are any; the timeout counts that too).
Reply<CertificateFacts> *inspectCertificate(const CertificateTarget &target, QObject *parent = nullptr, Workers *workers = nullptr);

/// "9F:86:D0:…", the form people compare.
QString fingerprintText(const QByteArray &sha256);
/// Takes 64 hexadecimal digits with or without colons or blanks, in either case; anything else is Usage.
Result<QByteArray> parseFingerprint(QStringView text);
/// Reads the files once, so that mistakes show before the first connection. Usage: missing, not PEM, wrong passphrase, key and
/// certificate that don't belong together.
Result<Done> checkTlsFiles(const TlsPolicy &policy);
/// The same on one of the threads: the files may lie on a disk that takes its time. Timeout: more than 10 s.
Reply<Done> *checkTlsFiles(const TlsPolicy &policy, Workers &workers, QObject *parent);

} // namespace core::net
