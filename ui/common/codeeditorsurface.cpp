// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/clipboard.h"
#include "ui/common/codeeditor_p.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace {

const QString PrivateFormat = u"application/x-signalbox-text"_s;

/// The last text copied out of an editor with something masked in it. The clipboard gets the masked text and a ticket; only an editor of
/// this process can change the ticket into the text, so that cut and paste inside the program loses nothing and tells nobody.
struct Ticket {
    QByteArray id, text;
};
Ticket &lastTicket()
{
    static Ticket ticket;
    return ticket;
}

} // namespace

namespace ui {

EditorSurface::EditorSurface(QWidget *parent)
    : QsciScintillaBase(parent)
{
    setFrameShape(QFrame::NoFrame);
    setObjectName(u"codeEditorText"_s);
    send(SCI_SETCODEPAGE, SC_CP_UTF8);
    send(SCI_SETMARGINS, TextMargin);
    send(SCI_SETMARGINTYPEN, MarkMargin, SC_MARGIN_SYMBOL);
    send(SCI_SETMARGINMASKN, MarkMargin, (1 << ErrorMark) | (1 << WarningMark) | (1 << HintMark));
    send(SCI_SETMARGINWIDTHN, MarkMargin, 18);
    send(SCI_SETMARGINTYPEN, NumberMargin, SC_MARGIN_NUMBER);
    send(SCI_SETMARGINMASKN, NumberMargin, 0);
    send(SCI_SETMARGINTYPEN, ChangeMargin, SC_MARGIN_SYMBOL);
    send(SCI_SETMARGINMASKN, ChangeMargin, 1 << ChangedMark);
    send(SCI_SETMARGINWIDTHN, ChangeMargin, 4);
    send(SCI_SETMARGINTYPEN, FoldMargin, SC_MARGIN_SYMBOL);
    send(SCI_SETMARGINMASKN, FoldMargin, long(SC_MASK_FOLDERS));
    send(SCI_SETMARGINSENSITIVEN, FoldMargin, 1);
    send(SCI_SETAUTOMATICFOLD, SC_AUTOMATICFOLD_SHOW | SC_AUTOMATICFOLD_CLICK | SC_AUTOMATICFOLD_CHANGE);
    send(SCI_SETMARGINLEFT, 0, 4);
    send(SCI_SETMULTIPLESELECTION, 1);
    send(SCI_SETADDITIONALSELECTIONTYPING, 1);
    send(SCI_SETMULTIPASTE, SC_MULTIPASTE_EACH);
    send(SCI_SETVIRTUALSPACEOPTIONS, SCVS_RECTANGULARSELECTION);
    send(SCI_SETMOUSEDWELLTIME, 400);
    send(SCI_SETLAYOUTCACHE, SC_CACHE_PAGE);
    send(SCI_SETSCROLLWIDTHTRACKING, 1);
    send(SCI_SETENDATLASTLINE, 1);
    send(SCI_SETCARETPERIOD, 0);
    send(SCI_USEPOPUP, 0);
    send(SCI_SETPASTECONVERTENDINGS, 1);
    send(SCI_SETMODEVENTMASK, SC_MOD_INSERTTEXT | SC_MOD_DELETETEXT | SC_MOD_BEFOREDELETE);
    send(SCI_SETYCARETPOLICY, CARET_SLOP | CARET_STRICT | CARET_EVEN, 3);
    send(SCI_SETVISIBLEPOLICY, VISIBLE_SLOP, 5);
    send(SCI_SETEXTRAASCENT, 1);
    send(SCI_SETEXTRADESCENT, 1);
    // Keys of ours, or of nobody: a page's Ctrl+L or Ctrl+T must not cut or swap lines by accident.
    for (const int key : {'D', 'L', 'T', 'U', '/', '\\', '[', ']'}) {
        send(SCI_CLEARCMDKEY, key | (SCMOD_CTRL << 16));
        send(SCI_CLEARCMDKEY, key | ((SCMOD_CTRL | SCMOD_SHIFT) << 16));
    }
    send(SCI_ASSIGNCMDKEY, SCK_UP | (SCMOD_ALT << 16), SCI_MOVESELECTEDLINESUP);
    send(SCI_ASSIGNCMDKEY, SCK_DOWN | (SCMOD_ALT << 16), SCI_MOVESELECTEDLINESDOWN);
    send(SCI_ASSIGNCMDKEY, 'Z' | ((SCMOD_CTRL | SCMOD_SHIFT) << 16), SCI_REDO);
    for (const int indicator : {ErrorSquiggle, WarningSquiggle, HintSquiggle})
        send(SCI_INDICSETSTYLE, indicator, indicator == HintSquiggle ? INDIC_DOTS : INDIC_SQUIGGLE);
    send(SCI_INDICSETSTYLE, Masked, INDIC_HIDDEN);
    send(SCI_INDICSETSTYLE, Revealed, INDIC_HIDDEN);
    for (const int indicator : {Found, FoundCurrent}) {
        send(SCI_INDICSETSTYLE, indicator, INDIC_STRAIGHTBOX);
        send(SCI_INDICSETUNDER, indicator, 1);
        send(SCI_INDICSETALPHA, indicator, 255);
        send(SCI_INDICSETOUTLINEALPHA, indicator, 255);
    }
}

QByteArray EditorSurface::bytes(long from, long to) const
{
    from = qBound(0L, from, length());
    to = qBound(from, to, length());
    if (to == from)
        return {};
    const auto *text = static_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER));
    return QByteArray(text + from, to - from);
}

