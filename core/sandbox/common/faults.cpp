// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/common/faults.h"

#include <mutex>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace core::sandbox {

Result<Done> Faults::set(const QStringList &faults)
{
    int latency = 0, status = 0, drop = 0, truncate = 0;
    QList<QByteArray> denied;
    for (const QString &fault : faults) {
        const qsizetype colon = fault.indexOf(u':');
        const QString name = fault.left(colon), value = fault.mid(colon + 1);
        bool ok = false;
        const int number = value.toInt(&ok);
        if (colon > 0 && name == u"latency" && ok && number >= 0 && number <= 600000)
            latency = number;
        else if (colon > 0 && name == u"drop" && ok && number >= 0 && number <= 100)
            drop = number;
        else if (colon > 0 && name == u"truncate" && ok && number >= 0 && number <= 100)
            truncate = number;
        else if (colon > 0 && name == u"error" && ok && number >= 300 && number <= 599)
            status = number;
        else if (colon > 0 && name == u"deny" && !value.isEmpty())
            denied.append(value.toUtf8());
        else
            return fail(Error::Kind::Usage, u"not a fault: %1"_s.arg(fault));
    }
    const std::unique_lock lock(m_mutex);
    m_list = faults;
    m_latencyMs = latency;
    m_status = status;
    m_dropPercent = drop;
    m_truncatePercent = truncate;
    m_denied = denied;
    return Done{};
}

Result<Done> Faults::set(const QJsonArray &faults)
{
    QStringList list;
    for (const QJsonValue &fault : faults) {
        if (!fault.isString())
            return fail(Error::Kind::Usage, u"faults are strings"_s);
        list.append(fault.toString());
    }
    return set(list);
}

QStringList Faults::list() const
{
    const std::shared_lock lock(m_mutex);
    return m_list;
}

Faults::Fate Faults::decide(QByteArrayView pathOrType) const
{
    const std::shared_lock lock(m_mutex);
    Fate fate;
    if (m_list.isEmpty())
        return fate;
    const auto chance = [](int percent) { return percent > 0 && QRandomGenerator::global()->bounded(100) < percent; };
    fate.latencyMs = m_latencyMs;
    fate.status = m_status;
    fate.drop = chance(m_dropPercent);
    fate.truncate = chance(m_truncatePercent);
    fate.deny = std::any_of(m_denied.begin(), m_denied.end(), [&](const QByteArray &denied) { return pathOrType.startsWith(denied); });
    return fate;
}

} // namespace core::sandbox
