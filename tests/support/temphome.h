// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

namespace tests {

/// A home folder of its own (SIGNALBOX_HOME points to it while it lives), removed with everything in it at the end.
class TempHome {
    Q_DISABLE_COPY_MOVE(TempHome)
public:
    TempHome();
    ~TempHome();
    QString path() const { return m_folder.path(); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }
    QByteArray read(const QString &name) const; ///< null when there is no such file
    void write(const QString &name, const QByteArray &content) const;
    bool exists(const QString &name) const;

private:
    QTemporaryDir m_folder;
    QByteArray m_before;
};

} // namespace tests
