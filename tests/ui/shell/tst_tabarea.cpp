// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/shell/tabarea.h"
#include "ui/shell/tabswitcher.h"

#include <QLabel>
#include <QPointer>
#include <QSignalSpy>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using ui::shell::TabArea;
using ui::workbench::Page;
using ui::workbench::PageKind;
using ui::workbench::PageRequest;
using ui::workbench::Subject;
using ui::workbench::Workbench;

namespace {

/// A page that does as told and counts what it is asked.
class SamplePage final : public Page {
    Q_OBJECT
public:
    SamplePage(Workbench &workbench, const PageRequest &request, Follows how)
        : Page(workbench)
        , m_kind(request.kind)
        , m_address(request.address)
        , m_follows(how)
        , m_detail(new QLabel(u"detail"_s, this))
    {
        ++made;
    }
    ~SamplePage() override { ++gone; }
    QString kind() const override { return m_kind; }
    QString title() const override { return m_title; }
    ui::Icon icon() const override { return ui::Icon::Config; }
    core::Address address() const override { return m_address; }
    Follows follows() const override { return m_follows; }
    bool isModified() const override { return modified; }
    void requestClose(std::function<void(Close)> answer) override
    {
        ++asked;
        if (hold)
            held = std::move(answer);
        else
            answer(allow);
    }
    void keep(std::function<void()> kept) override
    {
        ++asked;
        if (hold)
            keeping = std::move(kept);
        else
            kept();
    }
    QJsonObject saveState() const override { return {{u"n"_s, number}}; }
    void restoreState(const QJsonObject &state) override { number = state.value("n"_L1).toInt(); }
    QWidget *detail() override { return m_detail; }
    void activated() override { ++activations; }
    void rename(const QString &title)
    {
        m_title = title;
        Q_EMIT faceChanged();
    }

    static inline int made = 0, gone = 0;
    int activations = 0, asked = 0, number = 0;
    bool modified = false, hold = false;
    Close allow = Close::Now;
    std::function<void(Close)> held;
    std::function<void()> keeping;

private:
    QString m_kind, m_title = u"Sample"_s;
    core::Address m_address;
    Follows m_follows;
    QLabel *m_detail;
};

void addKinds(ui::shell::Shell &shell)
{
    PageKind plain;
    plain.id = u"sample"_s;
    plain.title = [] { return u"Sample"_s; };
    plain.needsConnection = false;
    plain.addressKinds = {u"sample"_s};
    plain.make = [](Workbench &workbench, const PageRequest &request) -> Page * {
        return new SamplePage(workbench, request, Page::Follows::Nothing);
    };
    shell.pages().add(plain);
    PageKind list = plain;
    list.id = u"samplelist"_s;
    list.addressKinds = {};
    list.needsConnection = true;
    list.make = [](Workbench &workbench, const PageRequest &request) -> Page * {
        return new SamplePage(workbench, request, Page::Follows::Namespace);
    };
    shell.pages().add(list);
}

PageRequest sample(const QString &name)
{
    return {.kind = u"sample"_s, .address = *core::Address::build(u"shop"_s, u"public"_s, u"sample"_s, {name})};
}

SamplePage *at(TabArea &tabs, int index)
{
    return qobject_cast<SamplePage *>(tabs.pageAt(index));
}

} // namespace

