// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <csignal>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace tests {

/// A program `ssh` on PATH (fakessh), for as long as it lives, and what it was started with.
class FakeSsh {
    Q_DISABLE_COPY_MOVE(FakeSsh)
public:
    explicit FakeSsh(quint16 port = 0)
        : m_path(qgetenv("PATH"))
    {
        QFile::link(QStringLiteral(FAKE_SSH), m_folder.filePath(QStringLiteral("ssh")));
        qputenv("PATH", QFile::encodeName(m_folder.path()) + ':' + m_path);
        qputenv("FAKE_SSH_LOG", QFile::encodeName(logFile()));
        qputenv("FAKE_SSH_PORT", QByteArray::number(port));
    }
    ~FakeSsh()
    {
        qputenv("PATH", m_path);
        qunsetenv("FAKE_SSH_LOG");
        qunsetenv("FAKE_SSH_PORT");
    }
    struct Start {
        qint64 pid = 0;
        QStringList arguments, environment;
        bool login = false;
    };
    QList<Start> starts() const
    {
        QList<Start> all;
        QFile file(logFile());
        if (!file.open(QIODevice::ReadOnly))
            return all;
        while (!file.atEnd()) {
            const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
            Start start{line.value(QLatin1StringView("pid")).toInteger(), {}, {}, line.value(QLatin1StringView("master")).toBool()};
            for (const QJsonValue &word : line.value(QLatin1StringView("argv")).toArray())
                start.arguments << word.toString();
            for (const QJsonValue &name : line.value(QLatin1StringView("environment")).toArray())
                start.environment << name.toString();
            all << start;
        }
        return all;
    }
    int logins() const
    {
        const auto all = starts();
        return int(std::count_if(all.begin(), all.end(), [](const Start &start) { return start.login; }));
    }
    /// Of those started.
    qsizetype running() const
    {
        const auto all = starts();
        return std::count_if(all.begin(), all.end(), [](const Start &start) { return ::kill(pid_t(start.pid), 0) == 0; });
    }
    bool allEnded() const { return running() == 0; }

private:
    QString logFile() const { return m_folder.filePath(QStringLiteral("log")); }
    QTemporaryDir m_folder;
    QByteArray m_path;
};

} // namespace tests
