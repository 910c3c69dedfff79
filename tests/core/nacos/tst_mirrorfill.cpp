// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/mirrorfiller.h"
#include "core/profiles/settings.h"
#include "tests/core/nacos/flowplace.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::detailOf;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using tests::Place;
using tests::serveConfigs;

namespace {

struct Filled {
    QList<FillProgress> told;
    std::optional<Result<Done>> end;
    FillProgress last(const QString &space) const
    {
        FillProgress found;
        for (const FillProgress &one : told) {
            if (one.namespaceId == space)
                found = one;
        }
        return found;
    }
};

Filled fill(Place &place, const QStringList &spaces)
{
    QObject parent;
    const auto got = await(fillMirror(*place.registry, *place.mirror, spaces, &parent), 30s);
    return {got.items, got.end};
}

/// What the window has: connections, and a filler that looks after them.
struct Window {
    tests::TempHome folder;
    NacosFixture f;
    std::unique_ptr<store::Home> home = std::move(*store::Home::open(folder.path()));
    std::unique_ptr<store::Mirror> mirror = std::make_unique<store::Mirror>(*home);
    std::unique_ptr<store::Overrides> overrides = std::make_unique<store::Overrides>(*home);
    profiles::Settings settings{folder.path()};
    std::unique_ptr<Registries> registries =
        std::make_unique<Registries>(Registry::Collaborators{f.collaborators(), {mirror.get(), overrides.get()}});
    MirrorFiller filler{*registries, *mirror, settings};

    bool open()
    {
        const auto opened = await(registries->open(f.profile, Session::Use::Interactive)->session().open(), 30s);
        return opened && *opened;
    }
};

} // namespace

