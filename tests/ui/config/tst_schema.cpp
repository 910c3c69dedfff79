// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/nacos/wire/configmessages.h"
#include "core/profiles/profilestore.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/fakeregistry.h"
#include "tests/ui/config/scene.h"
#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/prompts.h"
#include "ui/common/widgets.h"
#include "ui/config/attributespanel.h"
#include "ui/config/configdocument.h"
#include "ui/config/schemadialog.h"

#include <QAbstractScrollArea>
#include <QDialog>
#include <QDir>
#include <QHelpEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QProcess>
#include <QPushButton>
#include <QTimer>
#include <QToolTip>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using tests::FakeRegistry;
using ui::config::AttributesPanel;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

namespace {

const QString Name = u"app.yaml"_s;
const QByteArray Schema = R"({
  "title": "Service",
  "properties": {
    "port": {"type": "integer", "title": "Port", "description": "Where it listens"},
    "mode": {"enum": ["fast", "safe"]}
  }
})";

QString words(const QWidget *page)
{
    QStringList all;
    for (const QLabel *label : page->findChildren<QLabel *>())
        all << label->text();
    return all.join(u'\n');
}

} // namespace

/// use, effect and schema of a configuration.
class TstSchema : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        tests::strictWindows();
        m_scene = std::make_unique<tests::Scene>();
        m_server = std::make_unique<FakeRegistry>();
        m_server->put(Name, "port: 1\n");
        m_server->attributes[Name].type = u"yaml"_s;
    }
    void cleanup()
    {
        m_scene.reset();
        m_server.reset();
    }

    void arePublished_andSaidNotToBeTold();
    void areReadBack_whereTheServerTells();
    void createdElsewhere_areFromTheHistory();
    void changedElsewhere_areSaidToBeLost();
    void ofAnOverride_areReadOnly();
    void brokenSchema_isSaid();
    void wrongValue_isAProblem();
    void tooltip_tellsOfTheKey();
    void keyAndValue_areProposed();
    void fromAFile_isRememberedAndReadAgain();
    void fromAnotherConfig_isReadAgain();

