// SPDX-License-Identifier: GPL-3.0-or-later
// Find and replace of the editor.
#include "ui/common/codeeditor_p.h"

#include "ui/common/sizetext.h"

using namespace Qt::StringLiterals;
using Base = QsciScintillaBase;

namespace ui {

void CodeEditor::Private::search()
{
    // Large texts are searched when the typing pauses.
    if (surface->length() > 512 * 1024)
        searchTimer.start(150);
    else
        runSearch();
}

void CodeEditor::Private::runSearch()
{
    searchTimer.stop();
    clearFound();
    found = {};
    if (find->isHidden() || find->mode() == FindBar::Mode::GoToLine)
        return;
    found = findAll(surface->bytes(0, surface->length()), find->pattern());
    if (masked > 0) {
        // Whoever may not see a value must not learn it by searching.
        found.hits.removeIf([this](const SearchHit &hit) {
            return surface->overlaps(EditorSurface::Masked, long(hit.offset), long(hit.offset + hit.length));
        });
    }
    find->setMaskedNote(masked);
    for (const SearchHit &hit : std::as_const(found.hits))
        surface->fill(EditorSurface::Found, long(hit.offset), long(hit.length));
    find->setResult(found, currentHit());
}

qsizetype CodeEditor::Private::currentHit() const
{
    const long from = surface->send(Base::SCI_GETSELECTIONSTART), to = surface->send(Base::SCI_GETSELECTIONEND);
    for (qsizetype i = 0; i < found.hits.size(); ++i)
        if (found.hits.at(i).offset == from && found.hits.at(i).offset + found.hits.at(i).length == to)
            return i + 1;
    return 0;
}

void CodeEditor::Private::clearFound()
{
    surface->clear(EditorSurface::Found, 0, surface->length());
    surface->clear(EditorSurface::FoundCurrent, 0, surface->length());
}

void CodeEditor::Private::step(int direction)
{
    if (searchTimer.isActive())
        runSearch();
    if (found.hits.isEmpty()) {
        find->setResult(found, 0);
        return;
    }
    const long from = surface->send(Base::SCI_GETSELECTIONSTART), to = surface->send(Base::SCI_GETSELECTIONEND);
    qsizetype target = -1;
    if (direction > 0) {
        for (qsizetype i = 0; i < found.hits.size() && target < 0; ++i)
            if (found.hits.at(i).offset >= to)
                target = i;
        if (target < 0)
            target = 0;
    } else {
        for (qsizetype i = found.hits.size() - 1; i >= 0 && target < 0; --i)
            if (found.hits.at(i).offset < from)
                target = i;
        if (target < 0)
            target = found.hits.size() - 1;
    }
    const SearchHit hit = found.hits.at(target);
    select(long(hit.offset), long(hit.offset + hit.length));
    surface->clear(EditorSurface::FoundCurrent, 0, surface->length());
    surface->fill(EditorSurface::FoundCurrent, long(hit.offset), long(hit.length));
    find->setResult(found, target + 1);
}

void CodeEditor::Private::select(long from, long to)
{
    surface->send(Base::SCI_ENSUREVISIBLEENFORCEPOLICY, surface->send(Base::SCI_LINEFROMPOSITION, from));
    surface->send(Base::SCI_SETSEL, from, to);
    surface->send(Base::SCI_SCROLLRANGE, from, to);
}

void CodeEditor::Private::replaceOne()
{
    if (searchTimer.isActive())
        runSearch();
    const qsizetype current = currentHit();
    if (current == 0 || q->access() == Access::ReadOnly) {
        step(1);
        return;
    }
    const SearchHit hit = found.hits.at(current - 1);
    const QByteArray with =
        replacementFor(surface->bytes(long(hit.offset), long(hit.offset + hit.length)), find->pattern(), find->replacement());
    surface->send(Base::SCI_SETTARGETRANGE, long(hit.offset), long(hit.offset + hit.length));
    surface->sendText(Base::SCI_REPLACETARGET, with);
    surface->send(Base::SCI_SETEMPTYSELECTION, long(hit.offset + with.size()));
    runSearch();
    step(1);
}

void CodeEditor::Private::replaceAll()
{
    if (q->access() == Access::ReadOnly)
        return;
    runSearch();
    if (found.hits.isEmpty())
        return;
    const SearchPattern pattern = find->pattern();
    const QString with = find->replacement();
    const long caret = surface->send(Base::SCI_GETCURRENTPOS);
    surface->send(Base::SCI_BEGINUNDOACTION);
    for (qsizetype i = found.hits.size() - 1; i >= 0; --i) {
        const long from = long(found.hits.at(i).offset), to = from + long(found.hits.at(i).length);
        const QByteArray text = replacementFor(surface->bytes(from, to), pattern, with);
        surface->send(Base::SCI_SETTARGETRANGE, from, to);
        surface->sendText(Base::SCI_REPLACETARGET, text);
    }
    surface->send(Base::SCI_ENDUNDOACTION);
    surface->send(Base::SCI_SETEMPTYSELECTION, qMin(caret, surface->length()));
    runSearch();
}

void CodeEditor::openFind(FindMode mode)
{
    const QString selected = selectedText();
    // A selection of several lines is where to look, not what for; a masked one is neither.
    const bool fits = !selected.contains(u'\n') && selected.size() < 200;
    const long from = d->surface->send(Base::SCI_GETSELECTIONSTART);
    const bool secret = d->surface->indicatorAt(EditorSurface::Masked, from);
    d->find->setReplaceAllowed(access() == Access::Editable);
    d->find->open(mode == FindMode::Replace && access() == Access::Editable ? FindBar::Mode::Replace : FindBar::Mode::Find,
                  fits && !secret ? selected : QString());
}

void CodeEditor::openGoToLine()
{
    d->clearFound();
    d->find->open(FindBar::Mode::GoToLine, QString::number(caret().line));
}

void CodeEditor::closeFind()
{
    if (d->find->isHidden())
        return;
    d->find->hide();
    d->clearFound();
    d->surface->setFocus();
    Q_EMIT findClosed();
}

bool CodeEditor::isFindOpen() const
{
    return !d->find->isHidden();
}

} // namespace ui
