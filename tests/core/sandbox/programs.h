// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace tests {

/// `signalbox-sandbox` as a process of its own; killed at the latest when this goes.
class SandboxProgram {
    Q_DISABLE_COPY_MOVE(SandboxProgram)
public:
    explicit SandboxProgram(const QStringList &arguments, const QStringList &environment = {});
    ~SandboxProgram();
    bool waitReady();
    bool waitEnd();
    QJsonObject nacos() const { return ready.value(QLatin1String("nacos")).toObject(); }
    QString http() const { return nacos().value(QLatin1String("http")).toString(); }
    quint16 grpcPort() const;
    QProcess process;
    QByteArray output;
    QJsonObject ready;

    static QStringList freePorts() { return {QStringLiteral("--port"), QStringLiteral("0")}; }
};

} // namespace tests
