// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/mirrorsearch.h"

#include "core/base/address.h"
#include "core/store/mirrorrows.h"

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr int MostPlaces = 20;
constexpr int LongestExcerpt = 240;
constexpr int MostBlank = 3; ///< lines passed on the way to one that says something
constexpr int ContentsAPage = 40, NamesAPage = 5000;

/// "?, ?, ?"
QString marks(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u", "_s);
}

/// A part of the line with the match in it.
MirrorHit::Place placeOf(const QString &line, qsizetype column, int number)
{
    MirrorHit::Place place{.line = number};
    qsizetype from = 0;
    if (line.size() > LongestExcerpt)
        from = std::clamp<qsizetype>(column - LongestExcerpt / 4, 0, line.size() - LongestExcerpt);
    place.text = line.mid(from, LongestExcerpt);
    place.column = int(column - from);
    return place;
}

QString lineAt(const QString &text, qsizetype begin, qsizetype end)
{
    QString line = text.mid(begin, end - begin);
    if (line.endsWith(u'\r'))
        line.chop(1);
    return line;
}

/// What stands next to the line from `begin` to `end`: in most formats the one above says what it belongs to.
void addContext(MirrorHit::Place &place, const QString &text, qsizetype begin, qsizetype end)
{
    int number = place.line;
    for (qsizetype to = begin - 1; to >= 0;) {
        --number;
        const qsizetype from = to == 0 ? 0 : text.lastIndexOf(u'\n', to - 1) + 1;
        const QString line = lineAt(text, from, to);
        if (!line.trimmed().isEmpty()) {
            place.context = line.left(LongestExcerpt);
            place.contextLine = number;
            return;
        }
        to = from - 1;
        if (place.line - number >= MostBlank)
            break;
    }
    number = place.line;
    for (qsizetype from = end + 1; from <= text.size();) {
        ++number;
        qsizetype to = text.indexOf(u'\n', from);
        if (to < 0)
            to = text.size();
        const QString line = lineAt(text, from, to);
        if (!line.trimmed().isEmpty()) {
            place.context = line.left(LongestExcerpt);
            place.contextLine = number;
            return;
        }
        from = to + 1;
        if (number - place.line >= MostBlank)
            break;
    }
}

QList<MirrorHit::Place> placesIn(const QString &text, const QString &needle)
{
    QList<MirrorHit::Place> places;
    int number = 1;
    qsizetype begin = 0;
    qsizetype at = text.indexOf(needle, 0, Qt::CaseInsensitive);
    while (at >= 0 && places.size() < MostPlaces) {
        for (qsizetype lf = text.indexOf(u'\n', begin); lf >= 0 && lf < at; lf = text.indexOf(u'\n', begin)) {
            begin = lf + 1;
            ++number;
        }
        qsizetype end = text.indexOf(u'\n', at);
        if (end < 0)
            end = text.size();
        places.append(placeOf(lineAt(text, begin, end), at - begin, number));
        addContext(places.last(), text, begin, end);
        at = end >= text.size() ? -1 : text.indexOf(needle, end, Qt::CaseInsensitive); // one place a line
    }
    return places;
}

QString globToLike(const QString &pattern)
{
    QString like;
    for (const QChar c : pattern) {
        if (c == u'*') {
            like += u'%';
        } else {
            if (c == u'%' || c == u'_' || c == u'\\')
                like += u'\\';
            like += c;
        }
    }
    return like;
}

QString itemCondition(const QList<MirrorScope> &scopes, const QStringList &spaces, const QStringList &kinds)
{
    QString sql = u"i.deleted = 0 AND i.scope IN (SELECT id FROM scope WHERE key IN ("_s + marks(scopes.size()) + u"))"_s;
    if (!spaces.isEmpty())
        sql += u" AND i.space IN ("_s + marks(spaces.size()) + u')';
    if (!kinds.isEmpty())
        sql += u" AND i.kind IN ("_s + marks(kinds.size()) + u')';
    return sql;
}

QVariantList itemValues(const QList<MirrorScope> &scopes, const QStringList &spaces, const QStringList &kinds)
{
    QVariantList values;
    for (const MirrorScope &scope : scopes)
        values << sqlBytes(scope.key);
    for (const QString &name : spaces + kinds)
        values << name;
    return values;
}

} // namespace

MirrorSearch::MirrorSearch(MirrorQuery query)
    : m_query(std::move(query))
    , m_left(m_query.limit)
{
}

QString MirrorSearch::condition() const
{
    return itemCondition(m_query.scopes, m_query.spaces, m_query.kinds);
}

