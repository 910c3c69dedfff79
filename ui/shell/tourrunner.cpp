// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tourrunner.h"

#include "ui/common/theme.h"
#include "ui/shell/mainwindow.h"

#include <cstdio>
#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::TourAction;
using workbench::TourStep;

TourRunner::TourRunner(MainWindow &window, workbench::TourScript script, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_script(std::move(script))
    , m_folder(folder)
    , m_context(window.workbench())
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(15);
    connect(m_timer, &QTimer::timeout, this, &TourRunner::poll);
}

TourRunner::~TourRunner() = default;

void TourRunner::start()
{
    if (!QDir().mkpath(m_folder)) {
        std::printf("FAILED tour cannot make %s\n", qPrintable(m_folder));
        ++m_failures;
        Q_EMIT finished(m_failures);
        return;
    }
    m_stepTime.start();
    QTimer::singleShot(0, this, &TourRunner::next);
}

void TourRunner::next()
{
    const std::vector<TourStep> &steps = m_script.steps();
    if (m_step >= steps.size()) {
        Q_EMIT finished(m_failures);
        return;
    }
    const TourStep &step = steps[m_step];
    if (m_action >= step.actions.size()) {
        stepDone();
        return;
    }
    perform(step.actions[m_action]);
}

void TourRunner::perform(const TourAction &action)
{
    const auto goOn = [this] {
        ++m_action;
        // Through the event loop, so that what the action set off is seen by the next one.
        QTimer::singleShot(0, this, &TourRunner::next);
    };
    switch (action.kind) {
    case TourAction::Kind::Act:
        if (action.act)
            action.act(m_context);
        goOn();
        break;
    case TourAction::Kind::Until:
        m_waiting.start();
        m_timer->start();
        break;
    case TourAction::Kind::Reply:
        m_reply = action.reply ? action.reply(m_context) : nullptr;
        if (!m_reply.get()) {
            fail(action.what + u": nothing to wait for"_s);
            return;
        }
        m_reply->then(this, [this, goOn, what = action.what](const core::Result<core::Done> &result) {
            if (result)
                goOn();
            else
                fail(what + u": "_s + result.error().kindName() + u' ' + result.error().message);
        });
        break;
    case TourAction::Kind::Shot:
        shoot(action.what);
        goOn();
        break;
    }
}

void TourRunner::poll()
{
    const TourAction &action = m_script.steps()[m_step].actions[m_action];
    if (action.until && action.until(m_context)) {
        m_timer->stop();
        ++m_action;
        QTimer::singleShot(0, this, &TourRunner::next);
        return;
    }
    if (m_waiting.elapsed() > action.limit.count()) {
        m_timer->stop();
        fail(u"not within %1 ms: %2"_s.arg(action.limit.count()).arg(action.what));
    }
}

void TourRunner::fail(const QString &reason)
{
    ++m_failures;
    const TourStep &step = m_script.steps()[m_step];
    std::printf("FAILED %s %s\n", qPrintable(step.name), qPrintable(reason));
    std::fflush(stdout);
    shoot(u"failed-"_s + QString(step.name).replace(u' ', u'-'));
    // A dialog left open would be in the way of every step after it.
    while (QWidget *modal = QApplication::activeModalWidget()) {
        modal->close();
        if (modal->isVisible())
            break;
    }
    ++m_step;
    m_action = 0;
    m_stepTime.restart();
    QTimer::singleShot(0, this, &TourRunner::next);
}

void TourRunner::stepDone()
{
    std::printf("ok %s %lld\n", qPrintable(m_script.steps()[m_step].name), static_cast<long long>(m_stepTime.elapsed()));
    std::fflush(stdout);
    ++m_step;
    m_action = 0;
    m_stepTime.restart();
    QTimer::singleShot(0, this, &TourRunner::next);
}

void TourRunner::shoot(const QString &name)
{
    QPixmap picture = m_window.grab();
    // Dialogs and menus are windows of their own; the picture shows them where they lie.
    const auto over = [this, &picture](QWidget *top) {
        if (!top || !top->isVisible() || top == &m_window)
            return;
        QPainter painter(&picture);
        QPoint at = m_window.mapFromGlobal(top->mapToGlobal(QPoint()));
        // The offscreen platform's screen is smaller than the window: it pushes dialogs to the left.
        if (top->isModal())
            at = QPoint((m_window.width() - top->width()) / 2, (m_window.height() - top->height()) / 2);
        if (top->isModal()) {
            QColor veil = Theme::color(Token::Text, Shade::Light);
            veil.setAlpha(60);
            painter.fillRect(QRect(QPoint(), m_window.size()), veil);
        }
        painter.drawPixmap(at, top->grab());
    };
    over(QApplication::activeModalWidget());
    over(QApplication::activePopupWidget());
    const QString file = QDir(m_folder).filePath(u"%1-%2.png"_s.arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name));
    if (!picture.save(file))
        std::printf("FAILED picture %s\n", qPrintable(file));
}

} // namespace ui::shell