void EditorSurface::fill(int indicator, long from, long count)
{
    send(SCI_SETINDICATORCURRENT, indicator);
    send(SCI_INDICATORFILLRANGE, from, count);
}

void EditorSurface::clear(int indicator, long from, long count)
{
    send(SCI_SETINDICATORCURRENT, indicator);
    send(SCI_INDICATORCLEARRANGE, from, count);
}

std::optional<std::pair<long, long>> EditorSurface::run(int indicator, long position) const
{
    if (!indicatorAt(indicator, position))
        return std::nullopt;
    return std::pair(send(SCI_INDICATORSTART, indicator, position), send(SCI_INDICATOREND, indicator, position));
}

bool EditorSurface::overlaps(int indicator, long from, long to) const
{
    if (indicatorAt(indicator, from))
        return true;
    // 0 for an indicator that was never set; otherwise where the gap around `from` ends.
    const long next = send(SCI_INDICATOREND, indicator, from);
    return next > from && next < to;
}

int EditorSurface::runs(int indicator, long from, long to) const
{
    int count = 0;
    to = qMin(to + 1, length());
    for (long at = qMax(0L, from - 1); at < to;) {
        if (indicatorAt(indicator, at))
            ++count;
        const long next = send(SCI_INDICATOREND, indicator, at);
        if (next <= at)
            break;
        at = next;
    }
    return count;
}

bool EditorSurface::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // As in Qt's own text fields: typing and editing keys belong to the text, whatever shortcut a window gives them.
        auto *key = static_cast<QKeyEvent *>(event);
        static constexpr QKeySequence::StandardKey Ours[] = {QKeySequence::Copy,
                                                             QKeySequence::Cut,
                                                             QKeySequence::Paste,
                                                             QKeySequence::Undo,
                                                             QKeySequence::Redo,
                                                             QKeySequence::SelectAll,
                                                             QKeySequence::Delete,
                                                             QKeySequence::DeleteEndOfWord,
                                                             QKeySequence::DeleteStartOfWord,
                                                             QKeySequence::MoveToNextWord,
                                                             QKeySequence::MoveToPreviousWord,
                                                             QKeySequence::MoveToStartOfLine,
                                                             QKeySequence::MoveToEndOfLine,
                                                             QKeySequence::MoveToStartOfDocument,
                                                             QKeySequence::MoveToEndOfDocument,
                                                             QKeySequence::SelectNextWord,
                                                             QKeySequence::SelectPreviousWord,
                                                             QKeySequence::SelectStartOfLine,
                                                             QKeySequence::SelectEndOfLine,
                                                             QKeySequence::SelectStartOfDocument,
                                                             QKeySequence::SelectEndOfDocument};
        bool ours =
            std::any_of(std::begin(Ours), std::end(Ours), [key](QKeySequence::StandardKey standard) { return key->matches(standard); });
        const auto modifiers = key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
        if (modifiers == Qt::NoModifier) {
            const bool writes = !send(SCI_GETREADONLY);
            if (key->key() < Qt::Key_Escape)
                ours = ours || writes; // a printable character; in a read-only view "/" is the page's
            else
                ours = ours || key->key() == Qt::Key_Home || key->key() == Qt::Key_End || key->key() == Qt::Key_PageUp ||
                    key->key() == Qt::Key_PageDown || key->key() == Qt::Key_Up || key->key() == Qt::Key_Down ||
                    key->key() == Qt::Key_Left || key->key() == Qt::Key_Right ||
                    (writes &&
                     (key->key() == Qt::Key_Backspace || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter ||
                      key->key() == Qt::Key_Tab));
        }
        if (ours || (key->key() == Qt::Key_Escape && send(SCI_AUTOCACTIVE))) {
            event->accept();
            return true;
        }
    }
    return QsciScintillaBase::event(event);
}

