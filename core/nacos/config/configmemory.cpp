// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configmemory.h"

#include "core/nacos/config/configplans.h"

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

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
