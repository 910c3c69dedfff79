// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/faults.h"
#include "core/sandbox/nacos/nacosserver.h"
#include "tests/core/sandbox/grpcprobe.h"
#include "tests/core/sandbox/httpprobe.h"

#include <QTest>

namespace tests {

/// A registry in this process on free ports.
struct RegistryBench {
    using Options = core::sandbox::nacos::NacosServer::Options;
    core::sandbox::Faults faults;
    std::unique_ptr<core::sandbox::nacos::NacosServer> server;

    static Options options()
    {
        Options options;
        options.port = 0;
        options.consolePort = 0;
        return options;
    }
    explicit RegistryBench(const Options &with = options()) { start(with); }
    void start(const Options &with)
    {
        server = std::make_unique<core::sandbox::nacos::NacosServer>(with, faults, core::Clock::system());
        const auto started = server->start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    }
    QString mainUrl() const { return QStringLiteral("http://127.0.0.1:%1").arg(server->port()); }
    QString consoleUrl() const { return QStringLiteral("http://127.0.0.1:%1").arg(server->consolePort()); }
};

} // namespace tests
