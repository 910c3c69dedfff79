// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/editortest.h"
#include "ui/common/codeeditor.h"
#include "ui/common/mergeview.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"
#include "ui/shell/connections.h"

#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using ui::config::EditorPage;
using Choice = core::text::MergeChunk::Choice;

namespace {

const QByteArray Base = "a: 1\nx: 0\nb: 1\ny: 0\nz: 0\n", Mine = "a: mine\nx: 0\nb: mine\ny: 0\nz: 0\n",
                 Theirs = "a: theirs\nx: 0\nb: theirs\ny: 0\nz: 0\n";
/// The first conflict settled by hand, the second not yet.
const QByteArray Typed = "# by hand\na: theirs\nx: 0\nb: mine\ny: 0\nz: 0\n";

} // namespace

/// What is chosen and typed in a merge is the person's text as much as any other.
class TstEditorMerge : public tests::EditorTest {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        EditorTest::init();
        m_server->put(Name, Base);
    }

    void typed_isThereAgain_data();
    void typed_isThereAgain();
    void typed_isOnDisk_beforeAnythingIsClosed();
    void anotherMerge_beginsWithWhatWasTyped();
    void backToMyText_asks();
    void keepMine_asksToo();
    void allOfTheirs_leavesMyTextTheDraft();
    void used_isOneDraftOnTheirs();

