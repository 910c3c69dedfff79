// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/profiles/profile.h"

#include <chrono>
#include <memory>
#include <QJsonObject>
#include <QObject>

namespace core::profiles {

/// Where the practice servers listen, as their ready line says (app/cli.md §2).
struct PracticeEndpoints {
    qint64 pid = 0;
    QString nacosHttp, nacosGrpc, nacosConsole, nacosUser;
    QJsonObject ready;        ///< the whole line, for servers of other kinds
    bool startedHere = false; ///< this call started them; false: they were running
};

/// The embedded practice servers of a home (app/cli.md §2, last paragraph): one process `signalbox-sandbox` with its data in HOME/sandbox.
/// *Found* means that HOME/sandbox/sandbox.lock is held (flock), never that something answers on a port. While this object lives after
/// start(), HOME/sandbox/users/<uuid>.lock is held, and the servers stay; they end themselves 10 s after their last user's process.
/// Lives in the GUI thread.
class PracticeServers final : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString home;
        QString program; ///< empty: `signalbox-sandbox` beside this executable, then in PATH
        std::chrono::milliseconds startTimeout = std::chrono::seconds(10);
    };
    enum class Lifetime {
        WithUsers, ///< ends after its last user
        UntilStop  ///< `sandbox start`: runs until `sandbox stop`
    };
    explicit PracticeServers(Options options, QObject *parent = nullptr);
    ~PracticeServers() override;

    /// Finds or starts them. NotFound: the program is not installed; Timeout: no ready line; Internal: it ended, with its last words.
    Reply<PracticeEndpoints> *start(Lifetime lifetime);
    /// Asks them to end (SIGTERM) and waits until the lock is free. A success when none runs; Timeout after 5 s.
    Reply<Done> *stop();
    /// The lock is held by somebody right now; cheap, touches nothing.
    bool isRunning() const;
    /// The ready line of the running servers; nullopt: none runs, or it is still starting.
    std::optional<PracticeEndpoints> running() const;

    /// The profile of the practice registry, slug `practice`; not saved anywhere.
    static Profile profile(const PracticeEndpoints &endpoints);
    static QString slug();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::profiles
