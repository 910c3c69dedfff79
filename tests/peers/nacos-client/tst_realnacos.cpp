// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/peers/nacos-client/scenarios.h"
#include "tests/support/testmain.h"

/// core/nacos against a real server, which tests/peers/with-nacos starts.
class TstRealNacos final : public tests::RegistryScenarios {
    Q_OBJECT
protected:
    tests::Target target() override
    {
        return {qEnvironmentVariable("SIGNALBOX_PEER_NACOS"), qEnvironmentVariable("SIGNALBOX_PEER_CONSOLE"),
                qEnvironmentVariable("SIGNALBOX_PEER_USER"), qEnvironmentVariable("SIGNALBOX_PEER_PASSWORD")};
    }
};

SIGNALBOX_TEST(TstRealNacos)
#include "tst_realnacos.moc"
