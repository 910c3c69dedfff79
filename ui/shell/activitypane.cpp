// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/activitypane.h"

#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/workbench/workbench.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QProgressBar>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::Activity;

/// One operation: icon, title, place; below a progress bar or the result.
class ActivityRow final : public QWidget {
    Q_OBJECT
public:
    ActivityRow(workbench::Workbench &workbench, int id, QWidget *parent)
        : QWidget(parent)
        , m_workbench(workbench)
        , m_id(id)
        , m_icon(new QLabel(this))
        , m_title(new ElidedLabel(this))
        , m_when(new TimeLabel(this))
        , m_result(new QLabel(this))
        , m_progress(new QProgressBar(this))
        , m_button(new LinkLabel(this))
    {
        auto *outer = new QHBoxLayout(this);
        // The link at the end of the second line has air of its own at its right.
        outer->setContentsMargins(metrics::Around, metrics::Between, metrics::Around - metrics::Inside, metrics::Between);
        outer->setSpacing(metrics::Between);
        m_icon->setFixedSize(metrics::ListIcon, metrics::ListIcon);
        outer->addWidget(m_icon, 0, Qt::AlignTop);
        auto *lines = new QVBoxLayout;
        lines->setSpacing(0);
        auto *first = new QHBoxLayout;
        first->setSpacing(metrics::Between);
        m_title->setObjectName(u"activityTitle"_s);
        m_when->setObjectName(u"activityWhen"_s);
        m_when->setFont(Theme::smallFont());
        m_when->setContentsMargins(0, 0, metrics::Inside, 0);
        Theme::setMuted(m_when);
        first->addWidget(m_title, 1);
        first->addWidget(m_when);
        lines->addLayout(first);
        m_progress->setTextVisible(false);
        m_progress->setFixedHeight(4);
        lines->addWidget(m_progress);
        auto *last = new QHBoxLayout;
        last->setSpacing(metrics::Between);
        m_result->setObjectName(u"activityResult"_s);
        m_result->setTextFormat(Qt::PlainText);
        m_result->setWordWrap(true);
        m_result->setFont(Theme::smallFont());
        m_result->setContentsMargins(0, 2, 0, 2); // as the link beside it
        last->addWidget(m_result, 1, Qt::AlignTop);
        m_button->setFont(Theme::smallFont());
        m_button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        last->addWidget(m_button, 0, Qt::AlignTop | Qt::AlignRight);
        lines->addLayout(last);
        outer->addLayout(lines, 1);
        connect(m_button, &QAbstractButton::clicked, this, &ActivityRow::act);
        refresh();
    }

    void refresh()
    {
        const Activity::Item *item = m_workbench.activity().find(m_id);
        if (!item)
            return;
        m_title->setText(item->title);
        const bool running = item->state == Activity::State::Running;
        m_progress->setVisible(running);
        m_when->setVisible(!running);
        m_when->setTime(item->endedAt);
        if (running) {
            m_progress->setRange(0, item->total > 0 ? 1000 : 0);
            if (item->total > 0)
                m_progress->setValue(int(1000 * item->done / item->total));
        }
        QStringList parts;
        if (!item->detail.isEmpty())
            parts.append(item->detail);
        if (running && item->total > 1)
            parts.append(countOfText(item->done, item->total));
        if (!item->result.isEmpty())
            parts.append(item->result);
        if (item->undone > 0)
            parts.append(item->undoable > 0 ? tr("%n taken back", nullptr, item->undone) : tr("taken back"));
        m_result->setText(parts.join(u" · "_s));
        m_result->setVisible(!parts.isEmpty());
        StateColor color = StateColor::Info;
        if (item->state == Activity::State::Done)
            color = StateColor::Ok;
        else if (item->state == Activity::State::Failed)
            color = StateColor::Error;
        else if (item->state == Activity::State::Cancelled)
            color = StateColor::Neutral;
        m_icon->setPixmap((running ? Theme::icon(Icon::Time) : Theme::stateIcon(color)).pixmap(metrics::ListIcon, metrics::ListIcon));
        if (item->state == Activity::State::Failed)
            Theme::setStateColor(m_result, StateColor::Error);
        else
            Theme::setMuted(m_result);
        m_button->setVisible(running ? item->operation != nullptr : item->undoable > 0);
        m_button->setText(running ? tr("Cancel") : tr("Undo…"));
        m_button->setAccessibleName(running ? tr("Cancel: %1").arg(item->title) : tr("Undo: %1").arg(item->title));
    }

private:
    void act()
    {
        const Activity::Item *item = m_workbench.activity().find(m_id);
        if (!item)
            return;
        if (item->state == Activity::State::Running)
            m_workbench.activity().cancel(m_id);
        else
            m_workbench.undoPlan(item->plan);
    }

