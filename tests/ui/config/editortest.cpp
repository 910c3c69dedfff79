// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/config/editortest.h"

#include "core/nacos/wire/configmessages.h"
#include "core/store/draftsfile.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QDialog>

using namespace Qt::StringLiterals;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

namespace tests {

const QString EditorTest::Name = u"app.yaml"_s;

void EditorTest::init()
{
    strictWindows();
    m_scene = std::make_unique<Scene>();
    m_server = std::make_unique<FakeRegistry>();
    m_server->put(Name, "a: 1\n");
    m_server->attributes[Name].type = u"yaml"_s;
    m_server->attributes[Name].app = u"shop"_s;
    m_server->attributes[Name].description = u"what it is"_s;
    m_slug = m_server->connectTo(m_scene->console);
    QVERIFY(!m_slug.isEmpty());
    m_scene->console.start();
}

void EditorTest::cleanup()
{
    m_scene.reset();
    m_server.reset();
}

EditorPage *EditorTest::open()
{
    m_scene->console.workbench().openAddress(*m_server->key(Name).address(m_slug));
    const bool there = QTest::qWaitFor(
        [&] { return m_scene->editor() && m_scene->editor()->document()->state() == ConfigDocument::State::Ready; }, Patience);
    return there ? m_scene->editor() : nullptr;
}

EditorPage *EditorTest::openLive()
{
    EditorPage *page = open();
    const auto listens = [this] { return !m_server->grpc.seen(core::nacos::wire::ConfigBatchListenRequest::typeName).isEmpty(); };
    return page && QTest::qWaitFor(listens, Patience) ? page : nullptr;
}

bool EditorTest::says(const EditorPage *page, const QString &id)
{
    const auto messages = page->findChild<ui::MessageBar *>()->messages();
    return std::any_of(messages.begin(), messages.end(), [&](const ui::Message &message) { return message.id == id; });
}

void EditorTest::act(EditorPage *page, const QString &id, const QString &text)
{
    for (const ui::Message &message : page->findChild<ui::MessageBar *>()->messages()) {
        for (const ui::MessageAction &action : message.actions) {
            if (message.id == id && action.text == text)
                return action.run();
        }
    }
    QFAIL("no such action");
}

bool EditorTest::planIsClosed() const
{
    auto *dialog = m_scene->console.find<QDialog>(u"planDialog"_s);
    if (dialog)
        dialog->reject();
    return !dialog;
}

bool EditorTest::sql(const QString &statement)
{
    auto database = core::store::draftsDatabase(m_scene->console.services().home);
    const auto done =
        await(database->write<core::Done>([statement](core::store::Connection &connection) { return connection.run(statement, {}); }),
              std::chrono::milliseconds(Patience));
    return done && *done;
}

void EditorTest::type(EditorPage *page, const QString &text)
{
    page->editor()->insertText(text);
    WAIT(page->isModified());
}

} // namespace tests
