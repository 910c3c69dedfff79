// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/logfile.h"

#include "core/base/clock.h"
#include "core/base/redactor.h"

#include <cstdio>
#include <mutex>
#include <QFile>

using namespace Qt::StringLiterals;

namespace core::sandbox {

struct LogFile::Private {
    std::mutex mutex;
    QFile file;
    QtMessageHandler before = nullptr;
};

namespace {

// Qt's handler is a plain function, so what it writes to has to be reachable from one place.
LogFile::Private *current = nullptr;

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (!current)
        return;
    const QByteArray text = Redactor::redact(message).toUtf8();
    const QByteArray line =
        toRfc3339(QDateTime::currentDateTimeUtc()).toUtf8() + ' ' + (context.category ? context.category : "default") + ": " + text + '\n';
    const std::lock_guard lock(current->mutex);
    if (current->file.isOpen()) {
        current->file.write(line);
        current->file.flush();
    }
    if (type == QtWarningMsg || type == QtCriticalMsg || type == QtFatalMsg)
        std::fprintf(stderr, "signalbox-sandbox: %s\n", text.constData());
}

} // namespace

LogFile::LogFile()
    : m_d(std::make_unique<Private>())
{
    current = m_d.get();
    m_d->before = qInstallMessageHandler(handle);
}

LogFile::~LogFile()
{
    qInstallMessageHandler(m_d->before);
    current = nullptr;
}

Result<Done> LogFile::open(const QString &file)
{
    m_d->file.setFileName(file);
    if (!m_d->file.open(QIODevice::WriteOnly | QIODevice::Append, QFile::ReadOwner | QFile::WriteOwner))
        return fail(Error::Kind::Internal, u"cannot write %1: %2"_s.arg(file, m_d->file.errorString()));
    return Done{};
}

} // namespace core::sandbox
