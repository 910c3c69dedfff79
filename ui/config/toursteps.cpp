// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ledger.h"
#include "ui/common/codeeditor.h"
#include "ui/common/diffview.h"
#include "ui/config/configdocument.h"
#include "ui/config/configfeature.h"
#include "ui/config/configspage.h"
#include "ui/config/editorpage.h"
#include "ui/config/searchresults.h"
#include "ui/models/tableview.h"
#include "ui/workbench/tour.h"
#include "ui/workbench/workbench.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>

// The main job on these pages: find, edit, publish, see it arrive, meet somebody else's change, look back, restore, delete and take back.

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigKey;
using workbench::TourContext;
using workbench::TourScript;

namespace {

const ConfigKey Edited{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const ConfigKey Overridden{u"public"_s, u"PLATFORM"_s, u"rate-limits.yaml"_s};
const ConfigKey Deleted{u"public"_s, u"SHOP"_s, u"banner.txt"_s};

EditorPage *editorPage(TourContext &tour)
{
    return qobject_cast<EditorPage *>(tour.workbench().currentPage());
}

bool isReady(TourContext &tour)
{
    EditorPage *page = editorPage(tour);
    return page && page->document()->state() == ConfigDocument::State::Ready;
}

/// Succeeds when the server's content is (or is not) as `good` says.
core::Reply<core::Done> *expectContent(TourContext &tour, const ConfigKey &key, std::function<bool(const std::optional<QByteArray> &)> good)
{
    auto *answer = new core::Reply<core::Done>(&tour);
    core::follow(answer, tour.readConfig(key),
                 [good = std::move(good)](const core::Result<std::optional<QByteArray>> &content) -> core::Result<core::Done> {
                     if (!content)
                         return core::fail(content.error());
                     if (!good(*content))
                         return core::fail(core::Error::Kind::Conflict, u"the server has something else"_s);
                     return core::Done{};
                 });
    return answer;
}

bool canApply(TourContext &tour)
{
    const auto *button = tour.find<QPushButton>(u"planApply"_s);
    return button && button->isEnabled();
}

bool noDialog(TourContext &tour)
{
    return tour.widget(u"planDialog"_s) == nullptr;
}

/// Applies the plan on show and waits until its panel is gone.
void applyPlan(TourScript &script)
{
    script.act([](TourContext &tour) { tour.click(u"planApply"_s); }).until(u"the plan is applied"_s, [](TourContext &tour) {
        if (noDialog(tour))
            return true;
        // What was applied but not seen in the first read stays on show with its outcome.
        const auto *cancel = tour.find<QPushButton>(u"planCancel"_s);
        const auto *apply = tour.find<QPushButton>(u"planApply"_s);
        if (cancel && !(apply && apply->isVisible()) && cancel->isEnabled())
            tour.click(u"planCancel"_s);
        return false;
    });
}

void selectRow(TourContext &tour, const QString &table, const QString &id)
{
    if (auto *view = tour.find<TableView>(table)) {
        view->setFocus();
        view->select({id}, id);
        view->scrollToId(id);
    }
}

/// The practice registry has nobody else who listens.
void addApplications(TourScript &script)
{
    const auto shop = [](const QString &dataId) { return ConfigKey{u"public"_s, u"SHOP"_s, dataId}; };
    script.step(u"applications listen"_s)
        .readBack(u"storefront"_s,
                  [shop](TourContext &tour) {
                      return tour.listen({u"storefront"_s, "10.0.3.17"},
                                         {Edited, shop(u"banner.txt"_s), shop(u"catalog.yaml"_s), shop(u"checkout.properties"_s)});
                  })
        .readBack(
            u"checkout"_s,
            [shop](TourContext &tour) {
                return tour.listen({u"checkout"_s, "10.0.3.24"}, {Edited, shop(u"checkout.properties"_s), shop(u"pricing-rules.yaml"_s)});
            })
        .act([](TourContext &tour) { tour.workbench().currentPage()->refresh(); });
}

void addListSteps(TourScript &script)
{
    script.step(u"configs"_s)
        .until(u"rows with their details"_s,
               [](TourContext &tour) {
                   const auto *table = tour.find<TableView>(u"configsTable"_s);
                   return table && table->records()->rowCount() > 15;
               })
        .act([](TourContext &tour) { selectRow(tour, u"configsTable"_s, Edited.group + u'\n' + Edited.dataId); })
        .until(u"the preview"_s,
               [](TourContext &tour) {
                   const auto *preview = tour.find<QWidget>(u"configPreview"_s);
                   return preview && !preview->property("plainText").toString().isEmpty();
               })
        .until(u"sizes of the visible rows"_s,
               [](TourContext &tour) {
                   auto *table = tour.find<TableView>(u"configsTable"_s);
                   const auto *records = table ? table->records() : nullptr;
                   if (!records)
                       return false;
                   const int size = records->columnIndex(u"size"_s);
                   for (int row = 0; row < records->rowCount(); ++row) {
                       if (records->cellText(row, size) == u"–"_s)
                           return false;
                   }
                   return true;
               })
        .until(u"who listens"_s,
               [](TourContext &tour) {
                   const auto *state = tour.find<QLabel>(u"configListenersState"_s);
                   return state && state->text().contains(u'2');
               })
        .shot(u"configs"_s);
    script.step(u"filter"_s)
        .act([](TourContext &tour) {
            tour.workbench().currentPage()->focusFilter();
            tour.type(u"type:yaml pay"_s);
        })
        .until(u"fewer rows"_s,
               [](TourContext &tour) {
                   const auto *table = tour.find<TableView>(u"configsTable"_s);
                   return table && table->proxy()->rowCount() > 0 && table->proxy()->rowCount() < 5;
               })
        .shot(u"filter"_s)
        .act([](TourContext &tour) {
            tour.key(Qt::Key_Escape);
            tour.key(Qt::Key_Escape);
        });
}

void addEditSteps(TourScript &script)
{
    script.step(u"open"_s)
        .act([](TourContext &tour) {
            selectRow(tour, u"configsTable"_s, Edited.group + u'\n' + Edited.dataId);
            tour.key(Qt::Key_Return, tour.widget(u"configsTable"_s));
        })
        .until(u"the editor"_s, isReady)
        .act([](TourContext &tour) { tour.memory[u"before"_s] = editorPage(tour)->editor()->content(); })
        .shot(u"editor"_s);
    script.step(u"edit"_s)
        .act([](TourContext &tour) {
            EditorPage *page = editorPage(tour);
            page->editor()->goTo({page->editor()->lineCount(), 1});
            page->editor()->insertText(u"tour:\n  visited: true\n"_s);
        })
        .until(u"the draft is on disk"_s,
               [](TourContext &tour) { return isReady(tour) && editorPage(tour)->document()->draftSavedAt().isValid(); });
    script.step(u"publish"_s)
        .act([](TourContext &tour) { tour.trigger(u"editor.publish"_s); })
        .until(u"the difference"_s,
               [](TourContext &tour) {
                   auto *diff = tour.find<DiffView>(u"planDiff"_s);
                   return canApply(tour) && diff && diff->isReady();
               })
        .shot(u"publish"_s);
    applyPlan(script);
    script
        .readBack(u"the server has it"_s,
                  [](TourContext &tour) {
                      return expectContent(tour, Edited, [](const std::optional<QByteArray> &content) {
                          return content && content->contains("visited: true");
                      });
                  })
        .until(u"nothing is left to publish"_s, [](TourContext &tour) { return isReady(tour) && !editorPage(tour)->isModified(); })
        .until(u"the applications have it"_s,
               [](TourContext &tour) {
                   const auto *arrival = editorPage(tour)->findChild<QLabel *>(u"arrivalLabel"_s);
                   return arrival && !arrival->text().isEmpty();
               })
        .shot(u"arrived"_s);
}

void addConflictSteps(TourScript &script)
{
    script.step(u"somebody else's change"_s)
        .act([](TourContext &tour) {
            EditorPage *page = editorPage(tour);
            page->editor()->goTo({1, 1});
            page->editor()->insertText(u"# mine\n"_s);
        })
        .until(u"an unpublished edit"_s, [](TourContext &tour) { return isReady(tour) && editorPage(tour)->isModified(); })
        .readBack(u"another client publishes"_s,
                  [](TourContext &tour) {
                      const QByteArray theirs = editorPage(tour)->document()->base()->content + "theirs: true\n";
                      return tour.writeConfig(Edited, theirs, u"yaml"_s);
                  })
        .until(u"the push is noticed"_s,
               [](TourContext &tour) { return isReady(tour) && editorPage(tour)->document()->newer().has_value(); })
        .shot(u"conflict"_s)
        .act([](TourContext &tour) { editorPage(tour)->showMerge(); })
        .until(u"the merge"_s, [](TourContext &tour) { return tour.widget(u"configMerge"_s) != nullptr; })
        .shot(u"merge"_s)
        .act([](TourContext &tour) { tour.click(u"mergeUseButton"_s); })
        .until(u"the merged text"_s, [](TourContext &tour) {
            const QByteArray text = isReady(tour) ? editorPage(tour)->editor()->content() : QByteArray();
            return text.contains("# mine") && text.contains("theirs: true");
        });
    script.step(u"history and restore"_s)
        .act([](TourContext &tour) {
            editorPage(tour)->discardDraft();
            tour.trigger(u"editor.history"_s);
        })
        .until(u"versions"_s,
               [](TourContext &tour) {
                   const auto *table = tour.find<TableView>(u"historyTable"_s);
                   return table && table->records()->rowCount() >= 3;
               })
        .act([](TourContext &tour) {
            const auto *table = tour.find<TableView>(u"historyTable"_s);
            // Newest first: ours is the second, what was there before it the third.
            selectRow(tour, u"historyTable"_s, table->records()->idAt(2));
        })
        .shot(u"history"_s)
        .act([](TourContext &tour) { tour.click(u"historyRestoreButton"_s); })
        .until(u"the plan"_s, canApply);
    applyPlan(script);
    script.readBack(u"the server has the old content again"_s, [](TourContext &tour) {
        return expectContent(tour, Edited,
                             [before = tour.memory.value(u"before"_s).toByteArray()](const std::optional<QByteArray> &content) {
                                 return content && *content == before;
                             });
    });
}

void addDeleteSteps(TourScript &script)
{
    script.step(u"delete"_s)
        .act([](TourContext &tour) { tour.workbench().openPage({.kind = u"configs"_s, .subject = tour.workbench().current()}); })
        .until(u"the list"_s, [](TourContext &tour) { return tour.find<TableView>(u"configsTable"_s) != nullptr; })
        .act([](TourContext &tour) { selectRow(tour, u"configsTable"_s, Deleted.group + u'\n' + Deleted.dataId); })
        .act([](TourContext &tour) { tour.trigger(u"config.delete"_s); })
        .until(u"the preview of what goes"_s, canApply)
        .shot(u"delete"_s);
    applyPlan(script);
    script
        .readBack(u"it is gone"_s,
                  [](TourContext &tour) {
                      return expectContent(tour, Deleted, [](const std::optional<QByteArray> &content) { return !content; });
                  })
        .until(u"its row went"_s, [](TourContext &tour) {
            const auto *table = tour.find<TableView>(u"configsTable"_s);
            return table && table->records()->rowOf(Deleted.group + u'\n' + Deleted.dataId) < 0;
        });
    script.step(u"undo"_s)
        .act([](TourContext &tour) {
            // Of this item: other programs write in the same home.
            const auto address = Deleted.address(tour.workbench().current().profile);
            auto *entries = tour.workbench().services().ledger.entries({.addressPrefix = address->toString(), .limit = 1});
            entries->each(&tour, [&tour](const QList<core::store::LedgerEntry> &batch) {
                if (!batch.isEmpty())
                    tour.workbench().undoEntry(batch.first().id);
            });
        })
        .until(u"the plan that takes it back"_s, canApply);
    applyPlan(script);
    script.readBack(u"it is there again"_s, [](TourContext &tour) {
        return expectContent(tour, Deleted, [](const std::optional<QByteArray> &content) { return content.has_value(); });
    });
}

void addOverrideSteps(TourScript &script)
{
    script.step(u"local override"_s)
        .act([](TourContext &tour) { tour.workbench().openAddress(*Overridden.address(tour.workbench().current().profile)); })
        .until(u"the editor"_s, [](TourContext &tour) { return isReady(tour) && editorPage(tour)->document()->key() == Overridden; })
        .act([](TourContext &tour) { tour.trigger(u"config.override"_s); })
        .until(u"the override"_s, [](TourContext &tour) { return isReady(tour) && editorPage(tour)->isOverridden(); })
        .act([](TourContext &tour) {
            editorPage(tour)->editor()->goTo({1, 1});
            editorPage(tour)->editor()->insertText(u"# for a try on this computer\n"_s);
        })
        .until(u"something to save"_s,
               [](TourContext &tour) {
                   const auto *save = tour.find<QPushButton>(u"publishButton"_s);
                   return save && save->isEnabled();
               })
        .shot(u"override"_s)
        .act([](TourContext &tour) { tour.click(u"publishButton"_s); })
        .until(u"it is saved"_s, [](TourContext &tour) { return isReady(tour) && !editorPage(tour)->isModified(); })
        .act([](TourContext &tour) { tour.workbench().openPage({.kind = u"configs"_s, .subject = tour.workbench().current()}); })
        .until(u"the list"_s, [](TourContext &tour) { return tour.find<TableView>(u"configsTable"_s) != nullptr; })
        .act([](TourContext &tour) { selectRow(tour, u"configsTable"_s, Overridden.group + u'\n' + Overridden.dataId); })
        .until(u"its badge"_s, [](TourContext &tour) { return tour.widget(u"configOverrideBadge"_s) != nullptr; })
        .shot(u"override-list"_s)
        .act([](TourContext &tour) { tour.trigger(u"config.overrideOff"_s); })
        .until(u"the server's content again"_s, [](TourContext &tour) { return tour.widget(u"configOverrideBadge"_s) == nullptr; });
}

/// What SDKs leave on a machine, as they lay it out.
void addFolderSteps(TourScript &script)
{
    script.step(u"sdk folders"_s)
        .act([](TourContext &tour) {
            auto folder = std::make_shared<QTemporaryDir>();
            tour.memory[u"folder"_s] = QVariant::fromValue(folder);
            const auto put = [&folder](const QString &name, const QByteArray &content) {
                const QString file = folder->filePath(name);
                QDir().mkpath(QFileInfo(file).path());
                QFile out(file);
                if (out.open(QIODevice::WriteOnly))
                    out.write(content);
            };
            const QString java = u"nacos/config/Config-fixed-practice_nacos/"_s;
            put(java + u"snapshot/SHOP/banner.txt"_s, "Free delivery on all orders over EUR 25 until Sunday.\n");
            put(java + u"snapshot/PAYMENTS/payments.yaml"_s, tour.memory.value(u"before"_s).toByteArray());
            put(java + u"data/config-data/PLATFORM/rate-limits.yaml"_s, "limits:\n  default: 10\n");
            put(u"nacos/cache/config/retired.yaml@@SHOP@@"_s, "retired: true\n");
            tour.workbench().openPage({.kind = u"localfolders"_s, .subject = tour.workbench().current()});
            if (auto *edit = tour.find<QLineEdit>(u"localFolder"_s)) {
                edit->setText(folder->path());
                tour.key(Qt::Key_Return, edit);
            }
        })
        .until(u"every file compared"_s,
               [](TourContext &tour) {
                   const auto *table = tour.find<TableView>(u"localTable"_s);
                   if (!table || table->records()->rowCount() != 4)
                       return false;
                   const int state = table->records()->columnIndex(u"state"_s);
                   for (int row = 0; row < 4; ++row) {
                       if (table->records()->cellText(row, state) == u"…"_s)
                           return false;
                   }
                   auto *diff = tour.find<DiffView>(u"localDiff"_s);
                   return diff && diff->isReady();
               })
        .shot(u"sdk-folders"_s)
        .act([](TourContext &tour) { tour.memory.remove(u"folder"_s); });
}

void addOtherPages(TourScript &script)
{
    script.step(u"compare"_s)
        .act([](TourContext &tour) {
            const auto left = ConfigKey{u"staging"_s, Edited.group, Edited.dataId}.address(tour.workbench().current().profile);
            const auto right = ConfigKey{u"production"_s, Edited.group, Edited.dataId}.address(tour.workbench().current().profile);
            tour.workbench().openPage({.kind = u"compare"_s,
                                       .subject = tour.workbench().current(),
                                       .parameters = {{u"left"_s, left->toString()}, {u"right"_s, right->toString()}}});
        })
        .until(u"the difference"_s,
               [](TourContext &tour) {
                   auto *diff = tour.find<DiffView>(u"compareDiff"_s);
                   return diff && diff->isReady();
               })
        .shot(u"compare"_s);
    script.step(u"search"_s)
        .act([](TourContext &tour) {
            tour.workbench().openPage({.kind = u"search"_s, .subject = tour.workbench().current()});
            tour.type(u"timeout"_s, tour.widget(u"searchQuery"_s));
            tour.key(Qt::Key_Return, tour.widget(u"searchQuery"_s));
        })
        .until(u"places"_s,
               [](TourContext &tour) {
                   const auto *view = tour.find<SearchView>(u"searchResults"_s);
                   return view && view->model()->rowCount() > 0;
               })
        .shot(u"search"_s);
    script.step(u"namespaces"_s)
        .act([](TourContext &tour) { tour.workbench().openPage({.kind = u"namespaces"_s, .subject = tour.workbench().current()}); })
        .until(u"the namespaces"_s,
               [](TourContext &tour) {
                   const auto *table = tour.find<TableView>(u"namespacesTable"_s);
                   return table && table->records()->rowCount() >= 3;
               })
        .shot(u"namespaces"_s);
}

} // namespace

void addTourSteps(TourScript &script)
{
    addApplications(script);
    addListSteps(script);
    addEditSteps(script);
    addConflictSteps(script);
    addDeleteSteps(script);
    addOverrideSteps(script);
    addOtherPages(script);
    addFolderSteps(script);
}

} // namespace ui::config
