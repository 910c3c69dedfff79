// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/profiles/profile.h"
#include "ui/common/messagebar.h"
#include "ui/workbench/page.h"
#include "ui/workbench/pagekind.h"

#include <optional>
#include <QObject>
#include <QUuid>

namespace core {
class LogSink;
class Workers;
} // namespace core
namespace core::credentials {
class SecretVault;
}
namespace core::guard {
class Guard;
class Unlocks;
} // namespace core::guard
namespace core::nacos {
class MirrorFiller;
class Registries;
class Registry;
struct NamespaceInfo;
} // namespace core::nacos
namespace core::net {
class GrpcRuntime;
}
namespace core::profiles {
class PracticeServers;
class ProfileStore;
class Settings;
} // namespace core::profiles
namespace core::store {
class Drafts;
class Home;
class Ledger;
class Mirror;
class Overrides;
class ViewState;
} // namespace core::store
namespace ui {
class ActionRegistry;
}

namespace ui::workbench {

class Activity;
class Lookups;
struct PlanRequest;

/// Everything of core a page may use, made by app/console and alive as long as any window. References, not owned.
struct Services {
    core::nacos::Registries &registries;
    core::guard::Guard &guard;
    core::guard::Unlocks &unlocks;
    core::profiles::ProfileStore &profiles;
    core::profiles::Settings &settings;
    core::profiles::PracticeServers &practice;
    core::credentials::SecretVault &secrets;
    core::store::Home &home;
    core::store::Mirror &mirror;
    core::store::Drafts &drafts;
    core::store::Overrides &overrides;
    core::store::Ledger &ledger;
    core::store::ViewState &viewState;
    core::net::GrpcRuntime &grpc;
    core::LogSink &log;
    core::Workers &workers;
    core::nacos::MirrorFiller &filler;
};

/// What a feature may ask of the window it lives in: one per main window, implemented by ui/shell (and by a fake in tests). GUI thread.
class Workbench : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual Services &services() = 0;
    virtual ActionRegistry &actions() = 0;
    virtual PageRegistry &pages() = 0;
    virtual Activity &activity() = 0;
    virtual Lookups &lookups() = 0;
    /// The window, as parent of dialogs and menus.
    virtual QWidget *window() = 0;

    enum class Where { HereOrExisting, NewTab, NewWindow };
    /// Opens or activates the page of an object; tells the person when nothing here can open it.
    virtual void openAddress(const core::Address &address, Where where = Where::HereOrExisting) = 0;
    /// Opens or activates a page; nullptr when the kind is unknown or the page went to another window.
    virtual Page *openPage(const PageRequest &request, Where where = Where::HereOrExisting) = 0;
    virtual Page *currentPage() const = 0;
    virtual QList<Page *> openPages() const = 0;

    /// What the selector shows: the subject of the active tab, or the last one that had any.
    virtual Subject current() const = 0;
    /// Chooses connection and namespace: connects if needed, re-subjects the active list tab.
    virtual void setCurrent(const Subject &subject) = 0;
    /// The connection object of a profile, opened (and connecting) if it is saved; nullptr: no such profile.
    virtual core::nacos::Registry *registry(const QString &profile) = 0;
    core::nacos::Registry *currentRegistry() { return registry(current().profile); }
    /// `Shop staging/public`: how tabs, titles and links name a subject to people (the connection's display name).
    virtual QString pathText(const Subject &subject) const = 0;
    /// The namespaces known of a connection (listed once, kept up to date); empty while unknown or refused.
    virtual QList<core::nacos::NamespaceInfo> namespaces(const QString &profile) const = 0;
    /// Asks the server again, after namespaces were made or deleted.
    virtual void refreshNamespaces(const QString &profile) = 0;
    /// Asks for the password of a connection, keeps it where secrets are kept and connects again. Nothing where it logs in without one.
    virtual void enterPassword(const QString &profile) = 0;

    /// Shows what the plan would do and what it needs, applies it, shows outcomes; the one way to write. See planpanel.h.
    virtual void reviewPlan(PlanRequest request) = 0;

    /// Reviews what takes back the applied changes of a plan (or one entry) of the ledger; tells when there is nothing to take back.
    virtual void undoPlan(const QUuid &plan) = 0;
    virtual void undoEntry(qint64 ledgerId) = 0;
    /// The saved profile, or that of the practice registry, which is not saved.
    virtual std::optional<core::profiles::Profile> profile(const QString &slug) const = 0;

    /// A bar above the active page, for what concerns no single page; a page has its own MessageBar for what does.
    virtual void notify(const Message &message) = 0;
    /// The same from an error, with ui/common/errortext's words; `what` is the sentence in front: "Cannot load configurations".
    virtual void notifyError(const core::Error &error, const QString &what) = 0;

Q_SIGNALS:
    void currentChanged(const ui::workbench::Subject &subject);
    void namespacesChanged(const QString &profile);
    /// Language, theme, density: pages refresh what Qt doesn't do by itself.
    void appearanceChanged();
};

} // namespace ui::workbench
