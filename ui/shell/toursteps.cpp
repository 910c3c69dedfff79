// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/profiles/practice.h"
#include "core/profiles/settings.h"
#include "ui/common/diffview.h"
#include "ui/common/messagebar.h"
#include "ui/connection/connectionspage.h"
#include "ui/connection/probeview.h"
#include "ui/models/tableview.h"
#include "ui/settings/settingspage.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/tabarea.h"
#include "ui/shell/tourrunner.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::profiles::Setting;
using workbench::TourContext;
using workbench::TourScript;

namespace {

bool isLive(TourContext &tour)
{
    core::nacos::Registry *registry = tour.workbench().registry(core::profiles::PracticeServers::slug());
    return registry && registry->session().state() == core::nacos::SessionState::Live;
}

QString pageKind(TourContext &tour)
{
    const workbench::Page *page = tour.workbench().currentPage();
    return page ? page->kind() : QString();
}

void set(TourContext &tour, Setting key, const QJsonValue &value)
{
    tour.workbench().services().settings.set(key, value);
}

/// Two deletions collected, reviewed together, applied, taken back.
void addPlanSteps(TourScript &script)
{
    script.step(u"plan"_s);
    for (const char *each : {"banner.txt", "shipping-zones.json"}) {
        const QString id = u"SHOP\n"_s + QLatin1String(each);
        script
            .act([](TourContext &tour) {
                tour.workbench().openPage({.kind = u"configs"_s, .subject = {core::profiles::PracticeServers::slug(), u"public"_s}});
            })
            .until(u"the row of "_s + QLatin1String(each),
                   [id](TourContext &tour) {
                       const auto *table = tour.find<TableView>(u"configsTable"_s);
                       return table && table->records()->rowOf(id) >= 0;
                   })
            .act([id](TourContext &tour) {
                tour.find<TableView>(u"configsTable"_s)->select({id}, id);
                tour.trigger(u"config.delete"_s);
            })
            .until(u"its review"_s,
                   [](TourContext &tour) {
                       const auto *collect = tour.find<QPushButton>(u"planCollect"_s);
                       return collect && collect->isEnabled();
                   })
            .act([](TourContext &tour) { tour.click(u"planCollect"_s); })
            .until(u"it is in the plan"_s,
                   [](TourContext &tour) { return tour.widget(u"planDialog"_s) == nullptr && tour.widget(u"planButton"_s) != nullptr; });
    }
    const auto canApply = [](TourContext &tour) {
        const auto *apply = tour.find<QPushButton>(u"planApply"_s);
        return apply && apply->isEnabled();
    };
    script.act([](TourContext &tour) { tour.click(u"planButton"_s); })
        .until(u"the plan"_s,
               [canApply](TourContext &tour) {
                   auto *diff = tour.find<DiffView>(u"planDiff"_s);
                   return canApply(tour) && diff && diff->isReady();
               })
        .shot(u"plan"_s)
        .act([](TourContext &tour) {
            if (auto *typed = tour.find<QLineEdit>(u"planTyped"_s))
                typed->setText(u"2"_s);
            tour.click(u"planApply"_s);
        })
        .until(u"both are applied"_s, [](TourContext &tour) { return tour.widget(u"planUndo"_s) != nullptr; })
        .shot(u"plan-applied"_s)
        .act([](TourContext &tour) { tour.click(u"planUndo"_s); })
        .until(u"the plan that takes them back"_s,
               [canApply](TourContext &tour) { return tour.widget(u"planDialog"_s) != nullptr && canApply(tour); })
        .act([](TourContext &tour) { tour.click(tour.widget(u"planDialog"_s)->findChild<QPushButton *>(u"planApply"_s)); })
        .until(u"they are back"_s, [](TourContext &tour) { return tour.widget(u"planDialog"_s) == nullptr; })
        .act([](TourContext &tour) { tour.trigger(u"file.closeTab"_s); });
}

void addBookmarkSteps(TourScript &script)
{
    script.step(u"bookmarks"_s)
        .act([](TourContext &tour) {
            const workbench::Subject staging{core::profiles::PracticeServers::slug(), u"staging"_s};
            tour.workbench().openAddress(*core::nacos::ConfigKey{u"staging"_s, u"PAYMENTS"_s, u"payments.yaml"_s}.address(staging.profile));
        })
        .until(u"the editor"_s, [](TourContext &tour) { return pageKind(tour) == u"config"_s; })
        .act([](TourContext &tour) {
            tour.trigger(u"bookmark.toggle"_s);
            tour.workbench().openPage({.kind = u"search"_s, .subject = tour.workbench().current()});
            tour.trigger(u"bookmark.toggle"_s);
            tour.workbench().openPage({.kind = u"bookmarks"_s});
        })
        .until(u"both are listed"_s,
               [](TourContext &tour) {
                   const auto *table = tour.find<TableView>(u"bookmarksTable"_s);
                   return table && table->records()->rowCount() == 2;
               })
        .shot(u"bookmarks"_s)
        .act([](TourContext &tour) {
            tour.trigger(u"file.closeTab"_s);
            if (auto *bar = tour.find<MessageBar>(u"windowMessages"_s))
                bar->clear(); // a person has read it by then
        });
}

} // namespace

