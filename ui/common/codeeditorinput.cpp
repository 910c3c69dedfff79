// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, menu, tooltips and indentation of the editor.
#include "ui/common/codeeditor_p.h"

#include "ui/common/coretext.h"
#include <QKeyEvent>
#include <QMenu>
#include <QToolTip>

using namespace Qt::StringLiterals;
using Base = QsciScintillaBase;

namespace ui {

/// Whether the quotation mark in front of the caret begins something.
bool CodeEditor::Private::opensQuotation() const
{
    const long caret = surface->send(Base::SCI_GETCURRENTPOS);
    const long line = surface->send(Base::SCI_POSITIONFROMLINE, surface->send(Base::SCI_LINEFROMPOSITION, caret));
    const QByteArray before = caret > line ? surface->bytes(line, caret - 1).trimmed() : QByteArray();
    return before.isEmpty() || QByteArrayView("{[,:-").contains(before.back());
}

/// A new line begins like the one before it, deeper after an opening.
void CodeEditor::Private::characterAdded(int character)
{
    // When Scintilla is done with it: a list that was open does not know it and closes.
    if (character == '"' && opensQuotation())
        QTimer::singleShot(0, q, &CodeEditor::quotationOpened);
    const long mode = surface->send(Base::SCI_GETEOLMODE);
    if (character != (mode == Base::SC_EOL_CR ? '\r' : '\n') || surface->send(Base::SCI_GETSELECTIONS) > 1)
        return;
    const long caret = surface->send(Base::SCI_GETCURRENTPOS);
    const long line = surface->send(Base::SCI_LINEFROMPOSITION, caret);
    if (line == 0)
        return;
    const QByteArray before =
        surface->bytes(surface->send(Base::SCI_POSITIONFROMLINE, line - 1), surface->send(Base::SCI_GETLINEENDPOSITION, line - 1));
    qsizetype blanks = 0;
    while (blanks < before.size() && (before.at(blanks) == ' ' || before.at(blanks) == '\t'))
        ++blanks;
    QByteArray indent = before.left(blanks);
    const QByteArray trimmed = before.trimmed();
    const bool opens = (format == core::text::Format::Yaml && trimmed.endsWith(':')) ||
        ((format == core::text::Format::Json || format == core::text::Format::Yaml) && (trimmed.endsWith('{') || trimmed.endsWith('[')));
    if (opens)
        indent += surface->send(Base::SCI_GETUSETABS) ? QByteArray("\t") : QByteArray("  ");
    if (indent.isEmpty())
        return;
    surface->SendScintilla(Base::SCI_INSERTTEXT, static_cast<uintptr_t>(caret), indent.constData());
    surface->send(Base::SCI_SETEMPTYSELECTION, caret + long(indent.size()));
}

void CodeEditor::setProblems(const QList<core::text::Problem> &problems)
{
    d->problems = problems;
    d->markProblems();
}

void CodeEditor::goToNextProblem()
{
    const Place here = caret();
    for (const core::text::Problem &problem : std::as_const(d->problems))
        if (std::pair(problem.line, problem.column) > std::pair(here.line, here.column))
            return goTo({problem.line, problem.column});
    if (!d->problems.isEmpty())
        goTo({d->problems.first().line, d->problems.first().column});
}

void CodeEditor::goToPreviousProblem()
{
    const Place here = caret();
    for (qsizetype i = d->problems.size() - 1; i >= 0; --i)
        if (std::pair(d->problems.at(i).line, d->problems.at(i).column) < std::pair(here.line, here.column))
            return goTo({d->problems.at(i).line, d->problems.at(i).column});
    if (!d->problems.isEmpty())
        goTo({d->problems.last().line, d->problems.last().column});
}

void CodeEditor::Private::showHelp(long position, const QPoint &globalPosition)
{
    QStringList lines;
    const long line = position >= 0 ? surface->send(Base::SCI_LINEFROMPOSITION, position) : -1;
    if (position >= 0 && surface->indicatorAt(EditorSurface::Masked, position)) {
        lines.append(CodeEditor::tr("A secret value. Double-click or Ctrl+. shows it."));
    } else if (line >= 0) {
        for (const core::text::Problem &problem : std::as_const(problems)) {
            const long at = positionOf({problem.line, problem.column});
            if (surface->send(Base::SCI_LINEFROMPOSITION, at) == line)
                lines.append(coreText(problem.message));
        }
        if (help) {
            if (const QString more = help(placeOf(position)); !more.isEmpty())
                lines.append(more);
        }
    }
    if (lines.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(globalPosition, lines.join(u'\n').toHtmlEscaped().replace(u'\n', "<br>"_L1), surface);
}

void CodeEditor::Private::showMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(q);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool editable = q->access() == Access::Editable;
    const bool selection = !surface->send(Base::SCI_GETSELECTIONEMPTY);
    const auto add = [&](const QString &text, QKeySequence::StandardKey key, unsigned int message, bool enabled) {
        QAction *action = menu->addAction(text);
        action->setShortcut(key);
        action->setEnabled(enabled);
        QObject::connect(action, &QAction::triggered, q, [this, message] { surface->send(message); });
    };
    const long position = surface->send(Base::SCI_GETCURRENTPOS);
    const long under = surface->send(Base::SCI_POSITIONFROMPOINTCLOSE, surface->viewport()->mapFromGlobal(globalPosition).x(),
                                     surface->viewport()->mapFromGlobal(globalPosition).y());
    for (const long at : {under, position}) {
        if (const auto run = at >= 0 ? surface->run(EditorSurface::Masked, at) : std::nullopt) {
            QObject::connect(menu->addAction(Theme::icon(Icon::Reveal), CodeEditor::tr("Show this value")), &QAction::triggered, q,
                             [this, run] { reveal(run->first, run->second); });
        } else if (at < 0 || !surface->indicatorAt(EditorSurface::Revealed, at)) {
            continue;
        }
        QObject::connect(menu->addAction(Theme::icon(Icon::Copy), CodeEditor::tr("Copy this value")), &QAction::triggered, q,
                         [this, at] { q->copySecretAt(placeOf(at)); });
        menu->addSeparator();
        break;
    }
    if (q->maskedCount() == 0 && !marks.isEmpty()) {
        QObject::connect(menu->addAction(Theme::icon(Icon::Hide), CodeEditor::tr("Hide secret values")), &QAction::triggered, q,
                         [this] { q->maskAll(); });
        menu->addSeparator();
    }
    add(CodeEditor::tr("Undo"), QKeySequence::Undo, Base::SCI_UNDO, editable && q->canUndo());
    add(CodeEditor::tr("Redo"), QKeySequence::Redo, Base::SCI_REDO, editable && q->canRedo());
    menu->addSeparator();
    add(CodeEditor::tr("Cut"), QKeySequence::Cut, Base::SCI_CUT, editable && selection);
    add(CodeEditor::tr("Copy"), QKeySequence::Copy, Base::SCI_COPY, selection);
    add(CodeEditor::tr("Paste"), QKeySequence::Paste, Base::SCI_PASTE, editable && surface->send(Base::SCI_CANPASTE));
    menu->addSeparator();
    add(CodeEditor::tr("Select all"), QKeySequence::SelectAll, Base::SCI_SELECTALL, true);
    menu->popup(globalPosition);
}

void CodeEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // The theme's colours are set style by style, which must not answer a change with a further one.
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) && !std::exchange(d->applying, true)) {
        d->applyTheme();
        d->applying = false;
    }
}

