// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sharedfile.h"
#include "core/nacos/session/capabilities.h"

namespace core::profiles {
struct Profile;
}

namespace core::nacos {

/// What probes found, HOME/probes.json: for one-shot programs, which then need no probe. One entry a connection, valid for a day and for
/// just these settings (addresses, TLS, proxy, account): an edited profile is probed again. No secrets in it; losing it costs a round trip,
/// so nothing about it is ever an error. Lives in the GUI thread.
class ProbeMemory final {
public:
    explicit ProbeMemory(const QString &home);

    /// Puts what is known into Profile::extra (RememberedProbe), or takes out what a file brought along.
    void recall(profiles::Profile &profile) const;
    /// Written when it is news, at the latest when this object is destroyed.
    void remember(const profiles::Profile &profile, const Capabilities &found);

private:
    QJsonObject entries() const;
    SharedFile m_file;
};

} // namespace core::nacos
