// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/stylepaint.h"

#include <cmath>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QTabBar>
#include <QTableWidget>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TstTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }
    void cleanup() { Theme::setAppearance(Appearance::Light); }

    void textIsReadable_data()
    {
        QTest::addColumn<int>("ink");
        QTest::addColumn<int>("ground");
        const auto row = [](Token ink, Token ground) { QTest::addRow("%d on %d", int(ink), int(ground)) << int(ink) << int(ground); };
        for (const Token ground : {Token::Window, Token::Base, Token::Hover, Token::Selection, Token::Match, Token::Flash, Token::Added,
                                   Token::Removed, Token::Changed, Token::AddedMark, Token::RemovedMark, Token::Current})
            row(Token::Text, ground);
        for (const Token ground : {Token::Window, Token::Base})
            for (const Token ink : {Token::Muted, Token::Ok, Token::Warning, Token::Error})
                row(ink, ground);
        row(Token::Muted, Token::Hover);
        row(Token::Accent, Token::Base);
        for (const Token ground : {Token::Base, Token::Current})
            for (const Token ink :
                 {Token::SyntaxKey, Token::SyntaxString, Token::SyntaxNumber, Token::SyntaxKeyword, Token::SyntaxComment, Token::SyntaxTag})
                row(ink, ground);
        for (const Token ground : {Token::Accent, Token::Error, Token::Development, Token::Staging, Token::Production})
            row(Token::OnAccent, ground);
    }
    void textIsReadable()
    {
        QFETCH(int, ink);
        QFETCH(int, ground);
        for (const Shade shade : {Shade::Light, Shade::Dark}) {
            const double value = contrast(Theme::color(Token(ink), shade), Theme::color(Token(ground), shade));
            QVERIFY2(value >= 4.5, qPrintable(u"shade %1: %2"_s.arg(int(shade)).arg(value)));
        }
    }

    void derivedTextIsReadable()
    {
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            Theme::setAppearance(appearance);
            // Muted cells of a selected row; chips; badges; placeholder.
            const QColor muted = Theme::tint(Theme::color(Token::Muted), 65, Theme::color(Token::Text));
            QVERIFY(contrast(muted, Theme::color(Token::Selection)) >= 4.5);
            const QColor chip = Theme::tint(Theme::color(Token::Accent), 85, Theme::color(Token::Text));
            QVERIFY(contrast(chip, Theme::tint(Theme::color(Token::Accent), 12)) >= 4.5);
            QVERIFY(contrast(Theme::color(Token::Text), QApplication::palette().color(QPalette::Highlight)) >= 4.5);
            QVERIFY(contrast(QApplication::palette().color(QPalette::ToolTipText), QApplication::palette().color(QPalette::ToolTipBase)) >=
                    4.5);
            for (const StateColor state : {StateColor::Info, StateColor::Ok, StateColor::Warning, StateColor::Error, StateColor::Neutral})
                QVERIFY2(contrast(Theme::badgeInk(state), Theme::tint(Theme::color(state), 10)) >= 4.5,
                         qPrintable(QString::number(int(state))));
        }
    }

    void tokensOfTheDesignAreExact()
    {
        QCOMPARE(Theme::color(Token::Window, Shade::Light), QColor(0xF6, 0xF7, 0xF9));
        QCOMPARE(Theme::color(Token::Base, Shade::Dark), QColor(0x16, 0x18, 0x1D));
        QCOMPARE(Theme::color(Token::Accent, Shade::Light), QColor(0x2F, 0x6F, 0xEB));
        QCOMPARE(Theme::color(Token::Production, Shade::Dark), QColor(0xF4, 0x72, 0xB6));
        for (const Shade shade : {Shade::Light, Shade::Dark}) {
            const QColor expected = Theme::tint(Theme::color(Token::Accent, shade), 15, Theme::color(Token::Base, shade));
            const QColor selection = Theme::color(Token::Selection, shade);
            QVERIFY(qAbs(expected.red() - selection.red()) <= 1 && qAbs(expected.green() - selection.green()) <= 1 &&
                    qAbs(expected.blue() - selection.blue()) <= 1);
        }
    }

    void appearanceChangesEverythingAtOnce()
    {
        QLabel muted(u"x"_s);
        Theme::setMuted(&muted);
        QLabel state(u"x"_s);
        Theme::setStateColor(&state, StateColor::Error);
        Theme::setAppearance(Appearance::Dark);
        QVERIFY(Theme::isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Base), Theme::color(Token::Base, Shade::Dark));
        QTRY_COMPARE(muted.palette().color(muted.foregroundRole()), Theme::color(Token::Muted, Shade::Dark));
        QTRY_COMPARE(state.palette().color(QPalette::WindowText), Theme::color(Token::Error, Shade::Dark));
        Theme::setStateColor(&state, StateColor::Ok);
        QCOMPARE(state.palette().color(QPalette::WindowText), Theme::color(Token::Ok, Shade::Dark));
    }

    void whatWasMutedTakesAStatesColour()
    {
        QLabel label(u"x"_s);
        const auto ink = [&label] { return label.palette().color(label.foregroundRole()); };
        Theme::setMuted(&label);
        QCOMPARE(ink(), Theme::color(Token::Muted));
        Theme::setStateColor(&label, StateColor::Error);
        QCOMPARE(ink(), Theme::color(Token::Error));
        Theme::setMuted(&label);
        QCOMPARE(ink(), Theme::color(Token::Muted));
    }

    void everyIconIsThere_data()
    {
        QTest::addColumn<int>("icon");
        for (int icon = 0; icon <= int(Icon::Warning); ++icon)
            QTest::addRow("%d %s", icon, qPrintable(Theme::iconName(Icon(icon)))) << icon;
    }
    void everyIconIsThere()
    {
        QFETCH(int, icon);
        for (const int size : {16, 18, 48}) {
            const QImage image = Theme::icon(Icon(icon)).pixmap(QSize(size, size), 1).toImage();
            QCOMPARE(image.size(), QSize(size, size));
            int painted = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    painted += qAlpha(image.pixel(x, y)) > 40 ? 1 : 0;
            QVERIFY2(painted > size / 2, "an empty icon");
        }
    }

    void iconsFollowTheAppearance()
    {
        const QIcon icon = Theme::icon(Icon::Config);
        const auto darkest = [](const QImage &image) {
            int best = 255;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (qAlpha(image.pixel(x, y)) > 200)
                        best = qMin(best, qGray(image.pixel(x, y)));
            return best;
        };
        QVERIFY(darkest(icon.pixmap(QSize(16, 16), 2).toImage()) < 80);
        Theme::setAppearance(Appearance::Dark);
        QVERIFY(darkest(icon.pixmap(QSize(16, 16), 2).toImage()) > 150);
    }

    void iconsOfScaledScreensAreSharp()
    {
        const QPixmap pixmap = Theme::icon(Icon::Save).pixmap(QSize(18, 18), 2);
        QCOMPARE(pixmap.size(), QSize(36, 36));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    }

    void fontsAreDerivedFromTheDesktops()
    {
        QVERIFY(qAbs(Theme::headlineFont().pointSizeF() / Theme::font().pointSizeF() - 1.15) < 0.01);
        QCOMPARE(Theme::headlineFont().weight(), QFont::DemiBold);
        QVERIFY(Theme::smallFont().pointSizeF() >= Theme::font().pointSizeF() * 0.9 - 0.01);
        QVERIFY(QFontInfo(Theme::fixedFont()).fixedPitch());
    }

    void numbersHaveOneWidth()
    {
        const QFontMetrics metrics(Theme::tabular(Theme::font()));
        for (char digit = '0'; digit <= '9'; ++digit)
            QCOMPARE(metrics.horizontalAdvance(QString(8, QLatin1Char(digit))), metrics.horizontalAdvance(u"88888888"_s));
    }

    void controlsHaveTheHeightOfTheGrid()
    {
        QLineEdit edit;
        QComboBox combo;
        QSpinBox spin;
        QPushButton button(u"Save"_s);
        for (QWidget *widget : std::initializer_list<QWidget *>{&edit, &combo, &spin, &button})
            QCOMPARE(widget->sizeHint().height(), metrics::FieldHeight);
    }

    void focusShowsAsAnAccentRing()
    {
        QWidget window;
        QLineEdit edit(&window);
        edit.setGeometry(10, 10, 160, metrics::FieldHeight);
        QLineEdit other(&window);
        other.setGeometry(10, 60, 160, metrics::FieldHeight);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        other.setFocus();
        QCOMPARE(edit.grab().toImage().pixelColor(80, 0), Theme::color(Token::Border));
        edit.setFocus();
        const QImage image = edit.grab().toImage();
        QCOMPARE(image.pixelColor(80, 0), Theme::color(Token::Accent));
        QCOMPARE(image.pixelColor(80, 1), Theme::color(Token::Accent));
        QCOMPARE(image.pixelColor(80, 2), Theme::color(Token::Base));
        setFieldState(&other, StateColor::Error);
        QCOMPARE(other.grab().toImage().pixelColor(80, 0), Theme::color(Token::Error));
    }

    void primaryButtonIsFlatAccent()
    {
        QPushButton button;
        setButtonRole(&button, ButtonRole::Primary);
        button.resize(80, metrics::FieldHeight);
        QCOMPARE(button.grab().toImage().pixelColor(40, 4), Theme::color(Token::Accent));
        setButtonRole(&button, ButtonRole::Danger);
        QCOMPARE(button.grab().toImage().pixelColor(40, 4), Theme::color(Token::Error));
    }

    void currentTabHasItsOwnLine()
    {
        QTabBar tabs;
        tabs.setDocumentMode(true);
        tabs.setExpanding(false);
        tabs.addTab(u"app.yaml\tstaging/public"_s);
        tabs.addTab(u"other"_s);
        tabs.setTabData(0, Theme::color(Environment::Production));
        tabs.resize(tabs.sizeHint());
        const QImage image = tabs.grab().toImage();
        QCOMPARE(image.pixelColor(10, 0), Theme::color(Token::Production));
        QCOMPARE(image.pixelColor(tabs.tabRect(1).center().x(), 1), Theme::color(Token::Window));
    }

    void scrollBarsAreSlimAndUsable()
    {
        QScrollBar bar(Qt::Vertical);
        bar.setRange(0, 100);
        bar.setPageStep(10);
        bar.resize(bar.sizeHint().width(), 200);
        QCOMPARE(bar.width(), 10);
        QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(5, 190));
        QVERIFY(bar.value() >= 10);
        bar.setValue(100);
        QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(5, 5));
        QVERIFY(bar.value() <= 90);
    }

    void everythingPaintsWithoutComplaint()
    {
        // Controls nobody looks at in the gallery, in both shades and disabled.
        QWidget window;
        auto *table = new QTableWidget(3, 3, &window);
        table->setGeometry(0, 0, 200, 120);
        auto *splitter = new QSplitter(&window);
        splitter->addWidget(new QLabel(u"a"_s));
        splitter->addWidget(new QLabel(u"b"_s));
        splitter->setGeometry(0, 130, 200, 40);
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            Theme::setAppearance(appearance);
            for (const bool enabled : {true, false}) {
                window.setEnabled(enabled);
                QVERIFY(!window.grab().isNull());
            }
        }
    }
};

SIGNALBOX_TEST(TstTheme)
#include "tst_theme.moc"
