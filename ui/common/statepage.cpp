// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/statepage.h"

#include "ui/common/errortext.h"
#include "ui/common/stylepaint.h"
#include "ui/common/widgets.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

/// Grey bars in the shape of a list. Stands still: a page that loads longer shows its progress elsewhere.
class Skeleton final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), ui::Theme::color(ui::Token::Base));
        static constexpr int Widths[] = {46, 38, 52, 34, 44, 40, 30, 48};
        const int rows = qMin(14, height() / ui::metrics::RowHeight);
        for (int row = 0; row < rows; ++row) {
            const int y = 12 + row * ui::metrics::RowHeight;
            painter.setOpacity(1.0 - double(row) / 16);
            const int first = width() * Widths[row % 8] / 140;
            const auto bar = [&](int x, int w) {
                ui::stylepaint::rounded(&painter, QRectF(x, y, w, 10), 5, ui::Theme::color(ui::Token::Hover));
            };
            bar(ui::metrics::Around, first);
            bar(ui::metrics::Around + width() * 45 / 100, width() * 14 / 100);
            bar(ui::metrics::Around + width() * 66 / 100, width() * 8 / 100);
            bar(ui::metrics::Around + width() * 80 / 100, width() * 10 / 100);
        }
    }
};

/// One icon, one sentence, one action, in the middle.
class Notice final : public QWidget {
    Q_DECLARE_TR_FUNCTIONS(ui::StatePage)
public:
    explicit Notice(QWidget *parent)
        : QWidget(parent)
        , m_icon(new QLabel)
        , m_sentence(new QLabel)
        , m_hint(new QLabel)
        , m_action(new ui::PrimaryButton(QString()))
        , m_detailsButton(new ui::LinkLabel(tr("Details")))
        , m_details(new QPlainTextEdit)
    {
        m_sentence->setObjectName(u"statePageSentence"_s);
        m_action->setObjectName(u"statePageAction"_s);
        m_detailsButton->setObjectName(u"statePageDetails"_s);
        m_detailsButton->setCheckable(true);
        for (QLabel *label : {m_sentence, m_hint}) {
            label->setAlignment(Qt::AlignCenter);
            label->setWordWrap(true);
            label->setTextFormat(Qt::PlainText);
            label->setMaximumWidth(460);
            label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        }
        ui::Theme::setMuted(m_hint);
        m_details->setReadOnly(true);
        m_details->setFont(ui::Theme::fixedFont());
        m_details->setAccessibleName(tr("Details"));
        m_details->setFixedSize(460, 110);
        m_details->setTabChangesFocus(true);
        m_details->hide();
        connect(m_detailsButton, &QAbstractButton::toggled, m_details, &QWidget::setVisible);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(ui::metrics::Around, ui::metrics::Around, ui::metrics::Around, ui::metrics::Around);
        layout->addStretch(2);
        layout->addWidget(m_icon, 0, Qt::AlignHCenter);
        layout->addSpacing(ui::metrics::Between);
        const auto centred = [layout](QWidget *widget) {
            auto *row = new QHBoxLayout;
            row->addStretch(1);
            row->addWidget(widget, 100);
            row->addStretch(1);
            layout->addLayout(row);
        };
        centred(m_sentence);
        centred(m_hint);
        layout->addSpacing(ui::metrics::Between);
        layout->addWidget(m_action, 0, Qt::AlignHCenter);
        layout->addWidget(m_detailsButton, 0, Qt::AlignHCenter);
        layout->addWidget(m_details, 0, Qt::AlignHCenter);
        layout->addStretch(3);
        connect(m_action, &QPushButton::clicked, this, [this] {
            if (m_run)
                m_run();
        });
        setAutoFillBackground(true);
        setBackgroundRole(QPalette::Base);
    }

    struct Content {
        QIcon icon;
        QString sentence, hint, action, details;
        std::function<void()> run;
    };
    void present(Content content)
    {
        m_icon->setPixmap(content.icon.pixmap(QSize(ui::metrics::PageIcon, ui::metrics::PageIcon), devicePixelRatio()));
        m_shownIcon = content.icon;
        m_sentence->setText(content.sentence);
        m_hint->setText(content.hint);
        m_hint->setVisible(!content.hint.isEmpty());
        m_action->setText(content.action);
        m_action->setVisible(!content.action.isEmpty());
        m_detailsButton->setVisible(!content.details.isEmpty());
        m_detailsButton->setChecked(false);
        m_details->setPlainText(content.details);
        m_run = std::move(content.run);
        setAccessibleName(content.sentence);
    }
    /// nullptr: there is nothing to press.
    QWidget *firstFocus() const
    {
        for (QWidget *button : {static_cast<QWidget *>(m_action), static_cast<QWidget *>(m_detailsButton)})
            if (button->isVisibleTo(this))
                return button;
        return nullptr;
    }

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange && !m_shownIcon.isNull())
            m_icon->setPixmap(m_shownIcon.pixmap(QSize(ui::metrics::PageIcon, ui::metrics::PageIcon), devicePixelRatio()));
        QWidget::changeEvent(event);
    }

