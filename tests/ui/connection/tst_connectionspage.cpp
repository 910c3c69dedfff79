// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/secretvault.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"
#include "tests/e2e/support/console.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"
#include "ui/common/messagebar.h"
#include "ui/connection/connectionform.h"
#include "ui/connection/connectionspage.h"
#include "ui/connection/probeview.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;
using core::profiles::Auth;
using core::profiles::Secret;
using ui::connection::ConnectionsPage;
using ui::connection::ProbeView;

namespace {

ConnectionsPage *open(tests::Console &console)
{
    console.start();
    return qobject_cast<ConnectionsPage *>(console.workbench().openPage({.kind = u"connections"_s}));
}

void type(tests::Console &console, const QString &field, const QString &text)
{
    auto *edit = console.find<QLineEdit>(u"field."_s + field);
    QVERIFY2(edit, qPrintable(field));
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

/// Nothing is marked while somebody is still writing.
void typeAndLeave(tests::Console &console, const QString &field, const QString &text)
{
    type(console, field, text);
    console.widget(u"field.environment"_s)->setFocus();
}

void choose(tests::Console &console, const QString &field, int value)
{
    auto *box = console.find<QComboBox>(u"field."_s + field);
    QVERIFY2(box, qPrintable(field));
    box->setCurrentIndex(box->findData(value));
}

QString problem(tests::Console &console, const QString &field)
{
    const auto *label = console.find<QLabel>(u"problem."_s + field);
    return label ? label->text() : QString();
}

/// One variable for as long as one lives.
class Variable {
    Q_DISABLE_COPY_MOVE(Variable)
public:
    Variable(const char *name, const QByteArray &value)
        : m_name(name)
    {
        qputenv(name, value);
    }
    ~Variable() { qunsetenv(m_name); }

private:
    const char *m_name;
};

} // namespace

class TstConnectionsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void theOrderOfTheListIsThePersons()
    {
        tests::Console console;
        const QString first = console.addProfile(u"First"_s), second = console.addProfile(u"Second"_s);
        ConnectionsPage *page = open(console);
        QVERIFY(page);
        page->choose(second);
        auto *list = console.widget(u"connectionList"_s);
        QVERIFY(list);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        const auto &store = console.services().profiles;
        QTRY_COMPARE(store.profiles().first().slug, second);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier); // it is the first already
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(store.profiles().first().slug, first);
        QCOMPARE(store.profiles().size(), 2);
    }

    void theOrderIsDraggedAsWell()
    {
        tests::Console console;
        const QString first = console.addProfile(u"First"_s), second = console.addProfile(u"Second"_s),
                      third = console.addProfile(u"Third"_s);
        QVERIFY(open(console));
        auto *list = console.find<QAbstractItemView>(u"connectionList"_s);
        QVERIFY(list);
        const auto order = [&console] {
            QStringList slugs;
            for (const core::profiles::Profile &profile : console.services().profiles.profiles())
                slugs.append(profile.slug);
            return slugs;
        };
        const auto drag = [list](int row, int onto, bool below) {
            const std::unique_ptr<QMimeData> data(list->model()->mimeData({list->model()->index(row, 0)}));
            const QRect target = list->visualRect(list->model()->index(onto, 0));
            const QPointF at(target.center().x(), below ? target.bottom() - 2 : target.top() + 2);
            QDragEnterEvent enter(at.toPoint(), Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(list->viewport(), &enter);
            QDragMoveEvent move(at.toPoint(), Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(list->viewport(), &move);
            QVERIFY(move.isAccepted());
            QDropEvent drop(at, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(list->viewport(), &drop);
        };
        drag(0, 2, true); // the first goes behind the third
        QTRY_COMPARE(order(), (QStringList{second, third, first}));
        drag(2, 0, false); // and before the second
        QTRY_COMPARE(order(), (QStringList{first, second, third}));
        drag(0, 3, true); // behind the practice registry, which has no order: the last of the saved ones
        QTRY_COMPARE(order(), (QStringList{second, third, first}));
        QVERIFY(!(list->model()->flags(list->model()->index(3, 0)) & Qt::ItemIsDragEnabled));
    }

    // A file that cannot be used shows at its field, before anything is connected.
    void aCertificateFileThatCannotBeReadIsSaidAtOnce()
    {
        tests::Console console;
        ConnectionsPage *page = open(console);
        QVERIFY(page);
        page->addNew();
        type(console, u"name"_s, u"Secure"_s);
        type(console, u"servers"_s, u"https://127.0.0.1:9"_s);
        QTest::mouseClick(console.widget(u"connectionAdvanced"_s), Qt::LeftButton);
        auto *trust = console.find<QComboBox>(u"field.httpTrust"_s);
        QVERIFY(trust);
        trust->setCurrentIndex(trust->findData(int(core::profiles::Tls::Trust::CaFile)));
        auto *file = console.find<QLineEdit>(u"field.httpCaFile.edit"_s);
        QVERIFY(file);
        const QString missing = console.home().path() + u"/missing.pem"_s;
        file->setText(missing);
        // It may lie on a disk that takes its time: never asked for in here.
        const auto *form = page->findChild<ui::connection::ConnectionForm *>();
        const auto said = [form] {
            const QList<ui::FormProblem> all = form->validate();
            return std::any_of(all.cbegin(), all.cend(), [](const ui::FormProblem &one) { return one.field == "httpCaFile"_L1; });
        };
        QVERIFY(!said());
        QTRY_VERIFY(problem(console, u"httpCaFile"_s).contains(missing));
        QVERIFY(said());
        // What is no file is not waited for either.
        file->setText(console.home().path());
        QTRY_VERIFY(problem(console, u"httpCaFile"_s).contains(u"not a file"_s));
    }

    // signalboxctl needs no probe of its own where the window has looked.
    void whatTheWindowFindsOutIsKeptForOtherPrograms()
    {
        tests::Console console;
        console.start();
        QVERIFY(console.startPractice());
        const auto endpoints = console.services().practice.running();
        QVERIFY(endpoints.has_value());
        core::profiles::Profile profile;
        profile.name = u"Shop"_s;
        profile.servers = QStringList{endpoints->nacosHttp};
        const auto saved = tests::await(console.services().profiles.add(profile));
        QVERIFY(saved && *saved);
        console.window().setCurrent({(*saved)->slug, u"public"_s});
        const QString file = console.home().path() + u"/probes.json"_s;
        const auto entries = [&file] {
            QFile probes(file);
            return probes.open(QIODevice::ReadOnly) ? probes.readAll() : QByteArray();
        };
        QTRY_VERIFY_WITH_TIMEOUT(entries().contains((*saved)->slug.toUtf8()), 20000);
        QVERIFY(!entries().contains("practice\""));
    }

    void theProbeFollowsWhatIsTyped()
    {
        tests::Console console;
        ConnectionsPage *page = open(console);
        QVERIFY(console.startPractice());
        page = qobject_cast<ConnectionsPage *>(console.workbench().openPage({.kind = u"connections"_s}));
        page->addNew();
        type(console, u"name"_s, u"Mine"_s);
        choose(console, u"auth"_s, int(Auth::Kind::None));
        const auto *probe = console.find<ProbeView>(u"probeView"_s);
        QVERIFY(probe);
        QVERIFY(probe->steps().isEmpty());
        type(console, u"servers"_s, console.services().practice.running()->nacosHttp);
        QTRY_VERIFY_WITH_TIMEOUT(!probe->isRunning() && probe->steps().size() >= 5, 20000);
        QStringList seen;
        for (const core::nacos::DoctorStep &step : probe->steps())
            seen.append(step.id);
        for (const QString &step : {u"tcp"_s, u"admin"_s, u"grpc"_s, u"version"_s})
            QVERIFY2(seen.contains(step), qPrintable(seen.join(u' ')));
        // Another address: what was found about the one before is gone.
        type(console, u"servers"_s, u"http://127.0.0.1:9"_s);
        QTRY_VERIFY_WITH_TIMEOUT(std::any_of(probe->steps().cbegin(), probe->steps().cend(),
                                             [](const core::nacos::DoctorStep &step) {
                                                 return step.id == u"tcp"_s && step.outcome == core::nacos::DoctorStep::Outcome::Failed;
                                             }),
                                 20000);
    }

    void theProbeSaysWhatItWaitsFor()
    {
        tests::Console console;
        open(console)->addNew();
        const auto *said = console.find<QLabel>(u"probeSummary"_s);
        QVERIFY(said && said->text().startsWith("As soon as there is an address"_L1));
        type(console, u"servers"_s, u"http://127.0.0.1:9"_s); // the user is missing
        QTRY_VERIFY2_WITH_TIMEOUT(said->text().contains("as soon as the form is complete"_L1), qPrintable(said->text()), 20000);
        type(console, u"name"_s, u"Mine"_s);
        choose(console, u"auth"_s, int(Auth::Kind::None));
        QTRY_VERIFY2_WITH_TIMEOUT(said->text().startsWith("This will not work yet"_L1), qPrintable(said->text()), 20000);
    }

    void problemsStandAtTheirField()
    {
        tests::Console console;
        ConnectionsPage *page = open(console);
        page->addNew();
        type(console, u"name"_s, u"Mine"_s);
        type(console, u"servers"_s, u"ftp://somewhere"_s);
        QVERIFY(problem(console, u"servers"_s).isEmpty());
        console.widget(u"field.environment"_s)->setFocus();
        QTRY_VERIFY(!problem(console, u"servers"_s).isEmpty());
        typeAndLeave(console, u"servers"_s, u"http://nacos:nacos@127.0.0.1:9"_s);
        QTRY_VERIFY2(problem(console, u"servers"_s).contains(u"own fields"_s), qPrintable(problem(console, u"servers"_s)));
        QVERIFY(!console.find<QPushButton>(u"formSave"_s)->isEnabled());
        typeAndLeave(console, u"servers"_s, u"127.0.0.1:9"_s);
        // A password login without a user: nobody was in that field yet.
        QTRY_VERIFY(console.find<QPushButton>(u"formSave"_s)->isEnabled());
        QVERIFY(problem(console, u"user"_s).isEmpty());
        console.find<QPushButton>(u"formSave"_s)->click();
        QVERIFY(!problem(console, u"user"_s).isEmpty());
        QVERIFY(!console.find<QPushButton>(u"formSave"_s)->isEnabled());
        type(console, u"user"_s, u"nacos"_s);
        QTRY_VERIFY(console.find<QPushButton>(u"formSave"_s)->isEnabled());
    }

    void jumpHost_isAskedForAndChecked()
    {
        tests::Console console;
        ConnectionsPage *page = open(console);
        page->addNew();
        type(console, u"name"_s, u"Far"_s);
        typeAndLeave(console, u"servers"_s, u"http://10.0.0.1:8848"_s);
        choose(console, u"auth"_s, int(Auth::Kind::None));
        QTest::mouseClick(console.widget(u"connectionAdvanced"_s), Qt::LeftButton);
        QVERIFY(!console.widget(u"field.jumpHost"_s));
        choose(console, u"proxy"_s, int(core::profiles::Proxy::Kind::Ssh));
        QTRY_VERIFY(console.widget(u"field.jumpHost"_s));
        QVERIFY(!console.widget(u"field.proxyAddress"_s));
        QVERIFY(!console.widget(u"field.jumpHost"_s)->toolTip().isEmpty());
        console.find<QPushButton>(u"formSave"_s)->click();
        QTRY_VERIFY(!problem(console, u"jumpHost"_s).isEmpty()); // none is given
        typeAndLeave(console, u"jumpHost"_s, u"-oProxyCommand=x"_s);
        QTRY_VERIFY(!problem(console, u"jumpHost"_s).isEmpty());
        QVERIFY(!console.find<QPushButton>(u"formSave"_s)->isEnabled());
        typeAndLeave(console, u"jumpHost"_s, u"ops@signalbox-test.invalid:2222"_s);
        QTRY_VERIFY(problem(console, u"jumpHost"_s).isEmpty());
        // The live probe goes that way and says where it ends; nothing goes round it.
        const auto *probe = console.find<ProbeView>(u"probeView"_s);
        QVERIFY(probe);
        QTRY_VERIFY_WITH_TIMEOUT(!probe->steps().isEmpty() && probe->steps().first().id == u"ssh"_s &&
                                     probe->steps().first().outcome == core::nacos::DoctorStep::Outcome::Failed,
                                 60000);
        QTRY_VERIFY(console.find<QPushButton>(u"formSave"_s)->isEnabled());
        QTest::mouseClick(console.find<QPushButton>(u"formSave"_s), Qt::LeftButton);
        const auto &store = console.services().profiles;
        QTRY_COMPARE(store.profiles().size(), 1);
        QCOMPARE(store.profiles().first().proxy,
                 (core::profiles::Proxy{core::profiles::Proxy::Kind::Ssh, u"ops@signalbox-test.invalid"_s, 2222}));
        page->choose(store.profiles().first().slug);
        QTRY_COMPARE(console.find<QLineEdit>(u"field.jumpHost"_s)->text(), u"ops@signalbox-test.invalid:2222"_s);
    }

    void theKindOfLoginDecidesTheFields()
    {
        tests::Console console;
        open(console)->addNew();
        const auto shown = [&console] {
            QStringList fields;
            for (const QString &field : {u"user"_s, u"password"_s, u"accessKey"_s, u"secretKey"_s, u"securityToken"_s, u"token"_s})
                if (console.widget(u"field."_s + field))
                    fields.append(field);
            return fields;
        };
        QCOMPARE(shown(), (QStringList{u"user"_s, u"password"_s}));
        choose(console, u"auth"_s, int(Auth::Kind::AkSk));
        QCOMPARE(shown(), (QStringList{u"accessKey"_s, u"secretKey"_s, u"securityToken"_s}));
        choose(console, u"auth"_s, int(Auth::Kind::Token));
        QCOMPARE(shown(), QStringList{u"token"_s});
        choose(console, u"auth"_s, int(Auth::Kind::None));
        QCOMPARE(shown(), QStringList());
    }

    void productionIsProtectedWhateverIsChosen()
    {
        tests::Console console;
        open(console)->addNew();
        auto *protection = console.find<QCheckBox>(u"field.readOnly"_s);
        QVERIFY(protection->isEnabled() && !protection->isChecked());
        choose(console, u"environment"_s, int(core::profiles::Environment::Production));
        QVERIFY(!protection->isEnabled() && protection->isChecked());
    }

    // What is said of one connection's password is not said of the next.
    void barOfThePassword_goesWithItsConnection()
    {
        tests::Console console;
        const QString other = console.addProfile(u"Other"_s);
        auto *page = open(console);
        page->addNew();
        type(console, u"name"_s, u"My shop"_s);
        type(console, u"servers"_s, u"https://127.0.0.1:9"_s);
        type(console, u"user"_s, u"nacos"_s);
        type(console, u"password"_s, u"s3cret-pass"_s);
        auto *save = console.find<QPushButton>(u"formSave"_s);
        QTRY_VERIFY(save->isEnabled());
        QVERIFY(!console.services().secrets.isLasting());
        QTest::mouseClick(save, Qt::LeftButton);
        const auto said = [page] {
            const auto bars = page->findChildren<ui::MessageBar *>();
            return std::any_of(bars.begin(), bars.end(), [](const ui::MessageBar *bar) {
                return bar->isVisible() && bar->current().text.contains("this session only"_L1);
            });
        };
        QTRY_VERIFY(said());
        page->choose(other);
        QVERIFY(!said());
    }

    // With the dock of Activity open there is not the room for two columns.
    void narrow_nothingScrollsSideways()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        auto *page = open(console);
        console.window().resize(1280, 800);
        page->choose(slug);
        const auto *form = console.widget(u"field.servers"_s);
        QVERIFY(form);
        const QScrollArea *area = nullptr;
        for (const QWidget *at = form; at && !area; at = at->parentWidget())
            area = qobject_cast<const QScrollArea *>(at);
        QVERIFY(area);
        const auto *probe = page->findChild<ui::connection::ProbeView *>();
        const auto place = [page](const QWidget *widget) { return widget->mapTo(page, QPoint()); };
        QTRY_VERIFY(place(probe).x() >= place(area).x() + area->width());
        console.window().toggleActivity();
        QTRY_VERIFY(place(probe).y() >= place(area).y() + area->height());
        QTRY_COMPARE(area->horizontalScrollBar()->maximum(), 0);
        console.window().toggleActivity();
        QTRY_VERIFY(place(probe).x() >= place(area).x() + area->width());
    }

    void savesTheProfileAndKeepsSecretsApart()
    {
        tests::Console console;
        open(console)->addNew();
        type(console, u"name"_s, u"My shop"_s);
        type(console, u"servers"_s, u"https://127.0.0.1:9"_s);
        type(console, u"user"_s, u"nacos"_s);
        type(console, u"password"_s, u"s3cret-pass"_s);
        // TLS apart for HTTP and gRPC, each key with a passphrase of its own.
        QTest::mouseClick(console.widget(u"connectionAdvanced"_s), Qt::LeftButton);
        QTest::keyClicks(console.find<QLineEdit>(u"field.httpKeyFile.edit"_s), u"/keys/http.key"_s);
        QTest::keyClicks(console.find<QLineEdit>(u"field.httpCertFile.edit"_s), u"/keys/http.crt"_s);
        console.find<QCheckBox>(u"field.grpcUsesTls"_s)->setChecked(true);
        QTest::keyClicks(console.find<QLineEdit>(u"field.grpcKeyFile.edit"_s), u"/keys/grpc.key"_s);
        QTest::keyClicks(console.find<QLineEdit>(u"field.grpcCertFile.edit"_s), u"/keys/grpc.crt"_s);
        type(console, u"httpPassphrase"_s, u"pass-http"_s);
        type(console, u"grpcPassphrase"_s, u"pass-grpc"_s);
        auto *save = console.find<QPushButton>(u"formSave"_s);
        QTRY_VERIFY(save->isEnabled());
        QTest::mouseClick(save, Qt::LeftButton);
        QTRY_VERIFY(console.services().profiles.find(u"my-shop"_s).has_value());
        const auto saved = *console.services().profiles.find(u"my-shop"_s);
        QCOMPARE(saved.httpTls.keyFile, u"/keys/http.key"_s);
        QCOMPARE(saved.grpcTls.certFile, u"/keys/grpc.crt"_s);
        const auto secret = [&console](Secret which) {
            const auto read = tests::await(console.services().secrets.read(core::profiles::secretKey(u"my-shop"_s, which)));
            return read && *read && **read ? ***read : QString();
        };
        QTRY_COMPARE(secret(Secret::Password), u"s3cret-pass"_s);
        QTRY_COMPARE(secret(Secret::HttpKeyPassphrase), u"pass-http"_s);
        QTRY_COMPARE(secret(Secret::GrpcKeyPassphrase), u"pass-grpc"_s);
        const QByteArray file = console.home().read(u"profiles.json"_s);
        QVERIFY(file.contains("my-shop"));
        for (const char *secretText : {"s3cret-pass", "pass-http", "pass-grpc"})
            QVERIFY(!file.contains(secretText));

        // Export: without secrets; import: the same again under a free name.
        const QString out = console.home().filePath(u"out.json"_s);
        console.answers().file(out);
        QTest::mouseClick(console.widget(u"connectionExport"_s), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(out));
        const QByteArray exported = console.home().read(u"out.json"_s);
        QVERIFY(exported.contains("https://127.0.0.1:9"));
        QVERIFY(!exported.contains("s3cret-pass"));
        console.answers().file(out);
        console.answers().confirm();
        qobject_cast<ConnectionsPage *>(console.workbench().currentPage())->importFromFile();
        QTRY_COMPARE(console.services().profiles.profiles().size(), 2);
        QCOMPARE(console.services().profiles.profiles().at(1).httpTls, saved.httpTls);
    }

    void takesTheEnvironmentOfTheSdks()
    {
        const Variable address("NACOS_SERVER_ADDR", "127.0.0.1:9");
        const Variable user("NACOS_USERNAME", "deploy");
        const Variable password("NACOS_PASSWORD", "from-env-secret");
        tests::Console console;
        ConnectionsPage *page = open(console);
        page->importFromEnvironment();
        QTRY_COMPARE(console.find<QLineEdit>(u"field.user"_s)->text(), u"deploy"_s);
        QVERIFY(console.find<QLineEdit>(u"field.servers"_s)->text().contains(u"127.0.0.1:9"_s));
        QCOMPARE(console.find<QLineEdit>(u"field.password"_s)->text(), u"from-env-secret"_s);
        QTRY_VERIFY(console.find<QPushButton>(u"formSave"_s)->isEnabled());
        QVERIFY(console.services().profiles.profiles().isEmpty()); // looked over before it is saved
    }

    void leavingAskBeforeWhatIsTypedIsLost()
    {
        tests::Console console;
        console.addProfile(u"Shop"_s);
        ConnectionsPage *page = open(console);
        page->addNew();
        QTRY_VERIFY(console.find<QLineEdit>(u"field.name"_s) && console.find<QLineEdit>(u"field.name"_s)->text().isEmpty());
        type(console, u"name"_s, u"Half"_s);
        QTRY_VERIFY(page->isModified());
        console.answers().cancel();
        console.window().actions().action(u"file.closeTab"_s)->trigger();
        QTRY_COMPARE(console.answers().asked().size(), 1);
        QCOMPARE(console.currentKind(), u"connections"_s);
        QCOMPARE(console.find<QLineEdit>(u"field.name"_s)->text(), u"Half"_s);
        console.answers().leave(ui::prompts::Leave::Discard);
        console.window().actions().action(u"file.closeTab"_s)->trigger();
        QTRY_VERIFY(console.currentKind() != u"connections"_s);
    }

    void whatIsTypedSurvivesAChangeOfLanguage()
    {
        tests::Console console;
        open(console)->addNew();
        type(console, u"name"_s, u"Half"_s);
        type(console, u"password"_s, u"half-secret"_s);
        console.set(core::profiles::Setting::Language, u"zh_CN"_s);
        QTRY_COMPARE(console.find<QLineEdit>(u"field.name"_s)->text(), u"Half"_s);
        QCOMPARE(console.find<QLineEdit>(u"field.password"_s)->text(), u"half-secret"_s);
        QVERIFY(console.workbench().currentPage()->isModified());
    }
};

SIGNALBOX_TEST(TstConnectionsPage)
#include "tst_connectionspage.moc"
