// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "core/base/reply.h"

#include <memory>
#include <optional>
#include <QDateTime>
#include <QObject>
#include <QSet>

namespace core::store {

class Home;

/// A content that is used in this home instead of the server's until it is taken off (local failover).
struct Override {
    Address address;
    QByteArray content;
    QString type;
    QDateTime setAt; ///< filled in by set() when invalid
    friend bool operator==(const Override &, const Override &) = default;
};

/// The overrides of this home (kept in drafts.db), shared by its programs. Lives in the GUI thread.
class Overrides final : public QObject {
    Q_OBJECT
public:
    explicit Overrides(Home &home, QObject *parent = nullptr);
    ~Overrides() override;

    /// Which objects have one, without waiting: empty until `changed` came for the first time, soon after construction.
    QSet<Address> addresses() const;
    bool isLoaded() const;
    Reply<std::optional<Override>> *find(const Address &address);
    Reply<Done> *set(const Override &value);
    Reply<Done> *remove(const Address &address);

Q_SIGNALS:
    /// addresses() is another set now, or a content was replaced; also when another program did it.
    void changed();

private:
    void refresh();
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::store
