// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/messagebar.h"

#include "ui/common/errortext.h"
#include "ui/common/followlanguage.h"
#include "ui/common/passingtime.h"
#include "ui/common/relativetime.h"
#include "ui/common/widgets.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

/// Of what offers an action.
constexpr std::chrono::seconds ReachedWithin{15};

int rank(ui::StateColor state)
{
    switch (state) {
    case ui::StateColor::Error:
        return 0;
    case ui::StateColor::Warning:
        return 1;
    default:
        return 2;
    }
}

bool isPassing(const ui::Message &message)
{
    return message.closeAfter.count() > 0;
}

/// To what the person just did.
bool isAnswer(const ui::Message &message)
{
    return message.state == ui::StateColor::Error || (message.state == ui::StateColor::Ok && isPassing(message));
}

} // namespace

namespace ui {

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_more(new QuietButton(this))
    , m_actions(new QHBoxLayout)
    , m_detailsButton(new QuietButton(this))
    , m_close(QuietButton::iconOnly(Icon::Close, {}, this))
    , m_details(new QPlainTextEdit(this))
    , m_timer(new QTimer(this))
{
    setObjectName(u"messageBar"_s);
    m_text->setObjectName(u"messageBarText"_s);
    m_close->setObjectName(u"messageBarClose"_s);
    m_detailsButton->setObjectName(u"messageBarDetails"_s);
    m_icon->setFixedSize(metrics::ListIcon, metrics::ListIcon);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_text->setContentsMargins(0, metrics::Inside, 0, metrics::Inside); // seen when it is more than one line
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    m_text->setSizePolicy(policy);
    m_more->setObjectName(u"messageBarMore"_s);
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_detailsButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_detailsButton->setCheckable(true);
    m_details->setReadOnly(true);
    m_details->setFont(Theme::fixedFont());
    m_details->setMaximumHeight(110);
    m_details->setTabChangesFocus(true);
    m_details->hide();
    m_timer->setSingleShot(true);

    auto *line = new QHBoxLayout;
    line->setContentsMargins(metrics::Between + 4, 3, metrics::Inside, 3);
    line->setSpacing(metrics::Between);
    line->addWidget(m_icon);
    line->addWidget(m_text, 1);
    line->addWidget(m_more);
    m_actions->setSpacing(metrics::Inside);
    line->addLayout(m_actions);
    line->addWidget(m_detailsButton);
    line->addWidget(m_close);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 1);
    all->setSpacing(0);
    all->addLayout(line);
    auto *detailsRow = new QHBoxLayout;
    detailsRow->setContentsMargins(36, 0, metrics::Between, 0);
    detailsRow->addWidget(m_details);
    all->addLayout(detailsRow);

    connect(m_close, &QToolButton::clicked, this, &MessageBar::closeCurrent);
    connect(m_more, &QToolButton::clicked, this, &MessageBar::showNext);
    connect(m_timer, &QTimer::timeout, this, &MessageBar::closeCurrent);
    connect(m_detailsButton, &QToolButton::toggled, this, [this](bool on) {
        m_details->setVisible(on);
        waitToClose();
    });
    m_passing = new PassingTime(this, [this]() -> std::optional<std::chrono::seconds> {
        if (m_messages.isEmpty() || !m_messages.first().textAt)
            return {};
        Message &message = m_messages.first();
        message.text = message.textAt(relativeTime(message.time));
        m_text->setText(message.text);
        return message.time.isValid() ? std::optional(nextChange(message.time)) : std::nullopt;
    });
    setVisible(false);
    followLanguage(this, [this] {
        m_detailsButton->setText(tr("Details"));
        m_details->setAccessibleName(tr("Details"));
        m_close->setToolTip(tr("Close"));
        m_close->setAccessibleName(tr("Close"));
        m_more->setToolTip(tr("Show the next message"));
        // Said in the language of before.
        closePassing();
    });
}

MessageBar::~MessageBar()
{
    // The focus moves while what is in here goes.
    QObject::disconnect(m_focus);
}

void MessageBar::show(const Message &message)
{
    if (!message.id.isEmpty()) {
        const auto known = std::find_if(m_messages.begin(), m_messages.end(), [&](const Message &other) { return other.id == message.id; });
        if (known == m_messages.begin() && known != m_messages.end()) {
            *known = message;
            return present();
        }
        if (known != m_messages.end() && !isAnswer(message)) {
            *known = message;
            return Q_EMIT changed();
        }
        if (known != m_messages.end())
            m_messages.erase(known);
    }
    // A success that goes by itself makes way for the next one: nobody waits for a queue of them to run out.
    if (isPassing(message))
        m_messages.removeIf([&](const Message &other) { return isPassing(other) && rank(other.state) == rank(message.state); });
    auto place = m_messages.begin();
    if (!isAnswer(message) && !isPassing(message)) {
        // Among messages of one rank the newest is shown.
        place = std::find_if(m_messages.begin(), m_messages.end(),
                             [&](const Message &other) { return !isPassing(other) && rank(other.state) >= rank(message.state); });
    }
    m_messages.insert(place, message);
    present();
}

void MessageBar::show(StateColor state, const QString &text)
{
    using namespace std::chrono_literals;
    Message message;
    message.state = state;
    message.text = text;
    message.closeAfter = state == StateColor::Ok ? 5s : 0s;
    show(message);
}

