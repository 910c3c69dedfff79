// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/diffview.h"

#include "core/text/inlinelimit.h"
#include "core/text/secrets.h"
#include "ui/common/codeeditor.h"
#include "ui/common/diffcanvas.h"
#include "ui/common/followlanguage.h"
#include "ui/common/widgets.h"

#include <algorithm>
#include <array>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int MostKeyRows = 2000;

/// The keys that changed. Each column has what its contents need; what is left is shared out, what is missing is taken from whoever has
/// most.
class KeyTable final : public QTreeWidget {
public:
    void fit()
    {
        const int all = viewport()->width();
        const QFontMetrics metrics(ui::Theme::fixedFont());
        std::array<int, 3> width{};
        for (int column = 0; column < int(width.size()); ++column) {
            int need = header()->sectionSizeHint(column);
            for (int row = 0; row < qMin(topLevelItemCount(), 200); ++row)
                need = qMax(need, metrics.horizontalAdvance(topLevelItem(row)->text(column)) + 2 * ui::metrics::Between + 4);
            width[size_t(column)] = need;
        }
        const auto sum = [&width] { return width[0] + width[1] + width[2]; };
        while (sum() > all) {
            auto widest = std::max_element(width.begin(), width.end());
            int next = 0; // the widest of the others
            for (const int &other : width)
                next = &other != &*widest ? qMax(next, other) : next;
            const int cut = qMin(sum() - all, qMax(1, *widest - next));
            if (*widest - cut < header()->minimumSectionSize())
                break;
            *widest -= cut;
        }
        // The keys are what one reads, and stay beside their values.
        const int left = qMax(0, all - sum());
        width[0] += left / 4;
        width[1] += (left - left / 4) / 2;
        setColumnWidth(0, width[0]);
        setColumnWidth(1, width[1]);
        setColumnWidth(2, all - width[0] - width[1]);
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QTreeWidget::resizeEvent(event);
        fit();
    }
};

} // namespace

namespace ui {

class DiffView::Private {
public:
    Private(DiffView *view, core::Workers &workers);
    void present(std::shared_ptr<const DiffModel> made);
    void fillKeys();
    void setWords();
    void updateBar();
    void showNames();

    DiffView *q;
    core::Workers &workers;
    QWidget *bar;
    QLabel *count;
    QuietButton *previous;
    QuietButton *next;
    QuietButton *sideBySide;
    QuietButton *unified;
    QuietButton *allLines;
    QuietButton *revealButton;
    ActivityIndicator *activity;
    QWidget *labels;
    ElidedLabel *leftLabel;
    ElidedLabel *rightLabel;
    QSplitter *splitter;
    KeyTable *keyList;
    DiffCanvas *canvas;
    std::shared_ptr<const DiffModel> model = std::make_shared<DiffModel>();
    DiffInput input;
    quint64 generation = 0;
    bool pending = false, keysWanted = true, compared = false;
};

DiffView::Private::Private(DiffView *view, core::Workers &given)
    : q(view)
    , workers(given)
    , bar(new QWidget(view))
    , count(new QLabel(bar))
    , previous(QuietButton::iconOnly(Icon::Up, {}, bar))
    , next(QuietButton::iconOnly(Icon::Down, {}, bar))
    , sideBySide(new QuietButton(bar))
    , unified(new QuietButton(bar))
    , allLines(new QuietButton(bar))
    , revealButton(new QuietButton(Icon::Reveal, {}, bar))
    , activity(new ActivityIndicator(bar))
    , labels(new QWidget(view))
    , leftLabel(new ElidedLabel(labels))
    , rightLabel(new ElidedLabel(labels))
    , splitter(new QSplitter(Qt::Vertical, view))
    , keyList(new KeyTable)
    , canvas(new DiffCanvas)
{
    previous->setObjectName(u"diffPrevious"_s);
    next->setObjectName(u"diffNext"_s);
    sideBySide->setObjectName(u"diffSideBySide"_s);
    unified->setObjectName(u"diffUnified"_s);
    allLines->setObjectName(u"diffAllLines"_s);
    revealButton->setObjectName(u"diffReveal"_s);
    count->setObjectName(u"diffCount"_s);
    for (QuietButton *button : {sideBySide, unified, allLines}) {
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setCheckable(true);
    }
    sideBySide->setChecked(true);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::Between + 4, metrics::Inside, metrics::Between, metrics::Inside);
    row->setSpacing(metrics::Inside);
    row->addWidget(count);
    row->addWidget(activity);
    row->addWidget(previous);
    row->addWidget(next);
    row->addStretch(1);
    row->addWidget(revealButton);
    row->addWidget(allLines);
    row->addSpacing(metrics::Between);
    row->addWidget(sideBySide);
    row->addWidget(unified);

