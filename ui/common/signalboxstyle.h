// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QProxyStyle>

class QAbstractButton;
class QTabBar;

namespace ui {

/// How a button looks; set with setButtonRole().
enum class ButtonRole {
    Normal,  ///< border, base colour
    Primary, ///< flat accent, one a view
    Danger,  ///< flat error colour, for the button that deletes
    Quiet    ///< no border until the mouse is over it
};
void setButtonRole(QAbstractButton *button, ButtonRole role);
ButtonRole buttonRole(const QWidget *button);

/// How a tab bar looks. Document mode bars are Documents without being told.
enum class TabRole {
    Documents, ///< separated tabs, the accent line above the current one
    Panel      ///< bare words, the accent line below the current one
};
void setTabRole(QTabBar *tabs, TabRole role);

/// A field with something wrong in it: its border takes the state's colour. Neutral takes it off.
void setFieldState(QWidget *field, StateColor state);

/// Fusion with a flat look. It holds no colours: all come from Theme at painting time, so that light and dark need no
/// new style object. What it understands beyond Qt's own options:
///  - buttons: setButtonRole(), setFieldState();
///  - tab bars: text after a tab character is painted muted ("app.yaml\tstaging/public"); QTabBar::tabData() of type QColor is the colour
///    of the line above the current tab;
///  - tables: QFrame::NoFrame views have no border, others one pixel in the border colour.
class SignalboxStyle final : public QProxyStyle {
    Q_OBJECT
public:
    SignalboxStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override;
    QIcon standardIcon(StandardPixmap standardIcon, const QStyleOption *option, const QWidget *widget) const override;
    QPalette standardPalette() const override;
    void polish(QWidget *widget) override;
    void polish(QPalette &palette) override;
    using QProxyStyle::polish;
};

} // namespace ui
