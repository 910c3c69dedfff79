// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/plan.h"
#include "core/store/compression.h"
#include "core/store/ledgerrows.h"

#include <cstdio>
#include <cstdlib>
#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace core::store;

namespace {

void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

Connection &connection()
{
    static int argc = 1;
    static char name[] = "fuzz_ledger";
    static char *argv[] = {name, nullptr};
    static QCoreApplication app(argc, argv);
    static const std::unique_ptr<Connection> memory = [] {
        auto opened = Connection::open({}, Connection::Access::Memory);
        require(opened.has_value(), "a database in memory");
        for (const QStringList &step : ledgersql::migrations()) {
            for (const QString &statement : step)
                require((*opened)->run(statement).has_value(), "the schema");
        }
        return std::move(*opened);
    }();
    return *memory;
}

/// `n`, `d` number, `x` hexadecimal, anything else text.
QVariant cell(const QByteArray &text)
{
    const QByteArray rest = text.mid(1);
    switch (text.isEmpty() ? '\0' : text.front()) {
    case 'n':
        return {};
    case 'd':
        return rest.toLongLong();
    case 'x':
        return sqlBytes(QByteArray::fromHex(rest));
    default:
        return sqlText(QString::fromUtf8(rest));
    }
}

/// The input as the texts of an intent and its outcome, UTF-16 as it comes: what is stored is what was hashed.
void appendAnything(const QByteArray &input)
{
    Connection &db = connection();
    const QString text(reinterpret_cast<const QChar *>(input.constData()), input.size() / 2);
    LedgerIntent intent;
    intent.address = intent.verb = intent.comparison = intent.reason = intent.summary = intent.undoNote = text;
    intent.undo = text.left(3);
    intent.before = input;
    const auto ids = ledgersql::appendIntents(db, {intent, intent}, {u"2026-01-01T00:00:00.000Z"_s, text, text});
    require(ids && ids->size() == 2, "whatever is appended is taken");
    const auto closed = ledgersql::appendOutcomes(db, {{ids->first(), text, true, text}}, u"2026-01-01T00:00:01.000Z"_s);
    require(closed && *closed == QList<bool>{true}, "an outcome as well");
    const LedgerReport report = verifyLedger(db, ledgersql::head(db)->toLine());
    require(report.isIntact() && report.rows == 3 && report.open == 1, "and the ledger is intact");
}

void empty()
{
    Connection &db = connection();
    for (const QString &table : {u"blob"_s, u"intent"_s, u"outcome"_s, u"open"_s})
        require(db.run(u"DELETE FROM "_s + table).has_value(), "an empty ledger");
    require(db.run(u"UPDATE head SET hash = zeroblob(32), rows = 0"_s).has_value(), "an empty head");
}

} // namespace

/// The input is the content of ledger.head, then a row a line: table (i, o, b, h) and its columns, separated by tabs.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto value = core::guard::Value::fromCanonical(input)) {
        const auto again = core::guard::Value::fromCanonical(value->canonical());
        require(again && *again == *value, "a value comes back");
    }
    if (const auto plan = core::guard::Plan::fromFile(input)) {
        const auto file = plan->toFile();
        require(file.has_value(), "a plan read can be written");
        const auto again = core::guard::Plan::fromFile(*file);
        require(again && *again == *plan, "a plan comes back");
    }
    if (const auto bytes = decompressed(input)) {
        const auto again = decompressed(compressed(*bytes));
        require(again && *again == *bytes, "a compressed value comes back");
    }

    empty();
    appendAnything(input);
    empty();
    Connection &db = connection();
    QList<QByteArray> lines = input.split('\n');
    const QByteArray headFile = lines.takeFirst();
    if (const auto head = ledgersql::Head::fromLine(headFile))
        require(ledgersql::Head::fromLine(head->toLine()) == head, "a head comes back");
    qint64 rows = 0;
    for (const QByteArray &line : std::as_const(lines)) {
        const QList<QByteArray> parts = line.split('\t');
        const QByteArray table = parts.first();
        QVariantList cells;
        for (qsizetype i = 1; i < parts.size(); ++i)
            cells.append(cell(parts.at(i)));
        core::Result<core::Done> inserted = core::Done{};
        if (table == "i" && cells.size() == 16) {
            inserted = db.run(u"INSERT INTO intent("_s + ledgersql::IntentColumns +
                                  u", previous) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                              cells);
            rows += inserted ? 1 : 0;
        } else if (table == "o" && cells.size() == 7) {
            inserted = db.run(u"INSERT INTO outcome("_s + ledgersql::OutcomeColumns + u", previous) VALUES(?, ?, ?, ?, ?, ?, ?)"_s, cells);
            rows += inserted ? 1 : 0;
        } else if (table == "b" && cells.size() == 2) {
            inserted = db.run(u"INSERT INTO blob VALUES(?, ?)"_s, cells);
        } else if (table == "h" && cells.size() == 2) {
            inserted = db.run(u"UPDATE head SET hash = ?, rows = ?"_s, cells);
        }
        std::ignore = inserted; // rows the schema refuses are not there
    }
    const LedgerReport report = verifyLedger(db, headFile);
    require(report.rows <= rows, "no row is counted twice");
    if (report.isIntact())
        require(report.rows == rows, "an intact ledger was seen whole");
    const auto all = ledgersql::entries(db, {}, ledgersql::Order::NewestFirst, 0, 1000);
    require(all.has_value(), "whatever is in it can be listed");
    for (const LedgerEntry &entry : *all) {
        QJsonDocument(entry.toJson()).toJson();
        std::ignore = ledgersql::value(db, entry.before);
        std::ignore = ledgersql::planEntries(db, entry.plan);
    }
    return 0;
}
