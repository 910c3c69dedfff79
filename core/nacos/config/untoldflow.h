// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/nacos/config/untold.h"
#include "core/nacos/session/session.h"

namespace core::store {
class Ledger;
}

namespace core::nacos {

/// ConfigClient::newestRows() and untold(); children of the reply, which dies with its client.
void readNewestRows(Session::Private &session, const QList<ConfigKey> &keys, Reply<QList<NewestRow>> *reply);

struct UntoldSources {
    Session::Private &session;
    std::function<store::Ledger *()> ledger; ///< as in ConfigClient::Collaborators
    QString profile;
};
void recallUntold(const UntoldSources &sources, const QList<ConfigDetail> &live, Look look, Reply<QList<Untold>> *reply);

} // namespace core::nacos
