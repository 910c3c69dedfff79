// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/desktopsettings.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/themeicons.h"

#include <array>
#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QHash>
#include <QPalette>
#include <QSet>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace {

struct Pair {
    ui::Token token;
    QRgb light, dark;
};

// Light and dark; the ones below Production are derived from those above so that text on them keeps a contrast of 4.5 : 1.
constexpr std::array Table{
    Pair{ui::Token::Window, 0xF6F7F9, 0x1C1F24},        Pair{ui::Token::Base, 0xFFFFFF, 0x16181D},
    Pair{ui::Token::Text, 0x1F2328, 0xE6E8EB},          Pair{ui::Token::Muted, 0x656D76, 0x9198A1},
    Pair{ui::Token::Border, 0xD8DEE4, 0x30363D},        Pair{ui::Token::Hover, 0xEEF1F4, 0x262B32},
    Pair{ui::Token::Accent, 0x2F6FEB, 0x6CA4FF},        Pair{ui::Token::OnAccent, 0xFFFFFF, 0x16181D},
    Pair{ui::Token::Selection, 0xE0E9FC, 0x232D3F},     Pair{ui::Token::Ok, 0x1A7F37, 0x3FB950},
    Pair{ui::Token::Warning, 0x9A6700, 0xD29922},       Pair{ui::Token::Error, 0xCF222E, 0xF85149},
    Pair{ui::Token::Development, 0x0F766E, 0x2DD4BF},   Pair{ui::Token::Staging, 0x6D28D9, 0xA78BFA},
    Pair{ui::Token::Production, 0xBE185D, 0xF472B6},    Pair{ui::Token::Match, 0xFFE39A, 0x5C4A12},
    Pair{ui::Token::Flash, 0xFFF1C2, 0x3D3418},         Pair{ui::Token::Added, 0xE9F6EC, 0x15261B},
    Pair{ui::Token::Removed, 0xFDEDEE, 0x2C1B1F},       Pair{ui::Token::Changed, 0xFFF6DB, 0x2B2617},
    Pair{ui::Token::AddedMark, 0xB4E6C1, 0x1E5631},     Pair{ui::Token::RemovedMark, 0xFFCBCE, 0x762C33},
    Pair{ui::Token::Current, 0xF4F6F9, 0x1B1E24},       Pair{ui::Token::SyntaxKey, 0x1D5FD1, 0x7AB0FF},
    Pair{ui::Token::SyntaxString, 0x116329, 0x8FCFA0},  Pair{ui::Token::SyntaxNumber, 0x6D28D9, 0xC0A6FF},
    Pair{ui::Token::SyntaxKeyword, 0x953800, 0xF0A868}, Pair{ui::Token::SyntaxComment, 0x656D76, 0x9198A1},
    Pair{ui::Token::SyntaxTag, 0x0F6E68, 0x4FD1C0},
};
constexpr bool tableInOrder()
{
    for (std::size_t i = 0; i < Table.size(); ++i)
        if (std::size_t(Table[i].token) != i)
            return false;
    return Table.size() == std::size_t(ui::Token::SyntaxTag) + 1;
}
static_assert(tableInOrder(), "Table must list every token in the order of the enum");

// State of the running application, in the GUI thread only.
ui::Appearance currentAppearance = ui::Appearance::System;
ui::Shade currentShade = ui::Shade::Light;
ui::Theme::Motion currentMotion = ui::Theme::Motion::Desktop;
bool applying = false;

QPalette desktopPalette()
{
    // What the desktop gives when the application asks for nothing of its own.
    QGuiApplication::setPalette(QPalette());
    return QGuiApplication::palette();
}

ui::Shade desktopShade()
{
    if (const auto wish = ui::DesktopSettings::shade())
        return *wish;
    const QPalette palette = desktopPalette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness() ? ui::Shade::Dark
                                                                                                         : ui::Shade::Light;
}

void applyShade()
{
    applying = true;
    currentShade = currentAppearance == ui::Appearance::Light ? ui::Shade::Light
        : currentAppearance == ui::Appearance::Dark           ? ui::Shade::Dark
                                                              : desktopShade();
    ui::ThemeIcons::setShade(currentShade);
    QApplication::setPalette(ui::Theme::palette(currentShade));
    QToolTip::setPalette(ui::Theme::palette(currentShade));
    applying = false;
}

/// Notices that the desktop went dark or light while the appearance is System.
class DesktopWatcher final : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ThemeChange && !applying && !m_posted && currentAppearance == ui::Appearance::System) {
            m_posted = true;
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_posted = false;
                    if (currentAppearance == ui::Appearance::System && desktopShade() != currentShade)
                        applyShade();
                    else
                        QApplication::setPalette(ui::Theme::palette(currentShade));
                },
                Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    bool m_posted = false;
};

