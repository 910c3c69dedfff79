// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/backoff.h"

#include <algorithm>
#include <cmath>
#include <QRandomGenerator>

namespace core::net {

Backoff::Backoff()
    : Backoff(Settings{})
{
}

Backoff::Backoff(Settings settings)
    : m_settings(std::move(settings))
{
}

std::chrono::milliseconds Backoff::next()
{
    const double cap = static_cast<double>(m_settings.cap.count());
    // Beyond any cap long before the power overflows.
    const int exponent = std::min(m_attempt, 64);
    if (m_attempt < 1'000'000)
        ++m_attempt;
    const double full = std::min(cap, static_cast<double>(m_settings.first.count()) * std::pow(m_settings.factor, exponent));
    const double random = m_settings.random ? m_settings.random() : QRandomGenerator::global()->generateDouble();
    const double wait = full * (1.0 - m_settings.jitter * std::clamp(random, 0.0, 1.0));
    return std::chrono::milliseconds(std::llround(wait));
}

} // namespace core::net
