// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/signalboxstyle.h"

#include "ui/common/stylepaint.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitterHandle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QTextEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

void setButtonRole(QAbstractButton *button, ButtonRole role)
{
    button->setProperty("signalboxRole", int(role));
    button->updateGeometry();
    button->update();
}

ButtonRole buttonRole(const QWidget *button)
{
    const QVariant role = button ? button->property("signalboxRole") : QVariant();
    return role.isValid() ? ButtonRole(role.toInt()) : ButtonRole::Normal;
}

void setTabRole(QTabBar *tabs, TabRole role)
{
    tabs->setProperty("signalboxTabRole", int(role));
    tabs->updateGeometry();
    tabs->update();
}

void setFieldState(QWidget *field, StateColor state)
{
    field->setProperty("signalboxFieldState", state == StateColor::Neutral ? QVariant() : QVariant(int(state)));
    field->update();
}

SignalboxStyle::SignalboxStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

void SignalboxStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    using namespace stylepaint;
    const QRect r = option->rect;
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->lineWidth > 0)
                field(option, painter, widget);
            return; // inside combo and spin boxes the box has drawn the field
        }
        break;
    case PE_FrameLineEdit:
    case PE_FrameButtonTool:
    case PE_FrameDefaultButton:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
    case PE_IndicatorToolBarHandle:
    case PE_PanelMenuBar:
    case PE_FrameWindow:
        return;
    case PE_Frame:
        if (stylepaint::isFramedArea(widget)) {
            scrollFrame(option, painter, widget);
            return;
        }
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            rounded(painter, r, metrics::SmallRadius, {}, Theme::color(Token::Border));
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QPushButton *>(widget) || qobject_cast<const QComboBox *>(widget))
            return;
        if (qobject_cast<const QAbstractItemView *>(widget)) {
            if (option->state.testFlag(State_KeyboardFocusChange))
                focusRing(painter, QRectF(r), metrics::SmallRadius);
            return;
        }
        focusRing(painter, QRectF(r), metrics::SmallRadius);
        return;
    case PE_PanelButtonCommand:
    case PE_PanelButtonBevel:
        buttonPanel(option, painter, widget);
        return;
    case PE_PanelButtonTool:
        toolPanel(option, painter);
        return;
    case PE_IndicatorCheckBox:
        checkBox(option, painter);
        return;
    case PE_IndicatorRadioButton:
        radioButton(option, painter);
        return;
    case PE_IndicatorItemViewItemCheck:
        checkBox(option, painter);
        return;
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            itemBackground(item, painter, widget);
            return;
        }
        break;
    case PE_PanelItemViewRow:
        if (option->state.testFlag(State_Selected))
            painter->fillRect(r, Theme::color(Token::Selection));
        return;
    case PE_IndicatorBranch:
        branch(option, painter);
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *head = qstyleoption_cast<const QStyleOptionHeader *>(option))
            chevron(painter, r, head->sortIndicator == QStyleOptionHeader::SortUp ? Arrow::Down : Arrow::Up, Theme::color(Token::Muted));
        return;
    case PE_IndicatorArrowDown:
        chevron(painter, r, Arrow::Down, option->palette.color(QPalette::PlaceholderText));
        return;
    case PE_IndicatorArrowUp:
        chevron(painter, r, Arrow::Up, option->palette.color(QPalette::PlaceholderText));
        return;
    case PE_IndicatorArrowLeft:
        chevron(painter, r, Arrow::Left, option->palette.color(QPalette::PlaceholderText));
        return;
    case PE_IndicatorArrowRight:
        chevron(painter, r, Arrow::Right, option->palette.color(QPalette::PlaceholderText));
        return;
    case PE_IndicatorTabClose: {
        const bool over = option->state.testFlag(State_MouseOver) || option->state.testFlag(State_Raised);
        if (option->state.testFlag(State_MouseOver))
            rounded(painter, QRectF(r), metrics::SmallRadius, Theme::color(Token::Border));
        cross(painter, r, Theme::color(over ? Token::Text : Token::Muted));
        return;
    }
    case PE_PanelMenu:
        painter->fillRect(r, Theme::color(Token::Base));
        return;
    case PE_FrameMenu:
        painter->fillRect(QRect(r.left(), r.top(), r.width(), 1), Theme::color(Token::Border));
        painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), Theme::color(Token::Border));
        painter->fillRect(QRect(r.left(), r.top(), 1, r.height()), Theme::color(Token::Border));
        painter->fillRect(QRect(r.right(), r.top(), 1, r.height()), Theme::color(Token::Border));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(r, option->palette.color(QPalette::ToolTipBase));
        return;
    case PE_PanelStatusBar:
        painter->fillRect(r, Theme::color(Token::Window));
        painter->fillRect(QRect(r.left(), r.top(), r.width(), 1), Theme::color(Token::Border));
        return;
    case PE_PanelToolBar:
        painter->fillRect(r, Theme::color(Token::Window));
        return;
    case PE_IndicatorToolBarSeparator:
        if (option->state.testFlag(State_Horizontal))
            painter->fillRect(QRect(r.center().x(), r.top() + 6, 1, r.height() - 12), Theme::color(Token::Border));
        else
            painter->fillRect(QRect(r.left() + 6, r.center().y(), r.width() - 12, 1), Theme::color(Token::Border));
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), Theme::color(Token::Border));
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(r, Theme::color(Token::Base));
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        painter->fillRect(r, Theme::color(Token::Border));
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void SignalboxStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    using namespace stylepaint;
    const QRect r = option->rect;
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            buttonPanel(option, painter, widget);
            if (button->features.testFlag(QStyleOptionButton::HasMenu))
                chevron(painter, visualRect(option->direction, r, QRect(r.right() - 22, r.center().y() - 8, 16, 16)), Arrow::Down,
                        buttonText(option, widget));
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton label = *button;
            label.palette.setColor(QPalette::ButtonText, buttonText(option, widget));
            label.state &= ~State_Sunken;
            const ButtonRole role = buttonRole(widget);
            painter->save();
            if (role == ButtonRole::Primary || role == ButtonRole::Danger) {
                QFont font = painter->font();
                font.setWeight(QFont::DemiBold);
                painter->setFont(font);
                label.fontMetrics = QFontMetrics(font);
            }
            if (label.features.testFlag(QStyleOptionButton::HasMenu)) {
                label.features &= ~QStyleOptionButton::HasMenu;
                label.rect = visualRect(option->direction, r, r.adjusted(0, 0, -16, 0));
            }
            QProxyStyle::drawControl(element, &label, painter, widget);
            painter->restore();
            return;
        }
        break;
    case CE_Header:
        // As the base style does it, which would ask itself where the arrow goes.
        if (const auto *head = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            painter->save();
            painter->setClipRect(r);
            proxy()->drawControl(CE_HeaderSection, head, painter, widget);
            QStyleOptionHeader part = *head;
            part.rect = proxy()->subElementRect(SE_HeaderLabel, head, widget);
            if (part.rect.isValid())
                proxy()->drawControl(CE_HeaderLabel, &part, painter, widget);
            if (head->sortIndicator != QStyleOptionHeader::None) {
                part.rect = proxy()->subElementRect(SE_HeaderArrow, head, widget);
                proxy()->drawPrimitive(PE_IndicatorHeaderArrow, &part, painter, widget);
            }
            painter->restore();
            return;
        }
        break;
    case CE_HeaderSection:
        if (const auto *head = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            header(head, painter);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(r, Theme::color(Token::Base));
        painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), Theme::color(Token::Border));
        return;
    case CE_HeaderLabel:
        if (const auto *head = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader label = *head;
            label.palette.setColor(QPalette::ButtonText, Theme::color(Token::Muted));
            label.state &= ~(State_On | State_Sunken); // the current column's header is not bold
            QProxyStyle::drawControl(element, &label, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            tabShape(tab, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            tabLabel(tab, painter, proxy(), widget);
            return;
        }
        break;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            menuItem(item, painter, widget);
            return;
        }
        break;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            menuBarItem(item, painter, proxy());
            return;
        }
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(r, Theme::color(Token::Window));
        return;
    case CE_MenuEmptyArea:
        painter->fillRect(r, Theme::color(Token::Base));
        return;
    case CE_ToolBar:
        painter->fillRect(r, Theme::color(Token::Window));
        return;
    case CE_Splitter:
        // One line, however wide the handle is.
        if (option->state.testFlag(State_Horizontal))
            painter->fillRect(QRect(r.center().x(), r.top(), 1, r.height()), Theme::color(Token::Border));
        else
            painter->fillRect(QRect(r.left(), r.center().y(), r.width(), 1), Theme::color(Token::Border));
        return;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->frameShape == QFrame::HLine) {
                painter->fillRect(QRect(r.left(), r.center().y(), r.width(), 1), Theme::color(Token::Border));
                return;
            }
            if (frame->frameShape == QFrame::VLine) {
                painter->fillRect(QRect(r.center().x(), r.top(), 1, r.height()), Theme::color(Token::Border));
                return;
            }
        }
        break;
    case CE_ProgressBarGroove:
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            progress(bar, painter);
            return;
        }
        break;
    case CE_DockWidgetTitle:
        if (const auto *dock = qstyleoption_cast<const QStyleOptionDockWidget *>(option)) {
            dockTitle(dock, painter);
            return;
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            QStyleOptionComboBox label = *combo;
            label.palette.setColor(QPalette::ButtonText, combo->palette.color(QPalette::Text));
            QProxyStyle::drawControl(element, &label, painter, widget);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void SignalboxStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                        const QWidget *widget) const
{
    using namespace stylepaint;
    switch (control) {
    case CC_ScrollBar:
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            scrollBar(slider, painter, proxy()->subControlRect(control, option, SC_ScrollBarSlider, widget));
            return;
        }
        break;
    case CC_ComboBox:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            comboBox(combo, painter, widget, proxy()->subControlRect(control, option, SC_ComboBoxArrow, widget));
            return;
        }
        break;
    case CC_SpinBox:
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
            spinBox(spin, painter, widget, proxy()->subControlRect(control, option, SC_SpinBoxUp, widget),
                    proxy()->subControlRect(control, option, SC_SpinBoxDown, widget));
            return;
        }
        break;
    case CC_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            const ButtonRole role = buttonRole(widget);
            if (role == ButtonRole::Primary || role == ButtonRole::Danger) {
                QStyleOptionToolButton label = *tool;
                buttonPanel(option, painter, widget);
                label.palette.setColor(QPalette::ButtonText, buttonText(option, widget));
                label.state &= ~State_Sunken;
                proxy()->drawControl(CE_ToolButtonLabel, &label, painter, widget);
                return;
            }
            toolButton(tool, painter, proxy(), widget);
            return;
        }
        break;
    case CC_GroupBox:
        if (const auto *box = qstyleoption_cast<const QStyleOptionGroupBox *>(option)) {
            if (box->subControls.testFlag(SC_GroupBoxCheckBox)) {
                QStyleOptionButton check;
                check.QStyleOption::operator=(*box);
                check.rect = proxy()->subControlRect(control, box, SC_GroupBoxCheckBox, widget);
                proxy()->drawPrimitive(PE_IndicatorCheckBox, &check, painter, widget);
            }
            painter->save();
            painter->setFont(Theme::strongFont());
            painter->setPen(box->palette.color(QPalette::WindowText));
            painter->drawText(proxy()->subControlRect(control, box, SC_GroupBoxLabel, widget),
                              int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextShowMnemonic | Qt::TextDontClip, box->text);
            painter->restore();
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect SignalboxStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            return option->rect.adjusted(6, 1, -6, -1);
        break;
    case SE_TabBarTabText:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QRect rect = option->rect.adjusted(14, 0, -10, 0);
            if (!tab->icon.isNull())
                rect.setLeft(rect.left() + metrics::ListIcon + 4);
            if (!tab->leftButtonSize.isEmpty())
                rect.setLeft(rect.left() + tab->leftButtonSize.width() + 4);
            if (!tab->rightButtonSize.isEmpty())
                rect.setRight(rect.right() - tab->rightButtonSize.width() - 2);
            return visualRect(option->direction, option->rect, rect);
        }
        break;
    case SE_TabBarTabRightButton:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            const QSize size = tab->rightButtonSize;
            const QRect rect(option->rect.right() - size.width() - 7, option->rect.center().y() - size.height() / 2 + 1, size.width(),
                             size.height());
            return visualRect(option->direction, option->rect, rect);
        }
        break;
    case SE_ProgressBarContents:
    case SE_ProgressBarGroove:
        return option->rect;
    case SE_ItemViewItemFocusRect:
        return option->rect;
    default:
        break;
    }
    if (element == SE_HeaderArrow) {
        // Behind the words, where they end.
        if (const auto *head = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            const QRect label = QProxyStyle::subElementRect(SE_HeaderLabel, option, widget);
            const int left =
                qMin(label.left() + head->fontMetrics.horizontalAdvance(head->text) + metrics::Inside, option->rect.right() - 14);
            return visualRect(option->direction, option->rect, QRect(left, option->rect.center().y() - 7, 12, 14));
        }
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect SignalboxStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                                     const QWidget *widget) const
{
    const QRect r = option->rect;
    switch (control) {
    case CC_ScrollBar:
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            // No arrows: all of the bar is groove.
            const bool horizontal = slider->orientation == Qt::Horizontal;
            const int length = horizontal ? r.width() : r.height();
            const qint64 range = qint64(slider->maximum) - slider->minimum;
            int handle = length;
            if (range > 0) {
                handle = int((qint64(slider->pageStep) * length) / (range + slider->pageStep));
                handle = qBound(qMin(32, length), handle, length);
            }
            const int start =
                sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition, length - handle, slider->upsideDown);
            const auto part = [&](int from, int size) {
                const QRect rect =
                    horizontal ? QRect(r.left() + from, r.top(), size, r.height()) : QRect(r.left(), r.top() + from, r.width(), size);
                return visualRect(slider->direction, r, rect);
            };
            switch (subControl) {
            case SC_ScrollBarGroove:
                return r;
            case SC_ScrollBarSlider:
                return part(start, handle);
            case SC_ScrollBarSubPage:
                return part(0, start);
            case SC_ScrollBarAddPage:
                return part(start + handle, length - start - handle);
            default:
                return {};
            }
        }
        break;
    case CC_ComboBox:
        switch (subControl) {
        case SC_ComboBoxArrow:
            return visualRect(option->direction, r,
                              QRect(r.right() - stylepaint::ComboArrow + 1, r.top(), stylepaint::ComboArrow - 4, r.height()));
        case SC_ComboBoxEditField: {
            const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
            return visualRect(option->direction, r, r.adjusted(combo && !combo->editable ? 7 : 6, 1, -stylepaint::ComboArrow, -1));
        }
        default:
            break;
        }
        break;
    case CC_SpinBox: {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const bool buttons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int half = r.height() / 2;
        switch (subControl) {
        case SC_SpinBoxUp:
            return buttons ? visualRect(option->direction, r,
                                        QRect(r.right() - stylepaint::SpinButtons, r.top() + 2, stylepaint::SpinButtons - 2, half - 2))
                           : QRect();
        case SC_SpinBoxDown:
            return buttons ? visualRect(option->direction, r,
                                        QRect(r.right() - stylepaint::SpinButtons, r.top() + half, stylepaint::SpinButtons - 2, half - 2))
                           : QRect();
        case SC_SpinBoxEditField:
            return visualRect(option->direction, r, r.adjusted(6, 1, buttons ? -stylepaint::SpinButtons - 2 : -6, -1));
        case SC_SpinBoxFrame:
            return r;
        default:
            break;
        }
        break;
    }
    default:
        break;
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QPalette SignalboxStyle::standardPalette() const
{
    return Theme::palette(Theme::shade());
}

void SignalboxStyle::polish(QPalette &palette)
{
    Q_UNUSED(palette) // Theme sets it
}

void SignalboxStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractSpinBox *>(widget) ||
        qobject_cast<QLineEdit *>(widget) || qobject_cast<QScrollBar *>(widget) || qobject_cast<QTabBar *>(widget) ||
        qobject_cast<QSplitterHandle *>(widget) || qobject_cast<QHeaderView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

} // namespace ui
