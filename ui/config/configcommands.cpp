// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configcommands.h"

#include "core/nacos/config/snippet.h"
#include "core/profiles/profile.h"
#include "ui/common/actionregistry.h"
#include "ui/common/clipboard.h"
#include "ui/common/codeeditor.h"
#include "ui/config/configspage.h"
#include "ui/config/editorpage.h"
#include "ui/workbench/workbench.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::config {

using workbench::Workbench;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ui::config::Commands", text);
}

QString codeCommand(core::nacos::SnippetLanguage language)
{
    return u"config.code."_s + core::nacos::snippetLanguageName(language).toLower();
}

Availability unavailable(const QString &why)
{
    return {why};
}

/// A command of the list page; `need` selected rows.
Command listCommand(Workbench &workbench, const QString &id, const QString &text, Icon icon, const QList<QKeySequence> &keys, int need,
                    std::function<void(ConfigsPage &)> run)
{
    Command command;
    command.id = id;
    command.text = text;
    command.context = say(QT_TRANSLATE_NOOP("ui::config::Commands", "Configs"));
    command.icon = icon;
    command.keys = keys;
    command.rule = [&workbench, need]() -> Availability {
        const auto *page = qobject_cast<ConfigsPage *>(workbench.currentPage());
        if (!page)
            return unavailable(say(QT_TRANSLATE_NOOP("ui::config::Commands", "Open the configs first.")));
        if (page->selectedCount() < need)
            return unavailable(say(QT_TRANSLATE_NOOP("ui::config::Commands", "Select a config first.")));
        return {};
    };
    command.run = [&workbench, run = std::move(run)] {
        if (auto *page = qobject_cast<ConfigsPage *>(workbench.currentPage()))
            run(*page);
    };
    return command;
}

Command editorCommand(Workbench &workbench, const QString &id, const QString &text, Icon icon, const QList<QKeySequence> &keys,
                      std::function<void(EditorPage &)> run, std::function<QString(const EditorPage &)> blocker = {})
{
    Command command;
    command.id = id;
    command.text = text;
    command.context = say(QT_TRANSLATE_NOOP("ui::config::Commands", "Editor"));
    command.icon = icon;
    command.keys = keys;
    command.rule = [&workbench, blocker = std::move(blocker)]() -> Availability {
        const auto *page = qobject_cast<EditorPage *>(workbench.currentPage());
        if (!page)
            return unavailable(say(QT_TRANSLATE_NOOP("ui::config::Commands", "Open a config first.")));
        return {blocker ? blocker(*page) : QString()};
    };
    command.run = [&workbench, run = std::move(run)] {
        if (auto *page = qobject_cast<EditorPage *>(workbench.currentPage()))
            run(*page);
    };
    return command;
}

void addListCommands(Workbench &workbench)
{
    auto &actions = workbench.actions();
    const auto add = [&](const QString &id, const char *text, Icon icon, const QList<QKeySequence> &keys, int need,
                         std::function<void(ConfigsPage &)> run) {
        actions.add(listCommand(workbench, id, say(text), icon, keys, need, std::move(run)));
    };
    // The table's own keys.
    const auto addShown = [&](const QString &id, const char *text, Icon icon, const QKeySequence &shown,
                              std::function<void(ConfigsPage &)> run) {
        Command command = listCommand(workbench, id, say(text), icon, {}, 1, std::move(run));
        command.shown = shown;
        actions.add(command);
    };
    add(u"config.new"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&New config…"), Icon::Add, {QKeySequence::New}, 0,
        [](ConfigsPage &page) { page.newConfig(); });
    addShown(u"config.open"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&Open"), Icon::Open, QKeySequence(Qt::Key_Return),
             [](ConfigsPage &page) { page.openSelected(Workbench::Where::HereOrExisting); });
    addShown(u"config.openWindow"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Open in a new &window"), Icon::Window,
             QKeySequence(u"Ctrl+Return"_s), [](ConfigsPage &page) { page.openSelected(Workbench::Where::NewWindow); });
    add(u"config.compare"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&Compare"), Icon::Compare, {}, 1,
        [](ConfigsPage &page) { page.compareSelected(); });
    add(u"config.duplicate"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Dupl&icate…"), Icon::Copy, {QKeySequence(u"Ctrl+D"_s)}, 1,
        [](ConfigsPage &page) { page.duplicateSelected(); });
    addShown(u"config.copyName"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Copy &name"), Icon::Copy, QKeySequence(QKeySequence::Copy),
             [](ConfigsPage &page) { page.copyNames(); });
    add(u"config.copyLink"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Copy &link"), Icon::Link, {QKeySequence(u"Ctrl+Shift+C"_s)}, 1,
        [](ConfigsPage &page) { page.copyLinks(); });
    Command remove = listCommand(workbench, u"config.delete"_s, say(QT_TRANSLATE_NOOP("ui::config::Commands", "&Delete…")), Icon::Delete,
                                 {QKeySequence::Delete}, 1, [](ConfigsPage &page) { page.deleteSelected(); });
    actions.add(remove);
}

