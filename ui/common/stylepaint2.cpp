// SPDX-License-Identifier: GPL-3.0-or-later
// The elements with text: tabs, menus, combo boxes, tool buttons.
#include "ui/common/stylepaint.h"

#include <QPainter>
#include <QTabBar>
#include <QToolButton>

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

constexpr int MenuIconColumn = 28;
constexpr int MenuPadding = 10;

} // namespace

bool isPanelTabs(const QWidget *widget)
{
    const auto *bar = qobject_cast<const QTabBar *>(widget);
    if (!bar)
        return true;
    const QVariant role = bar->property("signalboxTabRole");
    return role.isValid() ? TabRole(role.toInt()) == TabRole::Panel : !bar->documentMode();
}

/// What QTabBar::setTabData() holds of it: the colour of its line, and that of the word in front of its second text.
QColor tabColor(const QStyleOptionTab *option, const QWidget *widget, qsizetype which)
{
    const auto *bar = qobject_cast<const QTabBar *>(widget);
    if (!bar)
        return {};
    const QVariant data = bar->tabData(option->tabIndex >= 0 ? option->tabIndex : bar->tabAt(option->rect.center()));
    if (data.canConvert<QColor>())
        return which == 0 ? data.value<QColor>() : QColor();
    return data.toList().value(which).value<QColor>();
}

void tabShape(const QStyleOptionTab *option, QPainter *painter, const QWidget *widget)
{
    const bool current = on(option, QStyle::State_Selected);
    const bool over = on(option, QStyle::State_Enabled) && on(option, QStyle::State_MouseOver);
    const QRect r = option->rect;
    const QColor own = tabColor(option, widget, 0);
    const QColor accent = own.isValid() ? own : Theme::color(Token::Accent);
    if (isPanelTabs(widget)) {
        if (over && !current)
            rounded(painter, QRectF(r).adjusted(2, 3, -2, -3), metrics::SmallRadius, Theme::color(Token::Hover));
        if (current)
            painter->fillRect(QRect(r.left() + 8, r.bottom() - 1, r.width() - 16, 2), accent);
    } else {
        const QColor line = Theme::color(Token::Border);
        painter->fillRect(r, current ? Theme::color(Token::Base) : over ? Theme::color(Token::Hover) : Theme::color(Token::Window));
        painter->fillRect(QRect(r.right(), r.top(), 1, r.height()), line);
        if (!current)
            painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), line);
        // Every tab tells whose it is; the current one by a whole line.
        if (current)
            painter->fillRect(QRect(r.left(), r.top(), r.width(), 2), accent);
        else if (own.isValid())
            painter->fillRect(QRect(r.left(), r.top(), r.width() - 1, 2), Theme::tint(own, 45));
    }
    if (on(option, QStyle::State_HasFocus) && on(option, QStyle::State_KeyboardFocusChange))
        focusRing(painter, QRectF(r).adjusted(2, 3, -2, -3), metrics::SmallRadius);
}

