// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/coretext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

Phrases::Phrases(const char *context, QList<const char *> known)
    : m_context(context)
{
    m_phrases.reserve(known.size());
    for (const char *source : std::as_const(known)) {
        QString pattern = QRegularExpression::escape(QString::fromUtf8(source));
        // escape() puts a backslash before the per cent sign as well.
        for (int place = 1; place <= 3; ++place)
            pattern.replace(u"\\%"_s + QString::number(place), u"(?<p%1>.+)"_s.arg(place));
        m_phrases.append(
            {source, QRegularExpression(QRegularExpression::anchoredPattern(pattern), QRegularExpression::DotMatchesEverythingOption)});
    }
}

QString Phrases::translate(const QString &english) const
{
    for (const Phrase &phrase : m_phrases) {
        const QRegularExpressionMatch match = phrase.pattern.match(english);
        if (!match.hasMatch())
            continue;
        // In one pass: a value may itself hold what looks like a place.
        static const QRegularExpression place(u"%([1-3])"_s);
        const QString words = QCoreApplication::translate(m_context, phrase.source);
        QString text;
        qsizetype at = 0;
        for (auto it = place.globalMatch(words); it.hasNext();) {
            const QRegularExpressionMatch found = it.next();
            text += words.mid(at, found.capturedStart() - at) + translate(match.captured(u"p%1"_s.arg(found.captured(1))));
            at = found.capturedEnd();
        }
        return text + words.mid(at);
    }
    return english;
}

