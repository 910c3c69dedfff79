// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/workers.h"
#include "core/net/tlspolicy.h"

#include <chrono>
#include <memory>
#include <QObject>
#include <QPointer>

class QSslCertificate;

namespace core::net {

/// A policy with what was in its files: PEM texts, the key without its passphrase.
struct TlsFiles {
    TlsPolicy policy;
    QByteArray roots, certificateChain, key;
    std::shared_ptr<const QList<QSslCertificate>> authorities; ///< `roots`, parsed; null without a CA file
};

/// At once, in the calling thread. Usage: missing, not a file, not PEM, wrong passphrase, key and certificate that don't belong together.
Result<TlsFiles> readTlsFiles(const TlsPolicy &policy);

/// Reads the files of one policy for every connection that is made: HTTP's and gRPC's alike. On one of `workers`' threads where there are
/// any (they outlive it) and files to read: these may lie on a disk that takes its time. One reading at a time, which all share who ask
/// meanwhile, so that a disk that does not answer holds one thread, however often it is tried again. GUI thread; its end settles
/// what was asked with Cancelled.
class TlsFilesReader final : public QObject {
    Q_OBJECT
public:
    explicit TlsFilesReader(const TlsPolicy &policy, Workers *workers = nullptr, QObject *parent = nullptr);
    ~TlsFilesReader() override;

    const TlsPolicy &policy() const { return m_policy; }
    Workers *workers() const { return m_workers; }
    /// What is in them now. Usage as readTlsFiles(); Timeout: not read within `limit` (0: whoever asks has his own).
    Reply<TlsFiles> *read(std::chrono::milliseconds limit, QObject *parent = nullptr);

private:
    const TlsPolicy m_policy;
    Workers *m_workers;
    QPointer<Reply<TlsFiles>> m_reading;
    OperationTracker m_operations; // last: destroyed first
};

} // namespace core::net
