// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/store/overrides.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/diffview.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QComboBox>
#include <QPushButton>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using tests::rowOf;
using ui::config::ConfigDocument;
using ui::config::EditorPage;

namespace {

const ConfigKey Banner{u"public"_s, u"SHOP"_s, u"banner.txt"_s};
const QString Table = u"configsTable"_s;

} // namespace

class TstOverrides : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void setInTheEditor_isReadEverywhere();
    void setFromTheList();
    void takenOff_canBeUndone();
    void takenOff_noticeGoesWhenThereIsOneAgain();
    void typedIntoIt_staysOnThisComputer();
    void pushesDoNotDisturbIt();
    void comparedWithTheServer();
    void anotherProgramsOverride_isNoticed();
    void draftOfTheServersText_staysApart();
    void binaryOverride_isShownNotEdited();

private:
    bool set(const QByteArray &content)
    {
        const auto done = tests::await(m_scene->console.services().overrides.set({m_scene->address(Banner), content, u"text"_s, {}}));
        return done && *done;
    }
    std::optional<ui::Message> takenOff(EditorPage *page) const
    {
        for (const ui::Message &message : page->findChild<ui::MessageBar *>()->messages())
            if (message.id == "overrideOff"_L1)
                return message;
        return std::nullopt;
    }
    bool isReady(EditorPage *page) const { return page && page->document()->state() == ConfigDocument::State::Ready; }
};

void TstOverrides::setInTheEditor_isReadEverywhere()
{
    const auto live = m_scene->read(Banner);
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    QVERIFY(!page->isOverridden());
    m_scene->trigger(u"config.override"_s);
    WAIT(page->isOverridden() && isReady(page));
    QVERIFY(m_scene->console.widget(u"overrideBadge"_s));
    // The window reads it instead of the server's.
    const auto read = tests::await(m_scene->console.workbench().registry(u"practice"_s)->configs().get(Banner));
    QVERIFY(read && *read && (**read)->localOverride);
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Banner)});
    WAIT(m_scene->cell(Table, rowOf(Banner), u"state"_s).contains("local override"_L1));
    WAIT(m_scene->console.widget(u"configOverrideBadge"_s));
    QCOMPARE(m_scene->read(Banner), live);
}

void TstOverrides::setFromTheList()
{
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Banner)});
    QVERIFY(!m_scene->console.widget(u"overrideOffButton"_s));
    m_scene->trigger(u"config.override"_s);
    WAIT(m_scene->editor() && m_scene->editor()->isOverridden());
    QVERIFY(m_scene->list());
    m_scene->select(Table, {rowOf(Banner)});
    WAIT(m_scene->console.widget(u"overrideOffButton"_s));
}

void TstOverrides::takenOff_canBeUndone()
{
    QVERIFY(set("mine"));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    WAIT(page->isOverridden());
    QCOMPARE(page->editor()->content(), "mine"_ba);
    m_scene->trigger(u"config.overrideOff"_s);
    WAIT(!page->isOverridden() && isReady(page));
    QCOMPARE(page->editor()->content(), *m_scene->read(Banner));
    // Said on the page it is about, not over every other one.
    WAIT(takenOff(page));
    QVERIFY(m_scene->console.window().messageBar().isEmpty());
    takenOff(page)->actions.first().run();
    WAIT(page->isOverridden() && isReady(page));
    QCOMPARE(page->editor()->content(), "mine"_ba);
    QVERIFY(!takenOff(page));
}

void TstOverrides::takenOff_noticeGoesWhenThereIsOneAgain()
{
    QVERIFY(set("mine"));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    WAIT(page->isOverridden());
    m_scene->trigger(u"config.overrideOff"_s);
    WAIT(takenOff(page));
    QVERIFY(set("another"));
    WAIT(!takenOff(page));
}

void TstOverrides::typedIntoIt_staysOnThisComputer()
{
    const auto live = m_scene->read(Banner);
    QVERIFY(set("mine"));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    WAIT(page->isOverridden());
    auto *save = m_scene->console.find<QPushButton>(u"publishButton"_s);
    QVERIFY(!save->isEnabled());
    page->editor()->insertText(u"all "_s);
    WAIT(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    WAIT(!page->isModified());
    const auto found = tests::await(m_scene->console.services().overrides.find(m_scene->address(Banner)));
    QVERIFY(found && *found && **found);
    QCOMPARE((**found)->content, "all mine"_ba);
    QVERIFY(!m_scene->console.widget(u"planDialog"_s));
    QCOMPARE(m_scene->read(Banner), live);
}

void TstOverrides::pushesDoNotDisturbIt()
{
    QVERIFY(set("mine"));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    WAIT(page->isOverridden());
    QVERIFY(m_scene->write(Banner, "theirs", u"text"_s));
    auto *registry = m_scene->console.workbench().registry(u"practice"_s);
    const auto live = tests::await(registry->configs().getLive(Banner));
    QVERIFY(live && *live && (**live)->content == "theirs");
    QCOMPARE(page->editor()->content(), "mine"_ba);
    QVERIFY(!page->document()->newer());
    m_scene->trigger(u"config.overrideOff"_s);
    WAIT(page->editor()->content() == "theirs");
}

void TstOverrides::comparedWithTheServer()
{
    QVERIFY(set("mine"));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    WAIT(page->isOverridden());
    page->compareWithLive();
    WAIT(m_scene->console.currentKind() == "compare"_L1);
    auto *diff = m_scene->console.find<ui::DiffView>(u"compareDiff"_s);
    WAIT(diff && diff->isReady() && diff->changeCount() > 0);
    QVERIFY(m_scene->console.workbench().currentPage()->longTitle().contains("local override"_L1));
}

void TstOverrides::anotherProgramsOverride_isNoticed()
{
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    QVERIFY(!page->isOverridden());
    QVERIFY(set("from elsewhere"));
    WAIT(page->isOverridden() && isReady(page));
    WAIT(page->editor()->content() == "from elsewhere");
    // Changed while it is shown and untouched: the new one is shown.
    QVERIFY(set("and again"));
    WAIT(page->editor()->content() == "and again");
}

void TstOverrides::draftOfTheServersText_staysApart()
{
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    page->editor()->insertText(u"typed "_s);
    page->saveDraftNow();
    WAIT(page->document()->draftSavedAt().isValid());
    QVERIFY(set("mine"));
    WAIT(page->isOverridden() && isReady(page));
    QCOMPARE(page->editor()->content(), "mine"_ba);
    QVERIFY(!page->isModified());
    m_scene->trigger(u"config.overrideOff"_s);
    WAIT(!page->isOverridden() && isReady(page));
    WAIT(page->editor()->content().startsWith("typed "));
    QVERIFY(page->isModified());
}

void TstOverrides::binaryOverride_isShownNotEdited()
{
    const QByteArray bytes("\xff\x00\x01 not text", 12);
    QVERIFY(set(bytes));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    WAIT(page->isOverridden());
    QVERIFY(!page->editor()->isTextual());
    QCOMPARE(page->editor()->content(), bytes);
    QVERIFY(!page->isEditable());
    QVERIFY(!page->publishBlocker().isEmpty());
}

SIGNALBOX_TEST(TstOverrides)
#include "tst_overrides.moc"
