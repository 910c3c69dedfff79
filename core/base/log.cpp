// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include "core/base/redactor.h"

#include <cstdio>
#include <QMutex>

using namespace Qt::StringLiterals;

namespace core {

Q_LOGGING_CATEGORY(logNet, "signalbox.net", QtInfoMsg)
Q_LOGGING_CATEGORY(logStore, "signalbox.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logNacos, "signalbox.nacos", QtInfoMsg)
Q_LOGGING_CATEGORY(logGuard, "signalbox.guard", QtInfoMsg)
Q_LOGGING_CATEGORY(logApp, "signalbox.app", QtInfoMsg)

namespace {

constexpr qsizetype Kept = 2000;

// Qt's message handler is a plain function, so the sink it feeds has to be reachable from one place.
struct Target {
    QMutex mutex;
    LogSink *sink = nullptr;
    LogSink::Echo echo = LogSink::Echo::Silent;
    LogSink::Noise isNoise = nullptr;
    QList<LogLine> ring;
    QtMessageHandler before = nullptr;
};

Target &target()
{
    static Target t;
    return t;
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const LogLine line{QDateTime::currentDateTimeUtc(), type, QString::fromLatin1(context.category ? context.category : "default"),
                       Redactor::redact(message)};
    LogSink *sink = nullptr;
    {
        const QMutexLocker lock(&target().mutex);
        if (target().isNoise && target().isNoise(line))
            return;
        sink = target().sink;
        if (target().ring.size() >= Kept)
            target().ring.removeFirst();
        target().ring.append(line);
        const bool loud = type != QtDebugMsg && type != QtInfoMsg;
        if (target().echo == LogSink::Echo::Everything || (target().echo == LogSink::Echo::Warnings && loud))
            std::fprintf(stderr, "%s: %s\n", qPrintable(line.category), qPrintable(line.text));
        if (sink)
            QMetaObject::invokeMethod(
                sink, [sink, line] { Q_EMIT sink->lineAdded(line); }, Qt::QueuedConnection);
    }
}

} // namespace

LogSink::LogSink(Echo echo, Noise isNoise, QObject *parent)
    : QObject(parent)
{
    const QMutexLocker lock(&target().mutex);
    target().sink = this;
    target().echo = echo;
    target().isNoise = isNoise;
    target().before = qInstallMessageHandler(handle);
}

LogSink::~LogSink()
{
    const QMutexLocker lock(&target().mutex);
    target().sink = nullptr;
    target().isNoise = nullptr;
    qInstallMessageHandler(target().before);
}

QList<LogLine> LogSink::lines() const
{
    const QMutexLocker lock(&target().mutex);
    return target().ring;
}

} // namespace core
