// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/seed.h"
#include "tests/support/testmain.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::sandbox;
using namespace core::sandbox::nacos;

class TstSeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fillsASmallCompany();
    void isWholeInEveryGeneration();
    void refusesMalformedFiles();
};

namespace {

struct Bench {
    CommitLog log{nullptr};
    ConfigStore configs{log, std::make_unique<MemoryHistory>(), core::Clock::system()};
    NamespaceStore spaces{log};
    SeedTarget target(const QString &version = u"3.1"_s) { return {configs, spaces, *Generation::parse(version), core::Clock::system()}; }
};

} // namespace

void TstSeed::fillsASmallCompany()
{
    Bench bench;
    QVERIFY(seedDemo(bench.target()));
    QCOMPARE(bench.spaces.all().size(), 3);
    QVERIFY(bench.configs.count() >= 60);
    QSet<QString> types;
    int encrypted = 0, betas = 0, revisions = 0;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const Namespace &space : bench.spaces.all()) {
        const QList<ConfigPtr> configs = bench.configs.all(space.id);
        QVERIFY(configs.size() >= 15);
        for (const ConfigPtr &config : configs) {
            types.insert(config->type);
            encrypted += !config->encryptedDataKey.isEmpty();
            betas += config->gray(u"beta"_s) != nullptr;
            QVERIFY2(!config->content.isEmpty(), qPrintable(config->key.dataId));
            QVERIFY(config->modified <= now && config->created <= config->modified);
            const HistoryPage page = bench.configs.history().page(config->key, 0, 100);
            revisions += int(page.total);
            QVERIFY(page.total >= 1);
            qint64 before = now;
            for (const HistoryRow &row : page.rows) {
                QVERIFY(row.modified <= before); // newest first, in time too
                QVERIFY(now - row.modified < 30LL * 24 * 60 * 60 * 1000);
                QVERIFY(!row.user.isEmpty());
                before = row.modified;
            }
        }
    }
    QCOMPARE(types, (QSet<QString>{u"yaml"_s, u"json"_s, u"properties"_s, u"toml"_s, u"xml"_s, u"html"_s, u"text"_s}));
    QCOMPARE(encrypted, 3);
    const ConfigPtr large = bench.configs.find({u"production"_s, u"SHOP"_s, u"redirects.properties"_s});
    QVERIFY(large && large->content.size() > 100'000); // something to scroll in
    QVERIFY(large->content.endsWith("/artikel/13400.html=/books/13400\n"));
    QCOMPARE(betas, 1);
    QVERIFY(revisions > 120);
    // Something was deleted, so that a restore has something to bring back.
    const ConfigKey deleted{u"public"_s, u"SHOP"_s, u"old-banner.txt"_s};
    QVERIFY(!bench.configs.find(deleted));
    QCOMPARE(bench.configs.history().page(deleted, 0, 10).total, 3);
}

void TstSeed::isWholeInEveryGeneration()
{
    Bench two;
    QVERIFY(seedDemo(two.target(u"2.4"_s)));
    QVERIFY(two.configs.all(u"public"_s).size() >= 15);
}

void TstSeed::refusesMalformedFiles()
{
    Bench bench;
    for (const QByteArray &yaml :
         {"configs: ["_ba, "configs: 5"_ba, "configs:\n  - dataId: [a]\n    versions: [{age: 1d, content: x}]"_ba}) {
        const auto result = seedFromYaml(bench.target(), yaml);
        if (!result)
            QCOMPARE(result.error().kind, core::Error::Kind::Internal);
    }
    QVERIFY(!seedFromYaml(bench.target(), "configs: ["));
    QVERIFY(seedFromYaml(bench.target(), "configs:\n  - dataId: a\n    versions:\n      - age: 5m\n        content: hello\n"));
    QCOMPARE(bench.configs.find({u"public"_s, u"DEFAULT_GROUP"_s, u"a"_s})->content, "hello"_ba);
}

SIGNALBOX_TEST(TstSeed)
#include "tst_seed.moc"
