// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/output.h"

#include "core/base/clock.h"
#include "core/base/missingsecret.h"
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

/// Columns of a terminal. What is longer stands whole in its own row and moves only what follows there.
constexpr int MostPadded = 64;

/// One cell; empty: there is nothing to say.
QString cellOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? u"yes"_s : u"no"_s;
    case QJsonValue::Double:
        return value.toVariant().toString();
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array: {
        QStringList parts;
        for (const QJsonValue &part : value.toArray())
            parts.append(cellOf(part));
        return parts.join(u", "_s);
    }
    case QJsonValue::Object: {
        // Of a pair such as a header the value follows the name.
        const QJsonObject object = value.toObject();
        if (object.size() == 2 && object.contains("name"_L1))
            return object.value("name"_L1).toString() + u": "_s +
                (object.contains("value"_L1) ? cellOf(object.value("value"_L1)) : u"(kept secret)"_s);
        QStringList parts;
        for (auto it = object.begin(); it != object.end(); ++it)
            parts.append(it.key() + u' ' + cellOf(it.value()));
        return parts.join(u", "_s);
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

void appendFields(QList<QStringList> &rows, const QString &before, const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isObject())
            appendFields(rows, before + it.key() + u'.', it->toObject());
        else if (const QString cell = cellOf(*it); !cell.isEmpty())
            rows.append({before + it.key(), cell});
    }
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

TextTable TextTable::ofFields(const QJsonObject &object)
{
    TextTable table{{{u"FIELD"_s}, {u"VALUE"_s}}, {}};
    appendFields(table.rows, {}, object);
    return table;
}

QString TextTable::toText() const
{
    QList<int> widths;
    for (qsizetype c = 0; c < columns.size(); ++c) {
        int widest = width(columns.at(c).title);
        for (const QStringList &row : rows)
            if (const int own = width(row.value(c)); own <= MostPadded)
                widest = std::max(widest, own);
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
    if (isJson())
        write(object);
}

void Output::takeNotes(QJsonObject &object)
{
    if (!m_notes.isEmpty())
        object.insert(u"notes"_s, QJsonArray::fromStringList(std::exchange(m_notes, {})));
}

void Output::write(QJsonObject object)
{
    takeNotes(object);
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
            {u"code"_s, shownCode(error)},
            {u"retryable"_s, error.retryable}};
}

void Output::error(const Error &error)
{
    if (isJson()) {
        QJsonObject object{{u"error"_s, errorObject(error)}};
        takeNotes(object);
        writeErr(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
        return;
    }
    QString line = u"signalboxctl: "_s + printable(Redactor::redact(error.message)).replace(u'\n', u' ');
    if (error.message.isEmpty())
        line += error.kindName();
    if (const int code = shownCode(error); code != 0 && !error.message.contains(QString::number(code)))
        line += u" (code %1)"_s.arg(code);
    writeErr((line + u'\n').toUtf8());
}

void Output::end()
{
    QJsonObject object;
    takeNotes(object);
    if (!object.isEmpty())
        writeErr(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
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
