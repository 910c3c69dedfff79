// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/overrides.h"

#include "core/store/compression.h"
#include "core/store/draftsfile.h"

using namespace Qt::StringLiterals;

namespace core::store {

struct Overrides::Private {
    std::shared_ptr<Database> database;
    QSet<Address> addresses;
    bool loaded = false;
    OperationTracker operations;
};

Overrides::Overrides(Home &home, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->database = draftsDatabase(home);
    m_d->database->watch(this, [this] { refresh(); });
    refresh();
}

Overrides::~Overrides() = default;

void Overrides::refresh()
{
    auto *reply = m_d->database->read<QSet<Address>>([](Connection &connection) -> Result<QSet<Address>> {
        auto rows = connection.rows(u"SELECT address FROM override"_s);
        if (!rows)
            return fail(rows.error());
        QSet<Address> all;
        while (rows->next()) {
            if (const auto address = Address::parse(rows->text(0)))
                all.insert(*address);
        }
        if (const auto error = rows->error())
            return fail(*error);
        return all;
    });
    m_d->operations.track(reply)->then(this, [this](const Result<QSet<Address>> &all) {
        if (!all)
            return;
        // A content may be another one even when the set is the same: whoever shows one reads it again.
        const bool relevant = !m_d->loaded || *all != m_d->addresses || !all->isEmpty();
        m_d->addresses = *all;
        m_d->loaded = true;
        if (relevant)
            Q_EMIT changed();
    });
}

QSet<Address> Overrides::addresses() const
{
    return m_d->addresses;
}

bool Overrides::isLoaded() const
{
    return m_d->loaded;
}

Reply<std::optional<Override>> *Overrides::find(const Address &address)
{
    using Found = std::optional<Override>;
    if (m_d->loaded && !m_d->addresses.contains(address))
        return m_d->operations.track(Reply<Found>::settled(Found()));
    return m_d->operations.track(m_d->database->read<Found>([address](Connection &connection) -> Result<Found> {
        auto rows = connection.rows(u"SELECT content, type, set_at FROM override WHERE address = ?"_s, {address.toString()});
        if (!rows)
            return fail(rows.error());
        if (!rows->next())
            return Found();
        const auto content = decompressed(rows->bytes(0));
        if (!content)
            return fail(content.error());
        return Found(Override{address, *content, rows->text(1), timeFromSql(rows->value(2))});
    }));
}

Reply<Done> *Overrides::set(const Override &value)
{
    Override row = value;
    if (!row.setAt.isValid())
        row.setAt = QDateTime::currentDateTimeUtc();
    auto *reply = m_d->database->write<Done>([row](Connection &connection) {
        return connection.run(u"INSERT OR REPLACE INTO override(address, content, type, set_at) VALUES(?, ?, ?, ?)"_s,
                              {row.address.toString(), compressed(row.content), sqlText(row.type), sqlTime(row.setAt)});
    });
    reply->then(this, [this, address = row.address](const Result<Done> &result) {
        if (!result)
            return;
        m_d->addresses.insert(address);
        Q_EMIT changed();
    });
    return m_d->operations.track(reply);
}

Reply<Done> *Overrides::remove(const Address &address)
{
    auto *reply = m_d->database->write<Done>([address = address.toString()](Connection &connection) {
        return connection.run(u"DELETE FROM override WHERE address = ?"_s, {address});
    });
    reply->then(this, [this, address](const Result<Done> &result) {
        if (!result)
            return;
        m_d->addresses.remove(address);
        Q_EMIT changed();
    });
    return m_d->operations.track(reply);
}

} // namespace core::store
