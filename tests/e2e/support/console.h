// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/composition.h"
#include "core/guard/guard.h"
#include "tests/support/temphome.h"
#include "ui/common/prompts.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/shell.h"

#include <memory>
#include <QTest>

class QMenu;

namespace tests {

/// The real program but for main(): services on a home of its own, shell, windows, offscreen. Secrets stay in memory, nothing leaves the
/// machine, prompts are answered by `answers`.
class Console {
    Q_DISABLE_COPY_MOVE(Console)
public:
    Console();
    ~Console();

    /// Before start(): written to HOME/settings.json through Settings.
    void set(core::profiles::Setting key, const QJsonValue &value);
    /// A saved connection that nothing listens at; answers its slug.
    QString addProfile(const QString &name, core::profiles::Environment environment = core::profiles::Environment::Development);
    /// Shows the first window and waits until its first page stands.
    ui::shell::MainWindow &start(const ui::shell::StartRequest &request = {});
    /// Ends and begins again on the same home, as after closing the program.
    ui::shell::MainWindow &restart();
    /// Starts the practice registry from the build and waits until the connection is live. False: it did not come.
    bool startPractice();

    ui::shell::Shell &shell() { return *m_shell; }
    ui::shell::MainWindow &window() { return *m_shell->windows().first(); }
    ui::workbench::Workbench &workbench() { return window().workbench(); }
    ui::workbench::Services &services() { return m_composition->services(); }
    ui::prompts::ScriptedAnswers &answers() { return *m_answers; }
    const TempHome &home() const { return m_home; }

    /// The first visible widget of that name, in any window.
    QWidget *widget(const QString &objectName) const;
    template <class W>
    W *find(const QString &objectName) const
    {
        return qobject_cast<W *>(widget(objectName));
    }
    QString currentKind();
    void setLanguage(const QString &language);

private:
    void build();
    void tearDown();
    TempHome m_home;
    std::unique_ptr<core::LogSink> m_log;
    std::unique_ptr<class Languages> m_languages;
    std::unique_ptr<app::Composition> m_composition;
    std::unique_ptr<ui::prompts::ScriptedAnswers> m_answers;
    std::unique_ptr<ui::shell::Shell> m_shell;
};

/// Takes kind `note` in memory: what the Guard writes in tests of the window.
class NoteExecutor final : public core::guard::Executor {
public:
    struct Notes {
        QMap<QString, core::guard::Value> values; ///< by address
        std::optional<core::Error> failure;       ///< of the next writes
        int applied = 0;
        enum class Wire { Answers, Holds };
        Wire wire = Wire::Answers;
        QList<std::function<void()>> held; ///< writes that arrived while the wire holds, done and answered by letGo()
        void letGo(qsizetype count);
    };
    explicit NoteExecutor(Notes &notes)
        : m_notes(notes)
    {
    }
    bool handles(QStringView kind) const override { return kind == u"note"; }
    core::Reply<std::optional<core::guard::Value>> *read(const core::Address &target) override;
    core::Reply<core::Done> *apply(const core::guard::Change &change) override;
    static core::guard::Change change(const QString &profile, const QString &name, const std::optional<QByteArray> &before,
                                      const std::optional<QByteArray> &after);

private:
    static core::Result<core::Done> take(Notes &notes, const core::guard::Change &change);
    Notes &m_notes;
};

/// A Qt warning is a failure, but for what the offscreen platform always says.
void strictWindows();

/// The context menu of a list that is open; nullptr: there is none.
QMenu *rowMenu();
/// What a menu offers, without lines, mnemonics and keys.
QStringList wordsOf(const QMenu *menu);

} // namespace tests
