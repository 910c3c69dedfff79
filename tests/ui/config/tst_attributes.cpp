// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/wire/configmessages.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/editortest.h"
#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

/// Somebody changes type, description, app, tags of an open configuration, and nothing else: seen, never put back by our publish.
class TstAttributes : public tests::EditorTest {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        EditorTest::init();
        m_page = open();
        QVERIFY(m_page);
    }

    void untouched_follows();
    void typedText_meetsTheirDescription_data();
    void typedText_meetsTheirDescription();
    void bothChangedTheDescription_mineIsKeptAndSaid();
    void draft_knowsTheAttributesItBeganWith();
    void orderOfTags_isNoChange();
    void untouched_isGivenBackToTheLetter();
    void fiveLongTags_areNotCut();

private:
    QLineEdit *field(const QString &name) const { return m_page->findChild<QLineEdit *>(name); }
    /// Servers tell SDKs of contents only; it is seen by the next look.
    void look()
    {
        const auto before = m_server->reads();
        m_page->refresh();
        WAIT(m_server->reads() > before);
    }
    EditorPage *m_page = nullptr;
};

void TstAttributes::untouched_follows()
{
    m_server->attributes[Name].type = u"text"_s;
    m_server->attributes[Name].description = u"theirs"_s;
    look();
    WAIT(m_page->document()->attributes().description == "theirs"_L1);
    QVERIFY(!m_page->isModified());
    QCOMPARE(field(u"configDescription"_s)->text(), u"theirs"_s);
    QCOMPARE(m_page->findChild<QComboBox *>(u"configFormat"_s)->currentData().toString(), u"text"_s);
    // The next edit is about the text only.
    m_page->editor()->insertText(u"# mine\n"_s);
    WAIT(m_page->isModified());
    QCOMPARE(m_page->document()->attributes().description, u"theirs"_s);
    QCOMPARE(m_page->document()->attributes().type, u"text"_s);
}

void TstAttributes::typedText_meetsTheirDescription_data()
{
    QTest::addColumn<bool>("merge");
    QTest::newRow("merge") << true;
    QTest::newRow("keep mine") << false;
}

void TstAttributes::typedText_meetsTheirDescription()
{
    QFETCH(bool, merge);
    m_page->editor()->insertText(u"# mine\n"_s);
    WAIT(m_page->isModified());
    m_server->attributes[Name].description = u"theirs"_s;
    m_server->attributes[Name].tags = QStringList{u"x"_s};
    look();
    WAIT(m_page->document()->newer().has_value());
    QVERIFY(m_page->editor()->content().startsWith("# mine\n"));
    // Nothing goes out before that is settled.
    m_page->publish();
    QVERIFY(!m_scene->console.widget(u"planDialog"_s));
    if (merge) {
        m_page->showMerge();
        WAIT(m_scene->console.widget(u"configMerge"_s));
        QTest::mouseClick(m_scene->console.find<QPushButton>(u"mergeUseButton"_s), Qt::LeftButton);
        QCOMPARE(field(u"configDescription"_s)->text(), u"theirs"_s);
    } else {
        for (const ui::MessageAction &action : m_page->findChild<ui::MessageBar *>()->current().actions) {
            if (action.text == "Keep mine"_L1)
                action.run();
        }
    }
    WAIT(!m_page->document()->newer());
    const auto &attributes = m_page->document()->attributes();
    QCOMPARE(attributes.description, merge ? u"theirs"_s : u"what it is"_s);
    QCOMPARE(attributes.tags, merge ? QStringList{u"x"_s} : QStringList());
    QCOMPARE(attributes.app, u"shop"_s);
    QCOMPARE(m_page->editor()->content(), "# mine\na: 1\n"_ba);
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    QCOMPARE(m_server->content(Name), "# mine\na: 1\n"_ba);
    using Publish = core::nacos::wire::ConfigPublishRequest;
    const auto sent = m_server->grpc.seen(Publish::typeName);
    QCOMPARE(sent.size(), 1);
    const auto request = Publish::fromBody(sent.first().body);
    QVERIFY(request.has_value());
    QCOMPARE(request->additions.value(u"desc"_s), merge ? u"theirs"_s : u"what it is"_s);
    QCOMPARE(request->additions.value(u"config_tags"_s), merge ? u"x"_s : QString());
    QCOMPARE(request->additions.value(u"appName"_s), u"shop"_s);
}

