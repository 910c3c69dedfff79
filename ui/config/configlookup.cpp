// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configlookup.h"

#include "core/nacos/registry.h"
#include "core/store/mirror.h"

using namespace Qt::StringLiterals;

namespace ui::config {

using workbench::LookupHit;
using workbench::LookupQuery;

namespace {

/// Of those that match alike, the one in the chosen namespace comes first, then the rest of its connection; the whole name elsewhere still
/// goes before half of it here.
constexpr int Here = 50, Beside = 20;

/// 1000 the whole name, less for a beginning, a later word, somewhere; 0: not.
int scoreOf(const QString &name, const QString &text)
{
    const qsizetype at = name.indexOf(text, 0, Qt::CaseInsensitive);
    if (at < 0)
        return 0;
    if (name.size() == text.size())
        return 1000;
    if (at == 0)
        return 900 - int(std::min<qsizetype>(100, name.size() - text.size()));
    return (name.at(at - 1).isLetterOrNumber() ? 500 : 700) - int(std::min<qsizetype>(100, name.size()));
}

} // namespace

ConfigLookup::ConfigLookup(workbench::Workbench &workbench)
    : m_workbench(workbench)
{
    auto &mirror = workbench.services().mirror;
    // Names are read again when next asked for: a change of one is rare beside the key presses that ask.
    connect(&mirror, &core::store::Mirror::changed, this, [this] { m_stale = true; });
    connect(&mirror, &core::store::Mirror::changedElsewhere, this, [this] { m_stale = true; });
    connect(&mirror, &core::store::Mirror::cleared, this, [this] { m_stale = true; });
}

ConfigLookup::~ConfigLookup() = default;

QString ConfigLookup::name() const
{
    return tr("Configs");
}

core::Reply<QList<LookupHit>> *ConfigLookup::find(const LookupQuery &query)
{
    auto *answer = new core::Reply<QList<LookupHit>>(this);
    bool loading = std::any_of(m_byPlace.cbegin(), m_byPlace.cend(), [](const Names &names) { return names.loading; });
    if (m_stale && !loading) {
        m_byPlace.clear();
        m_stale = false;
    }
    for (core::nacos::Registry *registry : m_workbench.services().registries.all()) {
        const QString profile = registry->slug();
        if (query.scope == LookupQuery::Scope::Connection && profile != query.subject.profile)
            continue;
        QStringList spaces;
        for (const auto &info : m_workbench.namespaces(profile))
            spaces << info.id;
        if (profile == query.subject.profile && !query.subject.namespaceId.isEmpty() && !spaces.contains(query.subject.namespaceId))
            spaces << query.subject.namespaceId;
        for (const QString &space : std::as_const(spaces)) {
            Names &names = m_byPlace[profile + u'/' + space];
            if (!names.complete && !std::exchange(names.loading, true))
                load(profile, registry->mirrorScope(), space);
            loading = loading || !names.complete;
        }
    }
    if (!loading) {
        answer->settle(search(query));
        return answer;
    }
    // The mirror answers within milliseconds; the palette waits for it only the first time.
    m_waiting.append({answer, query});
    return answer;
}

void ConfigLookup::answerWaiting()
{
    const bool busy = std::any_of(m_byPlace.cbegin(), m_byPlace.cend(), [](const Names &names) { return names.loading; });
    if (busy)
        return;
    for (const auto &[answer, query] : std::exchange(m_waiting, {})) {
        if (answer)
            answer->settle(search(query));
    }
}

void ConfigLookup::load(const QString &profile, const QByteArray &scope, const QString &space)
{
    const QString place = profile + u'/' + space;
    const QString path = m_workbench.pathText({profile, space});
    auto *stream = m_workbench.services().mirror.list({scope}, space, u"config"_s);
    stream->each(this, [this, place, profile, path](const QList<core::store::MirrorItem> &batch) {
        Names &names = m_byPlace[place];
        for (const core::store::MirrorItem &item : batch) {
            const auto address = core::Address::parse(u"signalbox://"_s + profile + u'/' + item.local);
            if (!address || address->path().size() != 2)
                continue;
            names.names.append({*address, address->path().last(), address->path().first() + u" · "_s + path});
        }
    });
    stream->then(this, [this, place](const core::Result<core::Done> &) {
        Names &names = m_byPlace[place];
        names.loading = false;
        names.complete = true;
        answerWaiting();
    });
}

QList<LookupHit> ConfigLookup::search(const LookupQuery &query) const
{
    QList<LookupHit> hits;
    for (auto it = m_byPlace.cbegin(); it != m_byPlace.cend(); ++it) {
        for (const Name &name : it->names) {
            const bool here = name.address.profile() == query.subject.profile;
            if (!here && query.scope == LookupQuery::Scope::Connection)
                continue;
            int score = query.text.isEmpty() ? 1 : scoreOf(name.dataId, query.text);
            if (score == 0)
                continue;
            if (here)
                score += name.address.space() == query.subject.namespaceId ? Here : Beside;
            hits.append({name.address, name.dataId, name.detail, Icon::Config, score});
        }
    }
    const qsizetype keep = std::min<qsizetype>(query.limit, hits.size());
    std::partial_sort(hits.begin(), hits.begin() + keep, hits.end(),
                      [](const LookupHit &a, const LookupHit &b) { return a.score != b.score ? a.score > b.score : a.title < b.title; });
    return hits.mid(0, keep);
}

} // namespace ui::config
