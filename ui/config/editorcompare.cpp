// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/mergeview.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/widgets.h"
#include "ui/config/configdocument.h"
#include "ui/config/configwriting.h"
#include "ui/config/editorpage.h"
#include "ui/config/historypanel.h"
#include "ui/config/listenerspanel.h"

#include <QMenu>
#include <QStackedWidget>

// Comparing, merging and going back: what EditorPage does with other versions of its text.

using namespace Qt::StringLiterals;

namespace ui::config {

using workbench::Workbench;

void EditorPage::compareWithLive()
{
    contentEdited();
    const QString mine = m_document->isOverride() ? u"override"_s : m_document->differsFromBase() ? u"draft"_s : QString();
    // What is typed is read as a draft by the compare page, so it has to be there.
    m_document->saveDraft()->then(this, [this, mine](const core::Result<core::Done> &done) {
        if (!done)
            return m_bar->showError(done.error(), tr("The draft could not be saved; keep this tab open"));
        openCompare(m_address.toString(), mine.isEmpty() ? QString() : m_address.withRevision(mine).toString());
    });
}

void EditorPage::openCompare(const QString &left, const QString &right)
{
    workbench::PageRequest request;
    request.kind = u"compare"_s;
    request.subject = subject();
    request.parameters = {{u"left"_s, left}, {u"right"_s, right}};
    workbench().openPage(request, Workbench::Where::NewTab);
}

/// Against the server, an earlier version, or the config of the same name somewhere else.
void EditorPage::fillCompareMenu(QMenu *menu)
{
    menu->clear();
    const auto add = [this, menu](Icon icon, const QString &text, std::function<void()> run) {
        connect(menu->addAction(Theme::icon(icon), text), &QAction::triggered, this, std::move(run));
    };
    add(Icon::Diff, tr("With what the server has now"), [this] { compareWithLive(); });
    add(Icon::History, tr("With an earlier version…"), [this] { showPanel(Panel::History); });
    const auto place = [&](const core::Address &address, const QString &name) {
        add(Icon::Compare, tr("With the one in %1").arg(name), [this, address] {
            // From there to here, as a promotion would go.
            openCompare(m_address.toString(), address.toString());
        });
    };
    const core::nacos::ConfigKey &key = m_document->key();
    menu->addSeparator();
    for (const core::nacos::NamespaceInfo &space : workbench().namespaces(m_address.profile())) {
        const auto address = core::nacos::ConfigKey{space.id, key.group, key.dataId}.address(m_address.profile());
        if (address && space.id != key.namespaceId)
            place(*address, workbench().pathText({m_address.profile(), space.id}));
    }
    menu->addSeparator();
    for (const core::nacos::Registry *registry : workbench().services().registries.all()) {
        const auto address = key.address(registry->slug());
        if (address && registry->slug() != m_address.profile())
            place(*address, workbench().pathText({registry->slug(), key.namespaceId}));
    }
    menu->addSeparator();
    add(Icon::More, tr("With another config…"), [this] { openCompare(m_address.toString(), {}); });
}

void EditorPage::compareRevisions(const QString &older, const QString &newer)
{
    openCompare(m_address.withRevision(older).toString(),
                newer.isEmpty() ? m_address.toString() : m_address.withRevision(newer).toString());
}

void EditorPage::restoreRevision(const QString &revision)
{
    auto *registry = m_document->registry();
    if (!registry)
        return;
    const core::nacos::ConfigRevision *row = m_history->find(revision);
    const auto listed = row ? std::optional(*row) : std::nullopt;
    registry->configs()
        .revision(m_document->key(), revision)
        ->then(this, [this, listed](const core::Result<core::nacos::ConfigRevisionDetail> &read) {
            if (!read)
                return m_bar->showError(read.error(), tr("Cannot read this version"));
            // Whose it is and of when the list of versions knows.
            core::nacos::ConfigRevisionDetail state = *read;
            if (!state.revision.at.isValid() && listed) {
                state.revision.at = listed->at;
                state.revision.by = listed->by;
            }
            if (!m_document->registry()) // closed meanwhile, the bar says so
                return;
            m_document->registry()
                ->configs()
                .getLive(m_document->key())
                ->then(this, [this, state](const core::Result<std::optional<core::nacos::ConfigDetail>> &live) {
                    if (!live)
                        return m_bar->showError(live.error(), tr("Cannot read the live version"));
                    if (!*live)
                        return restoreOver(*live, state, {});
                    if (!m_document->registry())
                        return;
                    m_document->registry()->configs().completed(**live)->then(
                        this, [this, state](const core::Result<std::pair<core::nacos::ConfigDetail, QString>> &known) {
                            known ? restoreOver(known->first, state, known->second)
                                  : m_bar->showError(known.error(), tr("Cannot read the live version"));
                        });
                });
        });
}

void EditorPage::restoreOver(const std::optional<core::nacos::ConfigDetail> &live, const core::nacos::ConfigRevisionDetail &state,
                             const QString &loss)
{
    auto plan = restorePlan(m_address.profile(), m_document->key(), live, state, loss,
                            m_listeners->count() > 0 && !m_listeners->asOf().isValid() ? std::optional<qsizetype>(m_listeners->count())
                                                                                       : std::nullopt);
    if (!plan)
        return showRefused(m_bar, plan.error(), tr("Cannot restore"));
    warnOfMissingNamespace(*plan, workbench(), subject());
    plan->news = m_news;
    plan->reason = m_reason;
    plan->finished = {this, [this, content = state.content](const QList<core::guard::ChangeOutcome> &outcomes) {
                          if (!outcomes.isEmpty() && outcomes.first().outcome == core::guard::Outcome::Applied)
                              restored(content);
                          if (!outcomes.isEmpty())
                              m_document->checkLive();
                          m_history->reload();
                      }};
    workbench().reviewPlan(std::move(*plan));
}

/// By the person's own hand: what brings the news of it has nothing to tell.
void EditorPage::restored(const std::optional<QByteArray> &content)
{
    m_restored.reset();
    m_reason->clear();
    m_bar->close(ServerMessage);
    const auto &base = m_document->base();
    if (content && !(base && base->content == *content))
        m_restored = content;
}

void EditorPage::showMerge()
{
    const auto newer = m_document->newer();
    if (!newer || !*newer)
        return;
    contentEdited();
    m_merging = Merging{m_document->base(), **newer};
    const QString by = (*newer)->changedBy;
    openMerge(by.isEmpty() ? tr("on the server") : tr("on the server, by %1").arg(by));
}

void EditorPage::openMerge(const QString &theirName)
{
    // How many conflicts there are is told as soon as it is known; of large texts not at once.
    m_mergeLabel->clear();
    m_useMerged->setEnabled(false);
    // What was settled in a merge that was open is mine in the next one, here and when the person goes back.
    const bool goesOn = m_editor->content() != m_document->content();
    if (goesOn) {
        m_filling = true;
        m_editor->replaceContent(m_document->content());
        m_filling = false;
        m_checkSoon.start();
    }
    m_merge->merge({goesOn ? tr("mine, as merged so far") : tr("mine"), theirName,
                    m_merging->base ? m_merging->base->content : QByteArray(), m_document->content(), m_merging->theirs.content, format()});
    m_views->setCurrentWidget(m_mergeView);
    m_merge->setFocus();
    updateFacts();
}

/// Two texts of the person's: neither goes without their word.
void EditorPage::draftFound()
{
    const auto merge = [this] {
        const auto found = m_document->foundDraft();
        if (!found)
            return;
        contentEdited();
        const auto detailOf = [this](const QByteArray &content, const QJsonObject &attributes) {
            core::nacos::ConfigDetail detail;
            detail.key = m_document->key();
            detail.content = content;
            detail.attributes = core::nacos::attributesOf({content, attributes});
            return detail;
        };
        Merging merging{m_document->base(), detailOf(found->content, found->attributes), true};
        if (!found->baseMd5.isEmpty() && found->baseAttributes)
            merging.base = detailOf(found->baseContent, *found->baseAttributes);
        m_merging = merging;
        openMerge(tr("in the draft"));
    };
    const auto keepMine = [this] {
        giveUpMerge([this] {
            m_document->settleFound();
            m_bar->close(FoundMessage);
        });
    };
    m_bar->show({.state = StateColor::Warning,
                 .text = tr("The draft that could not be read is there again; you have typed something else since."),
                 .actions = {{tr("Merge"), {this, merge}, MessageAction::Then::Stay},
                             {tr("Keep mine"), {this, keepMine}, MessageAction::Then::Stay}},
                 .id = FoundMessage});
}

void EditorPage::sayMerge(int open)
{
    QStringList words{open == 0 ? tr("Everything is settled.") : tr("%n conflict(s) to settle.", nullptr, open)};
    const auto details = mergeOfAttributes();
    if (!details.taken.isEmpty())
        words << tr("Details taken over from the server: %1.").arg(details.taken.join(tr(", ")));
    if (!details.both.isEmpty())
        words << tr("Details both changed, yours are kept: %1.").arg(details.both.join(tr(", ")));
    m_mergeLabel->setText(words.join(u' '));
}

core::nacos::AttributeMerge EditorPage::mergeOfAttributes() const
{
    if (!m_merging)
        return {m_document->attributes(), {}, {}};
    const auto &base = m_merging->base;
    return core::nacos::mergeAttributes(base ? std::optional(base->attributes) : std::nullopt, m_document->attributes(), m_merging->theirs);
}

void EditorPage::useMerged()
{
    const QByteArray merged = m_merge->result();
    const auto attributes = mergeOfAttributes().result;
    m_views->setCurrentWidget(m_editView);
    if (const auto merging = std::exchange(m_merging, std::nullopt)) {
        // First: what is saved on the new base is the result.
        m_document->edit(merged, attributes);
        merging->isDraft ? m_document->settleFound() : m_document->rebase(merging->theirs);
        m_bar->close(merging->isDraft ? FoundMessage : ServerMessage);
        m_newerShown = m_newerShown && merging->isDraft;
        showAttributes();
    }
    m_editor->replaceContent(merged);
    contentEdited();
    m_editor->setFocus();
    // The server may have gone on while the merge was open.
    m_document->checkLive();
}

/// The result of an open merge, if the person did something in it. One that is theirs or the base through and through holds nothing of the
/// person's: their own text stays the draft.
std::optional<QByteArray> EditorPage::workOfMerge() const
{
    if (!m_merging || !m_merge->isEdited())
        return {};
    QByteArray result = m_merge->result();
    const bool none = result == m_merging->theirs.content || (m_merging->base && result == m_merging->base->content);
    return none ? std::nullopt : std::optional(result);
}

/// The text of before the merge is what is edited again.
void EditorPage::closeMerge()
{
    if (!m_merging)
        return;
    m_merging.reset();
    m_views->setCurrentWidget(m_editView);
    contentEdited();
    m_editor->setFocus();
    updateFacts();
}

/// What was chosen and typed in it goes only by the person's word; `then` follows when it did.
void EditorPage::giveUpMerge(std::function<void()> then)
{
    if (!workOfMerge()) {
        closeMerge();
        return then();
    }
    prompts::Confirm question;
    question.title = tr("Give up the result of this merge?");
    question.text = tr("What you chose and typed in it is lost. Your text as it was before the merge stays.");
    question.verb = tr("Give up the result");
    question.state = StateColor::Warning;
    prompts::confirm(this, question)->then(this, [this, then](const core::Result<prompts::ConfirmAnswer> &answer) {
        if (!answer)
            return;
        closeMerge();
        then();
    });
}

} // namespace ui::config
