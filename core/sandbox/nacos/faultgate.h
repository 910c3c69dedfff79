// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/faults.h"
#include "core/sandbox/common/httpserver.h"

namespace core::sandbox::nacos {

/// Stands in front of what answers HTTP: does to a request what the faults in force say, and lets the others through. Lives in the thread
/// of its HttpServer.
class FaultGate {
    Q_DISABLE_COPY_MOVE(FaultGate)
public:
    enum class Control {
        Here, ///< `GET` and `POST /sandbox/faults` are answered
        Elsewhere
    };
    /// `context` ends what still waits for its latency.
    FaultGate(Faults &faults, Control control, QObject *context);
    void pass(const HttpRequest &request, const HttpResponder &responder, const HttpServer::Handler &onward) const;

private:
    void control(const HttpRequest &request, const HttpResponder &responder) const;
    Faults &m_faults;
    const Control m_control;
    QObject *const m_context;
};

} // namespace core::sandbox::nacos