QVariantList MirrorSearch::values() const
{
    return itemValues(m_query.scopes, m_query.spaces, m_query.kinds);
}

Result<Database::Page<MirrorHit>> MirrorSearch::next(Connection &connection)
{
    Database::Page<MirrorHit> page;
    const bool empty = (m_query.text.isEmpty() && m_query.key.isEmpty()) || m_query.scopes.isEmpty() || m_query.limit <= 0;
    Result<Done> done = Done{};
    if (empty)
        m_phase = Phase::End;
    if (m_phase == Phase::Candidates)
        done = candidates(connection);
    else if (m_phase == Phase::Contents)
        done = contents(connection, page.rows);
    else if (m_phase == Phase::Names)
        done = names(connection, page.rows);
    if (!done)
        return fail(done.error());
    m_left -= int(page.rows.size());
    page.last = m_phase == Phase::End || m_left <= 0;
    return page;
}

/// Which contents may hold the text: from the index, and those that are not in it yet.
Result<Done> MirrorSearch::candidates(Connection &connection)
{
    QString sql;
    QVariantList bound = values();
    if (!m_query.key.isEmpty()) {
        sql = u"SELECT DISTINCT i.id FROM keyvalue k JOIN item i ON i.id = k.item WHERE "_s + condition() + u" AND k.path "_s;
        if (m_query.key.contains(u'*')) {
            sql += u"LIKE ? ESCAPE '\\'"_s;
            bound << globToLike(m_query.key);
        } else {
            sql += u"= ?"_s;
            bound << m_query.key;
        }
    } else {
        const QString parts = mirrorindex::partQuery(m_query.text);
        const QString words = parts.isEmpty() ? mirrorindex::wordQuery(m_query.text).match : QString();
        if (parts.isEmpty() && words.isEmpty()) { // punctuation alone: no index helps
            sql = u"SELECT i.id FROM item i WHERE "_s + condition() + u" AND i.doc = 1"_s;
        } else {
            const QString table = parts.isEmpty() ? u"word"_s : u"part"_s;
            sql =
                u"SELECT DISTINCT i.id FROM %1 f JOIN doc d ON d.id = f.rowid JOIN item i ON i.id = d.item WHERE f.%1 MATCH ? AND i.doc = 1 AND "_s
                    .arg(table) +
                condition();
            bound.prepend(parts.isEmpty() ? words : parts);
        }
    }
    const QString pending = u"SELECT i.id FROM item i WHERE i.doc IS NULL AND i.sha IS NOT NULL AND i.opaque = 0 AND "_s + condition();
    for (const auto &[statement, arguments] : {std::pair(sql, bound), std::pair(pending, values())}) {
        auto rows = connection.rows(statement, arguments);
        if (!rows)
            return fail(rows.error());
        while (rows->next())
            m_candidates.append(rows->integer(0));
        if (const auto error = rows->error())
            return fail(*error);
    }
    m_phase = Phase::Contents;
    return Done{};
}

Result<Done> MirrorSearch::contents(Connection &connection, QList<MirrorHit> &hits)
{
    const qsizetype end = std::min(m_candidates.size(), m_checked + ContentsAPage);
    for (; m_checked < end && hits.size() < m_left; ++m_checked) {
        const auto hit = check(connection, m_candidates.at(m_checked));
        if (!hit)
            return fail(hit.error());
        if (*hit) {
            m_hit.insert(m_candidates.at(m_checked));
            hits.append(**hit);
        }
    }
    if (m_checked == m_candidates.size())
        m_phase = m_query.key.isEmpty() ? Phase::Names : Phase::End;
    return Done{};
}

Result<std::optional<MirrorHit>> MirrorSearch::check(Connection &connection, qint64 id)
{
    MirrorHit hit;
    bool indexed = false;
    {
        auto rows = connection.rows(
            u"SELECT %1, s.key, i.doc FROM item i JOIN scope s ON s.id = i.scope WHERE i.id = ?"_s.arg(mirrorsql::ItemColumns), {id});
        if (!rows)
            return fail(rows.error());
        if (!rows->next() || rows->isNull(11)) // gone meanwhile
            return std::optional<MirrorHit>();
        hit.item = mirrorsql::itemFrom(*rows);
        hit.scope.key = rows->bytes(15);
        indexed = !rows->isNull(16);
    }
    const auto bytes = mirrorsql::blob(connection, hit.item.contentSha);
    if (!bytes)
        return fail(bytes.error());
    const text::Format format = mirrorindex::formatOf(hit.item.type, *bytes, hit.item.local);
    if (!m_query.key.isEmpty()) {
        if (!indexed)
            return std::optional<MirrorHit>(); // its keys are known in a moment; coverage() counts it as pending
        auto places = keyPlaces(connection, id);
        if (!places)
            return fail(places.error());
        hit.places = std::move(*places);
    } else {
        hit.places = placesIn(mirrorindex::searchable(*bytes, format).text, m_query.text);
        for (MirrorHit::Place &place : hit.places) {
            const auto key = connection.single(u"SELECT path FROM keyvalue WHERE item = ? AND line = ?"_s, {id, place.line});
            if (!key)
                return fail(key.error());
            place.key = key->toString();
        }
    }
    if (hit.places.isEmpty())
        return std::optional<MirrorHit>();
    return std::optional<MirrorHit>(std::move(hit));
}