void tabLabel(const QStyleOptionTab *option, QPainter *painter, const QStyle *style, const QWidget *widget)
{
    const bool current = on(option, QStyle::State_Selected);
    const bool enabled = on(option, QStyle::State_Enabled);
    QRect rect = style->subElementRect(QStyle::SE_TabBarTabText, option, widget);
    painter->save();
    if (!option->icon.isNull()) {
        const QSize size = option->iconSize.isValid() ? option->iconSize : QSize(metrics::ListIcon, metrics::ListIcon);
        const QRect icon(option->rect.left() + 12, rect.center().y() - size.height() / 2 + 1, size.width(), size.height());
        option->icon.paint(painter, icon, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const qsizetype split = option->text.indexOf(u'\t');
    const QString first = split < 0 ? option->text : option->text.left(split);
    const QString second = option->text.section(u'\t', 1, 1), word = option->text.section(u'\t', 2, 2);
    QFont font = painter->font();
    if (current)
        font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    const QColor muted = Theme::color(Token::Muted);
    painter->setPen(!enabled ? faint() : current || (!second.isEmpty() && !isPanelTabs(widget)) ? Theme::color(Token::Text) : muted);
    const int flags = int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextShowMnemonic;
    const int width = painter->fontMetrics().horizontalAdvance(first.contains(u'&') ? QString(first).remove(u'&') : first);
    const int gap = 8;
    QFont small = font;
    small.setWeight(QFont::Normal);
    small.setPointSizeF(font.pointSizeF() * 0.93);
    QFont tiny = font;
    tiny.setWeight(QFont::DemiBold);
    tiny.setPointSizeF(font.pointSizeF() * 0.8);
    const int wordWidth = word.isEmpty() ? 0 : QFontMetrics(tiny).horizontalAdvance(word) + gap;
    const int secondWidth = second.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(second) + gap;
    int left = rect.left();
    if (isPanelTabs(widget))
        left += qMax(0, (rect.width() - width - secondWidth) / 2);
    const QString shown = painter->fontMetrics().elidedText(first, Qt::ElideMiddle, qMax(24, rect.right() - left), Qt::TextShowMnemonic);
    painter->drawText(QRect(left, rect.top(), rect.right() - left + 1, rect.height()), flags, shown);
    if (wordWidth > 0 && left + width + wordWidth <= rect.right()) {
        const QColor color = tabColor(option, widget, 1);
        painter->setFont(tiny);
        painter->setPen(!enabled ? faint() : color.isValid() ? color : muted);
        painter->drawText(QRect(left + width + gap, rect.top(), wordWidth, rect.height()), int(Qt::AlignVCenter | Qt::AlignLeft), word);
        left += wordWidth;
    }
    if (secondWidth > 0 && left + width + gap < rect.right()) {
        painter->setFont(small);
        painter->setPen(enabled ? muted : faint());
        const QRect rest(left + width + gap, rect.top(), rect.right() - left - width - gap + 1, rect.height());
        painter->drawText(rest, int(Qt::AlignVCenter | Qt::AlignLeft),
                          painter->fontMetrics().elidedText(second, Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

QSize menuItemSize(const QStyleOptionMenuItem *option, const QSize &content)
{
    if (option->menuItemType == QStyleOptionMenuItem::Separator)
        return {content.width(), 9};
    int width = content.width() + MenuIconColumn + 2 * MenuPadding;
    if (option->text.contains(u'\t'))
        width += 24;
    if (option->menuItemType == QStyleOptionMenuItem::SubMenu)
        width += 16;
    return {width, qMax(metrics::RowHeight + 1, content.height())};
}

void menuItem(const QStyleOptionMenuItem *option, QPainter *painter, const QWidget *widget)
{
    Q_UNUSED(widget)
    const QRect r = option->rect;
    if (option->menuItemType == QStyleOptionMenuItem::Separator) {
        if (option->text.isEmpty()) {
            painter->fillRect(QRect(r.left() + 8, r.center().y(), r.width() - 16, 1), Theme::color(Token::Border));
        } else {
            painter->save();
            painter->setFont(Theme::smallFont());
            painter->setPen(Theme::color(Token::Muted));
            painter->drawText(r.adjusted(MenuPadding, 0, -MenuPadding, 0), Qt::AlignLeft | Qt::AlignVCenter, option->text);
            painter->restore();
        }
        return;
    }
    const bool enabled = on(option, QStyle::State_Enabled);
    if (on(option, QStyle::State_Selected)) {
        const QColor fill = Theme::color(enabled ? Token::Selection : Token::Hover);
        rounded(painter, QRectF(r).adjusted(4, 0, -4, 0), metrics::SmallRadius, fill);
    }
    const bool rtl = option->direction == Qt::RightToLeft;
    const auto mirrored = [&](const QRect &rect) { return QStyle::visualRect(option->direction, r, rect); };
    const QRect mark = mirrored(QRect(r.left() + MenuPadding, r.center().y() - 7, 16, 16));
    if (option->checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option->checked)
            Theme::icon(Icon::Checked).paint(painter, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    } else if (!option->icon.isNull()) {
        option->icon.paint(painter, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    painter->save();
    painter->setFont(option->font);
    painter->setPen(enabled ? Theme::color(Token::Text) : faint());
    const QRect text = mirrored(r.adjusted(MenuPadding + MenuIconColumn - 4, 0, -MenuPadding - 2, 0));
    const qsizetype tab = option->text.indexOf(u'\t');
    const int flags = int(Qt::AlignVCenter) | Qt::TextShowMnemonic | Qt::TextSingleLine | Qt::TextDontClip;
    painter->drawText(text, flags | int(rtl ? Qt::AlignRight : Qt::AlignLeft), tab < 0 ? option->text : option->text.left(tab));
    if (tab >= 0) {
        painter->setPen(enabled ? Theme::color(Token::Muted) : faint());
        painter->drawText(text, flags | int(rtl ? Qt::AlignLeft : Qt::AlignRight), option->text.mid(tab + 1));
    }
    if (option->menuItemType == QStyleOptionMenuItem::SubMenu)
        chevron(painter, mirrored(QRect(r.right() - 20, r.center().y() - 8, 16, 16)), rtl ? Arrow::Left : Arrow::Right,
                enabled ? Theme::color(Token::Muted) : faint());
    painter->restore();
}

void menuBarItem(const QStyleOptionMenuItem *option, QPainter *painter, const QStyle *style)
{
    const bool enabled = on(option, QStyle::State_Enabled);
    painter->fillRect(option->rect, Theme::color(Token::Window));
    if (enabled && on(option, QStyle::State_Selected))
        rounded(painter, QRectF(option->rect).adjusted(0, 2, 0, -2), metrics::SmallRadius,
                Theme::color(on(option, QStyle::State_Sunken) ? Token::Selection : Token::Hover));
    QPalette palette = option->palette;
    palette.setColor(QPalette::ButtonText, enabled ? Theme::color(Token::Text) : faint());
    style->drawItemText(painter, option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine, palette,
                        enabled, option->text, QPalette::ButtonText);
}

void comboBox(const QStyleOptionComboBox *option, QPainter *painter, const QWidget *widget, const QRect &arrow)
{
    const bool enabled = on(option, QStyle::State_Enabled);
    if (option->frame) {
        const QColor fill = !enabled                                   ? Theme::color(Token::Window)
            : !option->editable && on(option, QStyle::State_MouseOver) ? Theme::color(Token::Hover)
                                                                       : Theme::color(Token::Base);
        rounded(painter, option->rect, metrics::Radius, fill, fieldBorder(option, widget));
        if (enabled && on(option, QStyle::State_HasFocus))
            focusRing(painter, option->rect, metrics::Radius);
    }
    chevron(painter, arrow, Arrow::Down, enabled ? Theme::color(Token::Muted) : faint());
}

void spinBox(const QStyleOptionSpinBox *option, QPainter *painter, const QWidget *widget, const QRect &up, const QRect &down)
{
    if (option->frame)
        field(option, painter, widget);
    if (option->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto color = [option](QAbstractSpinBox::StepEnabledFlag flag, QStyle::SubControl part) {
        if (!on(option, QStyle::State_Enabled) || !option->stepEnabled.testFlag(flag))
            return faint();
        return option->activeSubControls.testFlag(part) ? Theme::color(Token::Accent) : Theme::color(Token::Muted);
    };
    chevron(painter, up, Arrow::Up, color(QAbstractSpinBox::StepUpEnabled, QStyle::SC_SpinBoxUp));
    chevron(painter, down, Arrow::Down, color(QAbstractSpinBox::StepDownEnabled, QStyle::SC_SpinBoxDown));
}

void toolButton(const QStyleOptionToolButton *option, QPainter *painter, const QStyle *style, const QWidget *widget)
{
    QStyleOptionToolButton label = *option;
    const bool split = option->features.testFlag(QStyleOptionToolButton::MenuButtonPopup);
    const bool arrow = !split && option->features.testFlag(QStyleOptionToolButton::HasMenu);
    QStyleOption panel = *option;
    if (option->activeSubControls.testFlag(QStyle::SC_ToolButtonMenu) && on(option, QStyle::State_Sunken))
        panel.state |= QStyle::State_Sunken;
    toolPanel(&panel, painter);
    if (on(option, QStyle::State_HasFocus) && on(option, QStyle::State_Enabled) && on(option, QStyle::State_KeyboardFocusChange))
        focusRing(painter, option->rect, metrics::Radius);
    int room = 0;
    if (split) {
        const QRect menu = style->subControlRect(QStyle::CC_ToolButton, option, QStyle::SC_ToolButtonMenu, widget);
        chevron(painter, menu, Arrow::Down, on(option, QStyle::State_Enabled) ? Theme::color(Token::Muted) : faint());
        room = menu.width();
    } else if (arrow && option->toolButtonStyle != Qt::ToolButtonIconOnly) {
        const QRect place(option->rect.right() - 18, option->rect.center().y() - 8, 16, 16);
        chevron(painter, QStyle::visualRect(option->direction, option->rect, place), Arrow::Down,
                on(option, QStyle::State_Enabled) ? Theme::color(Token::Muted) : faint());
        room = 16;
    }
    label.rect = QStyle::visualRect(option->direction, option->rect, option->rect.adjusted(0, 0, -room, 0));
    label.state &= ~QStyle::State_Sunken; // nothing moves when pressed
    if (on(option, QStyle::State_Enabled))
        label.palette.setColor(QPalette::ButtonText, option->palette.color(QPalette::ButtonText));
    if (option->toolButtonStyle != Qt::ToolButtonTextBesideIcon || option->icon.isNull() || option->arrowType != Qt::NoArrow) {
        style->drawControl(QStyle::CE_ToolButtonLabel, &label, painter, widget);
        return;
    }
    // As the base style, with more air between icon and text.
    const bool enabled = on(option, QStyle::State_Enabled);
    const QSize size = option->iconSize;
    const QRect r = label.rect;
    const QRect icon(r.left() + 7, r.center().y() - size.height() / 2 + 1, size.width(), size.height());
    option->icon.paint(painter, QStyle::visualRect(option->direction, r, icon), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled,
                       on(option, QStyle::State_On) ? QIcon::On : QIcon::Off);
    const QRect text = QStyle::visualRect(option->direction, r, r.adjusted(7 + size.width() + 6, 0, -4, 0));
    int flags = int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine;
    flags |= style->styleHint(QStyle::SH_UnderlineShortcut, option, widget) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    painter->setFont(option->font);
    style->drawItemText(painter, text, flags, label.palette, enabled, option->text, QPalette::ButtonText);
}

} // namespace ui::stylepaint
