// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/statepage.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace ui;

class TstStatePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void quickAnswerShowsNoSkeleton()
    {
        StatePage page;
        auto *content = new QLabel(u"rows"_s);
        page.setContent(content);
        page.showContent();
        page.showLoading();
        QCOMPARE(page.state(), StatePage::State::Loading);
        QCOMPARE(page.currentWidget(), content); // what was there stays for the moment
        page.showContent();
        QCOMPARE(page.currentWidget(), content);
        QCOMPARE(page.state(), StatePage::State::Content);
    }

    void slowAnswerShowsOne()
    {
        StatePage page;
        page.setContent(new QLabel);
        page.setSkeletonDelay(20ms);
        page.showLoading(u"Loading configurations"_s);
        QTRY_COMPARE(page.currentWidget()->objectName(), u"statePageSkeleton"_s);
        QCOMPARE(page.currentWidget()->accessibleName(), u"Loading configurations"_s);
        page.showContent();
        QCOMPARE(page.currentWidget(), page.content());
    }

    void emptyOffersTheFirstAction()
    {
        StatePage page;
        bool ran = false;
        page.showEmpty({Icon::Config, u"Nothing here yet."_s, u"New config"_s, [&] { ran = true; }, {}});
        QCOMPARE(page.state(), StatePage::State::Empty);
        QCOMPARE(page.findChild<QLabel *>(u"statePageSentence"_s)->text(), u"Nothing here yet."_s);
        page.findChild<QAbstractButton *>(u"statePageAction"_s)->click();
        QVERIFY(ran);
    }

    void errorOffersRetryAndDetails()
    {
        StatePage page;
        int tries = 0;
        page.showError({core::Error::Kind::Network, u"refused"_s, 0, true}, u"Cannot load"_s, [&] { ++tries; });
        QCOMPARE(page.state(), StatePage::State::Error);
        auto *retry = page.findChild<QAbstractButton *>(u"statePageAction"_s);
        QVERIFY(!retry->isHidden());
        retry->click();
        QCOMPARE(tries, 1);
        QVERIFY(!page.findChild<QAbstractButton *>(u"statePageDetails"_s)->isHidden());
        page.showError({core::Error::Kind::Forbidden, {}, 403, false}, u"Cannot load"_s);
        QVERIFY(retry->isHidden());
    }

    void focusStaysInside()
    {
        QWidget window;
        window.resize(400, 300);
        StatePage page(&window);
        page.resize(400, 260);
        auto *content = new QLineEdit;
        page.setContent(content);
        page.showContent();
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        content->setFocus();
        page.showError({core::Error::Kind::Network, {}, 0, true}, u"x"_s, [] {});
        QVERIFY(page.isAncestorOf(QApplication::focusWidget()));
        page.showContent();
        QCOMPARE(QApplication::focusWidget(), content);
    }

    void focusGivenToItGoesToWhatIsOnShow()
    {
        QWidget window;
        window.resize(400, 300);
        StatePage page(&window);
        page.resize(400, 260);
        auto *outside = new QLineEdit(&window);
        outside->move(0, 270);
        auto *content = new QWidget;
        auto *field = new QLineEdit(content);
        content->setFocusProxy(field);
        page.setContent(content);
        page.showLoading();
        window.setFocusProxy(&page);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        outside->setFocus();
        QTRY_COMPARE(page.currentWidget()->objectName(), u"statePageSkeleton"_s);
        window.setFocus();
        QCOMPARE(QApplication::focusWidget(), &page); // waits
        page.showContent();
        QCOMPARE(QApplication::focusWidget(), field);
        // Nothing to press in it: it waits again.
        page.showEmpty({Icon::Empty, u"Nothing"_s, {}, {}, {}});
        QVERIFY(QApplication::focusWidget() == &page || page.isAncestorOf(QApplication::focusWidget()));
        page.showContent();
        QCOMPARE(QApplication::focusWidget(), field);
        // Who is elsewhere stays there.
        outside->setFocus();
        page.showEmpty({Icon::Empty, u"Nothing"_s, u"Begin"_s, [] {}, {}});
        page.showContent();
        QCOMPARE(QApplication::focusWidget(), outside);
    }

    void stateIsAnnouncedOnce()
    {
        StatePage page;
        page.setContent(new QLabel);
        QSignalSpy changed(&page, &StatePage::stateChanged);
        page.showLoading();
        page.showLoading();
        page.showContent();
        page.showContent();
        QCOMPARE(changed.count(), 2);
    }
};

SIGNALBOX_TEST(TstStatePage)
#include "tst_statepage.moc"
