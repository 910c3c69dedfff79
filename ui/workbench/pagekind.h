// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/page.h"

#include <optional>
#include <QStringList>
#include <vector>

namespace ui::workbench {

/// What to open: a page kind about a subject, or one object.
struct PageRequest {
    QString kind; ///< PageKind::id; may be empty when `address` is given
    Subject subject;
    core::Address address;  ///< of an object; decides the kind through PageKind::addressKinds
    QJsonObject state;      ///< for restoreState(); empty: as the page likes
    QJsonObject parameters; ///< understood by the page alone, for example what to compare with; kept for the session
};

/// One kind of page a feature brings. Registered once at start (cheap: strings and functions); pages are made when opened.
struct PageKind {
    QString id;                     ///< stable: `configs`, `config`, `namespaces`, `ledger`
    std::function<QString()> title; ///< translated now, so that the language can change
    Icon icon = Icon::More;
    enum class Place { Registry, Tools, Bookmarks, Hidden };
    Place place = Place::Hidden; ///< part of the navigation list: upper, lower, under Bookmarks, not in it
    int order = 100;             ///< within the place, ascending
    bool needsConnection = true; ///< hidden while no connection is chosen
    QStringList addressKinds;    ///< kinds of addresses this page opens (Address::kind())
    QString shortcut;            ///< portable text, for example Ctrl+1; empty: none
    std::function<Page *(Workbench &, const PageRequest &)> make;
    /// Number beside the entry (unread, drafts, total); nullopt: none. Asked again after PageRegistry::countChanged.
    std::function<std::optional<qint64>(Workbench &)> count;
};

enum class MenuPlace { File, Edit, View, Go, Connection, Tools };

/// The commands a feature brings to every window. Pages of one kind share a command: its `run` and `rule` look at
/// Workbench::currentPage(); the rules are asked again whenever that changes or emits stateChanged() or faceChanged().
struct FeatureCommands {
    std::function<void(Workbench &)> add;                   ///< registers them with Workbench::actions(); once a window
    std::vector<std::pair<MenuPlace, QStringList>> menus{}; ///< where they are in the menu bar; "-" separates
    struct Submenu {
        MenuPlace place;
        std::function<QString()> title;
        QStringList ids;
    };
    std::vector<Submenu> submenus{}; ///< below those
};

class PageRegistry final : public QObject {
    Q_OBJECT
public:
    explicit PageRegistry(QObject *parent = nullptr);
    void add(PageKind kind);
    const PageKind *find(const QString &id) const;
    const PageKind *forAddress(const core::Address &address) const;
    const std::vector<PageKind> &all() const { return m_kinds; }
    void addCommands(FeatureCommands commands) { m_commands.push_back(std::move(commands)); }
    const std::vector<FeatureCommands> &commands() const { return m_commands; }

Q_SIGNALS:
    /// Emitted by features through the registry; the navigation list asks count() again.
    void countChanged(const QString &id);

private:
    std::vector<PageKind> m_kinds;
    std::vector<FeatureCommands> m_commands;
};

} // namespace ui::workbench
