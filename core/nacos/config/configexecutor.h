// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"
#include "core/nacos/config/config.h"
#include "core/nacos/session/session.h"

namespace core::nacos {

class Registries;

/// The Guard's hands for kinds `config` and `beta`: publish and remove, over gRPC where it is up, else by the HTTP interface. Every
/// attribute is sent, blank ones too: a server keeps the tags and the application of a configuration when a publish
/// lacks them. Conflict: the MD5 the server has is another one.
class ConfigExecutor final : public guard::Executor {
public:
    explicit ConfigExecutor(Registries &registries);

    bool handles(QStringView kind) const override;
    Reply<std::optional<guard::Value>> *read(const Address &target) override;
    Reply<Done> *apply(const guard::Change &change) override;
    /// Use, effect and schema, where they are known by now: see untoldplan.h.
    Reply<guard::Plan> *complete(const guard::Plan &plan) override;
    /// Nacos 3 takes use, effect and schema and never tells them again: they count only where both sides have any of them.
    bool isSame(const std::optional<guard::Value> &expected, const std::optional<guard::Value> &live) const override;

private:
    struct Write;
    Reply<Done> *publish(Session::Private &session, const Write &write);
    Reply<Done> *remove(Session::Private &session, const Write &write);
    Reply<Done> *stopBeta(Session::Private &session, const Write &write);
    Registries &m_registries;
};

} // namespace core::nacos