    auto *names = new QHBoxLayout(labels);
    names->setContentsMargins(metrics::Between + 4, metrics::Inside, metrics::Between, metrics::Inside);
    names->setSpacing(metrics::Between + 4);
    names->addWidget(leftLabel, 1);
    names->addWidget(rightLabel, 1);
    Theme::setMuted(leftLabel);
    Theme::setMuted(rightLabel);

    keyList->setObjectName(u"diffKeys"_s);
    keyList->setColumnCount(3);
    keyList->setRootIsDecorated(false);
    keyList->setUniformRowHeights(true);
    keyList->setFrameShape(QFrame::NoFrame);
    keyList->header()->setStretchLastSection(true);
    keyList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    keyList->setTextElideMode(Qt::ElideMiddle);
    keyList->hide();
    splitter->addWidget(keyList);
    // The names of the sides stand right above the sides.
    auto *texts = new QWidget;
    auto *sides = new QVBoxLayout(texts);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(0);
    sides->addWidget(labels);
    sides->addWidget(new Separator(Qt::Horizontal, texts));
    sides->addWidget(canvas, 1);
    splitter->addWidget(texts);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(view);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(new Separator(Qt::Horizontal, view));
    layout->addWidget(splitter, 1);
    view->setFocusProxy(canvas);

    QObject::connect(previous, &QToolButton::clicked, view, &DiffView::previousChange);
    QObject::connect(next, &QToolButton::clicked, view, &DiffView::nextChange);
    QObject::connect(sideBySide, &QToolButton::clicked, view, [this] { q->setLayoutMode(Layout::SideBySide); });
    QObject::connect(unified, &QToolButton::clicked, view, [this] { q->setLayoutMode(Layout::Unified); });
    QObject::connect(allLines, &QToolButton::clicked, view, [this](bool on) { canvas->setContext(on ? -1 : 3); });
    QObject::connect(revealButton, &QToolButton::clicked, view, [this] { canvas->revealAll(); });
    QObject::connect(canvas, &DiffCanvas::zoomWanted, view, [this](int steps) { q->setZoom(q->zoom() + steps); });
    QObject::connect(canvas, &DiffCanvas::currentChangeChanged, view, [this](int index) {
        updateBar();
        Q_EMIT q->currentChangeChanged(index);
    });
    QObject::connect(canvas, &DiffCanvas::maskedCountChanged, view, [this] { updateBar(); });
    const auto jump = [this](QTreeWidgetItem *item) {
        const int index = item->data(0, Qt::UserRole).toInt();
        if (index < 0 || index >= model->keys.size())
            return;
        const core::text::KeyChange &key = model->keys.at(index);
        canvas->showLine(key.rightLine > 0 ? DiffCanvas::Side::Right : DiffCanvas::Side::Left,
                         key.rightLine > 0 ? key.rightLine : key.leftLine);
    };
    QObject::connect(keyList, &QTreeWidget::itemClicked, view, jump);
    QObject::connect(keyList, &QTreeWidget::itemActivated, view, jump);
}

DiffView::DiffView(core::Workers &workers, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this, workers))
{
    followLanguage(this, [this] {
        d->setWords();
        d->fillKeys();
        d->updateBar();
    });
}

DiffView::~DiffView() = default;

