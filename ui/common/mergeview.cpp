// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/mergeview.h"

#include "core/text/inlinelimit.h"
#include "core/text/secrets.h"
#include "ui/common/codeeditor.h"
#include "ui/common/diffcanvas.h"
#include "ui/common/followlanguage.h"
#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

using Choice = core::text::MergeChunk::Choice;

const QByteArray Bom = "\xEF\xBB\xBF";

/// What a conflict contributes to the result; one that is open stands as mine, so that nothing of the person's own work is missing.
QByteArray contribution(const core::text::MergeChunk &chunk)
{
    return chunk.isOpen() ? chunk.mine : chunk.text();
}

} // namespace

namespace ui {

class MergeView::Private {
public:
    Private(MergeView *view, core::Workers &workers);
    /// What takes long, made of the input alone.
    struct Made {
        core::text::MergeResult merged;
        std::shared_ptr<const DiffModel> model;
        QByteArray text;
        QList<core::text::SecretSpan> secrets;
        explicit Made(const MergeInput &input);
    };
    void present(const MergeInput &input, const Made &made);
    void moveSecrets(qsizetype offset, qsizetype removed, qsizetype added);
    void coverSecrets();
    void trackEdit(qsizetype offset, qsizetype removed, qsizetype added);
    void take(int conflict, Choice choice);
    void taken();
    void setWords();
    void updateBar();
    void markOpen();
    bool isOpen(int conflict) const { return !conflicts.at(conflict).touched && conflicts.at(conflict).choice == Choice::Open; }

    struct Conflict {
        int chunk = 0;
        qsizetype from = 0, to = 0; ///< its stretch of the result, bytes without byte order mark
        Choice choice = Choice::Open;
        bool touched = false; ///< edited by hand
    };

