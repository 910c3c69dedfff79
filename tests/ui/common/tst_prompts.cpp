// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/prompts.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace ui;
using namespace ui::prompts;

class TstPrompts : public QObject {
    Q_OBJECT

    static QDialog *dialog() { return qobject_cast<QDialog *>(QApplication::activeModalWidget()); }
    static QPushButton *verb() { return dialog()->findChild<QPushButton *>(u"promptVerb"_s); }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void scriptedAnswersInOrder()
    {
        ScriptedAnswers script;
        script.confirm({ConfirmAnswer::Choice::Verb, u"prod"_s, u"INC-1"_s});
        script.input(u"new name"_s);
        script.leave(Leave::Discard);
        script.file(u"/tmp/x.yaml"_s);
        script.files({u"a"_s, u"b"_s});
        script.cancel();
        QObject context;
        QStringList got;
        Confirm question;
        question.title = u"Delete?"_s;
        question.text = u"3 configs"_s;
        confirm(nullptr, question)->then(&context, [&](const core::Result<ConfirmAnswer> &a) { got.append(a->typed + u'/' + a->reason); });
        QVERIFY(got.isEmpty()); // never inside the call
        input(nullptr, {})->then(&context, [&](const core::Result<QString> &a) { got.append(*a); });
        leaveModified(nullptr, u"app.yaml"_s)->then(&context, [&](const core::Result<Leave> &a) {
            got.append(*a == Leave::Discard ? u"discard"_s : u"save"_s);
        });
        saveFile(nullptr, {})->then(&context, [&](const core::Result<QString> &a) { got.append(*a); });
        openFiles(nullptr, {})->then(&context, [&](const core::Result<QStringList> &a) { got.append(a->join(u'+')); });
        folder(nullptr, {})->then(&context, [&](const core::Result<QString> &a) { got.append(a ? u"?"_s : a.error().kindName()); });
        QTRY_COMPARE(got, (QStringList{u"prod/INC-1"_s, u"new name"_s, u"discard"_s, u"/tmp/x.yaml"_s, u"a+b"_s, u"Cancelled"_s}));
        QCOMPARE(script.left(), 0);
        QCOMPARE(script.asked().first(), u"Delete?\n3 configs"_s);
        QVERIFY(script.unanswered().isEmpty());
    }

    void promptWithoutAnAnswerIsCancelledAndNoted()
    {
        ScriptedAnswers script;
        script.input(u"not for a confirm"_s);
        QObject context;
        int cancelled = 0;
        Confirm question;
        question.title = u"Delete?"_s;
        for (int i = 0; i < 2; ++i)
            confirm(nullptr, question)->then(&context, [&](const core::Result<ConfirmAnswer> &a) { cancelled += a ? 0 : 1; });
        QTRY_COMPARE(cancelled, 2);
        QCOMPARE(script.unanswered().size(), 2);
    }

    void dangerousQuestionsWaitForTheWord()
    {
        QObject context;
        std::optional<core::Result<ConfirmAnswer>> got;
        Confirm question;
        question.title = u"Delete 2 configs?"_s;
        question.text = u"They are read by 14 listeners."_s;
        question.items = {u"a.yaml"_s, u"b.yaml"_s};
        question.verb = u"Delete 2 configs"_s;
        question.state = StateColor::Error;
        question.typedWord = u"production"_s;
        question.reason = Confirm::Reason::Required;
        confirm(nullptr, question)->then(&context, [&](const core::Result<ConfirmAnswer> &a) { got = a; });
        QTRY_VERIFY(dialog());
        QVERIFY(QTest::qWaitForWindowActive(dialog()));
        QCOMPARE(dialog()->findChild<QLabel *>(u"promptTitle"_s)->text(), question.title);
        QCOMPARE(dialog()->findChild<QListWidget *>(u"promptItems"_s)->count(), 2);
        QCOMPARE(verb()->text(), u"Delete 2 configs"_s);
        QVERIFY(!verb()->isEnabled());
        auto *typed = dialog()->findChild<QLineEdit *>(u"promptTyped"_s);
        QCOMPARE(QApplication::focusWidget(), typed);
        QTest::keyClicks(typed, u"productio"_s);
        QTest::keyClick(typed, Qt::Key_Return);
        QVERIFY(dialog()); // not yet
        QTest::keyClicks(typed, u"n"_s);
        QVERIFY(!verb()->isEnabled()); // the reason is missing
        auto *reason = dialog()->findChild<QLineEdit *>(u"promptReason"_s);
        QTest::keyClicks(reason, u"INC-2231"_s);
        QVERIFY(verb()->isEnabled());
        QTest::keyClick(reason, Qt::Key_Return);
        QTRY_VERIFY(got.has_value());
        QVERIFY(*got);
        QCOMPARE((*got)->reason, u"INC-2231"_s);
        QCOMPARE((*got)->typed, u"production"_s);
        QTRY_VERIFY(!dialog());
    }

