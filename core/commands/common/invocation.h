// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/operation.h"
#include "core/commands/common/commandline.h"
#include "core/commands/common/output.h"

#include <functional>
#include <QObject>
#include <QPointer>

namespace core::commands {

class Context;

/// One call of the program under way: its words, where its answer goes, and what it works on. Context object of all handlers of the
/// verb; ends with finish(), once.
class Invocation final : public QObject {
    Q_OBJECT
public:
    Invocation(CommandLine line, Context &context, Output &output, QObject *parent = nullptr);

    const QStringList &arguments() const { return m_line.arguments; }
    QString argument(int index) const { return m_line.arguments.value(index); }
    bool has(const QString &option) const { return m_line.options.contains(option); }
    QString option(const QString &name, const QString &otherwise = {}) const;
    QStringList options(const QString &name) const { return m_line.options.value(name); }
    const GlobalOptions &global() const { return m_line.global; }
    const VerbSpec &verb() const { return *m_line.verb; }

    Context &context() { return m_context; }
    Output &output() { return m_output; }

    /// What an interrupt cancels; settled operations drop out by themselves.
    void running(Operation *operation) { m_running = operation; }
    /// Whether there is a terminal where a question would be read and answered.
    static bool canAsk();
    /// Asks on the terminal when there is one and --yes was not given; calls `go` when confirmed, else ends with exit 7.
    void confirm(const QString &question, std::function<void()> go);

    void finish(int exitCode);
    void finish(const Error &error); ///< prints it
    bool isFinished() const { return m_finished; }
    /// SIGINT, SIGTERM: cancels what is running, ends with 130.
    void interrupt();

Q_SIGNALS:
    void finished(int exitCode);

private:
    CommandLine m_line;
    Context &m_context;
    Output &m_output;
    QPointer<Operation> m_running;
    bool m_finished = false;
};

/// The content named by --file F or --stdin; exactly one of them, Usage otherwise. At most 64 MiB.
Result<QByteArray> readInput(const Invocation &call);
Result<QByteArray> readFile(const QString &path);
/// "90s", "15m", "2h", "7d".
std::optional<std::chrono::seconds> durationOf(const QString &text);
/// As the clock on the wall shows it, with its offset from UTC.
QString localTime(const QDateTime &time);
/// "3 hours ago".
QString ago(const QDateTime &time);
/// Replaces the file at once and whole, or leaves it as it was.
Result<Done> writeFile(const QString &path, const QByteArray &content);

} // namespace core::commands
