// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/prompts.h"

#include "ui/common/promptdialog.h"
#include "ui/common/signalboxstyle.h"

#include <deque>
#include <QApplication>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QPushButton>
#include <QTimer>
#include <variant>

using namespace Qt::StringLiterals;

namespace ui::prompts {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Prompts)
};

struct CancelAnswer {};
using Scripted = std::variant<CancelAnswer, ConfirmAnswer, Leave, QString, QStringList>;

/// What the living ScriptedAnswers holds.
struct Script {
    std::deque<Scripted> answers;
    QStringList asked, unanswered;
};
Script *script = nullptr;

core::Error cancelled()
{
    return core::Error{core::Error::Kind::Cancelled, u"the person said no"_s, 0, false};
}

/// Takes the next scripted answer of this type; another type is our test's mistake and cancels.
template <class T>
core::Reply<T> *answerFromScript(const QString &what)
{
    script->asked.append(what);
    auto *reply = new core::Reply<T>;
    if (script->answers.empty()) {
        script->unanswered.append(what);
        reply->abort(cancelled());
        return reply;
    }
    const Scripted next = std::move(script->answers.front());
    script->answers.pop_front();
    if (const T *value = std::get_if<T>(&next)) {
        reply->settle(*value);
    } else {
        if (!std::holds_alternative<CancelAnswer>(next))
            script->unanswered.append(what);
        reply->abort(cancelled());
    }
    return reply;
}

/// Ties a dialog to a reply: each ends the other, the focus goes back to where it came from.
template <class T>
core::Reply<T> *tie(QDialog *dialog, std::function<T()> value)
{
    auto *reply = new core::Reply<T>;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QPointer<QWidget> focus = QApplication::focusWidget();
    reply->onCancel = [dialog = QPointer<QDialog>(dialog)] {
        if (dialog)
            dialog->reject();
    };
    QObject::connect(dialog, &QDialog::finished, reply, [reply, value = std::move(value), focus](int result) {
        if (result == QDialog::Accepted)
            reply->settle(value());
        else
            reply->abort(cancelled());
        if (focus && focus->isVisible())
            focus->setFocus();
    });
    QObject::connect(dialog, &QObject::destroyed, reply, [reply] { reply->abort(cancelled()); });
    dialog->open();
    return reply;
}

enum class FileKind { Open, OpenMany, Save, Folder };

QFileDialog *fileDialog(QWidget *parent, const File &question, FileKind kind)
{
    auto *dialog = new QFileDialog(parent, question.title);
    dialog->setObjectName(u"filePrompt"_s);
    switch (kind) {
    case FileKind::Open:
        dialog->setFileMode(QFileDialog::ExistingFile);
        break;
    case FileKind::OpenMany:
        dialog->setFileMode(QFileDialog::ExistingFiles);
        break;
    case FileKind::Save:
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setFileMode(QFileDialog::AnyFile);
        break;
    case FileKind::Folder:
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        break;
    }
    if (!question.filters.isEmpty())
        dialog->setNameFilters(question.filters);
    if (!question.verb.isEmpty())
        dialog->setLabelText(QFileDialog::Accept, question.verb);
    const QFileInfo suggestion(question.suggestion);
    if (suggestion.isDir()) {
        dialog->setDirectory(question.suggestion);
    } else if (!question.suggestion.isEmpty()) {
        dialog->setDirectory(suggestion.path());
        dialog->selectFile(suggestion.fileName());
    }
    return dialog;
}

core::Reply<QString> *oneFile(QWidget *parent, const File &question, FileKind kind)
{
    if (script)
        return answerFromScript<QString>(question.title);
    QFileDialog *dialog = fileDialog(parent, question, kind);
    return tie<QString>(dialog, [dialog] { return dialog->selectedFiles().value(0); });
}

} // namespace