    void returnAloneNeverDeletes()
    {
        QObject context;
        std::optional<core::Result<ConfirmAnswer>> got;
        Confirm question;
        question.title = u"Delete?"_s;
        question.verb = u"Delete"_s;
        question.state = StateColor::Warning;
        confirm(nullptr, question)->then(&context, [&](const core::Result<ConfirmAnswer> &a) { got = a; });
        QTRY_VERIFY(dialog());
        QVERIFY(QTest::qWaitForWindowActive(dialog()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(got.has_value());
        QVERIFY(!*got);
        QCOMPARE(got->error().kind, core::Error::Kind::Cancelled);
    }

    void escapeCancelsAndFocusReturns()
    {
        QWidget window;
        QLineEdit edit(&window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        edit.setFocus();
        std::optional<bool> accepted;
        input(&window, {.title = u"Rename"_s, .label = u"&Name"_s, .value = u"a"_s, .verb = u"Rename"_s})
            ->then(&window, [&](const core::Result<QString> &a) { accepted = bool(a); });
        QTRY_VERIFY(dialog());
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(accepted.has_value());
        QVERIFY(!*accepted);
        QTRY_VERIFY(!dialog());
        window.activateWindow(); // what a window manager does; the offscreen platform has none
        QTRY_COMPARE(QApplication::focusWidget(), &edit);
    }

    void inputSaysWhatIsWrong()
    {
        QObject context;
        QString got;
        Input question;
        question.title = u"Rename"_s;
        question.label = u"&Name"_s;
        question.verb = u"Rename"_s;
        question.problem = [](const QString &text) {
            return text.contains(u' ') ? u"No blanks."_s : text.isEmpty() ? u"Type a name."_s : QString();
        };
        input(nullptr, question)->then(&context, [&](const core::Result<QString> &a) { got = a.value_or(u"cancelled"_s); });
        QTRY_VERIFY(dialog());
        QVERIFY(!verb()->isEnabled());
        auto *problem = dialog()->findChild<QLabel *>(u"promptProblem"_s);
        QVERIFY(problem->text().isEmpty()); // nothing was typed wrong yet
        auto *edit = dialog()->findChild<QLineEdit *>(u"promptInput"_s);
        QTest::keyClicks(edit, u"a b"_s);
        QCOMPARE(problem->text(), u"No blanks."_s);
        QVERIFY(!verb()->isEnabled());
        edit->setText(u"ab"_s);
        verb()->click();
        QTRY_COMPARE(got, u"ab"_s);
    }

    void threeWays()
    {
        QObject context;
        std::optional<Leave> got;
        leaveModified(nullptr, u"app.yaml"_s)->then(&context, [&](const core::Result<Leave> &a) { got = *a; });
        QTRY_VERIFY(dialog());
        dialog()->findChild<QPushButton *>(u"promptAlternative"_s)->click();
        QTRY_VERIFY(got.has_value());
        QCOMPARE(*got, Leave::Discard);
    }

    void dialogGoesWithWhoeverAsked()
    {
        auto context = std::make_unique<QObject>();
        leaveModified(nullptr, u"app.yaml"_s)->then(context.get(), [](const core::Result<Leave> &) { QFAIL("nobody is there"); });
        QTRY_VERIFY(dialog());
        context.reset();
        QTRY_VERIFY(!dialog());
    }

    void dialogGoesWithItsParent()
    {
        QObject context;
        bool cancelled = false;
        auto parent = std::make_unique<QWidget>();
        parent->show();
        leaveModified(parent.get(), u"app.yaml"_s)->then(&context, [&](const core::Result<Leave> &a) { cancelled = !a; });
        QTRY_VERIFY(dialog());
        parent.reset();
        QTRY_VERIFY(cancelled);
    }
};

SIGNALBOX_TEST(TstPrompts)
#include "tst_prompts.moc"
