// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bookmarks.h"

#include "core/profiles/settings.h"

#include <algorithm>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::profiles::Setting;

namespace {

const QString PageKindName = u"page"_s;
const QString Nothing = u"-"_s;

auto at(QList<Bookmark> &list, const core::Address &address)
{
    return std::find_if(list.begin(), list.end(), [&address](const Bookmark &one) { return one.address == address; });
}

} // namespace

core::Address pageAddress(const QString &kind, const workbench::Subject &subject)
{
    const auto address = core::Address::build(subject.profile.isEmpty() ? Nothing : subject.profile,
                                              subject.namespaceId.isEmpty() ? Nothing : subject.namespaceId, PageKindName, {kind});
    return address ? *address : core::Address();
}

std::optional<workbench::PageRequest> pageOf(const core::Address &address)
{
    if (address.kind() != PageKindName || address.path().size() != 1)
        return {};
    workbench::PageRequest request;
    request.kind = address.path().first();
    request.subject = {address.profile() == Nothing ? QString() : address.profile(),
                       address.space() == Nothing ? QString() : address.space()};
    return request;
}

QString titleOf(const Bookmark &bookmark, const workbench::PageRegistry &pages)
{
    if (!bookmark.title.isEmpty())
        return bookmark.title;
    const auto page = pageOf(bookmark.address);
    const workbench::PageKind *kind = page ? pages.find(page->kind) : nullptr;
    return kind && kind->title ? kind->title() : bookmark.address.path().value(bookmark.address.path().size() - 1);
}

Icon iconOf(const core::Address &address, const workbench::PageRegistry &pages)
{
    const auto page = pageOf(address);
    const workbench::PageKind *kind = page ? pages.find(page->kind) : pages.forAddress(address);
    return kind ? kind->icon : Icon::Link;
}

Bookmarks::Bookmarks(core::profiles::Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&m_settings, &core::profiles::Settings::changed, this, [this](Setting key) {
        if (key == Setting::Bookmarks)
            Q_EMIT changed();
    });
}

QList<Bookmark> Bookmarks::all() const
{
    QList<Bookmark> list;
    const QJsonArray saved = m_settings.array(Setting::Bookmarks);
    for (const QJsonValue &value : saved) {
        const auto address = core::Address::parse(value.toObject().value("address"_L1).toString());
        if (address && at(list, *address) == list.end())
            list.append({*address, value.toObject().value("title"_L1).toString()});
    }
    return list;
}

bool Bookmarks::contains(const core::Address &address) const
{
    QList<Bookmark> list = all();
    return at(list, address) != list.end();
}

void Bookmarks::write(const QList<Bookmark> &list)
{
    QJsonArray saved;
    for (const Bookmark &one : list)
        saved.append(QJsonObject{{u"address"_s, one.address.toString()}, {u"title"_s, one.title}});
    m_settings.set(Setting::Bookmarks, saved);
}

void Bookmarks::add(const Bookmark &bookmark)
{
    if (bookmark.address.isEmpty())
        return;
    QList<Bookmark> list = all();
    if (const auto known = at(list, bookmark.address); known != list.end())
        *known = bookmark;
    else
        list.append(bookmark);
    write(list);
}

void Bookmarks::remove(const QList<core::Address> &addresses)
{
    QList<Bookmark> list = all();
    if (list.removeIf([&addresses](const Bookmark &one) { return addresses.contains(one.address); }) > 0)
        write(list);
}

void Bookmarks::rename(const core::Address &address, const QString &title)
{
    QList<Bookmark> list = all();
    if (const auto known = at(list, address); known != list.end() && !title.trimmed().isEmpty()) {
        known->title = title.trimmed();
        write(list);
    }
}

void Bookmarks::move(const core::Address &address, Direction direction)
{
    QList<Bookmark> list = all();
    const auto known = at(list, address);
    if (known == list.end())
        return;
    const qsizetype from = known - list.begin();
    const qsizetype to = direction == Direction::Up ? from - 1 : from + 1;
    if (to < 0 || to >= list.size())
        return;
    list.swapItemsAt(from, to);
    write(list);
}

} // namespace ui::shell
