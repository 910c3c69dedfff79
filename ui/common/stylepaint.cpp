// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/stylepaint.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QListView>
#include <QPainter>
#include <QPainterPath>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace ui::stylepaint {

namespace {

bool on(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

QColor faint()
{
    return Theme::tint(Theme::color(Token::Muted), 60, Theme::color(Token::Window));
}

/// A colour a little further towards the text, for hover and press.
QColor towardsText(const QColor &color, int percent)
{
    return Theme::tint(Theme::color(Token::Text), percent, color);
}

} // namespace

bool isFramedArea(const QWidget *widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget);
    return area && area->frameShape() == QFrame::StyledPanel;
}

void rounded(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &border, qreal width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(border.isValid() ? QPen(border, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal inset = border.isValid() ? width / 2 : 0;
    const QRectF inner = rect.adjusted(inset, inset, -inset, -inset);
    painter->drawRoundedRect(inner, qMax(0.0, radius - inset), qMax(0.0, radius - inset));
    painter->restore();
}

void focusRing(QPainter *painter, const QRectF &rect, qreal radius)
{
    rounded(painter, rect, radius, {}, Theme::color(Token::Accent), metrics::FocusRing);
}

void chevron(QPainter *painter, const QRect &rect, Arrow direction, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->translate(QRectF(rect).center());
    painter->rotate(direction == Arrow::Down ? 0 : direction == Arrow::Up ? 180 : direction == Arrow::Left ? 90 : -90);
    const QPointF points[] = {{-3.5, -1.75}, {0, 1.75}, {3.5, -1.75}};
    painter->drawPolyline(points, 3);
    painter->restore();
}

void cross(QPainter *painter, const QRect &rect, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap));
    painter->translate(QRectF(rect).center());
    painter->drawLine(QPointF(-3, -3), QPointF(3, 3));
    painter->drawLine(QPointF(-3, 3), QPointF(3, -3));
    painter->restore();
}

QColor fieldBorder(const QStyleOption *option, const QWidget *widget)
{
    const QVariant state = widget ? widget->property("signalboxFieldState") : QVariant();
    if (state.isValid() && on(option, QStyle::State_Enabled) && StateColor(state.toInt()) != StateColor::Neutral)
        return Theme::color(StateColor(state.toInt()));
    return Theme::color(Token::Border);
}

void buttonPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const bool enabled = on(option, QStyle::State_Enabled);
    const bool over = enabled && on(option, QStyle::State_MouseOver);
    const bool down = on(option, QStyle::State_Sunken) || on(option, QStyle::State_On);
    const bool focus = enabled && on(option, QStyle::State_HasFocus);
    const ButtonRole role = buttonRole(widget);
    QRectF rect = option->rect;
    switch (role) {
    case ButtonRole::Primary:
    case ButtonRole::Danger: {
        const QColor base = Theme::color(role == ButtonRole::Primary ? Token::Accent : Token::Error);
        const QColor fill = !enabled ? Theme::color(Token::Border) : towardsText(base, down ? 22 : over ? 10 : 0);
        if (focus) {
            // The ring needs a gap, or it melts into the fill.
            rounded(painter, rect, metrics::Radius, {}, Theme::color(Token::Accent), metrics::FocusRing);
            rect.adjust(3, 3, -3, -3);
        }
        rounded(painter, rect, focus ? metrics::SmallRadius : metrics::Radius, fill);
        return;
    }
    case ButtonRole::Quiet:
        if (enabled && (over || down))
            rounded(painter, rect, metrics::Radius, down ? Theme::color(Token::Border) : Theme::color(Token::Hover));
        if (focus)
            focusRing(painter, rect, metrics::Radius);
        return;
    case ButtonRole::Normal:
        break;
    }
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (button && button->features.testFlag(QStyleOptionButton::Flat)) {
        if (enabled && (over || down))
            rounded(painter, rect, metrics::Radius, Theme::color(Token::Hover));
    } else {
        const QColor fill = !enabled       ? Theme::color(Token::Window)
            : on(option, QStyle::State_On) ? Theme::color(Token::Selection)
            : down                         ? Theme::color(Token::Border)
            : over                         ? Theme::color(Token::Hover)
                                           : Theme::color(Token::Base);
        rounded(painter, rect, metrics::Radius, fill, Theme::color(Token::Border));
    }
    if (focus)
        focusRing(painter, rect, metrics::Radius);
}