/// Keeps a widget's text in a colour of the theme through changes of appearance.
class TextColor final : public QObject {
public:
    TextColor(QWidget *widget, ui::StateColor state)
        : QObject(widget)
        , m_widget(widget)
        , m_state(state)
    {
        setObjectName(u"signalbox.textcolor"_s);
        widget->installEventFilter(this);
        apply();
    }
    void setState(ui::StateColor state)
    {
        m_state = state;
        apply();
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // Only windows are told of the application's palette; what is inside hears that its own has changed.
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
            apply();
        return QObject::eventFilter(watched, event);
    }

private:
    void apply()
    {
        QPalette palette = m_widget->palette();
        const QColor color = ui::Theme::color(m_state);
        if (palette.color(QPalette::WindowText) == color && palette.color(QPalette::ButtonText) == color)
            return; // what setPalette() below sets off ends here
        palette.setColor(QPalette::WindowText, color);
        palette.setColor(QPalette::Text, color);
        palette.setColor(QPalette::ButtonText, color);
        m_widget->setPalette(palette);
    }
    QWidget *m_widget;
    ui::StateColor m_state;
};

/// As QFontDatabase::hasFamily(), which goes through all rules of fontconfig at every call: asked once for all.
bool hasFamily(const QString &family)
{
    static const QSet<QString> families = [] {
        QSet<QString> names;
        const QStringList all = QFontDatabase::families();
        for (const QString &name : all)
            names.insert(name.section(u" ["_s, 0, 0)); // "Family [Foundry]" where several make one
        return names;
    }();
    return families.contains(family);
}

bool figuresHaveOneWidth(const QFont &font)
{
    const QFontMetricsF metrics(font);
    const qreal zero = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit)
        if (qAbs(metrics.horizontalAdvance(QChar(digit)) - zero) > 0.01)
            return false;
    return true;
}

/// Families to take the figures of that font from; none: its own.
QStringList tabularFamilies(const QFont &font)
{
    if (figuresHaveOneWidth(font))
        return {};
    for (const QString &family : {u"Noto Sans"_s, u"Cantarell"_s, u"DejaVu Sans"_s}) {
        QFont other = font;
        other.setFamilies({family});
        if (hasFamily(family) && figuresHaveOneWidth(other))
            return {family};
    }
    return {};
}

/// Without a desktop nobody chose a font, and the toolkit's fallback is 9 pt of whatever comes first.
bool desktopChoosesFont()
{
    const QString platform = QGuiApplication::platformName();
    return platform != "offscreen"_L1 && platform != "minimal"_L1 && platform != "vnc"_L1 && platform != "linuxfb"_L1 &&
        !qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP");
}

qreal sizeOf(const QFont &font)
{
    return font.pointSizeF() > 0 ? font.pointSizeF() : QFontInfo(font).pointSizeF();
}

} // namespace

namespace ui {

void Theme::install(QApplication &app, Appearance appearance)
{
    ThemeIcons::install();
    app.setStyle(new SignalboxStyle);
    if (!desktopChoosesFont()) {
        QFont font = QApplication::font();
        for (const QString &family : {u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s}) {
            if (hasFamily(family)) {
                font.setFamily(family);
                break;
            }
        }
        font.setPointSizeF(10);
        QApplication::setFont(font);
    }
    currentAppearance = appearance;
    applyShade();
    auto *watcher = new DesktopWatcher(&app);
    app.installEventFilter(watcher);
    DesktopSettings::watch(&app, [] {
        if (currentAppearance == Appearance::System && desktopShade() != currentShade)
            applyShade();
        else if (currentAppearance == Appearance::System)
            QApplication::setPalette(palette(currentShade));
    });
}

void Theme::setAppearance(Appearance appearance)
{
    currentAppearance = appearance;
    applyShade();
}

Appearance Theme::appearance()
{
    return currentAppearance;
}

Shade Theme::shade()
{
    return currentShade;
}

QColor Theme::color(Token token)
{
    return color(token, currentShade);
}

QColor Theme::color(Token token, Shade shade)
{
    const Pair &pair = Table.at(std::size_t(token));
    return QColor::fromRgb(shade == Shade::Light ? pair.light : pair.dark);
}

QColor Theme::color(StateColor state)
{
    switch (state) {
    case StateColor::Neutral:
        return color(Token::Muted);
    case StateColor::Info:
        return color(Token::Accent);
    case StateColor::Ok:
        return color(Token::Ok);
    case StateColor::Warning:
        return color(Token::Warning);
    case StateColor::Error:
        return color(Token::Error);
    }
    return color(Token::Text);
}

QColor Theme::color(Environment environment)
{
    switch (environment) {
    case Environment::None:
        return color(Token::Muted);
    case Environment::Development:
        return color(Token::Development);
    case Environment::Staging:
        return color(Token::Staging);
    case Environment::Production:
        return color(Token::Production);
    }
    return color(Token::Muted);
}

QColor Theme::tint(const QColor &color, int percent, const QColor &ground)
{
    const QColor under = ground.isValid() ? ground : Theme::color(Token::Base);
    const auto mix = [percent](int over, int below) { return (over * percent + below * (100 - percent)) / 100; };
    return {mix(color.red(), under.red()), mix(color.green(), under.green()), mix(color.blue(), under.blue())};
}

QColor Theme::badgeInk(StateColor state)
{
    return tint(color(state), 85, color(Token::Text));
}

QPalette Theme::palette(Shade shade)
{
    const auto c = [shade](Token token) { return color(token, shade); };
    const QColor faint = tint(c(Token::Muted), 60, c(Token::Window));
    QPalette p;
    p.setColor(QPalette::Window, c(Token::Window));
    p.setColor(QPalette::WindowText, c(Token::Text));
    p.setColor(QPalette::Base, c(Token::Base));
    p.setColor(QPalette::AlternateBase, c(Token::Base)); // no zebra
    p.setColor(QPalette::Text, c(Token::Text));
    p.setColor(QPalette::Button, c(Token::Window));
    p.setColor(QPalette::ButtonText, c(Token::Text));
    p.setColor(QPalette::BrightText, c(Token::Error));
    p.setColor(QPalette::Link, c(Token::Accent));
    p.setColor(QPalette::LinkVisited, c(Token::Accent));
    p.setColor(QPalette::ToolTipBase, shade == Shade::Light ? c(Token::Text) : c(Token::Hover));
    p.setColor(QPalette::ToolTipText, shade == Shade::Light ? c(Token::Window) : c(Token::Text));
    p.setColor(QPalette::PlaceholderText, c(Token::Muted));
    p.setColor(QPalette::Highlight, tint(c(Token::Accent), 30, c(Token::Base)));
    p.setColor(QPalette::HighlightedText, c(Token::Text));
    p.setColor(QPalette::Light, c(Token::Base));
    p.setColor(QPalette::Midlight, c(Token::Hover));
    p.setColor(QPalette::Mid, c(Token::Border));
    p.setColor(QPalette::Dark, c(Token::Border));
    p.setColor(QPalette::Shadow, c(Token::Border));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, faint);
    p.setColor(QPalette::Disabled, QPalette::PlaceholderText, faint);
    p.setColor(QPalette::Disabled, QPalette::Base, c(Token::Window));
    p.setColor(QPalette::Disabled, QPalette::Highlight, c(Token::Hover));
    return p;
}

