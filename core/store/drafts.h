// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "core/base/reply.h"

#include <memory>
#include <optional>
#include <QDateTime>
#include <QJsonObject>
#include <QObject>

namespace core::store {

class Home;

/// Text somebody typed and has not published. Never lost: on disk (fsync) before save() is Done.
struct Draft {
    Address address;
    QByteArray content;
    QJsonObject attributes;
    QByteArray baseMd5;     ///< of what the editing started from; empty: a new object
    QByteArray baseContent; ///< the same, for the three-way merge
    QDateTime savedAt;      ///< set by save() when invalid
    /// Attributes of what the editing started from; nullopt: not known (a draft of an earlier version).
    std::optional<QJsonObject> baseAttributes = std::nullopt;
    /// Lost: the file was damaged, and what the editing started from did not come out of it; the three above say nothing then.
    enum class Base { Kept, Lost };
    Base base = Base::Kept;
    friend bool operator==(const Draft &, const Draft &) = default;
};

struct DraftInfo {
    Address address;
    qint64 size = 0;
    QDateTime savedAt;
    QByteArray baseMd5;
    friend bool operator==(const DraftInfo &, const DraftInfo &) = default;
};

/// The drafts of this home (drafts.db), shared by its programs. Lives in the GUI thread.
class Drafts final : public QObject {
    Q_OBJECT
public:
    explicit Drafts(Home &home, QObject *parent = nullptr);
    ~Drafts() override;

    /// Replaces the draft of the same address. Not cancelled when nobody waits for it any more.
    Reply<Done> *save(const Draft &draft);
    Reply<std::optional<Draft>> *load(const Address &address);
    /// Newest first.
    Reply<QList<DraftInfo>> *list();
    /// Done also when there was none.
    Reply<Done> *remove(const Address &address);

Q_SIGNALS:
    void saved(const core::Address &address);
    void removed(const core::Address &address);
    /// Another program of this home changed something.
    void changedElsewhere();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::store