    MergeView *q;
    core::Workers &workers;
    QLabel *count;
    QuietButton *previous;
    QuietButton *next;
    QuietButton *mine;
    QuietButton *theirs;
    QuietButton *both;
    QuietButton *bothTurned;
    QuietButton *base;
    QuietButton *allMine;
    QuietButton *allTheirs;
    QuietButton *revealButton;
    core::text::Format format = core::text::Format::Text;
    bool uncovered = false;
    ElidedLabel *mineLabel;
    ElidedLabel *theirsLabel;
    ElidedLabel *resultLabel;
    DiffCanvas *canvas;
    CodeEditor *editor;
    core::text::MergeResult merged;
    QList<Conflict> conflicts;
    int current = -1;
    int lastOpen = 0;
    bool choosing = false;
    bool pending = false;
    bool edited = false; ///< by the person
    quint64 generation = 0;
    QList<core::text::SecretSpan> secrets; ///< in the result as it is, as far as known
};

MergeView::Private::Made::Made(const MergeInput &input)
    : merged(core::text::merge(input.base, input.mine, input.theirs))
    , model(std::make_shared<const DiffModel>(makeMergeModel(input, merged)))
{
    for (const core::text::MergeChunk &chunk : merged.chunks)
        text += contribution(chunk);
    secrets = core::text::findSecrets(input.format, text);
}

MergeView::Private::Private(MergeView *view, core::Workers &given)
    : q(view)
    , workers(given)
    , count(new QLabel)
    , previous(QuietButton::iconOnly(Icon::Up, {}))
    , next(QuietButton::iconOnly(Icon::Down, {}))
    , mine(new QuietButton)
    , theirs(new QuietButton)
    , both(new QuietButton)
    , bothTurned(new QuietButton)
    , base(new QuietButton)
    , allMine(new QuietButton)
    , allTheirs(new QuietButton)
    , revealButton(new QuietButton(Icon::Reveal, {}))
    , mineLabel(new ElidedLabel)
    , theirsLabel(new ElidedLabel)
    , resultLabel(new ElidedLabel)
    , canvas(new DiffCanvas)
    , editor(new CodeEditor)
{
    count->setObjectName(u"mergeCount"_s);
    previous->setObjectName(u"mergePrevious"_s);
    next->setObjectName(u"mergeNext"_s);
    struct Setup {
        QuietButton *button;
        QString name;
        Choice choice;
    };
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Between + 4, metrics::Inside, metrics::Between, metrics::Inside);
    bar->setSpacing(metrics::Inside);
    bar->addWidget(count);
    bar->addWidget(previous);
    bar->addWidget(next);
    bar->addStretch(1);
    revealButton->setObjectName(u"mergeReveal"_s);
    bar->addWidget(revealButton);
    QObject::connect(revealButton, &QToolButton::clicked, view, [this] {
        uncovered = true;
        canvas->revealAll();
        editor->revealAll();
    });
    QObject::connect(canvas, &DiffCanvas::maskedCountChanged, view, [this] { updateBar(); });
    for (const Setup &setup :
         {Setup{mine, u"mergeMine"_s, Choice::Mine}, Setup{theirs, u"mergeTheirs"_s, Choice::Theirs},
          Setup{both, u"mergeBoth"_s, Choice::MineThenTheirs}, Setup{bothTurned, u"mergeBothTurned"_s, Choice::TheirsThenMine},
          Setup{base, u"mergeBase"_s, Choice::Base}}) {
        setup.button->setObjectName(setup.name);
        setup.button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        setup.button->setCheckable(true);
        const Choice choice = setup.choice;
        QObject::connect(setup.button, &QToolButton::clicked, view, [this, choice] {
            if (current >= 0)
                q->choose(current, choice);
            updateBar();
        });
        bar->addWidget(setup.button);
    }
    auto *names = new QHBoxLayout;
    names->setContentsMargins(metrics::Between + 4, metrics::Inside, metrics::Between, metrics::Inside);
    names->setSpacing(metrics::Between);
    // Each side's own button at the end of its name; the halves stay halves.
    for (const auto &[label, button, choice] :
         {std::tuple(mineLabel, allMine, Choice::Mine), std::tuple(theirsLabel, allTheirs, Choice::Theirs)}) {
        auto *half = new QHBoxLayout;
        half->setSpacing(metrics::Inside);
        half->addWidget(label, 1);
        half->addWidget(button);
        names->addLayout(half, 1);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        QObject::connect(button, &QToolButton::clicked, view, [this, wanted = choice] { q->chooseAll(wanted); });
    }
    allMine->setObjectName(u"mergeAllMine"_s);
    allTheirs->setObjectName(u"mergeAllTheirs"_s);
    for (ElidedLabel *label : {mineLabel, theirsLabel, resultLabel})
        Theme::setMuted(label);
    resultLabel->setContentsMargins(metrics::Between + 4, metrics::Inside, metrics::Between, metrics::Inside);
    editor->setObjectName(u"mergeResult"_s);

    auto *upper = new QWidget;
    auto *upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    upperLayout->addLayout(bar);
    upperLayout->addWidget(new Separator);
    upperLayout->addLayout(names);
    upperLayout->addWidget(new Separator);
    upperLayout->addWidget(canvas, 1);
    auto *lower = new QWidget;
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(0);
    lowerLayout->addWidget(resultLabel);
    lowerLayout->addWidget(new Separator);
    lowerLayout->addWidget(editor, 1);
    auto *splitter = new QSplitter(Qt::Vertical, view);
    splitter->addWidget(upper);
    splitter->addWidget(lower);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(view);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    view->setFocusProxy(canvas);

    QObject::connect(previous, &QToolButton::clicked, view, &MergeView::previousConflict);
    QObject::connect(next, &QToolButton::clicked, view, &MergeView::nextConflict);
    QObject::connect(canvas, &DiffCanvas::currentChangeChanged, view, [this](int index) {
        if (index >= 0 && index != current)
            q->goToConflict(index);
    });
    QObject::connect(editor, &CodeEditor::edited, view, [this](qsizetype offset, qsizetype removed, qsizetype added) {
        moveSecrets(offset, removed, added);
        trackEdit(offset, removed, added);
    });
    QObject::connect(canvas, &DiffCanvas::zoomWanted, view, [this](int steps) { q->setZoom(q->zoom() + steps); });
    QObject::connect(editor, &CodeEditor::zoomChanged, view, [this](int points) {
        canvas->setZoom(points);
        Q_EMIT q->zoomChanged(points);
    });
    QObject::connect(editor, &CodeEditor::contentChanged, view, [this] {
        if (choosing)
            return;
        edited = true;
        updateBar();
        Q_EMIT q->resultChanged();
    });
}

