// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/peers/nacos-client/scenarios.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// core/nacos against the practice registry as a real process, with login.
class SandboxScenarios : public tests::RegistryScenarios {
public:
    explicit SandboxScenarios(const QString &version)
        : m_version(version)
    {
    }
    ~SandboxScenarios() override
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
    }

protected:
    tests::Target target() override
    {
        if (m_process.state() == QProcess::NotRunning) {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"SIGNALBOX_SANDBOX_PASSWORD"_s, u"practice-password"_s);
            m_process.setProcessEnvironment(environment);
            m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            m_process.start(QStringLiteral(SIGNALBOX_BIN_DIR "/signalbox-sandbox"),
                            {u"--port"_s, u"0"_s, u"--seed"_s, u"empty"_s, u"--auth"_s, u"nacos"_s, u"--nacos-version"_s, m_version});
            std::ignore = QTest::qWaitFor([this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; }, 20000);
            m_ready = QJsonDocument::fromJson(m_process.readLine()).object().value("nacos"_L1).toObject();
        }
        return {m_ready.value("http"_L1).toString(), m_ready.value("console"_L1).toString(), u"nacos"_s, u"practice-password"_s};
    }

private:
    const QString m_version;
    QProcess m_process;
    QJsonObject m_ready;
};

class TstSandboxNacos final : public SandboxScenarios {
    Q_OBJECT
public:
    TstSandboxNacos()
        : SandboxScenarios(u"3.1"_s)
    {
    }
};

/// The interface of 2.x: v1 over HTTP, no console port, no fuzzy watch.
class TstSandboxNacos2 final : public SandboxScenarios {
    Q_OBJECT
public:
    TstSandboxNacos2()
        : SandboxScenarios(u"2.4"_s)
    {
    }
};

SIGNALBOX_TEST(TstSandboxNacos)
SIGNALBOX_TEST(TstSandboxNacos2)
#include "tst_sandboxnacos.moc"