private:
    EditorPage *open(const core::Address &address)
    {
        m_scene->console.workbench().openAddress(address);
        const bool there = QTest::qWaitFor(
            [&] { return m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready; }, tests::Patience);
        return there ? m_scene->editor() : nullptr;
    }
    void connectToFake()
    {
        const QString slug = m_server->connectTo(m_scene->console);
        QVERIFY(!slug.isEmpty());
        m_scene->console.start();
        m_page = open(*m_server->key(Name).address(slug));
        QVERIFY(m_page);
        m_page->showPanel(EditorPage::Panel::Details);
    }
    /// The newest row of the server's history.
    void rowIs(const QString &operation, const QByteArray &content)
    {
        const auto answer = [](const QJsonValue &data) {
            return tests::HttpAnswer::json(
                QJsonDocument(QJsonObject{{u"code"_s, 0}, {u"message"_s, u"success"_s}, {u"data"_s, data}}).toJson());
        };
        QJsonObject row{{u"id"_s, u"7"_s},        {u"dataId"_s, Name},
                        {u"groupName"_s, u"G"_s}, {u"namespaceId"_s, u"public"_s},
                        {u"opType"_s, operation}, {u"publishType"_s, u"formal"_s}};
        m_server->http.on("GET", u"/nacos/v3/admin/cs/history/list"_s,
                          answer(QJsonObject{{u"totalCount"_s, 1}, {u"pageItems"_s, QJsonArray{row}}}));
        row.insert(u"content"_s, QString::fromUtf8(content));
        const QJsonObject extra{{u"type"_s, u"yaml"_s}, {u"c_use"_s, u"payment"_s}, {u"c_schema"_s, QString::fromUtf8(Schema)}};
        row.insert(u"extInfo"_s, QString::fromUtf8(QJsonDocument(extra).toJson(QJsonDocument::Compact)));
        m_server->http.on("GET", u"/nacos/v3/admin/cs/history"_s, answer(row));
    }
    /// What a publish of more text sends.
    std::optional<core::nacos::wire::ConfigPublishRequest> publishMore()
    {
        m_page->editor()->insertText(u"# more\n"_s);
        m_scene->trigger(u"editor.publish"_s);
        if (!QTest::qWaitFor([&] { return m_scene->planIsReady(); }, tests::Patience))
            return std::nullopt;
        m_sheet = words(m_scene->console.widget(u"planDialog"_s));
        if (!m_scene->apply())
            return std::nullopt;
        const auto seen = m_server->grpc.seen(core::nacos::wire::ConfigPublishRequest::typeName);
        const auto sent = core::nacos::wire::ConfigPublishRequest::fromBody(seen.last().body);
        return sent ? std::optional(*sent) : std::nullopt;
    }
    QLineEdit *field(const QString &name) const { return m_page->findChild<QLineEdit *>(name); }
    /// By the dialog.
    void giveSchema(const QByteArray &schema)
    {
        m_page->findChild<AttributesPanel *>()->editSchema();
        WAIT(m_scene->console.widget(u"schemaDialog"_s));
        m_scene->console.find<ui::CodeEditor>(u"schemaText"_s)->replaceContent(schema);
        QTest::mouseClick(m_scene->console.find<QPushButton>(u"schemaTake"_s), Qt::LeftButton);
        WAIT(!m_scene->console.widget(u"schemaDialog"_s));
    }

    QStringList problems() const
    {
        QStringList lines;
        const auto *list = m_page->findChild<QListWidget *>(u"problemList"_s);
        for (int row = 0; row < list->count(); ++row)
            lines << list->item(row)->text();
        return lines;
    }
    void setText(const QByteArray &text)
    {
        m_page->editor()->replaceContent(text);
        const auto place = QString::fromUtf8(text).split(u'\n');
        m_page->editor()->goTo({int(place.size()), int(place.last().size()) + 1});
    }
    void chooseInMenu(const QString &name)
    {
        auto *menu = m_page->findChild<QMenu *>(u"schemaMenu"_s);
        QVERIFY(menu);
        Q_EMIT menu->aboutToShow();
        auto *action = menu->findChild<QAction *>(name);
        QVERIFY(action && action->isEnabled());
        action->trigger();
    }
    QWidget *surface() const { return m_page->editor()->focusProxy(); }
    void propose()
    {
        m_scene->console.window().activateWindow();
        surface()->setFocus();
        WAIT(surface()->hasFocus());
        m_scene->console.window().actions().refreshNow();
        QTest::keyClick(surface(), Qt::Key_Space, Qt::ControlModifier);
    }

    std::unique_ptr<tests::Scene> m_scene;
    std::unique_ptr<FakeRegistry> m_server;
    EditorPage *m_page = nullptr;
    QString m_sheet;
};

void TstSchema::createdElsewhere_areFromTheHistory()
{
    rowIs(u"I"_s, "port: 1\n");
    connectToFake();
    WAIT(field(u"configUse"_s)->text() == "payment"_L1);
    QVERIFY(words(m_page).contains("these are from its history"_L1));
    QVERIFY(!m_page->isModified());
    const auto sent = publishMore();
    QVERIFY(sent);
    QCOMPARE(sent->additions.value(u"use"_s), u"payment"_s);
    QCOMPARE(sent->additions.value(u"schema"_s).toUtf8(), Schema);
    QVERIFY2(!m_sheet.contains("only in part"_L1), qPrintable(m_sheet));
}

void TstSchema::changedElsewhere_areSaidToBeLost()
{
    rowIs(u"U"_s, "port: 0\n"); // before somebody made it what it is now
    connectToFake();
    const auto sent = publishMore();
    QVERIFY(sent);
    QCOMPARE(sent->additions.value(u"use"_s), QString());
    QVERIFY2(m_sheet.contains("only in part"_L1), qPrintable(m_sheet));
    QVERIFY2(m_sheet.contains("are not told by the server; it had some"_L1), qPrintable(m_sheet));
}