MergeView::MergeView(core::Workers &workers, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this, workers))
{
    followLanguage(this, [this] {
        setAccessibleName(tr("Merge"));
        d->setWords();
        d->updateBar();
    });
}

MergeView::~MergeView() = default;

void MergeView::merge(const MergeInput &input)
{
    d->mineLabel->setText(input.mineLabel);
    d->theirsLabel->setText(input.theirsLabel);
    const quint64 generation = ++d->generation;
    d->edited = false;
    if (input.base.size() + input.mine.size() + input.theirs.size() <= core::text::InlineLimit)
        return d->present(input, Private::Made(input));
    // What a merge before this one was about is not on show meanwhile.
    d->pending = true;
    d->merged = {};
    d->conflicts.clear();
    d->current = -1;
    d->canvas->setModel(std::make_shared<const DiffModel>());
    {
        const QScopedValueRollback guard(d->choosing, true);
        d->editor->setContent({});
        d->editor->setAccess(CodeEditor::Access::ReadOnly);
    }
    d->updateBar();
    using Made = std::shared_ptr<const Private::Made>;
    d->workers.run(
        this, [input] { return Made(std::make_shared<const Private::Made>(input)); },
        [this, input, generation](const Made &made) {
            if (generation == d->generation)
                d->present(input, *made);
        });
}

bool MergeView::isReady() const
{
    return !d->pending;
}

void MergeView::Private::present(const MergeInput &input, const Made &made)
{
    pending = false;
    merged = made.merged;
    format = input.format;
    uncovered = false;
    conflicts.clear();
    current = -1;
    qsizetype at = 0;
    for (int i = 0; i < merged.chunks.size(); ++i) {
        const core::text::MergeChunk &chunk = merged.chunks.at(i);
        const qsizetype length = contribution(chunk).size();
        if (chunk.kind == core::text::MergeChunk::Kind::Conflict)
            conflicts.append({i, at, at + length, Choice::Open, false});
        at += length;
    }
    const qsizetype bom = made.text.startsWith(Bom) ? Bom.size() : 0;
    for (Conflict &conflict : conflicts) {
        conflict.from = qMax<qsizetype>(0, conflict.from - bom);
        conflict.to = qMax<qsizetype>(0, conflict.to - bom);
    }
    {
        const QScopedValueRollback guard(choosing, true);
        editor->setAccess(CodeEditor::Access::Editable);
        editor->setFormat(input.format);
        editor->setContent(made.text);
    }
    canvas->setModel(made.model);
    secrets = made.secrets;
    editor->setSecrets(secrets);
    lastOpen = -1;
    updateBar();
    if (!conflicts.isEmpty())
        q->goToConflict(0);
    Q_EMIT q->resultChanged();
}

/// Keeps the conflicts' stretches where they belong while the result is edited.
void MergeView::Private::trackEdit(qsizetype offset, qsizetype removed, qsizetype added)
{
    if (choosing)
        return;
    const qsizetype end = offset + removed, grown = added - removed;
    for (Conflict &conflict : conflicts) {
        const bool inside = conflict.from == conflict.to ? offset <= conflict.from && end >= conflict.from
            : removed == 0                               ? offset > conflict.from && offset < conflict.to
                                                         : offset < conflict.to && end > conflict.from;
        if (inside) {
            conflict.to = qMax(conflict.to, end) + grown;
            conflict.from = qMin(conflict.from, offset);
            conflict.touched = true;
        } else if (end <= conflict.from) {
            conflict.from += grown;
            conflict.to += grown;
        }
    }
}

void MergeView::choose(int conflict, Choice choice)
{
    if (conflict < 0 || conflict >= d->conflicts.size())
        return;
    d->take(conflict, choice);
    d->taken();
}

