// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/support/console.h"

#include "app/console/languages.h"
#include "core/nacos/registry.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"
#include "core/profiles/settings.h"
#include "tests/support/await.h"
#include "ui/common/actionregistry.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace tests {

using core::profiles::Setting;

class Languages {
public:
    app::Languages languages;
};

Console::Console()
    : m_answers(std::make_unique<ui::prompts::ScriptedAnswers>())
{
    static const bool themed = [] {
        ui::Theme::install(*qApp, ui::Appearance::Light);
        ui::Theme::setMotion(ui::Theme::Motion::Reduced);
        return true;
    }();
    Q_UNUSED(themed)
    ui::Theme::setAppearance(ui::Appearance::Light);
    build();
    set(Setting::SecretStore, u"memory"_s);
    set(Setting::Theme, u"light"_s);
    std::ignore = services().settings.flush();
    tearDown();
    build();
}

Console::~Console()
{
    if (services().practice.isRunning())
        std::ignore = await(services().practice.stop());
    tearDown();
}

void Console::build()
{
    // The test's own handler stays: it looks for warnings.
    const QtMessageHandler handler = qInstallMessageHandler(nullptr);
    m_log = std::make_unique<core::LogSink>(core::LogSink::Echo::Silent);
    qInstallMessageHandler(handler);
    auto composition = app::Composition::make(m_home.path(), *m_log);
    Q_ASSERT(composition);
    m_composition = std::move(*composition);
    m_languages = std::make_unique<Languages>();
    m_languages->languages.set(u"en"_s);
    m_shell = std::make_unique<ui::shell::Shell>(m_composition->services(),
                                                 ui::shell::Shell::Hooks{[this](const QString &language) { setLanguage(language); }});
}

void Console::tearDown()
{
    m_shell.reset();
    m_composition->shutDown();
    m_composition.reset();
    m_languages.reset();
    m_log.reset();
}

void Console::set(Setting key, const QJsonValue &value)
{
    services().settings.set(key, value);
}

void Console::setLanguage(const QString &language)
{
    m_languages->languages.set(language.isEmpty() ? u"en"_s : language);
}

QString Console::addProfile(const QString &name, core::profiles::Environment environment)
{
    core::profiles::Profile profile;
    profile.name = name;
    // Port 9 on loopback: refused at once.
    profile.servers = QStringList{u"http://127.0.0.1:9"_s};
    profile.environment = environment;
    const auto saved = await(services().profiles.add(profile));
    return saved && *saved ? (*saved)->slug : QString();
}

ui::shell::MainWindow &Console::start(const ui::shell::StartRequest &request)
{
    ui::shell::MainWindow *first = m_shell->start(request);
    QSignalSpy started(first, &ui::shell::MainWindow::started);
    first->activateWindow();
    started.wait(5000);
    first->actions().refreshNow(); // what is available is asked for from the event loop otherwise
    return *first;
}

ui::shell::MainWindow &Console::restart()
{
    m_shell->saveSession();
    tearDown();
    build();
    return start();
}

bool Console::startPractice()
{
    const auto slug = await(m_shell->connections().startPractice(), std::chrono::seconds(20));
    if (!slug || !*slug)
        return false;
    if (!m_shell->windows().isEmpty())
        window().setCurrent({**slug, u"public"_s});
    return QTest::qWaitFor(
        [this, &slug] {
            core::nacos::Registry *registry = m_shell->connections().registry(**slug);
            return registry && registry->session().state() == core::nacos::SessionState::Live;
        },
        15000);
}

QWidget *Console::widget(const QString &objectName) const
{
    const QWidgetList tops = QApplication::topLevelWidgets();
    for (QWidget *top : tops) {
        if (!top->isVisible())
            continue;
        if (top->objectName() == objectName)
            return top;
        const QList<QWidget *> hits = top->findChildren<QWidget *>(objectName);
        for (QWidget *hit : hits)
            if (hit->isVisible())
                return hit;
    }
    return nullptr;
}

QString Console::currentKind()
{
    const ui::workbench::Page *page = workbench().currentPage();
    return page ? page->kind() : QString();
}

core::Reply<std::optional<core::guard::Value>> *NoteExecutor::read(const core::Address &target)
{
    using Value = std::optional<core::guard::Value>;
    const auto found = m_notes.values.constFind(target.toString());
    return core::Reply<Value>::settled(found == m_notes.values.constEnd() ? Value() : Value(*found));
}

core::Reply<core::Done> *NoteExecutor::apply(const core::guard::Change &change)
{
    if (m_notes.wire == Notes::Wire::Answers)
        return core::Reply<core::Done>::settled(take(m_notes, change));
    auto *reply = new core::Reply<core::Done>;
    m_notes.held.append([&notes = m_notes, change, reply = QPointer(reply)] {
        const auto result = take(notes, change);
        if (reply)
            reply->settle(result);
    });
    return reply;
}

core::Result<core::Done> NoteExecutor::take(Notes &notes, const core::guard::Change &change)
{
    if (notes.failure)
        return core::fail(*notes.failure);
    ++notes.applied;
    if (change.after)
        notes.values.insert(change.target.toString(), *change.after);
    else
        notes.values.remove(change.target.toString());
    return core::Done{};
}

void NoteExecutor::Notes::letGo(qsizetype count)
{
    while (count-- > 0 && !held.isEmpty())
        held.takeFirst()();
}

core::guard::Change NoteExecutor::change(const QString &profile, const QString &name, const std::optional<QByteArray> &before,
                                         const std::optional<QByteArray> &after)
{
    core::guard::Change change;
    change.target = *core::Address::build(profile, u"public"_s, u"note"_s, {name});
    change.verb = !before ? core::guard::Verb::Create : after ? core::guard::Verb::Update : core::guard::Verb::Delete;
    if (before)
        change.before = core::guard::Value{*before, {}};
    if (after)
        change.after = core::guard::Value{*after, {}};
    change.summary = name;
    return change;
}

void strictWindows()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints|QStandardPaths).+"_s));
}

QMenu *rowMenu()
{
    QWidget *popup = QApplication::activePopupWidget();
    return popup && popup->objectName() == "rowMenu"_L1 ? qobject_cast<QMenu *>(popup) : nullptr;
}

QStringList wordsOf(const QMenu *menu)
{
    QStringList all;
    for (const QAction *action : menu->actions())
        if (!action->isSeparator())
            all.append(ui::withoutMnemonic(action->text()).section(u'\t', 0, 0));
    return all;
}

} // namespace tests