void addOpeningSteps(TourScript &script)
{
    script.step(u"first run"_s)
        .until(u"the start page"_s, [](TourContext &tour) { return tour.widget(u"startPractice"_s) != nullptr; })
        .shot(u"start"_s);
    script.step(u"practice registry"_s)
        .act([](TourContext &tour) { tour.click(u"startPractice"_s); })
        .until(u"the connection is live"_s, isLive, std::chrono::seconds(20))
        .act([](TourContext &tour) {
            if (const auto endpoints = tour.workbench().services().practice.running())
                tour.setServer(QUrl(endpoints->nacosHttp));
        })
        .until(u"the list of configurations"_s, [](TourContext &tour) { return pageKind(tour) == u"configs"_s; });
}

void addClosingSteps(TourScript &script)
{
    script.step(u"palette"_s)
        .act([](TourContext &tour) {
            tour.trigger(u"go.palette"_s);
            tour.type(u"order"_s, tour.widget(u"paletteEdit"_s));
        })
        .until(u"results"_s, [](TourContext &tour) { return tour.widget(u"paletteList"_s) != nullptr; })
        .shot(u"palette"_s)
        .act([](TourContext &tour) { tour.key(Qt::Key_Escape, tour.widget(u"paletteEdit"_s)); })
        .until(u"it is closed"_s, [](TourContext &tour) { return tour.widget(u"palette"_s) == nullptr; });

    addPlanSteps(script);
    addBookmarkSteps(script);

    script.step(u"ledger"_s)
        .act([](TourContext &tour) { tour.workbench().openPage({.kind = u"ledger"_s}); })
        .until(u"entries"_s,
               [](TourContext &tour) {
                   const auto *page = tour.workbench().currentPage();
                   return pageKind(tour) == u"ledger"_s && tour.widget(u"ledgerTable"_s) && !page->statusText().startsWith(u'0');
               })
        .act([](TourContext &tour) { tour.click(u"ledgerVerify"_s); })
        .until(u"the chain was checked"_s,
               [](TourContext &tour) {
                   const auto *bar = tour.workbench().currentPage()->findChild<MessageBar *>();
                   return bar && bar->current().id == u"verify"_s && bar->current().state == StateColor::Ok;
               })
        .shot(u"ledger"_s);

    script.step(u"activity"_s)
        .act([](TourContext &tour) { tour.trigger(u"view.activity"_s); })
        .until(u"the pane"_s, [](TourContext &tour) { return tour.widget(u"activityPane"_s) != nullptr; })
        .shot(u"activity"_s)
        .act([](TourContext &tour) { tour.trigger(u"view.activity"_s); });

    script.step(u"connection panel"_s)
        .act([](TourContext &tour) {
            tour.trigger(u"connection.new"_s);
            const auto fill = [&tour](const QString &field, const QString &text) {
                if (auto *edit = tour.find<QLineEdit>(u"field."_s + field))
                    edit->setText(text);
            };
            const auto endpoints = tour.workbench().services().practice.running();
            if (!endpoints)
                return;
            fill(u"name"_s, u"shop-staging"_s);
            fill(u"servers"_s, endpoints->nacosHttp);
            if (auto *kind = tour.find<QComboBox>(u"field.auth"_s))
                kind->setCurrentIndex(kind->findData(int(core::profiles::Auth::Kind::None)));
            if (auto *environment = tour.find<QComboBox>(u"field.environment"_s))
                environment->setCurrentIndex(environment->findData(int(core::profiles::Environment::Staging)));
        })
        .until(u"the probe has ended"_s,
               [](TourContext &tour) {
                   const auto *probe = tour.find<connection::ProbeView>(u"probeView"_s);
                   return probe && !probe->isRunning() && !probe->steps().isEmpty();
               })
        .shot(u"connection"_s)
        .act([](TourContext &tour) { tour.click(u"formSave"_s); })
        .until(u"it is saved"_s, [](TourContext &tour) { return tour.workbench().profile(u"shop-staging"_s).has_value(); })
        .act([](TourContext &tour) { tour.trigger(u"file.closeTab"_s); });

    script.step(u"settings"_s);
    for (const char *section : {"general", "appearance", "secrets", "data", "keyboard"}) {
        const QString id = QLatin1String(section);
        script
            .act([id](TourContext &tour) {
                auto *page = qobject_cast<settings::SettingsPage *>(tour.workbench().openPage({.kind = u"settings"_s}));
                if (page)
                    page->showSection(id);
            })
            .until(u"the settings"_s, [](TourContext &tour) { return pageKind(tour) == u"settings"_s; })
            .shot(u"settings-"_s + id);
    }
    script.act([](TourContext &tour) { tour.trigger(u"file.closeTab"_s); });

    script.step(u"key sheet"_s)
        .act([](TourContext &tour) { tour.trigger(u"help.keys"_s); })
        .until(u"the sheet"_s, [](TourContext &) { return QApplication::activeModalWidget() != nullptr; })
        .shot(u"keys"_s)
        .act([](TourContext &) {
            if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget()))
                dialog->reject();
        });

    script.step(u"log"_s)
        .act([](TourContext &tour) { tour.trigger(u"view.log"_s); })
        .until(u"the log"_s, [](TourContext &tour) { return tour.widget(u"logPane"_s) != nullptr; })
        .shot(u"log"_s)
        .act([](TourContext &tour) { tour.trigger(u"view.log"_s); });

    const auto browse = [&script](const QString &suffix) {
        for (const char *kind : {"configs", "namespaces", "plan", "bookmarks", "ledger", "connections", "settings"}) {
            const QString id = QLatin1String(kind);
            script
                .act([id](TourContext &tour) {
                    tour.workbench().openPage({.kind = id, .subject = {core::profiles::PracticeServers::slug(), u"public"_s}});
                })
                .until(id, [id](TourContext &tour) { return pageKind(tour) == id; })
                .act([id, suffix](TourContext &tour) {
                    auto *table = id == u"configs"_s ? tour.find<TableView>(u"configsTable"_s) : nullptr;
                    const QString row = suffix == u"zh"_s ? u"PLATFORM\ngateway.yaml"_s : u"PAYMENTS\npayments.yaml"_s;
                    if (table)
                        table->select({row}, row);
                })
                .until(u"its details"_s,
                       [id](TourContext &tour) {
                           const auto *preview = tour.find<QPlainTextEdit>(u"configPreview"_s);
                           const bool read = preview && !preview->toPlainText().isEmpty();
                           return id != u"configs"_s ||
                               (read && tour.find<QWidget>(u"configListenersState"_s) && tour.find<QWidget>(u"configChanges"_s));
                       })
                .shot(id + u'-' + suffix);
        }
    };
    script.step(u"dark"_s).act([](TourContext &tour) { set(tour, Setting::Theme, u"dark"_s); });
    browse(u"dark"_s);
    script.step(u"chinese"_s).act([](TourContext &tour) {
        set(tour, Setting::Language, u"zh_CN"_s);
        set(tour, Setting::Theme, u"light"_s);
    });
    browse(u"zh"_s);
    script.act([](TourContext &tour) { set(tour, Setting::Language, u"en"_s); });
}

} // namespace ui::shell
