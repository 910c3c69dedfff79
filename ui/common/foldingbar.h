// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QToolButton;

namespace ui {

/// A row of buttons that show icon and words while there is room for them all, and the icon alone when there is not. It never makes
/// its window wider. The layout is the caller's.
class FoldingBar final : public QWidget {
    Q_OBJECT
public:
    explicit FoldingBar(QWidget *parent = nullptr);
    void addFolding(QToolButton *button);
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;

private:
    void fold();
    QList<QToolButton *> m_buttons;
    QString m_fitted; ///< what it was last folded for
};

} // namespace ui