void EditorSurface::keyPressEvent(QKeyEvent *event)
{
    event->ignore();
    Q_EMIT keyPressed(event);
    if (event->isAccepted())
        return;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers.testFlag(Qt::ControlModifier) && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        event->ignore();
        return;
    }
    if (event->key() == Qt::Key_Escape && !send(SCI_AUTOCACTIVE) && send(SCI_GETSELECTIONS) <= 1 && send(SCI_GETSELECTIONEMPTY)) {
        event->ignore();
        return;
    }
    if (send(SCI_GETREADONLY) && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)) {
        event->ignore();
        return;
    }
    // A combination with Ctrl that is no command of Scintilla's must not be typed as its letter.
    QKeyEvent bare(event->type(), event->key(), event->modifiers(),
                   modifiers.testFlag(Qt::ControlModifier) && !modifiers.testFlag(Qt::AltModifier) ? QString() : event->text(),
                   event->isAutoRepeat(), ushort(event->count()));
    QsciScintillaBase::keyPressEvent(&bare);
    event->setAccepted(bare.isAccepted());
}

void EditorSurface::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QsciScintillaBase::wheelEvent(event);
    constexpr int Step = 120;
    m_wheel += event->angleDelta().y();
    if (const int steps = m_wheel / Step; steps != 0) {
        m_wheel -= steps * Step;
        Q_EMIT zoomWanted(steps);
    }
    event->accept();
}

bool EditorSurface::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const long position = send(SCI_POSITIONFROMPOINTCLOSE, help->pos().x(), help->pos().y());
        Q_EMIT helpWanted(position, help->globalPos());
        return true;
    }
    return QsciScintillaBase::viewportEvent(event);
}

void EditorSurface::paintEvent(QPaintEvent *event)
{
    QsciScintillaBase::paintEvent(event);
    if (m_masked == 0)
        return;
    QPainter painter(viewport());
    painter.setClipRect(viewport()->rect().adjusted(int(send(SCI_GETMARGINLEFT)) + 30, 0, 0, 0));
    QFont font = Theme::fixedFont();
    font.setPointSizeF(qMax(4.0, font.pointSizeF() + double(send(SCI_GETZOOM))));
    painter.setFont(font);
    const long firstLine = send(SCI_DOCLINEFROMVISIBLE, send(SCI_GETFIRSTVISIBLELINE));
    const long lastVisible = send(SCI_GETFIRSTVISIBLELINE) + send(SCI_LINESONSCREEN) + 1;
    const long lastLine = qMin(send(SCI_DOCLINEFROMVISIBLE, lastVisible), send(SCI_GETLINECOUNT) - 1);
    const long caretLine = send(SCI_LINEFROMPOSITION, send(SCI_GETCURRENTPOS));
    for (long line = firstLine; line <= lastLine; ++line) {
        if (!send(SCI_GETLINEVISIBLE, line))
            continue;
        const long end = send(SCI_GETLINEENDPOSITION, line);
        for (long at = send(SCI_POSITIONFROMLINE, line); at < end;) {
            const long next = send(SCI_INDICATOREND, Masked, at);
            if (!indicatorAt(Masked, at)) {
                if (next <= at || next >= end)
                    break;
                at = next;
                continue;
            }
            const long stop = qMin(next, end);
            const int left = int(send(SCI_POINTXFROMPOSITION, 0, at));
            const int right = int(send(SCI_POINTXFROMPOSITION, 0, stop));
            const int top = int(send(SCI_POINTYFROMPOSITION, 0, at));
            const QRect cover(left, top, right - left, int(send(SCI_TEXTHEIGHT, line)));
            const bool current = line == caretLine && send(SCI_GETCARETLINEVISIBLE);
            painter.fillRect(cover, Theme::color(current ? Token::Current : Token::Base));
            painter.setPen(Theme::color(Token::Muted));
            painter.drawText(cover, Qt::AlignLeft | Qt::AlignVCenter, QString(12, u'•'));
            if (stop <= at)
                break;
            at = stop;
        }
    }
}

