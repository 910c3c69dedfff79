// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/address.h"
#include "tests/support/testmain.h"
#include "ui/common/relativetime.h"
#include "ui/workbench/environment.h"
#include "ui/workbench/pagekind.h"
#include "ui/workbench/subjecttext.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::workbench::PageKind;
using ui::workbench::PageRegistry;
using ui::workbench::Subject;

class TstPageRegistry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ordersByPlaceAndNumber()
    {
        PageRegistry pages;
        const auto add = [&pages](const QString &id, PageKind::Place place, int order) {
            PageKind kind;
            kind.id = id;
            kind.place = place;
            kind.order = order;
            pages.add(kind);
        };
        add(u"drafts"_s, PageKind::Place::Bookmarks, 60);
        add(u"settings"_s, PageKind::Place::Tools, 100);
        add(u"configs"_s, PageKind::Place::Registry, 10);
        add(u"bookmarks"_s, PageKind::Place::Bookmarks, 0);
        add(u"ledger"_s, PageKind::Place::Tools, 80);
        QStringList ids;
        for (const PageKind &kind : pages.all())
            ids.append(kind.id);
        QCOMPARE(ids, (QStringList{u"configs"_s, u"ledger"_s, u"settings"_s, u"bookmarks"_s, u"drafts"_s}));
        QVERIFY(pages.find(u"ledger"_s));
        QVERIFY(!pages.find(u"nowhere"_s));
    }

    void findsThePageOfAnAddress()
    {
        PageRegistry pages;
        PageKind editor;
        editor.id = u"config"_s;
        editor.addressKinds = {u"config"_s};
        pages.add(editor);
        const auto known = *core::Address::build(u"shop"_s, u"public"_s, u"config"_s, {u"G"_s, u"a"_s});
        const auto other = *core::Address::build(u"shop"_s, u"public"_s, u"message"_s, {u"a"_s});
        QVERIFY(pages.forAddress(known));
        QCOMPARE(pages.forAddress(known)->id, u"config"_s);
        QVERIFY(!pages.forAddress(other));
        QVERIFY(!pages.forAddress({}));
    }

    void placesInWords()
    {
        const auto config = *core::Address::build(u"shop"_s, u"dev"_s, u"config"_s, {u"G"_s, u"a/b"_s});
        QCOMPARE(ui::workbench::subjectOf(config), (Subject{u"shop"_s, u"dev"_s}));
        QCOMPARE(ui::workbench::nameOf(config), u"a/b"_s);
        QCOMPARE(ui::workbench::groupOf(config), u"G"_s);
        const auto space = *core::Address::build(u"shop"_s, u"-"_s, u"namespace"_s, {u"dev"_s});
        QCOMPARE(ui::workbench::subjectOf(space), (Subject{u"shop"_s, {}}));
        QCOMPARE(ui::workbench::groupOf(space), QString());
    }

    void whatCoreSaysOfAChangeIsASentence_data()
    {
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"Create a.yaml (G, dev), 12 bytes"_s << u"Create a.yaml (G, dev), 12 bytes"_s;
        QTest::newRow("undo") << u"undo: Delete a.yaml (G, dev)"_s << u"Undo: Delete a.yaml (G, dev)"_s;
        QTest::newRow("undo of an undo") << u"undo: undo: Delete a.yaml (G, dev)"_s << u"Again: Delete a.yaml (G, dev)"_s;
        QTest::newRow("and that undone") << u"undo: undo: undo: Create a.yaml (G, dev)"_s << u"Undo: Create a.yaml (G, dev)"_s;
        QTest::newRow("again") << u"again: Delete a.yaml (G, dev)"_s << u"Again: Delete a.yaml (G, dev)"_s;
        QTest::newRow("restored") << u"Restore a.yaml (G, dev) as of 2026-11-30T14:46:10Z"_s
                                  << u"Restore a.yaml (G, dev) as of %1"_s.arg(
                                         ui::exactTime(QDateTime(QDate(2026, 11, 30), QTime(14, 46, 10), Qt::UTC)));
        QTest::newRow("none") << QString() << QString();
    }
    void whatCoreSaysOfAChangeIsASentence()
    {
        QFETCH(QString, english);
        QTEST(ui::workbench::summaryText(english), "shown");
    }

    void aConnectionsOwnColourWins()
    {
        core::profiles::Profile profile;
        profile.environment = core::profiles::Environment::Production;
        const QColor usual = ui::workbench::connectionColor(profile);
        profile.colour = u"#123456"_s;
        QCOMPARE(ui::workbench::connectionColor(profile), QColor(u"#123456"_s));
        profile.colour = u"no colour"_s;
        QCOMPARE(ui::workbench::connectionColor(profile), usual);
    }
};

SIGNALBOX_TEST(TstPageRegistry)
#include "tst_pageregistry.moc"
