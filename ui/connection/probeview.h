// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/nacos/session/doctor.h"
#include "core/net/tlspolicy.h"
#include "ui/connection/connectionform.h"
#include "ui/connection/probesecrets.h"
#include "ui/workbench/workbench.h"

#include <QWidget>

class QLabel;
class QTimer;
class QVBoxLayout;

namespace ui {
class ActivityIndicator;
class QuietButton;
} // namespace ui

namespace ui::connection {

/// Beside the form: goes through the doctor's steps with what is typed now, shows each with its time, cause and remedy; offers to accept a
/// certificate by its fingerprint. Probes again half a second after the last edit; writes nothing on the server.
class ProbeView final : public QWidget {
    Q_OBJECT
public:
    explicit ProbeView(workbench::Services &services, QWidget *parent = nullptr);
    ~ProbeView() override;

    /// Empty servers clear it.
    void probeSoon(const ConnectionEntry &entry);
    void probeNow(const ConnectionEntry &entry);
    void clear();
    /// What it found without the secret that is being typed is nothing to go by; probed when the field is left.
    void waitForSecret();
    bool isRunning() const { return m_running.isActive(); }
    QList<core::nacos::DoctorStep> steps() const { return m_steps; }

Q_SIGNALS:
    void finished();
    void certificateAccepted(const QByteArray &sha256);
    void testRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void start();
    void addStep(const core::nacos::DoctorStep &step);
    void ended(const core::Result<core::Done> &result);
    void showSummary();
    void inspect();
    void offer(const core::net::CertificateFacts &facts);
    void clearRows();
    void retranslate();

    workbench::Services &m_services;
    ProbeSecrets m_secrets;
    ConnectionEntry m_entry;
    QTimer *m_timer;
    QLabel *m_title, *m_summary;
    ActivityIndicator *m_busy;
    QuietButton *m_again;
    QVBoxLayout *m_rows;
    QWidget *m_certificate = nullptr;
    bool m_incomplete = false; ///< there is an address, but something else is missing
    bool m_awaitsSecret = false;
    QList<core::nacos::DoctorStep> m_steps;
    core::Latest<core::Stream<core::nacos::DoctorStep>> m_running;
    core::Latest<core::Reply<core::net::CertificateFacts>> m_inspecting;
};

} // namespace ui::connection
