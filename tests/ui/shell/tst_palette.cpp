// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/practice.h"
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/shell/palette.h"
#include "ui/shell/tabarea.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using ui::shell::fuzzyMatch;
using ui::shell::Palette;

class TstPalette : public QObject {
    Q_OBJECT

    static Palette *palette(tests::Console &console) { return console.find<Palette>(u"palette"_s); }

private Q_SLOTS:
    void init() { tests::strictWindows(); }

    // Wherever it is opened: no two lines with the same words and keys.
    void noCommandIsThereTwice()
    {
        tests::Console console;
        console.start();
        QVERIFY(console.startPractice());
        for (const QString &kind : {u"configs"_s, u"drafts"_s, u"ledger"_s}) {
            console.workbench().openPage({.kind = kind, .subject = {core::profiles::PracticeServers::slug(), u"public"_s}});
            console.window().openPalette(u">"_s);
            const auto *palette = console.find<ui::shell::Palette>(u"palette"_s);
            QVERIFY(palette && palette->resultCount() > 20);
            QStringList seen, twice;
            for (int row = 0; row < palette->resultCount(); ++row) {
                const ui::shell::PaletteItem *item = palette->itemAt(row);
                const QString words = QString(item->title).remove(u'…') + u'|' + item->keys;
                if (seen.contains(words))
                    twice.append(words);
                seen.append(words);
            }
            QCOMPARE(twice, QStringList());
            QTest::keyClick(console.widget(u"paletteEdit"_s), Qt::Key_Escape);
        }
    }

    void ranksAsListed()
    {
        const auto best = [](const QString &pattern, const QStringList &texts) {
            int before = 1001;
            for (const QString &text : texts) {
                const auto match = fuzzyMatch(text, pattern);
                if (!match || match->first >= before)
                    return text;
                before = match->first;
            }
            return QString();
        };
        QCOMPARE(best(u"ledger"_s, {u"Ledger"_s, u"Ledger export"_s, u"Verify the ledger"_s}), QString());
        QCOMPARE(best(u"log"_s, {u"Log"_s, u"Show log"_s, u"Catalog"_s}), QString());
        QCOMPARE(best(u"osc"_s, {u"oscar"_s, u"order-service-config"_s}), QString());
        QCOMPARE(best(u"配置"_s, {u"配置"_s, u"新建配置"_s}), QString());
        QVERIFY(!fuzzyMatch(u"Ledger"_s, u"xyz"_s));
        QVERIFY(!fuzzyMatch(QString(), u"a"_s));
        QVERIFY(fuzzyMatch(u"anything"_s, QString()));
    }

    void marksWhatMatched()
    {
        const auto match = fuzzyMatch(u"order-service"_s, u"ser"_s);
        QVERIFY(match);
        QCOMPARE(match->second, (QList<int>{6, 7, 8}));
    }

    void opensByKeyRunsACommandAndGivesTheFocusBack()
    {
        tests::Console console;
        console.start();
        QWidget *before = QApplication::focusWidget();
        QTest::keyClick(&console.window(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(palette(console));
        auto *edit = console.find<QLineEdit>(u"paletteEdit"_s);
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, u">log"_s);
        QTRY_VERIFY(palette(console)->resultCount() > 0);
        QCOMPARE(palette(console)->itemAt(0)->title, u"Log"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(!palette(console));
        QVERIFY(console.window().isLogShown());

        QTest::keyClick(&console.window(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(palette(console));
        QTest::keyClick(edit, Qt::Key_Escape);
        QTRY_VERIFY(!palette(console));
        QCOMPARE(QApplication::focusWidget(), before);
    }

    void pagesByColon()
    {
        tests::Console console;
        console.start();
        console.window().openPalette(u":settings"_s);
        QTRY_VERIFY(palette(console));
        QCOMPARE(palette(console)->itemAt(0)->title, u"Settings"_s);
        QTest::keyClick(console.find<QLineEdit>(u"paletteEdit"_s), Qt::Key_Return);
        QTRY_COMPARE(console.currentKind(), u"settings"_s);
    }

    void theEnglishNameFindsItInEveryLanguage()
    {
        tests::Console console;
        console.start();
        console.setLanguage(u"zh_CN"_s);
        console.window().openPalette(u":ledger"_s);
        QTRY_VERIFY(palette(console) && palette(console)->resultCount() > 0);
        QTest::keyClick(console.find<QLineEdit>(u"paletteEdit"_s), Qt::Key_Return);
        QTRY_COMPARE(console.currentKind(), u"ledger"_s);
        console.setLanguage(u"en"_s);
    }

    void nothingFoundIsSaid()
    {
        tests::Console console;
        console.start();
        const auto said = [&console] {
            const auto labels = palette(console)->findChildren<QLabel *>();
            return std::any_of(labels.cbegin(), labels.cend(),
                               [](const QLabel *label) { return label->text().contains(u"Nothing fits"_s); });
        };
        console.window().openPalette(u">qqqqzzzz"_s);
        QTRY_VERIFY(palette(console));
        QTRY_VERIFY(said());
        QTest::keyClick(console.find<QLineEdit>(u"paletteEdit"_s), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(console.find<QLineEdit>(u"paletteEdit"_s), u">log"_s);
        QTRY_VERIFY(palette(console)->resultCount() > 0);
        QVERIFY(!said());
    }

    void disabledCommandsSayWhyAndDoNotRun()
    {
        tests::Console console;
        console.start();
        console.window().openPalette(u">reconnect"_s);
        QTRY_VERIFY(palette(console) && palette(console)->resultCount() > 0);
        const ui::shell::PaletteItem *item = palette(console)->itemAt(0);
        QCOMPARE(item->title, u"Reconnect"_s);
        QVERIFY(!item->reason.isEmpty());
        QTest::keyClick(console.find<QLineEdit>(u"paletteEdit"_s), Qt::Key_Return);
        QVERIFY(palette(console)); // stays: nothing was run
    }

    void anAddressIsOffered()
    {
        tests::Console console;
        console.start();
        console.window().openPalette(u"signalbox://shop/public/config/G/a.yaml"_s);
        QTRY_VERIFY(palette(console) && palette(console)->resultCount() > 0);
        QCOMPARE(palette(console)->itemAt(0)->title, u"signalbox://shop/public/config/G/a.yaml"_s);
    }

    void arrowsGoAround()
    {
        tests::Console console;
        console.start();
        console.window().openPalette(u":"_s);
        QTRY_VERIFY(palette(console) && palette(console)->resultCount() > 2);
        auto *edit = console.find<QLineEdit>(u"paletteEdit"_s);
        auto *list = console.find<QAbstractItemView>(u"paletteList"_s);
        QCOMPARE(list->currentIndex().row(), 0);
        QTest::keyClick(edit, Qt::Key_Up);
        QCOMPARE(list->currentIndex().row(), palette(console)->resultCount() - 1);
        QTest::keyClick(edit, Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), 0);
    }
};

SIGNALBOX_TEST(TstPalette)
#include "tst_palette.moc"
