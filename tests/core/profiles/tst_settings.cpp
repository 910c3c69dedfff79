// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/settings.h"
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::profiles::Setting;
using core::profiles::Settings;

class TstSettings final : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::TempHome> m_home;
    QJsonObject file() const { return QJsonDocument::fromJson(m_home->read(u"settings.json"_s)).object(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_home = std::make_unique<tests::TempHome>();
    }
    void cleanup() { m_home.reset(); }

    void everySettingHasANameAndADefault()
    {
        const Settings settings(m_home->path());
        QSet<QString> names;
        for (int i = 0; i < int(Setting::Count); ++i) {
            const QString name = Settings::name(Setting(i));
            QVERIFY(!name.isEmpty());
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
            QCOMPARE(settings.value(Setting(i)), Settings::defaultOf(Setting(i)));
            QVERIFY(!Settings::defaultOf(Setting(i)).isNull());
        }
        QCOMPARE(settings.text(Setting::Theme), u"system"_s);
        QCOMPARE(settings.number(Setting::ScalePercent), 100);
        QVERIFY(settings.isOn(Setting::OpenLastTabs));
        QVERIFY(!settings.isOn(Setting::WrapLines));
        QVERIFY(settings.object(Setting::Shortcuts).isEmpty());
        QVERIFY(settings.array(Setting::Bookmarks).isEmpty());
        QCOMPARE(settings.number(Setting::DefaultUnlockMinutes), 15);
        QVERIFY(!m_home->exists(u"settings.json"_s));
    }

    void set_isSeenAtOnce_andWrittenSoon()
    {
        Settings settings(m_home->path());
        QSignalSpy changed(&settings, &Settings::changed);
        settings.set(Setting::Theme, u"dark"_s);
        settings.set(Setting::Theme, u"dark"_s);
        settings.set(Setting::TabWidth, 2);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(changed.constFirst().constFirst().value<Setting>(), Setting::Theme);
        QCOMPARE(settings.text(Setting::Theme), u"dark"_s);
        QTRY_COMPARE(file().value(u"appearance.theme"_s).toString(), u"dark"_s);
        QCOMPARE(file().size(), 2);
        QCOMPARE(changed.count(), 2);
        settings.reset(Setting::Theme);
        QCOMPARE(settings.text(Setting::Theme), u"system"_s);
        QTRY_VERIFY(!file().contains(u"appearance.theme"_s));
    }

    void theEnd_writesWhatIsPending()
    {
        {
            Settings settings(m_home->path());
            settings.set(Setting::WindowState, QJsonObject{{u"geometry"_s, u"AAAA"_s}});
        }
        QCOMPARE(Settings(m_home->path()).object(Setting::WindowState).value(u"geometry"_s).toString(), u"AAAA"_s);
    }

    void valuesOfTheWrongType_fallBackToTheDefault_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("types")
            << R"({"appearance.theme":7,"appearance.scalePercent":"big","editor.wrapLines":"yes","window.state":[],"history.bookmarks":{}})"_ba;
        QTest::newRow("numbers") << R"({"appearance.scalePercent":1e99})"_ba;
        QTest::newRow("negative") << R"({"appearance.scalePercent":-5})"_ba;
        QTest::newRow("not JSON") << "{ broken"_ba;
        QTest::newRow("list") << "[]"_ba;
        QTest::newRow("empty") << ""_ba;
    }
    void valuesOfTheWrongType_fallBackToTheDefault()
    {
        QFETCH(QByteArray, content);
        m_home->write(u"settings.json"_s, content);
        Settings settings(m_home->path());
        for (int i = 0; i < int(Setting::Count); ++i)
            QCOMPARE(settings.value(Setting(i)), Settings::defaultOf(Setting(i)));
        settings.set(Setting::Theme, u"light"_s);
        QVERIFY(settings.flush());
        QCOMPARE(file().value(u"appearance.theme"_s).toString(), u"light"_s);
    }

    void membersOfOthers_survive()
    {
        m_home->write(u"settings.json"_s, R"({"future.thing":{"x":1}})");
        Settings settings(m_home->path());
        settings.set(Setting::WireLog, true);
        QVERIFY(settings.flush());
        QCOMPARE(file().value(u"future.thing"_s).toObject().size(), 1);
        QVERIFY(file().value(u"log.wire"_s).toBool());
    }

    void othersChanges_areNoticed_ourPendingOnesWin()
    {
        Settings window(m_home->path()), other(m_home->path());
        window.watch();
        QSignalSpy changed(&window, &Settings::changed);
        other.set(Setting::TabWidth, 8);
        QVERIFY(other.flush());
        QTRY_COMPARE(window.number(Setting::TabWidth), 8);
        QTRY_COMPARE(changed.count(), 1);
        window.set(Setting::Theme, u"dark"_s);
        other.set(Setting::Theme, u"light"_s);
        QVERIFY(other.flush());
        QCOMPARE(window.text(Setting::Theme), u"dark"_s);
        QVERIFY(window.flush());
        QCOMPARE(file().value(u"appearance.theme"_s).toString(), u"dark"_s);
        QCOMPARE(file().value(u"editor.tabWidth"_s).toInt(), 8);
    }

    void diskThatWillNotTakeIt_isSaid_andTheValueStays()
    {
        m_home->write(u"file"_s, "x");
        Settings settings(m_home->filePath(u"file/below"_s));
        QSignalSpy failed(&settings, &Settings::writeFailed);
        settings.set(Setting::Theme, u"dark"_s);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(settings.text(Setting::Theme), u"dark"_s);
        QVERIFY(!settings.flush());
    }
};

SIGNALBOX_TEST(TstSettings)
#include "tst_settings.moc"
