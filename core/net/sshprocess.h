// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <QByteArray>
#include <QObject>
#include <QStringList>

class QProcess;

namespace core::net {

/// Private to core/net: one `ssh`, with neither terminal nor window to ask for anything. When this object goes it is asked to end, and
/// killed when it does not; nobody waits for it. It never outlives this process, however that ends.
class SshProcess final : public QObject {
    Q_OBJECT
public:
    /// `kept` lives until the process is over, which may be later than this object.
    explicit SshProcess(std::shared_ptr<void> kept = {}, QObject *parent = nullptr);
    ~SshProcess() override;

    /// `socket`: becomes standard input and output; -1: there is neither. It stays the caller's, who keeps it until ended().
    void start(const QStringList &arguments, int socket = -1);
    bool isMissing() const { return m_missing; }
    bool isSuccess() const;
    /// The newest of what it wrote on standard error, bounded.
    const QByteArray &said() const { return m_said; }
    /// The first `bytes` of it have been understood.
    void forget(qsizetype bytes) { m_said.remove(0, bytes); }

Q_SIGNALS:
    void spoke();
    /// Once, not inside start().
    void ended();

private:
    void listen();
    std::shared_ptr<void> m_kept;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_said;
    bool m_missing = false, m_over = false;
};

} // namespace core::net
