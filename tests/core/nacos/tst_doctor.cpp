// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/doctor.h"

#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::errorOf;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using Outcome = DoctorStep::Outcome;

namespace {

const QString State = u"/nacos/v3/admin/core/state"_s, List = u"/nacos/v3/admin/cs/config/list"_s;

/// What an examination found, by step.
struct Findings {
    QStringList order;
    QMap<QString, DoctorStep> steps;
    std::optional<Result<Done>> end;

    Outcome outcome(const QString &id) const { return steps.value(id).outcome; }
    /// All that was said, to look for what must not be in it.
    QString words() const
    {
        QString all;
        for (const DoctorStep &step : steps)
            all += step.finding + step.remedy;
        return all;
    }
};

Findings examined(NacosFixture &f)
{
    QObject parent;
    const auto told = await(examine(f.profile, f.collaborators(), &parent), std::chrono::seconds(30));
    Findings found;
    found.end = told.end;
    for (const DoctorStep &step : told.items) {
        found.order.append(step.id);
        found.steps.insert(step.id, step);
    }
    return found;
}

HttpAnswer hanging()
{
    HttpAnswer hang;
    hang.fault = HttpAnswer::Fault::Hang;
    return hang;
}

/// A server where everything is as it should be.
struct Well : NacosFixture {
    Well()
    {
        profile.defaultNamespace = u"public"_s;
        http.on("GET", List, result(QJsonObject{{u"totalCount"_s, 0}, {u"pageItems"_s, QJsonArray()}}));
    }
};

} // namespace

