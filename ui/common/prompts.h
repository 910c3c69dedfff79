// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "ui/common/theme.h"

#include <QStringList>

class QWidget;

/// Questions to the person. All of them are asynchronous: the reply settles with the answer, or with Error::Kind::Cancelled when the
/// person said no; the dialog goes when every receiver is gone. Usage:
///     prompts::confirm(this, {...})->then(this, [this](const core::Result<ConfirmAnswer> &answer) { if (!answer) return; ... });
/// Direct use of QMessageBox, QFileDialog and QInputDialog fails review.
namespace ui::prompts {

struct Confirm {
    QString title;                       ///< "Delete 3 configs?"
    QString text;                        ///< what will happen, one or two sentences
    QString verb;                        ///< the button: "Delete 3 configs"; never "OK" or "Yes"
    QStringList items;                   ///< what it is about, listed in full
    QString details;                     ///< technical, behind a button
    StateColor state = StateColor::Info; ///< Warning and Error make Cancel the default and the verb a danger button
    QString typedWord;                   ///< must be typed before the verb is enabled; empty: nothing to type
    enum class Reason { None, Optional, Required };
    Reason reason = Reason::None;
    QString alternative; ///< a third button, for example "Discard"; empty: none
};
struct ConfirmAnswer {
    enum class Choice { Verb, Alternative };
    Choice choice = Choice::Verb;
    QString typed, reason;
};
core::Reply<ConfirmAnswer> *confirm(QWidget *parent, const Confirm &question);

enum class Leave { Save, Discard };
/// "Save changes to X?" Save · Discard · Cancel.
core::Reply<Leave> *leaveModified(QWidget *parent, const QString &name);

struct Input {
    QString title, label, value, verb; ///< verb: the button, for example "Rename"
    QString placeholder, hint;
    /// Says what is wrong with the value, or nothing when it is fine.
    std::function<QString(const QString &)> problem;
    enum class Echo { Plain, Secret };
    Echo echo = Echo::Plain;
};
core::Reply<QString> *input(QWidget *parent, const Input &question);

struct File {
    QString title;
    QString suggestion;  ///< folder or file
    QStringList filters; ///< "YAML (*.yaml *.yml)"
    QString verb;        ///< the accept button; empty: the desktop's word
};
core::Reply<QString> *openFile(QWidget *parent, const File &question);
core::Reply<QStringList> *openFiles(QWidget *parent, const File &question);
core::Reply<QString> *saveFile(QWidget *parent, const File &question);
core::Reply<QString> *folder(QWidget *parent, const File &question);

/// For tests: while one lives, prompts take their answers from it instead of the screen. A prompt without a queued answer is cancelled
/// and noted in unanswered(). Not nested.
class ScriptedAnswers {
    Q_DISABLE_COPY_MOVE(ScriptedAnswers)
public:
    ScriptedAnswers();
    ~ScriptedAnswers();
    void confirm(const ConfirmAnswer &answer = {});
    void leave(Leave answer);
    void input(const QString &text);
    void file(const QString &name);
    void files(const QStringList &names);
    void cancel();
    /// Title and text of every prompt so far.
    QStringList asked() const;
    QStringList unanswered() const;
    int left() const; ///< answers not used
};

} // namespace ui::prompts
