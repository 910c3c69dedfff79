// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quitsignals.h"

#include <csignal>
#include <QSocketNotifier>
#include <sys/socket.h>
#include <unistd.h>

namespace core {

namespace {

constexpr int Numbers[] = {SIGTERM, SIGINT, SIGHUP};

int ends[2] = {-1, -1}; // a signal handler reaches nothing but globals

void pass(int number)
{
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const ssize_t written = ::write(ends[0], &byte, 1);
}

} // namespace

QuitSignals::QuitSignals(QObject *parent)
    : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return;
    auto *notifier = new QSocketNotifier(ends[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        unsigned char number = 0;
        if (::read(ends[1], &number, 1) == 1)
            Q_EMIT received(number);
    });
    for (const int number : Numbers) {
        struct sigaction action = {};
        if (number == SIGHUP && ::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
            continue;
        action = {};
        action.sa_handler = pass;
        action.sa_flags = SA_RESTART;
        ::sigaction(number, &action, nullptr);
    }
}

QuitSignals::~QuitSignals()
{
    for (const int number : Numbers) {
        struct sigaction action = {};
        if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler == pass)
            ::signal(number, SIG_DFL);
    }
    ::close(ends[0]);
    ::close(ends[1]);
}

} // namespace core
