// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/followlanguage.h"

#include <QEvent>
#include <QWidget>

namespace ui {

namespace {

class Follower final : public QObject {
public:
    Follower(QWidget *widget, std::function<void()> setWords)
        : QObject(widget)
        , m_setWords(std::move(setWords))
    {
        widget->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::LanguageChange)
            m_setWords();
        return false;
    }

private:
    std::function<void()> m_setWords;
};

} // namespace

void followLanguage(QWidget *widget, std::function<void()> setWords)
{
    setWords();
    new Follower(widget, std::move(setWords));
}

} // namespace ui