void addEditorCommands(Workbench &workbench)
{
    auto &actions = workbench.actions();
    const auto add = [&](const QString &id, const char *text, Icon icon, const QList<QKeySequence> &keys,
                         std::function<void(EditorPage &)> run, std::function<QString(const EditorPage &)> blocker = {}) {
        actions.add(editorCommand(workbench, id, say(text), icon, keys, std::move(run), std::move(blocker)));
    };
    const auto editable = [](const EditorPage &page) {
        return page.isEditable() ? QString() : say(QT_TRANSLATE_NOOP("ui::config::Commands", "This content cannot be edited as text."));
    };
    add(
        u"editor.publish"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&Publish…"), Icon::Publish, {QKeySequence(u"Ctrl+Return"_s)},
        [](EditorPage &page) { page.publish(); }, [](const EditorPage &page) { return page.publishBlocker(); });
    add(u"editor.saveDraft"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&Save draft"), Icon::Save, {QKeySequence::Save},
        [](EditorPage &page) { page.saveDraftNow(); });
    add(u"editor.discardDraft"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Di&scard draft"), Icon::Undo, {},
        [](EditorPage &page) { page.discardDraft(); });
    add(u"editor.compare"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&Compare with the server"), Icon::Diff,
        {QKeySequence(u"Ctrl+Shift+D"_s)}, [](EditorPage &page) { page.compareWithLive(); });
    add(u"editor.validate"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Validate"), Icon::Validate, {QKeySequence(u"Ctrl+Shift+V"_s)},
        [](EditorPage &page) { page.validateNow(); });
    add(
        u"editor.format"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "For&mat"), Icon::Format, {QKeySequence(u"Ctrl+Shift+F9"_s)},
        [](EditorPage &page) { page.reformat(); }, editable);
    add(u"editor.history"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Show &history"), Icon::History, {QKeySequence(u"Ctrl+Shift+H"_s)},
        [](EditorPage &page) { page.showPanel(EditorPage::Panel::History); });
    add(u"editor.listeners"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Show l&isteners"), Icon::Push, {QKeySequence(u"Ctrl+Shift+I"_s)},
        [](EditorPage &page) { page.showPanel(EditorPage::Panel::Listeners); });
    add(
        u"editor.replace"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "R&eplace…"), Icon::Search, {QKeySequence(u"Ctrl+H"_s)},
        [](EditorPage &page) { page.editor()->openFind(CodeEditor::FindMode::Replace); }, editable);
    add(
        u"editor.complete"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Propose keys and values"), Icon::Edit,
        {QKeySequence(u"Ctrl+Space"_s)}, [](EditorPage &page) { page.complete(); }, editable);
    add(u"editor.goToLine"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&Go to line…"), Icon::Forward, {QKeySequence(u"Ctrl+G"_s)},
        [](EditorPage &page) { page.goToLine(); });
    add(u"editor.reveal"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Show the ne&xt hidden secret"), Icon::Reveal, {},
        [](EditorPage &page) { page.editor()->revealNext(); });
    add(u"editor.revealAll"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Sho&w all hidden secrets"), Icon::Reveal, {},
        [](EditorPage &page) { page.editor()->revealAll(); });
    add(u"editor.hide"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "&Hide the secrets again"), Icon::Hide, {},
        [](EditorPage &page) { page.editor()->maskAll(); });
}

/// For what is selected in the list, and for the config of an editor.
void addOverrideCommands(Workbench &workbench)
{
    const auto both = [&workbench](const QString &id, const char *text, Icon icon, std::function<QString(const ConfigsPage &)> listBlocker,
                                   std::function<QString(const EditorPage &)> editorBlocker, std::function<void(ConfigsPage &)> runList,
                                   std::function<void(EditorPage &)> runEditor) {
        Command command = listCommand(workbench, id, say(text), icon, {}, 1, std::move(runList));
        command.rule = [rule = command.rule, listBlocker, editorBlocker, &workbench]() -> Availability {
            if (const auto *editor = qobject_cast<EditorPage *>(workbench.currentPage()))
                return {editorBlocker(*editor)};
            const Availability basic = rule();
            const auto *list = qobject_cast<ConfigsPage *>(workbench.currentPage());
            return basic.isAvailable() && list ? Availability{listBlocker(*list)} : basic;
        };
        command.run = [run = command.run, runEditor, &workbench] {
            if (auto *editor = qobject_cast<EditorPage *>(workbench.currentPage()))
                runEditor(*editor);
            else
                run();
        };
        workbench.actions().add(command);
    };
    both(
        u"config.override"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "O&verride on this computer…"), Icon::Edit,
        [](const ConfigsPage &) { return QString(); }, [](const EditorPage &page) { return page.overrideBlocker(); },
        [](ConfigsPage &page) { page.overrideSelected(); }, [](EditorPage &page) { page.setOverride(); });
    both(
        u"config.overrideOff"_s, QT_TRANSLATE_NOOP("ui::config::Commands", "Ta&ke off the local override"), Icon::Restore,
        [](const ConfigsPage &page) {
            return page.overriddenKeys().isEmpty()
                ? say(QT_TRANSLATE_NOOP("ui::config::Commands", "Nothing selected has a local override."))
                : QString();
        },
        [](const EditorPage &page) {
            return page.isOverridden() ? QString() : say(QT_TRANSLATE_NOOP("ui::config::Commands", "There is no local override."));
        },
        [](ConfigsPage &page) { page.takeOverridesOff(); }, [](EditorPage &page) { page.takeOverrideOff(); });
}

