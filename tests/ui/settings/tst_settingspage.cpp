// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/secretvault.h"
#include "core/profiles/settings.h"
#include "core/store/home.h"
#include "core/store/mirror.h"
#include "tests/e2e/support/console.h"
#include "tests/support/testmain.h"
#include "ui/common/theme.h"
#include "ui/settings/settingspage.h"
#include "ui/settings/shortcuteditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using core::profiles::Setting;
using ui::settings::SettingsPage;

namespace {

SettingsPage *open(tests::Console &console, const QString &section)
{
    console.start();
    auto *page = qobject_cast<SettingsPage *>(console.workbench().openPage({.kind = u"settings"_s}));
    if (page)
        page->showSection(section);
    return page;
}

QString text(tests::Console &console, const QString &label)
{
    const auto *found = console.find<QLabel>(label);
    return found ? found->text() : QString();
}

} // namespace

class TstSettingsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void theKeysHaveTheWholePage()
    {
        tests::Console console;
        QVERIFY(open(console, u"keyboard"_s));
        console.window().resize(1280, 1000);
        const QWidget *table = console.widget(u"shortcutTable"_s);
        QVERIFY(table);
        QTRY_VERIFY2(table->height() > 600, qPrintable(QString::number(table->height())));
    }

    void everySectionOpensFromTheList()
    {
        tests::Console console;
        SettingsPage *page = open(console, u"general"_s);
        QVERIFY(page);
        auto *list = console.find<QListWidget>(u"settingsSections"_s);
        QCOMPARE(page->sections(),
                 (QStringList{u"general"_s, u"appearance"_s, u"connections"_s, u"secrets"_s, u"data"_s, u"keyboard"_s, u"network"_s}));
        list->setFocus();
        for (const QString &section : page->sections()) {
            QCOMPARE(page->saveState().value("section"_L1).toString(), section);
            QTest::keyClick(list, Qt::Key_Down);
        }
    }

    void whatIsChosenIsSaved()
    {
        tests::Console console;
        open(console, u"general"_s);
        auto *minutes = console.find<QSpinBox>(u"setting."_s + core::profiles::Settings::name(Setting::DefaultUnlockMinutes));
        QVERIFY(minutes);
        minutes->setValue(42);
        QCOMPARE(console.services().settings.number(Setting::DefaultUnlockMinutes), 42);
        auto *tabs = console.find<QCheckBox>(u"setting."_s + core::profiles::Settings::name(Setting::OpenLastTabs));
        const bool before = tabs->isChecked();
        QTest::mouseClick(tabs, Qt::LeftButton, {}, QPoint(8, tabs->height() / 2));
        QCOMPARE(console.services().settings.isOn(Setting::OpenLastTabs), !before);
        console.restart();
        QCOMPARE(console.services().settings.number(Setting::DefaultUnlockMinutes), 42);
        // What another program of this home sets is shown.
        open(console, u"general"_s);
        console.set(Setting::DefaultUnlockMinutes, 7);
        QTRY_COMPARE(console.find<QSpinBox>(u"setting."_s + core::profiles::Settings::name(Setting::DefaultUnlockMinutes))->value(), 7);
    }

    void themeAndLanguageFollowAtOnce()
    {
        tests::Console console;
        SettingsPage *page = open(console, u"appearance"_s);
        auto *theme = console.find<QComboBox>(u"setting."_s + core::profiles::Settings::name(Setting::Theme));
        theme->setCurrentIndex(theme->findData(u"dark"_s));
        QTRY_COMPARE(ui::Theme::shade(), ui::Shade::Dark);
        theme->setCurrentIndex(theme->findData(u"light"_s));
        QTRY_COMPARE(ui::Theme::shade(), ui::Shade::Light);
        page->showSection(u"general"_s);
        auto *language = console.find<QComboBox>(u"setting."_s + core::profiles::Settings::name(Setting::Language));
        const QString english = page->title();
        language->setCurrentIndex(language->findData(u"zh_CN"_s));
        QTRY_VERIFY(page->title() != english);
        QTRY_VERIFY(console.find<QComboBox>(u"setting."_s + core::profiles::Settings::name(Setting::Language))); // still the section
        console.set(Setting::Language, u"en"_s);
        QTRY_COMPARE(page->title(), english);
    }

    void keysInUseAreSaidAndTakenOver()
    {
        tests::Console console;
        open(console, u"keyboard"_s);
        auto *editor = console.find<ui::settings::ShortcutEditor>(u"shortcutEditor"_s);
        QVERIFY(editor);
        editor->choose(u"view.log"_s);
        auto *keys = console.find<QKeySequenceEdit>(u"shortcutKeys"_s);
        keys->setKeySequence(QKeySequence(u"F4"_s)); // the details'
        QVERIFY2(text(console, u"shortcutNote"_s).contains(u"Details"_s), qPrintable(text(console, u"shortcutNote"_s)));
        QCOMPARE(editor->conflicts(), QStringList{u"view.detail"_s});
        auto *set = console.find<QPushButton>(u"shortcutSet"_s);
        QVERIFY(set->isEnabled());
        QTest::mouseClick(set, Qt::LeftButton);
        ui::ActionRegistry &actions = console.window().actions();
        QCOMPARE(actions.keys(u"view.log"_s), QList<QKeySequence>{QKeySequence(u"F4"_s)});
        QVERIFY(actions.keys(u"view.detail"_s).isEmpty());
        QVERIFY(actions.conflicts().isEmpty());
        console.restart();
        QCOMPARE(console.window().actions().keys(u"view.log"_s), QList<QKeySequence>{QKeySequence(u"F4"_s)});
        QVERIFY(console.window().actions().keys(u"view.detail"_s).isEmpty());
        open(console, u"keyboard"_s);
        QTest::mouseClick(console.widget(u"shortcutResetAll"_s), Qt::LeftButton);
        QTRY_COMPARE(console.window().actions().keys(u"view.detail"_s), QList<QKeySequence>{QKeySequence(u"F4"_s)});
    }

    void secretsMoveToAnEncryptedFile()
    {
        tests::Console console;
        open(console, u"secrets"_s);
        QVERIFY(!text(console, u"secretsState"_s).isEmpty());
        console.find<QRadioButton>(u"secretsFile"_s)->setChecked(true);
        auto *apply = console.find<QPushButton>(u"secretsApply"_s);
        QVERIFY(!apply->isEnabled());
        QTest::keyClicks(console.find<QLineEdit>(u"secretsPassphrase"_s), u"correct horse"_s);
        QVERIFY(!apply->isEnabled()); // once is not enough
        QTest::keyClicks(console.find<QLineEdit>(u"secretsPassphraseAgain"_s), u"correct horse"_s);
        QVERIFY(apply->isEnabled());
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(console.services().secrets.kind(), core::credentials::SecretStore::Kind::EncryptedFile, 20000);
        QTRY_COMPARE(console.services().settings.text(Setting::SecretStore), u"file"_s);
        QVERIFY(!console.services().secrets.isLocked());

        // At the next start it waits for its passphrase, and the window says so.
        console.restart();
        QTRY_VERIFY(console.services().secrets.isLocked());
        const auto *status = console.find<QAbstractButton>(u"statusSecrets"_s);
        QTRY_VERIFY2(status->text().contains(u"locked"_s), qPrintable(status->text()));
        open(console, u"secrets"_s);
        QTest::keyClicks(console.find<QLineEdit>(u"secretsPassphrase"_s), u"wrong"_s);
        QTest::mouseClick(console.widget(u"secretsApply"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"secretsApply"_s)->isEnabled(), 20000);
        QVERIFY(console.services().secrets.isLocked());
        auto *passphrase = console.find<QLineEdit>(u"secretsPassphrase"_s);
        passphrase->clear();
        QTest::keyClicks(passphrase, u"correct horse"_s);
        QTest::keyClick(passphrase, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!console.services().secrets.isLocked(), 20000);
    }

    void dataSaysWhereItIsAndForgets()
    {
        tests::Console console;
        open(console, u"data"_s);
        const QWidget *page = console.workbench().currentPage();
        bool named = false;
        const auto labels = page->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            named = named || label->text() == console.services().home.path();
        QVERIFY(named);
        console.answers().confirm();
        QTest::mouseClick(console.widget(u"dataClear"_s), Qt::LeftButton);
        QTRY_COMPARE(console.answers().left(), 0);
        QTRY_VERIFY(!console.shell().activity().items().isEmpty());
        QTRY_COMPARE(console.shell().activity().items().first().state, ui::workbench::Activity::State::Done);
    }
};

SIGNALBOX_TEST(TstSettingsPage)
#include "tst_settingspage.moc"