QFont Theme::font()
{
    return QApplication::font();
}

QFont Theme::headlineFont()
{
    QFont font = Theme::font();
    font.setPointSizeF(sizeOf(font) * 1.15);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::smallFont()
{
    QFont font = Theme::font();
    font.setPointSizeF(sizeOf(font) * 0.9);
    return font;
}

QFont Theme::strongFont()
{
    QFont font = Theme::font();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::fixedFont()
{
    static const QString Preferred = u"JetBrains Mono"_s;
    QFont font;
    if (hasFamily(Preferred))
        font.setFamily(Preferred);
    else
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    // A fixed font looks larger than text of the same size.
    font.setPointSizeF(sizeOf(Theme::font()) * 0.92);
    // Ligatures change what an operator reads in a configuration.
    font.setStyleStrategy(QFont::StyleStrategy(font.styleStrategy() | QFont::PreferNoShaping));
    return font;
}

QFont Theme::tabular(QFont font)
{
    // Qt 6.4 cannot ask for the OpenType feature "tnum". Most desktop fonts (Noto, DejaVu, Cantarell) are tabular by default; Inter is
    // not, and numbers in it would not stand in columns: there the figures come from a font that has them.
    font.setStyleStrategy(QFont::StyleStrategy(font.styleStrategy() | QFont::PreferNoShaping));
    // Every cell with a number asks.
    static QHash<QString, QStringList> familiesOf;
    const QString key = font.key();
    auto known = familiesOf.constFind(key);
    if (known == familiesOf.constEnd())
        known = familiesOf.insert(key, tabularFamilies(font));
    if (!known->isEmpty())
        font.setFamilies(*known);
    return font;
}

void Theme::setMuted(QWidget *widget)
{
    widget->setForegroundRole(QPalette::PlaceholderText);
}

void Theme::setStateColor(QWidget *widget, StateColor state)
{
    // A muted widget paints with another role, which has no state's colour.
    if (widget->foregroundRole() == QPalette::PlaceholderText)
        widget->setForegroundRole(QPalette::WindowText);
    for (QObject *child : widget->children()) {
        if (child->objectName() == "signalbox.textcolor"_L1) {
            static_cast<TextColor *>(child)->setState(state);
            return;
        }
    }
    new TextColor(widget, state);
}

void Theme::setHeadline(QWidget *widget)
{
    widget->setFont(headlineFont());
}

bool Theme::reducedMotion()
{
    if (currentMotion != Motion::Desktop)
        return currentMotion == Motion::Reduced;
    return DesktopSettings::reducedMotion() || !QApplication::isEffectEnabled(Qt::UI_General);
}

void Theme::setMotion(Motion motion)
{
    currentMotion = motion;
}

} // namespace ui
