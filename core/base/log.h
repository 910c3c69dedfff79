// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QLoggingCategory>
#include <QObject>

namespace core {

Q_DECLARE_LOGGING_CATEGORY(logNet)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logNacos)
Q_DECLARE_LOGGING_CATEGORY(logGuard)
Q_DECLARE_LOGGING_CATEGORY(logApp)

struct LogLine {
    QDateTime at;
    QtMsgType type = QtDebugMsg;
    QString category, text;
};

/// Every Qt message of the process, redacted, kept in a ring (last 2,000) for the log dock and forwarded to standard error when asked.
/// What `isNoise` says yes to is dropped; it is asked in any thread.
/// Made once by each program's main; `lineAdded` may be emitted from any thread, connect it queued.
class LogSink final : public QObject {
    Q_OBJECT
public:
    enum class Echo { Silent, Warnings, Everything };
    using Noise = bool (*)(const LogLine &line);
    explicit LogSink(Echo echo, Noise isNoise = nullptr, QObject *parent = nullptr);
    ~LogSink() override;
    QList<LogLine> lines() const;

Q_SIGNALS:
    void lineAdded(const core::LogLine &line);
};

} // namespace core

Q_DECLARE_METATYPE(core::LogLine)
