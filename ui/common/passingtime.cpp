// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/passingtime.h"

#include "ui/common/relativetime.h"

#include <algorithm>
#include <QEvent>
#include <QMap>
#include <QTimer>
#include <QWidget>

namespace ui {

/// One a window, a child of it: whoever is in sight, and when the words of each change, in whole seconds of the clock on the wall.
class WindowClock final : public QObject {
public:
    static WindowClock *of(const QWidget *widget)
    {
        QWidget *window = widget->window();
        const QObjectList &children = window->children();
        for (QObject *child : children)
            if (auto *clock = dynamic_cast<WindowClock *>(child))
                return clock;
        return new WindowClock(window);
    }
    void set(PassingTime *words, const std::optional<std::chrono::seconds> &next)
    {
        if (next)
            m_due.insert(words, currentSecond().toSecsSinceEpoch() + std::max<qint64>(1, next->count()));
        else
            m_due.remove(words);
        plan();
    }
    void remove(PassingTime *words)
    {
        if (m_due.remove(words) > 0)
            plan();
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::WindowStateChange)
            plan();
        return false;
    }

private:
    explicit WindowClock(QWidget *window)
        : QObject(window)
        , m_window(window)
    {
        window->installEventFilter(this);
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer); // the second's beginning, not somewhere near it
        connect(&m_timer, &QTimer::timeout, this, &WindowClock::tick);
    }
    void plan()
    {
        m_timer.stop();
        if (m_due.isEmpty() || m_window->isMinimized())
            return;
        const qint64 next = *std::min_element(m_due.cbegin(), m_due.cend());
        const qint64 wait = next * 1000 - QDateTime::currentMSecsSinceEpoch();
        // The clock on the wall may be set meanwhile.
        m_timer.start(std::chrono::milliseconds(std::clamp<qint64>(wait, 1, 600'000)));
    }
    void tick()
    {
        const qint64 now = currentSecond().toSecsSinceEpoch();
        const auto waiting = m_due.keys();
        for (PassingTime *words : waiting) {
            // What one says may take another away.
            const auto it = m_due.constFind(words);
            if (it == m_due.cend() || *it > now)
                continue;
            const auto next = words->m_say();
            if (!m_due.contains(words))
                continue; // it took itself out of sight, or is gone
            if (next)
                m_due.insert(words, now + std::max<qint64>(1, next->count()));
            else
                m_due.remove(words);
        }
        plan();
    }

    QWidget *m_window;
    QMap<PassingTime *, qint64> m_due;
    QTimer m_timer;
};

PassingTime::PassingTime(QWidget *widget, Say say)
    : QObject(widget)
    , m_widget(widget)
    , m_say(std::move(say))
{
    widget->installEventFilter(this);
    again();
}

PassingTime::~PassingTime()
{
    leave();
}

void PassingTime::leave()
{
    if (m_clock)
        m_clock->remove(this);
    m_clock = nullptr;
}

void PassingTime::again()
{
    const auto next = m_say();
    if (!m_widget->isVisible())
        return;
    m_clock = WindowClock::of(m_widget);
    m_clock->set(this, next);
}

bool PassingTime::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::Show)
        again();
    else if (event->type() == QEvent::Hide)
        leave();
    return false;
}

} // namespace ui
