// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/mirrorfill.h"
#include "core/profiles/settings.h"

#include <map>
#include <memory>

namespace core::nacos {

class Registries;

/// Fills the mirror in the background for every connection that stands, while the setting is on and the profile keeps contents: soon after
/// it is connected, again when it was lost and is back, and by itself, ever more rarely, while something could not be read that another
/// try may reach. Each connection may be paused. Lives in the GUI thread.
class MirrorFiller final : public QObject {
    Q_OBJECT
public:
    enum class State {
        Idle, ///< nothing to do, or not wanted
        Filling,
        Paused,
        Complete,
        Incomplete ///< it ended, and not everything is there: `problem` says why
    };
    struct Status {
        State state = State::Idle;
        qint64 done = 0, total = 0; ///< configurations, over all namespaces listed so far
        QString problem;            ///< English, technical
        friend bool operator==(const Status &, const Status &) = default;
    };
    MirrorFiller(Registries &registries, store::Mirror &mirror, const profiles::Settings &settings, QObject *parent = nullptr);
    ~MirrorFiller() override;

    Status status(const QString &slug) const;
    /// Begins now, whatever the setting says: the person asked for it. Nothing when the connection does not stand or its profile keeps no
    /// contents (mayFill()), or when it is under way.
    void fill(const QString &slug);
    bool mayFill(const QString &slug) const;
    void pause(const QString &slug);
    void resume(const QString &slug);

Q_SIGNALS:
    void changed(const QString &slug);

private:
    struct Job;
    void opened(Registry *registry);
    void consider(const QString &slug);
    void begin(const QString &slug);
    void ended(const QString &slug, const Result<Done> &result);
    Job *job(const QString &slug) const;

    Registries &m_registries;
    store::Mirror &m_mirror;
    const profiles::Settings &m_settings;
    std::map<QString, std::unique_ptr<Job>> m_jobs;
};

} // namespace core::nacos
