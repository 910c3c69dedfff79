// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/comeback.h"

#include "core/nacos/registry.h"

#include <array>
#include <chrono>

namespace ui::config {

namespace {

using namespace std::chrono_literals;
/// SDKs try again with growing pauses of up to some seconds.
constexpr std::array<std::chrono::milliseconds, 5> Pauses{1500ms, 3000ms, 5000ms, 8000ms, 12000ms};

} // namespace

ComeBack::ComeBack(QObject *parent)
    : QObject(parent)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] {
        next();
        Q_EMIT due();
    });
}

void ComeBack::follow(core::nacos::Registry *registry)
{
    if (m_registry == registry && registry)
        return;
    for (const auto &connection : std::exchange(m_connections, {}))
        QObject::disconnect(connection);
    m_again.stop();
    m_registry = registry;
    if (!registry)
        return setAway(true);
    const core::nacos::Session *session = &registry->session();
    m_connections << connect(session, &core::nacos::Session::resynced, this, &ComeBack::begin);
    m_connections << connect(session, &core::nacos::Session::stateChanged, this, [this](core::nacos::SessionState state) {
        using S = core::nacos::SessionState;
        // Away again: nothing can be asked until it is back.
        const bool there = state == S::Live || state == S::Degraded;
        if (!there)
            m_again.stop();
        setAway(!there);
    });
    m_connections << connect(registry, &QObject::destroyed, this, [this] { setAway(true); });
    using S = core::nacos::SessionState;
    setAway(session->state() != S::Live && session->state() != S::Degraded);
}

void ComeBack::setAway(bool away)
{
    if (away == isAway())
        return;
    m_awaySince = away ? QDateTime::currentDateTimeUtc() : QDateTime();
    Q_EMIT awayChanged();
}

void ComeBack::begin()
{
    m_step = 0;
    next();
    Q_EMIT back();
}

void ComeBack::next()
{
    if (m_step < int(Pauses.size()))
        m_again.start(Pauses.at(size_t(m_step++)));
}

} // namespace ui::config
