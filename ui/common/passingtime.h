// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <QObject>
#include <QPointer>

class QWidget;

namespace ui {

class WindowClock;

/// Keeps words that tell how long ago something was up to date, as long as their widget is in sight. All of one window change at the same
/// moment, and none of them wakes anybody while nothing in sight is about to change. Belongs to the widget. GUI thread.
class PassingTime final : public QObject {
    Q_OBJECT
public:
    /// Sets the words; answers when they change by themselves (nextChange(), the soonest of several). None: they do not.
    using Say = std::function<std::optional<std::chrono::seconds>()>;
    PassingTime(QWidget *widget, Say say);
    ~PassingTime() override;
    /// What they tell of is another time now, or other words: they are set at once.
    void again();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    friend class WindowClock;
    void leave();
    QWidget *m_widget;
    QPointer<WindowClock> m_clock; ///< while in sight
    Say m_say;
};

} // namespace ui