core::Reply<ConfirmAnswer> *confirm(QWidget *parent, const Confirm &question)
{
    if (script)
        return answerFromScript<ConfirmAnswer>(question.title + u'\n' + question.text);
    auto *dialog = new PromptDialog(parent);
    dialog->setHeading(question.title, question.text, question.state);
    dialog->setItems(question.items);
    dialog->setDetails(question.details);
    dialog->setTypedWord(question.typedWord);
    if (question.reason != Confirm::Reason::None)
        dialog->addReason(question.reason);
    const bool dangerous = question.state == StateColor::Warning || question.state == StateColor::Error;
    dialog->setVerb(question.verb, dangerous ? ButtonRole::Danger : ButtonRole::Primary);
    if (!question.alternative.isEmpty())
        dialog->addAlternative(question.alternative);
    dialog->arrange();
    return tie<ConfirmAnswer>(dialog, [dialog] {
        ConfirmAnswer answer;
        answer.choice = dialog->isAlternative() ? ConfirmAnswer::Choice::Alternative : ConfirmAnswer::Choice::Verb;
        answer.typed = dialog->typed();
        answer.reason = dialog->reason();
        return answer;
    });
}

core::Reply<Leave> *leaveModified(QWidget *parent, const QString &name)
{
    const QString title = Words::tr("Save the changes to %1?").arg(name);
    if (script)
        return answerFromScript<Leave>(title);
    auto *dialog = new PromptDialog(parent);
    dialog->setHeading(title, Words::tr("They are lost if you discard them."), StateColor::Info);
    dialog->setVerb(Words::tr("Save"), ButtonRole::Primary);
    dialog->addAlternative(Words::tr("Discard"));
    dialog->arrange();
    return tie<Leave>(dialog, [dialog] { return dialog->isAlternative() ? Leave::Discard : Leave::Save; });
}

core::Reply<QString> *input(QWidget *parent, const Input &question)
{
    if (script)
        return answerFromScript<QString>(question.title + u'\n' + question.label);
    auto *dialog = new PromptDialog(parent);
    dialog->setHeading(question.title, {}, StateColor::Neutral);
    dialog->addInput(question);
    dialog->setVerb(question.verb, ButtonRole::Primary);
    dialog->arrange();
    return tie<QString>(dialog, [dialog] { return dialog->inputText(); });
}

core::Reply<QString> *openFile(QWidget *parent, const File &question)
{
    return oneFile(parent, question, FileKind::Open);
}

core::Reply<QStringList> *openFiles(QWidget *parent, const File &question)
{
    if (script)
        return answerFromScript<QStringList>(question.title);
    QFileDialog *dialog = fileDialog(parent, question, FileKind::OpenMany);
    return tie<QStringList>(dialog, [dialog] { return dialog->selectedFiles(); });
}

core::Reply<QString> *saveFile(QWidget *parent, const File &question)
{
    return oneFile(parent, question, FileKind::Save);
}

core::Reply<QString> *folder(QWidget *parent, const File &question)
{
    return oneFile(parent, question, FileKind::Folder);
}

ScriptedAnswers::ScriptedAnswers()
{
    Q_ASSERT_X(!script, "ScriptedAnswers", "not nested");
    script = new Script;
}

ScriptedAnswers::~ScriptedAnswers()
{
    delete std::exchange(script, nullptr);
}

void ScriptedAnswers::confirm(const ConfirmAnswer &answer)
{
    script->answers.emplace_back(answer);
}

void ScriptedAnswers::leave(Leave answer)
{
    script->answers.emplace_back(answer);
}

void ScriptedAnswers::input(const QString &text)
{
    script->answers.emplace_back(text);
}

void ScriptedAnswers::file(const QString &name)
{
    script->answers.emplace_back(name);
}

void ScriptedAnswers::files(const QStringList &names)
{
    script->answers.emplace_back(names);
}

void ScriptedAnswers::cancel()
{
    script->answers.emplace_back(CancelAnswer());
}

QStringList ScriptedAnswers::asked() const
{
    return script->asked;
}

QStringList ScriptedAnswers::unanswered() const
{
    return script->unanswered;
}

int ScriptedAnswers::left() const
{
    return int(script->answers.size());
}

} // namespace ui::prompts
