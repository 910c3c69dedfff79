// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "tests/e2e/support/console.h"
#include "tests/support/await.h"
#include "ui/config/configspage.h"
#include "ui/config/editorpage.h"
#include "ui/models/tableview.h"
#include "ui/workbench/tour.h"

#include <memory>

namespace tests {

/// Generous: the machine may be busy with something else.
constexpr int Patience = 30'000;

/// The real window on a practice registry of its own, and a second client beside it.
class Scene {
    Q_DISABLE_COPY_MOVE(Scene)
public:
    Scene();
    ~Scene();

    /// Window, practice registry, connection. False: it did not come.
    bool begin();
    /// The list of a namespace, complete.
    ui::config::ConfigsPage *list(const QString &namespaceId = QStringLiteral("public"));
    ui::config::EditorPage *open(const core::nacos::ConfigKey &key);
    ui::config::EditorPage *editor() { return qobject_cast<ui::config::EditorPage *>(console.workbench().currentPage()); }
    ui::workbench::Page *page(const QString &kind, const QJsonObject &parameters = {});
    /// Applies the plan on show and waits until it is gone.
    bool apply();
    bool planIsReady() const;
    void trigger(const QString &command);

    // The other client: plain HTTP.
    bool write(const core::nacos::ConfigKey &key, const QByteArray &content, const QString &type = QStringLiteral("yaml"));
    std::optional<QByteArray> read(const core::nacos::ConfigKey &key);
    bool remove(const core::nacos::ConfigKey &key);
    /// An application beside it, which stays.
    bool listen(const QString &app, const QByteArray &address, const QList<core::nacos::ConfigKey> &keys);
    QString server() const;

    ui::TableView *table(const QString &name) const { return console.find<ui::TableView>(name); }
    QString cell(const QString &table, const QString &id, const QString &column) const;
    void select(const QString &table, const QStringList &ids);
    core::Address address(const core::nacos::ConfigKey &key) const { return *key.address(QStringLiteral("practice")); }

    Console console;

private:
    std::unique_ptr<ui::workbench::TourContext> m_other;
    QString m_server;
};

inline QString rowOf(const core::nacos::ConfigKey &key)
{
    return ui::config::rowId(key);
}

/// For test classes of which every function begins on a window and a practice registry of its own.
class SceneTest : public QObject {
    Q_OBJECT
protected:
    std::unique_ptr<Scene> m_scene;

private Q_SLOTS:
    void init();
    void cleanup() { m_scene.reset(); }
};

#define WAIT(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, tests::Patience)

} // namespace tests
