// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"

#include "core/store/compression.h"
#include "core/store/draftsfile.h"

#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// nullopt: damaged.
std::optional<QJsonObject> jsonObject(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

/// What a row of both tables tells of the base, from the column of its MD5 on.
void takeBase(Draft &draft, const Rows &rows, int column)
{
    // Every draft is saved with a base, and after damage not every row comes out of the file.
    const auto content = decompressed(rows.bytes(column + 1));
    if (rows.value(column).isNull() || !content) {
        draft.base = Draft::Base::Lost;
        return;
    }
    draft.baseMd5 = rows.bytes(column);
    draft.baseContent = *content;
    if (!rows.value(column + 2).isNull())
        draft.baseAttributes = jsonObject(rows.text(column + 2));
}

} // namespace

struct Drafts::Private {
    std::shared_ptr<Database> database;
    QSet<QString> baseless; ///< drafts found without their base: it is written with the next save()
    OperationTracker operations;
};

Drafts::Drafts(Home &home, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->database = draftsDatabase(home);
    m_d->database->watch(this, [this] { Q_EMIT changedElsewhere(); });
}

Drafts::~Drafts() = default;

Reply<Done> *Drafts::save(const Draft &draft)
{
    Draft row = draft;
    if (!row.savedAt.isValid())
        row.savedAt = QDateTime::currentDateTimeUtc();
    const bool baseless = m_d->baseless.remove(row.address.toString());
    auto *reply = m_d->database->write<Done>([row, baseless](Connection &connection) -> Result<Done> {
        const QString address = row.address.toString();
        const auto kept =
            connection.run(u"INSERT OR REPLACE INTO draft(address, content, size, attributes, saved_at) VALUES(?, ?, ?, ?, ?)"_s,
                           {address, compressed(row.content), row.content.size(), jsonText(row.attributes), sqlTime(row.savedAt)});
        if (!kept)
            return kept;
        // What the editing started from rarely changes while somebody types, and may be large: written only when it is another one.
        const QVariant attributes = row.baseAttributes ? QVariant(jsonText(*row.baseAttributes)) : QVariant();
        const auto base = connection.single(u"SELECT md5 FROM base WHERE address = ?"_s, {address});
        if (!base)
            return fail(base.error());
        if (!baseless && base->isValid() && base->toByteArray() == row.baseMd5 && !row.baseMd5.isEmpty())
            return connection.run(u"UPDATE base SET attributes = ? WHERE address = ? AND attributes IS NOT ?"_s,
                                  {attributes, address, attributes});
        return connection.run(u"INSERT OR REPLACE INTO base(address, md5, content, attributes) VALUES(?, ?, ?, ?)"_s,
                              {address, sqlBytes(row.baseMd5), compressed(row.baseContent), attributes});
    });
    reply->then(this, [this, address = row.address](const Result<Done> &result) {
        if (result)
            Q_EMIT saved(address);
    });
    return m_d->operations.track(reply);
}

Reply<std::optional<Draft>> *Drafts::load(const Address &address)
{
    using Found = std::optional<Draft>;
    auto *reply = m_d->database->read<Found>([address](Connection &connection) -> Result<Found> {
        auto rows =
            connection.rows(u"SELECT d.content, d.attributes, d.saved_at, b.md5, b.content, b.attributes FROM draft d LEFT JOIN base b ON "
                            "b.address = d.address WHERE d.address = ?"_s,
                            {address.toString()});
        if (!rows)
            return fail(rows.error());
        if (!rows->next())
            return Found();
        const auto content = decompressed(rows->bytes(0));
        if (!content)
            return fail(content.error());
        Draft draft{.address = address, .content = *content, .savedAt = timeFromSql(rows->value(2))};
        takeBase(draft, *rows, 3);
        // Details nobody can read any more are not taken for details somebody emptied.
        draft.attributes = jsonObject(rows->text(1)).value_or(draft.baseAttributes.value_or(QJsonObject()));
        return Found(draft);
    });
    reply->then(this, [this](const Result<Found> &found) {
        if (found && *found && (*found)->base == Draft::Base::Lost)
            m_d->baseless.insert((*found)->address.toString());
    });
    return m_d->operations.track(reply);
}

Reply<QList<DraftInfo>> *Drafts::list()
{
    return m_d->operations.track(m_d->database->read<QList<DraftInfo>>([](Connection &connection) -> Result<QList<DraftInfo>> {
        auto rows =
            connection.rows(u"SELECT d.address, d.size, d.saved_at, b.md5 FROM draft d LEFT JOIN base b ON b.address = d.address ORDER BY "
                            "d.saved_at DESC, d.address"_s);
        if (!rows)
            return fail(rows.error());
        QList<DraftInfo> list;
        while (rows->next()) {
            const auto address = Address::parse(rows->text(0));
            if (address)
                list.append({*address, rows->integer(1), timeFromSql(rows->value(2)), rows->bytes(3)});
        }
        if (const auto error = rows->error())
            return fail(*error);
        return list;
    }));
}

Reply<Done> *Drafts::remove(const Address &address)
{
    auto *reply = m_d->database->write<Done>([address = address.toString()](Connection &connection) -> Result<Done> {
        if (const auto gone = connection.run(u"DELETE FROM draft WHERE address = ?"_s, {address}); !gone)
            return gone;
        return connection.run(u"DELETE FROM base WHERE address = ?"_s, {address});
    });
    reply->then(this, [this, address](const Result<Done> &result) {
        if (result)
            Q_EMIT removed(address);
    });
    return m_d->operations.track(reply);
}

} // namespace core::store
