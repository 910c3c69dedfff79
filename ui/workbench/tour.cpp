// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/tour.h"

#include "core/base/jsonreader.h"
#include "core/base/latest.h"
#include "core/credentials/secretvault.h"
#include "core/nacos/registry.h"
#include "core/profiles/practice.h"
#include "ui/common/actionregistry.h"
#include "ui/workbench/workbench.h"

#include <algorithm>
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace ui::workbench {

namespace {

void sendMouse(QWidget *target, QEvent::Type type, const QPoint &at, Qt::MouseButtons buttons)
{
    QMouseEvent event(type, QPointF(at), target->mapToGlobal(QPointF(at)), Qt::LeftButton, buttons, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

core::Result<core::Done> isDone(const core::Result<core::net::HttpResponse> &answer)
{
    if (!answer)
        return core::fail(answer.error());
    if (!answer->isSuccess())
        return core::fail(core::Error::Kind::Rejected, QString::fromUtf8(answer->body.left(200)), answer->status);
    return core::Done{};
}

} // namespace

/// A client of the practice registry beside the window's own.
struct TourContext::Application {
    core::nacos::Registry registry;
    core::Latest<core::Stream<core::nacos::ConfigEvent>> watch;
};

TourContext::TourContext(Workbench &workbench, QObject *parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_http(std::make_unique<core::net::HttpClient>(core::net::HttpSettings{}))
{
}

TourContext::~TourContext() = default;

QWidget *TourContext::window() const
{
    return m_workbench.window();
}

QWidget *TourContext::widget(const QString &objectName) const
{
    const auto search = [&objectName](QWidget *top) -> QWidget * {
        if (!top->isVisible())
            return nullptr;
        if (top->objectName() == objectName)
            return top;
        const QList<QWidget *> hits = top->findChildren<QWidget *>(objectName);
        for (QWidget *hit : hits)
            if (hit->isVisible())
                return hit;
        return nullptr;
    };
    // What lies on top is asked first: a dialog's button may have the name of one below it.
    if (QWidget *modal = QApplication::activeModalWidget())
        if (QWidget *hit = search(modal))
            return hit;
    const QWidgetList tops = QApplication::topLevelWidgets();
    for (QWidget *top : tops)
        if (QWidget *hit = search(top))
            return hit;
    return nullptr;
}

void TourContext::click(QWidget *target)
{
    if (!target)
        return;
    const QPoint at = target->rect().center();
    sendMouse(target, QEvent::MouseButtonPress, at, Qt::LeftButton);
    sendMouse(target, QEvent::MouseButtonRelease, at, Qt::NoButton);
}

void TourContext::doubleClick(QWidget *target, const QPoint &at)
{
    if (!target)
        return;
    sendMouse(target, QEvent::MouseButtonPress, at, Qt::LeftButton);
    sendMouse(target, QEvent::MouseButtonRelease, at, Qt::NoButton);
    sendMouse(target, QEvent::MouseButtonDblClick, at, Qt::LeftButton);
    sendMouse(target, QEvent::MouseButtonRelease, at, Qt::NoButton);
}

void TourContext::type(const QString &text, QWidget *target)
{
    for (const QChar letter : text) {
        QWidget *to = target ? target : QApplication::focusWidget();
        if (!to)
            return;
        const int code = letter == u'\n' ? int(Qt::Key_Return) : int(letter.toUpper().unicode());
        QKeyEvent press(QEvent::KeyPress, code, Qt::NoModifier, QString(letter));
        QApplication::sendEvent(to, &press);
        QKeyEvent release(QEvent::KeyRelease, code, Qt::NoModifier, QString(letter));
        QApplication::sendEvent(to, &release);
    }
}

void TourContext::key(QKeyCombination combination, QWidget *target)
{
    QWidget *to = target ? target : QApplication::focusWidget();
    if (!to)
        to = window();
    QKeyEvent press(QEvent::KeyPress, combination.key(), combination.keyboardModifiers());
    QApplication::sendEvent(to, &press);
    QKeyEvent release(QEvent::KeyRelease, combination.key(), combination.keyboardModifiers());
    QApplication::sendEvent(to, &release);
}

void TourContext::trigger(const QString &commandId)
{
    m_workbench.actions().refreshNow();
    if (QAction *action = m_workbench.actions().action(commandId))
        action->trigger();
}

core::Reply<core::net::HttpResponse> *TourContext::get(const QString &path, const core::net::FormFields &query)
{
    core::net::HttpRequest request;
    request.url = core::net::makeUrl(m_server, path, query);
    return m_http->send(request);
}

core::Reply<std::optional<QByteArray>> *TourContext::readConfig(const core::nacos::ConfigKey &key)
{
    using Content = std::optional<QByteArray>;
    auto *reply = new core::Reply<Content>(this);
    core::follow(
        reply,
        get(u"/nacos/v3/client/cs/config"_s, {{u"namespaceId"_s, key.namespaceId}, {u"groupName"_s, key.group}, {u"dataId"_s, key.dataId}}),
        [](const core::Result<core::net::HttpResponse> &answer) -> core::Result<Content> {
            if (!answer)
                return core::fail(answer.error());
            if (answer->status == 404)
                return Content();
            const core::Result<QJsonObject> json = core::JsonReader::parseObject(answer->body);
            if (!json)
                return core::fail(json.error());
            if (const int code = json->value("code"_L1).toInt(); code != 0)
                return code == 20004 ? core::Result<Content>(Content())
                                     : core::fail(core::Error::Kind::Rejected, json->value("message"_L1).toString(), code);
            const QJsonObject data = json->value("data"_L1).toObject();
            return Content(data.value("content"_L1).toString().toUtf8());
        });
    return reply;
}

core::Reply<core::Done> *TourContext::writeConfig(const core::nacos::ConfigKey &key, const QByteArray &content, const QString &type)
{
    auto *reply = new core::Reply<core::Done>(this);
    core::net::HttpRequest request;
    request.method = "POST";
    request.url = core::net::makeUrl(m_server, u"/nacos/v3/admin/cs/config"_s);
    request.contentType = "application/x-www-form-urlencoded";
    request.body =
        core::net::formEncode({{u"namespaceId"_s, key.namespaceId},
                               {u"groupName"_s, key.group},
                               {u"dataId"_s, key.dataId},
                               // A byte order mark is part of the content.
                               {u"content"_s, QStringDecoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom)(content)},
                               {u"type"_s, type}});
    core::follow(reply, m_http->send(request), isDone);
    return reply;
}

core::Reply<core::Done> *TourContext::deleteConfig(const core::nacos::ConfigKey &key)
{
    auto *reply = new core::Reply<core::Done>(this);
    core::net::HttpRequest request;
    request.method = "DELETE";
    request.url = core::net::makeUrl(m_server, u"/nacos/v3/admin/cs/config"_s,
                                     {{u"namespaceId"_s, key.namespaceId}, {u"groupName"_s, key.group}, {u"dataId"_s, key.dataId}});
    core::follow(reply, m_http->send(request), isDone);
    return reply;
}

core::Reply<core::Done> *TourContext::listen(const core::nacos::ClientName &as, const QList<core::nacos::ConfigKey> &keys)
{
    using core::nacos::ConfigEvent;
    Services &services = m_workbench.services();
    const auto endpoints = services.practice.running();
    if (!endpoints)
        return core::Reply<core::Done>::settled(core::fail(core::Error::Kind::NotFound, u"no practice registry runs"_s), this);
    const core::nacos::Registry::Collaborators with{
        .session = {.grpc = services.grpc, .secrets = services.secrets, .client = as},
        .config = {},
    };
    m_applications.push_back(std::unique_ptr<Application>(
        new Application{{core::profiles::PracticeServers::profile(*endpoints), with, core::nacos::Session::Use::OneShot}, {}}));
    Application &application = *m_applications.back();
    auto *reply = new core::Reply<core::Done>(this);
    application.registry.session().open();
    application.watch = application.registry.configs().watch(keys, core::nacos::ConfigClient::Deliver::Content);
    application.watch->each(this, [reply](const QList<ConfigEvent> &events) {
        const bool ready =
            std::any_of(events.begin(), events.end(), [](const ConfigEvent &event) { return event.kind == ConfigEvent::Kind::Ready; });
        if (ready && !reply->isSettled())
            reply->settle(core::Done{});
    });
    application.watch->then(this, [reply](const core::Result<core::Done> &end) {
        if (!reply->isSettled())
            reply->settle(end);
    });
    return reply;
}

TourScript &TourScript::step(const QString &name)
{
    m_steps.push_back({name, {}});
    return *this;
}

TourScript &TourScript::act(std::function<void(TourContext &)> what)
{
    TourAction action;
    action.act = std::move(what);
    m_steps.back().actions.push_back(std::move(action));
    return *this;
}

TourScript &TourScript::until(const QString &what, std::function<bool(TourContext &)> condition, std::chrono::milliseconds limit)
{
    TourAction action;
    action.kind = TourAction::Kind::Until;
    action.what = what;
    action.until = std::move(condition);
    action.limit = limit;
    m_steps.back().actions.push_back(std::move(action));
    return *this;
}

TourScript &TourScript::readBack(const QString &what, std::function<core::Reply<core::Done> *(TourContext &)> reply)
{
    TourAction action;
    action.kind = TourAction::Kind::Reply;
    action.what = what;
    action.reply = std::move(reply);
    m_steps.back().actions.push_back(std::move(action));
    return *this;
}

TourScript &TourScript::shot(const QString &name)
{
    TourAction action;
    action.kind = TourAction::Kind::Shot;
    action.what = name;
    m_steps.back().actions.push_back(std::move(action));
    return *this;
}

} // namespace ui::workbench