QString coreText(const QString &english)
{
    static const Phrases phrases(
        "ui::CoreText",
        {
            QT_TRANSLATE_NOOP("ui::CoreText", "schema: %1"),
            QT_TRANSLATE_NOOP("ui::CoreText",
                              "use, effect and schema of this configuration are not told by the server; it had some before somebody else "
                              "changed it: what is not given anew is cleared"),
            QT_TRANSLATE_NOOP(
                "ui::CoreText",
                "use, effect and schema of this configuration are not told by the server, and what is known of them cannot be "
                "read (%1): what is not given anew is cleared"),
            QT_TRANSLATE_NOOP("ui::CoreText", "description and tags could not be read, so they cannot be brought back"),
            QT_TRANSLATE_NOOP("ui::CoreText", "expected one of the types %1, found %2"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the end comes too early: “%1” of line %2 is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText",
                              "expected a key, a table or a comment, found %1 (keys with other than Latin letters stand in quotes)"),
            QT_TRANSLATE_NOOP("ui::CoreText", "expected %1, found %2"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a key in double quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“,” or “}”"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“,” or “]”"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“:” after the key"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the end of the line"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the end"),
            QT_TRANSLATE_NOOP("ui::CoreText", "JSON strings stand in double quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the string is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a control character"),
            QT_TRANSLATE_NOOP("ui::CoreText", "an unknown escape in a string: a backslash is written \\\\"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nested deeper than %1 levels"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” closes nothing"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” does not close “%2” of line %3"),
            QT_TRANSLATE_NOOP("ui::CoreText", "not a JSON number: no leading zeros"),
            QT_TRANSLATE_NOOP("ui::CoreText", "not a JSON number"),
            QT_TRANSLATE_NOOP("ui::CoreText", "true, false and null are written in lower case"),
            QT_TRANSLATE_NOOP("ui::CoreText", "text must stand in double quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a key must stand in double quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a comma is missing before this"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a comma before the closing bracket"),
            QT_TRANSLATE_NOOP("ui::CoreText", "something follows the end of the value: %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "empty: JSON needs a value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the document type is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“<” begins a tag; as text it is written &lt;"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the tag is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a blank is missing before this attribute"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the attribute has no value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the value of an attribute stands in quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the value of the attribute is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“<” inside a value is written &lt; (or the quote before it is not closed)"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the comment is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the CDATA section is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the processing instruction is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "empty: XML needs an element"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the document type is larger than 64 KiB: not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "more than 1000 attributes: not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the attribute \"%1\" is there twice"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a second root element"),
            QT_TRANSLATE_NOOP("ui::CoreText", "more than 200 namespaces: not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "too large for a content with a document type: not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the names of all keys together are too long"),
            QT_TRANSLATE_NOOP("ui::CoreText",
                              "“&” begins an entity, and this one is unknown or not ended by “;”; as text it is written &amp;"),
            QT_TRANSLATE_NOOP("ui::CoreText", "</%1> closes nothing"),
            QT_TRANSLATE_NOOP("ui::CoreText", "</%1> does not close <%2> of line %3"),
            QT_TRANSLATE_NOOP("ui::CoreText", "<%1> is not closed: everything behind it is lost"),
            QT_TRANSLATE_NOOP("ui::CoreText", "<%1> is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "more than %1 tables and dotted keys: not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the TOML parser gave up"),
            QT_TRANSLATE_NOOP("ui::CoreText", "key \"%1\" is defined already"),
            QT_TRANSLATE_NOOP("ui::CoreText", "text after the end of the document: another document needs a line “---” before it"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nothing before this comma"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nothing before this “:”: the key is missing"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a tab in the indentation: YAML allows blanks only"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the quoted text is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "too many values in one pair of brackets: not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the YAML parser gave up"),
            QT_TRANSLATE_NOOP("ui::CoreText",
                              "“:” is not allowed here: a second key on one line, or the indentation differs from the lines above"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a key is not allowed here"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a list entry is not allowed here: “- ” must begin a line"),
            QT_TRANSLATE_NOOP("ui::CoreText", "this bracket closes nothing"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the indentation does not match the lines above, or text follows a complete value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the indentation does not match the list above, or text follows a complete value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“{” is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“[” is not closed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a document marker inside a quoted text"),
            QT_TRANSLATE_NOOP("ui::CoreText", "there is no anchor of this name above"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“*” begins the name of an alias; text that begins with it stands in quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“&” begins the name of an anchor; text that begins with it stands in quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a character that the name of an alias cannot have"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a character that the name of an anchor cannot have"),
            QT_TRANSLATE_NOOP("ui::CoreText", "two anchors for one value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "two tags for one value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "an alias cannot have an anchor"),
            QT_TRANSLATE_NOOP("ui::CoreText", "an alias cannot have a tag"),
            QT_TRANSLATE_NOOP("ui::CoreText", "only blanks, a digit, + or - may follow “|” or “>”"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the indentation after “|” or “>” cannot be 0"),
            QT_TRANSLATE_NOOP("ui::CoreText", "an unknown escape in double quotes: a backslash is written \\\\, or use single quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "an escape that is no Unicode character"),
            QT_TRANSLATE_NOOP("ui::CoreText", "an escape that needs hexadecimal digits"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a character that a tag cannot have"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“!” begins a tag; text that begins with it stands in quotes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nested too deeply"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a blank is missing behind “:”"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the control character %1 is not allowed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a tab separates here: SnakeYAML, which Spring and other Java clients use, refuses it"),
            QT_TRANSLATE_NOOP("ui::CoreText",
                              "“:” is missing behind this key, or the line is not indented enough to belong to the text above"),
            QT_TRANSLATE_NOOP("ui::CoreText", "duplicated key \"%1\" (first in line %2)"),
            QT_TRANSLATE_NOOP("ui::CoreText", "more problems follow; they are not listed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "\\u needs four hexadecimal digits; a backslash is written \\\\"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the backslash before “%1” is dropped; a backslash is written \\\\"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the line ends with a backslash, but nothing follows"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the key is empty"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the full-width “＝” and “：” separate nothing: the whole line is a key"),
            QT_TRANSLATE_NOOP("ui::CoreText", "no “=” in this line: all of it is a key without a value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a blank separates key and value here"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the blanks at the end belong to the value"),
            QT_TRANSLATE_NOOP("ui::CoreText", "not an ordinary blank: it counts as text, not as indentation"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the result would be larger than %1 MiB"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the content is not UTF-8, which is all the registry can hold"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the content is blank, which the registry refuses; delete the configuration instead"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the content has %1 characters; the registry takes %2"),
            QT_TRANSLATE_NOOP("ui::CoreText", "%1 is longer than %2 characters"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a tag"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the description"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a configuration has at most %1 tags"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a tag is blank or has a comma in it"),
            QT_TRANSLATE_NOOP("ui::CoreText",
                              "this configuration is encrypted, and the new content comes without a data key: nothing could open it"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a data key belongs to configurations whose data ID begins with cipher-"),
            QT_TRANSLATE_NOOP("ui::CoreText",
                              "this configuration is encrypted: other content beside its data key could not be opened. Its owner's client "
                              "must publish it"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nothing to change: %1 is like that already"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a gray version is not restored as the configuration itself"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the plan has no changes"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nothing is sent that cannot be journaled: %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nothing here can change objects of kind %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "there is no connection %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the plan is not the one that was shown"),
            QT_TRANSLATE_NOOP("ui::CoreText", "%1 is protected: unlock its writes first"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a change in production needs a reason"),
            QT_TRANSLATE_NOOP("ui::CoreText", "not confirmed: %1 must be typed"),
            QT_TRANSLATE_NOOP("ui::CoreText", "this plan is under way"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nothing can be taken back: %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "it was taken back already, by entry %1 at %2"),
            QT_TRANSLATE_NOOP("ui::CoreText", "profiles.json was written by a newer version of this program, which has to change it"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a text"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a number"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a whole number"),
            QT_TRANSLATE_NOOP("ui::CoreText", "true or false"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a map"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a list"),
            QT_TRANSLATE_NOOP("ui::CoreText", "must be one of: %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the key \"%1\" is missing"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the schema knows no key \"%1\" here"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the key \"%1\" may not stand here"),
            QT_TRANSLATE_NOOP("ui::CoreText", "nothing may stand here"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a key may not be called \"%1\" here"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the key \"%1\" needs the key \"%2\" beside it"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the key \"%1\" is deprecated"),
            QT_TRANSLATE_NOOP("ui::CoreText", "is deprecated"),
            QT_TRANSLATE_NOOP("ui::CoreText", "is what the schema rules out"),
            QT_TRANSLATE_NOOP("ui::CoreText", "matches more than one of %1 alternatives"),
            QT_TRANSLATE_NOOP("ui::CoreText", "matches none of %1 alternatives"),
            QT_TRANSLATE_NOOP("ui::CoreText", "has fewer than %1 keys"),
            QT_TRANSLATE_NOOP("ui::CoreText", "has more than %1 keys"),
            QT_TRANSLATE_NOOP("ui::CoreText", "has fewer than %1 entries"),
            QT_TRANSLATE_NOOP("ui::CoreText", "has more than %1 entries"),
            QT_TRANSLATE_NOOP("ui::CoreText", "has fewer than %1 characters"),
            QT_TRANSLATE_NOOP("ui::CoreText", "has more than %1 characters"),
            QT_TRANSLATE_NOOP("ui::CoreText", "lacks an entry the schema asks for"),
            QT_TRANSLATE_NOOP("ui::CoreText", "has too many entries of one kind"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the same entry stands in the list before"),
            QT_TRANSLATE_NOOP("ui::CoreText", "does not match the pattern %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "must be greater than %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "must be less than %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "must be at least %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "must be at most %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "must be a multiple of %1"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the check was given up: it takes too long"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the check was given up: the schema refers to itself without end"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a pattern takes too long; it is not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the content is too large to be checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a schema is a map, or true or false"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is true or false"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a number"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a number of things"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a list of schemas"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a map of schemas"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a list of keys"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a list"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a map"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is a text"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“type” is one of string, number, integer, boolean, null, object and array"),
            QT_TRANSLATE_NOOP("ui::CoreText", "there is no “%1” in the schema; what it is about is not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is elsewhere; it is not fetched"),
            QT_TRANSLATE_NOOP("ui::CoreText", "“%1” is not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the pattern is too long to be checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "the pattern “%1” cannot be read; it is not checked"),
            QT_TRANSLATE_NOOP("ui::CoreText", "a schema of more than 1 MiB is not read"),
            QT_TRANSLATE_NOOP("ui::CoreText", "more than %1 values"),
            QT_TRANSLATE_NOOP("ui::CoreText", "line %1, column %2: %3"),
        });
    return phrases.translate(english);
}

} // namespace ui
