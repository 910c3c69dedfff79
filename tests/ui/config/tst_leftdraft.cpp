// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QCryptographicHash>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using core::store::Draft;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

namespace {

const ConfigKey Left{u"public"_s, u"SHOP"_s, u"left.txt"_s};

} // namespace

/// A program that was ended between the publish and the removal of the draft leaves the draft of what is published.
class TstLeftDraft : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void ofWhatIsThere_isTakenAwayQuietly();
    void ofAnotherText_isNews();
    void whatWasTypedIsPublishedElsewhere_isTakenAwayToo();

private:
    /// The draft of `content`, begun on something the server does not have any more.
    bool leave(const QByteArray &content)
    {
        Draft draft;
        draft.address = m_scene->address(Left);
        draft.content = content;
        draft.attributes = QJsonObject{{u"type"_s, u"text"_s}};
        draft.baseContent = "what was there before";
        draft.baseMd5 = QCryptographicHash::hash(draft.baseContent, QCryptographicHash::Md5).toHex();
        draft.baseAttributes = draft.attributes;
        const auto saved = tests::await(drafts().save(draft), std::chrono::milliseconds(tests::Patience));
        return saved && *saved;
    }
    core::store::Drafts &drafts() { return m_scene->console.services().drafts; }
    bool isLeft()
    {
        const auto draft = tests::await(drafts().load(m_scene->address(Left)), std::chrono::milliseconds(tests::Patience));
        return draft && *draft && **draft;
    }
    static bool saysNews(const EditorPage *page)
    {
        const auto messages = page->findChild<ui::MessageBar *>()->messages();
        return std::any_of(messages.cbegin(), messages.cend(), [](const ui::Message &message) { return message.id == u"server"_s; });
    }
};

void TstLeftDraft::ofWhatIsThere_isTakenAwayQuietly()
{
    QVERIFY(m_scene->write(Left, "published\n", u"text"_s));
    QVERIFY(leave("published\n"));
    EditorPage *page = m_scene->open(Left);
    QVERIFY(page);
    QVERIFY(!page->document()->newer());
    QVERIFY(!page->isModified() && !saysNews(page));
    QCOMPARE(page->editor()->content(), "published\n"_ba);
    WAIT(!isLeft());
    QVERIFY(!page->isModified() && !saysNews(page));
    // From here on it is an editor like any other.
    page->editor()->insertText(u"more "_s);
    WAIT(page->isModified() && page->document()->draftSavedAt().isValid());
    QVERIFY(isLeft());
}

void TstLeftDraft::ofAnotherText_isNews()
{
    QVERIFY(m_scene->write(Left, "theirs\n", u"text"_s));
    QVERIFY(leave("mine\n"));
    EditorPage *page = m_scene->open(Left);
    QVERIFY(page);
    QVERIFY(page->document()->newer());
    WAIT(page->isModified() && saysNews(page));
    QCOMPARE(page->editor()->content(), "mine\n"_ba);
    QVERIFY(isLeft());
}

void TstLeftDraft::whatWasTypedIsPublishedElsewhere_isTakenAwayToo()
{
    QVERIFY(m_scene->write(Left, "first\n", u"text"_s));
    EditorPage *page = m_scene->open(Left);
    QVERIFY(page);
    page->editor()->insertText(u"typed "_s);
    WAIT(page->document()->draftSavedAt().isValid());
    const QByteArray typed = page->editor()->content();
    // The same by somebody else, or by a publish whose answer was lost.
    QVERIFY(m_scene->write(Left, typed, u"text"_s));
    WAIT(!page->isModified() && !saysNews(page));
    WAIT(!isLeft());
}

SIGNALBOX_TEST(TstLeftDraft)
#include "tst_leftdraft.moc"