class TstDoctor final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everythingIsWell_stepByStep_andNothingIsWritten()
    {
        Well f;
        f.usePassword();
        f.serveLogin();
        const Findings found = examined(f);
        QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
        QCOMPARE(
            found.order,
            (QStringList{u"dns"_s, u"tcp"_s, u"tls"_s, u"admin"_s, u"console"_s, u"grpc"_s, u"version"_s, u"login"_s, u"rights-read"_s}));
        for (const DoctorStep &step : found.steps)
            QVERIFY2(step.outcome == (step.id == "tls"_L1 ? Outcome::Skipped : Outcome::Ok), qPrintable(step.id + u": "_s + step.finding));
        QVERIFY(found.steps.value(u"version"_s).finding.contains(u"3.1.0"_s));
        QVERIFY(found.steps.value(u"login"_s).finding.contains(u"administrator"_s));
        QVERIFY(!found.steps.value(u"tls"_s).remedy.isEmpty()); // a password over plain http
        QVERIFY(!found.words().contains(u"right-password"_s) && !found.words().contains(u"token-one"_s));
        for (const HttpSeen &seen : f.http.seen())
            QVERIFY2(seen.method == "GET" || seen.path().endsWith(u"/login"_s), qPrintable(seen.path()));
        QVERIFY(f.grpc.seen(wire::ConfigPublishRequest::typeName).isEmpty());
    }

    void noAddress_orNone()
    {
        for (const QStringList &servers : {QStringList(), QStringList{u"http://user:secret-word@h"_s}}) {
            Well f;
            f.profile.servers = servers;
            const Findings found = examined(f);
            QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
            QCOMPARE(found.outcome(u"dns"_s), Outcome::Failed);
            QVERIFY(!found.steps.value(u"dns"_s).remedy.isEmpty());
            QCOMPARE(found.outcome(u"rights-read"_s), Outcome::Skipped);
            QVERIFY(!found.words().contains(u"secret-word"_s));
            QVERIFY(f.http.seen().isEmpty());
        }
    }

    void nobodyListensThere()
    {
        Well f;
        f.http.stop();
        const Findings found = examined(f);
        QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
        QCOMPARE(found.outcome(u"dns"_s), Outcome::Ok);
        QCOMPARE(found.outcome(u"tcp"_s), Outcome::Failed);
        QVERIFY(!found.steps.value(u"tcp"_s).remedy.isEmpty());
        for (const QString &id : found.order.mid(2))
            QVERIFY2(found.outcome(id) == Outcome::Skipped, qPrintable(id));
        QVERIFY(f.console.seen().isEmpty()); // what was not reached was not asked
    }

    void whatAnswersIsNoRegistry_data()
    {
        QTest::addColumn<HttpAnswer>("answer");
        HttpAnswer garbage = HttpAnswer::json({});
        garbage.fault = HttpAnswer::Fault::Garbage;
        HttpAnswer drop;
        drop.fault = HttpAnswer::Fault::Drop;
        QTest::newRow("not HTTP") << garbage;
        QTest::newRow("hangs up") << drop;
        QTest::newRow("a page") << NacosFixture::text("<html>shop</html>");
        QTest::newRow("nothing of that name") << NacosFixture::text("not found", 404);
        QTest::newRow("half a JSON") << HttpAnswer::json("{\"code\":0,");
    }
    void whatAnswersIsNoRegistry()
    {
        QFETCH(HttpAnswer, answer);
        Well f;
        f.http.on("", State, answer);
        f.http.on("", List, answer);
        f.http.on("", u"/nacos/v3/admin/core/namespace/list"_s, answer);
        f.http.otherwise([answer](const HttpSeen &) { return answer; });
        f.console.stop();
        f.grpc.stop();
        f.profile.callTimeout = std::chrono::milliseconds(2000);
        const Findings found = examined(f);
        QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
        QCOMPARE(found.outcome(u"tcp"_s), Outcome::Ok);
        QCOMPARE(found.outcome(u"version"_s), Outcome::Failed);
        QVERIFY(!found.steps.value(u"version"_s).remedy.isEmpty());
        QCOMPARE(found.outcome(u"rights-read"_s), Outcome::Skipped);
    }

    void aServerThatNeverAnswers()
    {
        Well f;
        for (const QString &path : {State, List, u"/nacos/v3/admin/core/namespace/list"_s})
            f.http.on("", path, hanging());
        f.http.otherwise([](const HttpSeen &) { return hanging(); });
        f.console.stop();
        f.grpc.stop();
        f.profile.callTimeout = std::chrono::milliseconds(1500);
        const Findings found = examined(f);
        QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
        QCOMPARE(found.outcome(u"tcp"_s), Outcome::Ok);
        QCOMPARE(found.outcome(u"version"_s), Outcome::Failed);
        QCOMPARE(found.outcome(u"rights-read"_s), Outcome::Skipped);
    }

    void onlyTheMainPortIsThere()
    {
        Well f;
        f.console.stop();
        f.grpc.stop();
        const Findings found = examined(f);
        QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
        QCOMPARE(found.outcome(u"admin"_s), Outcome::Ok);
        QCOMPARE(found.outcome(u"console"_s), Outcome::Warning);
        QCOMPARE(found.outcome(u"grpc"_s), Outcome::Warning);
        QVERIFY(!found.steps.value(u"grpc"_s).remedy.isEmpty());
        QCOMPARE(found.outcome(u"rights-read"_s), Outcome::Ok);
    }

    void theLoginIsRefused_orThePasswordIsNotThere()
    {
        QStringList remedies;
        for (const bool given : {true, false}) {
            Well f;
            f.usePassword(u"wrong-word"_s);
            if (!given)
                f.secrets.secrets.clear();
            f.serveLogin();
            const Findings found = examined(f);
            QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
            QCOMPARE(found.outcome(u"login"_s), Outcome::Failed);
            QCOMPARE(found.outcome(u"rights-read"_s), Outcome::Skipped);
            QVERIFY(!found.words().contains(u"wrong-word"_s));
            remedies.append(found.steps.value(u"login"_s).remedy);
        }
        // What was sent and refused must be checked; what was not sent must be given.
        QVERIFY(remedies.first() != remedies.last() && !remedies.contains(QString()));
    }

    void noRightToRead()
    {
        Well f;
        f.http.on("GET", List, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        f.console.on("GET", u"/v3/console/cs/config/list"_s, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        const Findings found = examined(f);
        QVERIFY2(found.end && *found.end, qPrintable(errorOf(found.end)));
        QCOMPARE(found.outcome(u"rights-read"_s), Outcome::Failed);
        QVERIFY(!found.steps.value(u"rights-read"_s).remedy.isEmpty());
    }

    /// By the console, when only that lets the account read: it says so.
    void theRightIsElsewhere()
    {
        Well f;
        f.http.on("GET", List, NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."));
        f.console.on("GET", u"/v3/console/cs/config/list"_s,
                     NacosFixture::result(QJsonObject{{u"totalCount"_s, 0}, {u"pageItems"_s, QJsonArray()}}));
        const Findings found = examined(f);
        QCOMPARE(found.outcome(u"rights-read"_s), Outcome::Ok);
        QVERIFY2(found.steps.value(u"rights-read"_s).finding.contains(u"console"_s),
                 qPrintable(found.steps.value(u"rights-read"_s).finding));
    }

    void cancelled()
    {
        Well f;
        f.http.on("GET", List, hanging());
        QObject context;
        QList<DoctorStep> steps;
        std::optional<Result<Done>> end;
        const QPointer<Stream<DoctorStep>> stream(examine(f.profile, f.collaborators(), nullptr));
        stream->each(&context, [&steps](const QList<DoctorStep> &batch) { steps += batch; });
        stream->then(&context, [&end](const Result<Done> &result) { end = result; });
        QTRY_VERIFY(!f.http.seen(List).isEmpty());
        stream->cancel();
        QVERIFY(!end);
        QTRY_VERIFY(end);
        QCOMPARE(end->error().kind, Error::Kind::Cancelled);
        QTRY_VERIFY(stream.isNull());
        // What it had opened went with it.
        QTRY_COMPARE(f.grpc.streams(), 0);
        QVERIFY(std::none_of(steps.cbegin(), steps.cend(), [](const DoctorStep &step) { return step.id == "rights-read"_L1; }));
    }

    void whoeverAskedIsGone()
    {
        Well f;
        f.http.on("GET", List, hanging());
        auto context = std::make_unique<QObject>();
        bool told = false;
        const QPointer<Stream<DoctorStep>> stream(examine(f.profile, f.collaborators(), nullptr));
        stream->then(context.get(), [&told](const Result<Done> &) { told = true; });
        QTRY_VERIFY(!f.http.seen(List).isEmpty());
        context.reset();
        QTRY_VERIFY(stream.isNull());
        QTRY_COMPARE(f.grpc.streams(), 0);
        QVERIFY(!told);
        // And by the end of its parent, at any time.
        auto parent = std::make_unique<QObject>();
        const QPointer<Stream<DoctorStep>> child(examine(f.profile, f.collaborators(), parent.get()));
        child->then(&f.http, [&told](const Result<Done> &) { told = true; });
        f.http.forget();
        QTRY_VERIFY(!f.http.seen(State).isEmpty());
        parent.reset();
        QVERIFY(child.isNull());
        QTRY_COMPARE(f.grpc.streams(), 0);
        QVERIFY(!told);
    }
};

SIGNALBOX_TEST(TstDoctor)
#include "tst_doctor.moc"
