// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/appearance.h"
#include "app/console/options.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using app::Options;

class TstOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesEveryOption()
    {
        const auto options =
            app::parseOptions({u"--profile"_s, u"Shop"_s, u"--open=signalbox://shop/public/config/G/a.yaml"_s, u"--home"_s, u"/x"_s,
                               u"--sandbox"_s, u"--language"_s, u"zh_CN"_s, u"--theme=dark"_s, u"--scale"_s, u"1.5"_s});
        QVERIFY(options);
        QCOMPARE(options->action, Options::Action::Run);
        QCOMPARE(options->start.profile, u"Shop"_s);
        QCOMPARE(options->start.address.path(), (QStringList{u"G"_s, u"a.yaml"_s}));
        QCOMPARE(options->start.practice, ui::shell::StartRequest::Practice::Start);
        QCOMPARE(options->home, u"/x"_s);
        QCOMPARE(options->language, u"zh_CN"_s);
        QCOMPARE(options->theme, u"dark"_s);
        QCOMPARE(options->scale, 1.5);
    }

    void handsOverOnlyWhatAnotherWindowCanDo()
    {
        const auto options = app::parseOptions({u"--home"_s, u"/x"_s, u"--profile=shop"_s, u"--theme"_s, u"dark"_s, u"--sandbox"_s});
        QVERIFY(options);
        QCOMPARE(options->handover, (QStringList{u"--profile"_s, u"shop"_s, u"--sandbox"_s}));
        QVERIFY(app::parseOptions(options->handover));
    }

    void takesALinkAsTheDesktopGivesIt()
    {
        const auto options = app::parseOptions({u"signalbox://shop/public/config/G/a"_s});
        QVERIFY(options);
        QVERIFY(!options->start.address.isEmpty());
    }

    void actions_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("action");
        QTest::newRow("tour") << QStringList{u"--tour"_s, u"/t"_s} << int(Options::Action::Tour);
        QTest::newRow("smoke") << QStringList{u"--smoke"_s} << int(Options::Action::Smoke);
        QTest::newRow("version") << QStringList{u"--version"_s} << int(Options::Action::ShowVersion);
        QTest::newRow("help") << QStringList{u"--help"_s} << int(Options::Action::ShowHelp);
    }
    void actions()
    {
        QFETCH(QStringList, words);
        QFETCH(int, action);
        const auto options = app::parseOptions(words);
        QVERIFY(options);
        QCOMPARE(int(options->action), action);
    }

    // What the platform plugin says about itself; never a word of ours.
    void onlyThePlatformsNoiseIsLeftOut_data()
    {
        QTest::addColumn<QtMsgType>("type");
        QTest::addColumn<QString>("category");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("noise");
        const QString sentence = u"This plugin does not support propagateSizeHints()"_s;
        QTest::newRow("of the plugin") << QtWarningMsg << u"default"_s << sentence << true;
        QTest::newRow("of its category") << QtWarningMsg << u"qt.qpa.wayland"_s << u"no decorations"_s << true;
        QTest::newRow("a real failure of it") << QtCriticalMsg << u"qt.qpa.xcb"_s << u"the connection broke"_s << false;
        QTest::newRow("ours, the same words") << QtWarningMsg << u"signalbox.app"_s << sentence << false;
        QTest::newRow("of Qt, about us") << QtWarningMsg << u"default"_s << u"QObject::connect: no such signal"_s << false;
        QTest::newRow("of another part of Qt") << QtWarningMsg << u"qt.network.ssl"_s << u"no certificates"_s << false;
    }
    void onlyThePlatformsNoiseIsLeftOut()
    {
        QFETCH(QtMsgType, type);
        QFETCH(QString, category);
        QFETCH(QString, text);
        QTEST(app::isPlatformNoise({{}, type, category, text}), "noise");
    }

    void refusesMistakes_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("unknown") << QStringList{u"--frobnicate"_s};
        QTest::newRow("plain word") << QStringList{u"hello"_s};
        QTest::newRow("no value") << QStringList{u"--profile"_s};
        QTest::newRow("empty value") << QStringList{u"--profile="_s};
        QTest::newRow("value where none belongs") << QStringList{u"--sandbox=yes"_s};
        QTest::newRow("language") << QStringList{u"--language"_s, u"fr"_s};
        QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s};
        QTest::newRow("scale") << QStringList{u"--scale"_s, u"big"_s};
        QTest::newRow("address") << QStringList{u"--open"_s, u"http://x"_s};
    }
    void refusesMistakes()
    {
        QFETCH(QStringList, words);
        const auto options = app::parseOptions(words);
        QVERIFY(!options);
        QCOMPARE(options.error().kind, core::Error::Kind::Usage);
    }
};

SIGNALBOX_TEST(TstOptions)
#include "tst_options.moc"
