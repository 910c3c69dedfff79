// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes, metrics, hints and standard icons of the style.
#include "ui/common/signalboxstyle.h"
#include "ui/common/stylepaint.h"

#include <QAbstractScrollArea>
#include <QFormLayout>
#include <QMenu>
#include <QStyleOption>

namespace {

constexpr int FrameWidth = 3; // enough for the rounded corners to stay clear of the viewport

}

namespace ui {

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
        return {size.width() + stylepaint::ComboArrow + (combo && combo->editable ? 12 : 16),
                qMax(metrics::FieldHeight, size.height() + 2)};
    }
    case CT_SpinBox: {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const bool buttons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        return {size.width() + (buttons ? stylepaint::SpinButtons + 10 : 12), qMax(metrics::FieldHeight, size.height())};
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
        // The current tab's label is semibold, whatever the desktop's font makes of that: every tab has room for it.
        const int height = stylepaint::isPanelTabs(widget) ? 30 : 35;
        int room = 6;
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option); tab && widget) {
            QFont semibold = widget->font();
            semibold.setWeight(QFont::DemiBold);
            const QString first = tab->text.section(u'\t', 0, 0);
            if (tab->text.count(u'\t') > 1) // the word has air of its own
                room += 6;
            room += qMax(0, QFontMetrics(semibold).horizontalAdvance(first) - QFontMetrics(widget->font()).horizontalAdvance(first));
        }
        return {size.width() + room, qMax(height, size.height())};
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
    case PM_MenuPanelWidth:
        return 1; // without it no frame is drawn
    case PM_DefaultFrameWidth:
        if (qobject_cast<const QMenu *>(widget))
            return 4;
        return stylepaint::isFramedArea(widget) ? FrameWidth : 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth:
        return 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ButtonDefaultIndicator:
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
    case PM_FocusFrameHMargin: // with its extra pixel: items begin where their header does
        return metrics::Between - 1;
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

} // namespace ui
