// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/widgets.h"

#include <QHelpEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTimer>
#include <QToolTip>

using namespace Qt::StringLiterals;
using namespace ui;

class TstWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void buttonsWorkByKeyboard()
    {
        LinkLabel link(u"and 2 more"_s);
        Chip chip(u"type: yaml"_s);
        PillButton pill;
        for (QAbstractButton *button : std::initializer_list<QAbstractButton *>{&link, &chip, &pill}) {
            QSignalSpy clicked(button, &QAbstractButton::clicked);
            QTest::keyClick(button, Qt::Key_Space);
            QTest::keyClick(button, Qt::Key_Return);
            QCOMPARE(clicked.count(), 2);
            QCOMPARE(button->focusPolicy(), Qt::StrongFocus);
        }
    }

    void chipIsRemovedByCrossAndDelete()
    {
        Chip chip(u"type: yaml"_s);
        chip.resize(chip.sizeHint());
        QSignalSpy removed(&chip, &Chip::removeRequested), clicked(&chip, &QAbstractButton::clicked);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 10, chip.height() / 2));
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(removed.count(), 2);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(8, chip.height() / 2));
        QCOMPARE(clicked.count(), 1);
        chip.setRemoval(Chip::Removal::None);
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(removed.count(), 2);
    }

    void pillOpensItsMenu()
    {
        PillButton pill;
        QMenu menu;
        menu.addAction(u"public"_s);
        pill.setMenu(&menu);
        pill.setText(u"shop"_s);
        pill.show();
        QTest::keyClick(&pill, Qt::Key_Down);
        QTRY_VERIFY(menu.isVisible());
        menu.hide();
    }

    void elidedLabelShowsTheWholeInTheTooltip()
    {
        ElidedLabel label(u"com.example.payment.gateway.configuration.yaml"_s);
        label.setElideMode(Qt::ElideMiddle);
        label.resize(label.sizeHint());
        QVERIFY(!label.isElided());
        label.resize(90, label.sizeHint().height());
        QVERIFY(label.isElided());
        label.show();
        QHelpEvent help(QEvent::ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(&label, &help);
        QCOMPARE(QToolTip::text(), label.text());
        QToolTip::hideText();
        QVERIFY(label.minimumSizeHint().width() < 90);
    }

    void iconButtonsHaveNames()
    {
        const std::unique_ptr<QuietButton> button(QuietButton::iconOnly(Icon::Refresh, u"Refresh"_s));
        QCOMPARE(button->accessibleName(), u"Refresh"_s);
        QCOMPARE(button->toolTip(), u"Refresh"_s);
        Badge badge(u"latest"_s, StateColor::Ok);
        QCOMPARE(badge.accessibleName(), u"latest"_s);
    }

    void activityTurnsOnlyWhileVisible()
    {
        Theme::setMotion(Theme::Motion::Full);
        ActivityIndicator activity;
        auto *timer = activity.findChild<QTimer *>();
        activity.setRunning(true);
        QVERIFY(!timer->isActive());
        activity.show();
        QVERIFY(timer->isActive());
        activity.setProgress(0.5);
        QVERIFY(!timer->isActive());
        activity.setProgress(-1);
        activity.hide();
        QVERIFY(!timer->isActive());
        Theme::setMotion(Theme::Motion::Reduced);
        activity.show();
        QVERIFY(!timer->isActive());
        Theme::setMotion(Theme::Motion::Desktop);
    }
};

SIGNALBOX_TEST(TstWidgets)
#include "tst_widgets.moc"
