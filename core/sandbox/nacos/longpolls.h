// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/common/httpserver.h"
#include "core/sandbox/nacos/configstore.h"
#include "core/sandbox/nacos/generation.h"

#include <atomic>
#include <QObject>

namespace core::sandbox::nacos {

/// Listeners of SDKs without gRPC: each request waits until one of its configurations changes or its time is over. Lives in the thread
/// of the HTTP server; `changed` may be called from any thread.
class LongPolls final : public QObject {
    Q_OBJECT
public:
    LongPolls(const ConfigStore &store, const Generation &generation, QObject *parent = nullptr);

    struct Item {
        QString dataId, group, tenant;
        QByteArray md5;
    };
    /// `Listening-Configs`: items of dataId ^2 group ^2 md5 [^2 tenant] ^1. Nothing: malformed.
    static std::optional<QList<Item>> parse(const QString &listening);

    struct Wait {
        QList<Item> items;
        QString address;
        int milliseconds = 0; ///< 0: answer at once
        HttpResponder responder;
    };
    void wait(const Wait &wait);
    /// For clients that do not poll: what differs, in two headers, under an empty body.
    HttpResponse compare(const Wait &wait) const;
    void changed(const ConfigKey &key);

    struct Listener {
        QString address;
        QByteArray md5;
    };
    QList<Listener> listenersOf(const ConfigKey &key) const;

private:
    ConfigKey keyOf(const Item &item) const;
    QList<Item> differing(const Wait &wait) const;
    static HttpResponse answer(const QList<Item> &items);
    const ConfigStore &m_store;
    const Generation m_generation;
    QHash<quint64, Wait> m_waiting;
    std::atomic_bool m_anybody = false; ///< said before the content is looked at: who changes it afterwards sees that somebody waits
    quint64 m_nextId = 0;
};

} // namespace core::sandbox::nacos
