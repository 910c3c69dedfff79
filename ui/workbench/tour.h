// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/nacos/config/config.h"
#include "core/nacos/session/session.h"
#include "core/net/httpclient.h"

#include <chrono>
#include <functional>
#include <memory>
#include <QHash>
#include <QKeyCombination>
#include <QObject>
#include <QPointer>
#include <QUrl>
#include <QVariant>
#include <QWidget>
#include <vector>

namespace ui::workbench {

class Workbench;

/// What a tour step acts with: the real window, by object names, mouse and keyboard, and a second plain HTTP connection to the practice
/// registry for reading effects back. GUI thread.
class TourContext final : public QObject {
    Q_OBJECT
public:
    explicit TourContext(Workbench &workbench, QObject *parent = nullptr);
    ~TourContext() override;

    Workbench &workbench() const { return m_workbench; }
    QWidget *window() const;

    /// The first visible widget with this object name in any window of the process; nullptr: none.
    QWidget *widget(const QString &objectName) const;
    template <class W>
    W *find(const QString &objectName) const
    {
        return qobject_cast<W *>(widget(objectName));
    }

    void click(QWidget *target);
    void click(const QString &objectName) { click(widget(objectName)); }
    void doubleClick(QWidget *target, const QPoint &at);
    /// To the widget with the focus unless another is named.
    void type(const QString &text, QWidget *target = nullptr);
    void key(QKeyCombination combination, QWidget *target = nullptr);
    /// Runs a command of the window by its id, as the palette would.
    void trigger(const QString &commandId);

    /// The practice registry as another program sees it (client plane and admin plane, no login).
    void setServer(const QUrl &server) { m_server = server; }
    core::Reply<std::optional<QByteArray>> *readConfig(const core::nacos::ConfigKey &key);
    core::Reply<core::Done> *writeConfig(const core::nacos::ConfigKey &key, const QByteArray &content, const QString &type);
    core::Reply<core::Done> *deleteConfig(const core::nacos::ConfigKey &key);
    /// Listens to them as an application of that name would, over a connection of its own, until the context goes. Settles when the
    /// server has it.
    core::Reply<core::Done> *listen(const core::nacos::ClientName &as, const QList<core::nacos::ConfigKey> &keys);
    core::Reply<core::net::HttpResponse> *get(const QString &path, const core::net::FormFields &query);

    /// Notes that later actions of the tour may want: `memory["content"] = …`.
    QHash<QString, QVariant> memory;

private:
    struct Application;

    Workbench &m_workbench;
    std::unique_ptr<core::net::HttpClient> m_http;
    QUrl m_server;
    std::vector<std::unique_ptr<Application>> m_applications;
};

struct TourAction {
    enum class Kind { Act, Until, Reply, Shot };
    Kind kind = Kind::Act;
    QString what; ///< English; of a Shot: the file's name without ending
    std::function<void(TourContext &)> act;
    std::function<bool(TourContext &)> until;
    std::function<core::Reply<core::Done> *(TourContext &)> reply;
    std::chrono::milliseconds limit = std::chrono::seconds(10);
};

struct TourStep {
    QString name; ///< printed: `ok NAME ms`
    std::vector<TourAction> actions;
};

/// The main job as a list of steps, put together by the features, run by the shell (`--tour DIR`). A step fails when an Until does not
/// come true in time, a reply is an error, or an action named a widget that is not there.
class TourScript final {
public:
    TourScript &step(const QString &name);
    TourScript &act(std::function<void(TourContext &)> what);
    TourScript &until(const QString &what, std::function<bool(TourContext &)> condition,
                      std::chrono::milliseconds limit = std::chrono::seconds(10));
    TourScript &readBack(const QString &what, std::function<core::Reply<core::Done> *(TourContext &)> reply);
    TourScript &shot(const QString &name);
    const std::vector<TourStep> &steps() const { return m_steps; }

private:
    std::vector<TourStep> m_steps;
};

} // namespace ui::workbench
