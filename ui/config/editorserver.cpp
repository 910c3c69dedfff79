// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/codeeditor.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/common/widgets.h"
#include "ui/config/configdocument.h"
#include "ui/config/configwriting.h"
#include "ui/config/editorpage.h"
#include "ui/config/historypanel.h"
#include "ui/config/listenerspanel.h"
#include "ui/config/outofreach.h"

// What the server does under an open editor: followed where nothing of the person's is in the way, said where something is.

using namespace Qt::StringLiterals;

namespace ui::config {

/// The last seen state, and why it is that.
void EditorPage::showMirror()
{
    if (!m_document->mirrorTime().isValid())
        return m_bar->close(MirrorMessage);
    const auto &why = m_document->mirrorCause();
    Message message = mirrorMessage(why, m_document->mirrorTime());
    message.id = MirrorMessage;
    message.actions = mirrorActions(workbench(), subject().profile, why, {this, [this] { m_document->tryAgain(); }});
    m_bar->show(message);
}

void EditorPage::watchErrorChanged()
{
    m_bar->close(u"live"_s);
    const auto &error = m_document->watchError();
    // What comes from the mirror is not live; its own message says why.
    if (!error || m_document->mirrorTime().isValid())
        return;
    Message message;
    message.id = u"live"_s;
    message.state = StateColor::Warning;
    message.text = errorText(*error, tr("Not live: the server does not tell of changes")).sentence;
    message.details = error->message;
    message.actions = {{tr("Try again"), {this, [this] { m_document->tryAgain(); }}}};
    m_bar->show(message);
}

void EditorPage::liveErrorChanged()
{
    const QString id = u"unread"_s;
    m_bar->close(id);
    const auto &error = m_document->liveError();
    if (!error)
        return;
    if (m_document->mirrorTime().isValid())
        return showMirror();
    // A merge that opens by itself much later would come as a surprise.
    m_mergeSoon = false;
    const auto text = errorText(*error, tr("Cannot read what the server has now"));
    m_bar->show({.state = StateColor::Warning,
                 .text = text.sentence,
                 .details = text.details,
                 .actions = {{tr("Try again"), {this, [this] { m_document->tryAgain(); }}}},
                 .id = id});
}

void EditorPage::caughtUp()
{
    m_mergeSoon = false;
    if (std::exchange(m_newerShown, false))
        m_bar->close(ServerMessage);
    if (!m_document->differsFromBase())
        m_editor->setUnmodified();
    showMirror();
    watchErrorChanged();
    showAttributes();
    updateFacts();
    Q_EMIT faceChanged();
}

/// Nothing of the person's is in the way.
void EditorPage::follow(const core::nacos::ConfigDetail &now)
{
    // In this order: what stood here before must not become a draft on top of it.
    m_document->edit(now.content, now.attributes);
    m_document->rebase(now);
    if (m_editor->content() != now.content) {
        m_filling = true;
        m_editor->replaceContent(now.content);
        m_filling = false;
    }
    m_editor->setUnmodified();
    showAttributes();
    recallAttributes();
    m_history->reload();
    m_checkSoon.start();
    m_newerShown = false;
    m_arrival->clear();
    updateFacts();
    // What the person has just restored is no news.
    if (std::exchange(m_restored, std::nullopt) == std::optional(now.content))
        return;
    Message message;
    message.id = ServerMessage;
    message.text = now.localOverride ? tr("Another program changed the local override; you see the new one.")
        : now.changedBy.isEmpty()    ? tr("Changed on the server; you see the new version.")
                                     : tr("Changed on the server by %1; you see the new version.").arg(now.changedBy);
    message.closeAfter = std::chrono::seconds(8);
    m_bar->show(message);
}

/// What is taken back from here is told by whoever does it, not once more as a change by somebody.
void EditorPage::followUndo(const core::guard::Plan &plan)
{
    for (const core::guard::Change &change : plan.changes)
        if (change.undoes > 0 && change.after && change.target == m_address)
            m_restored = change.after->content;
}

/// Servers tell nobody that a namespace is gone: it is seen by the next look at their list.
void EditorPage::showNamespace()
{
    showMissingNamespace(workbench(), subject(), m_bar);
}

/// Of the text that comes from a damaged file; publishing it shows what it replaces, as always.
void EditorPage::sayBaseLost(const QString &id)
{
    m_bar->show({.state = StateColor::Warning,
                 .text = tr("The file of the drafts was damaged: your text is kept, what you began with is lost. Compare it with what the "
                            "server has now."),
                 .actions = {{tr("Show difference"), {this, [this] { compareWithLive(); }}, MessageAction::Then::Stay}},
                 .id = id});
}

/// It is gone on the server, and what stands here is to stay: publishing creates it again.
void EditorPage::keepDeleted()
{
    m_newerShown = false;
    m_bar->close(ServerMessage);
    m_document->rebase(std::nullopt);
    sayAbsent();
}

void EditorPage::sayAbsent()
{
    m_bar->show({.text = tr("This config does not exist on the server. Publishing creates it."), .id = AbsentMessage});
}

void EditorPage::serverChanged()
{
    handOver();
    const auto newer = m_document->newer();
    if (!newer)
        return;
    showMirror();
    watchErrorChanged();
    m_listeners->forgetArrival(); // who has it: another version from now on
    if (*newer)
        m_bar->close(AbsentMessage);
    const bool merge = std::exchange(m_mergeSoon, false);
    if (!m_document->differsFromBase() && *newer && !m_merging)
        return follow(**newer);
    m_bar->close(u"arrival"_s); // that was the version before
    m_arrival->clear();
    Message message;
    message.id = ServerMessage;
    message.state = StateColor::Warning;
    m_newerShown = true;
    const auto keepMine = [this] {
        giveUpMerge([this] {
            m_newerShown = false;
            m_bar->close(ServerMessage);
            if (const auto now = m_document->newer())
                m_document->rebase(*now);
        });
    };
    if (!*newer) {
        message.text = tr("Deleted on the server.");
        // Perhaps together with its namespace.
        workbench().refreshNamespaces(m_address.profile());
        message.actions = {{tr("Keep mine"), {this, [this] { giveUpMerge([this] { keepDeleted(); }); }}, MessageAction::Then::Stay}};
    } else {
        if (merge)
            showMerge();
        message.time = (*newer)->changedAt;
        message.textAt = [own = (*newer)->localOverride, by = (*newer)->changedBy](const QString &ago) {
            return own         ? tr("Another program changed the local override %1.").arg(ago)
                : by.isEmpty() ? tr("Changed on the server %1.").arg(ago)
                               : tr("Changed on the server by %1, %2.").arg(by, ago);
        };
        message.text = message.textAt(relativeTime(message.time));
        message.actions = {{tr("Show difference"), {this, [this] { compareWithLive(); }}, MessageAction::Then::Stay},
                           {tr("Merge"), {this, [this] { showMerge(); }}, MessageAction::Then::Stay},
                           {tr("Keep mine"), {this, keepMine}, MessageAction::Then::Stay}};
    }
    m_bar->show(message);
    m_history->reload();
}

} // namespace ui::config
