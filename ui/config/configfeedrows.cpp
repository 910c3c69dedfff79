// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/store/overrides.h"
#include "ui/config/configfeed.h"
#include "ui/config/readagain.h"
#include "ui/workbench/workbench.h"

// What the list does not tell of a row, asked for the rows on the screen: details, how many listen, drafts and overrides.

namespace ui::config {

using core::nacos::ConfigKey;

namespace {

constexpr int DetailsAtOnce = 4;
constexpr int CountsAtOnce = 2;

} // namespace

void ConfigFeed::wantDetails(const QStringList &rowIds)
{
    for (const QString &id : rowIds) {
        const ConfigRow *row = m_model.find(id);
        if (!row || row->source != ConfigRow::Source::Live || m_asked.contains(id))
            continue;
        if (row->summary.size && row->summary.changedAt.isValid())
            continue;
        m_asked.insert(id);
        m_wanted.append(id);
    }
    nextDetail();
}

void ConfigFeed::nextDetail()
{
    while (m_registry && m_reading < DetailsAtOnce && !m_wanted.isEmpty()) {
        const QString id = m_wanted.takeLast();
        ++m_reading;
        auto *reply = m_registry->configs().getLive(keyOfRow(id, m_subject.namespaceId));
        reply->then(this, [this, id, generation = m_generation](const core::Result<std::optional<core::nacos::ConfigDetail>> &answer) {
            --m_reading;
            if (generation == m_generation && !answer && mayPass(answer.error())) {
                m_wantAgain.append(id);
                m_readLater.start();
            }
            if (generation == m_generation && answer && *answer) {
                const ConfigRow *known = m_model.find(rowId((*answer)->key));
                ConfigRow row = known ? *known : ConfigRow();
                if (known && row.summary.md5 == (*answer)->md5) {
                    // Completes what is shown; nothing changed on the server, so nothing flashes.
                    row.summary.size = (*answer)->content.size();
                    row.summary.changedAt = (*answer)->changedAt;
                    row.summary.changedBy = (*answer)->changedBy;
                    if (!(*answer)->attributes.tags.isEmpty())
                        row.summary.tags = (*answer)->attributes.tags;
                    m_model.upsert({row}, ConfigModel::Highlight::None);
                } else if (known) {
                    applyDetail(**answer);
                }
            }
            nextDetail();
        });
    }
}

void ConfigFeed::wantListeners(const QStringList &rowIds)
{
    // Whoever scrolled on no longer wants the rows that were on the screen before.
    for (const QString &id : std::exchange(m_listenersWanted, {}))
        m_listenersAsked.remove(id);
    for (const QString &id : rowIds) {
        const ConfigRow *row = m_model.find(id);
        if (!row || row->source != ConfigRow::Source::Live || m_listenersAsked.contains(id))
            continue;
        m_listenersAsked.insert(id);
        m_listenersWanted.append(id);
    }
    nextListeners();
}

void ConfigFeed::nextListeners()
{
    while (m_registry && m_counting < CountsAtOnce && !m_listenersWanted.isEmpty()) {
        const QString id = m_listenersWanted.takeLast();
        ++m_counting;
        m_registry->configs()
            .listeners(keyOfRow(id, m_subject.namespaceId))
            ->then(this, [this, id, generation = m_generation](const core::Result<QList<core::nacos::ConfigListener>> &listeners) {
                --m_counting;
                const ConfigRow *known = generation == m_generation ? m_model.find(id) : nullptr;
                if (known && listeners) {
                    ConfigRow row = *known;
                    row.listeners = core::nacos::applicationsOf(*listeners).known().value_or(-1);
                    m_model.upsert({row}, ConfigModel::Highlight::None);
                }
                nextListeners();
            });
    }
}

void ConfigFeed::refreshMarks()
{
    m_drafts = m_workbench.services().drafts.list();
    m_drafts->then(this, [this](const core::Result<QList<core::store::DraftInfo>> &list) {
        const auto rowOf = [this](const core::Address &address) {
            if (address.profile() != m_subject.profile || address.space() != m_subject.namespaceId)
                return QString();
            const auto key = ConfigKey::of(address);
            return key ? rowId(*key) : QString();
        };
        QSet<QString> drafts, overrides;
        for (const core::store::DraftInfo &draft : list.value_or(QList<core::store::DraftInfo>()))
            drafts.insert(rowOf(draft.address));
        for (const core::Address &address : m_workbench.services().overrides.addresses())
            overrides.insert(rowOf(address));
        marksChanged(drafts, overrides);
    });
}

/// Only the rows whose marks changed are touched: drafts are saved every second while somebody types, lists are long.
void ConfigFeed::marksChanged(const QSet<QString> &drafts, const QSet<QString> &overrides)
{
    const QSet<QString> touched = (drafts - m_draftIds) + (m_draftIds - drafts) + (overrides - m_overrideIds) + (m_overrideIds - overrides);
    m_draftIds = drafts;
    m_overrideIds = overrides;
    QList<ConfigRow> changed;
    for (const QString &id : touched) {
        if (const ConfigRow *row = m_model.find(id)) {
            changed.append(*row);
            changed.last().hasDraft = drafts.contains(id);
            changed.last().overridden = overrides.contains(id);
        }
    }
    m_model.upsert(changed, ConfigModel::Highlight::None);
    for (ConfigRow &row : m_complete) {
        const QString id = rowId(row.summary.key);
        if (touched.contains(id)) {
            row.hasDraft = drafts.contains(id);
            row.overridden = overrides.contains(id);
        }
    }
}

} // namespace ui::config
