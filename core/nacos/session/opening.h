// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <optional>
#include <QObject>
#include <QTimer>

namespace core::nacos {

/// One opening of a session: what it has asked, and what came of it. The session decides nothing by flags of its own: verdict() does,
/// from these legs, and it is silent only while one of them is still being asked, so that an opening ends whatever happens. Context
/// object of everything asked for it: what comes late for an opening that is over reaches nobody.
class Opening final : public QObject {
    Q_OBJECT
public:
    enum class Link { Wanted, NotWanted }; ///< is the gRPC connection waited for?
    enum class Login { Wanted, Done };

    Opening(Link link, Login login, QObject *parent = nullptr);

    // The main port is being asked from the start.
    void mainFound();
    void mainFailed(const Error &why);
    /// What was believed of the main port is doubted: it is asked, and logged in at, anew.
    void mainDoubted();
    /// Another leg than the main port must be under way before that fails, or the opening has failed with it.
    void consoleAsked();
    void consoleFound();
    void consoleMissing();
    void loggedIn();
    void loginFailed(const Error &why);
    void linkUp();
    void linkFailed();
    /// From now on the gRPC connection is waited for that long; it may come up later.
    void limitLink(std::chrono::milliseconds patience);

    /// One of the HTTP interfaces answers.
    bool httpFound() const { return m_main == Leg::Good || m_console == Leg::Good; }
    /// Why the main port does not.
    const std::optional<Error> &mainError() const { return m_mainError; }
    /// How it ends; nothing while something is still being asked that may change it.
    std::optional<Result<Done>> verdict() const;

Q_SIGNALS:
    /// The patience with the gRPC connection is over.
    void linkGivenUp();

private:
    enum class Leg { Idle, Asking, Good, Bad };
    void httpAnswered();
    Leg m_main = Leg::Asking, m_console = Leg::Idle, m_login = Leg::Idle, m_link = Leg::Idle;
    std::optional<Error> m_mainError, m_loginError;
    QTimer m_patience;
};

} // namespace core::nacos
