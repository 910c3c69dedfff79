// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <functional>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>

class QAction;
class QMenu;
class QWidget;

namespace ui {

/// "&Publish…" → "Publish…", "发布(&P)…" → "发布…": the words of a command or label where no key goes with them.
QString withoutMnemonic(const QString &text);

/// Why a command can or cannot run now. An empty reason means it can.
struct Availability {
    QString reason; ///< one sentence for the tooltip: "This connection is read-only until you unlock writes."
    bool isAvailable() const { return reason.isEmpty(); }
};

struct Command {
    QString id;               ///< "config.publish": area and verb, never shown
    QString text;             ///< with mnemonic: tr("&Publish…")
    QString description;      ///< the tooltip; may be empty
    QString context;          ///< heading in the key sheet and the palette: tr("Configs")
    QList<QKeySequence> keys; ///< defaults; the first one is shown
    QKeySequence shown;       ///< what does the same where the focus usually is; shown in menus while there are no keys
    Icon icon = Icon::More;
    enum class Show { IconAndText, TextOnly };
    Show show = Show::TextOnly;
    enum class Kind { Plain, Checkable };
    Kind kind = Kind::Plain;
    enum class Scope { Window, Widget }; ///< where the keys work: the whole window, or the widget it is added to (and its children)
    Scope scope = Scope::Window;
    std::function<Availability()> rule; ///< asked by refresh(); none: always available
    std::function<void()> run;
    enum class Palette { Listed, Hidden };
    Palette palette = Palette::Listed;
};

struct KeyConflict {
    QKeySequence key;
    QStringList ids; ///< two or more commands that can be meant by it
};

/// One QAction per command of a window; menus, tool bars, the palette, the key sheet and the shortcut editor are all made from it. The
/// registry owns the actions. GUI thread.
class ActionRegistry final : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(QObject *parent = nullptr);
    ~ActionRegistry() override;

    /// Registers a command and returns its action. An id that is taken is our mistake (asserts; the first one stays). With a `context`
    /// object the command goes when that object does.
    QAction *add(const Command &command, QObject *context = nullptr);
    void remove(const QString &id);
    /// After a change of language: runs `addAgain`, in which add() of a known id only takes over text, description and context.
    void retext(const std::function<void()> &addAgain);
    QAction *action(const QString &id) const; ///< nullptr: unknown
    const Command *command(const QString &id) const;
    QStringList ids() const; ///< in order of registration
    /// Contexts in order of first use.
    QStringList contexts() const;

    /// Asks the rules again; coalesced, so that it may be called on every change of anything. refreshNow() does it at once.
    void refresh();
    void refreshNow();
    /// Why it is disabled; empty when it is enabled or unknown.
    QString reasonDisabled(const QString &id) const;

    /// Puts the named commands into a menu or tool bar; "-" is a separator, unknown ids are left out.
    void populate(QWidget *menuOrToolBar, const QStringList &ids) const;

    QList<QKeySequence> defaultKeys(const QString &id) const;
    QList<QKeySequence> keys(const QString &id) const;
    /// The person's own keys; equal to the defaults takes the override off. An override for an id that is not registered yet is kept.
    void setKeys(const QString &id, const QList<QKeySequence> &keys);
    void resetKeys();
    /// id → keys in portable text, only what differs from the defaults; for the settings.
    QHash<QString, QStringList> overrides() const;
    void setOverrides(const QHash<QString, QStringList> &overrides);

    /// Keys that two commands of overlapping scope share.
    QList<KeyConflict> conflicts() const;
    /// The commands (but `id`) that use `key` already.
    QStringList usedBy(const QKeySequence &key, const QString &id) const;

Q_SIGNALS:
    void added(const QString &id);
    void removed(const QString &id);
    void keysChanged(const QString &id);
    void refreshed();
    void triggered(const QString &id);

private:
    struct Entry {
        Command command;
        QAction *action = nullptr;
        QString reason;
    };
    void applyKeys(Entry &entry);
    void applyRule(Entry &entry);
    QStringList m_order;
    QHash<QString, Entry> m_entries;
    QHash<QString, QList<QKeySequence>> m_overrides;
    bool m_refreshPosted = false, m_retexting = false;
};

} // namespace ui
