// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonValue>

namespace core::nacos::wire {

/// Walks over one JSON text without building a tree and without turning content into UTF-16 and back: for the messages that carry
/// configurations, thousands a second or 10 MiB at once. Anything else is read with QJsonDocument. Thread-safe in that it shares nothing.
///
///     JsonCursor in(body);
///     for (bool more = in.beginObject(); more; more = in.nextMember()) {
///         if (in.name() == "content") content = in.string(); else in.skip();
///     }
///     if (!in.finished()) … malformed
///
/// Each member's value must be taken by exactly one of string, integer, boolean, skip, beginObject or beginArray. After the first mistake
/// every call answers empty and finished() is false. Text that is not UTF-8 is a mistake.
class JsonCursor {
public:
    /// `json` must outlive the cursor.
    explicit JsonCursor(QByteArrayView json);

    bool beginObject();                               ///< true: a member follows, name() is set; false: empty, null or not an object
    bool nextMember();                                ///< after a value; false: the object is closed
    const QByteArray &name() const { return m_name; } ///< unescaped
    bool beginArray();                                ///< true: an element follows; null counts as empty
    bool nextElement();                               ///< after an element; false: the array is closed
    QByteArray string();                              ///< unescaped UTF-8; null: a null array; a number or boolean: as written
    qint64 integer(qint64 otherwise = 0);             ///< also a string of digits; null: `otherwise`
    bool boolean(bool otherwise = false);             ///< also "true" and "false"; null: `otherwise`
    void skip();                                      ///< any value
    QJsonValue value();                               ///< any value as a tree; a byte order mark in a text stays
    bool isNull();                                    ///< the value ahead is null (not taken)
    bool failed() const { return m_failed; }
    bool finished(); ///< everything was read and nothing but white space follows

private:
    void space();
    bool take(char c);
    bool literal(QByteArrayView word);
    bool quoted(QByteArray *out); ///< nullptr: only passes over it
    bool escape(QByteArray &out);
    QByteArrayView number();
    QJsonValue value(int depth);
    bool fail();
    const char *m_at, *m_end;
    QByteArray m_name;
    bool m_failed = false;
};

} // namespace core::nacos::wire
