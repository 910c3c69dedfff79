// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/opening.h"

namespace core::nacos {

Opening::Opening(Link link, Login login, QObject *parent)
    : QObject(parent)
    , m_login(login == Login::Done ? Leg::Good : Leg::Idle)
    , m_link(link == Link::Wanted ? Leg::Asking : Leg::Idle)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_link != Leg::Asking)
            return;
        m_link = Leg::Bad;
        Q_EMIT linkGivenUp();
    });
}

/// From here on a login is under way, whoever begins it.
void Opening::httpAnswered()
{
    if (m_login == Leg::Idle)
        m_login = Leg::Asking;
}

void Opening::mainFound()
{
    m_main = Leg::Good;
    m_mainError.reset();
    httpAnswered();
}

void Opening::mainFailed(const Error &why)
{
    m_main = Leg::Bad;
    m_mainError = why;
}

void Opening::mainDoubted()
{
    m_main = Leg::Asking;
    m_mainError.reset();
    m_loginError.reset();
    m_login = m_console == Leg::Good ? Leg::Asking : Leg::Idle;
}

void Opening::consoleAsked()
{
    m_console = Leg::Asking;
}

void Opening::consoleFound()
{
    m_console = Leg::Good;
    // With the main port there it is only one more way.
    if (m_main == Leg::Bad)
        httpAnswered();
}

void Opening::consoleMissing()
{
    m_console = Leg::Bad;
}

void Opening::loggedIn()
{
    m_login = Leg::Good;
}

void Opening::loginFailed(const Error &why)
{
    m_login = Leg::Bad;
    m_loginError = why;
}

void Opening::linkUp()
{
    m_link = Leg::Good;
}

void Opening::linkFailed()
{
    if (m_link == Leg::Asking)
        m_link = Leg::Bad;
}

void Opening::limitLink(std::chrono::milliseconds patience)
{
    m_patience.start(patience);
}

std::optional<Result<Done>> Opening::verdict() const
{
    if (m_login == Leg::Bad)
        return fail(*m_loginError);
    // A refused certificate or login is refused on every port.
    if (m_main == Leg::Bad && (m_mainError->kind == Error::Kind::Auth || m_mainError->kind == Error::Kind::Tls))
        return fail(*m_mainError);
    if (m_main == Leg::Asking || m_link == Leg::Asking)
        return std::nullopt;
    if (m_main == Leg::Good || m_console == Leg::Good) {
        if (m_login == Leg::Good)
            return Done{};
        return std::nullopt;
    }
    if (m_console == Leg::Asking)
        return std::nullopt;
    if (m_link == Leg::Good)
        return Done{};
    return fail(*m_mainError);
}

} // namespace core::nacos
