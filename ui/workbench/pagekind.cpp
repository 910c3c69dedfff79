// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/pagekind.h"

#include <algorithm>

namespace ui::workbench {

PageRegistry::PageRegistry(QObject *parent)
    : QObject(parent)
{
}

void PageRegistry::add(PageKind kind)
{
    Q_ASSERT(!find(kind.id));
    const auto after = std::upper_bound(m_kinds.begin(), m_kinds.end(), kind, [](const PageKind &a, const PageKind &b) {
        return std::pair(a.place, a.order) < std::pair(b.place, b.order);
    });
    m_kinds.insert(after, std::move(kind));
}

const PageKind *PageRegistry::find(const QString &id) const
{
    const auto it = std::find_if(m_kinds.begin(), m_kinds.end(), [&](const PageKind &kind) { return kind.id == id; });
    return it == m_kinds.end() ? nullptr : &*it;
}

const PageKind *PageRegistry::forAddress(const core::Address &address) const
{
    const auto it =
        std::find_if(m_kinds.begin(), m_kinds.end(), [&](const PageKind &kind) { return kind.addressKinds.contains(address.kind()); });
    return it == m_kinds.end() ? nullptr : &*it;
}

} // namespace ui::workbench
