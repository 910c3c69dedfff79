// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temphome.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace tests {

namespace {

constexpr const char *Variable = "SIGNALBOX_HOME";

}

TempHome::TempHome()
    : m_before(qgetenv(Variable))
{
    qputenv(Variable, QFile::encodeName(m_folder.path()));
}

TempHome::~TempHome()
{
    if (m_before.isEmpty())
        qunsetenv(Variable);
    else
        qputenv(Variable, m_before);
}

QByteArray TempHome::read(const QString &name) const
{
    QFile file(filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TempHome::write(const QString &name, const QByteArray &content) const
{
    QDir().mkpath(QFileInfo(filePath(name)).path());
    QFile file(filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a test file");
}

bool TempHome::exists(const QString &name) const
{
    return QFileInfo::exists(filePath(name));
}

} // namespace tests
