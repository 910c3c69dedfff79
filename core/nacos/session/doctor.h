// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/stream.h"
#include "core/nacos/session/session.h"

namespace core::nacos {

/// One step of the connection doctor: DNS → TCP → TLS → planes → version → login → rights; first the SSH tunnel, where the
/// connection has one.
struct DoctorStep {
    enum class Outcome { Ok, Warning, Failed, Skipped };
    QString id; ///< stable: ssh, dns, tcp, tls, admin, console, grpc, version, login, rights-read, rights-write, namespaces
    Outcome outcome = Outcome::Ok;
    QString finding; ///< what was found, English, technical
    QString remedy;  ///< what to do; empty when nothing is wrong
    qint64 milliseconds = 0;
};

/// Goes through the steps one after another against the profile as it stands (saved or not) and reports each as it ends. Writes nothing
/// on the server. Used by the connection panel while typing (cancel and start again), by `profile doctor` and `profile test`.
Stream<DoctorStep> *examine(const profiles::Profile &profile, Session::Collaborators collaborators, QObject *parent);

} // namespace core::nacos
