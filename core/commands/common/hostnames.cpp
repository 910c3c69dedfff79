// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/hostnames.h"

#include <memory>
#include <QHostAddress>
#include <QHostInfo>
#include <QNetworkInterface>
#include <QSysInfo>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

constexpr auto Here = "localhost"_L1;

bool isThisMachine(const QHostAddress &address)
{
    const QString text = address.toString();
    const bool isUnspecified = text == "0.0.0.0"_L1 || text == "::"_L1; // connecting to it ends here
    return address.isLoopback() || isUnspecified || QNetworkInterface::allAddresses().contains(address);
}

} // namespace

HostNames::Lookup HostNames::ofTheSystem()
{
    return [](const QString &name, QObject *receiver, const Found &found) {
        QHostInfo::lookupHost(name, receiver, [found](const QHostInfo &info) {
            if (info.error() != QHostInfo::NoError)
                return found(std::nullopt);
            QStringList addresses;
            for (const QHostAddress &address : info.addresses())
                addresses.append(address.toString());
            found(addresses);
        });
    };
}

HostNames::HostNames(Lookup lookup, std::chrono::milliseconds limit)
    : m_lookup(std::move(lookup))
    , m_limit(limit)
{
}

QString HostNames::machineOf(const QString &host)
{
    QString name = host.toLower();
    while (name.endsWith(u'.'))
        name.chop(1);
    QHostAddress address(name);
    if (address.isNull()) {
        const QString own = QSysInfo::machineHostName().toLower();
        const bool isOwn = !own.isEmpty() && (name == own || name == own.section(u'.', 0, 0));
        return isOwn || name == Here || name.endsWith(".localhost"_L1) ? QString(Here) : name;
    }
    address.setScopeId({});
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour); // ::ffff:127.0.0.1, too
    if (isFour)
        address = QHostAddress(four);
    return isThisMachine(address) ? QString(Here) : address.toString();
}

bool HostNames::isName(const QString &machine)
{
    return machine != Here && QHostAddress(machine).isNull();
}

Reply<Done> *HostNames::find(const QSet<QString> &machines, QObject *parent)
{
    auto *reply = new Reply<Done>(parent);
    const auto left = std::make_shared<QSet<QString>>();
    for (const QString &machine : machines) {
        if (isName(machine) && !m_known.contains(machine))
            left->insert(machine);
    }
    if (left->isEmpty()) {
        reply->settle(Done{});
        return reply;
    }
    // What is not answered in time stays unknown; the answer that comes later is nobody's.
    auto *asking = new QObject(reply);
    for (const QString &name : QSet<QString>(*left)) {
        m_known.insert(name, std::nullopt);
        m_unanswered.insert(name);
        m_lookup(name, asking, [this, name, left, reply](const std::optional<QStringList> &addresses) {
            if (addresses) {
                QSet<QString> found;
                for (const QString &address : *addresses)
                    found.insert(machineOf(address));
                m_known.insert(name, found);
            }
            m_unanswered.remove(name);
            left->remove(name);
            if (left->isEmpty())
                reply->settle(Done{});
        });
    }
    QTimer::singleShot(m_limit, asking, [reply] { reply->settle(Done{}); });
    return reply;
}

HostNames::Same HostNames::same(const QString &machine, const QString &other) const
{
    if (machine == other)
        return Same::Yes;
    if (!isName(machine) && !isName(other))
        return Same::No;
    std::optional<QSet<QString>> sets[2];
    bool wereAsked = true;
    for (int i = 0; i < 2; ++i) {
        const QString &one = i == 0 ? machine : other;
        wereAsked = wereAsked && (!isName(one) || m_known.contains(one));
        sets[i] = isName(one) ? m_known.value(one) : QSet<QString>{one};
    }
    // One that was not found is not this machine; of one that nobody answered for that is not known.
    if (!wereAsked || m_unanswered.contains(machine) || m_unanswered.contains(other))
        return Same::Unknown;
    if (!sets[0] || !sets[1])
        return machine == Here || other == Here ? Same::No : Same::Unknown;
    return sets[0]->intersects(*sets[1]) ? Same::Yes : Same::No;
}

bool HostNames::isLost(const QString &machine) const
{
    const auto it = m_known.constFind(machine);
    return it != m_known.cend() && !*it;
}

} // namespace core::commands
