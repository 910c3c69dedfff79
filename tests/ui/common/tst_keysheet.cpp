// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/actionregistry.h"
#include "ui/common/keysheet.h"

#include <QLineEdit>
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

        KeySheet sheet(registry);
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
};

SIGNALBOX_TEST(TstKeySheet)
#include "tst_keysheet.moc"