private:
    QLabel *m_icon;
    QLabel *m_sentence;
    QLabel *m_hint;
    ui::PrimaryButton *m_action;
    ui::LinkLabel *m_detailsButton;
    QPlainTextEdit *m_details;
    QIcon m_shownIcon;
    std::function<void()> m_run;
};

} // namespace

namespace ui {

StatePage::StatePage(QWidget *parent)
    : QStackedWidget(parent)
    , m_skeleton(new Skeleton(this))
    , m_notice(new Notice(this))
    , m_delay(new QTimer(this))
{
    using namespace std::chrono_literals;
    m_skeleton->setObjectName(u"statePageSkeleton"_s);
    m_notice->setObjectName(u"statePageNotice"_s);
    addWidget(m_skeleton);
    addWidget(m_notice);
    m_delay->setSingleShot(true);
    m_delay->setInterval(150ms);
    connect(m_delay, &QTimer::timeout, this, [this] { setCurrentWidget(m_skeleton); });
}

StatePage::~StatePage()
{
    if (m_content)
        m_content->disconnect(this);
}

void StatePage::setContent(QWidget *content)
{
    if (m_content) {
        m_content->disconnect(this);
        removeWidget(m_content);
        m_content->deleteLater();
    }
    m_content = content;
    // Whoever else may destroy it.
    connect(content, &QObject::destroyed, this, [this] { m_content = nullptr; });
    addWidget(content);
    if (m_state == State::Content)
        setCurrentWidget(content);
}

void StatePage::setSkeletonDelay(std::chrono::milliseconds delay)
{
    m_delay->setInterval(delay);
}

void StatePage::setState(State state, QWidget *page)
{
    const QWidget *focus = QApplication::focusWidget();
    const bool hadFocus = focus && isAncestorOf(focus);
    m_delay->stop();
    setCurrentWidget(page);
    // It left with the page that was hidden, or waits here for what can take it.
    if (const QWidget *now = QApplication::focusWidget(); hadFocus && (!now || now == this || now == page || !isAncestorOf(now)))
        focusInside(Qt::OtherFocusReason);
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged(state);
    }
}

void StatePage::focusInEvent(QFocusEvent *event)
{
    QStackedWidget::focusInEvent(event);
    focusInside(event->reason());
}

void StatePage::focusInside(Qt::FocusReason reason)
{
    QWidget *inside = nullptr;
    if (currentWidget() == m_notice)
        inside = static_cast<Notice *>(m_notice)->firstFocus();
    else if (currentWidget() == m_content)
        inside = m_content;
    if (inside)
        inside->setFocus(reason);
    else if (!hasFocus())
        setFocus(reason);
}

void StatePage::showLoading(const QString &what)
{
    m_skeleton->setAccessibleName(what.isEmpty() ? tr("Loading") : what);
    if (m_state == State::Loading)
        return;
    if (m_loadingLook == LoadingLook::Content && m_content)
        return setState(State::Loading, m_content);
    // What is there stays for a moment: a quick answer replaces it without a flicker.
    m_state = State::Loading;
    m_delay->start();
    Q_EMIT stateChanged(State::Loading);
}

void StatePage::showEmpty(const EmptyText &text)
{
    static_cast<Notice *>(m_notice)->present({Theme::icon(text.icon, Token::Muted), text.sentence, text.hint, text.action, {}, text.run});
    setState(State::Empty, m_notice);
}

void StatePage::showError(const core::Error &error, const QString &what, std::function<void()> retry)
{
    const ErrorText text = errorText(error, what);
    static_cast<Notice *>(m_notice)->present(
        {Theme::icon(text.icon, text.state), text.sentence, text.remedy, retry ? tr("Retry") : QString(), text.details, std::move(retry)});
    setState(State::Error, m_notice);
}

void StatePage::showContent()
{
    if (m_content)
        setState(State::Content, m_content);
}

} // namespace ui