class TstTabArea : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        tests::strictWindows();
        SamplePage::made = SamplePage::gone = 0;
    }

    void opensTheSameAddressOnce()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int before = tabs.count();
        const int a = tabs.open(sample(u"a"_s));
        const int b = tabs.open(sample(u"b"_s));
        QCOMPARE(tabs.count(), before + 2);
        QCOMPARE(tabs.currentIndex(), b);
        QCOMPARE(tabs.open(sample(u"a"_s)), a);
        QCOMPARE(tabs.count(), before + 2);
        QCOMPARE(tabs.currentIndex(), a);
        QCOMPARE(at(tabs, a)->activations, 2);
    }

    void keepingTellsAllAtOnceAndWaitsForEachOnce()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        SamplePage *a = at(tabs, tabs.open(sample(u"a"_s)));
        SamplePage *b = at(tabs, tabs.open(sample(u"b"_s)));
        a->hold = true;
        int kept = 0;
        tabs.keepAll([&kept] { ++kept; });
        QCOMPARE(a->asked + b->asked, 2);
        QCoreApplication::sendPostedEvents(&tabs, QEvent::MetaCall);
        QCOMPARE(kept, 0);
        a->keeping();
        QCOMPARE(kept, 0); // not inside the call
        QTRY_COMPARE(kept, 1);
        a->keeping();
        delete a;
        QCoreApplication::sendPostedEvents(&tabs, QEvent::MetaCall);
        QCOMPARE(kept, 1);
    }

    void keepingDoesNotWaitForAPageThatIsGone()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        SamplePage *a = at(tabs, tabs.open(sample(u"a"_s)));
        const int b = tabs.open(sample(u"b"_s));
        at(tabs, b)->hold = a->hold = true;
        int kept = 0;
        tabs.keepAll([&kept] { ++kept; });
        tabs.close(b); // asks, and is held
        const auto late = at(tabs, b)->keeping;
        at(tabs, b)->held(Page::Close::Now);
        QCOMPARE(SamplePage::gone, 1);
        late(); // counted already
        QCoreApplication::sendPostedEvents(&tabs, QEvent::MetaCall);
        QCOMPARE(kept, 0);
        a->keeping();
        QTRY_COMPARE(kept, 1);
    }

    void closingAsksAndGoesBackToTheLastUsed()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        tabs.open(sample(u"a"_s));
        tabs.open(sample(u"b"_s));
        tabs.open(sample(u"c"_s));
        tabs.open(sample(u"a"_s));
        const int c = tabs.open(sample(u"c"_s));
        SamplePage *page = at(tabs, c);
        page->allow = Page::Close::NotNow;
        QTest::keyClick(&console.window(), Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(page->asked, 1);
        QCOMPARE(at(tabs, c), page);
        page->allow = Page::Close::Now;
        QTest::keyClick(&console.window(), Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(SamplePage::gone, 1);
        QCOMPARE(tabs.addressAt(tabs.currentIndex()).path(), QStringList{u"a"_s});
        QVERIFY(tabs.canReopen());
        console.window().actions().refreshNow();
        QTest::keyClick(&console.window(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tabs.addressAt(tabs.currentIndex()).path(), QStringList{u"c"_s});
    }

    void aLateAnswerOfAPageThatIsGoneDoesNothing()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int a = tabs.open(sample(u"a"_s));
        SamplePage *page = at(tabs, a);
        page->hold = true;
        tabs.close(a);
        const auto answer = page->held;
        Q_EMIT page->closeNow();
        QTRY_COMPARE(SamplePage::gone, 1);
        const int left = tabs.count();
        answer(Page::Close::Now);
        QCOMPARE(tabs.count(), left);
    }

    void theFaceOfAPageIsShown()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int a = tabs.open(sample(u"a"_s));
        at(tabs, a)->modified = true;
        at(tabs, a)->rename(u"Tom & Jerry"_s);
        auto *bar = console.find<QTabBar>(u"tabBar"_s);
        QVERIFY2(bar->tabText(a).startsWith(u"Tom && Jerry ●"_s), qPrintable(bar->tabText(a)));
        QVERIFY(console.window().windowTitle().startsWith(u"● Tom & Jerry"_s));
    }

    void restoredTabsAreMadeWhenLookedAt()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        tabs.open(sample(u"a"_s));
        at(tabs, tabs.currentIndex())->number = 7;
        tabs.open(sample(u"b"_s));
        at(tabs, tabs.currentIndex())->number = 8;
        const QJsonArray saved = tabs.save();
        const int current = tabs.currentIndex();
        SamplePage::made = 0;

        TabArea fresh({console.workbench(), console.shell().connections()});
        fresh.restore(saved, current);
        QCOMPARE(fresh.count(), int(saved.size()));
        QCOMPARE(SamplePage::made, 0);
        QCOMPARE(fresh.titleAt(current), u"b"_s); // known without the page
        fresh.start();
        QCOMPARE(SamplePage::made, 1);
        QCOMPARE(at(fresh, current)->number, 8);
        fresh.setCurrentIndex(current - 1);
        QCOMPARE(SamplePage::made, 2);
        QCOMPARE(at(fresh, current - 1)->number, 7);
    }

    void sessionSurvivesARestart()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s, core::profiles::Environment::Staging);
        console.start();
        console.workbench().openPage({.kind = u"ledger"_s});
        console.workbench().openPage({.kind = u"settings"_s, .state = {{u"section"_s, u"data"_s}}});
        QStringList kinds;
        for (int i = 0; i < console.window().tabs().count(); ++i)
            kinds.append(console.window().tabs().kindAt(i));
        console.window().resize(1111, 777);
        console.restart();
        QStringList again;
        for (int i = 0; i < console.window().tabs().count(); ++i)
            again.append(console.window().tabs().kindAt(i));
        QCOMPARE(again, kinds);
        QCOMPARE(console.currentKind(), u"settings"_s);
        QCOMPARE(console.workbench().currentPage()->saveState().value("section"_L1).toString(), u"data"_s);
        QCOMPARE(console.window().size(), QSize(1111, 777));
        QVERIFY(!slug.isEmpty());
    }

    void theNamespaceSwitchMovesListsAndNotEditors()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int list = tabs.open({.kind = u"samplelist"_s, .subject = {slug, u"public"_s}});
        const SamplePage *page = at(tabs, list);
        QVERIFY(page);
        QVERIFY(tabs.resubject({slug, u"dev"_s}));
        QCOMPARE(tabs.pageAt(list), page);
        QCOMPARE(page->subject().namespaceId, u"dev"_s);
        const int editor = tabs.open(sample(u"a"_s));
        QVERIFY(!tabs.resubject({slug, u"prod"_s}));
        QCOMPARE(tabs.subjectAt(editor).namespaceId, u"public"_s);
        // Opening the list again with another namespace takes the tab that is there.
        const int again = tabs.open({.kind = u"samplelist"_s, .subject = {slug, u"prod"_s}});
        QCOMPARE(again, tabs.currentIndex());
        QCOMPARE(SamplePage::made, 2);
    }

    void reconnectingMakesPagesAnewWithTheirState()
    {
        tests::Console console;
        const QString slug = console.addProfile(u"Shop"_s);
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int list = tabs.open({.kind = u"samplelist"_s, .subject = {slug, u"public"_s}});
        at(tabs, list)->number = 42;
        const QPointer<SamplePage> old = at(tabs, list);
        console.shell().connections().reconnect(slug);
        QTRY_VERIFY(!old && at(tabs, list));
        QCOMPARE(SamplePage::made, 2); // not one for each thing the connections tell
        QCOMPARE(at(tabs, list)->number, 42);
        QCOMPARE(SamplePage::gone, 1);
        console.shell().connections().disconnectFrom(slug);
        QVERIFY(!tabs.pageAt(list));
        console.shell().connections().reconnect(slug);
        QTRY_VERIFY(at(tabs, list));
        QCOMPARE(SamplePage::made, 3);
        QCOMPARE(at(tabs, list)->number, 42);
    }

    void detailFollowsThePageAndGoesWithIt()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int a = tabs.open(sample(u"a"_s));
        QWidget *side = console.widget(u"sidePane"_s);
        QVERIFY(side);
        const QPointer<QWidget> detail = at(tabs, a)->detail();
        QVERIFY(detail->isVisible());
        QTest::keyClick(&console.window(), Qt::Key_F4);
        QVERIFY(!detail->isVisible());
        QTest::keyClick(&console.window(), Qt::Key_F4);
        QVERIFY(detail->isVisible());
        tabs.close(a);
        QTRY_VERIFY(!detail);
    }

    void ctrlTabGoesToTheLastUsed()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int a = tabs.open(sample(u"a"_s));
        tabs.open(sample(u"b"_s));
        const int c = tabs.open(sample(u"c"_s));
        tabs.setCurrentIndex(a);
        QTest::keyPress(&console.window(), Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(console.widget(u"tabSwitcher"_s));
        QTest::keyRelease(&console.window(), Qt::Key_Control);
        QTRY_COMPARE(tabs.currentIndex(), c);
        QVERIFY(!console.widget(u"tabSwitcher"_s));
    }

    void closingTheWindowAsksEveryPage()
    {
        tests::Console console;
        addKinds(console.shell());
        TabArea &tabs = console.start().tabs();
        const int a = tabs.open(sample(u"a"_s));
        tabs.open(sample(u"b"_s));
        at(tabs, a)->allow = Page::Close::NotNow;
        QSignalSpy ended(&console.shell(), &ui::shell::Shell::ended);
        console.window().close();
        QVERIFY(console.window().isVisible());
        QTRY_COMPARE(tabs.currentIndex(), a); // the one that says no is shown
        at(tabs, a)->allow = Page::Close::Now;
        console.window().close();
        QTRY_COMPARE(ended.count(), 1);
    }
};

SIGNALBOX_TEST(TstTabArea)
#include "tst_tabarea.moc"
