// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/probememory.h"

#include "core/base/clock.h"
#include "core/profiles/profile.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr qint64 ValidSeconds = 24 * 3600;
constexpr qsizetype MostEntries = 64;

/// Changes with everything that decides where requests go and what is trusted.
QString settingsOf(const profiles::Profile &profile)
{
    const QJsonObject all = profiles::encode(profile);
    QJsonObject relevant;
    for (const auto name : {"servers"_L1, "consoleUrl"_L1, "grpcPort"_L1, "contextPath"_L1, "auth"_L1, "headers"_L1, "httpTls"_L1,
                            "grpc"_L1, "grpcTls"_L1, "proxy"_L1})
        relevant.insert(name, all.value(name));
    const QByteArray json = QJsonDocument(relevant).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(json, QCryptographicHash::Sha256).toHex());
}

QJsonObject entriesIn(const QByteArray &content)
{
    return QJsonDocument::fromJson(content).object().value("probes"_L1).toObject();
}

bool isValid(const QJsonObject &entry, const QString &settings)
{
    const qint64 age = QDateTime::fromString(entry.value("at"_L1).toString(), Qt::ISODateWithMs).secsTo(QDateTime::currentDateTimeUtc());
    return entry.value("settings"_L1).toString() == settings && age >= 0 && age < ValidSeconds;
}

} // namespace

ProbeMemory::ProbeMemory(const QString &home)
    : m_file(home + u"/probes.json"_s)
{
}

QJsonObject ProbeMemory::entries() const
{
    const auto content = m_file.read();
    return content ? entriesIn(*content) : QJsonObject();
}

void ProbeMemory::recall(profiles::Profile &profile) const
{
    profile.extra.remove(QLatin1StringView(RememberedProbe));
    const QJsonObject entry = entries().value(profile.slug).toObject();
    if (isValid(entry, settingsOf(profile)))
        profile.extra.insert(QLatin1StringView(RememberedProbe), entry.value("found"_L1));
}

void ProbeMemory::remember(const profiles::Profile &profile, const Capabilities &found)
{
    const QString slug = profile.slug, settings = settingsOf(profile);
    const QJsonObject capabilities = encode(found);
    const QJsonObject known = entries().value(slug).toObject();
    // Not renewed either: what comes back may be what was recalled, without a probe.
    if (!decodeCapabilities(capabilities) || (isValid(known, settings) && known.value("found"_L1).toObject() == capabilities))
        return;
    const QJsonObject entry{{u"settings"_s, settings}, {u"at"_s, toRfc3339(QDateTime::currentDateTimeUtc())}, {u"found"_s, capabilities}};
    m_file.edit([slug, entry](const QByteArray &content) -> Result<QByteArray> {
        QJsonObject entries = entriesIn(content);
        entries.insert(slug, entry);
        while (entries.size() > MostEntries) {
            auto oldest = entries.begin();
            for (auto it = entries.begin(); it != entries.end(); ++it) {
                if (it.value().toObject().value("at"_L1).toString() < oldest.value().toObject().value("at"_L1).toString())
                    oldest = it;
            }
            entries.erase(oldest);
        }
        return QJsonDocument(QJsonObject{{u"probes"_s, entries}}).toJson(QJsonDocument::Compact);
    });
}

} // namespace core::nacos
