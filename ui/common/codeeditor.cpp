// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/codeeditor_p.h"

#include "ui/common/messagebar.h"
#include "ui/common/sizetext.h"

#include <algorithm>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using Base = QsciScintillaBase;

namespace {

const QByteArray Bom = "\xEF\xBB\xBF";
/// Laying out one line costs time and memory by its length; beyond this it is shown in pieces.
constexpr qsizetype LongestLine = 128 * 1024;
constexpr qsizetype Piece = 2000;

/// Offsets at which a line too long to lay out is cut for showing, never inside a character.
QList<qsizetype> piecesOf(const QByteArray &text)
{
    QList<qsizetype> breaks;
    qsizetype lineStart = 0;
    const auto endLine = [&](qsizetype end) {
        if (end - lineStart > LongestLine) {
            for (qsizetype at = lineStart + Piece; at < end; at += Piece) {
                while (at < end && (uchar(text.at(at)) & 0xC0) == 0x80)
                    ++at;
                if (at < end)
                    breaks.append(at);
            }
        }
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == '\n' || text.at(i) == '\r') {
            endLine(i);
            lineStart = i + 1;
        }
    }
    endLine(text.size());
    return breaks;
}

} // namespace

namespace ui {

CodeEditor::Private::Private(CodeEditor *editor)
    : q(editor)
    , surface(new EditorSurface(editor))
    , find(new FindBar(editor))
    , notice(new MessageBar(editor))
    , hint(new QLabel(surface))
{
}

void CodeEditor::Private::buildUi()
{
    auto *layout = new QVBoxLayout(q);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(notice);
    layout->addWidget(surface, 1);
    layout->addWidget(find);
    find->hide();
    hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    hint->move(64, 2);
    Theme::setMuted(hint);
    q->setFocusProxy(surface);
    searchTimer.setSingleShot(true);
    QObject::connect(&searchTimer, &QTimer::timeout, q, [this] { runSearch(); });
    maskTimer.setSingleShot(true);
    QObject::connect(&maskTimer, &QTimer::timeout, q, [this] {
        startMasks();
        // What has just been hidden is not found any more.
        if (!maskTimer.isActive() && !find->isHidden())
            runSearch();
    });

    QObject::connect(surface, &Base::SCN_MODIFIED, q,
                     [this](int position, int type, const char *, int length, int linesAdded, int, int, int, int, int) {
                         textModified(position, type, length, linesAdded);
                     });
    QObject::connect(surface, qOverload<const char *, int, int, int>(&Base::SCN_AUTOCSELECTION), q,
                     [this](const char *text) { completionChosen(text); });
    QObject::connect(surface, &Base::SCN_UPDATEUI, q, [this](int updated) { caretChanged(updated); });
    QObject::connect(surface, &Base::SCN_CHARADDED, q, [this](int character) { characterAdded(character); });
    QObject::connect(surface, &Base::SCN_STYLENEEDED, q, [this](int position) {
        if (format == core::text::Format::Toml)
            styleToml(surface->send(Base::SCI_GETENDSTYLED), position);
    });
    const auto modification = [this] {
        const bool now = q->isModified();
        if (!loading && std::exchange(wasModified, now) != now)
            Q_EMIT q->modifiedChanged(now);
    };
    QObject::connect(surface, &Base::SCN_SAVEPOINTLEFT, q, modification);
    QObject::connect(surface, &Base::SCN_SAVEPOINTREACHED, q, modification);
    QObject::connect(surface, &Base::SCN_ZOOM, q, [this] {
        marginDigits = 0;
        updateMargins();
        Q_EMIT q->zoomChanged(q->zoom());
    });
    QObject::connect(surface, &EditorSurface::keyPressed, q, [this](QKeyEvent *event) { event->setAccepted(handleKey(event)); });
    QObject::connect(surface, &EditorSurface::zoomWanted, q, [this](int steps) { q->setZoom(q->zoom() + steps); });
    QObject::connect(surface, &EditorSurface::menuWanted, q, [this](const QPoint &position) { showMenu(position); });
    QObject::connect(surface, &EditorSurface::helpWanted, q, [this](long position, const QPoint &at) { showHelp(position, at); });
    QObject::connect(surface, &EditorSurface::doubleClickedAt, q, [this](long position) {
        if (const auto run = surface->run(EditorSurface::Masked, position))
            reveal(run->first, run->second);
    });
    QObject::connect(find, &FindBar::patternChanged, q, [this] { search(); });
    QObject::connect(find, &FindBar::nextRequested, q, [this] { step(1); });
    QObject::connect(find, &FindBar::previousRequested, q, [this] { step(-1); });
    QObject::connect(find, &FindBar::replaceRequested, q, [this] { replaceOne(); });
    QObject::connect(find, &FindBar::replaceAllRequested, q, [this] { replaceAll(); });
    QObject::connect(find, &FindBar::closed, q, [this] { q->closeFind(); });
    QObject::connect(find, &FindBar::lineRequested, q, [this](int line, int column) {
        q->closeFind();
        q->goTo({line, column});
    });
}

CodeEditor::CodeEditor(QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    d->buildUi();
    setAccessibleName(tr("Text"));
    d->surface->setAccessibleName(tr("Text"));
    d->load({});
    d->applyTheme();
}

CodeEditor::~CodeEditor()
{
    // The surface may still report while it is being destroyed.
    d->surface->disconnect(this);
    d->find->disconnect(this);
}

void CodeEditor::Private::load(const QByteArray &content)
{
    loading = true;
    original = content;
    pristine = true;
    forceModified = false;
    facts = core::text::inspect(content);
    bom = content.startsWith(Bom) ? Bom : QByteArray();
    const QByteArray text = content.mid(bom.size());
    breaks = piecesOf(text);
    problems.clear();
    marks.reset();
    maskTimer.stop();
    changedLines.clear();
    found = {};
    surface->send(Base::SCI_SETREADONLY, 0);
    surface->send(Base::SCI_SETUNDOCOLLECTION, 0);
    surface->send(Base::SCI_SETLEXER, Base::SCLEX_NULL); // no styling of every piece that comes
    surface->send(Base::SCI_CLEARALL);
    surface->send(Base::SCI_ALLOCATE, long(text.size() + 65536));
    if (breaks.isEmpty()) {
        surface->sendText(Base::SCI_APPENDTEXT, text);
    } else {
        QByteArray shown;
        shown.reserve(text.size() + breaks.size());
        qsizetype from = 0;
        for (const qsizetype at : std::as_const(breaks)) {
            shown += QByteArrayView(text).sliced(from, at - from);
            shown += '\n';
            from = at;
        }
        shown += QByteArrayView(text).sliced(from);
        surface->sendText(Base::SCI_APPENDTEXT, shown);
    }
    using LineEnd = core::text::TextFacts::LineEnd;
    surface->send(Base::SCI_SETEOLMODE,
                  facts.lineEnd == LineEnd::CrLf     ? Base::SC_EOL_CRLF
                      : facts.lineEnd == LineEnd::Cr ? Base::SC_EOL_CR
                                                     : Base::SC_EOL_LF);
    if (facts.lineEnd == LineEnd::Mixed) {
        // New lines get the kind most lines have.
        const qsizetype crlf = text.count("\r\n"), lf = text.count('\n') - crlf, cr = text.count('\r') - crlf;
        surface->send(Base::SCI_SETEOLMODE, crlf > lf && crlf > cr ? Base::SC_EOL_CRLF : cr > lf ? Base::SC_EOL_CR : Base::SC_EOL_LF);
    }
    // Tabs where the text has them already.
    surface->send(Base::SCI_SETUSETABS, text.startsWith('\t') || text.contains("\n\t") ? 1 : 0);
    surface->send(Base::SCI_SETTABWIDTH, 4);
    surface->send(Base::SCI_SETINDENT, surface->send(Base::SCI_GETUSETABS) ? 0 : 2);
    surface->send(Base::SCI_SETUNDOCOLLECTION, 1);
    surface->send(Base::SCI_EMPTYUNDOBUFFER);
    surface->send(Base::SCI_SETSAVEPOINT);
    surface->send(Base::SCI_SETSCROLLWIDTH, 1);
    surface->send(Base::SCI_GOTOPOS, 0);
    surface->send(Base::SCI_SETFIRSTVISIBLELINE, 0);
    surface->send(Base::SCI_SETXOFFSET, 0);
    applyAccess();
    updateMargins();
    applyFormat();
    setMasked(0);
    showNotices();
    hint->setVisible(text.isEmpty());
    loading = false;
    ++revision;
    if (!find->isHidden())
        runSearch();
}

void CodeEditor::Private::applyAccess()
{
    const bool editable = access == Access::Editable && facts.utf8 && !facts.nul && breaks.isEmpty();
    surface->send(Base::SCI_SETREADONLY, editable ? 0 : 1);
    find->setReplaceAllowed(editable);
}

void CodeEditor::Private::showNotices()
{
    notice->clear();
    Message message;
    message.state = StateColor::Warning;
    if (facts.nul)
        message.text = CodeEditor::tr("This content holds NUL bytes. It is shown as well as possible and cannot be edited as text.");
    else if (!facts.utf8)
        message.text =
            CodeEditor::tr("This content is not UTF-8 (first at byte %1). It is shown as well as possible and cannot be edited as text.")
                .arg(countText(facts.firstInvalid + 1));
    else if (!breaks.isEmpty())
        message.text =
            CodeEditor::tr("A line of this content is too long to edit here. It is shown in pieces; formatting it makes it editable.");
    else
        return;
    notice->show(message);
}

void CodeEditor::setContent(const QByteArray &content)
{
    const bool was = isModified();
    d->load(content);
    d->wasModified = false;
    Q_EMIT contentChanged();
    if (was)
        Q_EMIT modifiedChanged(false);
    Q_EMIT undoStateChanged();
}

QByteArray CodeEditor::content() const
{
    if (d->pristine)
        return d->original;
    return d->bom + d->surface->bytes(0, d->surface->length());
}

void CodeEditor::replaceContent(const QByteArray &content)
{
    const QByteArray now = this->content();
    if (content == now)
        return;
    const QByteArray bom = content.startsWith(Bom) ? Bom : QByteArray();
    const core::text::TextFacts facts = core::text::inspect(content);
    const QByteArray text = content.mid(bom.size());
    if (!isTextual() || !d->breaks.isEmpty() || !facts.utf8 || facts.nul || bom != d->bom || !piecesOf(text).isEmpty()) {
        // One of the two cannot be edited as text: there is nothing to undo to.
        d->load(content);
        d->forceModified = true;
        d->wasModified = true;
        Q_EMIT contentChanged();
        Q_EMIT modifiedChanged(true);
        Q_EMIT undoStateChanged();
        return;
    }
    // Only what differs is touched, so that caret, folds and marks outside of it stay.
    const QByteArray old = now.mid(bom.size());
    qsizetype head = 0;
    const qsizetype shorter = qMin(old.size(), text.size());
    while (head < shorter && old.at(head) == text.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && old.at(old.size() - 1 - tail) == text.at(text.size() - 1 - tail))
        ++tail;
    // Never inside a character or between CR and LF.
    const auto inside = [](const QByteArray &bytes, qsizetype at) {
        return at > 0 && at < bytes.size() && ((uchar(bytes.at(at)) & 0xC0) == 0x80 || (bytes.at(at) == '\n' && bytes.at(at - 1) == '\r'));
    };
    while (head > 0 && (inside(old, head) || inside(text, head)))
        --head;
    while (tail > 0 && (inside(old, old.size() - tail) || inside(text, text.size() - tail)))
        --tail;
    const bool readOnly = d->surface->send(Base::SCI_GETREADONLY);
    const auto hidden = d->marks.in(long(head), long(old.size() - tail));
    d->surface->send(Base::SCI_SETREADONLY, 0);
    d->surface->send(Base::SCI_BEGINUNDOACTION);
    d->surface->send(Base::SCI_SETTARGETRANGE, long(head), long(old.size() - tail));
    d->surface->sendText(Base::SCI_REPLACETARGET, text.mid(head, text.size() - head - tail));
    d->surface->send(Base::SCI_ENDUNDOACTION);
    d->surface->send(Base::SCI_SETREADONLY, readOnly ? 1 : 0);
    d->keepHidden(hidden, long(head), long(text.size() - tail));
    d->applyFormat();
}

const core::text::TextFacts &CodeEditor::facts() const
{
    return d->facts;
}

quint64 CodeEditor::revision() const
{
    return d->revision;
}

qsizetype CodeEditor::byteCount() const
{
    return d->pristine ? d->original.size() : d->bom.size() + d->surface->length();
}

int CodeEditor::lineCount() const
{
    return d->pristine && !d->breaks.isEmpty() ? int(d->facts.lines) : int(d->surface->send(Base::SCI_GETLINECOUNT));
}

void CodeEditor::setFormat(core::text::Format format)
{
    if (d->format == format)
        return;
    d->format = format;
    d->applyFormat();
}

core::text::Format CodeEditor::format() const
{
    return d->format;
}

void CodeEditor::setAccess(Access access)
{
    d->access = access;
    d->applyAccess();
}

CodeEditor::Access CodeEditor::access() const
{
    return d->surface->send(Base::SCI_GETREADONLY) ? Access::ReadOnly : Access::Editable;
}

bool CodeEditor::isTextual() const
{
    return d->facts.utf8 && !d->facts.nul;
}

bool CodeEditor::isModified() const
{
    return d->forceModified || d->surface->send(Base::SCI_GETMODIFY);
}

void CodeEditor::setUnmodified()
{
    d->forceModified = false;
    d->surface->send(Base::SCI_SETSAVEPOINT);
    if (std::exchange(d->wasModified, false))
        Q_EMIT modifiedChanged(false);
}

void CodeEditor::Private::textModified(int position, int type, int length, int linesAdded)
{
    if (loading)
        return;
    if (type & Base::SC_MOD_BEFOREDELETE) {
        maskedBeforeDeletion = surface->runs(EditorSurface::Masked, position, position + length);
        return;
    }
    pristine = false;
    original.clear();
    ++revision;
    hint->setVisible(surface->length() == 0);
    if (linesAdded != 0)
        updateMargins();
    const bool inserted = type & Base::SC_MOD_INSERTTEXT;
    Q_EMIT q->edited(position, inserted ? 0 : length, inserted ? length : 0);
    moveMasks(position, type, length);
    if (!find->isHidden() && find->mode() != FindBar::Mode::GoToLine)
        searchTimer.start(150);
    Q_EMIT q->contentChanged();
    Q_EMIT q->undoStateChanged();
}

void CodeEditor::Private::caretChanged(int updated)
{
    if (updated & (Base::SC_UPDATE_SELECTION | Base::SC_UPDATE_CONTENT)) {
        updateBraces();
        if (!loading)
            Q_EMIT q->caretMoved(q->caret());
    }
}

long CodeEditor::Private::toSurface(qsizetype offset) const
{
    return long(offset) + long(std::upper_bound(breaks.cbegin(), breaks.cend(), offset) - breaks.cbegin());
}

qsizetype CodeEditor::Private::fromSurface(long position) const
{
    qsizetype before = 0;
    while (before < breaks.size() && breaks.at(before) + before < position)
        ++before;
    return position - before;
}

long CodeEditor::Private::positionOf(Place place) const
{
    if (!breaks.isEmpty() && pristine) {
        // Lines as the content has them, not as they are shown.
        const QByteArray text = original.mid(bom.size());
        qsizetype at = 0;
        for (int line = 1; line < place.line && at < text.size(); ++at)
            if (text.at(at) == '\n' || (text.at(at) == '\r' && (at + 1 >= text.size() || text.at(at + 1) != '\n')))
                ++line;
        for (int column = 1; column < place.column && at < text.size() && text.at(at) != '\n' && text.at(at) != '\r'; ++column) {
            ++at;
            while (at < text.size() && (uchar(text.at(at)) & 0xC0) == 0x80)
                ++at;
        }
        return toSurface(at);
    }
    const long line = qBound(0L, long(place.line) - 1, surface->send(Base::SCI_GETLINECOUNT) - 1);
    const long start = surface->send(Base::SCI_POSITIONFROMLINE, line);
    const long end = surface->send(Base::SCI_GETLINEENDPOSITION, line);
    const long position = place.column > 1 ? surface->send(Base::SCI_POSITIONRELATIVE, start, place.column - 1) : start;
    // POSITIONRELATIVE answers 0 beyond the end of the text.
    return (place.column > 1 && position <= start) || position > end ? end : position;
}

CodeEditor::Place CodeEditor::Private::placeOf(long position) const
{
    if (!breaks.isEmpty() && pristine) {
        const QByteArray text = original.mid(bom.size(), fromSurface(position));
        const qsizetype lineStart = qMax(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
        const qsizetype lf = text.count('\n'), cr = text.count('\r') - text.count("\r\n");
        return {int(lf + cr) + 1, int(QString::fromUtf8(text.mid(lineStart)).toUcs4().size()) + 1};
    }
    const long line = surface->send(Base::SCI_LINEFROMPOSITION, position);
    const long start = surface->send(Base::SCI_POSITIONFROMLINE, line);
    return {int(line) + 1, int(surface->send(Base::SCI_COUNTCHARACTERS, start, position)) + 1};
}

CodeEditor::Place CodeEditor::caret() const
{
    return d->placeOf(d->surface->send(Base::SCI_GETCURRENTPOS));
}

void CodeEditor::goTo(Place place)
{
    const long position = d->positionOf(place);
    d->select(position, position);
    d->surface->setFocus();
}

QString CodeEditor::selectedText() const
{
    return QString::fromUtf8(d->surface->bytes(d->surface->send(Base::SCI_GETSELECTIONSTART), d->surface->send(Base::SCI_GETSELECTIONEND)));
}

bool CodeEditor::hasSelection() const
{
    return !d->surface->send(Base::SCI_GETSELECTIONEMPTY);
}

void CodeEditor::cut()
{
    d->surface->send(Base::SCI_CUT);
}

void CodeEditor::copy()
{
    d->surface->send(Base::SCI_COPY);
}

void CodeEditor::paste()
{
    d->surface->send(Base::SCI_PASTE);
}

void CodeEditor::selectAll()
{
    d->surface->send(Base::SCI_SELECTALL);
}

void CodeEditor::insertText(const QString &text)
{
    if (access() == Access::Editable)
        d->surface->SendScintilla(Base::SCI_REPLACESEL, text.toUtf8().constData());
}

void CodeEditor::replaceBytes(qsizetype offset, qsizetype length, const QByteArray &with)
{
    if (!d->breaks.isEmpty() || !isTextual())
        return;
    const bool readOnly = d->surface->send(Base::SCI_GETREADONLY);
    d->surface->send(Base::SCI_SETREADONLY, 0);
    d->surface->send(Base::SCI_SETTARGETRANGE, long(offset), long(offset + length));
    d->surface->sendText(Base::SCI_REPLACETARGET, with);
    d->surface->send(Base::SCI_SETREADONLY, readOnly ? 1 : 0);
}

void CodeEditor::undo()
{
    d->surface->send(Base::SCI_UNDO);
}

void CodeEditor::redo()
{
    d->surface->send(Base::SCI_REDO);
}

bool CodeEditor::canUndo() const
{
    return d->surface->send(Base::SCI_CANUNDO);
}

bool CodeEditor::canRedo() const
{
    return d->surface->send(Base::SCI_CANREDO);
}

void CodeEditor::addNextOccurrence()
{
    if (d->surface->send(Base::SCI_GETSELECTIONEMPTY)) {
        const long caret = d->surface->send(Base::SCI_GETCURRENTPOS);
        d->surface->send(Base::SCI_SETSEL, d->surface->send(Base::SCI_WORDSTARTPOSITION, caret, 1),
                         d->surface->send(Base::SCI_WORDENDPOSITION, caret, 1));
        return;
    }
    d->surface->send(Base::SCI_TARGETWHOLEDOCUMENT);
    d->surface->send(Base::SCI_SETSEARCHFLAGS, Base::SCFIND_MATCHCASE);
    d->surface->send(Base::SCI_MULTIPLESELECTADDNEXT);
}

void CodeEditor::setChangedLines(const QList<int> &lines)
{
    d->changedLines = lines;
    d->surface->send(Base::SCI_MARKERDELETEALL, EditorSurface::ChangedMark);
    for (const int line : lines)
        d->surface->send(Base::SCI_MARKERADD, line - 1, EditorSurface::ChangedMark);
}

void CodeEditor::setPlaceholder(const QString &text)
{
    d->hint->setText(text);
    d->hint->adjustSize();
    setAccessibleName(text);
    d->surface->setAccessibleName(text);
}

void CodeEditor::setWrap(Wrap wrap)
{
    // Wrapping lays out every line once; that is for texts of ordinary size.
    const bool on = wrap == Wrap::On && d->surface->length() <= 1024 * 1024;
    d->surface->send(Base::SCI_SETWRAPMODE, on ? Base::SC_WRAP_WORD : Base::SC_WRAP_NONE);
}

int CodeEditor::zoom() const
{
    return int(d->surface->send(Base::SCI_GETZOOM));
}

void CodeEditor::setZoom(int points)
{
    d->surface->send(Base::SCI_SETZOOM, qBound(LeastZoom, points, MostZoom));
}

} // namespace ui
