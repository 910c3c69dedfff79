// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/textsearch.h"

#include <QByteArrayMatcher>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

QRegularExpression expression(const ui::SearchPattern &pattern)
{
    QRegularExpression::PatternOptions options = QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption;
    if (pattern.sensitivity == ui::SearchPattern::Case::Ignored)
        options |= QRegularExpression::CaseInsensitiveOption;
    // A line may end with CR, LF or both.
    return QRegularExpression(u"(*ANYCRLF)"_s + pattern.text, options);
}

/// Turns positions of UTF-16 into positions of UTF-8, going forward only.
class ByteWalk {
public:
    explicit ByteWalk(const QString &text)
        : m_text(text)
    {
    }
    qsizetype at(qsizetype position)
    {
        for (; m_position < position; ++m_position) {
            const char16_t c = m_text.at(m_position).unicode();
            // The two halves of a surrogate pair make four bytes together.
            m_bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : QChar::isSurrogate(c) ? 2 : 3;
        }
        return m_bytes;
    }

private:
    const QString &m_text;
    qsizetype m_position = 0, m_bytes = 0;
};

} // namespace

namespace ui {

SearchResult findAll(const QByteArray &utf8, const SearchPattern &pattern)
{
    SearchResult result;
    if (pattern.text.isEmpty())
        return result;
    const auto add = [&result](qsizetype offset, qsizetype length) {
        if (result.hits.size() >= MaxHits) {
            result.complete = false;
            return false;
        }
        result.hits.append({offset, length});
        return true;
    };
    if (pattern.kind == SearchPattern::Kind::Text && pattern.sensitivity == SearchPattern::Case::Counts) {
        // Bytes are enough: UTF-8 never matches inside a character.
        const QByteArray needle = pattern.text.toUtf8();
        const QByteArrayMatcher matcher(needle);
        for (qsizetype at = matcher.indexIn(utf8); at >= 0; at = matcher.indexIn(utf8, at + needle.size()))
            if (!add(at, needle.size()))
                break;
        return result;
    }
    const QString text = QString::fromUtf8(utf8);
    ByteWalk walk(text);
    if (pattern.kind == SearchPattern::Kind::Text) {
        for (qsizetype at = text.indexOf(pattern.text, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(pattern.text, at + pattern.text.size(), Qt::CaseInsensitive)) {
            const qsizetype from = walk.at(at);
            if (!add(from, walk.at(at + pattern.text.size()) - from))
                break;
        }
        return result;
    }
    const QRegularExpression regex = expression(pattern);
    if (!regex.isValid()) {
        result.problem = regex.errorString();
        return result;
    }
    for (auto it = regex.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedLength() == 0)
            continue;
        const qsizetype from = walk.at(match.capturedStart());
        if (!add(from, walk.at(match.capturedEnd()) - from))
            break;
    }
    return result;
}

QByteArray replacementFor(const QByteArray &hit, const SearchPattern &pattern, const QString &replacement)
{
    if (pattern.kind == SearchPattern::Kind::Text)
        return replacement.toUtf8();
    const QRegularExpressionMatch match = expression(pattern).match(QString::fromUtf8(hit));
    QString result;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const QChar c = replacement.at(i);
        const QChar next = i + 1 < replacement.size() ? replacement.at(i + 1) : QChar();
        if ((c == u'\\' || c == u'$') && next >= u'0' && next <= u'9') {
            result += match.captured(next.digitValue());
            ++i;
        } else if (c == u'\\' && next == u'n') {
            result += u'\n';
            ++i;
        } else if (c == u'\\' && next == u't') {
            result += u'\t';
            ++i;
        } else if (c == u'\\' && next == u'\\') {
            result += u'\\';
            ++i;
        } else {
            result += c;
        }
    }
    return result.toUtf8();
}

} // namespace ui
