// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/signalboxstyle.h"

#include "ui/common/stylepaint.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
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

namespace {

constexpr int ComboArrow = 24;
constexpr int SpinButtons = 20;
constexpr int FrameWidth = 3; // enough for the rounded corners to stay clear of the viewport

bool isFramedArea(const QWidget *widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget);
    return area && area->frameShape() == QFrame::StyledPanel;
}

} // namespace

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
        if (isFramedArea(widget)) {
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
            return visualRect(option->direction, r, QRect(r.right() - ComboArrow + 1, r.top(), ComboArrow - 4, r.height()));
        case SC_ComboBoxEditField: {
            const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
            return visualRect(option->direction, r, r.adjusted(combo && !combo->editable ? 7 : 6, 1, -ComboArrow, -1));
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
            return buttons ? visualRect(option->direction, r, QRect(r.right() - SpinButtons, r.top() + 2, SpinButtons - 2, half - 2))
                           : QRect();
        case SC_SpinBoxDown:
            return buttons ? visualRect(option->direction, r, QRect(r.right() - SpinButtons, r.top() + half, SpinButtons - 2, half - 2))
                           : QRect();
        case SC_SpinBoxEditField:
            return visualRect(option->direction, r, r.adjusted(6, 1, buttons ? -SpinButtons - 2 : -6, -1));
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

QSize SignalboxStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const ButtonRole role = buttonRole(widget);
            int width = size.width() + (button->text.isEmpty() ? 12 : 24);
            if (role == ButtonRole::Primary || role == ButtonRole::Danger)
                width += button->fontMetrics.horizontalAdvance(button->text) / 16 + 4; // the label is semibold
            if (button->features.testFlag(QStyleOptionButton::HasMenu))
                width += 8;
            return {width, qMax(metrics::FieldHeight, size.height() + 6)};
        }
        break;
    case CT_LineEdit:
        return {size.width() + 12, qMax(metrics::FieldHeight, size.height() + 2)};
    case CT_ComboBox: {
        const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        return {size.width() + ComboArrow + (combo && combo->editable ? 12 : 16), qMax(metrics::FieldHeight, size.height() + 2)};
    }
    case CT_SpinBox: {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const bool buttons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        return {size.width() + (buttons ? SpinButtons + 10 : 12), qMax(metrics::FieldHeight, size.height())};
    }
    case CT_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            QSize result = size + QSize(10, 8);
            const bool text = tool->toolButtonStyle == Qt::ToolButtonTextBesideIcon || tool->toolButtonStyle == Qt::ToolButtonTextOnly;
            if (text)
                result.rwidth() += 6;
            if (tool->features.testFlag(QStyleOptionToolButton::HasMenu) &&
                !tool->features.testFlag(QStyleOptionToolButton::MenuButtonPopup) && text)
                result.rwidth() += 16;
            result.setHeight(qMax(metrics::FieldHeight, result.height()));
            result.setWidth(qMax(metrics::FieldHeight, result.width()));
            return result;
        }
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return stylepaint::menuItemSize(item, size);
        break;
    case CT_MenuBarItem:
        return {size.width() + 16, qMax(metrics::RowHeight, size.height() + 6)};
    case CT_TabBarTab: {
        // The current tab's label is semibold, and the second part of a label is smaller: nearly even, a little room is left.
        const int height = stylepaint::isPanelTabs(widget) ? 30 : 35;
        return {size.width() + 6, qMax(height, size.height())};
    }
    case CT_ProgressBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option); bar && !bar->textVisible)
            return {size.width(), 6};
        break;
    case CT_HeaderSection: {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        result.setHeight(qMax(metrics::HeaderHeight, result.height()));
        return result;
    }
    case CT_ItemViewItem: {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        result.setHeight(qMax(metrics::RowHeight, result.height()));
        return result;
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

int SignalboxStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return metrics::ListIcon;
    case PM_ToolBarIconSize:
        return metrics::ToolIcon;
    case PM_MessageBoxIconSize:
    case PM_LargeIconSize:
        return 32;
    case PM_DefaultFrameWidth:
        if (qobject_cast<const QMenu *>(widget))
            return 4;
        return isFramedArea(widget) ? FrameWidth : 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth:
        return 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ButtonDefaultIndicator:
    case PM_MenuPanelWidth:
    case PM_ToolBarFrameWidth:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_DockWidgetFrameWidth:
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
        return 0;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuHMargin:
        return 0;
    case PM_MenuBarHMargin:
        return 4;
    case PM_MenuBarItemSpacing:
        return 2;
    case PM_MenuButtonIndicator:
        return 18;
    case PM_ToolBarItemSpacing:
    case PM_ToolBarItemMargin:
        return metrics::Inside;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 1;
    case PM_HeaderMargin:
        return metrics::Between;
    case PM_HeaderMarkSize:
        return 12;
    case PM_HeaderDefaultSectionSizeVertical:
        return metrics::RowHeight;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 14;
    case PM_TabBarScrollButtonWidth:
        return 24;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return widget && widget->isWindow() ? metrics::Around : metrics::Between;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return metrics::Between;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 6;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_TextCursorWidth:
        return 1;
    case PM_FocusFrameHMargin:
        return metrics::Inside;
    case PM_TreeViewIndentation:
        return 18;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int SignalboxStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_Menu_SubMenuPopupDelay:
        return hint == SH_Menu_SubMenuPopupDelay ? 120 : 0;
    case SH_Widget_Animation_Duration:
        return Theme::reducedMotion() ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    case SH_Table_GridLineColor:
        return int(Theme::color(Token::Border).rgb());
    case SH_FormLayoutLabelAlignment:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case SH_FormLayoutFormAlignment:
        return int(Qt::AlignLeft | Qt::AlignTop);
    case SH_FormLayoutFieldGrowthPolicy:
        return QFormLayout::AllNonFixedFieldsGrow;
    case SH_LineEdit_PasswordCharacter:
        return 0x2022;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_TabBar_ElideMode:
        return Qt::ElideNone;
    case SH_ItemView_ShowDecorationSelected:
    case SH_Splitter_OpaqueResize:
    case SH_MenuBar_MouseTracking:
    case SH_Menu_MouseTracking:
        return 1;
    case SH_Header_ArrowAlignment:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case SH_TitleBar_NoBorder:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QIcon SignalboxStyle::standardIcon(StandardPixmap standardIcon, const QStyleOption *option, const QWidget *widget) const
{
    switch (standardIcon) {
    case SP_LineEditClearButton:
        return Theme::icon(Icon::Clear, Token::Muted);
    case SP_DockWidgetCloseButton:
    case SP_TabCloseButton:
    case SP_TitleBarCloseButton:
        return Theme::icon(Icon::Close);
    case SP_MessageBoxInformation:
    case SP_MessageBoxQuestion:
        return Theme::stateIcon(StateColor::Info);
    case SP_MessageBoxWarning:
        return Theme::stateIcon(StateColor::Warning);
    case SP_MessageBoxCritical:
        return Theme::stateIcon(StateColor::Error);
    case SP_ToolBarHorizontalExtensionButton:
    case SP_ToolBarVerticalExtensionButton:
        return Theme::icon(Icon::More);
    default:
        return QProxyStyle::standardIcon(standardIcon, option, widget);
    }
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
