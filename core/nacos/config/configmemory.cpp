// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configmemory.h"

#include "core/nacos/config/configplans.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

/// Of one configuration that changes again and again as many former states are remembered as may still be answered with.
constexpr qsizetype MostReplaced = 8;

/// The format whose keys are indexed; ciphertext has none.
QString indexedType(const ConfigDetail &detail)
{
    if (detail.encrypted())
        return {};
    return detail.attributes.type.isEmpty() ? u"text"_s : detail.attributes.type;
}

} // namespace

ConfigMemory::ConfigMemory(store::Mirror *mirror, const store::MirrorScope &scope, const QString &profile)
    : m_mirror(mirror)
    , m_scope(scope)
    , m_profile(profile)
{
}

QString ConfigMemory::local(const ConfigKey &key) const
{
    const Result<Address> address = key.address(m_profile);
    return address ? address->local() : QString();
}

std::optional<ConfigKey> ConfigMemory::keyOf(const QString &local)
{
    const auto address = Address::parse(u"signalbox://x/"_s + local);
    const auto key = address ? ConfigKey::of(*address) : Result<ConfigKey>(fail(address.error()));
    return key ? std::optional(*key) : std::nullopt;
}

std::optional<QByteArray> ConfigMemory::md5(const ConfigKey &key) const
{
    const auto it = m_md5.constFind(key);
    return it == m_md5.constEnd() ? std::nullopt : std::optional(*it);
}

void ConfigMemory::setMd5(const ConfigKey &key, const QByteArray &md5)
{
    m_md5.insert(key, md5);
}

void ConfigMemory::replaced(const ConfigKey &key, const QByteArray &before, const std::optional<QByteArray> &now,
                            const QDeadlineTimer &until)
{
    Replaced &known = m_replaced[key];
    // Who is told of every change knows better than who is told of names.
    if (known.now && known.until.isForever() && !until.isForever())
        return;
    known.before.removeAll(before);
    known.before.append(before);
    if (now)
        known.before.removeAll(*now);
    if (known.before.size() > MostReplaced)
        known.before.removeFirst();
    known.now = now;
    known.until = until;
}

bool ConfigMemory::isOver(const ConfigKey &key, const QByteArray &md5) const
{
    const auto known = m_replaced.constFind(key);
    return known != m_replaced.constEnd() && !known->until.hasExpired() && known->before.contains(md5);
}

void ConfigMemory::leaveOutWhatIsOver(QList<ConfigSummary> &items) const
{
    if (m_replaced.isEmpty())
        return;
    for (ConfigSummary &item : items) {
        if (item.md5.isEmpty() || !isOver(item.key, item.md5))
            continue;
        item.md5.clear();
        item.size.reset();
        item.changedAt = {};
        item.changedBy.clear();
    }
}

qsizetype ConfigMemory::listed(const QList<ConfigSummary> &items)
{
    QList<store::MirrorItem> rows;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const ConfigSummary &summary : items) {
        if (!summary.md5.isEmpty())
            setMd5(summary.key, summary.md5);
        store::MirrorItem item;
        item.local = m_mirror ? local(summary.key) : QString();
        if (item.local.isEmpty())
            continue;
        item.md5 = summary.md5;
        item.type = summary.type;
        item.app = summary.app;
        item.tags = summary.tags;
        item.changedBy = summary.changedBy;
        item.changedAt = summary.changedAt;
        item.seenAt = now;
        item.size = summary.size.value_or(-1);
        if (summary.gray)
            item.facts.insert(u"gray"_s, true);
        rows.append(item);
    }
    if (!rows.isEmpty())
        m_lastWrite = m_mirror->upsert(m_scope, rows);
    return rows.size();
}

void ConfigMemory::listComplete(const QString &namespaceId, const QDateTime &began)
{
    if (m_mirror)
        m_mirror->markMissing(m_scope, namespaceId, u"config"_s, began);
}

void ConfigMemory::seen(const ConfigDetail &detail, Origin origin)
{
    if (isOver(detail.key, detail.md5))
        return;
    setMd5(detail.key, detail.md5);
    const QString name = m_mirror ? local(detail.key) : QString();
    if (name.isEmpty() || detail.localOverride)
        return;
    store::MirrorState state;
    state.content = detail.content;
    state.attributes = valueOf(detail.content, detail.attributes).attributes;
    state.md5 = detail.md5;
    state.type = indexedType(detail);
    state.by = detail.changedBy;
    state.source = origin == Origin::Push ? u"push"_s : u"live"_s;
    state.opaque = detail.encrypted();
    state.changedAt = detail.changedAt;
    state.seenAt = QDateTime::currentDateTimeUtc();
    m_mirror->putContent(m_scope, name, state);
}

void ConfigMemory::absent(const ConfigKey &key)
{
    if (isOver(key, {}))
        return;
    setMd5(key, {});
    const QString name = m_mirror ? local(key) : QString();
    if (!name.isEmpty())
        m_mirror->markDeleted(m_scope, name, QDateTime::currentDateTimeUtc());
}

void ConfigMemory::seenBefore(const ConfigKey &key, const ConfigRevisionDetail &past)
{
    const QString name = m_mirror && past.content && past.revision.at.isValid() ? local(key) : QString();
    if (name.isEmpty())
        return;
    ConfigDetail detail;
    detail.key = key;
    detail.attributes = past.attributes;
    store::MirrorState state;
    state.content = *past.content;
    state.attributes = valueOf(*past.content, past.attributes).attributes;
    state.md5 = past.revision.md5;
    state.type = indexedType(detail);
    state.by = past.revision.by;
    state.verb = past.revision.verb == ConfigRevision::Verb::Created ? u"created"_s : u"updated"_s;
    state.source = u"history"_s;
    state.opaque = detail.encrypted();
    state.changedAt = past.revision.at;
    state.seenAt = QDateTime::currentDateTimeUtc();
    m_mirror->putContent(m_scope, name, state);
}

} // namespace core::nacos
