// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/rowactions.h"
#include "ui/common/usualkeys.h"
#include "ui/models/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

struct Thing {
    QString id, kind;
    friend bool operator==(const Thing &, const Thing &) = default;
};

QList<RecordColumn<Thing>> columns()
{
    RecordColumn<Thing> id{{.id = u"id"_s, .title = u"ID"_s}, [](const Thing &thing) { return thing.id; }};
    RecordColumn<Thing> kind{{.id = u"kind"_s, .title = u"Kind"_s}, [](const Thing &thing) { return thing.kind; }};
    return {id, kind};
}

} // namespace

class TstRowActions : public QObject {
    Q_OBJECT
    struct Page : QWidget {
        Page()
            : model([](const Thing &thing) { return thing.id; }, columns())
            , table(new TableView(this))
            , remove(new QPushButton(u"Remove"_s, this))
        {
            auto *layout = new QVBoxLayout(this);
            layout->addWidget(table);
            layout->addWidget(remove);
            table->setRecords(&model, u"Things"_s);
            model.upsert({{u"a"_s, u"one"_s}, {u"b"_s, u"two"_s}});
            connect(remove, &QAbstractButton::clicked, this, [this] { ++removed; });
            resize(500, 300);
        }
        RecordModel<Thing> model;
        TableView *table;
        QPushButton *remove;
        int removed = 0;
    };
    static QStringList texts(const QMenu &menu)
    {
        QStringList all;
        for (const QAction *action : menu.actions())
            all.append(action->isSeparator() ? u"-"_s : action->text());
        return all;
    }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void keysDoWhatTheButtonDoes()
    {
        Page page;
        auto *rows = new RowActions(page.table);
        rows->add(page.remove, {QKeySequence(Qt::Key_Delete)});
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.table->setFocus();
        QTest::keyClick(page.table, Qt::Key_Delete);
        QCOMPARE(page.removed, 1);
        page.remove->setEnabled(false);
        QTest::keyClick(page.table, Qt::Key_Delete);
        QCOMPARE(page.removed, 1);
        page.remove->setEnabled(true);
        // Elsewhere the key is somebody else's.
        page.remove->setFocus();
        QTest::keyClick(page.remove, Qt::Key_Delete);
        QCOMPARE(page.removed, 1);
    }

    void theMenuSaysWhatTheButtonsSay()
    {
        Page page;
        auto *rows = new RowActions(page.table);
        rows->add(page.remove, {QKeySequence(Qt::Key_Delete)});
        rows->addLine();
        rows->addCopyRows(page.table);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.table->select({u"b"_s});
        page.remove->setEnabled(false);
        page.remove->setToolTip(u"It stays."_s);
        QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(5, 5), page.table->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(page.table, &ask);
        QPointer<QMenu> menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QCOMPARE(texts(*menu), (QStringList{u"Remove"_s, u"-"_s, u"&Copy\tCtrl+C"_s}));
        QVERIFY(!menu->actions().first()->isEnabled());
        QCOMPARE(menu->actions().first()->toolTip(), u"It stays."_s);
        menu->actions().last()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"b\ttwo"_s);
        menu->close();
        QTRY_VERIFY(!menu);
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        // The key asks anew.
        page.remove->setEnabled(true);
        page.table->setFocus();
        QTest::keyClick(page.table, Qt::Key_Delete);
        QCOMPARE(page.removed, 1);
        QTest::keyClick(page.table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"b\ttwo"_s);
    }

    void anyListHasOne()
    {
        QListWidget list;
        list.addItems({u"x"_s, u"y"_s});
        int ran = 0;
        auto *rows = new RowActions(&list);
        rows->add({.text = [] { return u"Run"_s; }, .keys = {QKeySequence(Qt::Key_F2)}, .run = {&list, [&ran] { ++ran; }}});
        list.show();
        QVERIFY(QTest::qWaitForWindowActive(&list));
        list.setFocus();
        QTest::keyClick(&list, Qt::Key_F2);
        QCOMPARE(ran, 1);
        QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(5, 5), list.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(&list, &ask);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QCOMPARE(texts(*menu), (QStringList{u"Run"_s}));
        menu->close();
    }

    void shiftF10AndReturn_asPeopleExpect()
    {
        UsualKeys keys;
        qApp->installEventFilter(&keys);
        Page page;
        auto *rows = new RowActions(page.table);
        rows->add(page.remove);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.table->setFocus();
        QTest::keyClick(page.table, Qt::Key_F10, Qt::ShiftModifier);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        menu->close();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.remove->setFocus();
        QTest::keyClick(page.remove, Qt::Key_Return);
        QCOMPARE(page.removed, 1);
        QTest::keyClick(page.remove, Qt::Key_Enter);
        QCOMPARE(page.removed, 2);
        page.remove->setCheckable(true);
        QTest::keyClick(page.remove, Qt::Key_Return);
        QCOMPARE(page.removed, 2);
    }
};

SIGNALBOX_TEST(TstRowActions)
#include "tst_rowactions.moc"