/// Our own keys; whether this was one of them.
bool CodeEditor::Private::handleKey(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool control = modifiers == Qt::ControlModifier;
    if (event->matches(QKeySequence::Find)) {
        q->openFind(FindMode::Find);
    } else if (event->matches(QKeySequence::Replace) || (control && event->key() == Qt::Key_H)) {
        q->openFind(FindMode::Replace);
    } else if (event->key() == Qt::Key_F3) {
        if (!q->isFindOpen())
            q->openFind(FindMode::Find);
        step(modifiers.testFlag(Qt::ShiftModifier) ? -1 : 1);
    } else if (control && (event->key() == Qt::Key_G || event->key() == Qt::Key_L)) {
        q->openGoToLine();
    } else if (control && event->key() == Qt::Key_D) {
        q->addNextOccurrence();
    } else if (control && event->key() == Qt::Key_Period) {
        q->revealAt(q->caret());
    } else if (event->key() == Qt::Key_F8) {
        modifiers.testFlag(Qt::ShiftModifier) ? q->goToPreviousProblem() : q->goToNextProblem();
    } else if (event->key() == Qt::Key_Escape && q->isFindOpen() && !q->areCompletionsOpen()) {
        q->closeFind();
    } else {
        return false;
    }
    return true;
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    // From the find bar; the text's own keys have been asked already.
    if (!d->surface->hasFocus() && d->handleKey(event))
        return;
    QWidget::keyPressEvent(event);
}

void CodeEditor::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    d->surface->setFocus(event->reason());
}

} // namespace ui
