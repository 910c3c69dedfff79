// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/drafts.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"
#include "ui/workbench/activity.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPushButton>

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using ui::config::EditorPage;

namespace {

const ConfigKey Payments{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s};
const ConfigKey Banner{u"public"_s, u"SHOP"_s, u"banner.txt"_s};
const QString Table = u"historyTable"_s;

} // namespace

/// Earlier versions by what tells them apart.
class TstVersions : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void compared_sayWhenAndByWhom();
    void live_isNotComparedWithItself();
    void restored_isSaidBeforeAndNoNewsAfterwards();
    void versionsAreNamedByTimeAndPerson();

private:
    /// The live version and an earlier one of which is known who made it.
    std::pair<QString, QString> history(EditorPage *page)
    {
        page->showPanel(EditorPage::Panel::History);
        std::pair<QString, QString> found;
        const auto look = [&] {
            const ui::TableView *table = m_scene->table(Table);
            for (int row = 0; table && row < table->records()->rowCount(); ++row) {
                const QString id = table->records()->idAt(row);
                const bool live = m_scene->cell(Table, id, u"what"_s).contains("live"_L1);
                if (live)
                    found.first = id;
                else if (!m_scene->cell(Table, id, u"by"_s).isEmpty() && m_scene->cell(Table, id, u"by"_s) != u"–"_s)
                    found.second = id;
            }
            return !found.first.isEmpty() && !found.second.isEmpty();
        };
        return QTest::qWaitFor(look, tests::Patience) ? found : std::pair<QString, QString>();
    }
    QAbstractButton *button(const QString &name) const { return m_scene->console.find<QAbstractButton>(name); }
    bool isSaid(const QWidget *in, const QStringList &words) const
    {
        const auto all = in->findChildren<QWidget *>();
        return std::any_of(all.cbegin(), all.cend(), [&](const QWidget *widget) {
            const QString text = widget->property("text").toString();
            return widget->isVisible() &&
                std::all_of(words.cbegin(), words.cend(), [&](const QString &word) { return text.contains(word); });
        });
    }
};

void TstVersions::compared_sayWhenAndByWhom()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    const auto [live, before] = history(page);
    QVERIFY(!live.isEmpty());
    const auto md5 = [&](const QString &id) { return m_scene->cell(Table, id, u"md5"_s); };
    const QString liveMd5 = md5(live), beforeMd5 = md5(before);
    QVERIFY(!liveMd5.isEmpty() && liveMd5 != beforeMd5);
    m_scene->select(Table, {live, before});
    button(u"historyCompareButton"_s)->click();
    WAIT(m_scene->console.currentKind() == "compare"_L1);
    const auto *compare = m_scene->console.workbench().currentPage();
    WAIT(isSaid(compare, {u"live version of"_s, liveMd5}));
    WAIT(isSaid(compare, {u"version of"_s, beforeMd5}));
    QVERIFY(!isSaid(compare, {u"earlier version"_s}));
}

void TstVersions::live_isNotComparedWithItself()
{
    EditorPage *page = m_scene->open(Payments);
    QVERIFY(page);
    const auto [live, before] = history(page);
    QVERIFY(!live.isEmpty());
    m_scene->select(Table, {before});
    WAIT(button(u"historyCompareButton"_s)->isEnabled());
    m_scene->select(Table, {live});
    WAIT(!button(u"historyCompareButton"_s)->isEnabled());
    QVERIFY(!button(u"historyCompareButton"_s)->toolTip().isEmpty());
}

void TstVersions::restored_isSaidBeforeAndNoNewsAfterwards()
{
    QVERIFY(m_scene->write(Banner, "something new", u"text"_s));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    const auto versions = history(page);
    QVERIFY(!versions.first.isEmpty());
    const QString md5 = m_scene->cell(Table, versions.second, u"md5"_s);
    m_scene->select(Table, {versions.second});
    WAIT(button(u"historyRestoreButton"_s)->isEnabled());
    button(u"historyRestoreButton"_s)->click();
    WAIT(m_scene->planIsReady());
    QVERIFY(isSaid(m_scene->console.widget(u"planDialog"_s), {u"version of"_s, md5}));
    QVERIFY(m_scene->apply());
    WAIT(QCryptographicHash::hash(page->editor()->content(), QCryptographicHash::Md5).toHex().startsWith(md5.toLatin1()));
    WAIT(!page->isModified());
    // Named as what it was, with the version: for Activity, in the ledger, in the history.
    const auto &items = m_scene->console.workbench().activity().items();
    QVERIFY2(!items.isEmpty() && items.first().title.startsWith("Restore "_L1) && items.first().title.contains(" as of "_L1),
             qPrintable(items.value(0).title));
    WAIT(m_scene->cell(Table, m_scene->table(Table)->records()->idAt(0), u"what"_s).startsWith("back to the version of "_L1));
    m_scene->page(u"ledger"_s);
    WAIT(m_scene->table(u"ledgerTable"_s) && m_scene->table(u"ledgerTable"_s)->records()->rowCount() == 1);
    QCOMPARE(m_scene->cell(u"ledgerTable"_s, m_scene->table(u"ledgerTable"_s)->records()->idAt(0), u"verb"_s), u"restored"_s);
    for (const ui::Message &message : page->findChild<ui::MessageBar *>()->messages())
        QVERIFY2(!message.text.startsWith("Changed on the server"_L1), qPrintable(message.text));
    QVERIFY2(page->findChild<QLabel *>(u"draftLabel"_s)->text().isEmpty(), qPrintable(page->findChild<QLabel *>(u"draftLabel"_s)->text()));
    const auto drafts = tests::await(m_scene->console.services().drafts.load(m_scene->address(Banner)));
    QVERIFY(drafts && *drafts && !**drafts);
    // The next change by somebody else is news again.
    QVERIFY(m_scene->write(Banner, "by another", u"text"_s));
    WAIT(page->findChild<ui::MessageBar *>()->current().text.startsWith("Changed on the server"_L1));
}

/// The server's row of a change does not say who made what it holds, nor when; the list does, and it is what one decides by.
void TstVersions::versionsAreNamedByTimeAndPerson()
{
    QVERIFY(m_scene->write(Banner, "one", u"text"_s));
    QVERIFY(m_scene->write(Banner, "two", u"text"_s));
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    const QString before = history(page).second;
    QVERIFY(!before.isEmpty());
    m_scene->select(Table, {before});
    WAIT(button(u"historyRestoreButton"_s)->isEnabled());
    button(u"historyRestoreButton"_s)->click();
    WAIT(m_scene->planIsReady());
    QVERIFY(isSaid(m_scene->console.widget(u"planDialog"_s), {u"Restores the version of "_s}));
    m_scene->console.find<QPushButton>(u"planCancel"_s)->click();
    WAIT(!m_scene->console.widget(u"planDialog"_s));
    button(u"historyCompareButton"_s)->click();
    WAIT(m_scene->console.currentKind() == "compare"_L1);
    WAIT(isSaid(m_scene->console.workbench().currentPage(), {u"version of "_s}));
}

SIGNALBOX_TEST(TstVersions)
#include "tst_versions.moc"