void TstSchema::arePublished_andSaidNotToBeTold()
{
    connectToFake();
    QTRY_VERIFY(words(m_page).contains("does not tell use, effect and schema"_L1));
    QVERIFY(words(m_page).contains("what is empty is cleared"_L1));
    QTest::keyClicks(field(u"configUse"_s), u"payment"_s);
    QTest::keyClicks(field(u"configEffect"_s), u"at once"_s);
    giveSchema(Schema);
    QCOMPARE(m_page->document()->attributes().schema.toUtf8(), Schema);
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    const QString sheet = words(m_scene->console.widget(u"planDialog"_s));
    QVERIFY2(sheet.contains("schema: { \"title\": \"Service\", "_L1), qPrintable(sheet)); // in one line
    QVERIFY(m_scene->apply());
    using Publish = core::nacos::wire::ConfigPublishRequest;
    const auto sent = m_server->grpc.seen(Publish::typeName);
    QCOMPARE(sent.size(), 1);
    const auto request = Publish::fromBody(sent.first().body);
    QVERIFY(request.has_value());
    QCOMPARE(request->additions.value(u"use"_s), u"payment"_s);
    QCOMPARE(request->additions.value(u"effect"_s), u"at once"_s);
    QCOMPARE(request->additions.value(u"schema"_s).toUtf8(), Schema);
    // The server tells nothing of it; the next publish does not clear it all the same.
    WAIT(!m_page->isModified());
    m_page->refresh();
    m_page->editor()->insertText(u"# more\n"_s);
    WAIT(m_page->isModified());
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    const auto again = Publish::fromBody(m_server->grpc.seen(Publish::typeName).last().body);
    QVERIFY(again.has_value());
    QCOMPARE(again->additions.value(u"schema"_s).toUtf8(), Schema);
    QCOMPARE(again->additions.value(u"use"_s), u"payment"_s);
    // Nor after a restart: what was published from here is remembered, as long as the server has the content that went with it.
    WAIT(!m_page->isModified());
    const core::Address address = m_page->address();
    m_scene->console.restart();
    m_page = open(address);
    QVERIFY(m_page);
    WAIT(field(u"configUse"_s)->text() == "payment"_L1);
    QCOMPARE(m_page->document()->attributes().schema.toUtf8(), Schema);
    QVERIFY(!m_page->isModified());
    QVERIFY(words(m_page).contains("published from this computer"_L1));
    m_server->put(Name, "port: 2\n");
    m_scene->console.restart();
    m_page = open(address);
    QVERIFY(m_page);
    WAIT(words(m_page).contains("does not tell use, effect and schema. "_L1));
    QVERIFY(field(u"configUse"_s)->text().isEmpty());
}

void TstSchema::areReadBack_whereTheServerTells()
{
    // A server of the generation before.
    QProcess server;
    server.start(QString::fromLatin1(SIGNALBOX_BIN_DIR "/signalbox-sandbox"), {u"--port"_s, u"0"_s, u"--nacos-version"_s, u"2.4"_s});
    QByteArray line;
    WAIT((line += server.readAllStandardOutput()).contains('\n'));
    const QJsonObject nacos = QJsonDocument::fromJson(line.left(line.indexOf('\n'))).object().value("nacos"_L1).toObject();
    QVERIFY2(!nacos.isEmpty(), line.constData());
    core::profiles::Profile profile;
    profile.name = u"Old"_s;
    profile.servers = QStringList{nacos.value("http"_L1).toString()};
    profile.grpcPort = nacos.value("grpc"_L1).toString().section(u':', -1).toUShort();
    profile.proxy.kind = core::profiles::Proxy::Kind::None;
    const auto saved = tests::await(m_scene->console.services().profiles.add(profile));
    QVERIFY(saved && *saved);
    const auto address = *ConfigKey{u"public"_s, u"G"_s, u"told.yaml"_s}.address((*saved)->slug);
    m_scene->console.start();
    m_page = open(address);
    QVERIFY(m_page);
    m_page->editor()->insertText(u"port: 1\n"_s);
    QTest::keyClicks(field(u"configUse"_s), u"payment"_s);
    QTest::keyClicks(field(u"configEffect"_s), u"at once"_s);
    giveSchema(Schema);
    WAIT(m_page->isModified());
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    WAIT(!m_page->isModified());
    QVERIFY(!words(m_page).contains("does not tell use"_L1));
    auto *registry = m_scene->console.services().registries.find(address.profile());
    QVERIFY(registry);
    const auto read = tests::await(registry->configs().getLive(*ConfigKey::of(address)), std::chrono::milliseconds(tests::Patience));
    QVERIFY(read && *read);
    QVERIFY2((*read)->has_value(), "absent");
    QCOMPARE((**read)->attributes.schema.toUtf8(), Schema);
    QCOMPARE((**read)->attributes.use, u"payment"_s);
    QCOMPARE((**read)->attributes.effect, u"at once"_s);
    // In the window, too, when it reads it anew.
    m_scene->console.restart();
    m_page = open(address);
    QVERIFY(m_page);
    WAIT(field(u"configUse"_s)->text() == "payment"_L1);
    QCOMPARE(field(u"configEffect"_s)->text(), u"at once"_s);
    QCOMPARE(m_page->document()->attributes().schema.toUtf8(), Schema);
    QVERIFY(!m_page->isModified());
    m_scene.reset();
    server.terminate();
    WAIT(server.state() == QProcess::NotRunning);
}