    workbench::Workbench &m_workbench;
    int m_id;
    QLabel *m_icon;
    ElidedLabel *m_title;
    TimeLabel *m_when;
    QLabel *m_result;
    QProgressBar *m_progress;
    LinkLabel *m_button;
};

ActivityPane::ActivityPane(workbench::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_title(new QLabel(this))
    , m_pages(new StatePage(this))
{
    setObjectName(u"activityPane"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::Around, metrics::Between, metrics::Between, metrics::Between);
    Theme::setHeadline(m_title);
    m_ledger = QuietButton::iconOnly(Icon::Ledger, tr("Open the ledger"), this);
    m_clear = QuietButton::iconOnly(Icon::Checked, tr("Clear finished operations"), this);
    m_close = QuietButton::iconOnly(Icon::Close, tr("Close"), this);
    m_ledger->setObjectName(u"activityLedger"_s);
    m_clear->setObjectName(u"activityClear"_s);
    m_close->setObjectName(u"activityClose"_s);
    head->addWidget(m_title, 1);
    head->addWidget(m_ledger);
    head->addWidget(m_clear);
    head->addWidget(m_close);
    layout->addLayout(head);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    auto *scroll = new QScrollArea(m_pages);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Activity"));
    auto *inside = new QWidget(scroll);
    m_list = new QVBoxLayout(inside);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    m_list->addStretch(1);
    scroll->setWidget(inside);
    m_pages->setContent(scroll);
    layout->addWidget(m_pages, 1);

    Activity &activity = m_workbench.activity();
    connect(&activity, &Activity::added, this, &ActivityPane::add);
    connect(&activity, &Activity::changed, this, [this](int id) {
        if (ActivityRow *row = m_rows.value(id))
            row->refresh();
    });
    connect(&activity, &Activity::removed, this, [this](int id) {
        if (ActivityRow *row = m_rows.take(id))
            row->deleteLater();
        refreshState();
    });
    connect(m_clear, &QAbstractButton::clicked, this, [this] { m_workbench.activity().clearFinished(); });
    connect(m_close, &QAbstractButton::clicked, this, &ActivityPane::closeRequested);
    connect(m_ledger, &QAbstractButton::clicked, this, [this] { m_workbench.openPage({.kind = u"ledger"_s}); });
    for (qsizetype i = activity.items().size() - 1; i >= 0; --i)
        add(activity.items().at(i).id);
    retranslate();
}

void ActivityPane::retranslate()
{
    m_title->setText(tr("Activity"));
    const auto name = [](QAbstractButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_ledger, tr("Open the ledger"));
    name(m_clear, tr("Clear finished operations"));
    name(m_close, tr("Close"));
    refreshState();
}

void ActivityPane::add(int id)
{
    auto *row = new ActivityRow(m_workbench, id, this);
    m_rows.insert(id, row);
    m_list->insertWidget(0, row);
    refreshState();
}

void ActivityPane::refreshState()
{
    if (m_rows.isEmpty())
        m_pages->showEmpty({Icon::Time, tr("Nothing is running."), {}, {}, tr("What you change or load shows up here.")});
    else
        m_pages->showContent();
}

void ActivityPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closeRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

void ActivityPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        for (ActivityRow *row : std::as_const(m_rows))
            row->refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace ui::shell

#include "activitypane.moc"
