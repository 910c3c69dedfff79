// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/config.h"
#include "core/profiles/practice.h"
#include "tests/e2e/support/console.h"
#include "tests/e2e/support/walk.h"
#include "tests/support/testmain.h"
#include "ui/common/diffview.h"
#include "ui/common/statepage.h"
#include "ui/common/theme.h"
#include "ui/models/tableview.h"
#include "ui/settings/settingspage.h"
#include "ui/shell/bookmarks.h"
#include "ui/shell/tabarea.h"
#include "ui/workbench/pagekind.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QRegularExpression>
#include <QSet>

#include <cstdio>

using namespace Qt::StringLiterals;
using core::profiles::PracticeServers;
using tests::Console;

namespace {

/// The font everything is shown with while one lives.
class LargeText {
    Q_DISABLE_COPY_MOVE(LargeText)
public:
    explicit LargeText(double factor)
        : m_before(QApplication::font())
    {
        QFont large = m_before;
        large.setPointSizeF(m_before.pointSizeF() * factor);
        QApplication::setFont(large);
    }
    ~LargeText() { QApplication::setFont(m_before); }

private:
    QFont m_before;
};

/// Pages and dialogs, one after another, with a name for each.
class Walk {
public:
    Walk(Console &console, QString variant)
        : m_console(console)
        , m_variant(std::move(variant))
    {
    }

    /// Answers what was found wrong.
    QStringList run(const std::function<void(const QString &name, QWidget *root)> &look)
    {
        const QString slug = PracticeServers::slug();
        for (const ui::workbench::PageKind &kind : m_console.shell().pages().all()) {
            if (kind.id == u"config"_s || kind.id == u"settings"_s || kind.id == u"compare"_s)
                continue;
            open({.kind = kind.id, .subject = {slug, u"public"_s}});
            show(kind.id, look);
        }
        open({.address = *core::nacos::ConfigKey{u"public"_s, u"PAYMENTS"_s, u"payments.yaml"_s}.address(slug)});
        show(u"config"_s, look);
        open({.kind = u"compare"_s,
              .subject = {slug, u"public"_s},
              .parameters = {
                  {u"left"_s, core::nacos::ConfigKey{u"staging"_s, u"PAYMENTS"_s, u"payments.yaml"_s}.address(slug)->toString()},
                  {u"right"_s, core::nacos::ConfigKey{u"production"_s, u"PAYMENTS"_s, u"payments.yaml"_s}.address(slug)->toString()}}});
        show(u"compare"_s, look);
        open({.kind = u"settings"_s});
        auto *settings = qobject_cast<ui::settings::SettingsPage *>(m_console.workbench().currentPage());
        const QStringList sections = settings ? settings->sections() : QStringList();
        for (const QString &section : sections) {
            settings->showSection(section);
            show(u"settings-"_s + section, look);
        }
        command(u"connection.new"_s);
        show(u"connection"_s, look);
        for (const QString &id : {u"help.keys"_s, u"view.activity"_s, u"view.log"_s}) {
            command(id);
            if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget())) {
                look(m_variant + u' ' + id, dialog);
                dialog->reject();
            } else {
                show(id, look);
                command(id);
            }
            settle();
        }
        return m_missing;
    }

private:
    void settle() { QCoreApplication::processEvents(); }
    void command(const QString &id)
    {
        if (QAction *action = m_console.window().actions().action(id))
            action->trigger();
        else
            m_missing.append(u"no command "_s + id);
        settle();
    }
    void open(const ui::workbench::PageRequest &request)
    {
        if (!m_console.workbench().openPage(request))
            m_missing.append(u"no page "_s + request.kind + request.address.toString());
    }
    void show(const QString &name, const std::function<void(const QString &, QWidget *)> &look)
    {
        settle();
        const ui::workbench::Page *page = m_console.workbench().currentPage();
        // Lists fill, skeletons go.
        std::ignore = QTest::qWaitFor(
            [page] {
                if (!page)
                    return true;
                const QList<ui::StatePage *> states = page->findChildren<ui::StatePage *>();
                for (const ui::StatePage *state : states)
                    if (state->isVisible() && state->state() == ui::StatePage::State::Loading)
                        return false;
                const auto *diff = page->findChild<ui::DiffView *>();
                if (diff && diff->isVisible() && (!diff->isReady() || (page->kind() == u"compare"_s && diff->changeCount() == 0)))
                    return false;
                const auto *table = page->findChild<ui::TableView *>();
                return !table || !table->isVisible() || table->records()->rowCount() > 0;
            },
            1500);
        settle();
        look(m_variant + u' ' + name, &m_console.window());
    }

    Console &m_console;
    QString m_variant;
    QStringList m_missing;
};

