// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"
#include "core/store/mirror.h"
#include "core/text/format.h"

namespace core::store {

/// The search index of the mirror: made in the background from the contents, which are written first and at once.
namespace mirrorindex {

/// Lower-case words, and for Chinese, Japanese and Korean every single character and every pair: what the table `word` holds.
QStringList tokens(const QString &text);
/// The words a query of one or two characters is looked up by.
struct WordQuery {
    QString match; ///< for FTS5; empty: nothing in the query is a word
};
WordQuery wordQuery(const QString &text);
/// For three characters and more: the AND of the pieces of three; empty below that.
QString partQuery(const QString &text);

/// The content as it may be searched and shown: secrets replaced.
struct Searchable {
    QString text;
    int masked = 0;
};
Searchable searchable(const QByteArray &content, text::Format format);
text::Format formatOf(const QString &type, const QByteArray &content, const QString &local);

/// A part of one content made ready for the index: a large one comes in several, so that a journal entry never waits long behind it.
/// Pieces overlap by more than anybody types, so that what stands across an edge is found.
struct Piece {
    qint64 item = 0;
    QByteArray sha;
    bool first = true, last = true; ///< of its content
    QString parts, words;
    struct Key {
        QString path, value;
        int line = 0;
    };
    QList<Key> keys;
    int masked = 0;
    bool opaque = false;
};
/// What is written in one transaction.
using Batch = QList<Piece>;
/// Plain work for a reader thread: up to `limit` items that wait.
Result<QList<Batch>> prepare(Connection &connection, int limit);
/// Inside a transaction; what has changed meanwhile is left alone and waits again.
Result<Done> write(Connection &connection, const Batch &batch);
/// Drops the index when most of it is out of date; it is made again in the background. Answers whether it did.
Result<bool> renewWhenStale(Connection &connection);

} // namespace mirrorindex

} // namespace core::store