/// Above the column of each; in one column both, by their signs.
void DiffView::Private::showNames()
{
    const bool both = !input.leftLabel.isEmpty() && !input.rightLabel.isEmpty();
    const bool one = canvas->layoutMode() == Layout::Unified;
    leftLabel->setText(one && both ? u"− %1    + %2"_s.arg(input.leftLabel, input.rightLabel)
                           : one   ? input.leftLabel + input.rightLabel
                                   : input.leftLabel);
    rightLabel->setText(input.rightLabel);
    rightLabel->setVisible(!one);
    labels->setVisible(!input.leftLabel.isEmpty() || !input.rightLabel.isEmpty());
}

void DiffView::compare(const DiffInput &input)
{
    d->input = input;
    d->showNames();
    d->pending = true;
    d->compared = true;
    const quint64 generation = ++d->generation;
    if (input.left.size() + input.right.size() <= core::text::InlineLimit) {
        const auto made = std::make_shared<const DiffModel>(makeDiffModel(input));
        d->present(made);
        QMetaObject::invokeMethod(
            this,
            [this, generation] {
                if (generation == d->generation)
                    Q_EMIT ready();
            },
            Qt::QueuedConnection);
        return;
    }
    d->updateBar();
    using Made = std::shared_ptr<const DiffModel>;
    d->workers.run(
        this, [input] { return Made(std::make_shared<const DiffModel>(makeDiffModel(input))); },
        [this, generation](const Made &made) {
            if (generation != d->generation)
                return; // a later comparison took its place
            d->present(made);
            Q_EMIT ready();
        });
}

void DiffView::Private::present(std::shared_ptr<const DiffModel> made)
{
    pending = false;
    model = std::move(made);
    canvas->setModel(model);
    fillKeys();
    updateBar();
    if (canvas->changeCount() > 0)
        canvas->goToChange(0);
}

void DiffView::clear()
{
    ++d->generation;
    d->compared = false;
    d->present(std::make_shared<const DiffModel>());
}

void DiffView::Private::fillKeys()
{
    keyList->clear();
    const auto value = [](const std::optional<QString> &text, bool secret) {
        if (!text)
            return u"–"_s;
        return secret ? core::text::secretMask() : QString(*text).replace(u'\n', u'⏎');
    };
    for (int i = 0; i < qMin<qsizetype>(model->keys.size(), MostKeyRows); ++i) {
        const core::text::KeyChange &key = model->keys.at(i);
        const bool secret = key.secret && input.secrets == DiffInput::Secrets::Masked;
        auto *item = new QTreeWidgetItem({key.path, value(key.before, secret), value(key.after, secret)});
        if (secret && key.before && key.after)
            item->setText(2, DiffView::tr("changed", "a masked value that differs"));
        item->setData(0, Qt::UserRole, i);
        for (int column = 0; column < 3; ++column) {
            item->setFont(column, Theme::fixedFont());
            item->setToolTip(column, item->text(column));
        }
        keyList->addTopLevelItem(item);
    }
    if (model->keys.size() > MostKeyRows)
        keyList->addTopLevelItem(new QTreeWidgetItem({DiffView::tr("and %n more", nullptr, int(model->keys.size()) - MostKeyRows)}));
    const bool shown = keysWanted && !model->keys.isEmpty();
    keyList->setVisible(shown);
    if (shown) {
        keyList->fit();
        const int rows = qMin(5, int(model->keys.size()));
        const int height = keyList->header()->sizeHint().height() + rows * qMax(metrics::RowHeight, keyList->sizeHintForRow(0)) + 4;
        splitter->setSizes({height, qMax(200, splitter->height() - height)});
    }
}

void DiffView::Private::setWords()
{
    q->setAccessibleName(DiffView::tr("Difference"));
    previous->setWords(DiffView::tr("Previous change (F7)"));
    next->setWords(DiffView::tr("Next change (F8)"));
    sideBySide->setText(DiffView::tr("Side by side"));
    unified->setText(DiffView::tr("Unified"));
    allLines->setText(DiffView::tr("All lines"));
    revealButton->setToolTip(DiffView::tr("Shows all secret values; a click on the dots shows one"));
    keyList->setAccessibleName(DiffView::tr("Changed keys"));
    keyList->setHeaderLabels({DiffView::tr("Key"), DiffView::tr("Before"), DiffView::tr("After")});
    canvas->setAccessibleName(DiffView::tr("Difference"));
    canvas->viewport()->update();
}

