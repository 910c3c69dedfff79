// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/actionregistry.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QToolBar>

using namespace Qt::StringLiterals;
using namespace ui;

class TstActionRegistry : public QObject {
    Q_OBJECT

    static Command command(const QString &id, const QKeySequence &key = {}, const QString &context = u"Configs"_s)
    {
        Command result;
        result.id = id;
        result.text = u"&"_s + id;
        result.context = context;
        if (!key.isEmpty())
            result.keys = {key};
        return result;
    }

private Q_SLOTS:
    void wordsStandWithoutTheirKeys_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("plain");
        QTest::newRow("latin") << u"&Publish…"_s << u"Publish…"_s;
        QTest::newRow("inside") << u"Dar&k"_s << u"Dark"_s;
        QTest::newRow("chinese") << QString::fromUtf8("发布(&P)…") << QString::fromUtf8("发布…");
        QTest::newRow("chinese, with a blank") << QString::fromUtf8("发布 (&P)") << QString::fromUtf8("发布");
        QTest::newRow("an ampersand") << u"Save && &close"_s << u"Save & close"_s;
        QTest::newRow("brackets of its own") << u"&Export (all)"_s << u"Export (all)"_s;
    }
    void wordsStandWithoutTheirKeys()
    {
        QFETCH(QString, text);
        QTEST(ui::withoutMnemonic(text), "plain");
    }

    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void oneActionPerCommand()
    {
        ActionRegistry registry;
        int ran = 0;
        Command publish = command(u"config.publish"_s, QKeySequence(Qt::CTRL | Qt::Key_Return));
        publish.run = [&] { ++ran; };
        QSignalSpy triggered(&registry, &ActionRegistry::triggered);
        QAction *action = registry.add(publish);
        QCOMPARE(registry.action(u"config.publish"_s), action);
        QVERIFY(!registry.action(u"unknown"_s));
        action->trigger();
        QCOMPARE(ran, 1);
        QCOMPARE(triggered.count(), 1);
        QCOMPARE(registry.ids(), QStringList{u"config.publish"_s});
        QCOMPARE(registry.contexts(), QStringList{u"Configs"_s});
    }

    void disabledCommandsSayWhy()
    {
        ActionRegistry registry;
        QString reason = u"This connection is read-only."_s;
        int ran = 0;
        Command publish = command(u"publish"_s);
        publish.rule = [&] { return Availability{reason}; };
        publish.run = [&] { ++ran; };
        QAction *action = registry.add(publish);
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(reason));
        QCOMPARE(registry.reasonDisabled(u"publish"_s), reason);
        reason.clear();
        QSignalSpy refreshed(&registry, &ActionRegistry::refreshed);
        registry.refresh();
        registry.refresh();
        QVERIFY(!action->isEnabled()); // later, once
        QTRY_VERIFY(action->isEnabled());
        QCOMPARE(refreshed.count(), 1);
        reason = u"locked again"_s;
        action->trigger(); // the rule is asked again before it runs
        QCOMPARE(ran, 0);
        QVERIFY(!action->isEnabled());
    }

    void menusAndToolBarsAreFilledFromIt()
    {
        ActionRegistry registry;
        registry.add(command(u"a"_s));
        registry.add(command(u"b"_s));
        QMenu menu;
        registry.populate(&menu, {u"-"_s, u"a"_s, u"-"_s, u"unknown"_s, u"-"_s, u"b"_s, u"-"_s});
        QCOMPARE(menu.actions().size(), 3);
        QVERIFY(menu.actions().at(1)->isSeparator());
        QVERIFY(menu.toolTipsVisible());
        QToolBar bar;
        registry.populate(&bar, {u"a"_s, u"b"_s});
        QCOMPARE(bar.actions().size(), 2);
    }

    void commandsGoWithTheirOwner()
    {
        ActionRegistry registry;
        auto owner = std::make_unique<QObject>();
        const QPointer<QAction> action = registry.add(command(u"page.thing"_s), owner.get());
        QSignalSpy removed(&registry, &ActionRegistry::removed);
        owner.reset();
        QCOMPARE(removed.count(), 1);
        QVERIFY(registry.ids().isEmpty());
        QTRY_VERIFY(!action);
    }

    void ownKeysOverrideAndReset()
    {
        ActionRegistry registry;
        const QKeySequence standard(Qt::Key_F5), own(Qt::CTRL | Qt::Key_R);
        QAction *action = registry.add(command(u"refresh"_s, standard));
        registry.setKeys(u"refresh"_s, {own});
        QCOMPARE(action->shortcut(), own);
        QCOMPARE(registry.defaultKeys(u"refresh"_s), QList<QKeySequence>{standard});
        const QHash<QString, QStringList> saved = registry.overrides();
        QCOMPARE(saved.value(u"refresh"_s), QStringList{u"Ctrl+R"_s});
        registry.resetKeys();
        QCOMPARE(action->shortcut(), standard);
        QVERIFY(registry.overrides().isEmpty());
        registry.setOverrides(saved);
        QCOMPARE(action->shortcut(), own);
        registry.setKeys(u"refresh"_s, {standard}); // as the default: no override any more
        QVERIFY(registry.overrides().isEmpty());
        registry.setKeys(u"refresh"_s, {});
        QVERIFY(action->shortcut().isEmpty());
    }

    void overrideOfACommandThatComesLater()
    {
        ActionRegistry registry;
        registry.setOverrides({{u"later"_s, {u"Ctrl+J"_s}}});
        QAction *action = registry.add(command(u"later"_s, QKeySequence(Qt::Key_F6)));
        QCOMPARE(action->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_J));
    }

    void conflictsAreFound()
    {
        ActionRegistry registry;
        const QKeySequence key(Qt::CTRL | Qt::Key_D);
        registry.add(command(u"duplicate"_s, key));
        registry.add(command(u"other"_s, QKeySequence(Qt::Key_F3)));
        QVERIFY(registry.conflicts().isEmpty());
        registry.add(command(u"diff"_s, key));
        QCOMPARE(registry.conflicts().size(), 1);
        QCOMPARE(registry.conflicts().at(0).ids, (QStringList{u"duplicate"_s, u"diff"_s}));
        QCOMPARE(registry.usedBy(key, u"other"_s), (QStringList{u"duplicate"_s, u"diff"_s}));
    }

    void keysOfDifferentWidgetsDoNotMeet()
    {
        ActionRegistry registry;
        Command first = command(u"a"_s, QKeySequence(Qt::Key_F2), u"Configs"_s),
                second = command(u"b"_s, QKeySequence(Qt::Key_F2), u"Services"_s);
        first.scope = second.scope = Command::Scope::Widget;
        registry.add(first);
        registry.add(second);
        QVERIFY(registry.conflicts().isEmpty());
        registry.add(command(u"window"_s, QKeySequence(Qt::Key_F2)));
        QVERIFY(!registry.conflicts().isEmpty());
    }
};

SIGNALBOX_TEST(TstActionRegistry)
#include "tst_actionregistry.moc"