void MergeView::chooseAll(Choice choice)
{
    for (int conflict = 0; conflict < d->conflicts.size(); ++conflict)
        if (!d->conflicts.at(conflict).touched)
            d->take(conflict, choice);
    d->taken();
}

void MergeView::Private::take(int conflict, Choice choice)
{
    Conflict &chosen = conflicts[conflict];
    core::text::MergeChunk &chunk = merged.chunks[chosen.chunk];
    chunk.choice = choice;
    QByteArray text = contribution(chunk);
    if (chosen.from == 0 && editor->facts().bom && text.startsWith(Bom))
        text = text.mid(Bom.size());
    {
        const QScopedValueRollback guard(choosing, true);
        editor->replaceBytes(chosen.from, chosen.to - chosen.from, text);
    }
    // Until the whole is looked through, the stretch by itself says what is to be covered; a very long one is covered as it is.
    const qsizetype start = chosen.from + (editor->facts().bom ? Bom.size() : 0);
    if (text.size() > core::text::InlineLimit)
        secrets.append({start, text.size(), 1, {}});
    else
        for (core::text::SecretSpan span : core::text::findSecrets(format, text)) {
            span.offset += start;
            secrets.append(span);
        }
    const qsizetype grown = text.size() - (chosen.to - chosen.from);
    chosen.to = chosen.from + text.size();
    chosen.choice = choice;
    chosen.touched = false;
    for (int later = conflict + 1; later < conflicts.size(); ++later) {
        conflicts[later].from += grown;
        conflicts[later].to += grown;
    }
}

void MergeView::Private::taken()
{
    edited = true;
    // The bytes chosen are new to the editor: a secret in them is covered as well, unless the person has uncovered all.
    if (!uncovered)
        coverSecrets();
    updateBar();
    Q_EMIT q->resultChanged();
}

void MergeView::Private::coverSecrets()
{
    const QByteArray content = editor->content();
    if (content.size() <= core::text::InlineLimit) {
        secrets = core::text::findSecrets(format, content);
    } else {
        workers.run(
            q, [content, format = format] { return core::text::findSecrets(format, content); },
            [this, generation = generation, revision = editor->revision()](const QList<core::text::SecretSpan> &found) {
                if (generation != this->generation || revision != editor->revision() || uncovered)
                    return;
                secrets = found;
                editor->setSecrets(secrets);
            });
    }
    editor->setSecrets(secrets);
}

/// The spans stay where their text is; one that is edited is none any more.
void MergeView::Private::moveSecrets(qsizetype offset, qsizetype removed, qsizetype added)
{
    const qsizetype from = offset + (editor->facts().bom ? Bom.size() : 0), to = from + removed;
    secrets.removeIf([&](const core::text::SecretSpan &span) {
        const qsizetype end = span.offset + span.length;
        return removed == 0 ? from > span.offset && from < end : from < end && to > span.offset;
    });
    for (core::text::SecretSpan &span : secrets)
        span.offset += span.offset >= to ? added - removed : 0;
}

int MergeView::conflictCount() const
{
    return int(d->conflicts.size());
}

int MergeView::openCount() const
{
    int open = 0;
    for (int conflict = 0; conflict < d->conflicts.size(); ++conflict)
        open += d->isOpen(conflict) ? 1 : 0;
    return open;
}

QByteArray MergeView::result() const
{
    return d->editor->content();
}

bool MergeView::isEdited() const
{
    return d->edited;
}

int MergeView::zoom() const
{
    return d->editor->zoom();
}

void MergeView::setZoom(int points)
{
    d->editor->setZoom(points); // the other part follows it
}

CodeEditor *MergeView::editor() const
{
    return d->editor;
}

void MergeView::goToConflict(int conflict)
{
    if (conflict < 0 || conflict >= d->conflicts.size())
        return;
    d->current = conflict;
    d->canvas->goToChange(conflict);
    // Show the same place of the result, without taking the focus.
    const QWidget *focus = focusWidget();
    const QByteArray before = d->editor->content().left(d->conflicts.at(conflict).from);
    d->editor->goTo({int(before.count('\n')) + 1, 1});
    if (focus && focus != d->editor && !d->editor->isAncestorOf(focus))
        const_cast<QWidget *>(focus)->setFocus();
    d->updateBar();
}

