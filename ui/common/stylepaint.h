// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/signalboxstyle.h"

#include <QStyleOption>

class QPainter;

/// The drawing of SignalboxStyle, one function an element. Internal to the style.
namespace ui::stylepaint {

inline constexpr int ComboArrow = 24;  ///< room of the arrow of a combo box
inline constexpr int SpinButtons = 20; ///< and of the two of a spin box
/// Text fields of several lines, framed lists.
bool isFramedArea(const QWidget *widget);

/// Rectangle with rounded corners; an invalid colour leaves fill or border out.
void rounded(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &border = {}, qreal width = 1);
void focusRing(QPainter *painter, const QRectF &rect, qreal radius);
enum class Arrow { Up, Down, Left, Right };
void chevron(QPainter *painter, const QRect &rect, Arrow direction, const QColor &color);
void cross(QPainter *painter, const QRect &rect, const QColor &color);
QColor fieldBorder(const QStyleOption *option, const QWidget *widget);

void buttonPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget);
QColor buttonText(const QStyleOption *option, const QWidget *widget);
void toolPanel(const QStyleOption *option, QPainter *painter);
void field(const QStyleOption *option, QPainter *painter, const QWidget *widget);
void scrollFrame(const QStyleOption *option, QPainter *painter, const QWidget *widget);
void checkBox(const QStyleOption *option, QPainter *painter);
void radioButton(const QStyleOption *option, QPainter *painter);
void itemBackground(const QStyleOptionViewItem *option, QPainter *painter, const QWidget *widget);
void branch(const QStyleOption *option, QPainter *painter);
void header(const QStyleOptionHeader *option, QPainter *painter);
void tabShape(const QStyleOptionTab *option, QPainter *painter, const QWidget *widget);
void tabLabel(const QStyleOptionTab *option, QPainter *painter, const QStyle *style, const QWidget *widget);
bool isPanelTabs(const QWidget *widget);
void menuItem(const QStyleOptionMenuItem *option, QPainter *painter, const QWidget *widget);
void menuBarItem(const QStyleOptionMenuItem *option, QPainter *painter, const QStyle *style);
QSize menuItemSize(const QStyleOptionMenuItem *option, const QSize &content);
void progress(const QStyleOptionProgressBar *option, QPainter *painter);
void scrollBar(const QStyleOptionSlider *option, QPainter *painter, const QRect &handle);
void comboBox(const QStyleOptionComboBox *option, QPainter *painter, const QWidget *widget, const QRect &arrow);
void spinBox(const QStyleOptionSpinBox *option, QPainter *painter, const QWidget *widget, const QRect &up, const QRect &down);
void toolButton(const QStyleOptionToolButton *option, QPainter *painter, const QStyle *style, const QWidget *widget);
void dockTitle(const QStyleOptionDockWidget *option, QPainter *painter);

} // namespace ui::stylepaint
