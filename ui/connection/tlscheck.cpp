// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/tlscheck.h"

namespace ui::connection {

TlsCheck::TlsCheck(core::Workers &workers, QObject *parent)
    : QObject(parent)
    , m_workers(workers)
{
}

std::optional<core::Error> TlsCheck::problem(const core::net::TlsPolicy &policy)
{
    const bool same = m_asked && policy == m_policy;
    if (!same)
        m_problem.reset();
    if (same && m_checking.isActive())
        return m_problem;
    m_asked = true;
    m_policy = policy;
    m_checking = core::net::checkTlsFiles(policy, m_workers, this);
    m_checking->then(this, [this](const core::Result<core::Done> &answer) {
        const std::optional<core::Error> found = answer ? std::nullopt : std::optional(answer.error());
        const bool news = found.has_value() != m_problem.has_value() || (found && found->message != m_problem->message);
        m_problem = found;
        if (news)
            Q_EMIT changed();
    });
    return m_problem;
}

} // namespace ui::connection
