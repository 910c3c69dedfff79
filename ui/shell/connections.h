// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/nacos/registry.h"
#include "core/profiles/practice.h"
#include "core/profiles/profile.h"
#include "ui/common/theme.h"
#include "ui/workbench/workbench.h"

#include <map>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace ui::shell {

/// How a connection stands, in words.
struct ConnectionFace {
    StateColor color = StateColor::Neutral;
    QString word;   ///< "live", "connecting …"
    QString server; ///< "Nacos 3.1.0 (admin, gRPC)"; empty while unknown
    QString push;   ///< "push ok", "no push"; empty while unknown
    QString ways;   ///< what goes another way than usual because the account or the server refused the usual one
    std::optional<core::Error> error;
    QStringList problems; ///< what is wrong with it, in sentences; empty: it works, or is closed on purpose
};

/// Whether a connection may be written to, as toolbar, tabs and status bar say it.
struct LockFace {
    enum class State { NotProtected, Locked, Unlocked };
    State state = State::NotProtected;
    QString text;    ///< "Read-only", "Unlocked until 14:05"
    QString toolTip; ///< with the reason
};

/// The connections of the process as all windows share them: opens a profile's registry when a page needs it, starts the practice
/// registry, lists namespaces, asks the Guard to settle what was left open once a connection stands. GUI thread.
class Connections final : public QObject {
    Q_OBJECT
public:
    explicit Connections(workbench::Services &services, QObject *parent = nullptr);
    ~Connections() override;

    /// Saved profiles and, while it runs, the practice registry.
    std::optional<core::profiles::Profile> profile(const QString &slug) const;
    QList<core::profiles::Profile> profiles() const;
    QString displayName(const QString &slug) const;
    /// `Shop staging/public`
    QString pathText(const workbench::Subject &subject) const;

    /// The open connection, opened now if the profile is known. nullptr: unknown, or the practice registry is still starting (it is
    /// started then; changed() tells).
    core::nacos::Registry *registry(const QString &slug);
    core::nacos::Registry *openRegistry(const QString &slug) const;
    ConnectionFace face(const QString &slug) const;
    LockFace lock(const QString &slug) const;
    /// Why registry() answers nullptr; nothing while it is under way.
    std::optional<core::Error> problem(const QString &slug) const;
    bool isStarting(const QString &slug) const;

    void reconnect(const QString &slug);
    /// Stays closed until reconnect().
    void disconnectFrom(const QString &slug);
    bool isHeldClosed(const QString &slug) const { return m_held.contains(slug); }
    /// Starts or finds the practice servers; answers their profile's slug.
    core::Reply<QString> *startPractice();

    QList<core::nacos::NamespaceInfo> namespaces(const QString &slug) const;
    /// Asks now, and once more a little later: no server tells of namespaces, and what tells that one goes comes before it is gone.
    void refreshNamespaces(const QString &slug);

Q_SIGNALS:
    void changed(const QString &slug);
    void namespacesChanged(const QString &slug);
    void profilesChanged();
    /// The connection object is about to go: pages that use it must go now, and may be made anew later.
    void aboutToDrop(const QString &slug);

private:
    ConnectionFace stateFace(const QString &slug) const;
    struct Entry {
        QPointer<core::nacos::Registry> registry;
        core::Latest<core::Reply<core::nacos::Capabilities>> opening;
        core::Latest<core::Reply<QList<core::nacos::NamespaceInfo>>> listing;
        std::unique_ptr<QTimer> listAgain;
        QList<core::nacos::NamespaceInfo> namespaces;
        std::optional<core::Error> error;
        bool namespacesKnown = false;
        bool reached = false; ///< it has been there since it was opened
    };
    Entry &entry(const QString &slug);
    void listNamespaces(const QString &slug);
    void open(const core::profiles::Profile &profile);
    void drop(const QString &slug);
    void sessionChanged(const QString &slug);
    void profilesEdited();

    workbench::Services &m_services;
    std::map<QString, Entry> m_entries;
    QSet<QString> m_held;
    std::optional<core::profiles::Profile> m_practice;
    std::optional<core::Error> m_practiceError;
    core::Latest<core::Reply<core::profiles::PracticeEndpoints>> m_starting;
    QList<QPointer<core::Reply<QString>>> m_waiting;
};

} // namespace ui::shell
