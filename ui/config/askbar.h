// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLineEdit;

namespace ui::config {

/// The head of a page that asks for one thing and shows what comes of it: the field, what narrows it, the button.
class AskBar final : public QWidget {
    Q_OBJECT
public:
    struct Words {
        QString field; ///< accessible name
        QString example;
        QString button;
    };
    enum class Field { Wide, Short };
    AskBar(const Words &words, Field width, QWidget *parent);

    QLineEdit *field() const { return m_field; }
    void nameParts(const QString &field, const QString &button);
    /// Between the field and the button.
    void addOption(QWidget *option);
    /// The focus comes into the field, its text is selected.
    void enter();

Q_SIGNALS:
    void asked();

private:
    QHBoxLayout *m_layout;
    QLineEdit *m_field;
    QWidget *m_button;
};

} // namespace ui::config
