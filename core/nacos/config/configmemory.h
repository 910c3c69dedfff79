// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "core/store/mirror.h"

#include <QDeadlineTimer>
#include <QPointer>

namespace core::nacos {

/// Puts what is seen of configurations into the mirror, and remembers the newest MD5 of each in this process (a watch that begins starts
/// from what was last shown). What the server announced to be over is not taken for the newest again, whoever reads it: servers may answer
/// with it for a while. Lives in the GUI thread; never waits for the mirror.
class ConfigMemory {
public:
    /// `mirror` may be nullptr: only the MD5s are remembered.
    ConfigMemory(store::Mirror *mirror, const store::MirrorScope &scope, const QString &profile);

    enum class Origin { Live, Push, History };
    /// Answers how many went to the mirror.
    qsizetype listed(const QList<ConfigSummary> &items);
    /// The newest of these on its way there; nullptr: none.
    Reply<Done> *lastWrite() const { return m_lastWrite; }
    /// A list of everything in a namespace is complete.
    void listComplete(const QString &namespaceId, const QDateTime &began);
    void seen(const ConfigDetail &detail, Origin origin);
    void absent(const ConfigKey &key);
    /// A state of the past with the time it came about.
    void seenBefore(const ConfigKey &key, const ConfigRevisionDetail &state);

    std::optional<QByteArray> md5(const ConfigKey &key) const;
    void setMd5(const ConfigKey &key, const QByteArray &md5);

    /// The server told that this MD5 (empty: none there) is over. `now` is what it told to be there instead; nullopt: not known yet.
    void replaced(const ConfigKey &key, const QByteArray &before, const std::optional<QByteArray> &now, const QDeadlineTimer &until);
    /// Whether a reading of this MD5 is one of before what the server told.
    bool isOver(const ConfigKey &key, const QByteArray &md5) const;
    /// Nobody would be told if it came back.
    void forgetReplaced(const ConfigKey &key) { m_replaced.remove(key); }
    void forgetReplaced() { m_replaced.clear(); }
    /// Lists may be of before it, too: of such rows only the names are left.
    void leaveOutWhatIsOver(QList<ConfigSummary> &items) const;

    store::Mirror *mirror() const { return m_mirror; }
    const store::MirrorScope &scope() const { return m_scope; }
    const QString &profile() const { return m_profile; }
    /// Address::local() of a key; empty when it cannot be an address.
    QString local(const ConfigKey &key) const;
    static std::optional<ConfigKey> keyOf(const QString &local);

private:
    QPointer<store::Mirror> m_mirror;
    store::MirrorScope m_scope;
    QString m_profile;
    struct Replaced {
        QList<QByteArray> before;
        std::optional<QByteArray> now;
        QDeadlineTimer until;
    };
    QPointer<Reply<Done>> m_lastWrite;
    QHash<ConfigKey, QByteArray> m_md5;
    QHash<ConfigKey, Replaced> m_replaced;
};

} // namespace core::nacos