void DiffView::Private::updateBar()
{
    const int changes = canvas->changeCount();
    const int current = canvas->currentChange();
    QString text;
    if (pending)
        text = DiffView::tr("Comparing…");
    else if (!compared)
        text.clear();
    else if (changes == 0)
        text = DiffView::tr("No differences");
    else if (current >= 0 && changes > 1)
        //: which change of how many: 2 of 5 changes
        text = DiffView::tr("%1 of %n change(s)", nullptr, changes).arg(current + 1);
    else
        text = DiffView::tr("%n change(s)", nullptr, changes);
    if (!pending && !model->exact)
        text += u" · "_s + DiffView::tr("compared roughly");
    count->setText(text);
    count->setAccessibleName(text);
    activity->setRunning(pending);
    activity->setVisible(pending);
    previous->setEnabled(changes > 0);
    next->setEnabled(changes > 0);
    revealButton->setVisible(canvas->maskedCount() > 0);
    revealButton->setText(DiffView::tr("Show %n secret(s)", nullptr, canvas->maskedPlaces()));
}

bool DiffView::isReady() const
{
    return !d->pending;
}

void DiffView::setLayoutMode(Layout layout)
{
    d->sideBySide->setChecked(layout == Layout::SideBySide);
    d->unified->setChecked(layout == Layout::Unified);
    if (d->canvas->layoutMode() == layout)
        return;
    d->canvas->setLayoutMode(layout);
    d->showNames();
    d->updateBar();
    Q_EMIT layoutModeChanged(layout);
}

DiffView::Layout DiffView::layoutMode() const
{
    return d->canvas->layoutMode();
}

void DiffView::setContext(int lines)
{
    d->canvas->setContext(lines);
    d->allLines->setChecked(lines < 0);
}

void DiffView::unfoldAll()
{
    setContext(-1);
}

int DiffView::changeCount() const
{
    return d->canvas->changeCount();
}

int DiffView::currentChange() const
{
    return d->canvas->currentChange();
}

void DiffView::goToChange(int index)
{
    d->canvas->goToChange(index);
}

void DiffView::nextChange()
{
    if (changeCount() > 0)
        goToChange((currentChange() + 1) % changeCount());
}

void DiffView::previousChange()
{
    if (changeCount() > 0)
        goToChange(currentChange() <= 0 ? changeCount() - 1 : currentChange() - 1);
}

QList<core::text::KeyChange> DiffView::keyChanges() const
{
    return d->model->keys;
}

void DiffView::setKeyListVisible(bool visible)
{
    d->keysWanted = visible;
    d->keyList->setVisible(visible && !d->model->keys.isEmpty());
}

int DiffView::maskedCount() const
{
    return d->canvas->maskedCount();
}

void DiffView::revealAll()
{
    d->canvas->revealAll();
}

QString DiffView::selectedText() const
{
    return d->canvas->selectedText();
}

void DiffView::copy() const
{
    d->canvas->copy();
}

void DiffView::setToolBarVisible(bool visible)
{
    d->bar->setVisible(visible);
}

int DiffView::zoom() const
{
    return d->canvas->zoom();
}

void DiffView::setZoom(int points)
{
    const int bound = qBound(CodeEditor::LeastZoom, points, CodeEditor::MostZoom);
    if (bound == zoom())
        return;
    d->canvas->setZoom(bound);
    Q_EMIT zoomChanged(bound);
}

void DiffView::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (event->key() == Qt::Key_F8 || (alt && event->key() == Qt::Key_Down))
        nextChange();
    else if (event->key() == Qt::Key_F7 || (alt && event->key() == Qt::Key_Up))
        previousChange();
    else
        QWidget::keyPressEvent(event);
}

void DiffView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        d->fillKeys();
}

} // namespace ui