void TstAttributes::bothChangedTheDescription_mineIsKeptAndSaid()
{
    QTest::keyClicks(field(u"configDescription"_s), u"!"_s);
    WAIT(m_page->isModified());
    m_server->attributes[Name].description = u"theirs"_s;
    look();
    WAIT(m_page->document()->newer().has_value());
    m_page->showMerge();
    WAIT(m_scene->console.widget(u"configMerge"_s));
    const auto labels = m_page->findChildren<QLabel *>(u"mergeLabel"_s);
    QCOMPARE(labels.size(), 1);
    QVERIFY2(labels.first()->text().contains("description"_L1), qPrintable(labels.first()->text()));
    QTest::mouseClick(m_scene->console.find<QPushButton>(u"mergeUseButton"_s), Qt::LeftButton);
    QCOMPARE(m_page->document()->attributes().description, u"what it is!"_s);
    QVERIFY(m_page->isModified());
}

void TstAttributes::draft_knowsTheAttributesItBeganWith()
{
    m_page->editor()->insertText(u"# mine\n"_s);
    WAIT(m_page->document()->draftSavedAt().isValid());
    // While the program is closed.
    m_server->attributes[Name].description = u"theirs"_s;
    m_scene->console.restart();
    m_page = open();
    QVERIFY(m_page);
    WAIT(m_page->document()->newer().has_value());
    QCOMPARE(m_page->document()->base()->attributes.description, u"what it is"_s);
    QCOMPARE((*m_page->document()->newer())->attributes.description, u"theirs"_s);
    QCOMPARE(m_page->editor()->content(), "# mine\na: 1\n"_ba);
}

void TstAttributes::orderOfTags_isNoChange()
{
    m_server->attributes[Name].tags = QStringList{u"a"_s, u"b"_s};
    look();
    WAIT(m_page->document()->attributes().tags.size() == 2);
    m_page->editor()->insertText(u"# mine\n"_s);
    WAIT(m_page->isModified());
    m_server->attributes[Name].tags = QStringList{u"b"_s, u"a"_s};
    QSignalSpy caughtUp(m_page->document(), &ConfigDocument::caughtUp);
    look();
    WAIT(caughtUp.count() == 1);
    QVERIFY(!m_page->document()->newer());
}

/// Another client publishes blanks, and more than the fields take: nobody here has asked to change that.
void TstAttributes::untouched_isGivenBackToTheLetter()
{
    const QString description = u"pool for checkout \n"_s, app = u" shop"_s, tooLong = QString(200, u'd');
    m_server->attributes[Name].description = description;
    m_server->attributes[Name].app = app;
    look();
    WAIT(m_page->document()->attributes().description == description);
    m_page->editor()->insertText(u"# mine\n"_s);
    WAIT(m_page->isModified());
    QCOMPARE(m_page->document()->attributes().description, description);
    QCOMPARE(m_page->document()->attributes().app, app);
    // Taken back, nothing is left to keep.
    m_page->editor()->replaceContent("a: 1\n");
    WAIT(!m_page->isModified());
    // What is typed is tidied, and so is what is cleared; the other one still stays.
    QLineEdit *edit = field(u"configDescription"_s);
    edit->selectAll();
    QTest::keyClicks(edit, u" another "_s);
    WAIT(m_page->isModified());
    QCOMPARE(m_page->document()->attributes().description, u"another"_s);
    QCOMPARE(m_page->document()->attributes().app, app);
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    WAIT(m_page->document()->attributes().description.isEmpty());
    m_page->discardDraft();
    m_server->attributes[Name].description = tooLong;
    look();
    WAIT(m_page->document()->attributes().description == tooLong);
    m_page->editor()->insertText(u"# mine\n"_s);
    WAIT(m_page->isModified());
    QCOMPARE(m_page->document()->attributes().description, tooLong);
    QCOMPARE(edit->text(), tooLong);
}

void TstAttributes::fiveLongTags_areNotCut()
{
    QStringList tags;
    for (char16_t each : {u'a', u'b', u'c', u'd', u'e'})
        tags << QString(64, each);
    m_server->attributes[Name].tags = tags;
    look();
    WAIT(m_page->document()->attributes().tags == tags);
    QCOMPARE(field(u"configTags"_s)->text(), tags.join(u", "_s));
    m_page->editor()->insertText(u"# mine\n"_s);
    WAIT(m_page->isModified());
    QCOMPARE(m_page->document()->attributes().tags, tags);
    // Typed in the field as well.
    QLineEdit *edit = field(u"configTags"_s);
    edit->setCursorPosition(0);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClick(edit, Qt::Key_Z);
    tags[0][0] = u'z';
    WAIT(m_page->document()->attributes().tags == tags);
}

SIGNALBOX_TEST(TstAttributes)
#include "tst_attributes.moc"
