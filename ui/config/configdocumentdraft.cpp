// SPDX-License-Identifier: GPL-3.0-or-later
// The draft of an open configuration: found at the start, saved while typing, gone when it is published or given up.
#include "core/nacos/config/configplans.h"
#include "core/nacos/config/configstate.h"
#include "ui/config/configdocument.h"

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigDetail;

/// As far as the server tells.
bool ConfigDocument::isWhatWasTyped(const std::optional<ConfigDetail> &live) const
{
    ConfigDetail typed = live.value_or(ConfigDetail());
    typed.attributes = m_attributes;
    typed.complete = true;
    return live && live->content == m_content && core::nacos::isSameState(typed, *live);
}

void ConfigDocument::loadDraft()
{
    m_draftReading = m_workbench.services().drafts.load(draftAddress());
    m_draftReading->then(this, [this](const core::Result<std::optional<core::store::Draft>> &answer) {
        m_draftUnread = !answer;
        m_found.reset();
        m_baseLost = false;
        if (answer && *answer)
            applyDraft(**answer);
        m_state = State::Ready;
        setLiveError(std::nullopt);
        Q_EMIT loaded();
        if (!answer)
            Q_EMIT draftUnreadable(answer.error());
        if (m_newer)
            Q_EMIT changedOnServer();
        watch();
    });
}

void ConfigDocument::applyDraft(const core::store::Draft &draft)
{
    m_hasDraft = true;
    m_draftSavedAt = draft.savedAt;
    m_content = draft.content;
    m_attributes = core::nacos::attributesOf({draft.content, draft.attributes});
    if (draft.base == core::store::Draft::Base::Lost)
        return standOnLive();
    std::optional<ConfigDetail> base;
    if (!draft.baseMd5.isEmpty()) {
        base = m_base.value_or(ConfigDetail());
        base->key = m_key;
        base->content = draft.baseContent;
        base->md5 = draft.baseMd5;
        if (draft.baseAttributes) {
            base->attributes = core::nacos::attributesOf({draft.baseContent, *draft.baseAttributes});
            base->complete = !draft.baseAttributes->value("partial"_L1).toBool();
        }
    }
    if (core::nacos::isSameState(base, m_base)) {
        if (base) {
            m_attributes = core::nacos::mergeAttributes(base->attributes, m_attributes, *m_base).result;
            m_base = core::nacos::withUntold(*m_base, base);
        }
        return;
    }
    // Published, and the program ended before the draft was taken away; or somebody did the same.
    if (isWhatWasTyped(m_base)) {
        m_base = core::nacos::withUntold(*m_base, base);
        if (!differsFromBase())
            removeDraft();
        return;
    }
    // The draft stands on something older than what the server has: keep its base for the merge.
    m_newer = m_base;
    m_base = base;
}

/// Of what the draft began with nothing is left: that is no news from the server. What there is now takes its place.
void ConfigDocument::standOnLive()
{
    if (!differsFromBase()) {
        removeDraft();
        return;
    }
    m_baseLost = true;
    m_autosave.start(); // with a base again
}

core::store::Draft ConfigDocument::draft() const
{
    core::store::Draft draft;
    draft.address = draftAddress();
    draft.content = m_content;
    draft.attributes = core::nacos::valueOf(m_content, m_attributes).attributes;
    if (m_base) {
        draft.baseMd5 = m_base->md5;
        draft.baseContent = m_base->content;
        draft.baseAttributes = core::nacos::valueOf(*m_base).attributes;
    }
    return draft;
}

core::Reply<core::Done> *ConfigDocument::saveDraft()
{
    m_autosave.stop();
    // What is on disk is not known yet, or what it is a draft of.
    if (m_state != State::Ready)
        return core::Reply<core::Done>::settled(core::Done{}, this);
    return m_draftUnread ? saveAfterReading() : storeDraft();
}

core::Reply<core::Done> *ConfigDocument::saveAfterReading()
{
    using Answer = core::Result<core::Done>;
    auto *reply = new core::Reply<core::Done>(this);
    const core::Address address = draftAddress();
    const auto go = [this, reply = QPointer(reply)](const Answer &readable) {
        if (!reply)
            return;
        if (readable)
            return core::follow(reply.data(), storeDraft(), [](const Answer &done) { return done; });
        reply->settle(readable);
    };
    m_workbench.services().drafts.load(address)->then(this,
                                                      [this, address, go](const core::Result<std::optional<core::store::Draft>> &answer) {
                                                          // Somebody else's reading may have come first.
                                                          if (!m_draftUnread || address != draftAddress())
                                                              return go(core::Done{});
                                                          if (answer)
                                                              return go(foundOnDisk(*answer));
                                                          go(core::fail(answer.error()));
                                                          Q_EMIT draftFailed(answer.error());
                                                      });
    return reply;
}

/// The draft that could not be read before. What was typed meanwhile is worth as much.
core::Result<core::Done> ConfigDocument::foundOnDisk(const std::optional<core::store::Draft> &draft)
{
    Q_EMIT aboutToTake();
    m_autosave.stop();
    m_draftUnread = false;
    m_found.reset();
    const bool same = draft && draft->content == m_content &&
        core::nacos::isSame(core::nacos::attributesOf({draft->content, draft->attributes}), m_attributes);
    if (!draft || same)
        return core::Done{};
    if (differsFromBase()) {
        m_draftUnread = true;
        m_found = draft;
        Q_EMIT draftFound();
        return core::fail(core::Error::Kind::Conflict, u"the draft on disk is another one"_s);
    }
    applyDraft(*draft);
    if (m_state == State::Ready) {
        Q_EMIT loaded();
        checkLive();
    }
    return core::Done{};
}

void ConfigDocument::settleFound()
{
    m_found.reset();
    m_draftUnread = false;
    m_hasDraft = true;
    m_autosave.start();
}

core::Reply<core::Done> *ConfigDocument::removeDraft()
{
    const bool told = std::exchange(m_draftSavedAt, QDateTime()).isValid();
    auto *reply = m_workbench.services().drafts.remove(draftAddress());
    if (told)
        Q_EMIT draftSaved();
    reply->then(this, [this](const core::Result<core::Done> &done) {
        if (!done) {
            Q_EMIT draftNotRemoved(done.error());
            return;
        }
        m_hasDraft = false;
    });
    return reply;
}

core::Reply<core::Done> *ConfigDocument::storeDraft()
{
    if (!differsFromBase())
        return removeDraft();
    auto *reply = m_workbench.services().drafts.save(draft());
    reply->then(this, [this](const core::Result<core::Done> &done) {
        if (!done) {
            Q_EMIT draftFailed(done.error());
            return;
        }
        m_hasDraft = true;
        m_draftSavedAt = QDateTime::currentDateTimeUtc();
        Q_EMIT draftSaved();
    });
    return reply;
}

void ConfigDocument::discardDraft()
{
    m_autosave.stop();
    m_found.reset();
    m_draftUnread = false;
    m_baseLost = false;
    removeDraft();
    if (const auto newer = std::exchange(m_newer, std::nullopt))
        m_base = *newer;
    m_content = m_base ? m_base->content : QByteArray();
    m_attributes = m_base ? m_base->attributes : core::nacos::ConfigAttributes();
    Q_EMIT modifiedChanged();
}

} // namespace ui::config
