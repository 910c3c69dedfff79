// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "ui/workbench/tour.h"

#include <QElapsedTimer>
#include <QObject>

class QTimer;

namespace ui::shell {

class MainWindow;

/// Runs a tour script on a window: one action after another from the event loop, `ok NAME ms` or `FAILED NAME reason` for each step on
/// standard output, a picture for each Shot. A failed step ends there; the next one is tried all the same.
class TourRunner final : public QObject {
    Q_OBJECT
public:
    TourRunner(MainWindow &window, workbench::TourScript script, const QString &folder, QObject *parent = nullptr);
    ~TourRunner() override;
    void start();
    int failures() const { return m_failures; }
    workbench::TourContext &context() { return m_context; }

Q_SIGNALS:
    void finished(int failures);

private:
    void next();
    void perform(const workbench::TourAction &action);
    void poll();
    void fail(const QString &reason);
    void stepDone();
    void shoot(const QString &name);

    MainWindow &m_window;
    workbench::TourScript m_script;
    QString m_folder;
    workbench::TourContext m_context;
    QTimer *m_timer;
    core::Latest<core::Reply<core::Done>> m_reply;
    QElapsedTimer m_stepTime, m_waiting;
    size_t m_step = 0, m_action = 0;
    int m_failures = 0, m_pictures = 0;
};

/// The steps of the window itself, in front of and behind those of the features.
void addOpeningSteps(workbench::TourScript &script);
void addClosingSteps(workbench::TourScript &script);

} // namespace ui::shell
