// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/widgets.h"

#include "ui/common/actionregistry.h"
#include "ui/common/passingtime.h"
#include "ui/common/relativetime.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/stylepaint.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QTimerEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace {

constexpr int BadgePadding = 7;

QFont badgeFont()
{
    QFont font = ui::Theme::font();
    font.setPointSizeF(font.pointSizeF() * 0.86);
    font.setWeight(QFont::DemiBold);
    return font;
}

bool keyboardFocus(const QWidget *widget)
{
    return widget->hasFocus() && widget->isActiveWindow();
}

bool isPressKey(const QKeyEvent *event)
{
    return event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
}

} // namespace

namespace ui {

PrimaryButton::PrimaryButton(const QString &text, QWidget *parent)
    : QPushButton(text, parent)
{
    setButtonRole(this, ButtonRole::Primary);
}

QuietButton::QuietButton(QWidget *parent)
    : QToolButton(parent)
{
    setAutoRaise(true);
    setIconSize(QSize(metrics::ListIcon, metrics::ListIcon));
    setFocusPolicy(Qt::StrongFocus);
}

QuietButton::QuietButton(Icon icon, const QString &text, QWidget *parent)
    : QuietButton(parent)
{
    setIcon(Theme::icon(icon));
    setText(text);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
}

QuietButton *QuietButton::iconOnly(Icon icon, const QString &text, QWidget *parent)
{
    auto *button = new QuietButton(parent);
    button->setIcon(Theme::icon(icon));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setWords(text);
    return button;
}

void QuietButton::setWords(const QString &text)
{
    setToolTip(text);
    setAccessibleName(text);
}

// PillButton

PillButton::PillButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, [this] {
        if (m_menu)
            m_menu->popup(mapToGlobal(QPoint(0, height() + 2)));
    });
}

void PillButton::setEnvironment(Environment environment, const QString &word)
{
    m_environment = environment;
    m_word = word;
    updateGeometry();
    update();
}

void PillButton::setMenu(QMenu *menu)
{
    m_menu = menu;
    updateGeometry();
    update();
}

int PillButton::badgeWidth() const
{
    return m_word.isEmpty() ? 0 : QFontMetrics(badgeFont()).horizontalAdvance(m_word) + 2 * BadgePadding;
}

QSize PillButton::sizeHint() const
{
    int width = 8 + fontMetrics().horizontalAdvance(text()) + 2 + 8; // 2: advances are rounded
    if (!m_word.isEmpty())
        width += badgeWidth() + 8;
    if (!icon().isNull())
        width += metrics::ListIcon + 6;
    if (m_menu)
        width += 16;
    return {width, metrics::FieldHeight};
}

QSize PillButton::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), badgeWidth() + 90), metrics::FieldHeight};
}

void PillButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool enabled = isEnabled();
    if (enabled && (isDown() || (m_menu && m_menu->isVisible())))
        stylepaint::rounded(&painter, rect(), metrics::Radius, Theme::color(Token::Border));
    else if (enabled && underMouse())
        stylepaint::rounded(&painter, rect(), metrics::Radius, Theme::color(Token::Hover));
    int left = 8;
    if (!m_word.isEmpty()) {
        const QRect badge(left - 4, (height() - 20) / 2, badgeWidth(), 20);
        stylepaint::rounded(&painter, badge, metrics::SmallRadius, Theme::color(m_environment));
        painter.setFont(badgeFont());
        painter.setPen(Theme::color(Token::OnAccent));
        painter.drawText(badge, Qt::AlignCenter, m_word);
        left = badge.right() + 9;
    }
    if (!icon().isNull()) {
        icon().paint(&painter, QRect(left, (height() - metrics::ListIcon) / 2, metrics::ListIcon, metrics::ListIcon), Qt::AlignCenter,
                     enabled ? QIcon::Normal : QIcon::Disabled);
        left += metrics::ListIcon + 6;
    }
    const int right = width() - 8 - (m_menu ? 16 : 0);
    painter.setFont(font());
    painter.setPen(palette().color(enabled ? QPalette::Normal : QPalette::Disabled, QPalette::WindowText));
    painter.drawText(QRect(left, 0, right - left, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideMiddle, right - left));
    if (m_menu)
        stylepaint::chevron(&painter, QRect(width() - 22, (height() - 16) / 2, 16, 16), stylepaint::Arrow::Down,
                            Theme::color(Token::Muted));
    if (keyboardFocus(this))
        stylepaint::focusRing(&painter, rect(), metrics::Radius);
}

