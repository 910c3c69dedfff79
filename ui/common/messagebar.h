// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/common/callback.h"
#include "ui/common/theme.h"

#include <functional>
#include <QDateTime>
#include <QList>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QTimer;
class QToolButton;

namespace ui {

class PassingTime;

/// Offered as long as what it acts on is there.
struct MessageAction {
    QString text;
    Callback<void()> run;
    /// Whether the bar goes away when the action was chosen.
    enum class Then { Close, Stay };
    Then then = Then::Close;
};

struct Message {
    StateColor state = StateColor::Info;
    QString text;    ///< one sentence
    QString details; ///< technical; behind a "Details" button
    QList<MessageAction> actions;
    /// 0: stays until closed; successes usually go after 5 s. One that offers something stays long enough to be read and reached.
    std::chrono::milliseconds closeAfter{0};
    /// A message with the id of one that is shown takes its place and keeps its rank.
    QString id;
    QDateTime time; ///< what its words tell the age of
    /// Its text again, `ago` being the age of `time`; none: it tells none.
    std::function<QString(const QString &ago)> textAt;
};

/// The inline bar on top of a page or editor: results and errors one can recover from. Messages queue up: an answer (an error, or what goes
/// by itself) comes on top of all that is there, what stays is behind it, errors first. The bar shows one and how many more there are,
/// which a click brings up. What goes by itself stays while the mouse is over it or the focus in it. Hidden while there is nothing to say.
/// Announced to screen readers when shown. Escape closes it while it has the focus.
class MessageBar final : public QWidget {
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);
    ~MessageBar() override;

    void show(const Message &message);
    void show(StateColor state, const QString &text);
    /// `what` is the sentence's first half, for example tr("Cannot load the configurations").
    void showError(const core::Error &error, const QString &what, const QList<MessageAction> &actions = {});
    void close(const QString &id);
    /// What would go by itself goes now.
    void closePassing();
    void clear();
    /// Where its line is: at the bottom, unless it stands below what it belongs to.
    void setEdge(Qt::Edge edge);
    bool isEmpty() const { return m_messages.isEmpty(); }
    /// What is on show now; a default Message while empty.
    Message current() const;
    QList<Message> messages() const { return m_messages; }

Q_SIGNALS:
    /// Any change of what is shown.
    void changed();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void giveFocusBack();
    void showIcon();
    void present();
    void waitToClose();
    void closeCurrent();
    void showNext();

    QList<Message> m_messages;
    Qt::Edge m_edge = Qt::BottomEdge;
    QLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_more;
    QHBoxLayout *m_actions;
    QToolButton *m_detailsButton;
    QToolButton *m_close;
    QPlainTextEdit *m_details;
    QTimer *m_timer;
    PassingTime *m_passing;
    QMetaObject::Connection m_focus; ///< while something on show goes by itself
};

} // namespace ui
