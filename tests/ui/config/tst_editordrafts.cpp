// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/editortest.h"
#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/config/configdocument.h"
#include "ui/shell/tabarea.h"

#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using tests::FakeRegistry;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

/// What was typed, on its way to the disk and back.
class TstEditorDrafts : public tests::EditorTest {
    Q_OBJECT
private Q_SLOTS:
    void failedLoad_keepsTheDraft();
    void unreadableDraft_isNeitherReplacedNorRemoved_data();
    void unreadableDraft_isNeitherReplacedNorRemoved();
    void draftThatStays_isSaid();
    void draftWithoutItsBase_isNoNewsFromTheServer_data();
    void draftWithoutItsBase_isNoNewsFromTheServer();
    void draftWithoutItsBase_ofWhatIsThere_isNoChange();
    void typedAndClosedAtOnce_isADraft();
    void typedAndLoadedAgain_isNotDropped();
    void takenBackAndClosedAtOnce_leavesNoDraft();
};

void TstEditorDrafts::failedLoad_keepsTheDraft()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    m_server->reading = FakeRegistry::broken();
    page->document()->load();
    WAIT(page->document()->state() == ConfigDocument::State::Failed);
    page->saveDraftNow();
    m_server->reading.reset();
    page->refresh();
    WAIT(page->document()->state() == ConfigDocument::State::Ready);
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
}

void TstEditorDrafts::unreadableDraft_isNeitherReplacedNorRemoved_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"nothing typed", "keep mine", "merge"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TstEditorDrafts::unreadableDraft_isNeitherReplacedNorRemoved()
{
    QFETCH(QString, way);
    const QByteArray live = "a: 1\nb: 1\nc: 1\nd: 1\n", other = "a: 1\nb: 1\nc: 1\nd: 9\n";
    m_server->put(Name, live);
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    QVERIFY(sql(u"CREATE TABLE aside AS SELECT * FROM draft"_s));
    QVERIFY(sql(u"UPDATE draft SET content = X'0102'"_s));
    auto *document = page->document();
    document->load();
    WAIT(document->state() == ConfigDocument::State::Ready);
    QCOMPARE(page->editor()->content(), live);
    QSignalSpy failed(document, &ConfigDocument::draftFailed);
    if (way == "nothing typed"_L1)
        page->compareWithLive();
    else
        page->editor()->replaceContent(other);
    WAIT(failed.count() > 0);
    QVERIFY(!document->draftSavedAt().isValid());
    // It comes back.
    QVERIFY(sql(u"UPDATE draft SET content = (SELECT a.content FROM aside a WHERE a.address = draft.address)"_s));
    page->saveDraftNow();
    if (way == "nothing typed"_L1) {
        WAIT(page->editor()->content() == "# mine\n" + live);
        return;
    }
    WAIT(document->foundDraft().has_value());
    QCOMPARE(page->editor()->content(), other);
    QVERIFY(!document->draftSavedAt().isValid());
    act(page, u"draftFound"_s, way == "merge"_L1 ? u"Merge"_s : u"Keep mine"_s);
    if (way == "merge"_L1) {
        auto *use = m_scene->console.find<QPushButton>(u"mergeUseButton"_s);
        QVERIFY(use && use->isEnabled());
        QTest::mouseClick(use, Qt::LeftButton);
    }
    const QByteArray kept = way == "merge"_L1 ? "# mine\n" + other : other;
    QCOMPARE(page->editor()->content(), kept);
    WAIT(document->draftSavedAt().isValid());
    QVERIFY(!says(page, u"draftFound"_s));
    const auto draft = tests::await(m_scene->console.services().drafts.load(document->address()));
    QVERIFY(draft && *draft && **draft);
    QCOMPARE((**draft)->content, kept);
    QCOMPARE(document->base()->content, live);
}