void TstSchema::ofAnOverride_areReadOnly()
{
    connectToFake();
    m_scene->trigger(u"config.override"_s);
    WAIT(m_page->isOverridden() && m_page->document()->state() == ConfigDocument::State::Ready);
    QVERIFY(field(u"configUse"_s)->isReadOnly());
    QVERIFY(field(u"configEffect"_s)->isReadOnly());
}

void TstSchema::brokenSchema_isSaid()
{
    connectToFake();
    const auto *shown = m_page->findChild<ui::ElidedLabel *>(u"configSchema"_s);
    QCOMPARE(shown->text(), u"none"_s);
    giveSchema("{\n \"type\": \n}");
    WAIT(shown->text().contains("line 3"_L1));
    // More than a server takes is not taken.
    m_page->findChild<AttributesPanel *>()->editSchema();
    WAIT(m_scene->console.widget(u"schemaDialog"_s));
    auto *editor = m_scene->console.find<ui::CodeEditor>(u"schemaText"_s);
    editor->replaceContent("{\"title\": \"" + QByteArray(33'000, 'x') + "\"}");
    QVERIFY(!m_scene->console.find<QPushButton>(u"schemaTake"_s)->isEnabled());
    // What it is is said beside the typing: of the last text only, and of none that the dialog was closed over.
    const auto *state = m_scene->console.find<QLabel>(u"schemaState"_s);
    QVERIFY(state->text().contains("A server takes"_L1));
    editor->replaceContent("{\"title\": \"First\"}");
    editor->replaceContent("{\"title\": \"Second\"}");
    QVERIFY(!state->text().contains("First"_L1) && !state->text().contains("Second"_L1));
    WAIT(state->text().contains("Second"_L1));
    editor->replaceContent("{\"type\": 5}");
    WAIT(state->text().contains(u"“type”"_s));
    editor->replaceContent({});
    QCOMPARE(state->text(), u"No schema."_s);
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"schemaTake"_s), Qt::LeftButton);
    WAIT(!m_scene->console.widget(u"schemaDialog"_s));
    QVERIFY(m_page->document()->attributes().schema.isEmpty());
    QVERIFY(!m_page->isModified());
}

void TstSchema::wrongValue_isAProblem()
{
    connectToFake();
    giveSchema(Schema);
    setText("# c\nport: eighty\nmode: fast\n");
    WAIT(problems().join(u'\n').contains("line 2: schema: expected a whole number, found a text"_L1));
    QCOMPARE(problems().size(), 1);
    // A warning: publishing is as it was.
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    QVERIFY(!m_scene->console.widget(u"publishErrors"_s));
    m_scene->console.find<QDialog>(u"planDialog"_s)->reject();
    WAIT(!m_scene->console.widget(u"planDialog"_s));
    setText("port: 80\n");
    WAIT(problems() == QStringList{u"No problems found"_s});
    // Without it nothing is wrong any more.
    setText("mode: quick\n");
    WAIT(problems().join(u'\n').contains("must be one of: fast, safe"_L1));
    giveSchema({});
    WAIT(problems() == QStringList{u"No problems found"_s});
}

