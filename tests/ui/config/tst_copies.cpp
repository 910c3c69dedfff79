// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"
#include "ui/config/configlookup.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using core::nacos::ConfigDetail;
using core::nacos::ConfigKey;
using ui::config::EditorPage;

namespace {

const ConfigKey Payments{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const ConfigKey Signing{u"public"_s, u"PAYMENTS"_s, u"cipher-signing-key"_s};
const QString Table = u"configsTable"_s;

} // namespace

/// Duplicating: everything that belongs to a configuration comes along.
class TstCopies : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void aLongProblem_takesNoRoomOfTheFields();
    void copy_hasAllAttributesAndTheType();
    void encrypted_keepsItsDataKey();
    void encrypted_isRefusedUnderAPlainName();
    void plain_isRefusedUnderACipherName();
    void refusal_saysWhatIsWrong();
    void namesInTheChosenNamespaceComeFirst();

private:
    /// The dialog's field for the data ID.
    QLineEdit *duplicate(const ConfigKey &key)
    {
        if (!m_scene->list())
            return nullptr;
        m_scene->select(Table, {tests::rowOf(key)});
        m_scene->trigger(u"config.duplicate"_s);
        const bool there = QTest::qWaitFor([this] { return m_scene->console.widget(u"newConfigDialog"_s) != nullptr; }, tests::Patience);
        return !there ? nullptr : m_scene->console.find<QLineEdit>(u"newConfigDataId"_s);
    }
    QString problem() const { return m_scene->console.find<QLabel>(u"newConfigProblem"_s)->text(); }
    QPushButton *create() const { return m_scene->console.find<QPushButton>(u"newConfigCreate"_s); }
    std::optional<ConfigDetail> live(const ConfigKey &key)
    {
        const auto got = tests::await(m_scene->console.workbench().registry(u"practice"_s)->configs().getLive(key));
        return got && *got ? **got : std::nullopt;
    }
    EditorPage *copyOf(const ConfigKey &key, const QString &name)
    {
        QLineEdit *edit = duplicate(key);
        if (!edit)
            return nullptr;
        edit->setText(name);
        if (!create()->isEnabled())
            return nullptr;
        create()->click();
        const bool there = QTest::qWaitFor(
            [&] {
                auto *page = m_scene->editor();
                return page && page->document()->key().dataId == name && !page->document()->content().isEmpty();
            },
            tests::Patience);
        return there ? m_scene->editor() : nullptr;
    }
};

void TstCopies::aLongProblem_takesNoRoomOfTheFields()
{
    QLineEdit *edit = duplicate(Payments);
    QVERIFY(edit);
    const int height = edit->height();
    edit->setText(u"a b/中"_s);
    QVERIFY(!problem().isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(edit->height(), height);
    QVERIFY(height >= edit->sizeHint().height());
}

void TstCopies::copy_hasAllAttributesAndTheType()
{
    const auto original = live(Payments);
    QVERIFY(original && !original->attributes.app.isEmpty() && !original->attributes.tags.isEmpty());
    QVERIFY(!original->attributes.description.isEmpty());
    // Its name says nothing of the format.
    EditorPage *page = copyOf(Payments, u"payments-copy"_s);
    QVERIFY(page);
    QCOMPARE(page->findChild<QComboBox *>(u"configFormat"_s)->currentData().toString(), u"yaml"_s);
    QVERIFY(page->isEditable());
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    const auto copy = live({Payments.namespaceId, Payments.group, u"payments-copy"_s});
    QVERIFY(copy);
    QCOMPARE(copy->content, original->content);
    QVERIFY(copy->attributes == original->attributes);
}

void TstCopies::encrypted_keepsItsDataKey()
{
    const auto original = live(Signing);
    QVERIFY(original && !original->attributes.encryptedDataKey.isEmpty());
    EditorPage *page = copyOf(Signing, u"cipher-signing-key2"_s);
    QVERIFY(page);
    WAIT(page->document()->content() == original->content);
    QVERIFY(!page->isEditable());
    QVERIFY(page->editor()->access() == ui::CodeEditor::Access::ReadOnly);
    QVERIFY2(page->publishBlocker().isEmpty(), qPrintable(page->publishBlocker()));
    m_scene->trigger(u"editor.publish"_s);
    QVERIFY(m_scene->apply());
    const auto copy = live({Signing.namespaceId, Signing.group, u"cipher-signing-key2"_s});
    QVERIFY(copy);
    QCOMPARE(copy->content, original->content);
    QVERIFY(copy->attributes == original->attributes);
    QVERIFY(!page->isEditable());
}

void TstCopies::encrypted_isRefusedUnderAPlainName()
{
    QLineEdit *edit = duplicate(Signing);
    QVERIFY(edit);
    edit->setText(u"signing-key-copy"_s);
    QVERIFY(!create()->isEnabled());
    QVERIFY2(problem().contains("encrypted"_L1) && problem().contains("cipher-"_L1), qPrintable(problem()));
    edit->setText(u"cipher-other"_s);
    QVERIFY(create()->isEnabled());
    QVERIFY(problem().isEmpty());
    // By a link of an older session, too: nothing comes along, and why is said.
    create()->window()->close();
    const ConfigKey plain{Signing.namespaceId, Signing.group, u"signing-key-copy"_s};
    m_scene->console.workbench().openPage(
        {.address = m_scene->address(plain), .parameters = {{u"new"_s, true}, {u"from"_s, m_scene->address(Signing).toString()}}});
    WAIT(m_scene->editor() && m_scene->editor()->document()->key() == plain);
    auto *bar = m_scene->editor()->findChild<ui::MessageBar *>();
    WAIT(bar->current().text.contains("Nothing was copied"_L1));
    QVERIFY(m_scene->editor()->document()->content().isEmpty());
}

void TstCopies::plain_isRefusedUnderACipherName()
{
    QLineEdit *edit = duplicate(Payments);
    QVERIFY(edit);
    edit->setText(u"cipher-payments"_s);
    QVERIFY(!create()->isEnabled());
    QVERIFY2(problem().contains("encrypt"_L1), qPrintable(problem()));
}

void TstCopies::refusal_saysWhatIsWrong()
{
    EditorPage *page = m_scene->open({Signing.namespaceId, Signing.group, u"cipher-typed"_s});
    QVERIFY(page);
    page->editor()->insertText(u"plain words"_s);
    WAIT(page->isModified());
    m_scene->trigger(u"editor.publish"_s);
    auto *bar = page->findChild<ui::MessageBar *>();
    WAIT(bar->current().id == "refused"_L1);
    const QString said = bar->current().text + bar->current().details;
    QVERIFY2(said.contains("data key"_L1), qPrintable(said));
    QVERIFY2(!said.contains("protection"_L1) && !said.contains("nlock"_L1), qPrintable(said));
}

void TstCopies::namesInTheChosenNamespaceComeFirst()
{
    // The same name is in three namespaces.
    for (const QString &space : {u"public"_s, u"staging"_s, u"production"_s})
        QVERIFY(m_scene->list(space));
    ui::config::ConfigLookup lookup(m_scene->console.workbench());
    for (const QString &space : {u"public"_s, u"staging"_s, u"production"_s}) {
        ui::workbench::LookupQuery query;
        query.text = Payments.dataId;
        query.subject = {u"practice"_s, space};
        WAIT([&] {
            const auto hits = tests::await(lookup.find(query));
            return hits && *hits && (*hits)->size() >= 3 && (*hits)->first().address.space() == space;
        }());
    }
}

SIGNALBOX_TEST(TstCopies)
#include "tst_copies.moc"
