// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/actionregistry.h"

#include <QAction>
#include <QMenu>
#include <QRegularExpression>
#include <QToolBar>

using namespace Qt::StringLiterals;

namespace {

bool overlap(const ui::Command &a, const ui::Command &b)
{
    using Scope = ui::Command::Scope;
    // Keys of two widgets don't meet unless they share the context; a window's keys meet everything.
    if (a.scope == Scope::Widget && b.scope == Scope::Widget)
        return a.context == b.context;
    return true;
}

} // namespace

namespace ui {

QString withoutMnemonic(const QString &text)
{
    // Languages without Latin letters put the letter behind the word, in brackets of its own.
    static const QRegularExpression bracketed(u"\\s*\\(&[^&)]\\)"_s);
    QString plain = text;
    plain.replace("&&"_L1, "\x01"_L1);
    plain.remove(bracketed);
    plain.remove(u'&');
    return plain.replace(u'\x01', u'&');
}

ActionRegistry::ActionRegistry(QObject *parent)
    : QObject(parent)
{
}

ActionRegistry::~ActionRegistry() = default;

QAction *ActionRegistry::add(const Command &command, QObject *context)
{
    if (const auto known = m_entries.find(command.id); m_retexting && known != m_entries.end()) {
        known->command.text = command.text;
        known->command.description = command.description;
        known->command.context = command.context;
        known->action->setText(command.text);
        applyRule(*known);
        return known->action;
    }
    Q_ASSERT_X(!m_entries.contains(command.id), "ActionRegistry::add", "this id is taken");
    if (const auto it = m_entries.constFind(command.id); it != m_entries.constEnd())
        return it->action;
    auto *action = new QAction(command.text, this);
    action->setObjectName(command.id);
    action->setCheckable(command.kind == Command::Kind::Checkable);
    if (command.show == Command::Show::IconAndText)
        action->setIcon(Theme::icon(command.icon));
    action->setMenuRole(QAction::NoRole);
    Entry entry{command, action, {}};
    applyKeys(entry);
    applyRule(entry);
    const QString id = command.id;
    connect(action, &QAction::triggered, this, [this, id] {
        const auto it = m_entries.constFind(id);
        if (it == m_entries.constEnd())
            return;
        // The rule is asked once more: the world may have changed since the last refresh.
        if (it->command.rule && !it->command.rule().isAvailable()) {
            refreshNow();
            return;
        }
        const std::function<void()> run = it->command.run;
        if (run)
            run();
        Q_EMIT triggered(id);
    });
    if (context)
        connect(context, &QObject::destroyed, this, [this, id] { remove(id); });
    m_order.append(id);
    m_entries.insert(id, entry);
    Q_EMIT added(id);
    return action;
}

void ActionRegistry::retext(const std::function<void()> &addAgain)
{
    m_retexting = true;
    addAgain();
    m_retexting = false;
    refreshNow();
}

void ActionRegistry::remove(const QString &id)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    it->action->deleteLater();
    it->action->setShortcuts(QList<QKeySequence>());
    it->action->setEnabled(false);
    it->action->setVisible(false);
    m_entries.erase(it);
    m_order.removeOne(id);
    Q_EMIT removed(id);
}

QAction *ActionRegistry::action(const QString &id) const
{
    return m_entries.value(id).action;
}

const Command *ActionRegistry::command(const QString &id) const
{
    const auto it = m_entries.constFind(id);
    return it == m_entries.constEnd() ? nullptr : &it->command;
}

QStringList ActionRegistry::ids() const
{
    return m_order;
}

QStringList ActionRegistry::contexts() const
{
    QStringList contexts;
    for (const QString &id : m_order)
        if (const QString context = m_entries.value(id).command.context; !contexts.contains(context))
            contexts.append(context);
    return contexts;
}

void ActionRegistry::applyKeys(Entry &entry)
{
    const auto own = m_overrides.constFind(entry.command.id);
    const Command &command = entry.command;
    const QList<QKeySequence> keys = own == m_overrides.constEnd() ? command.keys : *own;
    const bool onlyShown = keys.isEmpty() && !command.shown.isEmpty();
    // In menus and nowhere else: no widget that can have the focus has the action.
    entry.action->setShortcutContext(onlyShown                                     ? Qt::WidgetShortcut
                                         : command.scope == Command::Scope::Widget ? Qt::WidgetWithChildrenShortcut
                                                                                   : Qt::WindowShortcut);
    entry.action->setShortcuts(onlyShown ? QList<QKeySequence>{command.shown} : keys);
}

void ActionRegistry::applyRule(Entry &entry)
{
    entry.reason = entry.command.rule ? entry.command.rule().reason : QString();
    entry.action->setEnabled(entry.reason.isEmpty());
    const QString name = withoutMnemonic(entry.command.text);
    QString tip = entry.command.description.isEmpty() ? name : entry.command.description;
    if (!entry.reason.isEmpty())
        tip = name + u'\n' + entry.reason;
    else if (const QKeySequence key = entry.action->shortcut(); !key.isEmpty())
        tip += u" ("_s + key.toString(QKeySequence::NativeText) + u')';
    entry.action->setToolTip(tip);
    entry.action->setStatusTip(entry.reason);
}