void TstSchema::tooltip_tellsOfTheKey()
{
    connectToFake();
    giveSchema(Schema);
    setText("port: 1\n$schema: https://example.org/x\n");
    WAIT(problems() == QStringList{u"No problems found"_s});
    auto *viewport = qobject_cast<QAbstractScrollArea *>(surface())->viewport();
    const auto told = [viewport](const QString &words) {
        for (int y = 4; y < 60; y += 8) {
            for (int x = 30; x < 160; x += 6) {
                const QPoint at(x, y);
                QHelpEvent help(QEvent::ToolTip, at, viewport->mapToGlobal(at));
                QCoreApplication::sendEvent(viewport, &help);
                if (QToolTip::text().contains(words))
                    return true;
            }
        }
        return false;
    };
    // The schema is compiled beside the window.
    WAIT(told(u"Where it listens"_s));
    QVERIFY(told(u"integer"_s));
    QVERIFY(told(u"not fetched"_s));
    QToolTip::hideText();
}

void TstSchema::keyAndValue_areProposed()
{
    connectToFake();
    setText("po");
    propose();
    QVERIFY(!m_page->editor()->areCompletionsOpen());
    WAIT(QToolTip::text().contains("no schema"_L1));
    QToolTip::hideText();
    giveSchema(Schema);
    setText("port: x");
    WAIT(problems().join(u'\n').contains("schema: "_L1)); // it is there
    setText("mode: safe\np");
    propose();
    WAIT(m_page->editor()->areCompletionsOpen());
    QTest::keyClick(surface(), Qt::Key_O);
    QTest::keyClick(surface(), Qt::Key_Return);
    QCOMPARE(m_page->editor()->content(), "mode: safe\nport: "_ba);
    QCOMPARE(m_page->editor()->caret(), (ui::CodeEditor::Place{2, 7}));
    setText("mode: ");
    propose();
    WAIT(m_page->editor()->areCompletionsOpen());
    QTest::keyClick(surface(), Qt::Key_Down);
    QTest::keyClick(surface(), Qt::Key_Return);
    QCOMPARE(m_page->editor()->content(), "mode: safe"_ba);
    // Escape takes the list off, nothing else.
    setText("m");
    propose();
    WAIT(m_page->editor()->areCompletionsOpen());
    QTest::keyClick(surface(), Qt::Key_Escape);
    QVERIFY(!m_page->editor()->areCompletionsOpen());
    QCOMPARE(m_page->editor()->content(), "m"_ba);
    // A quotation mark opens them, and what is typed in it narrows them down.
    setText("{");
    propose();
    WAIT(m_page->editor()->areCompletionsOpen());
    QTest::keyClick(surface(), Qt::Key_QuoteDbl, Qt::ShiftModifier);
    WAIT(m_page->editor()->areCompletionsOpen());
    QTest::keyClicks(surface(), u"mo"_s);
    QVERIFY(m_page->editor()->areCompletionsOpen());
    QTest::keyClick(surface(), Qt::Key_Return);
    QCOMPARE(m_page->editor()->content(), "{\"mode\": "_ba);
    QTest::keyClick(surface(), Qt::Key_QuoteDbl, Qt::ShiftModifier);
    WAIT(m_page->editor()->areCompletionsOpen());
    QTest::keyClicks(surface(), u"sa"_s);
    QTest::keyClick(surface(), Qt::Key_Return);
    QCOMPARE(m_page->editor()->content(), "{\"mode\": \"safe\""_ba);
    // One that ends a text opens nothing.
    setText("{\"mode\": \"safe");
    QTest::keyClick(surface(), Qt::Key_QuoteDbl, Qt::ShiftModifier);
    bool passed = false;
    QTimer::singleShot(0, m_page, [&passed] { passed = true; });
    WAIT(passed);
    QVERIFY(!m_page->editor()->areCompletionsOpen());
    // Nothing there: said.
    setText("else: ");
    propose();
    QVERIFY(!m_page->editor()->areCompletionsOpen());
    WAIT(QToolTip::text().contains("proposes nothing"_L1));
    QToolTip::hideText();
}

