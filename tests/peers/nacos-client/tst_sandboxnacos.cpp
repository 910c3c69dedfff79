// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/peers/nacos-client/scenarios.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// core/nacos against the practice registry as a real process, with login.
class TstSandboxNacos final : public tests::RegistryScenarios {
    Q_OBJECT
public:
    ~TstSandboxNacos() override
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
                            {u"--port"_s, u"0"_s, u"--seed"_s, u"empty"_s, u"--auth"_s, u"nacos"_s});
            std::ignore = QTest::qWaitFor([this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; }, 20000);
            m_ready = QJsonDocument::fromJson(m_process.readLine()).object().value("nacos"_L1).toObject();
        }
        return {m_ready.value("http"_L1).toString(), m_ready.value("console"_L1).toString(), u"nacos"_s, u"practice-password"_s};
    }

private:
    QProcess m_process;
    QJsonObject m_ready;
};

SIGNALBOX_TEST(TstSandboxNacos)
#include "tst_sandboxnacos.moc"
