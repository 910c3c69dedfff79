// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/common/callback.h"
#include "ui/common/theme.h"

#include <functional>
#include <QHash>
#include <QSet>
#include <QWidget>

class QFormLayout;
class QLabel;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace ui {

class MessageBar;

struct FormProblem {
    enum class Severity { Error, Warning };
    QString field; ///< id given to addField(); empty: the form as a whole
    QString message;
    Severity severity = Severity::Error;
    friend bool operator==(const FormProblem &, const FormProblem &) = default;
};

/// Base of every form: fields with labels, problems at the field and in the bar, Save / Apply / Revert. A field is marked when it was left
/// or Save was pressed, not while somebody writes in it. A subclass adds its fields,
/// implements isModified(), validate() and the reactions to the signals, and has its own typed load(value) and value(). Nothing is
/// written until saveRequested() is answered with setSaved() or setFailed().
class FormPage : public QWidget {
    Q_OBJECT
public:
    explicit FormPage(QWidget *parent = nullptr);
    ~FormPage() override;

    virtual bool isModified() const = 0;
    virtual QList<FormProblem> validate() const = 0;
    /// Back to the loaded value.
    virtual void revert() = 0;

    QList<FormProblem> problems() const { return m_problems; }
    bool hasErrors() const;
    /// Moves the focus to a field, scrolled into view.
    void focusField(const QString &field);
    MessageBar *messageBar() const { return m_bar; }

    /// Calls `go` at once when nothing is modified, otherwise asks Save / Discard / Cancel: Save goes on after setSaved(), Cancel never.
    void leave(QObject *context, std::function<void()> go);

public Q_SLOTS:
    void save();

Q_SIGNALS:
    /// The person wants the value written; problems were checked.
    void saveRequested();
    void modifiedChanged(bool modified);
    void problemsChanged();

protected:
    /// Columns of label and field below the headline; add with addField().
    QFormLayout *form() const { return m_form; }
    /// `label` gets the mnemonic; `field` its object name and, where it has none, its accessible name from it.
    void addField(const QString &id, const QString &label, QWidget *field, const QString &hint = {});
    void addSection(const QString &title);
    void addWide(QWidget *widget);
    /// To be connected to the fields' change signals: validates after 300 ms, refreshes the buttons at once.
    void touched();
    /// Validates now: something besides the fields came to be known.
    void check();
    /// After load(): forgets problems and messages. Of an empty form no field was left yet.
    enum class Filled { No, Yes };
    void loaded(Filled filled = Filled::Yes);
    void setSaved();
    /// Stays open; `actions` are offered in the bar (for a conflict: show the difference, overwrite).
    void setFailed(const core::Error &error, const QString &what);
    void setSaveText(const QString &text);
    /// While a save is under way the fields are read-only.
    bool isSaving() const { return m_saving; }
    /// Other buttons to the left of Revert.
    void addButton(QPushButton *button);

private:
    struct Field {
        QWidget *widget = nullptr;
        QLabel *label = nullptr;
        QLabel *problem = nullptr;
    };
    void showProblems();
    void updateButtons();
    void focusMoved(QWidget *from, QWidget *to);
    QString idOf(const QWidget *widget) const;
    bool isMarked(const FormProblem &problem) const;

    MessageBar *m_bar;
    QFormLayout *m_form;
    QWidget *m_footer;
    QPushButton *m_revert;
    QPushButton *m_save;
    QTimer *m_timer;
    QHash<QString, Field> m_fields;
    QStringList m_order;
    QList<FormProblem> m_problems;
    QSet<QString> m_left, m_marked; ///< ids of fields
    bool m_markAll = false;         ///< Save was pressed
    Callback<void()> m_leave;
    bool m_saving = false, m_wasModified = false;
};

} // namespace ui