void TstSchema::fromAFile_isRememberedAndReadAgain()
{
    connectToFake();
    const QString path = m_scene->console.home().filePath(u"service.schema.json"_s);
    m_scene->console.home().write(u"service.schema.json"_s, Schema);
    {
        ui::prompts::ScriptedAnswers answers;
        answers.file(path);
        chooseInMenu(u"schemaFile"_s);
        WAIT(answers.left() == 0);
    }
    setText("mode: quick\n");
    WAIT(problems().join(u'\n').contains("must be one of: fast, safe"_L1));
    const auto shown = [this] { return m_page->findChild<ui::ElidedLabel *>(u"configSchema"_s)->text(); };
    QVERIFY2(shown().contains("service.schema.json"_L1), qPrintable(shown()));
    // The configuration itself has none.
    QVERIFY(m_page->document()->attributes().schema.isEmpty());
    const core::Address address = m_page->address();
    m_scene->console.restart();
    m_page = open(address);
    QVERIFY(m_page);
    WAIT(problems().join(u'\n').contains("must be one of: fast, safe"_L1));
    m_scene->console.home().write(u"service.schema.json"_s, "{\"required\": [\"other\"]}");
    WAIT(problems().join(u'\n').contains("the key \"other\" is missing"_L1));
    m_scene->console.home().write(u"service.schema.json"_s, "{\"type\": 1}");
    WAIT(shown().contains("type"_L1));
    WAIT(problems() == QStringList{u"No problems found"_s});
    // Gone, and written again later; with its folder, too.
    QVERIFY(QFile::remove(path));
    WAIT(shown().contains("service.schema.json (on this computer): "_L1) && !shown().contains(u"“type”"_s));
    m_scene->console.home().write(u"service.schema.json"_s, "{\"required\": [\"back\"]}");
    WAIT(problems().join(u'\n').contains("the key \"back\" is missing"_L1));
    chooseInMenu(u"schemaForget"_s);
    WAIT(shown() == "none"_L1);
    const QString folder = m_scene->console.home().filePath(u"schemas"_s);
    const auto writeBelow = [&](const QByteArray &schema) {
        QFile file(folder + "/one/a.json"_L1);
        return QDir().mkpath(folder + "/one"_L1) && file.open(QIODevice::WriteOnly) && file.write(schema) == schema.size();
    };
    QVERIFY(writeBelow("{\"required\": [\"x\"]}"));
    {
        ui::prompts::ScriptedAnswers answers;
        answers.file(folder + "/one/a.json"_L1);
        chooseInMenu(u"schemaFile"_s);
        WAIT(answers.left() == 0);
    }
    WAIT(problems().join(u'\n').contains("the key \"x\" is missing"_L1));
    QVERIFY(QDir(folder).removeRecursively());
    WAIT(problems() == QStringList{u"No problems found"_s});
    QVERIFY(writeBelow("{\"required\": [\"y\"]}"));
    WAIT(problems().join(u'\n').contains("the key \"y\" is missing"_L1));
    chooseInMenu(u"schemaForget"_s);
    WAIT(shown() == "none"_L1);
}

void TstSchema::fromAnotherConfig_isReadAgain()
{
    m_server->put(u"schema.json"_s, Schema);
    connectToFake();
    {
        ui::prompts::ScriptedAnswers answers;
        answers.input(u"G/schema.json"_s);
        chooseInMenu(u"schemaConfig"_s);
        WAIT(answers.left() == 0);
    }
    setText("mode: quick\n");
    WAIT(problems().join(u'\n').contains("must be one of: fast, safe"_L1));
    m_server->put(u"schema.json"_s, "{\"required\": [\"other\"]}");
    WAIT(problems().join(u'\n').contains("the key \"other\" is missing"_L1));
    m_server->remove(u"schema.json"_s);
    WAIT(problems() == QStringList{u"No problems found"_s});
}

SIGNALBOX_TEST(TstSchema)
#include "tst_schema.moc"