void TstEditorDrafts::draftThatStays_isSaid()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    QVERIFY(sql(u"CREATE TRIGGER stays BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
    page->discardDraft();
    WAIT(says(page, u"The draft could not be removed"_s));
    QVERIFY(sql(u"DROP TRIGGER stays"_s));
}

void TstEditorDrafts::draftWithoutItsBase_isNoNewsFromTheServer_data()
{
    QTest::addColumn<QString>("damage");
    QTest::newRow("not saved from the damaged file") << u"DELETE FROM base"_s;
    QTest::newRow("damaged itself") << u"UPDATE base SET content = X'0102'"_s;
}

/// What salvaging a damaged file may leave.
void TstEditorDrafts::draftWithoutItsBase_isNoNewsFromTheServer()
{
    QFETCH(QString, damage);
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    auto *document = page->document();
    WAIT(document->draftSavedAt().isValid());
    QVERIFY(sql(damage));
    document->load();
    WAIT(document->state() == ConfigDocument::State::Ready);
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
    QVERIFY2(!document->newer() && !says(page, u"server"_s), "nobody changed anything");
    QVERIFY(document->base() && document->base()->content == "a: 1\n");
    QCOMPARE(document->attributes().description, u"what it is"_s);
    QVERIFY(says(page, u"baseLost"_s));
    // It has one again, and what somebody changes from here on is news.
    page->saveDraftNow();
    const auto hasBase = [&] {
        const auto draft = tests::await(m_scene->console.services().drafts.load(document->address()));
        return draft && *draft && **draft && (**draft)->base == core::store::Draft::Base::Kept;
    };
    WAIT(hasBase());
    document->load();
    WAIT(document->state() == ConfigDocument::State::Ready && !says(page, u"baseLost"_s));
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
    m_server->put(Name, "a: 2\n");
    WAIT(document->newer() && says(page, u"server"_s));
}

void TstEditorDrafts::draftWithoutItsBase_ofWhatIsThere_isNoChange()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    auto *document = page->document();
    WAIT(document->draftSavedAt().isValid());
    QVERIFY(sql(u"DELETE FROM base"_s));
    m_scene->console.workbench().services().registries.close(m_slug);
    m_server->put(Name, "# mine\na: 1\n");
    document->load();
    WAIT(document->state() == ConfigDocument::State::Ready);
    WAIT(document->base() && document->base()->content == "# mine\na: 1\n");
    QVERIFY(!page->isModified() && !document->newer());
    QVERIFY(!says(page, u"baseLost"_s) && !says(page, u"server"_s));
    WAIT(!document->draftSavedAt().isValid());
}

void TstEditorDrafts::typedAndClosedAtOnce_isADraft()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    std::optional<EditorPage::Close> answer;
    page->editor()->insertText(u"# mine\n"_s);
    page->requestClose([&](EditorPage::Close close) { answer = close; });
    WAIT(answer.has_value());
    QCOMPARE(*answer, EditorPage::Close::Now);
    const auto draft = tests::await(m_scene->console.services().drafts.load(page->document()->address()));
    QVERIFY(draft && *draft && **draft);
    QCOMPARE((**draft)->content, "# mine\na: 1\n"_ba);
}

void TstEditorDrafts::typedAndLoadedAgain_isNotDropped()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    page->editor()->insertText(u"# mine\n"_s);
    page->document()->load();
    QCOMPARE(page->editor()->access(), ui::CodeEditor::Access::ReadOnly);
    page->editor()->insertText(u"# too late\n"_s);
    WAIT(page->document()->state() == ConfigDocument::State::Ready);
    QCOMPARE(page->editor()->access(), ui::CodeEditor::Access::Editable);
    QCOMPARE(page->editor()->content(), "# mine\na: 1\n"_ba);
    QVERIFY(page->isModified());
}

/// The document keeps what is left to keep on its own way out, after the page it belonged to.
void TstEditorDrafts::takenBackAndClosedAtOnce_leavesNoDraft()
{
    EditorPage *page = openLive();
    QVERIFY(page);
    type(page, u"# mine\n"_s);
    WAIT(page->document()->draftSavedAt().isValid());
    const core::Address address = page->document()->address();
    page->editor()->replaceContent("a: 1\n");
    const QPointer<EditorPage> gone(page);
    m_scene->console.window().tabs().close(m_scene->console.window().tabs().currentIndex());
    WAIT(!gone);
    const auto hasDraft = [&] {
        const auto draft = tests::await(m_scene->console.services().drafts.load(address));
        return draft && *draft && (*draft)->has_value();
    };
    WAIT(!hasDraft());
}

SIGNALBOX_TEST(TstEditorDrafts)
#include "tst_editordrafts.moc"
