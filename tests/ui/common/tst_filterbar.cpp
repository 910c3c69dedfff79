// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/filterbar.h"
#include "ui/common/prompts.h"
#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace ui;

class TstFilterBar : public QObject {
    Q_OBJECT

    std::unique_ptr<FilterBar> m_bar;
    QStringList chips() const
    {
        QStringList texts;
        for (const Chip *chip : m_bar->findChildren<Chip *>(u"filterChip"_s))
            if (!chip->isHidden())
                texts.append(chip->text());
        return texts;
    }
    void type(const QString &text) { QTest::keyClicks(m_bar->edit(), text); }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init()
    {
        tests::strict();
        m_bar = std::make_unique<FilterBar>();
        FilterField group, type;
        group.name = u"group"_s;
        type.name = u"type"_s;
        type.values = {u"yaml"_s, u"json"_s};
        type.match = FilterField::Match::Word;
        m_bar->setFields({group, type});
        m_bar->resize(600, 44);
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
        m_bar->setFocus();
    }
    void cleanup() { m_bar.reset(); }

    void typingFilters()
    {
        QSignalSpy changed(m_bar.get(), &FilterBar::queryChanged);
        type(u"pay"_s);
        QCOMPARE(changed.count(), 3);
        QCOMPARE(m_bar->query().toString(), u"pay"_s);
    }

    void finishedTermsBecomeChips()
    {
        type(u"type:yaml"_s);
        QVERIFY(chips().isEmpty());
        type(u" pay"_s);
        QCOMPARE(chips(), QStringList{u"type: yaml"_s});
        QCOMPARE(m_bar->edit()->text(), u"pay"_s);
        QCOMPARE(m_bar->text(), u"type:yaml pay"_s);
        type(u" -group:RISK"_s);
        QTest::keyClick(m_bar->edit(), Qt::Key_Return);
        QCOMPARE(chips(), (QStringList{u"type: yaml"_s, u"-group: RISK"_s}));
    }

    void chipsCanBeTakenBackAndRemoved()
    {
        m_bar->setText(u"type:yaml group:a pay"_s);
        QCOMPARE(chips().size(), 2);
        m_bar->edit()->setCursorPosition(0);
        QTest::keyClick(m_bar->edit(), Qt::Key_Backspace);
        QCOMPARE(chips(), QStringList{u"type: yaml"_s});
        QCOMPARE(m_bar->edit()->text(), u"group:a pay"_s);
        QSignalSpy changed(m_bar.get(), &FilterBar::queryChanged);
        Chip *chip = m_bar->findChildren<Chip *>(u"filterChip"_s).last();
        QTest::keyClick(chip, Qt::Key_Delete);
        QVERIFY(chips().isEmpty());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(m_bar->text(), u"group:a pay"_s);
    }

    void escapeClearsThenLeaves()
    {
        m_bar->setText(u"type:yaml pay"_s);
        QSignalSpy down(m_bar.get(), &FilterBar::downRequested);
        QTest::keyClick(m_bar->edit(), Qt::Key_Escape);
        QVERIFY(m_bar->text().isEmpty());
        QVERIFY(m_bar->query().isEmpty());
        QCOMPARE(down.count(), 0);
        QTest::keyClick(m_bar->edit(), Qt::Key_Escape);
        QCOMPARE(down.count(), 1);
    }

    void historyRemembersWhatWasLookedFor()
    {
        m_bar->setText(u"one"_s);
        QTest::keyClick(m_bar->edit(), Qt::Key_Return);
        m_bar->setText(u"two"_s);
        QTest::keyClick(m_bar->edit(), Qt::Key_Return);
        m_bar->setText(u"one"_s);
        QTest::keyClick(m_bar->edit(), Qt::Key_Return);
        QCOMPARE(m_bar->history(), (QStringList{u"one"_s, u"two"_s}));
    }

    void savedFilters()
    {
        prompts::ScriptedAnswers script;
        script.input(u"payments"_s);
        m_bar->setText(u"type:yaml pay"_s);
        QSignalSpy saved(m_bar.get(), &FilterBar::savedFiltersChanged);
        auto *menu = m_bar->findChild<QuietButton *>(u"filterMenu"_s)->menu();
        Q_EMIT menu->aboutToShow();
        for (QAction *action : menu->actions())
            if (action->text().startsWith(u"Save"_s))
                action->trigger();
        QTRY_COMPARE(saved.count(), 1);
        QCOMPARE(m_bar->savedFilters(), (QList<SavedFilter>{{u"payments"_s, u"type:yaml pay"_s}}));
        m_bar->clear();
        Q_EMIT menu->aboutToShow();
        menu->actions().at(0)->trigger();
        QCOMPARE(m_bar->text(), u"type:yaml pay"_s);
    }

    void slowFiltersAreDebounced()
    {
        m_bar->noteRunTime(std::chrono::milliseconds(80));
        QSignalSpy changed(m_bar.get(), &FilterBar::queryChanged);
        type(u"pay"_s);
        QCOMPARE(changed.count(), 0);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(m_bar->query().toString(), u"pay"_s);
    }

    void badExpressionIsMarked()
    {
        m_bar->setText(u"/(/"_s);
        QVERIFY(!m_bar->edit()->toolTip().isEmpty());
        m_bar->setText(u"/()/"_s);
        QVERIFY(m_bar->edit()->toolTip().isEmpty());
    }

    void fieldsAndValuesAreOffered()
    {
        type(u"ty"_s);
        auto *popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(m_bar->edit()->text(), u"type:"_s);
        popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(chips(), QStringList{u"type: yaml"_s});
    }
};

SIGNALBOX_TEST(TstFilterBar)
#include "tst_filterbar.moc"