void MessageBar::showError(const core::Error &error, const QString &what, const QList<MessageAction> &actions)
{
    if (error.kind == core::Error::Kind::Cancelled)
        return; // the person did that
    const ErrorText text = errorText(error, what);
    Message message;
    message.state = text.state;
    message.text = text.both();
    message.details = text.details;
    message.actions = actions;
    message.id = what;
    show(message);
}

void MessageBar::close(const QString &id)
{
    const bool shown = !m_messages.isEmpty() && m_messages.first().id == id;
    const auto gone = m_messages.removeIf([&](const Message &message) { return message.id == id; });
    if (gone > 0 && shown)
        present();
    else if (gone > 0)
        Q_EMIT changed();
}

void MessageBar::closePassing()
{
    if (m_messages.removeIf(isPassing) > 0)
        present();
}

void MessageBar::clear()
{
    if (m_messages.isEmpty())
        return;
    m_messages.clear();
    present();
}

void MessageBar::setEdge(Qt::Edge edge)
{
    m_edge = edge;
    layout()->setContentsMargins(0, edge == Qt::TopEdge ? 1 : 0, 0, edge == Qt::TopEdge ? 0 : 1);
}

Message MessageBar::current() const
{
    return m_messages.isEmpty() ? Message() : m_messages.first();
}

void MessageBar::closeCurrent()
{
    if (m_messages.isEmpty())
        return;
    m_messages.removeFirst();
    present();
}

void MessageBar::showNext()
{
    if (m_messages.size() < 2)
        return;
    m_messages.append(m_messages.takeFirst());
    present();
}

void MessageBar::showIcon()
{
    m_icon->setPixmap(Theme::stateIcon(current().state).pixmap(QSize(metrics::ListIcon, metrics::ListIcon), devicePixelRatio()));
}

void MessageBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_icon && !m_messages.isEmpty())
        showIcon();
    QWidget::changeEvent(event);
}

/// To what the bar is about: the nearest around it that hands its focus on. Left to the toolkit it would go to whatever comes next in the
/// window.
void MessageBar::giveFocusBack()
{
    const QWidget *focus = QApplication::focusWidget();
    if (!focus || !isAncestorOf(focus))
        return;
    for (QWidget *home = parentWidget(); home; home = home->isWindow() ? nullptr : home->parentWidget())
        if (home->focusProxy())
            return home->setFocus(Qt::OtherFocusReason);
}

void MessageBar::present()
{
    giveFocusBack();
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_timer->stop();
    m_detailsButton->setChecked(false);
    if (m_messages.isEmpty()) {
        QObject::disconnect(m_focus);
        setVisible(false);
        Q_EMIT changed();
        return;
    }
    const Message &message = m_messages.first();
    showIcon();
    m_text->setText(message.text);
    m_passing->again();
    m_more->setVisible(m_messages.size() > 1);
    m_more->setText(tr("%n more", "further messages", int(m_messages.size()) - 1));
    m_detailsButton->setVisible(!message.details.isEmpty());
    m_details->setPlainText(message.details);
    for (const MessageAction &action : message.actions) {
        if (!action.run)
            continue;
        auto *button = new QuietButton(this);
        button->setObjectName(u"messageBarAction"_s);
        button->setText(action.text);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        connect(button, &QToolButton::clicked, this, [this, action] {
            if (action.then == MessageAction::Then::Close)
                closeCurrent();
            action.run();
        });
        // Queued: a page that goes takes its bar along, and nothing moves in it meanwhile.
        connect(action.run.context(), &QObject::destroyed, button, &QWidget::hide, Qt::QueuedConnection);
        m_actions->addWidget(button);
    }
    setAccessibleName(message.text);
    setVisible(true);
    QObject::disconnect(m_focus);
    if (isPassing(message))
        m_focus = connect(qApp, &QApplication::focusChanged, this, &MessageBar::waitToClose);
    waitToClose();
    update();
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
    Q_EMIT changed();
}

/// Nobody's hand or eye is on it: then its time runs, from the beginning.
void MessageBar::waitToClose()
{
    m_timer->stop();
    if (m_messages.isEmpty() || !isPassing(m_messages.first()))
        return;
    const Message &message = m_messages.first();
    const QWidget *focus = QApplication::focusWidget();
    if (underMouse() || (focus && isAncestorOf(focus)) || m_detailsButton->isChecked())
        return;
    m_timer->start(message.actions.isEmpty() ? message.closeAfter : std::max<std::chrono::milliseconds>(message.closeAfter, ReachedWithin));
}

void MessageBar::enterEvent(QEnterEvent *event)
{
    QWidget::enterEvent(event);
    waitToClose();
}

void MessageBar::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    waitToClose();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const StateColor state = current().state;
    painter.fillRect(rect(), Theme::tint(Theme::color(state), 9));
    painter.fillRect(QRect(0, m_edge == Qt::TopEdge ? 0 : height() - 1, width(), 1), Theme::color(Token::Border));
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        closeCurrent();
        return;
    }
    // A dialog would take Return for its own button.
    auto *button =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ? qobject_cast<QAbstractButton *>(focusWidget()) : nullptr;
    if (button && button->hasFocus()) {
        button->click();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace ui
