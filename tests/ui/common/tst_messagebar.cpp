// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/messagebar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace ui;

class TstMessageBar : public QObject {
    Q_OBJECT

    static Message message(StateColor state, const QString &text, const QString &id = {})
    {
        Message result;
        result.state = state;
        result.text = text;
        result.id = id;
        return result;
    }
    static QString shown(const MessageBar &bar) { return bar.findChild<QLabel *>(u"messageBarText"_s)->text(); }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void isHiddenUntilThereIsSomethingToSay()
    {
        MessageBar bar;
        QVERIFY(bar.isHidden());
        bar.show(StateColor::Info, u"hello"_s);
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.accessibleName(), u"hello"_s);
        bar.clear();
        QVERIFY(bar.isHidden());
    }

    // Nobody can reach what goes away while the hand is on its way.
    void whatOffersSomethingStays()
    {
        // Away from the mouse, wherever that is, and not the first to have the focus.
        QWidget window;
        window.resize(600, 400);
        auto *field = new QLineEdit(&window);
        auto *bar = new MessageBar(&window);
        bar->setGeometry(100, 300, 400, 40);
        window.show();
        field->setFocus();
        Message done = message(StateColor::Ok, u"deleted"_s);
        done.closeAfter = 1ms;
        done.actions = {{u"Undo"_s, {bar, [] {}}}};
        bar->show(done);
        auto *timer = bar->findChild<QTimer *>();
        QVERIFY(timer->isActive() && timer->intervalAsDuration() >= 15s);
        // And as long as it has the focus.
        QVERIFY(QTest::qWaitForWindowActive(&window));
        bar->findChild<QAbstractButton *>(u"messageBarAction"_s)->setFocus();
        QVERIFY(!timer->isActive());
        field->setFocus();
        QVERIFY(timer->isActive());
        QEnterEvent enter({1, 1}, {1, 1}, {1, 1});
        bar->setAttribute(Qt::WA_UnderMouse);
        QCoreApplication::sendEvent(bar, &enter);
        QVERIFY(!timer->isActive());
        bar->setAttribute(Qt::WA_UnderMouse, false);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(bar, &leave);
        QVERIFY(timer->isActive());
    }

    void errorsComeFirst()
    {
        MessageBar bar;
        bar.show(message(StateColor::Info, u"info"_s));
        bar.show(message(StateColor::Error, u"error"_s));
        bar.show(message(StateColor::Warning, u"warning"_s));
        QCOMPARE(shown(bar), u"error"_s);
        bar.findChild<QAbstractButton *>(u"messageBarClose"_s)->click();
        QCOMPARE(shown(bar), u"warning"_s);
        bar.show(message(StateColor::Warning, u"newer"_s));
        QCOMPARE(shown(bar), u"newer"_s);
        QCOMPARE(bar.messages().size(), 3);
    }

    // Nobody reads through a row of things that went well.
    void aSuccessMakesWayForTheNext()
    {
        MessageBar bar;
        bar.show(StateColor::Ok, u"first"_s);
        bar.show(message(StateColor::Warning, u"look"_s));
        bar.show(StateColor::Ok, u"second"_s);
        QCOMPARE(bar.messages().size(), 2);
        QCOMPARE(shown(bar), u"second"_s);
    }

    /// What stays waits behind the answer to what one just did.
    void theAnswerIsOnTop()
    {
        MessageBar bar;
        bar.show(message(StateColor::Warning, u"keychain"_s, u"k"_s));
        Message done = message(StateColor::Ok, u"published"_s, u"plan"_s);
        done.closeAfter = 10min;
        bar.show(done);
        QCOMPARE(shown(bar), u"published"_s);
        bar.show(message(StateColor::Warning, u"another"_s));
        QCOMPARE(shown(bar), u"published"_s);
        auto *more = bar.findChild<QAbstractButton *>(u"messageBarMore"_s);
        QCOMPARE(more->text(), u"2 more"_s);
        more->click();
        QCOMPARE(shown(bar), u"another"_s);
        more->click();
        QCOMPARE(shown(bar), u"keychain"_s);
        // The same once more, while it is behind.
        done.text = u"published again"_s;
        bar.show(done);
        QCOMPARE(shown(bar), u"published again"_s);
        bar.show(message(StateColor::Error, u"failed"_s));
        QCOMPARE(shown(bar), u"failed"_s);
        bar.closePassing();
        QCOMPARE(bar.messages().size(), 3);
        QCOMPARE(shown(bar), u"failed"_s);
    }

    void sameIdReplaces()
    {
        MessageBar bar;
        bar.show(message(StateColor::Warning, u"1"_s, u"x"_s));
        bar.show(message(StateColor::Warning, u"2"_s, u"x"_s));
        QCOMPARE(bar.messages().size(), 1);
        QCOMPARE(shown(bar), u"2"_s);
        bar.close(u"y"_s);
        QCOMPARE(bar.messages().size(), 1);
        bar.close(u"x"_s);
        QVERIFY(bar.isEmpty());
    }

    void actionsRunAndClose()
    {
        MessageBar bar;
        int ran = 0;
        Message question = message(StateColor::Warning, u"changed on the server"_s);
        question.actions = {{u"Show"_s, {&bar, [&] { ++ran; }}, MessageAction::Then::Stay},
                            {u"Keep mine"_s, {&bar, [&] { ran += 10; }}, MessageAction::Then::Close}};
        bar.show(question);
        const QList<QAbstractButton *> buttons = bar.findChildren<QAbstractButton *>(u"messageBarAction"_s);
        QCOMPARE(buttons.size(), 2);
        buttons.at(0)->click();
        QCOMPARE(ran, 1);
        QVERIFY(!bar.isHidden());
        buttons.at(1)->click();
        QCOMPARE(ran, 11);
        QVERIFY(bar.isHidden());
    }

    // Nobody is offered what cannot be done any more.
    void actionGoesWithWhatItActsOn()
    {
        MessageBar bar;
        auto owner = std::make_unique<QObject>();
        int ran = 0;
        Message gone = message(StateColor::Ok, u"removed"_s);
        gone.actions = {{u"Undo"_s, {owner.get(), [&] { ++ran; }}, MessageAction::Then::Stay},
                        {u"Show"_s, {&bar, [] {}}, MessageAction::Then::Stay}};
        bar.show(gone);
        const QList<QAbstractButton *> buttons = bar.findChildren<QAbstractButton *>(u"messageBarAction"_s);
        QCOMPARE(buttons.size(), 2);
        buttons.first()->click();
        QCOMPARE(ran, 1);
        owner.reset();
        buttons.first()->click();
        QTRY_VERIFY(buttons.first()->isHidden());
        QVERIFY(!buttons.last()->isHidden());
        bar.current().actions.first().run();
        QCOMPARE(ran, 1);
        // Nor when it comes up again.
        bar.show(gone);
        const auto offered = [&bar] {
            QStringList texts;
            const auto all = bar.findChildren<QAbstractButton *>(u"messageBarAction"_s);
            for (const QAbstractButton *one : all)
                if (one->isVisible())
                    texts.append(one->text());
            return texts;
        };
        QTRY_COMPARE(offered(), QStringList{u"Show"_s});
    }

    void actionMayShowTheNextMessage()
    {
        MessageBar bar;
        Message first = message(StateColor::Error, u"first"_s);
        first.actions = {{u"Retry"_s, {&bar, [&bar] { bar.show(StateColor::Ok, u"done"_s); }}, MessageAction::Then::Close}};
        bar.show(first);
        bar.findChild<QAbstractButton *>(u"messageBarAction"_s)->click();
        QCOMPARE(shown(bar), u"done"_s);
    }

    void goesAfterItsTime()
    {
        QWidget window;
        window.resize(600, 400);
        auto *field = new QLineEdit(&window);
        MessageBar bar(&window);
        bar.setGeometry(100, 300, 400, 40);
        window.show();
        field->setFocus();
        Message done = message(StateColor::Ok, u"published"_s);
        done.closeAfter = 30ms;
        bar.show(done);
        QSignalSpy changed(&bar, &MessageBar::changed);
        QTRY_VERIFY(bar.isHidden());
        QCOMPARE(changed.count(), 1);
    }

    void errorsHaveDetails()
    {
        MessageBar bar;
        bar.showError({core::Error::Kind::Timeout, u"deadline of 3000 ms passed"_s, 504, true}, u"Cannot publish"_s);
        QVERIFY(shown(bar).startsWith(u"Cannot publish: "_s));
        auto *details = bar.findChild<QPlainTextEdit *>();
        QVERIFY(details->isHidden());
        bar.findChild<QAbstractButton *>(u"messageBarDetails"_s)->click();
        QVERIFY(!details->isHidden());
        QVERIFY(details->toPlainText().contains(u"504"_s));
    }

    void cancelledIsNoError()
    {
        MessageBar bar;
        bar.showError({core::Error::Kind::Cancelled, {}, 0, false}, u"x"_s);
        QVERIFY(bar.isEmpty());
    }

    void escapeCloses()
    {
        MessageBar bar;
        bar.show(StateColor::Info, u"x"_s);
        QTest::keyClick(bar.findChild<QAbstractButton *>(u"messageBarClose"_s), Qt::Key_Escape);
        QVERIFY(bar.isEmpty());
    }

    void givesTheFocusBackToWhatItIsAbout()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *first = new QLineEdit(&window); // next in the order of Tab, and none of its business
        auto *page = new QWidget(&window);
        auto *inner = new QVBoxLayout(page);
        auto *bar = new MessageBar(page);
        auto *text = new QPlainTextEdit(page);
        page->setFocusProxy(text);
        inner->addWidget(bar);
        inner->addWidget(text);
        layout->addWidget(first);
        layout->addWidget(page);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        Message keep = message(StateColor::Warning, u"Changed"_s);
        keep.actions = {{u"Keep mine"_s, {bar, [] {}}}};
        bar->show(keep);
        auto *action = bar->findChild<QAbstractButton *>(u"messageBarAction"_s);
        action->setFocus();
        QTest::keyClick(action, Qt::Key_Space);
        QVERIFY(bar->isHidden());
        QCOMPARE(QApplication::focusWidget(), text);
        // A message that goes while somebody types takes nothing away.
        bar->show(message(StateColor::Info, u"hello"_s));
        first->setFocus();
        bar->clear();
        QCOMPARE(QApplication::focusWidget(), first);
    }
};

SIGNALBOX_TEST(TstMessageBar)
#include "tst_messagebar.moc"
