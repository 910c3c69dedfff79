// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "tests/support/testmain.h"
#include "tests/ui/config/scene.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"

#include <QAbstractButton>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>

using namespace Qt::StringLiterals;
using core::nacos::ConfigKey;
using ui::config::EditorPage;

namespace {

const ConfigKey Banner{u"public"_s, u"SHOP"_s, u"banner.txt"_s};
const ConfigKey Staged{u"staging"_s, u"PAYMENTS"_s, u"payments.yaml"_s};

} // namespace

/// What is shown is deleted by somebody else.
class TstGone : public tests::SceneTest {
    Q_OBJECT
private Q_SLOTS:
    void deletedUnderAnEdit_publishCreatesIt_data();
    void deletedUnderAnEdit_publishCreatesIt();
    void namespaceGone_isSaidAndWarnedOf();

private:
    bool says(const QWidget *page, const QString &id, const QString &word) const
    {
        const auto messages = page->findChild<ui::MessageBar *>()->messages();
        return std::any_of(messages.cbegin(), messages.cend(),
                           [&](const ui::Message &message) { return message.id == id && message.text.contains(word); });
    }
    /// As another program does it: the namespace goes, what was in it is deleted before.
    bool removeNamespace(const QString &id)
    {
        QNetworkAccessManager http;
        QUrl url(m_scene->server() + u"/nacos/v3/admin/core/namespace?namespaceId="_s + id);
        QNetworkReply *reply = http.deleteResource(QNetworkRequest(url));
        const bool done = QTest::qWaitFor([reply] { return reply->isFinished(); }, tests::Patience);
        return done && reply->error() == QNetworkReply::NoError;
    }
};

void TstGone::deletedUnderAnEdit_publishCreatesIt_data()
{
    QTest::addColumn<bool>("typed");
    QTest::newRow("with something typed") << true;
    QTest::newRow("as it was") << false;
}

void TstGone::deletedUnderAnEdit_publishCreatesIt()
{
    QFETCH(bool, typed);
    EditorPage *page = m_scene->open(Banner);
    QVERIFY(page);
    const auto before = m_scene->read(Banner);
    if (typed) {
        page->editor()->insertText(u"typed "_s);
        WAIT(page->isModified());
    }
    QVERIFY(m_scene->remove(Banner));
    WAIT(says(page, u"server"_s, u"Deleted"_s));
    WAIT(page->publishBlocker().isEmpty());
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    QVERIFY(m_scene->console.find<QPushButton>(u"planApply"_s)->text().contains("Create"_L1));
    QVERIFY(m_scene->apply());
    QCOMPARE(m_scene->read(Banner), (typed ? "typed "_ba : QByteArray()) + *before);
    WAIT(page->findChild<ui::MessageBar *>()->messages().isEmpty() || !says(page, u"server"_s, u"Deleted"_s));
}

void TstGone::namespaceGone_isSaidAndWarnedOf()
{
    auto *list = m_scene->list(Staged.namespaceId);
    QVERIFY(list);
    QStringList names;
    for (int row = 0; row < m_scene->table(u"configsTable"_s)->records()->rowCount(); ++row)
        names << m_scene->table(u"configsTable"_s)->records()->idAt(row);
    EditorPage *page = m_scene->open(Staged);
    QVERIFY(page);
    page->editor()->insertText(u"# typed\n"_s);
    WAIT(page->isModified());
    auto &workbench = m_scene->console.workbench();
    for (const QString &id : std::as_const(names))
        QVERIFY(m_scene->remove(ui::config::keyOfRow(id, Staged.namespaceId)));
    QVERIFY(removeNamespace(Staged.namespaceId));
    // The editor learns of the deletion, looks after the namespace, and says both.
    WAIT(says(page, u"server"_s, u"Deleted"_s));
    WAIT(says(page, u"namespace"_s, Staged.namespaceId));
    auto *selector = m_scene->console.find<QAbstractButton>(u"namespaceButton"_s);
    WAIT(selector->text().contains("not listed"_L1));
    m_scene->trigger(u"editor.publish"_s);
    WAIT(m_scene->planIsReady());
    auto *warning = m_scene->console.find<QLabel>(u"namespaceWarning"_s);
    QVERIFY(warning && warning->isVisible());
    QVERIFY(warning->text().contains(Staged.namespaceId));
    m_scene->console.find<QPushButton>(u"planCancel"_s)->click();
    // The list as well.
    workbench.openPage({.kind = u"configs"_s, .subject = {u"practice"_s, Staged.namespaceId}});
    WAIT(says(list, u"namespace"_s, Staged.namespaceId));
    workbench.setCurrent({u"practice"_s, u"public"_s});
    WAIT(!selector->text().contains("not listed"_L1));
    WAIT(!says(list, u"namespace"_s, Staged.namespaceId));
}

SIGNALBOX_TEST(TstGone)
#include "tst_gone.moc"
