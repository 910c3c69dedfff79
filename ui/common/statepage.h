// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/common/theme.h"

#include <functional>
#include <QStackedWidget>

class QTimer;

namespace ui {

struct EmptyText {
    Icon icon = Icon::Empty;
    QString sentence; ///< what this place is, or why nothing is here
    QString action;   ///< the first thing to do; none when empty
    std::function<void()> run;
    QString hint; ///< one muted line below; optional
};

/// The four states of every page: loading (a skeleton, only after 150 ms), empty, error with Retry, content. Changing the state keeps the
/// focus inside when it was inside; given the focus itself, it hands it on to what is on show, now and when that changes. So it serves as
/// the focus proxy of a page.
class StatePage final : public QStackedWidget {
    Q_OBJECT
public:
    enum class State { Loading, Empty, Error, Content };
    explicit StatePage(QWidget *parent = nullptr);
    ~StatePage() override;

    /// Takes ownership. Set before the first showContent().
    void setContent(QWidget *content);
    QWidget *content() const { return m_content; }

    void showLoading(const QString &what = {});
    void showEmpty(const EmptyText &text);
    /// `what` as for MessageBar::showError(). Without `retry` there is no Retry button.
    void showError(const core::Error &error, const QString &what, std::function<void()> retry = {});
    void showContent();
    State state() const { return m_state; }
    /// What is seen while it loads: a skeleton, or the content itself, which is then to look like nothing yet.
    enum class LoadingLook { Skeleton, Content };
    void setLoadingLook(LoadingLook look) { m_loadingLook = look; }
    /// How long loading may take before the skeleton shows; 150 ms.
    void setSkeletonDelay(std::chrono::milliseconds delay);

Q_SIGNALS:
    void stateChanged(ui::StatePage::State state);

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    void setState(State state, QWidget *page);
    void focusInside(Qt::FocusReason reason);
    State m_state = State::Content;
    LoadingLook m_loadingLook = LoadingLook::Skeleton;
    QWidget *m_content = nullptr;
    QWidget *m_skeleton;
    QWidget *m_notice;
    QTimer *m_delay;
};

} // namespace ui