QColor buttonText(const QStyleOption *option, const QWidget *widget)
{
    if (!on(option, QStyle::State_Enabled))
        return faint();
    const ButtonRole role = buttonRole(widget);
    if (role == ButtonRole::Primary || role == ButtonRole::Danger)
        return Theme::color(Token::OnAccent);
    return option->palette.color(QPalette::ButtonText);
}

void toolPanel(const QStyleOption *option, QPainter *painter)
{
    const bool enabled = on(option, QStyle::State_Enabled);
    if (on(option, QStyle::State_On))
        rounded(painter, option->rect, metrics::Radius, Theme::color(Token::Selection));
    else if (enabled && on(option, QStyle::State_Sunken))
        rounded(painter, option->rect, metrics::Radius, Theme::color(Token::Border));
    else if (enabled && on(option, QStyle::State_MouseOver))
        rounded(painter, option->rect, metrics::Radius, Theme::color(Token::Hover));
}

void field(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const bool enabled = on(option, QStyle::State_Enabled);
    const bool readOnly = on(option, QStyle::State_ReadOnly);
    const QColor fill = Theme::color(enabled && !readOnly ? Token::Base : Token::Window);
    rounded(painter, option->rect, metrics::Radius, fill, fieldBorder(option, widget));
    if (enabled && on(option, QStyle::State_HasFocus))
        focusRing(painter, option->rect, metrics::Radius);
}

void scrollFrame(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (frame && frame->lineWidth <= 0)
        return;
    const bool enabled = on(option, QStyle::State_Enabled);
    rounded(painter, option->rect, metrics::Radius, Theme::color(enabled ? Token::Base : Token::Window), fieldBorder(option, widget));
    // A list that pops up has it as a matter of course; its row is marked.
    if (enabled && on(option, QStyle::State_HasFocus) && !(widget && widget->isWindow()))
        focusRing(painter, option->rect, metrics::Radius);
}

void checkBox(const QStyleOption *option, QPainter *painter)
{
    const bool enabled = on(option, QStyle::State_Enabled);
    const bool set = on(option, QStyle::State_On) || on(option, QStyle::State_NoChange);
    const QRectF rect = QRectF(option->rect).adjusted(1, 1, -1, -1);
    const QColor accent = enabled ? Theme::color(Token::Accent) : Theme::color(Token::Border);
    if (set)
        rounded(painter, rect, 3, accent);
    else
        rounded(painter, rect, 3, enabled && on(option, QStyle::State_MouseOver) ? Theme::color(Token::Hover) : Theme::color(Token::Base),
                enabled ? Theme::color(Token::Muted) : Theme::color(Token::Border));
    if (!set)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(Theme::color(Token::OnAccent), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->translate(rect.center());
    if (on(option, QStyle::State_NoChange)) {
        painter->drawLine(QPointF(-3, 0), QPointF(3, 0));
    } else {
        const QPointF points[] = {{-3.2, 0.2}, {-0.9, 2.6}, {3.4, -2.4}};
        painter->drawPolyline(points, 3);
    }
    painter->restore();
}

void radioButton(const QStyleOption *option, QPainter *painter)
{
    const bool enabled = on(option, QStyle::State_Enabled);
    const QRectF rect = QRectF(option->rect).adjusted(1, 1, -1, -1);
    const qreal radius = rect.width() / 2;
    if (on(option, QStyle::State_On)) {
        rounded(painter, rect, radius, enabled ? Theme::color(Token::Accent) : Theme::color(Token::Border));
        const qreal inner = radius - 2.5;
        rounded(painter, rect.adjusted(inner, inner, -inner, -inner), 2.5, Theme::color(Token::OnAccent));
        return;
    }
    rounded(painter, rect, radius, enabled && on(option, QStyle::State_MouseOver) ? Theme::color(Token::Hover) : Theme::color(Token::Base),
            enabled ? Theme::color(Token::Muted) : Theme::color(Token::Border));
}

void itemBackground(const QStyleOptionViewItem *option, QPainter *painter, const QWidget *widget)
{
    const bool selected = on(option, QStyle::State_Selected);
    const bool over = on(option, QStyle::State_Enabled) && on(option, QStyle::State_MouseOver);
    if (option->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, option->backgroundBrush);
    if (!selected && !over)
        return;
    const QColor fill = Theme::color(selected ? Token::Selection : Token::Hover);
    // Rows of tables and trees are one surface across their cells; entries of lists stand alone.
    if (qobject_cast<const QTableView *>(widget) || qobject_cast<const QTreeView *>(widget))
        painter->fillRect(option->rect, fill);
    else
        rounded(painter, option->rect, metrics::SmallRadius, fill);
}

void branch(const QStyleOption *option, QPainter *painter)
{
    if (!on(option, QStyle::State_Children))
        return;
    const QRect rect(option->rect.right() - 15, option->rect.center().y() - 8, 16, 16);
    chevron(painter, rect, on(option, QStyle::State_Open) ? Arrow::Down : Arrow::Right, Theme::color(Token::Muted));
}

void header(const QStyleOptionHeader *option, QPainter *painter)
{
    painter->fillRect(option->rect, Theme::color(Token::Base));
    const QColor line = Theme::color(Token::Border);
    const QRect r = option->rect;
    if (option->orientation == Qt::Vertical) {
        painter->fillRect(QRect(r.right(), r.top(), 1, r.height()), line);
        return;
    }
    if (on(option, QStyle::State_MouseOver) && on(option, QStyle::State_Enabled))
        painter->fillRect(r, Theme::color(Token::Hover));
    painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), line);
}

