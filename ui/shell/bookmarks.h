// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "ui/common/theme.h"
#include "ui/workbench/pagekind.h"

#include <QObject>

namespace core::profiles {
class Settings;
}

namespace ui::shell {

/// What a person wants to find again: an object or a page, by its address.
struct Bookmark {
    core::Address address;
    QString title; ///< empty: as the page is called
    friend bool operator==(const Bookmark &, const Bookmark &) = default;
};

/// Pages have addresses like objects: `signalbox://shop/public/page/configs`, `signalbox://-/-/page/ledger` (about no connection).
core::Address pageAddress(const QString &kind, const workbench::Subject &subject);
/// The page such an address names; nullopt: it is an object's.
std::optional<workbench::PageRequest> pageOf(const core::Address &address);

/// The bookmarks of all windows, in the person's order; in the settings. GUI thread.
class Bookmarks final : public QObject {
    Q_OBJECT
public:
    explicit Bookmarks(core::profiles::Settings &settings, QObject *parent = nullptr);

    QList<Bookmark> all() const;
    bool contains(const core::Address &address) const;
    /// At the end; one that is there takes the new title.
    void add(const Bookmark &bookmark);
    void remove(const QList<core::Address> &addresses);
    void rename(const core::Address &address, const QString &title);
    enum class Direction { Up, Down };
    void move(const core::Address &address, Direction direction);

Q_SIGNALS:
    void changed();

private:
    void write(const QList<Bookmark> &list);
    core::profiles::Settings &m_settings;
};

/// Of the object or page behind an address.
/// What a bookmark is called: by its own name, or, when the person gave a page none, by the page's in the language of now.
QString titleOf(const Bookmark &bookmark, const workbench::PageRegistry &pages);
Icon iconOf(const core::Address &address, const workbench::PageRegistry &pages);

} // namespace ui::shell