Result<QList<MirrorHit::Place>> MirrorSearch::keyPlaces(Connection &connection, qint64 item) const
{
    auto rows = connection.rows(u"SELECT path, value, line FROM keyvalue WHERE item = ? AND path LIKE ? ESCAPE '\\' ORDER BY line"_s,
                                {item, globToLike(m_query.key)});
    if (!rows)
        return fail(rows.error());
    QList<MirrorHit::Place> places;
    while (rows->next() && places.size() < MostPlaces) {
        const QString value = rows->text(1);
        const qsizetype at = value.indexOf(m_query.text, 0, Qt::CaseInsensitive);
        if (at < 0)
            continue;
        MirrorHit::Place place = placeOf(value, at, int(rows->integer(2)));
        place.key = rows->text(0);
        places.append(place);
    }
    if (const auto error = rows->error())
        return fail(*error);
    return places;
}

/// Objects whose name, application, tags or description match; there is no index for these, and no need for one.
Result<Done> MirrorSearch::names(Connection &connection, QList<MirrorHit> &hits)
{
    auto rows = connection.rows(u"SELECT %1, s.key FROM item i JOIN scope s ON s.id = i.scope WHERE "_s.arg(mirrorsql::ItemColumns) +
                                    condition() + u" AND i.id > ? ORDER BY i.id LIMIT ?"_s,
                                values() + QVariantList{m_lastName, NamesAPage});
    if (!rows)
        return fail(rows.error());
    const QString &needle = m_query.text;
    const auto has = [&](const QString &text) { return text.contains(needle, Qt::CaseInsensitive); };
    int seen = 0;
    while (rows->next()) {
        ++seen;
        m_lastName = rows->integer(0);
        if (hits.size() >= m_left)
            break;
        if (m_hit.contains(m_lastName))
            continue;
        // Names are stored percent-encoded; most have nothing to decode.
        QString name = rows->text(1);
        if (name.contains(u'%'))
            name = QString::fromUtf8(QByteArray::fromPercentEncoding(name.toUtf8()));
        const qsizetype path = name.indexOf(u'/', name.indexOf(u'/') + 1) + 1; // without space and kind
        if (!has(name.mid(path)) && !has(rows->text(4)) && !has(rows->text(5)) && !has(rows->text(6)))
            continue;
        MirrorHit hit;
        hit.item = mirrorsql::itemFrom(*rows);
        hit.scope.key = rows->bytes(15);
        hits.append(hit);
    }
    if (const auto error = rows->error())
        return fail(*error);
    if (seen < NamesAPage)
        m_phase = Phase::End;
    return Done{};
}

Result<MirrorCoverage> MirrorSearch::coverage(Connection &connection, const QList<MirrorScope> &scopes, const QStringList &spaces,
                                              const QStringList &kinds)
{
    auto rows = connection.rows(u"SELECT count(*), sum(i.sha IS NOT NULL), sum(i.sha IS NOT NULL AND i.doc IS NULL AND i.opaque = 0), "
                                "sum(i.masked), max(i.seen_at), min(i.seen_at) FROM item i WHERE "_s +
                                    itemCondition(scopes, spaces, kinds),
                                itemValues(scopes, spaces, kinds));
    if (!rows)
        return fail(rows.error());
    MirrorCoverage coverage;
    if (rows->next()) {
        coverage.items = rows->integer(0);
        coverage.withContent = rows->integer(1);
        coverage.pending = rows->integer(2);
        coverage.maskedValues = rows->integer(3);
        coverage.newest = timeFromSql(rows->value(4));
        coverage.oldest = timeFromSql(rows->value(5));
    }
    if (const auto error = rows->error())
        return fail(*error);
    return coverage;
}

} // namespace core::store
