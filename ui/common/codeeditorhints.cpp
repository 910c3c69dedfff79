// SPDX-License-Identifier: GPL-3.0-or-later
// What others know of the text and offer while it is written.
#include "ui/common/codeeditor_p.h"

#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;
using Base = QsciScintillaBase;

namespace ui {

void CodeEditor::setHelp(std::function<QString(Place)> help)
{
    d->help = std::move(help);
}

void CodeEditor::showCompletions(qsizetype begin, qsizetype end, qsizetype typed, const QList<Completion> &completions)
{
    if (completions.isEmpty() || access() != Access::Editable)
        return;
    // One to a line, so that names may have blanks in them.
    QByteArray list;
    for (const Completion &one : completions)
        list += (list.isEmpty() ? "" : "\n") + one.text.simplified().toUtf8();
    d->completions = {completions, long(begin), long(end), d->surface->length()};
    d->surface->send(Base::SCI_AUTOCSETSEPARATOR, '\n');
    d->surface->send(Base::SCI_AUTOCSETTYPESEPARATOR, 1); // no images
    d->surface->send(Base::SCI_AUTOCSETIGNORECASE, 1);
    d->surface->send(Base::SCI_AUTOCSETORDER, Base::SC_ORDER_CUSTOM);
    d->surface->send(Base::SCI_AUTOCSETCHOOSESINGLE, 0);
    d->surface->send(Base::SCI_AUTOCSETMAXHEIGHT, 12);
    d->surface->SendScintilla(Base::SCI_AUTOCSHOW, static_cast<uintptr_t>(typed), list.constData());
}

bool CodeEditor::areCompletionsOpen() const
{
    return d->surface->send(Base::SCI_AUTOCACTIVE);
}

/// Ours is put in place of Scintilla's, which would insert what the list shows.
void CodeEditor::Private::completionChosen(const QByteArray &text)
{
    surface->send(Base::SCI_AUTOCCANCEL);
    const auto chosen = std::find_if(completions.all.cbegin(), completions.all.cend(),
                                     [&text](const Completion &one) { return one.text.simplified().toUtf8() == text; });
    if (chosen == completions.all.cend())
        return;
    // What was typed since has made the word longer, or shorter.
    const long end = std::max(completions.begin, completions.end + surface->length() - completions.length);
    surface->send(Base::SCI_BEGINUNDOACTION);
    surface->send(Base::SCI_SETTARGETRANGE, completions.begin, end);
    surface->sendText(Base::SCI_REPLACETARGET, chosen->insert);
    surface->send(Base::SCI_ENDUNDOACTION);
    const long caret = completions.begin + long(chosen->insert.size());
    surface->send(Base::SCI_SETEMPTYSELECTION, caret);
    surface->send(Base::SCI_SCROLLCARET);
}

void CodeEditor::showTip(const QString &text)
{
    const long position = d->surface->send(Base::SCI_GETCURRENTPOS);
    const QPoint at(int(d->surface->send(Base::SCI_POINTXFROMPOSITION, 0, position)),
                    int(d->surface->send(Base::SCI_POINTYFROMPOSITION, 0, position)));
    const QPoint below(0, int(d->surface->send(Base::SCI_TEXTHEIGHT, 0)));
    QToolTip::showText(d->surface->viewport()->mapToGlobal(at + below), text.toHtmlEscaped(), d->surface);
}

} // namespace ui