/// All of them: QtTest cuts long messages off.
bool report(const QStringList &faults)
{
    for (const QString &fault : faults)
        std::fprintf(stderr, "FAULT %s\n", qPrintable(fault));
    return faults.isEmpty();
}

void shoot(const QString &name, QWidget *root)
{
    // Pictures for people, when they ask for them.
    const QString folder = qEnvironmentVariable("SIGNALBOX_WALK_SHOTS");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        root->grab().save(QDir(folder).filePath(QString(name).replace(u' ', u'-') + u".png"_s));
}

} // namespace

class TstWalkPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::strictWindows(); }

    void everyPageIsWhole_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("theme");
        QTest::newRow("en-light") << u"en"_s << u"light"_s;
        QTest::newRow("en-dark") << u"en"_s << u"dark"_s;
        QTest::newRow("zh-light") << u"zh_CN"_s << u"light"_s;
        QTest::newRow("zh-dark") << u"zh_CN"_s << u"dark"_s;
    }
    void everyPageIsWhole()
    {
        QFETCH(QString, language);
        QFETCH(QString, theme);
        const LargeText text(1.25);
        Console console;
        console.set(core::profiles::Setting::Theme, theme);
        console.set(core::profiles::Setting::Language, language);
        console.addProfile(u"Shop"_s, core::profiles::Environment::Staging);
        console.shell().bookmarks().add({ui::shell::pageAddress(u"ledger"_s, {}), {}});
        console.start().resize(1280, 800);
        QVERIFY(console.startPractice());
        QStringList faults;
        Walk walk(console, QString::fromLatin1(QTest::currentDataTag()));
        faults += walk.run([&faults](const QString &name, QWidget *root) {
            shoot(name, root);
            // Layouts come to rest through the event loop.
            QStringList found;
            std::ignore = QTest::qWaitFor([&found, root] { return (found = tests::faultsOf(root)).isEmpty(); }, 2000);
            for (const QString &fault : found)
                faults.append(name + u": "_s + fault);
        });
        faults.removeDuplicates();
        QVERIFY(report(faults));
    }

    // What is open when the language changes reads the same as what is opened after it.
    void theLanguageChangesEverythingThatIsOpen()
    {
        QHash<QString, QStringList> switched, fresh;
        const auto walkAll = [](Console &console, QHash<QString, QStringList> &into, const QString &variant) {
            Walk walk(console, variant);
            return walk.run([&into, &variant](const QString &name, QWidget *root) {
                shoot(name, root);
                into.insert(name.mid(variant.size() + 1), tests::textsOf(root));
            });
        };
        {
            Console console;
            console.start().resize(1280, 800);
            QVERIFY(console.startPractice());
            QHash<QString, QStringList> english;
            QCOMPARE(walkAll(console, english, u"english"_s), QStringList());
            console.set(core::profiles::Setting::Language, u"zh_CN"_s);
            QCOMPARE(walkAll(console, switched, u"switched"_s), QStringList());
        }
        {
            Console console;
            console.set(core::profiles::Setting::Language, u"zh_CN"_s);
            console.start().resize(1280, 800);
            QVERIFY(console.startPractice());
            QHash<QString, QStringList> warm;
            QCOMPARE(walkAll(console, warm, u"warm"_s), QStringList());
            QCOMPARE(walkAll(console, fresh, u"fresh"_s), QStringList());
        }
        QStringList faults;
        for (auto it = fresh.cbegin(); it != fresh.cend(); ++it) {
            const QSet<QString> wanted(it->cbegin(), it->cend());
            const QStringList found = switched.value(it.key());
            for (const QString &text : found) {
                // Only what has letters of ours; names, times, numbers and addresses differ between two registries.
                static const QRegularExpression english(u": .*[A-Za-z]{3,}"_s), address(u"://|/tmp/|UTC|[KMG]iB"_s);
                if (!wanted.contains(text) && english.match(text).hasMatch() && !address.match(text).hasMatch())
                    faults.append(it.key() + u": "_s + text);
            }
        }
        QVERIFY(report(faults));
    }
};

SIGNALBOX_TEST(TstWalkPages)
#include "tst_walkpages.moc"
