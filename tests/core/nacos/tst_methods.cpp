// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configclient.h"
#include "core/nacos/config/namespaceclient.h"
#include "core/nacos/session/sessionprivate.h"
#include "tests/core/nacos/fixture.h"
#include "tests/support/testmain.h"

#include <functional>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;
using tests::await;
using tests::HttpAnswer;
using tests::HttpSeen;
using tests::NacosFixture;
using Fault = tests::HttpAnswer::Fault;

namespace {

const ConfigKey Key{u"public"_s, u"G"_s, u"d"_s};
const QByteArray Detail =
    R"({"code":0,"message":"success","data":{"id":"1","namespaceId":"public","groupName":"G","dataId":"d","content":"x","md5":"9dd4e461268c8034f5c8564e155c67a6","type":"text"}})";

/// What a method came to, whatever it answers.
using Outcome = Result<Done>;

/// One public method of the clients that goes over HTTP.
struct Method {
    const char *name;
    QString path; ///< of the request that decides
    QByteArray good;
    std::function<Operation *(ConfigClient &, NamespaceClient &)> call;
};

const QList<Method> &methods()
{
    static const QList<Method> all{
        {"list", u"/nacos/v3/admin/cs/config/list"_s, R"({"code":0,"message":"success","data":{"totalCount":0,"pageItems":[]}})"_ba,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * {
             return configs.list({u"public"_s, {}, {}, {}, {}, {}, {}});
         }},
        {"get", u"/nacos/v3/admin/cs/config"_s, Detail,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.get(Key); }},
        {"getLive", u"/nacos/v3/admin/cs/config"_s, Detail,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.getLive(Key); }},
        {"fetch without gRPC", u"/nacos/v3/admin/cs/config"_s, Detail,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.fetch(Key); }},
        {"history", u"/nacos/v3/admin/cs/history/list"_s, R"({"code":0,"message":"success","data":{"totalCount":0,"pageItems":[]}})"_ba,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.history(Key); }},
        {"revision", u"/nacos/v3/admin/cs/history"_s,
         R"({"code":0,"message":"success","data":{"id":"7","dataId":"d","groupName":"G","namespaceId":"public","content":"x","opType":"I"}})"_ba,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.revision(Key, u"h:7"_s); }},
        {"revision of what is live", u"/nacos/v3/admin/cs/config"_s, Detail,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * {
             return configs.revision(Key, u"live:9dd4e461268c8034f5c8564e155c67a6"_s);
         }},
        {"beta", u"/nacos/v3/admin/cs/config/beta"_s,
         R"({"code":0,"message":"success","data":{"dataId":"d","groupName":"G","content":"x","grayName":"beta","betaIps":"10.0.0.1"}})"_ba,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.beta(Key); }},
        {"listeners", u"/nacos/v3/admin/cs/config/listener"_s,
         R"({"code":0,"message":"success","data":{"queryType":"config","listenersStatus":{}}})"_ba,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.listeners(Key); }},
        {"listenedBy", u"/nacos/v3/admin/cs/listener"_s,
         R"({"code":0,"message":"success","data":{"queryType":"ip","listenersStatus":{"d+G":"m"}}})"_ba,
         [](ConfigClient &configs, NamespaceClient &) -> Operation * { return configs.listenedBy(u"10.0.0.1"_s, u"public"_s); }},
        {"namespaces", u"/nacos/v3/admin/core/namespace/list"_s, R"({"code":0,"message":"success","data":[]})"_ba,
         [](ConfigClient &, NamespaceClient &namespaces) -> Operation * { return namespaces.list(); }},
        {"namespace", u"/nacos/v3/admin/core/namespace"_s, R"({"code":0,"message":"success","data":{"namespace":"dev","type":2}})"_ba,
         [](ConfigClient &, NamespaceClient &namespaces) -> Operation * { return namespaces.get(u"dev"_s); }},
    };
    return all;
}

template <class Op>
bool outcomeOf(Operation *operation, QObject *context, const std::function<void(const Outcome &)> &tell)
{
    auto *typed = dynamic_cast<Op *>(operation);
    if (!typed)
        return false;
    typed->then(context, [tell](const auto &result) { tell(result ? Outcome(Done{}) : Outcome(fail(result.error()))); });
    return true;
}

