// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/prompts.h"
#include "ui/common/signalboxstyle.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui::prompts {

/// The dialog behind the prompts: heading, text, items, fields, details, buttons. Internal to prompts.
class PromptDialog final : public QDialog {
    Q_OBJECT
public:
    explicit PromptDialog(QWidget *parent);

    void setHeading(const QString &title, const QString &text, StateColor state);
    void setItems(const QStringList &items);
    void setDetails(const QString &details);
    void setTypedWord(const QString &word);
    void addReason(Confirm::Reason need);
    void addInput(const Input &input);
    void setVerb(const QString &verb, ButtonRole role);
    void addAlternative(const QString &text);
    /// After everything was added: buttons' order, default button, focus, size.
    void arrange();

    bool isAlternative() const { return m_alternativeChosen; }
    QString typed() const;
    QString reason() const;
    QString inputText() const;

private:
    QLineEdit *addField(const QString &label, const QString &name);
    void check();

    QVBoxLayout *m_body;
    QPushButton *m_verb;
    QPushButton *m_alternative;
    QPushButton *m_cancel;
    QLineEdit *m_typed = nullptr;
    QLineEdit *m_reason = nullptr;
    QLineEdit *m_input = nullptr;
    QLabel *m_problem = nullptr;
    QString m_word;
    std::function<QString(const QString &)> m_check;
    ButtonRole m_role = ButtonRole::Primary;
    bool m_reasonRequired = false, m_alternativeChosen = false;
};

} // namespace ui::prompts