void MergeView::nextConflict()
{
    if (!d->conflicts.isEmpty())
        goToConflict((d->current + 1) % int(d->conflicts.size()));
}

void MergeView::previousConflict()
{
    if (!d->conflicts.isEmpty())
        goToConflict(d->current <= 0 ? int(d->conflicts.size()) - 1 : d->current - 1);
}

void MergeView::Private::markOpen()
{
    const QByteArray text = editor->content();
    QList<int> lines;
    for (int i = 0; i < conflicts.size(); ++i) {
        if (!isOpen(i))
            continue;
        const int first = int(QByteArrayView(text).first(qMin(conflicts.at(i).from, text.size())).count('\n')) + 1;
        const QByteArray part = text.mid(conflicts.at(i).from, conflicts.at(i).to - conflicts.at(i).from);
        for (int line = 0; line < qMax(1, int(part.count('\n'))); ++line)
            lines.append(first + line);
    }
    editor->setChangedLines(lines);
}

void MergeView::Private::setWords()
{
    previous->setWords(MergeView::tr("Previous conflict (F7)"));
    next->setWords(MergeView::tr("Next conflict (F8)"));
    mine->setText(MergeView::tr("Use mine"));
    theirs->setText(MergeView::tr("Use theirs"));
    both->setText(MergeView::tr("Mine, then theirs"));
    bothTurned->setText(MergeView::tr("Theirs, then mine"));
    base->setText(MergeView::tr("As it was before"));
    allMine->setText(MergeView::tr("Take all of mine"));
    allTheirs->setText(MergeView::tr("Take all of theirs"));
    for (QuietButton *button : {allMine, allTheirs})
        button->setToolTip(MergeView::tr("For every conflict but those edited by hand"));
    resultLabel->setText(MergeView::tr("Result, edit freely"));
    editor->setPlaceholder(MergeView::tr("Result of the merge"));
}

void MergeView::Private::updateBar()
{
    const int all = int(conflicts.size()), open = q->openCount();
    QString text;
    if (pending)
        text = MergeView::tr("Merging …");
    else if (all == 0)
        text = MergeView::tr("No conflicts");
    else if (current >= 0)
        //: which conflict of how many, and how many are not settled
        text = MergeView::tr("Conflict %1 of %2 · %n to settle", nullptr, open).arg(current + 1).arg(all);
    else
        text = MergeView::tr("%n to settle", "conflicts", open);
    count->setText(text);
    const bool any = current >= 0 && current < all;
    const Choice choice = any && !conflicts.at(current).touched ? conflicts.at(current).choice : Choice::Open;
    for (const auto &[button, which] :
         {std::pair(mine, Choice::Mine), std::pair(theirs, Choice::Theirs), std::pair(both, Choice::MineThenTheirs),
          std::pair(bothTurned, Choice::TheirsThenMine), std::pair(base, Choice::Base)}) {
        button->setEnabled(any);
        button->setChecked(any && choice == which);
    }
    const bool untouched = std::any_of(conflicts.cbegin(), conflicts.cend(), [](const Conflict &conflict) { return !conflict.touched; });
    for (QuietButton *button : {allMine, allTheirs}) {
        button->setVisible(all > 0);
        button->setEnabled(untouched);
    }
    previous->setEnabled(all > 0);
    next->setEnabled(all > 0);
    revealButton->setVisible(canvas->maskedCount() > 0);
    revealButton->setText(MergeView::tr("Show %n secret(s)", nullptr, canvas->maskedPlaces()));
    markOpen();
    if (pending)
        return;
    if (std::exchange(lastOpen, open) != open)
        Q_EMIT q->openCountChanged(open);
}

void MergeView::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (event->key() == Qt::Key_F8 || (alt && event->key() == Qt::Key_Down))
        nextConflict();
    else if (event->key() == Qt::Key_F7 || (alt && event->key() == Qt::Key_Up))
        previousConflict();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
