// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/workers.h"
#include "core/net/tlspolicy.h"

namespace ui::connection {

/// Whether the files of a TLS policy can be read and used, found out beside the GUI thread.
class TlsCheck final : public QObject {
    Q_OBJECT
public:
    explicit TlsCheck(core::Workers &workers, QObject *parent = nullptr);
    /// What is known of it, and asks again; nothing while it isn't known or when all is well.
    std::optional<core::Error> problem(const core::net::TlsPolicy &policy);

Q_SIGNALS:
    /// problem() answers something else now.
    void changed();

private:
    core::Workers &m_workers;
    core::net::TlsPolicy m_policy;
    std::optional<core::Error> m_problem;
    core::Latest<core::Reply<core::Done>> m_checking;
    bool m_asked = false;
};

} // namespace ui::connection
