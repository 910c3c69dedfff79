// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ledger.h"
#include "tests/e2e/support/console.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"
#include "ui/common/diffview.h"
#include "ui/common/messagebar.h"
#include "ui/models/tableview.h"
#include "ui/shell/ledgerpage.h"

#include <QFile>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;
using tests::NoteExecutor;
using ui::TableView;

namespace {

void write(tests::Console &console, const core::guard::Change &change)
{
    core::guard::Plan plan;
    plan.title = change.summary;
    plan.reason = u"OPS-3"_s;
    plan.changes = {change};
    auto *stream = console.services().guard.submit(plan, {plan.hash(), {}, plan.reason});
    bool ended = false;
    stream->then(&console.window(), [&ended](const core::Result<core::Done> &) { ended = true; });
    QTRY_VERIFY(ended);
}

QString message(tests::Console &console)
{
    const QWidget *page = console.workbench().currentPage();
    QStringList words;
    const auto bars = page->findChildren<ui::MessageBar *>();
    for (const ui::MessageBar *bar : bars) {
        const auto labels = bar->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            if (label->isVisible())
                words.append(label->text());
    }
    return words.join(u' ');
}

} // namespace

class TstLedgerPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void listsComparesUndoesAndExports()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        write(console, NoteExecutor::change(slug, u"a"_s, {}, "one\n"));
        console.workbench().openPage({.kind = u"ledger"_s});
        auto *table = console.find<TableView>(u"ledgerTable"_s);
        QTRY_VERIFY(table && table->records()->rowCount() == 1);
        // What another part of the program writes comes by itself.
        write(console, NoteExecutor::change(slug, u"a"_s, "one\n", "two\n"));
        QTRY_COMPARE(table->records()->rowCount(), 2);
        table->select({u"2"_s}, u"2"_s);
        auto *diff = console.find<ui::DiffView>(u"ledgerDiff"_s);
        QTRY_VERIFY(diff && diff->isReady());
        QTRY_VERIFY(console.find<QAbstractButton>(u"ledgerUndo"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"ledgerUndo"_s), Qt::LeftButton);
        QTRY_VERIFY(console.widget(u"planDialog"_s));
        QTest::mouseClick(console.widget(u"planApply"_s), Qt::LeftButton);
        QTRY_COMPARE(notes.values.first().content, QByteArray("one\n"));
        QTRY_COMPARE(table->records()->rowCount(), 3);
        const auto cell = [table](const QString &id, const QString &column) {
            return table->records()->cellText(table->records()->rowOf(id), table->records()->columnIndex(column));
        };
        QTRY_COMPARE(cell(u"3"_s, u"verb"_s), u"undo of 2"_s);
        QCOMPARE(cell(u"2"_s, u"verb"_s), u"changed"_s);
        QCOMPARE(cell(u"2"_s, u"namespace"_s), u"public"_s);
        QCOMPARE(cell(u"2"_s, u"place"_s), u"Shop"_s);
        // What was taken back is not offered again; the undo can be taken back itself.
        table->select({u"2"_s}, u"2"_s);
        QTRY_VERIFY(!console.find<QAbstractButton>(u"ledgerUndo"_s)->isEnabled());
        QVERIFY(console.widget(u"ledgerUndo"_s)->toolTip().contains(u"3"_s));
        table->select({u"3"_s}, u"3"_s);
        QTRY_VERIFY(console.find<QAbstractButton>(u"ledgerUndo"_s)->isEnabled());

        const QString file = console.home().filePath(u"out.jsonl"_s);
        console.answers().file(file);
        QTest::mouseClick(console.widget(u"ledgerExport"_s), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(file));
        const auto lines = [&file] {
            QFile out(file);
            return out.open(QIODevice::ReadOnly) ? out.readAll().split('\n') : QList<QByteArray>();
        };
        QTRY_COMPARE(lines().size(), 4); // the last one is empty
        QVERIFY(QJsonDocument::fromJson(lines().first()).isObject());

        QTest::mouseClick(console.widget(u"ledgerVerify"_s), Qt::LeftButton);
        QTRY_VERIFY2_WITH_TIMEOUT(message(console).contains(u"The chain is intact"_s), qPrintable(message(console)), 30000);
        console.setLanguage(u"zh_CN"_s);
        QTRY_VERIFY2(!message(console).contains(u"chain"_s), qPrintable(message(console)));
        QVERIFY(!message(console).isEmpty());
        console.setLanguage(u"en"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(message(console).contains(u"The chain is intact"_s), qPrintable(message(console)), 30000);
    }

    void theTextSizeIsThatOfAllTexts()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        write(console, NoteExecutor::change(slug, u"a"_s, {}, "one\n"));
        console.workbench().openPage({.kind = u"ledger"_s});
        QTRY_VERIFY(console.find<ui::DiffView>(u"ledgerDiff"_s));
        const auto *diff = console.find<ui::DiffView>(u"ledgerDiff"_s);
        QCOMPARE(diff->zoom(), 0);
        QTest::keyClick(&console.window(), Qt::Key_Plus, Qt::ControlModifier);
        QTRY_COMPARE(diff->zoom(), 1);
        // The sheet of a change has it from the start; the keys reach it there, too.
        QTRY_VERIFY(console.find<QAbstractButton>(u"ledgerUndo"_s)->isEnabled());
        QTest::mouseClick(console.widget(u"ledgerUndo"_s), Qt::LeftButton);
        QTRY_VERIFY(console.find<ui::DiffView>(u"planDiff"_s));
        const auto *sheet = console.find<ui::DiffView>(u"planDiff"_s);
        QCOMPARE(sheet->zoom(), 1);
        QVERIFY(QTest::qWaitForWindowActive(console.widget(u"planDialog"_s)));
        QTest::keyClick(console.widget(u"planDialog"_s), Qt::Key_Plus, Qt::ControlModifier);
        QTRY_COMPARE(sheet->zoom(), 2);
        QCOMPARE(diff->zoom(), 2);
        QTest::mouseClick(console.widget(u"planCancel"_s), Qt::LeftButton);
        QTRY_VERIFY(!console.widget(u"planDialog"_s));
        console.window().activateWindow(); // what a window manager does
        QVERIFY(QTest::qWaitForWindowActive(&console.window()));
        QTest::keyClick(&console.window(), Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(diff->zoom(), 0);
    }

    void wordsOfTheTableAreWholeBesideThePane()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start().resize(1280, 800);
        write(console, NoteExecutor::change(slug, u"a"_s, {}, "one\n"));
        console.workbench().openPage({.kind = u"ledger"_s});
        console.window().toggleActivity();
        auto *table = console.find<TableView>(u"ledgerTable"_s);
        QTRY_VERIFY(table && table->records()->rowCount() == 1);
        QTRY_VERIFY(console.widget(u"sidePane"_s));
        const auto room = [table](const QString &column) {
            const int at = table->records()->columnIndex(column);
            return table->horizontalHeader()->isSectionHidden(at) ? 0 : table->horizontalHeader()->sectionSize(at);
        };
        const int word = table->fontMetrics().horizontalAdvance(u"undo of 1234"_s);
        QTRY_VERIFY(room(u"verb"_s) > word);
        // What stands below as well goes first.
        QVERIFY(room(u"program"_s) == 0 || room(u"program"_s) > table->fontMetrics().horizontalAdvance(u"signalboxctl"_s));
        console.window().toggleActivity();
        QTRY_VERIFY(room(u"program"_s) > 0);
    }

    void undosFindWhatTheyTookBack()
    {
        int id = 9;
        const auto row = [&id](const QByteArray &before, const QByteArray &after, const QString &summary, const QString &outcome) {
            ui::shell::LedgerRow made;
            made.entry.id = id--;
            made.entry.address = u"signalbox://shop/public/note/a"_s;
            made.entry.before = before;
            made.entry.after = after;
            made.entry.summary = summary;
            made.entry.result = core::store::LedgerEntry::Result{{}, outcome, true, {}, {}};
            return made;
        };
        // Newest first: 9 undoes 7 again, 8 did not happen, 7 undid 6; 5 and 4 are another pair of the same values; 3 looks like an undo
        // only.
        QList<ui::shell::LedgerRow> rows{row("A", "B", u"undo: undo: w"_s, u"Applied"_s),
                                         row("B", "A", u"undo: w"_s, u"Failed"_s),
                                         row("B", "A", u"undo: w"_s, u"Applied"_s),
                                         row("A", "B", u"w"_s, u"Applied"_s),
                                         row("B", "A", u"undo: w"_s, u"Applied"_s),
                                         row("A", "B", u"w"_s, u"Applied"_s),
                                         row("C", "D", u"w"_s, u"Applied"_s)};
        ui::shell::linkUndos(rows);
        QList<qint64> undoes, undoneBy;
        for (const ui::shell::LedgerRow &one : rows) {
            undoes.append(one.undoes);
            undoneBy.append(one.undoneBy);
        }
        QCOMPARE(undoes, (QList<qint64>{7, 0, 6, 0, 4, 0, 0}));
        QCOMPARE(undoneBy, (QList<qint64>{0, 0, 9, 0, 0, 5, 0}));
    }

    void aLedgerWithItsEndCutOffIsFoundOut()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        NoteExecutor::Notes notes;
        console.services().guard.add(std::make_unique<NoteExecutor>(notes));
        console.start();
        for (const QByteArray &content : {QByteArray("1"), QByteArray("2"), QByteArray("3")})
            write(console, NoteExecutor::change(slug, QString::fromLatin1(content), {}, content));
        // Somebody says the ledger is longer than it is: as if its end had been cut off.
        const QString head = console.home().filePath(u"ledger.head"_s);
        QFile file(head);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        QVERIFY(!bytes.isEmpty());
        for (char &digit : bytes)
            if (digit >= '1' && digit <= '8') {
                ++digit;
                break;
            }
        file.resize(0);
        file.seek(0);
        file.write(bytes);
        file.close();
        console.workbench().openPage({.kind = u"ledger"_s});
        QTRY_VERIFY(console.find<TableView>(u"ledgerTable"_s) && console.find<TableView>(u"ledgerTable"_s)->records()->rowCount() == 3);
        QTest::mouseClick(console.widget(u"ledgerVerify"_s), Qt::LeftButton);
        QTRY_VERIFY2(message(console).contains(u"not intact"_s), qPrintable(message(console)));
    }
};

SIGNALBOX_TEST(TstLedgerPage)
#include "tst_ledgerpage.moc"
