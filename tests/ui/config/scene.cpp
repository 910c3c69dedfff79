// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/config/scene.h"

#include "core/profiles/practice.h"
#include "ui/common/actionregistry.h"
#include "ui/config/configdocument.h"
#include "ui/shell/tabarea.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace tests {

using core::nacos::ConfigKey;

Scene::Scene() = default;
Scene::~Scene() = default;

bool Scene::begin()
{
    console.start();
    console.window().resize(1280, 800);
    if (!console.startPractice())
        return false;
    const auto endpoints = console.services().practice.running();
    if (!endpoints)
        return false;
    m_server = endpoints->nacosHttp;
    m_other = std::make_unique<ui::workbench::TourContext>(console.workbench());
    m_other->setServer(QUrl(m_server));
    return true;
}

QString Scene::server() const
{
    return m_server;
}

ui::workbench::Page *Scene::page(const QString &kind, const QJsonObject &parameters)
{
    ui::workbench::PageRequest request;
    request.kind = kind;
    request.subject = console.workbench().current();
    request.parameters = parameters;
    return console.workbench().openPage(request);
}

ui::config::ConfigsPage *Scene::list(const QString &namespaceId)
{
    ui::workbench::PageRequest request;
    request.kind = u"configs"_s;
    request.subject = {u"practice"_s, namespaceId};
    auto *page = qobject_cast<ui::config::ConfigsPage *>(console.workbench().openPage(request));
    const bool there = page && QTest::qWaitFor([page] { return page->isComplete(); }, Patience);
    return there ? page : nullptr;
}

ui::config::EditorPage *Scene::open(const ConfigKey &key)
{
    console.workbench().openAddress(address(key));
    const bool there = QTest::qWaitFor(
        [&] {
            auto *page = editor();
            return page && page->document()->key() == key && page->document()->state() == ui::config::ConfigDocument::State::Ready;
        },
        Patience);
    return there ? editor() : nullptr;
}

bool Scene::planIsReady() const
{
    const auto *button = console.find<QPushButton>(u"planApply"_s);
    return button && button->isEnabled();
}

bool Scene::apply()
{
    if (!QTest::qWaitFor([this] { return planIsReady(); }, Patience))
        return false;
    console.find<QPushButton>(u"planApply"_s)->click();
    return QTest::qWaitFor(
        [this] {
            if (!console.widget(u"planDialog"_s))
                return true;
            // What was applied but not seen in the first read stays on show with its outcome.
            auto *cancel = console.find<QPushButton>(u"planCancel"_s);
            if (cancel && cancel->isEnabled() && !console.find<QPushButton>(u"planApply"_s))
                cancel->click();
            return false;
        },
        Patience);
}

void Scene::trigger(const QString &command)
{
    console.window().actions().refreshNow();
    QAction *action = console.window().actions().action(command);
    QVERIFY2(action, qPrintable(command));
    QVERIFY2(action->isEnabled(), qPrintable(console.window().actions().reasonDisabled(command)));
    action->trigger();
}

bool Scene::write(const ConfigKey &key, const QByteArray &content, const QString &type)
{
    const auto done = await(m_other->writeConfig(key, content, type), std::chrono::milliseconds(Patience));
    return done && *done;
}

std::optional<QByteArray> Scene::read(const ConfigKey &key)
{
    const auto content = await(m_other->readConfig(key), std::chrono::milliseconds(Patience));
    return content && *content ? **content : std::nullopt;
}

bool Scene::remove(const ConfigKey &key)
{
    const auto done = await(m_other->deleteConfig(key), std::chrono::milliseconds(Patience));
    return done && *done;
}

bool Scene::listen(const QString &app, const QByteArray &address, const QList<ConfigKey> &keys)
{
    const auto done = await(m_other->listen({app, address}, keys), std::chrono::milliseconds(Patience));
    return done && *done;
}

QString Scene::cell(const QString &tableName, const QString &id, const QString &column) const
{
    const ui::TableView *view = table(tableName);
    const ui::RecordModelBase *records = view ? view->records() : nullptr;
    const int row = records ? records->rowOf(id) : -1;
    return row < 0 ? QString() : records->cellText(row, records->columnIndex(column));
}

void Scene::select(const QString &tableName, const QStringList &ids)
{
    ui::TableView *view = table(tableName);
    QVERIFY(view);
    view->setFocus();
    view->select(ids, ids.value(0));
    // Commands are told of it a moment later; keys come at once here.
    console.window().actions().refreshNow();
}

void SceneTest::init()
{
    strictWindows();
    m_scene = std::make_unique<Scene>();
    QVERIFY(m_scene->begin());
}

} // namespace tests