void EditorSurface::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuWanted(event->globalPos());
    event->accept();
}

void EditorSurface::mouseDoubleClickEvent(QMouseEvent *event)
{
    const long position = send(SCI_POSITIONFROMPOINTCLOSE, long(event->position().x()), long(event->position().y()));
    if (position >= 0 && indicatorAt(Masked, position)) {
        Q_EMIT doubleClickedAt(position);
        return;
    }
    QsciScintillaBase::mouseDoubleClickEvent(event);
}

QMimeData *EditorSurface::toMimeData(const QByteArray &text, bool rectangular) const
{
    QMimeData *mime = QsciScintillaBase::toMimeData(text, rectangular);
    bool holdsSecret = false;
    for (long n = 0, count = send(SCI_GETSELECTIONS); n < count && !holdsSecret; ++n)
        holdsSecret = overlaps(Revealed, send(SCI_GETSELECTIONNSTART, n), send(SCI_GETSELECTIONNEND, n));
    if (holdsSecret) {
        // A value that was hidden does not stay on the clipboard.
        mime->setData(u"x-kde-passwordManagerHint"_s, "secret");
        clipboard::forgetLater(mime->text());
    }
    if (m_masked == 0)
        return mime;
    QByteArray masked;
    bool touched = false;
    const long selections = send(SCI_GETSELECTIONS);
    for (long n = 0; n < selections; ++n) {
        const long end = send(SCI_GETSELECTIONNEND, n);
        if (n > 0)
            masked += '\n';
        for (long at = send(SCI_GETSELECTIONNSTART, n); at < end;) {
            long next = send(SCI_INDICATOREND, Masked, at);
            if (next <= at || next > end)
                next = end;
            if (indicatorAt(Masked, at)) {
                masked += core::text::secretMask().toUtf8();
                touched = true;
            } else {
                masked += bytes(at, next);
            }
            at = next;
        }
    }
    if (!touched)
        return mime;
    Ticket &ticket = lastTicket();
    ticket = {QUuid::createUuid().toByteArray(), text};
    mime->setText(QString::fromUtf8(masked));
    if (holdsSecret)
        clipboard::forgetLater(mime->text());
    mime->setData(PrivateFormat, ticket.id);
    return mime;
}

QByteArray EditorSurface::fromMimeData(const QMimeData *source, bool &rectangular) const
{
    if (const QByteArray id = source->data(PrivateFormat); !id.isEmpty() && id == lastTicket().id) {
        rectangular = false;
        return lastTicket().text;
    }
    return QsciScintillaBase::fromMimeData(source, rectangular);
}

bool EditorSurface::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText();
}

bool EditorSurface::focusNextPrevChild(bool next)
{
    // A text that cannot be typed into has no use for the Tab key.
    if (send(SCI_GETREADONLY))
        return QAbstractScrollArea::focusNextPrevChild(next);
    return QsciScintillaBase::focusNextPrevChild(next);
}

} // namespace ui