void PillButton::keyPressEvent(QKeyEvent *event)
{
    if (isPressKey(event) || (m_menu && event->key() == Qt::Key_Down)) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

// Badge

Badge::Badge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Badge::Badge(const QString &text, StateColor state, QWidget *parent)
    : Badge(parent)
{
    setText(text);
    setState(state);
}

void Badge::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setState(StateColor state)
{
    m_state = state;
    m_environment = Environment::None;
    update();
}

void Badge::setEnvironment(Environment environment)
{
    m_environment = environment;
    update();
}

QSize Badge::sizeHint() const
{
    return {QFontMetrics(badgeFont()).horizontalAdvance(m_text) + 2 * BadgePadding, 20};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(badgeFont());
    if (m_environment != Environment::None) {
        stylepaint::rounded(&painter, rect(), metrics::SmallRadius, Theme::color(m_environment));
        painter.setPen(Theme::color(Token::OnAccent));
    } else {
        const QColor color = Theme::color(m_state);
        stylepaint::rounded(&painter, rect(), metrics::SmallRadius, Theme::tint(color, 10));
        painter.setPen(Theme::badgeInk(m_state));
    }
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

// Chip

Chip::Chip(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::setRemoval(Removal removal)
{
    m_removal = removal;
    updateGeometry();
    update();
}

QRect Chip::crossRect() const
{
    return QRect(width() - 20, (height() - 16) / 2, 16, 16);
}

QSize Chip::sizeHint() const
{
    const int text = qMin(QFontMetrics(badgeFont()).horizontalAdvance(this->text()), 200);
    return {text + 2 * BadgePadding + (m_removal == Removal::Offered ? 16 : 0), 22};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor accent = Theme::color(Token::Accent);
    const bool over = underMouse() && isEnabled();
    stylepaint::rounded(&painter, rect(), metrics::SmallRadius, Theme::tint(accent, over ? 20 : 12));
    // The accent itself on its own tint is a little too light for small text.
    const QColor ink = Theme::tint(accent, 85, Theme::color(Token::Text));
    painter.setFont(badgeFont());
    painter.setPen(ink);
    const int right = m_removal == Removal::Offered ? crossRect().left() : width() - BadgePadding;
    const QRect place(BadgePadding, 0, right - BadgePadding, height());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, place.width()));
    if (m_removal == Removal::Offered)
        stylepaint::cross(&painter, crossRect(), ink);
    if (keyboardFocus(this))
        stylepaint::focusRing(&painter, rect(), metrics::SmallRadius);
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (m_removal == Removal::Offered && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested();
        return;
    }
    if (isPressKey(event)) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void Chip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_removal == Removal::Offered && event->button() == Qt::LeftButton &&
        crossRect().adjusted(-2, -3, 4, 3).contains(event->position().toPoint())) {
        setDown(false);
        Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

// ElidedLabel

ElidedLabel::ElidedLabel(QWidget *parent)
    : QFrame(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : ElidedLabel(parent)
{
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(m_text) > contentsRect().width();
}

QSize ElidedLabel::sizeHint() const
{
    ensurePolished();
    const QMargins margins = contentsMargins();
    // One more than its rounded width: fractions add up.
    return {fontMetrics().horizontalAdvance(m_text) + 2 + margins.left() + margins.right(),
            fontMetrics().height() + margins.top() + margins.bottom()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    ensurePolished();
    return {qMin(sizeHint().width(), fontMetrics().averageCharWidth() * 6), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, foregroundRole()));
    painter.drawText(contentsRect(), int(QStyle::visualAlignment(layoutDirection(), m_alignment)) | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, m_mode, contentsRect().width()));
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided())
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), m_text, this);
        else
            QToolTip::hideText();
        return true;
    }
    return QFrame::event(event);
}

