// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configfeature.h"

#include "ui/config/comparepage.h"
#include "ui/config/configcommands.h"
#include "ui/config/configlookup.h"
#include "ui/config/configspage.h"
#include "ui/config/draftspage.h"
#include "ui/config/editorpage.h"
#include "ui/config/listenedpage.h"
#include "ui/config/localfolderspage.h"
#include "ui/config/namespacespage.h"
#include "ui/config/searchpage.h"
#include "ui/workbench/lookup.h"
#include "ui/workbench/workbench.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::config {

using workbench::Page;
using workbench::PageKind;
using workbench::PageRequest;
using workbench::Workbench;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::config::Feature", text);
}

PageKind kindOf(const QString &id, const char *title, Icon icon)
{
    PageKind kind;
    kind.id = id;
    kind.title = [title] { return tr(title); };
    kind.icon = icon;
    return kind;
}

} // namespace

void registerPages(workbench::PageRegistry &pages)
{
    PageKind configs = kindOf(u"configs"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "Configs"), Icon::Config);
    configs.place = PageKind::Place::Registry;
    configs.order = 10;
    configs.shortcut = u"Ctrl+1"_s;
    configs.make = [](Workbench &workbench, const PageRequest &) -> Page * { return new ConfigsPage(workbench); };
    pages.add(configs);

    PageKind editor = kindOf(u"config"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "Config"), Icon::Config);
    editor.addressKinds = {u"config"_s};
    editor.make = [](Workbench &workbench, const PageRequest &request) -> Page * { return new EditorPage(workbench, request); };
    pages.add(editor);

    PageKind namespaces = kindOf(u"namespaces"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "Namespaces"), Icon::Namespace);
    namespaces.place = PageKind::Place::Registry;
    namespaces.order = 90;
    namespaces.make = [](Workbench &workbench, const PageRequest &) -> Page * { return new NamespacesPage(workbench); };
    pages.add(namespaces);

    PageKind compare = kindOf(u"compare"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "Compare"), Icon::Compare);
    compare.place = PageKind::Place::Tools;
    compare.order = 20;
    compare.make = [](Workbench &workbench, const PageRequest &request) -> Page * { return new ComparePage(workbench, request); };
    pages.add(compare);

    PageKind search = kindOf(u"search"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "Search"), Icon::Search);
    search.place = PageKind::Place::Tools;
    search.order = 10;
    search.shortcut = u"Ctrl+Shift+F"_s;
    search.make = [](Workbench &workbench, const PageRequest &) -> Page * { return new SearchPage(workbench); };
    pages.add(search);

    PageKind listened = kindOf(u"listened"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "Listeners"), Icon::Push);
    listened.place = PageKind::Place::Tools;
    listened.order = 30;
    listened.make = [](Workbench &workbench, const PageRequest &) -> Page * { return new ListenedPage(workbench); };
    pages.add(listened);

    PageKind local = kindOf(u"localfolders"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "SDK folders"), Icon::Folder);
    local.place = PageKind::Place::Tools;
    local.order = 40;
    local.make = [](Workbench &workbench, const PageRequest &) -> Page * { return new LocalFoldersPage(workbench); };
    pages.add(local);

    PageKind drafts = kindOf(u"drafts"_s, QT_TRANSLATE_NOOP("ui::config::Feature", "Drafts"), Icon::Drafts);
    drafts.place = PageKind::Place::Bookmarks;
    drafts.order = 60;
    drafts.needsConnection = false;
    drafts.make = [](Workbench &workbench, const PageRequest &) -> Page * { return new DraftsPage(workbench); };
    pages.add(drafts);

    pages.addCommands(configCommands());
}

void registerLookups(Workbench &workbench)
{
    workbench.lookups().add(std::make_unique<ConfigLookup>(workbench));
}

} // namespace ui::config
