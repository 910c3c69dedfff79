// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QDateTime>
#include <QFrame>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>

class QMenu;
class QTimer;

namespace ui {

class PassingTime;

/// The button of a view's main action: flat accent.
class PrimaryButton final : public QPushButton {
    Q_OBJECT
public:
    explicit PrimaryButton(const QString &text, QWidget *parent = nullptr);
};

/// A flat tool button with icon and text, no border until the mouse is over it.
class QuietButton final : public QToolButton {
    Q_OBJECT
public:
    explicit QuietButton(QWidget *parent = nullptr);
    QuietButton(Icon icon, const QString &text, QWidget *parent = nullptr);
    /// Only the icon; the text becomes tooltip and accessible name.
    static QuietButton *iconOnly(Icon icon, const QString &text, QWidget *parent = nullptr);
    void setWords(const QString &text); ///< of one that shows only its icon
};

/// The selector of a connection or namespace: [STAGING  shop-staging ▾].
class PillButton final : public QAbstractButton {
    Q_OBJECT
public:
    explicit PillButton(QWidget *parent = nullptr);
    void setEnvironment(Environment environment, const QString &word);
    void setMenu(QMenu *menu); ///< not owned; opened below on click, Space, Down
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int badgeWidth() const;
    Environment m_environment = Environment::None;
    QString m_word;
    QPointer<QMenu> m_menu;
};

/// A word about a state on a quiet ground ("latest", "verified"), or on the full colour of an environment ("STAGING").
class Badge final : public QWidget {
    Q_OBJECT
public:
    explicit Badge(QWidget *parent = nullptr);
    Badge(const QString &text, StateColor state, QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const { return m_text; }
    void setState(StateColor state);
    void setEnvironment(Environment environment);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    StateColor m_state = StateColor::Info;
    Environment m_environment = Environment::None;
};

/// A removable term: click or Space emits clicked(), the cross or Delete removeRequested().
class Chip final : public QAbstractButton {
    Q_OBJECT
public:
    explicit Chip(const QString &text, QWidget *parent = nullptr);
    enum class Removal { Offered, None };
    void setRemoval(Removal removal);
    QSize sizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QRect crossRect() const;
    Removal m_removal = Removal::Offered;
};

/// A label that shortens its text to its width and shows all of it in the tooltip then. Never asks for more than `setPreferredChars`.
class ElidedLabel final : public QFrame {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    explicit ElidedLabel(const QString &text, QWidget *parent = nullptr);
    QString text() const { return m_text; }
    void setText(const QString &text);
    void setElideMode(Qt::TextElideMode mode); ///< ElideMiddle suits IDs
    void setAlignment(Qt::Alignment alignment);
    bool isElided() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
};

/// Text that does something: looks like a link (a muted one is quieter), is a button for keyboard and screen reader.
class LinkLabel final : public QAbstractButton {
    Q_OBJECT
public:
    explicit LinkLabel(QWidget *parent = nullptr);
    explicit LinkLabel(const QString &text, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

/// One separator line in the border colour.
class Separator final : public QWidget {
    Q_OBJECT
public:
    explicit Separator(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::Orientation m_orientation;
};

/// The dot of a state, always beside a word.
class StateDot final : public QWidget {
    Q_OBJECT
public:
    explicit StateDot(StateColor state = StateColor::Neutral, QWidget *parent = nullptr);
    void setState(StateColor state);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateColor m_state;
};

/// Something is under way. Stands still when the desktop asks for no motion; uses no CPU while hidden.
class ActivityIndicator final : public QWidget {
    Q_OBJECT
public:
    explicit ActivityIndicator(QWidget *parent = nullptr);
    void setRunning(bool running);
    bool isRunning() const { return m_running; }
    /// 0…1 draws a ring filled that far, below 0 turns.
    void setProgress(double progress);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void updateTimer();
    QTimer *m_timer;
    double m_progress = -1;
    int m_step = 0;
    bool m_running = false;
};

/// "2 h ago", the exact time in the tooltip; keeps itself up to date while visible.
class TimeLabel final : public QLabel {
    Q_OBJECT
public:
    explicit TimeLabel(QWidget *parent = nullptr);
    void setTime(const QDateTime &time);
    /// For example tr("changed %1"); %1 is the time.
    void setPattern(const QString &pattern);
    QDateTime time() const { return m_time; }

private:
    QDateTime m_time;
    QString m_pattern;
    PassingTime *m_passing;
};

} // namespace ui
