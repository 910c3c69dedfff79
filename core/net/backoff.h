// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

namespace core::net {

/// How long to wait before trying again: doubles from `first` to `cap`, each wait spread over `jitter` of itself so that many clients of
/// one server don't come back at once. A value; keeps only the count.
class Backoff {
public:
    struct Settings {
        std::chrono::milliseconds first = std::chrono::milliseconds(100);
        std::chrono::milliseconds cap = std::chrono::seconds(10);
        double factor = 2.0;
        double jitter = 0.3;            ///< 0.3: from 70 % to 100 % of the computed wait
        std::function<double()> random; ///< in [0, 1); empty: the system's
    };
    Backoff();
    explicit Backoff(Settings settings);

    std::chrono::milliseconds next();
    void reset() { m_attempt = 0; }
    int attempts() const { return m_attempt; }

private:
    Settings m_settings;
    int m_attempt = 0;
};

} // namespace core::net