private:
    /// Two conflicts on show.
    EditorPage *openMerge()
    {
        EditorPage *page = openLive();
        if (!page)
            return nullptr;
        page->editor()->replaceContent(Mine);
        m_server->put(Name, Theirs);
        if (!QTest::qWaitFor([&] { return page->isModified() && page->document()->newer().has_value(); }, tests::Patience))
            return nullptr;
        page->showMerge();
        return merge(page)->openCount() == 2 ? page : nullptr;
    }
    static ui::MergeView *merge(EditorPage *page) { return page->findChild<ui::MergeView *>(); }
    /// As the person does: theirs for the first conflict, a line of their own in front of it.
    static void settleFirst(EditorPage *page)
    {
        merge(page)->choose(0, Choice::Theirs);
        merge(page)->editor()->goTo({1, 1});
        merge(page)->editor()->insertText(u"# by hand\n"_s);
    }
    std::optional<core::store::Draft> draft()
    {
        const auto found = tests::await(m_scene->console.services().drafts.load(*m_server->key(Name).address(m_slug)));
        return found && *found ? **found : std::nullopt;
    }
    void press(const QString &name)
    {
        auto *button = m_scene->console.find<QPushButton>(name);
        QVERIFY(button && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

void TstEditorMerge::typed_isThereAgain_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"closed", "quit", "read again", "connected again"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TstEditorMerge::typed_isThereAgain()
{
    QFETCH(QString, way);
    QPointer<EditorPage> page = openMerge();
    QVERIFY(page);
    settleFirst(page);
    QCOMPARE(merge(page)->result(), Typed);
    // At once, whatever a timer would still have done.
    if (way == "closed"_L1) {
        m_scene->trigger(u"file.closeTab"_s);
        WAIT(!page);
        QVERIFY(m_scene->console.answers().asked().isEmpty());
    } else if (way == "quit"_L1) {
        bool kept = false;
        page->keep([&kept] { kept = true; });
        WAIT(kept);
        m_scene->console.restart();
    } else if (way == "read again"_L1) {
        page->document()->load();
    } else {
        m_scene->console.shell().connections().reconnect(m_slug);
        WAIT(!page);
    }
    EditorPage *again = open();
    QVERIFY(again);
    QCOMPARE(again->editor()->content(), Typed);
    QVERIFY(!m_scene->console.widget(u"configMerge"_s));
    // Nothing goes out before the rest is settled, too: the merge is offered again.
    WAIT(again->document()->newer().has_value());
    QCOMPARE(again->document()->base()->content, Base);
    again->publish();
    WAIT(m_scene->console.widget(u"configMerge"_s));
    QVERIFY(!m_scene->console.widget(u"planDialog"_s));
    QCOMPARE(m_server->content(Name), Theirs);
    QVERIFY(merge(again)->result().startsWith("# by hand\na: theirs\n"));
    QVERIFY(merge(again)->openCount() > 0);
}

void TstEditorMerge::typed_isOnDisk_beforeAnythingIsClosed()
{
    EditorPage *page = openMerge();
    QVERIFY(page);
    settleFirst(page);
    WAIT(draft() && draft()->content == Typed);
    // Of what it began with: who reads it meets the conflict.
    QCOMPARE(draft()->baseContent, Base);
    // What is not settled is not published from under the merge either.
    QVERIFY(!page->publishBlocker().isEmpty());
    page->publish();
    QVERIFY(!m_scene->console.widget(u"planDialog"_s));
    QCOMPARE(merge(page)->result(), Typed);
}

void TstEditorMerge::anotherMerge_beginsWithWhatWasTyped()
{
    EditorPage *page = openMerge();
    QVERIFY(page);
    settleFirst(page);
    const QByteArray third = "a: theirs\nx: 0\nb: theirs\ny: 0\nz: third\n";
    m_server->put(Name, third);
    WAIT((*page->document()->newer())->content == third);
    QCOMPARE(merge(page)->result(), Typed);
    act(page, u"server"_s, u"Merge"_s);
    QCOMPARE(merge(page)->result(), "# by hand\na: theirs\nx: 0\nb: mine\ny: 0\nz: third\n"_ba);
    merge(page)->chooseAll(Choice::Mine);
    // By its own word it leads back to what was typed before.
    m_scene->console.answers().confirm();
    press(u"mergeCancelButton"_s);
    WAIT(page->editor()->content() == Typed);
    WAIT(draft() && draft()->content == Typed);
}

void TstEditorMerge::backToMyText_asks()
{
    EditorPage *page = openMerge();
    QVERIFY(page);
    // Nothing was done in it.
    press(u"mergeCancelButton"_s);
    QVERIFY(!m_scene->console.widget(u"configMerge"_s));
    QVERIFY(m_scene->console.answers().asked().isEmpty());
    page->showMerge();
    settleFirst(page);
    m_scene->console.answers().cancel();
    press(u"mergeCancelButton"_s);
    WAIT(m_scene->console.answers().left() == 0);
    QVERIFY(m_scene->console.widget(u"configMerge"_s));
    QCOMPARE(merge(page)->result(), Typed);
    WAIT(draft() && draft()->content == Typed);
    m_scene->console.answers().confirm();
    press(u"mergeCancelButton"_s);
    WAIT(!m_scene->console.widget(u"configMerge"_s));
    QCOMPARE(page->editor()->content(), Mine);
    QCOMPARE(page->document()->content(), Mine);
    WAIT(draft() && draft()->content == Mine);
    QVERIFY(page->publishBlocker().isEmpty());
}

void TstEditorMerge::keepMine_asksToo()
{
    EditorPage *page = openMerge();
    QVERIFY(page);
    settleFirst(page);
    m_scene->console.answers().cancel();
    act(page, u"server"_s, u"Keep mine"_s);
    WAIT(m_scene->console.answers().left() == 0);
    QVERIFY(page->document()->newer());
    QCOMPARE(merge(page)->result(), Typed);
    m_scene->console.answers().confirm();
    act(page, u"server"_s, u"Keep mine"_s);
    WAIT(!page->document()->newer());
    QCOMPARE(page->document()->base()->content, Theirs);
    QCOMPARE(page->document()->content(), Mine);
    QVERIFY(!m_scene->console.widget(u"configMerge"_s));
}

void TstEditorMerge::allOfTheirs_leavesMyTextTheDraft()
{
    EditorPage *page = openMerge();
    QVERIFY(page);
    settleFirst(page);
    WAIT(draft() && draft()->content == Typed);
    page->showMerge();
    merge(page)->editor()->replaceContent(Theirs);
    // Not used: the tab is closed instead, which is no word about one's own text.
    m_scene->trigger(u"file.closeTab"_s);
    WAIT(m_scene->editor() != page);
    QVERIFY(draft());
    QCOMPARE(draft()->content, Typed);
}

void TstEditorMerge::used_isOneDraftOnTheirs()
{
    EditorPage *page = openMerge();
    QVERIFY(page);
    QSignalSpy saved(&m_scene->console.services().drafts, &core::store::Drafts::saved);
    merge(page)->chooseAll(Choice::Theirs);
    merge(page)->editor()->insertText(u"# by hand\n"_s);
    const QByteArray result = merge(page)->result();
    press(u"mergeUseButton"_s);
    QCOMPARE(page->editor()->content(), result);
    QCOMPARE(page->document()->base()->content, Theirs);
    // The first that is on disk on top of theirs is the result, not what stood here before.
    WAIT(saved.count() > 0);
    QCOMPARE(draft()->content, result);
    QCOMPARE(draft()->baseContent, Theirs);
}

SIGNALBOX_TEST(TstEditorMerge)
#include "tst_editormerge.moc"
