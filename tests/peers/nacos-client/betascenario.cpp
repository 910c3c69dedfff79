// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configplans.h"
#include "tests/peers/nacos-client/scenarios.h"
#include "tests/support/await.h"

#include <QNetworkInterface>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

namespace tests {

void RegistryScenarios::aReleaseForSomeAddresses()
{
    Registry *registry = m_work->open();
    QVERIFY(registry);
    const ConfigKey key{u"public"_s, u"BETA"_s, m_run + u"-beta.yaml"_s};
    ConfigAttributes attributes;
    attributes.type = u"yaml"_s;
    m_work->publish(key, "for: all\n", attributes);
    const auto current = [&]() -> std::optional<BetaRelease> {
        const auto answer = await(registry->configs().beta(key));
        if (!answer || !*answer)
            return std::nullopt;
        return **answer;
    };
    const auto fetched = [&] {
        const auto answer = await(registry->configs().fetch(key));
        return answer && *answer ? (*answer)->value_or(ConfigContent{}) : ConfigContent{};
    };
    QVERIFY(!current());
    // For addresses nobody here has: everybody goes on with what is there.
    const BetaRelease first{key, "for: some\n", attributes, {u"10.255.255.1"_s, u"10.255.255.2"_s}};
    auto done = m_work->submit(betaChange(registry->slug(), std::nullopt, first));
    QVERIFY2(done.outcome == guard::Outcome::Applied && done.verified, qPrintable(done.error ? done.error->message : QString()));
    const auto stands = current();
    QVERIFY(stands);
    QCOMPARE(stands->content, "for: some\n"_ba);
    QCOMPARE(QSet<QString>(stands->ips.begin(), stands->ips.end()), QSet<QString>(first.ips.begin(), first.ips.end()));
    QCOMPARE(m_work->live(key)->content, "for: all\n"_ba);
    QTRY_COMPARE_WITH_TIMEOUT(fetched().content, "for: all\n"_ba, 20000);
    // Widened to this machine: it is given the release, and told that it is one; the configuration stays.
    BetaRelease wider = *stands;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.protocol() == QAbstractSocket::IPv4Protocol)
            wider.ips << address.toString();
    }
    done = m_work->submit(betaChange(registry->slug(), stands, wider));
    QVERIFY2(done.outcome == guard::Outcome::Applied && done.verified, qPrintable(done.error ? done.error->message : QString()));
    QTRY_COMPARE_WITH_TIMEOUT(fetched().content, "for: some\n"_ba, 20000);
    QVERIFY(fetched().gray);
    QCOMPARE(m_work->live(key)->content, "for: all\n"_ba);
    // Ended: everybody has the configuration again.
    done = m_work->submit(betaChange(registry->slug(), current(), std::nullopt));
    QVERIFY2(done.outcome == guard::Outcome::Applied && done.verified, qPrintable(done.error ? done.error->message : QString()));
    QVERIFY(!current());
    QTRY_COMPARE_WITH_TIMEOUT(fetched().content, "for: all\n"_ba, 20000);
    QCOMPARE(m_work->live(key)->content, "for: all\n"_ba);
}

} // namespace tests