class TstMirrorFill final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everythingIsReadOnce()
    {
        Place p;
        serveConfigs(p.f, 60);
        QVERIFY(p.open());
        Filled filled = fill(p, {{}}); // the empty namespace is public
        QVERIFY2(filled.end && *filled.end, qPrintable(errorOf(filled.end)));
        FillProgress last = filled.last(u"public"_s);
        QVERIFY(last.complete && last.problem.isEmpty());
        QCOMPARE(last.listed, 60);
        QCOMPARE(last.read, 60);
        QCOMPARE(last.known, 0);
        QVERIFY(filled.told.size() >= 2); // told on the way as well
        const ConfigKey some{u"public"_s, u"G"_s, u"c37"_s};
        QTRY_VERIFY(p.content(some));
        QCOMPARE(p.content(some)->content, "c37"_ba);
        QCOMPARE(p.remembered(some)->tags, (QStringList{u"a"_s, u"b"_s}));
        // The mirror writes behind.
        const auto kept = [&p] {
            int count = 0;
            for (const store::MirrorItem &item : await(p.mirror->list(p.scope(), u"public"_s, u"config"_s)).items)
                count += !item.contentSha.isEmpty() && !item.stale;
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(kept(), 60, 20000);
        // The second time nothing is asked for.
        p.f.http.forget();
        filled = fill(p, {u"public"_s});
        last = filled.last(u"public"_s);
        QCOMPARE(last.known, 60);
        QCOMPARE(last.read, 0);
        QVERIFY(last.complete);
        QVERIFY(p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).isEmpty());
    }

    void aFailureStopsNothingElse()
    {
        Place p;
        serveConfigs(p.f, 20);
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, [](const HttpSeen &seen) {
            const QString name = seen.query(u"dataId"_s);
            return name == "c7"_L1 ? NacosFixture::result(u"broken"_s, 30000, 500) : NacosFixture::result(detailOf(name, name));
        });
        QVERIFY(p.open());
        const Filled filled = fill(p, {u"public"_s});
        QVERIFY2(filled.end && *filled.end, qPrintable(errorOf(filled.end)));
        const FillProgress last = filled.last(u"public"_s);
        QCOMPARE(last.read, 19);
        QCOMPARE(last.failed, 1);
        QVERIFY(!last.complete && last.problem.contains(u"broken"_s));
    }

    void namespacesAreListedOrTyped()
    {
        Place p;
        serveConfigs(p.f, 1);
        p.f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s,
                    NacosFixture::result(QJsonArray{QJsonObject{{u"namespace"_s, u""_s}, {u"type"_s, 0}},
                                                    QJsonObject{{u"namespace"_s, u"dev"_s}, {u"type"_s, 2}}}));
        p.f.profile.typedNamespaces = {u"typed"_s, u"public"_s};
        QVERIFY(p.open());
        Filled filled = fill(p, {});
        QVERIFY(filled.last(u"public"_s).complete && filled.last(u"dev"_s).complete);
        // Who may not list them has those that were typed.
        const QByteArray no = "Code: 403, Message: authorization failed!.";
        p.f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, NacosFixture::servlet(403, no));
        p.f.console.on("GET", u"/v3/console/core/namespace/list"_s, NacosFixture::servlet(403, no));
        filled = fill(p, {});
        QVERIFY2(filled.end && *filled.end, qPrintable(errorOf(filled.end)));
        QSet<QString> spaces;
        for (const FillProgress &one : filled.told)
            spaces.insert(one.namespaceId);
        QCOMPARE(spaces, (QSet<QString>{u"public"_s, u"typed"_s}));
        p.f.http.on("GET", u"/nacos/v3/admin/core/namespace/list"_s, NacosFixture::result(u"broken"_s, 30000, 500));
        filled = fill(p, {});
        QVERIFY(filled.end && !*filled.end);
        QCOMPARE(filled.end->error().kind, Error::Kind::Rejected);
    }

    void aNamespaceThatCannotBeListedIsTold()
    {
        Place p;
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config/list"_s, NacosFixture::result(u"broken"_s, 30000, 500));
        QVERIFY(p.open());
        const Filled filled = fill(p, {u"public"_s});
        QVERIFY(filled.end && *filled.end);
        QVERIFY(!filled.last(u"public"_s).complete);
        QVERIFY(filled.last(u"public"_s).problem.contains(u"broken"_s));
    }

    void fillingIsCancelled()
    {
        Place p;
        serveConfigs(p.f, 200);
        QVERIFY(p.open());
        QObject parent;
        auto *stream = fillMirror(*p.registry, *p.mirror, {u"public"_s}, &parent);
        QTRY_VERIFY(!p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).isEmpty());
        QTimer::singleShot(0, &parent, [stream = QPointer<Operation>(stream)] { stream->cancel(); });
        auto told = await(stream);
        QVERIFY(told.end && !*told.end);
        QCOMPARE(told.end->error().kind, Error::Kind::Cancelled);
        stream = fillMirror(*p.registry, *p.mirror, {u"public"_s}, &parent);
        QTimer::singleShot(0, &parent, [&p] { p.registry.reset(); });
        told = await(stream);
        QVERIFY(told.end && !*told.end);
    }
    // ---- Politeness --------------------------------------------------------------------------------------------------------------

    void aFewReadsAtATime()
    {
        Place p;
        serveConfigs(p.f, 60);
        QVERIFY(p.open());
        HttpAnswer silence;
        silence.fault = HttpAnswer::Fault::Hang;
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, silence);
        QObject parent;
        auto *stream = fillMirror(*p.registry, *p.mirror, {u"public"_s}, &parent);
        const auto asked = [&p] { return p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).size(); };
        QTRY_VERIFY(asked() > 0);
        // Whoever waits for something finds a connection free.
        const auto spaces = await(p.registry->namespaces().list());
        QVERIFY(spaces && *spaces);
        QVERIFY(asked() <= 4);
        stream->cancel();
    }

    void tooManyRequests_areWaitedOut()
    {
        Place p;
        serveConfigs(p.f, 20);
        QVERIFY(p.open());
        auto refused = std::make_shared<int>(0);
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, [refused](const HttpSeen &seen) {
            const QString name = seen.query(u"dataId"_s);
            if (name == "c5"_L1 && ++*refused <= 1)
                return NacosFixture::text("slow down", 429);
            return NacosFixture::result(detailOf(name, name));
        });
        const Filled filled = fill(p, {u"public"_s});
        QVERIFY2(filled.end && *filled.end, qPrintable(errorOf(filled.end)));
        const FillProgress last = filled.last(u"public"_s);
        QVERIFY2(last.complete, qPrintable(last.problem));
        QCOMPARE(last.read, 20);
        QCOMPARE(*refused, 2);
    }

    void aBrakeHoldsIt_andLetsItGoOn()
    {
        Place p;
        serveConfigs(p.f, 30);
        QVERIFY(p.open());
        QObject parent;
        FillBrake brake;
        brake.set(FillBrake::Position::Held);
        auto *stream = fillMirror(*p.registry, *p.mirror, {u"public"_s}, &parent, &brake);
        qint64 listed = 0;
        connect(stream, &Operation::progress, &parent, [&](qint64, qint64 total) { listed = total; });
        QTRY_COMPARE(listed, 30);
        const auto spaces = await(p.registry->namespaces().list()); // time passes
        QVERIFY(spaces);
        QVERIFY(p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).isEmpty());
        brake.set(FillBrake::Position::Free);
        const auto told = await(stream, 30s);
        QVERIFY(told.end && *told.end);
        QCOMPARE(p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).size(), 30);
    }

    void aServerThatIsGone_endsIt()
    {
        Place p;
        serveConfigs(p.f, 500);
        QVERIFY(p.open());
        HttpAnswer drop;
        drop.fault = HttpAnswer::Fault::Drop;
        p.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, drop);
        p.f.grpc.stop(); // what is read there in its stead is no loss
        QTRY_VERIFY_WITH_TIMEOUT(p.registry->session().state() != SessionState::Live, 30'000);
        const Filled filled = fill(p, {u"public"_s});
        QVERIFY(filled.end && !*filled.end);
        QCOMPARE(filled.end->error().kind, Error::Kind::Network);
        QVERIFY(p.f.http.seen(u"/nacos/v3/admin/cs/config"_s).size() < 100);
    }

    // ---- In the background -------------------------------------------------------------------------------------------------------

    void whatIsConnected_isFilled_andAgainWhenItIsBack()
    {
        Window w;
        serveConfigs(w.f, 12);
        QVERIFY(w.open());
        QTRY_COMPARE_WITH_TIMEOUT(w.filler.status(u"test"_s).state, MirrorFiller::State::Complete, 30'000);
        QCOMPARE(w.filler.status(u"test"_s).done, 12);
        QCOMPARE(w.filler.status(u"test"_s).total, 12);
        const auto coverage = [&w] {
            const auto seen = await(w.mirror->coverage({{w.registries->find(u"test"_s)->mirrorScope()}}, {u"public"_s}, {u"config"_s}));
            return seen && *seen ? std::pair((*seen)->withContent, (*seen)->items) : std::pair<qint64, qint64>(-1, -1);
        };
        QTRY_COMPARE_WITH_TIMEOUT(coverage(), (std::pair<qint64, qint64>(12, 12)), 30'000);
        // What came while nobody listened comes with the connection.
        serveConfigs(w.f, 15);
        w.f.grpc.endStreams(tests::FakeNacosGrpc::End::Unavailable);
        QTRY_COMPARE_WITH_TIMEOUT(coverage(), (std::pair<qint64, qint64>(15, 15)), 60'000);
    }

    void whatCouldNotBeListed_isTriedAgainByItself()
    {
        Window w;
        serveConfigs(w.f, 12);
        const QString list = u"/nacos/v3/admin/cs/config/list"_s;
        HttpAnswer drop;
        drop.fault = HttpAnswer::Fault::Drop;
        w.f.http.on("GET", list, drop);
        QVERIFY(w.open());
        QTRY_COMPARE_WITH_TIMEOUT(w.filler.status(u"test"_s).state, MirrorFiller::State::Incomplete, 30'000);
        serveConfigs(w.f, 12);
        QTRY_COMPARE_WITH_TIMEOUT(w.filler.status(u"test"_s).state, MirrorFiller::State::Complete, 60'000);
        QCOMPARE(w.filler.status(u"test"_s).done, 12);
    }

    void notWhereItIsNotWanted()
    {
        Window off;
        serveConfigs(off.f, 3);
        off.settings.set(profiles::Setting::MirrorFillOnConnect, false);
        QVERIFY(off.open());
        Window facts;
        serveConfigs(facts.f, 3);
        facts.f.profile.keep = profiles::Keep::Facts;
        QVERIFY(facts.open());
        Window wanted;
        serveConfigs(wanted.f, 3);
        QVERIFY(wanted.open());
        QTRY_COMPARE_WITH_TIMEOUT(wanted.filler.status(u"test"_s).state, MirrorFiller::State::Complete, 30'000);
        for (Window *w : {&off, &facts}) {
            QCOMPARE(w->filler.status(u"test"_s).state, MirrorFiller::State::Idle);
            QVERIFY(w->f.http.seen(u"/nacos/v3/admin/cs/config"_s).isEmpty());
        }
        // Asked for by hand, once; where nothing is kept it is not.
        QVERIFY(off.filler.mayFill(u"test"_s));
        QVERIFY(!facts.filler.mayFill(u"test"_s));
        off.filler.fill(u"test"_s);
        facts.filler.fill(u"test"_s);
        QTRY_COMPARE_WITH_TIMEOUT(off.filler.status(u"test"_s).done, 3, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(off.filler.mayFill(u"test"_s), 30'000);
        QCOMPARE(facts.filler.status(u"test"_s).state, MirrorFiller::State::Idle);
        // Wanted after all.
        off.settings.set(profiles::Setting::MirrorFillOnConnect, true);
        QTRY_COMPARE_WITH_TIMEOUT(off.filler.status(u"test"_s).state, MirrorFiller::State::Complete, 30'000);
    }

    void isPausedAndContinued_andEndsWithItsConnection()
    {
        Window w;
        serveConfigs(w.f, 12);
        HttpAnswer silence;
        silence.fault = HttpAnswer::Fault::Hang;
        w.f.http.on("GET", u"/nacos/v3/admin/cs/config"_s, silence);
        QVERIFY(w.open());
        QTRY_COMPARE_WITH_TIMEOUT(w.filler.status(u"test"_s).state, MirrorFiller::State::Filling, 30'000);
        w.filler.pause(u"test"_s);
        QCOMPARE(w.filler.status(u"test"_s).state, MirrorFiller::State::Paused);
        w.filler.resume(u"test"_s);
        QCOMPARE(w.filler.status(u"test"_s).state, MirrorFiller::State::Filling);
        w.registries->close(u"test"_s);
        QCOMPARE(w.filler.status(u"test"_s).state, MirrorFiller::State::Idle);
    }
};

SIGNALBOX_TEST(TstMirrorFill)
#include "tst_mirrorfill.moc"