// LinkLabel

LinkLabel::LinkLabel(QWidget *parent)
    : QAbstractButton(parent)
{
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

LinkLabel::LinkLabel(const QString &text, QWidget *parent)
    : LinkLabel(parent)
{
    setText(text);
}

QSize LinkLabel::sizeHint() const
{
    ensurePolished();
    const QString shown = withoutMnemonic(text());
    return {fontMetrics().horizontalAdvance(shown) + 8, fontMetrics().height() + 4};
}

void LinkLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QFont font = this->font();
    font.setUnderline(underMouse() && isEnabled());
    painter.setFont(font);
    painter.setPen(!isEnabled()                                        ? palette().color(QPalette::Disabled, QPalette::WindowText)
                       : foregroundRole() == QPalette::PlaceholderText ? Theme::color(Token::Muted)
                                                                       : Theme::color(Token::Accent));
    painter.drawText(rect().adjusted(3, 0, -3, 0), int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextHideMnemonic | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), Qt::ElideRight, width() - 6));
    if (keyboardFocus(this))
        stylepaint::focusRing(&painter, rect(), metrics::SmallRadius);
}

void LinkLabel::keyPressEvent(QKeyEvent *event)
{
    if (isPressKey(event)) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

// Separator, StateDot

Separator::Separator(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_orientation(orientation)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Separator::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Token::Border));
}

StateDot::StateDot(StateColor state, QWidget *parent)
    : QWidget(parent)
    , m_state(state)
{
    setFixedSize(10, 10);
}

void StateDot::setState(StateColor state)
{
    m_state = state;
    update();
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    stylepaint::rounded(&painter, QRectF(1, 1, 8, 8), 4, Theme::color(m_state));
}

// ActivityIndicator

ActivityIndicator::ActivityIndicator(QWidget *parent)
    : QWidget(parent)
    , m_timer(new QTimer(this))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_timer->setInterval(80);
    connect(m_timer, &QTimer::timeout, this, [this] {
        m_step = (m_step + 1) % 12;
        update();
    });
}

void ActivityIndicator::setRunning(bool running)
{
    m_running = running;
    updateTimer();
    update();
}

void ActivityIndicator::setProgress(double progress)
{
    m_progress = progress;
    updateTimer();
    update();
}

void ActivityIndicator::updateTimer()
{
    if (m_running && m_progress < 0 && isVisible() && !Theme::reducedMotion())
        m_timer->start();
    else
        m_timer->stop();
}

QSize ActivityIndicator::sizeHint() const
{
    return {metrics::ToolIcon, metrics::ToolIcon};
}

void ActivityIndicator::paintEvent(QPaintEvent *)
{
    if (!m_running)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal side = qMin(width(), height()) - 4;
    const QRectF ring((width() - side) / 2, (height() - side) / 2, side, side);
    painter.setPen(QPen(Theme::color(Token::Border), 2));
    painter.drawEllipse(ring);
    painter.setPen(QPen(Theme::color(Token::Accent), 2, Qt::SolidLine, Qt::RoundCap));
    if (m_progress >= 0)
        painter.drawArc(ring, 90 * 16, int(-360 * 16 * qBound(0.0, m_progress, 1.0)));
    else
        painter.drawArc(ring, (90 - m_step * 30) * 16, -100 * 16);
}

void ActivityIndicator::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateTimer();
}

void ActivityIndicator::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer->stop();
}

// TimeLabel

TimeLabel::TimeLabel(QWidget *parent)
    : QLabel(parent)
    , m_pattern(u"%1"_s)
    , m_passing(new PassingTime(this, [this]() -> std::optional<std::chrono::seconds> {
        setText(m_pattern.arg(relativeTime(m_time)));
        setToolTip(exactTime(m_time));
        return m_time.isValid() ? std::optional(nextChange(m_time)) : std::nullopt;
    }))
{
}

void TimeLabel::setTime(const QDateTime &time)
{
    m_time = time;
    m_passing->again();
}

void TimeLabel::setPattern(const QString &pattern)
{
    m_pattern = pattern;
    m_passing->again();
}

} // namespace ui
