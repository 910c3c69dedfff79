// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/config/fakeregistry.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

using namespace Qt::StringLiterals;
using tests::FakeRegistry;
using ui::config::EditorPage;

namespace {

const QString Name = u"app.json"_s;

/// `[1,1,…]` in one line.
QByteArray ones(qsizetype count)
{
    return "[1" + QByteArray(",1").repeated(count - 1) + "]";
}

} // namespace

/// Format, of small texts and of such as take a while.
class TstEditorFormat : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::Scene> m_scene;
    std::unique_ptr<FakeRegistry> m_server;
    EditorPage *m_page = nullptr;

    ui::Message said() const
    {
        const auto messages = m_page->findChild<ui::MessageBar *>()->messages();
        for (const ui::Message &message : messages)
            if (message.id == u"format"_s)
                return message;
        return {};
    }

private Q_SLOTS:
    void init()
    {
        tests::strictWindows();
        m_scene = std::make_unique<tests::Scene>();
        m_server = std::make_unique<FakeRegistry>();
        m_server->put(Name, "[1,2]");
        m_server->attributes[Name].type = u"json"_s;
        const QString slug = m_server->connectTo(m_scene->console);
        QVERIFY(!slug.isEmpty());
        m_scene->console.start();
        m_scene->console.workbench().openAddress(*m_server->key(Name).address(slug));
        WAIT(m_scene->editor() && m_scene->editor()->document()->state() == ui::config::ConfigDocument::State::Ready);
        m_page = m_scene->editor();
    }
    void cleanup()
    {
        m_scene.reset();
        m_server.reset();
    }

    void aSmallTextAtOnce()
    {
        m_page->reformat();
        QCOMPARE(m_page->editor()->content(), "[\n  1,\n  2\n]"_ba);
        QVERIFY(said().text.isEmpty());
    }

    void aLargeText_whileTheWindowGoesOn()
    {
        const QByteArray text = ones(500'000);
        m_page->editor()->replaceContent(text);
        m_page->reformat();
        QCOMPARE(m_page->editor()->content(), text);
        WAIT(m_page->editor()->content() != text);
        QVERIFY(m_page->editor()->content().startsWith("[\n  1,\n  1,\n"));
        QVERIFY(said().text.isEmpty());
    }

    void whatWasTypedMeanwhileIsNotOverwritten()
    {
        m_page->editor()->replaceContent(ones(500'000).replace(',', ",\n")); // one line of that length cannot be typed in
        m_page->reformat();
        m_page->editor()->insertText(u" "_s);
        const QByteArray typed = m_page->editor()->content();
        WAIT(said().text.contains(u"changed meanwhile"_s));
        QCOMPARE(m_page->editor()->content(), typed);
    }

    void beyondWhatAServerTakes_isSaidAtOnce()
    {
        const QByteArray text = ones(2'500'000); // 5 MB, formatted 12.5
        m_page->editor()->replaceContent(text);
        m_page->reformat();
        WAIT(said().text.contains(u"cannot be published"_s));
        QVERIFY(m_page->editor()->byteCount() > 12'000'000);
        QCOMPARE(said().actions.size(), 1);
        said().actions.first().run();
        QCOMPARE(m_page->editor()->content(), text);
    }
};

SIGNALBOX_TEST(TstEditorFormat)
#include "tst_editorformat.moc"
