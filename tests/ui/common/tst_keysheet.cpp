// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/actionregistry.h"
#include "ui/common/keysheet.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace ui;

class TstKeySheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void listsFiltersAndRuns()
    {
        ActionRegistry registry;
        int ran = 0;
        Command publish;
        publish.id = u"publish"_s;
        publish.text = u"&Publish…"_s;
        publish.context = u"Configs"_s;
        publish.keys = {QKeySequence(Qt::CTRL | Qt::Key_Return)};
        publish.run = [&] { ++ran; };
        registry.add(publish);
        Command without;
        without.id = u"export"_s;
        without.text = u"Export"_s;
        without.context = u"Configs"_s;
        registry.add(without);

        KeySheet sheet(registry, {});
        sheet.show();
        QVERIFY(QTest::qWaitForWindowActive(&sheet));
        auto *view = sheet.findChild<QTreeView *>(u"keySheetList"_s);
        auto *filter = sheet.findChild<QLineEdit *>(u"keySheetFilter"_s);
        QCOMPARE(QApplication::focusWidget(), filter);
        QCOMPARE(view->model()->rowCount(), 1);
        QModelIndex heading = view->model()->index(0, 0);
        QCOMPARE(heading.data().toString(), u"Configs"_s);
        QCOMPARE(view->model()->rowCount(heading), 1); // only what has keys
        QTest::keyClicks(filter, u"exp"_s);
        heading = view->model()->index(0, 0);
        QCOMPARE(view->model()->index(0, 0, heading).data().toString(), u"Export"_s);
        filter->setText(u"ctrl+return"_s);
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(), view);
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(ran, 1);
        QVERIFY(!sheet.isVisible());
    }

    void movesFromTheFieldAndSaysWhenNothingFits()
    {
        ActionRegistry registry;
        for (int i = 0; i < 80; ++i)
            registry.add({.id = u"c%1"_s.arg(i),
                          .text = u"Command %1"_s.arg(i),
                          .context = u"Many"_s,
                          .keys = {QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_A + i % 26))}});
        KeySheet sheet(registry, {{u"Lists"_s, u"Open"_s, u"Return"_s}});
        sheet.show();
        QVERIFY(QTest::qWaitForWindowActive(&sheet));
        auto *view = sheet.findChild<QTreeView *>(u"keySheetList"_s);
        auto *filter = sheet.findChild<QLineEdit *>(u"keySheetFilter"_s);
        QScrollBar *bar = view->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        QTest::keyClick(filter, Qt::Key_PageDown);
        const int page = bar->value();
        QVERIFY(page > 0);
        QTest::keyClick(filter, Qt::Key_Down);
        QVERIFY(bar->value() > page);
        QTest::keyClick(filter, Qt::Key_Up);
        QTest::keyClick(filter, Qt::Key_PageUp);
        QCOMPARE(bar->value(), 0);
        QTest::keyClick(filter, Qt::Key_End);
        QCOMPARE(bar->value(), bar->maximum());
        QTest::keyClick(filter, Qt::Key_Home);
        QCOMPARE(bar->value(), 0);
        QCOMPARE(QApplication::focusWidget(), filter);

        QTest::keyClicks(filter, u"lists"_s);
        QCOMPARE(view->model()->rowCount(), 1); // what belongs to no command is found, too
        filter->setText(u"qqzz"_s);
        const auto *sentence = sheet.findChild<QLabel *>(u"statePageSentence"_s);
        QVERIFY(sentence->isVisible());
        QCOMPARE(sentence->text(), u"Nothing fits “qqzz”."_s);
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(), filter);
        filter->clear();
        QVERIFY(!sentence->isVisible());
    }
};

SIGNALBOX_TEST(TstKeySheet)
#include "tst_keysheet.moc"
