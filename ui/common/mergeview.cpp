// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/mergeview.h"

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
    explicit Private(MergeView *view);
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
};

MergeView::Private::Private(MergeView *view)
    : q(view)
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
    QObject::connect(editor, &CodeEditor::edited, view,
                     [this](qsizetype offset, qsizetype removed, qsizetype added) { trackEdit(offset, removed, added); });
    QObject::connect(editor, &CodeEditor::contentChanged, view, [this] {
        if (choosing)
            return;
        updateBar();
        Q_EMIT q->resultChanged();
    });
}

MergeView::MergeView(QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
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
    d->merged = core::text::merge(input.base, input.mine, input.theirs);
    d->format = input.format;
    d->uncovered = false;
    d->conflicts.clear();
    d->current = -1;
    QByteArray text;
    for (int i = 0; i < d->merged.chunks.size(); ++i) {
        const core::text::MergeChunk &chunk = d->merged.chunks.at(i);
        const QByteArray part = contribution(chunk);
        if (chunk.kind == core::text::MergeChunk::Kind::Conflict)
            d->conflicts.append({i, text.size(), text.size() + part.size(), Choice::Open, false});
        text += part;
    }
    const qsizetype bom = text.startsWith(Bom) ? Bom.size() : 0;
    for (Private::Conflict &conflict : d->conflicts) {
        conflict.from = qMax<qsizetype>(0, conflict.from - bom);
        conflict.to = qMax<qsizetype>(0, conflict.to - bom);
    }
    {
        const QScopedValueRollback guard(d->choosing, true);
        d->editor->setFormat(input.format);
        d->editor->setContent(text);
    }
    d->canvas->setModel(std::make_shared<const DiffModel>(makeMergeModel(input, d->merged)));
    d->editor->setSecrets(core::text::findSecrets(input.format, text));
    d->lastOpen = -1;
    d->updateBar();
    if (!d->conflicts.isEmpty())
        goToConflict(0);
    Q_EMIT resultChanged();
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
    // The bytes chosen are new to the editor: a secret in them is covered as well, unless the person has uncovered all.
    if (!uncovered)
        editor->setSecrets(core::text::findSecrets(format, editor->content()));
    updateBar();
    Q_EMIT q->resultChanged();
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
    if (all == 0)
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
    revealButton->setText(MergeView::tr("Show %n secret(s)", nullptr, canvas->maskedCount()));
    markOpen();
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
