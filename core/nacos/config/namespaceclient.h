// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/nacos/config/config.h"

#include <QObject>
#include <QPointer>

namespace core::nacos {

class Session;

/// Does the server's list lack this namespace? `all` is that list and the IDs typed by hand; false where the server told nothing.
bool isMissing(const QList<NamespaceInfo> &all, const QString &id);

/// Reads namespaces. Creating, changing and deleting them goes through the Guard (kind `namespace`, namespaceexecutor.h).
class NamespaceClient final : public QObject {
    Q_OBJECT
public:
    explicit NamespaceClient(Session &session, QObject *parent = nullptr);

    /// All namespaces the account may see, `public` first. An account that may not list them gets Forbidden; the caller then offers to
    /// type an ID, which the profile remembers (Profile::typedNamespaces).
    Reply<QList<NamespaceInfo>> *list();
    Reply<std::optional<NamespaceInfo>> *get(const QString &namespaceId);

private:
    using Found = std::optional<NamespaceInfo>;
    Reply<Found> *askOne(const QString &id, QObject *owner);
    void getFromList(const QPointer<Reply<Found>> &reply, const QString &id);

    Session &m_session;
    OperationTracker m_operations;
};

} // namespace core::nacos
