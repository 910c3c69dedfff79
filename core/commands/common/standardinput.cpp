// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/standardinput.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

/// While it lives, an interrupt ends a read that waits.
class Interruptible {
    Q_DISABLE_COPY_MOVE(Interruptible)
public:
    Interruptible()
    {
        ::sigaction(SIGINT, nullptr, &m_before);
        struct sigaction now = m_before;
        now.sa_flags &= ~SA_RESTART;
        ::sigaction(SIGINT, &now, nullptr);
    }
    ~Interruptible() { ::sigaction(SIGINT, &m_before, nullptr); }

private:
    struct sigaction m_before = {};
};

/// Takes the last character off, however many bytes it has.
void chopCharacter(QByteArray &utf8)
{
    while (!utf8.isEmpty()) {
        const bool goesOn = (utf8.back() & 0xc0) == 0x80;
        utf8.chop(1);
        if (!goesOn)
            return;
    }
}

} // namespace

Result<QByteArray> readStandardInput(InputPart part, qint64 most)
{
    const Interruptible interruptible;
    QByteArray content;
    QByteArray buffer(part == InputPart::Line ? 1 : 64 * 1024, Qt::Uninitialized); // of what follows a line nothing is taken
    for (;;) {
        const auto count = ::read(STDIN_FILENO, buffer.data(), size_t(buffer.size()));
        if (count < 0 && errno == EINTR)
            return fail(Error::Kind::Cancelled, u"interrupted"_s);
        if (count < 0)
            return fail(Error::Kind::Usage, u"cannot read standard input: "_s + QString::fromLocal8Bit(std::strerror(errno)));
        if (count == 0 || (part == InputPart::Line && buffer.front() == '\n'))
            break;
        content.append(buffer.constData(), count);
        if (content.size() > most)
            return fail(Error::Kind::Usage, u"standard input has more than %1 bytes"_s.arg(most));
    }
    if (part == InputPart::Line && content.endsWith('\r'))
        content.chop(1);
    return content;
}

Result<QString> askHidden(const QString &prompt)
{
    constexpr char Interrupt = 3, EndOfFile = 4, Backspace = 8, Delete = 127;
    int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0 && ::isatty(STDIN_FILENO))
        terminal = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0); // not this session's, and typed on all the same
    if (terminal < 0)
        return QString();
    termios before{};
    QByteArray line;
    bool interrupted = false;
    if (::tcgetattr(terminal, &before) == 0) {
        termios silent = before;
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG);
        const QByteArray text = prompt.toUtf8();
        if (::tcsetattr(terminal, TCSAFLUSH, &silent) == 0 && ::write(terminal, text.constData(), size_t(text.size())) >= 0) {
            char c = 0;
            while (!interrupted && ::read(terminal, &c, 1) == 1 && c != '\n' && c != '\r' && c != EndOfFile) {
                if (c == Interrupt)
                    interrupted = true;
                else if (c == Backspace || c == Delete)
                    chopCharacter(line);
                else
                    line += c;
            }
            ::tcsetattr(terminal, TCSAFLUSH, &before);
            [[maybe_unused]] const auto written = ::write(terminal, "\n", 1);
        }
    }
    ::close(terminal);
    if (interrupted) {
        ::raise(SIGINT);
        return fail(Error::Kind::Cancelled, u"interrupted"_s);
    }
    return QString::fromUtf8(line);
}

} // namespace core::commands
