// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/config/fakeregistry.h"
#include "tests/ui/config/scene.h"

namespace tests {

/// For test classes of which every function begins on a window and a server that does what it is told, with one configuration.
class EditorTest : public QObject {
    Q_OBJECT
protected:
    static const QString Name;
    ui::config::EditorPage *open();
    /// Ready, and told of changes.
    ui::config::EditorPage *openLive();
    static bool says(const ui::config::EditorPage *page, const QString &id);
    /// Presses a button of a message.
    static void act(ui::config::EditorPage *page, const QString &id, const QString &text);
    /// The first time it gives up what runs, then it closes.
    bool planIsClosed() const;
    /// Changes the file of the drafts as damage would.
    bool sql(const QString &statement);
    static void type(ui::config::EditorPage *page, const QString &text);

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<FakeRegistry> m_server;
    QString m_slug;

protected Q_SLOTS:
    void init();
    void cleanup();
};

} // namespace tests
