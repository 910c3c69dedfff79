// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/mirrorindex.h"

#include "core/base/address.h"
#include "core/store/mirrorrows.h"
#include "core/text/flatten.h"
#include "core/text/secrets.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace core::store::mirrorindex {

namespace {

constexpr qsizetype LongestWord = 64;
constexpr qsizetype MostKeys = 20000;
constexpr qsizetype LongestValue = 1000;
constexpr int MostPieces = 24;               // of a query; the hits are checked against the content anyway
constexpr qsizetype LargestText = 48 * 1024; // of a piece, and of a batch
constexpr qsizetype Overlap = 300;
constexpr qsizetype KeysAPiece = 2000;
constexpr qsizetype LargestRound = 8 << 20;
constexpr qsizetype LargestForKeys = 4 << 20;

/// Scripts written without spaces.
bool isIdeographic(char32_t c)
{
    return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3100 && c <= 0x312F) || (c >= 0x3400 && c <= 0x4DBF) ||
        (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

QString quoted(const QString &term)
{
    return u'"' + QString(term).replace(u'"', u"\"\""_s) + u'"';
}

QString fromCodePoints(const char32_t *points, qsizetype count)
{
    return QString::fromUcs4(points, count);
}

/// Calls word(text) for runs of letters and digits, run(code points) for runs without spaces between words.
template <class W, class R>
void split(const QString &text, W &&word, R &&run)
{
    const QList<uint> points = text.toLower().toUcs4();
    qsizetype i = 0;
    while (i < points.size()) {
        const char32_t c = points.at(i);
        qsizetype end = i;
        if (isIdeographic(c)) {
            while (end < points.size() && isIdeographic(points.at(end)))
                ++end;
            run(reinterpret_cast<const char32_t *>(points.constData()) + i, end - i);
        } else if (QChar::isLetterOrNumber(c)) {
            while (end < points.size() && !isIdeographic(points.at(end)) && QChar::isLetterOrNumber(points.at(end)))
                ++end;
            word(fromCodePoints(reinterpret_cast<const char32_t *>(points.constData()) + i, std::min(end - i, LongestWord)));
        } else {
            end = i + 1;
        }
        i = end;
    }
}

QList<Piece> piecesOf(const Piece &whole, const QByteArray &content, text::Format format)
{
    const Searchable shown = searchable(content, format);
    QList<Piece::Key> keys;
    if (content.size() <= LargestForKeys) {
        if (const auto flat = text::flatten(format, content)) {
            for (const text::FlatKey &key : *flat) {
                if (keys.size() >= MostKeys)
                    break;
                keys.append({key.path, key.secret ? text::secretMask() : key.value.left(LongestValue), key.line});
            }
        }
    }
    QList<Piece> pieces;
    qsizetype from = 0, key = 0;
    do {
        Piece piece = whole;
        piece.first = pieces.isEmpty();
        piece.masked = shown.masked;
        piece.parts = shown.text.mid(from, LargestText);
        piece.words = tokens(piece.parts).join(u' ');
        piece.keys = keys.mid(key, KeysAPiece);
        key += piece.keys.size();
        from = std::min(shown.text.size(), from + LargestText);
        piece.last = from >= shown.text.size() && key >= keys.size();
        if (from < shown.text.size())
            from -= Overlap;
        pieces.append(piece);
    } while (!pieces.last().last);
    return pieces;
}

} // namespace

QStringList tokens(const QString &text)
{
    QSet<QString> found;
    split(
        text, [&](const QString &word) { found.insert(word); },
        [&](const char32_t *points, qsizetype count) {
            for (qsizetype i = 0; i < count; ++i) {
                found.insert(fromCodePoints(points + i, 1));
                if (i + 1 < count)
                    found.insert(fromCodePoints(points + i, 2));
            }
        });
    return QStringList(found.begin(), found.end());
}

WordQuery wordQuery(const QString &text)
{
    QStringList terms;
    split(
        text, [&](const QString &word) { terms << quoted(word) + u'*'; },
        [&](const char32_t *points, qsizetype count) {
            if (count == 1)
                terms << quoted(fromCodePoints(points, 1));
            for (qsizetype i = 0; i + 1 < count; ++i)
                terms << quoted(fromCodePoints(points + i, 2));
        });
    return {terms.join(u" AND "_s)};
}

QString partQuery(const QString &text)
{
    const QList<uint> points = text.toUcs4();
    if (points.size() < 3)
        return {};
    QStringList pieces;
    for (qsizetype i = 0; i + 3 <= points.size() && pieces.size() < MostPieces; ++i) {
        const QString piece = quoted(fromCodePoints(reinterpret_cast<const char32_t *>(points.constData()) + i, 3));
        if (!pieces.contains(piece))
            pieces << piece;
    }
    return pieces.join(u" AND "_s);
}

Searchable searchable(const QByteArray &content, text::Format format)
{
    const QList<text::SecretSpan> secrets = text::findSecrets(format, content);
    return {QString::fromUtf8(secrets.isEmpty() ? content : text::maskSpans(content, secrets)), int(secrets.size())};
}

text::Format formatOf(const QString &type, const QByteArray &content, const QString &local)
{
    const auto named = text::formatFromName(type);
    if (named && *named != text::Format::Text)
        return *named;
    const auto address = Address::parse(u"signalbox://x/"_s + local);
    return text::detect(content, address ? address->path().last() : QString());
}

Result<QList<Batch>> prepare(Connection &connection, int limit)
{
    struct Waiting {
        Piece whole;
        QString type, local;
    };
    QList<Waiting> waiting;
    {
        auto rows = connection.rows(
            u"SELECT id, sha, type, local, opaque FROM item WHERE doc IS NULL AND sha IS NOT NULL ORDER BY id LIMIT ?"_s, {limit});
        if (!rows)
            return fail(rows.error());
        while (rows->next())
            waiting.append(
                {{.item = rows->integer(0), .sha = rows->bytes(1), .opaque = rows->integer(4) != 0}, rows->text(2), rows->text(3)});
        if (const auto error = rows->error())
            return fail(*error);
    }
    QList<Batch> batches;
    qsizetype bytes = 0, inBatch = LargestText;
    const auto add = [&](const Piece &piece) {
        if (inBatch + piece.parts.size() > LargestText || batches.isEmpty()) {
            batches.append(Batch());
            inBatch = 0;
        }
        batches.last().append(piece);
        inBatch += piece.parts.size();
    };
    for (const Waiting &one : std::as_const(waiting)) {
        if (one.whole.opaque) {
            add(one.whole);
            continue;
        }
        const auto content = mirrorsql::blob(connection, one.whole.sha);
        if (!content)
            return fail(content.error());
        for (const Piece &piece : piecesOf(one.whole, *content, formatOf(one.type, *content, one.local)))
            add(piece);
        bytes += content->size();
        if (bytes > LargestRound)
            break;
    }
    return batches;
}

namespace {

Result<Done> writePiece(Connection &connection, const Piece &piece)
{
    if (piece.first) {
        // The rows of an older content stay in the full-text tables and mean nothing any more.
        for (const QString &statement : {u"DELETE FROM keyvalue WHERE item = ?"_s, u"DELETE FROM doc WHERE item = ?"_s}) {
            if (const auto done = connection.run(statement, {piece.item}); !done)
                return done;
        }
    }
    if (!piece.opaque) {
        if (const auto done = connection.run(u"INSERT INTO doc(item) VALUES(?)"_s, {piece.item}); !done)
            return done;
        const qint64 id = connection.lastId();
        if (const auto done = connection.run(u"INSERT INTO part(rowid, text) VALUES(?, ?)"_s, {id, sqlText(piece.parts)}); !done)
            return done;
        if (const auto done = connection.run(u"INSERT INTO word(rowid, text) VALUES(?, ?)"_s, {id, sqlText(piece.words)}); !done)
            return done;
    }
    for (const Piece::Key &key : piece.keys) {
        const auto done = connection.run(u"INSERT INTO keyvalue(item, path, value, line) VALUES(?, ?, ?, ?)"_s,
                                         {piece.item, sqlText(key.path), sqlText(key.value), key.line});
        if (!done)
            return done;
    }
    if (!piece.last)
        return Done{};
    return connection.run(u"UPDATE item SET doc = ?, masked = ? WHERE id = ?"_s, {piece.opaque ? 0 : 1, piece.masked, piece.item});
}

} // namespace

Result<Done> write(Connection &connection, const Batch &batch)
{
    for (const Piece &piece : batch) {
        const auto same = connection.single(u"SELECT 1 FROM item WHERE id = ? AND sha IS ? AND doc IS NULL"_s, {piece.item, piece.sha});
        if (!same)
            return fail(same.error());
        if (!same->isValid())
            continue;
        if (const auto done = writePiece(connection, piece); !done)
            return done;
    }
    return Done{};
}

Result<bool> renewWhenStale(Connection &connection)
{
    const auto last = connection.single(u"SELECT max(seq) FROM sqlite_sequence WHERE name = 'doc'"_s);
    if (!last)
        return fail(last.error());
    const auto used = connection.single(u"SELECT count(*) FROM doc"_s);
    if (!used)
        return fail(used.error());
    if (last->toLongLong() < 10000 || last->toLongLong() < 3 * used->toLongLong())
        return false;
    for (const QString &statement :
         {u"INSERT INTO part(part) VALUES('delete-all')"_s, u"INSERT INTO word(word) VALUES('delete-all')"_s, u"DELETE FROM doc"_s,
          u"DELETE FROM sqlite_sequence WHERE name = 'doc'"_s, u"UPDATE item SET doc = NULL"_s}) {
        if (const auto done = connection.run(statement); !done)
            return fail(done.error());
    }
    return true;
}

} // namespace core::store::mirrorindex