void ActionRegistry::refresh()
{
    if (std::exchange(m_refreshPosted, true))
        return;
    QMetaObject::invokeMethod(this, &ActionRegistry::refreshNow, Qt::QueuedConnection);
}

void ActionRegistry::refreshNow()
{
    m_refreshPosted = false;
    for (const QString &id : std::as_const(m_order))
        applyRule(m_entries[id]);
    Q_EMIT refreshed();
}

QString ActionRegistry::reasonDisabled(const QString &id) const
{
    return m_entries.value(id).reason;
}

void ActionRegistry::populate(QWidget *menuOrToolBar, const QStringList &ids) const
{
    if (auto *menu = qobject_cast<QMenu *>(menuOrToolBar))
        menu->setToolTipsVisible(true); // disabled commands say why
    bool separator = false, any = false;
    for (const QString &id : ids) {
        if (id == "-"_L1) {
            separator = any;
            continue;
        }
        QAction *item = action(id);
        if (!item)
            continue;
        if (std::exchange(separator, false)) {
            auto *line = new QAction(menuOrToolBar);
            line->setSeparator(true);
            menuOrToolBar->addAction(line);
        }
        menuOrToolBar->addAction(item);
        any = true;
    }
}

QList<QKeySequence> ActionRegistry::defaultKeys(const QString &id) const
{
    return m_entries.value(id).command.keys;
}

QList<QKeySequence> ActionRegistry::keys(const QString &id) const
{
    const auto own = m_overrides.constFind(id);
    return own == m_overrides.constEnd() ? defaultKeys(id) : *own;
}

void ActionRegistry::setKeys(const QString &id, const QList<QKeySequence> &keys)
{
    const auto it = m_entries.find(id);
    if (it != m_entries.end() && keys == it->command.keys)
        m_overrides.remove(id);
    else
        m_overrides.insert(id, keys);
    if (it != m_entries.end()) {
        applyKeys(*it);
        applyRule(*it);
    }
    Q_EMIT keysChanged(id);
}

void ActionRegistry::resetKeys()
{
    const QStringList changed = m_overrides.keys();
    m_overrides.clear();
    for (const QString &id : changed) {
        if (const auto it = m_entries.find(id); it != m_entries.end()) {
            applyKeys(*it);
            applyRule(*it);
        }
        Q_EMIT keysChanged(id);
    }
}

QHash<QString, QStringList> ActionRegistry::overrides() const
{
    QHash<QString, QStringList> result;
    for (auto it = m_overrides.constBegin(); it != m_overrides.constEnd(); ++it) {
        QStringList texts;
        for (const QKeySequence &key : it.value())
            texts.append(key.toString(QKeySequence::PortableText));
        result.insert(it.key(), texts);
    }
    return result;
}

void ActionRegistry::setOverrides(const QHash<QString, QStringList> &overrides)
{
    m_overrides.clear();
    for (auto it = overrides.constBegin(); it != overrides.constEnd(); ++it) {
        QList<QKeySequence> keys;
        for (const QString &text : it.value())
            if (const QKeySequence key = QKeySequence::fromString(text, QKeySequence::PortableText); !key.isEmpty())
                keys.append(key);
        m_overrides.insert(it.key(), keys);
    }
    for (const QString &id : std::as_const(m_order)) {
        Entry &entry = m_entries[id];
        applyKeys(entry);
        applyRule(entry);
        Q_EMIT keysChanged(id);
    }
}

QList<KeyConflict> ActionRegistry::conflicts() const
{
    QList<KeyConflict> result;
    for (qsizetype i = 0; i < m_order.size(); ++i) {
        for (const QKeySequence &key : keys(m_order.at(i))) {
            const bool known = std::any_of(result.cbegin(), result.cend(),
                                           [&](const KeyConflict &c) { return c.key == key && c.ids.contains(m_order.at(i)); });
            if (known || key.isEmpty())
                continue;
            const QStringList others = usedBy(key, m_order.at(i));
            if (!others.isEmpty())
                result.append({key, QStringList(m_order.at(i)) + others});
        }
    }
    return result;
}

QStringList ActionRegistry::usedBy(const QKeySequence &key, const QString &id) const
{
    QStringList result;
    const Command self = m_entries.value(id).command;
    for (const QString &other : m_order) {
        if (other == id || !overlap(self, m_entries.value(other).command))
            continue;
        for (const QKeySequence &taken : keys(other)) {
            // A sequence that begins another one swallows it.
            if (key.matches(taken) != QKeySequence::NoMatch || taken.matches(key) != QKeySequence::NoMatch) {
                result.append(other);
                break;
            }
        }
    }
    return result;
}

} // namespace ui
