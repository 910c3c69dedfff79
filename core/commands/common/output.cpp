// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/output.h"

#include "core/base/clock.h"
#include "core/base/redactor.h"

#include <cerrno>
#include <cstdio>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

/// Columns a text takes on a terminal; East Asian wide characters take two.
int width(const QString &text)
{
    int columns = 0;
    for (const char32_t c : text.toUcs4()) {
        const bool wide = (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
            (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) ||
            (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
        columns += wide ? 2 : 1;
    }
    return columns;
}

QString padded(const QString &text, int columns, TextTable::Align align)
{
    const QString blanks(std::max(0, columns - width(text)), u' ');
    return align == TextTable::Align::Right ? blanks + text : text + blanks;
}

} // namespace

int exitCodeOf(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Usage:
        return ExitUsage;
    case Error::Kind::NotFound:
        return ExitNotFound;
    case Error::Kind::Auth:
    case Error::Kind::Forbidden:
        return ExitNoRight;
    case Error::Kind::Conflict:
        return ExitConflict;
    case Error::Kind::Network:
    case Error::Kind::Timeout:
    case Error::Kind::Tls:
        return ExitNetwork;
    case Error::Kind::Policy:
        return ExitPolicy;
    case Error::Kind::Cancelled:
        return ExitInterrupted;
    case Error::Kind::Rejected:
    case Error::Kind::RateLimited:
    case Error::Kind::BadReply:
    case Error::Kind::Unsupported:
    case Error::Kind::Internal:
        break;
    }
    return ExitFailed;
}

QString TextTable::toText() const
{
    QList<int> widths;
    for (qsizetype c = 0; c < columns.size(); ++c) {
        int widest = width(columns.at(c).title);
        for (const QStringList &row : rows)
            widest = std::max(widest, width(row.value(c)));
        widths.append(widest);
    }
    const auto lineOf = [&](const QStringList &cells) {
        QString line;
        for (qsizetype c = 0; c < columns.size(); ++c)
            line += (c ? u"  "_s : QString()) + padded(cells.value(c), widths.at(c), columns.at(c).align);
        while (line.endsWith(u' '))
            line.chop(1);
        return line + u'\n';
    };
    QStringList titles;
    for (const Column &column : columns)
        titles.append(column.title);
    QString text = lineOf(titles);
    for (const QStringList &row : rows)
        text += lineOf(row);
    return text;
}

Output::Output(const GlobalOptions &options)
    : m_options(options)
{
}

QString Output::printable(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        const ushort u = c.unicode();
        const bool steers = (u < 0x20 && u != '\n' && u != '\t') || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e) ||
            (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f;
        if (steers)
            out += u"\\u%1"_s.arg(uint(u), 4, 16, QChar(u'0'));
        else
            out += c;
    }
    return out;
}

void Output::document(const QJsonObject &object)
{
    if (!isJson())
        return;
    QJsonObject whole = object;
    if (!m_notes.isEmpty())
        whole.insert(u"notes"_s, QJsonArray::fromStringList(std::exchange(m_notes, {})));
    write(whole);
}

void Output::write(const QJsonObject &object)
{
    writeOut(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Output::text(const QString &text)
{
    if (isJson() || text.isEmpty())
        return;
    QByteArray bytes = printable(text).toUtf8();
    if (!bytes.endsWith('\n'))
        bytes += '\n';
    writeOut(bytes);
}

void Output::table(const TextTable &table)
{
    if (isJson())
        return;
    TextTable safe = table;
    for (QStringList &row : safe.rows) {
        for (QString &cell : row)
            cell = printable(cell).replace(u'\n', u"⏎"_s).replace(u'\t', u' ');
    }
    writeOut(safe.toText().toUtf8());
}

void Output::event(const QJsonObject &object)
{
    if (isJson())
        write(object);
}

void Output::bytes(const QByteArray &content)
{
    writeOut(content);
}

void Output::remark(const QString &text)
{
    if (isJson() || !isQuiet())
        warn(text);
}

void Output::warn(const QString &text)
{
    if (isJson())
        m_notes.append(Redactor::redact(text));
    else
        writeErr((printable(Redactor::redact(text)) + u'\n').toUtf8());
}

QJsonObject Output::listDocument(const QJsonArray &items, qint64 total)
{
    return {{u"items"_s, items},
            {u"total"_s, total},
            {u"complete"_s, items.size() == total},
            {u"source"_s, u"live"_s},
            {u"seenAt"_s, toRfc3339(QDateTime::currentDateTimeUtc())}};
}

QJsonObject Output::errorObject(const Error &error)
{
    return {{u"kind"_s, error.kindName()},
            {u"message"_s, Redactor::redact(error.message)},
            {u"code"_s, error.code},
            {u"retryable"_s, error.retryable}};
}

void Output::error(const Error &error)
{
    if (isJson()) {
        writeErr(QJsonDocument(QJsonObject{{u"error"_s, errorObject(error)}}).toJson(QJsonDocument::Compact) + '\n');
        return;
    }
    QString line = u"signalboxctl: "_s + printable(Redactor::redact(error.message)).replace(u'\n', u' ');
    if (error.message.isEmpty())
        line += error.kindName();
    if (error.code != 0 && !error.message.contains(QString::number(error.code)))
        line += u" (code %1)"_s.arg(error.code);
    writeErr((line + u'\n').toUtf8());
}

void Output::writeOut(const QByteArray &bytes)
{
    const bool whole = std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout) == size_t(bytes.size());
    if ((std::fflush(stdout) == 0 && whole) || errno == EPIPE || m_lost)
        return;
    m_lost = Error{Error::Kind::Internal, u"standard output cannot be written: "_s + qt_error_string(errno), 0, false};
}

void Output::writeErr(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace core::commands
