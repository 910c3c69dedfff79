// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/profilestore.h"
#include "core/store/home.h"
#include "tests/e2e/support/console.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/shell/connections.h"
#include "ui/shell/tabarea.h"

#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScopeGuard>

using namespace Qt::StringLiterals;
using core::profiles::Environment;
using ui::shell::MainWindow;

/// What a window begins with, and keys that belong to no window.
class TstWindows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void newWindow_hasTheConnectionOfTheTab()
    {
        tests::Console console;
        const QString shop = console.addProfile(u"Shop"_s, Environment::Staging);
        const QString live = console.addProfile(u"Live"_s, Environment::Production);
        QVERIFY(*tests::await(console.services().profiles.setDefault(live)));
        console.start();
        console.window().setCurrent({shop, u"dev"_s});
        console.shell().connections().disconnectFrom(live);
        QTest::keyClick(&console.window(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(console.shell().windows().size(), 2);
        const MainWindow *second = console.shell().windows().at(1);
        QTRY_COMPARE(second->tabs().kindAt(second->tabs().currentIndex()), u"configs"_s);
        QCOMPARE(second->current().profile, shop);
        QCOMPARE(second->current().namespaceId, u"dev"_s);
        QVERIFY(!console.shell().connections().openRegistry(live));
    }

    void production_isNotOpenedByItself()
    {
        tests::Console console;
        const QString live = console.addProfile(u"Live"_s, Environment::Production);
        console.start();
        QCOMPARE(console.currentKind(), u"start"_s);
        QVERIFY(console.window().current().profile.isEmpty());
        QVERIFY(!console.shell().connections().openRegistry(live));
    }

    void production_isOpenedWhereSomebodyChoseIt()
    {
        tests::Console console;
        const QString live = console.addProfile(u"Live"_s, Environment::Production);
        QVERIFY(*tests::await(console.services().profiles.setDefault(live)));
        console.start();
        QTRY_COMPARE(console.window().current().profile, live);
    }

    void homeThatCannotBeWritten_isSaidAtTheStart()
    {
        tests::Console console;
        const QString home = console.services().home.path();
        console.start();
        QVERIFY(console.window().messageBar().messages().isEmpty());
        // A file where a folder has to be stops everybody, also an administrator.
        QVERIFY(QDir(home + u"/run"_s).removeRecursively());
        QFile file(home + u"/run"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto back = qScopeGuard([&] { file.remove(); });
        console.restart();
        QVERIFY(console.services().home.state() != core::store::Home::State::Ready);
        const auto messages = console.window().messageBar().messages();
        QCOMPARE(messages.size(), 1);
        const QString said = messages.first().text;
        QVERIFY2(said.contains(home) && said.contains("--home"_L1), qPrintable(said));
        QVERIFY2(!said.contains("went wrong"_L1), qPrintable(said));
    }

    void altAndALetter_typesNothing()
    {
        tests::Console console;
        console.start();
        QWidget around(&console.window());
        auto *line = new QLineEdit(&around);
        auto *text = new QPlainTextEdit(&around);
        auto *code = new ui::CodeEditor(&around);
        around.show();
        for (QWidget *field : {static_cast<QWidget *>(line), static_cast<QWidget *>(text), static_cast<QWidget *>(code)}) {
            field->show();
            field->setFocus();
            QWidget *target = QApplication::focusWidget() ? QApplication::focusWidget() : field;
            QVERIFY(target == field || field->isAncestorOf(target));
            QTest::keyClick(target, Qt::Key_Q, Qt::AltModifier);
            QTest::keyClick(target, Qt::Key_Q, Qt::AltModifier | Qt::ShiftModifier);
            QTest::keyClick(target, Qt::Key_A);
        }
        QCOMPARE(line->text(), u"a"_s);
        QCOMPARE(text->toPlainText(), u"a"_s);
        QCOMPARE(code->content(), "a"_ba);
    }
};

SIGNALBOX_TEST(TstWindows)
#include "tst_windows.moc"