void progress(const QStyleOptionProgressBar *option, QPainter *painter)
{
    QRectF rect = option->rect;
    if (!option->textVisible && rect.height() > 6)
        rect = QRectF(rect.left(), rect.center().y() - 3, rect.width(), 6);
    const qreal radius = qMin(3.0, rect.height() / 2);
    rounded(painter, rect, radius, Theme::color(Token::Border));
    if (option->maximum <= option->minimum) {
        rounded(painter, rect, radius, Theme::tint(Theme::color(Token::Accent), 45, Theme::color(Token::Border)));
        return;
    }
    const double part = qBound(0.0, double(option->progress - option->minimum) / double(option->maximum - option->minimum), 1.0);
    if (part <= 0)
        return;
    QRectF done = rect;
    done.setWidth(qMax(rect.height(), rect.width() * part));
    if (option->direction == Qt::RightToLeft)
        done.moveRight(rect.right());
    rounded(painter, done, radius, Theme::color(Token::Accent));
}

void scrollBar(const QStyleOptionSlider *option, QPainter *painter, const QRect &handle)
{
    painter->fillRect(option->rect, Theme::color(Token::Base));
    if (option->maximum <= option->minimum || !on(option, QStyle::State_Enabled))
        return;
    const bool active = option->activeSubControls.testFlag(QStyle::SC_ScrollBarSlider) &&
        (on(option, QStyle::State_MouseOver) || on(option, QStyle::State_Sunken));
    const QColor fill = Theme::tint(Theme::color(Token::Muted), active ? 70 : 40);
    QRectF rect = handle;
    if (option->orientation == Qt::Vertical)
        rect.adjust(2, 2, -2, -2);
    else
        rect.adjust(2, 2, -2, -2);
    rounded(painter, rect, 3, fill);
}

void dockTitle(const QStyleOptionDockWidget *option, QPainter *painter)
{
    painter->fillRect(option->rect, Theme::color(Token::Window));
    painter->save();
    painter->setFont(Theme::strongFont());
    painter->setPen(Theme::color(Token::Text));
    const QRect rect = option->rect.adjusted(metrics::Between + 4, 0, -(option->closable ? 28 : metrics::Between), 0);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(option->title, Qt::ElideRight, rect.width()));
    painter->restore();
}

} // namespace ui::stylepaint
