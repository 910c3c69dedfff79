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
constexpr int MostPieces = 24; // of a query; the hits are checked against the content anyway
constexpr qsizetype LargestBatch = 8 << 20;

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

Document documentOf(qint64 item, const QByteArray &sha, const QByteArray &content, text::Format format)
{
    Document document{.item = item, .sha = sha};
    const Searchable shown = searchable(content, format);
    document.masked = shown.masked;
    document.parts = shown.text;
    document.words = tokens(shown.text).join(u' ');
    if (const auto keys = text::flatten(format, content)) {
        for (const text::FlatKey &key : *keys) {
            if (document.keys.size() >= MostKeys)
                break;
            document.keys.append({key.path, key.secret ? text::secretMask() : key.value.left(LongestValue), key.line});
        }
    }
    return document;
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

Result<QList<Document>> prepare(Connection &connection, int limit)
{
    struct Waiting {
        qint64 item = 0;
        QByteArray sha;
        QString type, local;
        bool opaque = false;
    };
    QList<Waiting> waiting;
    {
        auto rows = connection.rows(
            u"SELECT id, sha, type, local, opaque FROM item WHERE doc IS NULL AND sha IS NOT NULL ORDER BY id LIMIT ?"_s, {limit});
        if (!rows)
            return fail(rows.error());
        while (rows->next())
            waiting.append({rows->integer(0), rows->bytes(1), rows->text(2), rows->text(3), rows->integer(4) != 0});
        if (const auto error = rows->error())
            return fail(*error);
    }
    QList<Document> documents;
    qsizetype bytes = 0;
    for (const Waiting &one : std::as_const(waiting)) {
        if (one.opaque) {
            documents.append({.item = one.item, .sha = one.sha, .opaque = true});
            continue;
        }
        const auto content = mirrorsql::blob(connection, one.sha);
        if (!content)
            return fail(content.error());
        documents.append(documentOf(one.item, one.sha, *content, formatOf(one.type, *content, one.local)));
        bytes += content->size();
        if (bytes > LargestBatch)
            break;
    }
    return documents;
}

Result<Done> write(Connection &connection, const QList<Document> &documents)
{
    for (const Document &document : documents) {
        const auto same =
            connection.single(u"SELECT 1 FROM item WHERE id = ? AND sha IS ? AND doc IS NULL"_s, {document.item, document.sha});
        if (!same)
            return fail(same.error());
        if (!same->isValid())
            continue;
        if (const auto done = connection.run(u"DELETE FROM keyvalue WHERE item = ?"_s, {document.item}); !done)
            return done;
        // The rows of an older content stay in the full-text tables and mean nothing any more.
        if (const auto done = connection.run(u"DELETE FROM doc WHERE item = ?"_s, {document.item}); !done)
            return done;
        qint64 id = 0;
        if (!document.opaque) {
            if (const auto done = connection.run(u"INSERT INTO doc(item) VALUES(?)"_s, {document.item}); !done)
                return done;
            id = connection.lastId();
            if (const auto done = connection.run(u"INSERT INTO part(rowid, text) VALUES(?, ?)"_s, {id, sqlText(document.parts)}); !done)
                return done;
            if (const auto done = connection.run(u"INSERT INTO word(rowid, text) VALUES(?, ?)"_s, {id, sqlText(document.words)}); !done)
                return done;
        }
        for (const Document::Key &key : document.keys) {
            const auto done = connection.run(u"INSERT INTO keyvalue(item, path, value, line) VALUES(?, ?, ?, ?)"_s,
                                             {document.item, sqlText(key.path), sqlText(key.value), key.line});
            if (!done)
                return done;
        }
        if (const auto done = connection.run(u"UPDATE item SET doc = ?, masked = ? WHERE id = ?"_s, {id, document.masked, document.item});
            !done)
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