/// The config the active page is about, when it is about exactly one.
std::optional<core::Address> subjectOf(Workbench &workbench)
{
    if (const auto *editor = qobject_cast<EditorPage *>(workbench.currentPage()))
        return editor->address();
    const auto *list = qobject_cast<ConfigsPage *>(workbench.currentPage());
    if (!list || list->selectedCount() != 1)
        return std::nullopt;
    const auto address = list->selectedKeys().first().address(list->subject().profile);
    return address ? std::optional(*address) : std::nullopt;
}

void copyCode(Workbench &workbench, core::nacos::SnippetLanguage language)
{
    const auto address = subjectOf(workbench);
    const auto key = address ? core::nacos::ConfigKey::of(*address) : core::Result<core::nacos::ConfigKey>(core::fail({}, {}));
    const auto profile = address ? workbench.profile(address->profile()) : std::nullopt;
    if (!key || !profile)
        return;
    clipboard::copy(core::nacos::configSnippet(language, *profile, *key));
    Message message;
    message.id = u"code"_s;
    message.state = StateColor::Ok;
    message.text = say(QT_TRANSLATE_NOOP("ui::config::Commands", "%1 code that reads %2 and listens to it is on the clipboard."))
                       .arg(core::nacos::snippetLanguageName(language), key->dataId);
    message.closeAfter = std::chrono::seconds(6);
    workbench.notify(message);
}

void addCodeCommands(Workbench &workbench)
{
    for (const core::nacos::SnippetLanguage language : core::nacos::snippetLanguages()) {
        Command command;
        command.id = codeCommand(language);
        command.text = say(QT_TRANSLATE_NOOP("ui::config::Commands", "Copy as %1 code")).arg(core::nacos::snippetLanguageName(language));
        command.context = say(QT_TRANSLATE_NOOP("ui::config::Commands", "Configs"));
        command.description = say(QT_TRANSLATE_NOOP("ui::config::Commands", "A whole program with the registry's SDK; no secret is in it"));
        command.icon = Icon::Terminal;
        command.rule = [&workbench]() -> Availability {
            return subjectOf(workbench) ? Availability{}
                                        : unavailable(say(QT_TRANSLATE_NOOP("ui::config::Commands", "Select one config first.")));
        };
        command.run = [&workbench, language] { copyCode(workbench, language); };
        workbench.actions().add(command);
    }
}

} // namespace

QStringList codeCommands()
{
    QStringList ids;
    for (const core::nacos::SnippetLanguage language : core::nacos::snippetLanguages())
        ids << codeCommand(language);
    return ids;
}

workbench::FeatureCommands configCommands()
{
    workbench::FeatureCommands commands;
    commands.add = [](Workbench &workbench) {
        addListCommands(workbench);
        addEditorCommands(workbench);
        addOverrideCommands(workbench);
        addCodeCommands(workbench);
    };
    commands.menus = {
        {workbench::MenuPlace::File, {u"config.new"_s, u"editor.saveDraft"_s, u"editor.publish"_s}},
        {workbench::MenuPlace::Edit,
         {u"editor.replace"_s, u"editor.goToLine"_s, u"editor.complete"_s, u"editor.format"_s, u"editor.validate"_s,
          u"editor.discardDraft"_s}},
        {workbench::MenuPlace::View, {u"editor.compare"_s, u"editor.history"_s, u"editor.listeners"_s}},
    };
    commands.submenus = {
        {workbench::MenuPlace::Edit,
         [] { return say(QT_TRANSLATE_NOOP("ui::config::Commands", "Co&nfigs")); },
         {u"config.duplicate"_s, u"config.copyName"_s, u"config.copyLink"_s, u"-"_s, u"config.override"_s, u"config.overrideOff"_s, u"-"_s,
          u"config.delete"_s}},
        {workbench::MenuPlace::Edit,
         [] { return say(QT_TRANSLATE_NOOP("ui::config::Commands", "Hi&dden secrets")); },
         {u"editor.reveal"_s, u"editor.revealAll"_s, u"editor.hide"_s}},
    };
    return commands;
}

} // namespace ui::config
