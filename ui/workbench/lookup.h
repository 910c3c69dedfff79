// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "ui/workbench/page.h"

#include <memory>
#include <vector>

namespace ui::workbench {

/// One object the palette or quick open found.
struct LookupHit {
    core::Address address;
    QString title;  ///< `app.yaml`
    QString detail; ///< `DEFAULT_GROUP · staging/public`
    Icon icon = Icon::Config;
    int score = 0; ///< higher is better; 1000 an exact name, a little more where the person is
};

struct LookupQuery {
    QString text;    ///< without the prefix
    Subject subject; ///< prefer (palette) or only (quick open) what belongs to it
    enum class Scope { Everywhere, Connection };
    Scope scope = Scope::Everywhere;
    int limit = 50;
};

/// Finds objects of one kind by name; brought by features, used by Ctrl+K and Ctrl+P. Asked at every key press: must answer within
/// 100 ms from the mirror or memory, never from the network.
class Lookup {
public:
    virtual ~Lookup() = default;
    virtual QChar prefix() const = 0; ///< `#` for configurations
    virtual QString name() const = 0; ///< translated: `Configurations`
    virtual core::Reply<QList<LookupHit>> *find(const LookupQuery &query) = 0;
};

class Lookups final {
public:
    void add(std::unique_ptr<Lookup> lookup) { m_all.push_back(std::move(lookup)); }
    const std::vector<std::unique_ptr<Lookup>> &all() const { return m_all; }

private:
    std::vector<std::unique_ptr<Lookup>> m_all;
};

} // namespace ui::workbench
