// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/invocation.h"

#include "core/base/operation.h"
#include "core/base/savefile.h"
#include "core/commands/common/context.h"
#include "core/commands/common/standardinput.h"
#include "core/net/budget.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSocketNotifier>
#include <QTimer>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

constexpr qint64 MaxInput = 64 * 1024 * 1024;

Result<QByteArray> readAll(QFile &file, const QString &name)
{
    QByteArray content = file.read(MaxInput + 1);
    if (file.error() != QFile::NoError)
        return fail(Error::Kind::Usage, u"cannot read %1: %2"_s.arg(name, file.errorString()));
    if (content.size() > MaxInput)
        return fail(Error::Kind::Usage, u"%1 is larger than 64 MiB"_s.arg(name));
    return content;
}

} // namespace

Invocation::Invocation(CommandLine line, Context &context, Output &output, QObject *parent)
    : QObject(parent)
    , m_line(std::move(line))
    , m_context(context)
    , m_output(output)
{
}

QString Invocation::option(const QString &name, const QString &otherwise) const
{
    const auto it = m_line.options.constFind(name);
    return it == m_line.options.constEnd() ? otherwise : it->last();
}

bool Invocation::canAsk()
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

void Invocation::confirm(const QString &question, std::function<void()> go)
{
    if (m_line.global.consent == GlobalOptions::Consent::Given) {
        go();
        return;
    }
    if (!canAsk()) {
        finish(Error{Error::Kind::Policy, u"%1 Without a terminal this needs --yes."_s.arg(question), 0, false});
        return;
    }
    const QByteArray prompt = Output::printable(question).toUtf8() + " [y/N] ";
    std::fwrite(prompt.constData(), 1, size_t(prompt.size()), stderr);
    std::fflush(stderr);
    // In the event loop, so that an interrupt ends the question, too. The terminal hands out whole lines.
    auto *answer = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(answer, &QSocketNotifier::activated, this, [this, answer, go = std::move(go)] {
        char line[256] = {};
        const bool yes = ::read(STDIN_FILENO, line, sizeof line) > 0 && (line[0] == 'y' || line[0] == 'Y');
        answer->setEnabled(false);
        answer->deleteLater();
        if (m_finished)
            return;
        if (yes) {
            m_context.budget().renew();
            go();
            return;
        }
        finish(Error{Error::Kind::Policy, u"not confirmed, nothing was changed"_s, 0, false});
    });
}

void Invocation::finish(int exitCode)
{
    if (std::exchange(m_finished, true))
        return;
    // Later: a verb may finish before it has returned.
    QTimer::singleShot(0, this, [this, exitCode] { Q_EMIT finished(exitCode); });
}

void Invocation::finish(const Error &error)
{
    if (m_finished)
        return;
    m_output.error(m_context.withHint(error));
    finish(exitCodeOf(error.kind));
}

void Invocation::interrupt()
{
    if (m_running && !m_running->isSettled()) {
        // The verb hears of it through its handlers and may still say what became of a write on the wire.
        m_running->cancel();
        return;
    }
    finish(ExitInterrupted);
}

Result<QByteArray> readFile(const QString &path)
{
    if (path.isEmpty())
        return fail(Error::Kind::Usage, u"the name of the file is empty"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Usage, u"cannot open %1: %2"_s.arg(path, file.errorString()));
    return readAll(file, path);
}

Result<QByteArray> readInput(const Invocation &call)
{
    if (call.has(u"file"_s) == call.has(u"stdin"_s))
        return fail(Error::Kind::Usage, u"give the content with either --file F or --stdin"_s);
    if (call.has(u"file"_s))
        return readFile(call.option(u"file"_s));
    if (call.global().passwordFrom == GlobalOptions::PasswordFrom::StandardInput)
        return fail(Error::Kind::Usage, u"--stdin and --password-stdin both read standard input; use --file or SIGNALBOX_PASSWORD"_s);
    return readStandardInput(InputPart::Everything, MaxInput);
}

std::optional<std::chrono::seconds> durationOf(const QString &text)
{
    static const QRegularExpression pattern(u"^([0-9]{1,6})([smhd])\\z"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const qint64 number = match.captured(1).toLongLong();
    switch (match.captured(2).front().unicode()) {
    case 'd':
        return std::chrono::hours(number * 24);
    case 'h':
        return std::chrono::hours(number);
    case 'm':
        return std::chrono::minutes(number);
    default:
        return std::chrono::seconds(number);
    }
}

QString localTime(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate);
}

QString ago(const QDateTime &time)
{
    struct Unit {
        qint64 seconds;
        QString name;
    };
    const qint64 age = time.secsTo(QDateTime::currentDateTimeUtc());
    for (const Unit &unit : {Unit{86400, u"day"_s}, Unit{3600, u"hour"_s}, Unit{60, u"minute"_s}}) {
        if (const qint64 count = age / unit.seconds; count > 0)
            return count == 1 ? u"1 %1 ago"_s.arg(unit.name) : u"%1 %2s ago"_s.arg(count).arg(unit.name);
    }
    return u"less than a minute ago"_s;
}

Result<Done> writeFile(const QString &path, const QByteArray &content)
{
    const auto refused = [&path](const QFileDevice &file) {
        return fail(Error::Kind::Internal, u"cannot write %1: %2"_s.arg(path, file.errorString()));
    };
    if (path.isEmpty())
        return fail(Error::Kind::Usage, u"-o: the name of the file is empty"_s);
    // A pipe or a device is written to; a file is replaced as a whole. (Renaming over /dev/null would replace the device.)
    if (const QFileInfo there(path); there.exists() && !there.isFile()) {
        QFile device(path);
        if (!device.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || device.write(content) != content.size())
            return refused(device);
        return Done{};
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !commitWhole(file))
        return refused(file);
    return Done{};
}

} // namespace core::commands
