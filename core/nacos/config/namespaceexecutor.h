// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"

namespace core::nacos {

class Registries;

/// The Guard's hands for kind `namespace`. Deleting one leaves its configurations where they are, readable by ID and listed nowhere; the ID
/// must be typed. A deletion whose `before` says how many are in it (attribute `configs`) is a Conflict when there are more by then.
class NamespaceExecutor final : public guard::Executor {
public:
    explicit NamespaceExecutor(Registries &registries);

    bool handles(QStringView kind) const override;
    Reply<std::optional<guard::Value>> *read(const Address &target) override;
    Reply<Done> *apply(const guard::Change &change) override;
    bool isSame(const std::optional<guard::Value> &expected, const std::optional<guard::Value> &live) const override;
    QString typedText(const guard::Change &change) const override;

private:
    Registries &m_registries;
};

} // namespace core::nacos
