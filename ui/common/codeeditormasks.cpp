// SPDX-License-Identifier: GPL-3.0-or-later
// Masked spans of the editor.
#include "ui/common/codeeditor_p.h"

#include "ui/common/clipboard.h"

#include <algorithm>
#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using Base = QsciScintillaBase;

namespace {

/// Of the time between two keys, so much goes into masks; then whatever waits has its turn.
constexpr qint64 SliceMilliseconds = 8;

} // namespace

namespace ui {

void CodeEditor::Private::maskSecrets(const QList<core::text::SecretSpan> &secrets)
{
    const long length = surface->length();
    std::vector<MaskMarks::Span> wanted;
    wanted.reserve(std::size_t(secrets.size()));
    for (const core::text::SecretSpan &span : secrets) {
        const qsizetype offset = span.offset - bom.size();
        const long from = toSurface(offset), to = toSurface(offset + span.length);
        if (from >= 0 && to <= length && to > from)
            wanted.push_back({from, to});
    }
    if (marks.isLost()) {
        surface->clear(EditorSurface::Masked, 0, length);
        setMasked(0);
    }
    maskInView(wanted);
    marks.found(std::move(wanted));
    startMasks();
}

/// What is on the screen does not wait for its turn.
void CodeEditor::Private::maskInView(const std::vector<MaskMarks::Span> &wanted)
{
    const long top = surface->send(Base::SCI_GETFIRSTVISIBLELINE);
    const long first = surface->send(Base::SCI_DOCLINEFROMVISIBLE, top);
    const long last = surface->send(Base::SCI_DOCLINEFROMVISIBLE, top + surface->send(Base::SCI_LINESONSCREEN) + 1);
    const long from = surface->send(Base::SCI_POSITIONFROMLINE, first), to = surface->send(Base::SCI_GETLINEENDPOSITION, last);
    auto span = std::partition_point(wanted.cbegin(), wanted.cend(), [from](const MaskMarks::Span &one) { return one.to <= from; });
    for (; span != wanted.cend() && span->from < to; ++span)
        fillMask(span->from, span->to);
}

void CodeEditor::Private::startMasks()
{
    QElapsedTimer slice;
    slice.start();
    bool more = true;
    while (more && slice.elapsed() < SliceMilliseconds)
        more = stepMasks();
    setMasked(masked);
    if (more)
        maskTimer.start(0);
}

/// Some changes; false: there are no more.
bool CodeEditor::Private::stepMasks()
{
    constexpr int Some = 32;
    for (int i = 0; i < Some; ++i) {
        const auto change = marks.next();
        if (!change)
            return false;
        if (change->kind == MaskMarks::Change::Kind::Fill)
            fillMask(change->span.from, change->span.to);
        else
            clearMask(change->span.from, change->span.to);
    }
    return true;
}

/// What the person uncovered stays so.
void CodeEditor::Private::fillMask(long from, long to)
{
    if (surface->overlaps(EditorSurface::Revealed, from, to))
        return;
    const int before = surface->runs(EditorSurface::Masked, from, to);
    surface->fill(EditorSurface::Masked, from, to - from);
    masked += surface->runs(EditorSurface::Masked, from, to) - before;
}

void CodeEditor::Private::clearMask(long from, long to)
{
    const int before = surface->runs(EditorSurface::Masked, from, to);
    surface->clear(EditorSurface::Masked, from, to - from);
    masked += surface->runs(EditorSurface::Masked, from, to) - before;
}

/// Puts the surface and whoever listens in step with the count.
void CodeEditor::Private::setMasked(int count)
{
    masked = count;
    surface->setMaskedCount(count);
    surface->viewport()->update();
    if (std::exchange(toldMasked, count) != count)
        Q_EMIT q->maskedCountChanged(count);
}

void CodeEditor::Private::reveal(long from, long to)
{
    clearMask(from, to);
    surface->fill(EditorSurface::Revealed, from, to - from);
    setMasked(masked);
    if (!find->isHidden())
        runSearch();
}

/// Masks move with the text around them; what is deleted takes its own along.
void CodeEditor::Private::moveMasks(int position, int type, int length)
{
    const bool inserted = type & Base::SC_MOD_INSERTTEXT;
    marks.edited(position, inserted ? 0 : length, inserted ? length : 0);
    if (masked == 0)
        return;
    if (!inserted)
        masked += surface->runs(EditorSurface::Masked, position, position) - maskedBeforeDeletion;
    // Typing in the middle of a masked value uncovers it: nobody can edit dots. What surrounds the change tells, as Scintilla
    // has stretched or shrunk the span already.
    const long probe = inserted ? position : position - 1;
    if (probe >= 0 && surface->indicatorAt(EditorSurface::Masked, probe)) {
        QMetaObject::invokeMethod(
            q,
            [this, probe] {
                if (const auto run = surface->run(EditorSurface::Masked, probe))
                    reveal(run->first, run->second);
            },
            Qt::QueuedConnection);
    } else {
        setMasked(masked);
    }
}

/// Until it is known what is secret in a text that came in place of another, what was hidden stays so: most often it is the same key.
void CodeEditor::Private::keepHidden(const std::vector<MaskMarks::Span> &hidden, long from, long to)
{
    for (const MaskMarks::Span &span : hidden) {
        const long begin = std::max(span.from, from), end = std::min(span.to, to);
        if (begin >= end || surface->overlaps(EditorSurface::Masked, begin, end))
            continue;
        fillMask(begin, end);
        marks.keep(begin, end);
    }
    setMasked(masked);
}

int CodeEditor::maskedCount() const
{
    return d->masked;
}

void CodeEditor::setSecrets(const QList<core::text::SecretSpan> &secrets)
{
    d->maskSecrets(secrets);
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
    while (d->stepMasks())
        continue;
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
    d->setMasked(0);
}

void CodeEditor::maskAll()
{
    d->surface->clear(EditorSurface::Revealed, 0, d->surface->length());
    d->marks.again();
    d->startMasks();
}

} // namespace ui
