// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <chrono>
#include <memory>
#include <optional>
#include <QDateTime>
#include <QObject>

namespace core::store {
class Home;
}

namespace core::guard {

struct Unlock {
    QDateTime since, until;
    QString reason, program;
    bool isOpenAt(const QDateTime &now) const;
    /// nullopt: not one.
    static std::optional<Unlock> fromFile(const QByteArray &content);
};

/// Which protected profiles may be written for a while. Kept in the home (`unlocks/`, a file a profile) and valid for all its programs at
/// once; an unlock that runs out does not stop a plan that is running. Lives in the GUI thread; every call is a small file access that
/// waits for nobody.
class Unlocks final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::hours Longest{24};

    Unlocks(const store::Home &home, const QString &program, const Clock &clock = Clock::system(), QObject *parent = nullptr);
    ~Unlocks() override;

    /// Replaces an unlock there is. Usage: no reason, or a duration outside 1 s … 24 h. Internal: the home cannot be written.
    Result<Done> unlock(const QString &profile, std::chrono::seconds duration, const QString &reason);
    Result<Done> lock(const QString &profile);
    /// nullopt: locked.
    std::optional<Unlock> state(const QString &profile) const;

Q_SIGNALS:
    /// Unlocked, locked or run out, by whichever program.
    void changed(const QString &profile);

private:
    void look();
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::guard
