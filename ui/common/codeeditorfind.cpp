// SPDX-License-Identifier: GPL-3.0-or-later
// Find, replace and masked spans of the editor.
#include "ui/common/codeeditor_p.h"

#include "ui/common/clipboard.h"
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

void CodeEditor::Private::maskSecrets()
{
    const long length = surface->length();
    surface->clear(EditorSurface::Masked, 0, length);
    for (const core::text::SecretSpan &span : std::as_const(secrets)) {
        const long from = toSurface(span.offset - bom.size()), to = toSurface(span.offset - bom.size() + span.length);
        if (from < 0 || to > length || to <= from)
            continue;
        // What the person uncovered stays so.
        if (!surface->overlaps(EditorSurface::Revealed, from, to))
            surface->fill(EditorSurface::Masked, from, to - from);
    }
    updateMaskedCount();
}

void CodeEditor::Private::updateMaskedCount()
{
    int count = 0;
    const long length = surface->length();
    for (long at = 0; at < length;) {
        if (surface->indicatorAt(EditorSurface::Masked, at))
            ++count;
        const long next = surface->send(Base::SCI_INDICATOREND, EditorSurface::Masked, at);
        if (next <= at)
            break;
        at = next;
    }
    surface->setMaskedCount(count);
    surface->viewport()->update();
    if (std::exchange(masked, count) != count)
        Q_EMIT q->maskedCountChanged(count);
}

void CodeEditor::Private::reveal(long from, long to)
{
    surface->clear(EditorSurface::Masked, from, to - from);
    surface->fill(EditorSurface::Revealed, from, to - from);
    updateMaskedCount();
    if (!find->isHidden())
        runSearch();
}

int CodeEditor::maskedCount() const
{
    return d->masked;
}

void CodeEditor::setSecrets(const QList<core::text::SecretSpan> &secrets)
{
    d->secrets = secrets;
    d->maskSecrets();
    if (!d->find->isHidden())
        d->runSearch();
}

void CodeEditor::revealAt(Place place)
{
    const long position = d->positionOf(place);
    if (const auto run = d->surface->run(EditorSurface::Masked, position))
        d->reveal(run->first, run->second);
    else if (const auto before = d->surface->run(EditorSurface::Masked, qMax(0L, position - 1)))
        d->reveal(before->first, before->second);
}

void CodeEditor::revealNext()
{
    const long length = d->surface->length(), caret = d->surface->send(Base::SCI_GETCURRENTPOS);
    std::optional<std::pair<long, long>> first, next;
    for (long at = 0; at < length && !next;) {
        const long end = d->surface->send(Base::SCI_INDICATOREND, EditorSurface::Masked, at);
        if (d->surface->indicatorAt(EditorSurface::Masked, at)) {
            const std::pair run{at, end > at ? end : length};
            if (!first)
                first = run;
            if (run.second > caret)
                next = run;
        }
        if (end <= at)
            break;
        at = end;
    }
    const auto run = next ? next : first;
    if (!run)
        return;
    d->reveal(run->first, run->second);
    d->select(run->first, run->first);
    d->surface->send(Base::SCI_SETEMPTYSELECTION, run->first);
    d->surface->setFocus();
}

bool CodeEditor::copySecretAt(Place place) const
{
    const long position = d->positionOf(place);
    for (const int indicator : {int(EditorSurface::Masked), int(EditorSurface::Revealed)}) {
        if (const auto run = d->surface->run(indicator, position)) {
            clipboard::copySecret(QString::fromUtf8(d->surface->bytes(run->first, run->second)));
            return true;
        }
    }
    return false;
}

void CodeEditor::revealAll()
{
    const long length = d->surface->length();
    for (long at = 0; at < length;) {
        const long next = d->surface->send(Base::SCI_INDICATOREND, EditorSurface::Masked, at);
        if (d->surface->indicatorAt(EditorSurface::Masked, at))
            d->surface->fill(EditorSurface::Revealed, at, (next > at ? next : length) - at);
        if (next <= at)
            break;
        at = next;
    }
    d->surface->clear(EditorSurface::Masked, 0, length);
    d->updateMaskedCount();
}

void CodeEditor::maskAll()
{
    d->surface->clear(EditorSurface::Revealed, 0, d->surface->length());
    d->maskSecrets();
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