void listen(Operation *operation, QObject *context, const std::function<void(const Outcome &)> &tell)
{
    const bool known = outcomeOf<Stream<ConfigSummary>>(operation, context, tell) ||
        outcomeOf<Stream<ConfigRevision>>(operation, context, tell) ||
        outcomeOf<Reply<std::optional<ConfigDetail>>>(operation, context, tell) ||
        outcomeOf<Reply<std::optional<ConfigContent>>>(operation, context, tell) ||
        outcomeOf<Reply<ConfigRevisionDetail>>(operation, context, tell) ||
        outcomeOf<Reply<std::optional<BetaRelease>>>(operation, context, tell) ||
        outcomeOf<Reply<QList<ConfigListener>>>(operation, context, tell) ||
        outcomeOf<Reply<QList<ListenedConfig>>>(operation, context, tell) ||
        outcomeOf<Reply<QList<NamespaceInfo>>>(operation, context, tell) ||
        outcomeOf<Reply<std::optional<NamespaceInfo>>>(operation, context, tell);
    QVERIFY(known);
}

QByteArray page(const QByteArray &text)
{
    return "<html><body>" + text + "</body></html>";
}

} // namespace

/// Every method of the clients against everything an HTTP server can do wrong; gRPC is not there.
class TstMethods : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_f = std::make_unique<NacosFixture>();
        m_f->profile.callTimeout = std::chrono::milliseconds(3000);
        m_f->grpc.stop();
        m_session = m_f->session(Session::Use::OneShot);
        const auto opened = await(m_session->open());
        QVERIFY2(opened && *opened, qPrintable(tests::errorOf(opened)));
        QVERIFY(!m_session->d().rpcUp());
    }
    void cleanupTestCase()
    {
        m_session.reset();
        m_f.reset();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        for (const Method &method : methods())
            m_f->http.on("GET", method.path, HttpAnswer::json(method.good));
        m_f->http.forget();
        m_configs = std::make_unique<ConfigClient>(*m_session, ConfigClient::Collaborators());
        m_namespaces = std::make_unique<NamespaceClient>(*m_session);
    }
    void cleanup()
    {
        m_configs.reset();
        m_namespaces.reset();
    }

    void succeeds_data() { everyMethod(); }
    void succeeds()
    {
        QFETCH(int, method);
        const auto outcome = run(methods().at(method));
        QVERIFY2(outcome && *outcome, qPrintable(tests::errorOf(outcome)));
    }

    void fails_data()
    {
        using Kind = Error::Kind;
        QTest::addColumn<int>("method");
        QTest::addColumn<HttpAnswer>("answer");
        QTest::addColumn<QList<Kind>>("kinds");
        const auto faulty = [](Fault fault, const QByteArray &body) {
            HttpAnswer answer = HttpAnswer::json(body);
            answer.fault = fault;
            return answer;
        };
        for (int i = 0; i < methods().size(); ++i) {
            const Method &method = methods().at(i);
            const auto add = [&](const char *what, const HttpAnswer &answer, const QList<Kind> &kinds) {
                QTest::addRow("%s: %s", method.name, what) << i << answer << kinds;
            };
            add("error envelope", NacosFixture::result(u"broken"_s, 30000, 500), {Kind::Rejected});
            add("error envelope, status 200", NacosFixture::result(u"broken"_s, 30000), {Kind::Rejected});
            add("parameter check, plain text", NacosFixture::text("Param check invalid: dataId", 400), {Kind::Rejected});
            add("no token", NacosFixture::servlet(403, "Code: 401, Message: token invalid!"), {Kind::Auth});
            add("no right", NacosFixture::servlet(403, "Code: 403, Message: authorization failed!."), {Kind::Forbidden});
            add("a proxy's login page", HttpAnswer::json(page("login"), 401), {Kind::Auth});
            add("internal error page", HttpAnswer::json(page("stack trace"), 500), {Kind::Rejected});
            add("bad gateway", HttpAnswer::json({}, 502), {Kind::Network});
            add("retired", NacosFixture::servlet(410, "gone"), {Kind::Unsupported});
            add("not JSON", HttpAnswer::json("hello"), {Kind::BadReply});
            add("half a JSON", HttpAnswer::json(method.good.left(method.good.size() / 2)), {Kind::BadReply});
            add("nothing", HttpAnswer::json({}), {Kind::BadReply});
            add("data of another shape", HttpAnswer::json(R"({"code":0,"message":"success","data":"text"})"), {Kind::BadReply});
            add("a number as data", HttpAnswer::json(R"({"code":0,"message":"success","data":7})"), {Kind::BadReply});
            add("cut off", faulty(Fault::Truncate, method.good), {Kind::Network, Kind::BadReply});
            add("cut off in the head", faulty(Fault::CutHead, method.good), {Kind::Network, Kind::BadReply});
            add("closed without a byte", faulty(Fault::Drop, {}), {Kind::Network});
            add("not HTTP", faulty(Fault::Garbage, {}), {Kind::Network, Kind::BadReply});
        }
    }
    void fails()
    {
        QFETCH(int, method);
        QFETCH(HttpAnswer, answer);
        QFETCH(QList<Error::Kind>, kinds);
        m_f->http.on("GET", methods().at(method).path, answer);
        const auto outcome = run(methods().at(method));
        QVERIFY2(outcome && !*outcome, outcome ? "it succeeded" : "no answer");
        const Error &error = outcome->error();
        QVERIFY2(kinds.contains(error.kind), qPrintable(error.kindName() + u": "_s + error.message));
        QVERIFY(!error.message.isEmpty());
        QVERIFY(!error.message.contains(u"stack trace"_s));
    }

    /// All at once: each takes the whole deadline.
    void neverAnswered()
    {
        HttpAnswer hang;
        hang.fault = Fault::Hang;
        QMap<QString, Error::Kind> outcomes;
        QObject context;
        for (const Method &method : methods()) {
            m_f->http.on("GET", method.path, hang);
            listen(method.call(*m_configs, *m_namespaces), &context, [&outcomes, name = method.name](const Outcome &outcome) {
                outcomes.insert(QString::fromLatin1(name), outcome ? Error::Kind::Internal : outcome.error().kind);
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), methods().size(), 30000);
        for (auto it = outcomes.cbegin(); it != outcomes.cend(); ++it)
            QVERIFY2(*it == Error::Kind::Timeout, qPrintable(it.key()));
    }

    void cancelled_data() { everyMethod(); }
    void cancelled()
    {
        QFETCH(int, method);
        HttpAnswer hang;
        hang.fault = Fault::Hang;
        m_f->http.on("GET", methods().at(method).path, hang);
        QObject context;
        int told = 0;
        std::optional<Outcome> outcome;
        const QPointer<Operation> operation(methods().at(method).call(*m_configs, *m_namespaces));
        listen(operation, &context, [&](const Outcome &result) {
            outcome = result;
            ++told;
        });
        QTRY_VERIFY(!m_f->http.seen(methods().at(method).path).isEmpty());
        operation->cancel();
        QCOMPARE(told, 0); // never inside the call
        QTRY_VERIFY(outcome);
        QCOMPARE(outcome->error().kind, Error::Kind::Cancelled);
        QTRY_VERIFY(operation.isNull());
        QCOMPARE(told, 1);
    }

    void callerGone_data() { everyMethod(); }
    void callerGone()
    {
        QFETCH(int, method);
        HttpAnswer late = HttpAnswer::json(methods().at(method).good);
        late.delay = std::chrono::milliseconds(50);
        m_f->http.on("GET", methods().at(method).path, late);
        auto context = std::make_unique<QObject>();
        bool told = false;
        const QPointer<Operation> operation(methods().at(method).call(*m_configs, *m_namespaces));
        listen(operation, context.get(), [&told](const Outcome &) { told = true; });
        QTRY_VERIFY(!m_f->http.seen(methods().at(method).path).isEmpty());
        context.reset();
        QTRY_VERIFY(operation.isNull()); // a read nobody waits for is given up
        QVERIFY(!told);
    }

    void clientGone_data() { everyMethod(); }
    void clientGone()
    {
        QFETCH(int, method);
        HttpAnswer hang;
        hang.fault = Fault::Hang;
        m_f->http.on("GET", methods().at(method).path, hang);
        QObject context;
        std::optional<Outcome> outcome;
        listen(methods().at(method).call(*m_configs, *m_namespaces), &context, [&](const Outcome &result) { outcome = result; });
        QTRY_VERIFY(!m_f->http.seen(methods().at(method).path).isEmpty());
        m_configs.reset();
        m_namespaces.reset();
        QTRY_VERIFY(outcome);
        QCOMPARE(outcome->error().kind, Error::Kind::Cancelled);
    }

private:
    void everyMethod()
    {
        QTest::addColumn<int>("method");
        for (int i = 0; i < methods().size(); ++i)
            QTest::newRow(methods().at(i).name) << i;
    }
    std::optional<Outcome> run(const Method &method)
    {
        std::optional<Outcome> outcome;
        QTestEventLoop loop;
        QObject context;
        listen(method.call(*m_configs, *m_namespaces), &context, [&](const Outcome &result) {
            outcome = result;
            loop.exitLoop();
        });
        if (!outcome)
            loop.enterLoopMSecs(30000);
        return outcome;
    }

    std::unique_ptr<NacosFixture> m_f;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ConfigClient> m_configs;
    std::unique_ptr<NamespaceClient> m_namespaces;
};

SIGNALBOX_TEST(TstMethods)
#include "tst_methods.moc"
