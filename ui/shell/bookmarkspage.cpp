// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bookmarkspage.h"

#include "ui/common/actionregistry.h"
#include "ui/common/clipboard.h"
#include "ui/common/filterbar.h"
#include "ui/common/prompts.h"
#include "ui/common/rowactions.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/workbench/subjecttext.h"

#include <QEvent>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::Workbench;

BookmarksPage::BookmarksPage(Workbench &workbench, Bookmarks &bookmarks)
    : Page(workbench)
    , m_bookmarks(bookmarks)
    , m_filter(new FilterBar(this))
    , m_pages(new StatePage(this))
    , m_table(new TableView(m_pages))
    , m_up(QuietButton::iconOnly(Icon::Up, {}, this))
    , m_down(QuietButton::iconOnly(Icon::Down, {}, this))
    , m_rename(new QuietButton(Icon::Rename, {}, this))
    , m_remove(new QuietButton(Icon::Remove, {}, this))
{
    setObjectName(u"bookmarksPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_up->setObjectName(u"bookmarkUp"_s);
    m_down->setObjectName(u"bookmarkDown"_s);
    m_rename->setObjectName(u"bookmarkRename"_s);
    m_remove->setObjectName(u"bookmarkRemove"_s);
    for (QWidget *button :
         {static_cast<QWidget *>(m_up), static_cast<QWidget *>(m_down), static_cast<QWidget *>(m_rename), static_cast<QWidget *>(m_remove)})
        m_filter->addWidget(button);
    layout->addWidget(m_filter);
    m_table->setObjectName(u"bookmarksTable"_s);
    m_table->setFrameShape(QFrame::NoFrame);
    m_pages->setContent(m_table);
    layout->addWidget(m_pages, 1);
    using Column = RecordColumn<Row>;
    using Kind = ColumnInfo::Kind;
    m_model = new RecordModel<Row>(
        [](const Row &row) { return row.bookmark.address.toString(); },
        {
            Column{.info = {.id = u"name"_s, .width = 260, .minWidth = 120, .stretch = ColumnInfo::Stretch::Yes},
                   .text = [](const Row &row) { return row.title; },
                   .icon = [](const Row &row) { return Theme::icon(row.icon); }},
            Column{.info = {.id = u"kind"_s, .kind = Kind::Muted, .width = 110, .filter = ColumnInfo::Filter::Word},
                   .text = [](const Row &row) { return row.kind; }},
            Column{.info = {.id = u"place"_s, .kind = Kind::Muted, .width = 200}, .text = [](const Row &row) { return row.where; }},
            Column{.info = {.id = u"address"_s, .kind = Kind::Ident, .width = 320},
                   .text = [](const Row &row) { return row.bookmark.address.toString(); }},
            Column{.info = {.id = u"order"_s,
                            .kind = Kind::Number,
                            .width = 60,
                            .visibility = ColumnInfo::Visibility::Hidden,
                            .filter = ColumnInfo::Filter::None},
                   .text = [](const Row &row) { return QString::number(row.place + 1); },
                   .sort = [](const Row &row) { return SortValue(double(row.place)); }},
        },
        this);
    m_table->setRecords(m_model, tr("Bookmarks"));
    m_table->setSort({u"order"_s, Qt::AscendingOrder});
    m_filter->setFields(m_model->filterFields());
    retranslate();
    connect(m_filter, &FilterBar::queryChanged, this, [this](const FilterQuery &query) {
        m_table->setQuery(query);
        Q_EMIT stateChanged();
    });
    connect(m_filter, &FilterBar::downRequested, m_table, &TableView::enter);
    connect(m_filter, &FilterBar::openRequested, m_table, &TableView::openOne);
    connect(m_table, &TableView::activatedId, this, [this](const QString &id) { open(id, Workbench::Where::HereOrExisting); });
    connect(m_table, &TableView::activatedElsewhere, this, [this](const QString &id) { open(id, Workbench::Where::NewWindow); });
    connect(m_table, &TableView::selectionCountChanged, this, &BookmarksPage::refreshButtons);
    connect(m_table, &TableView::stateChanged, this, &BookmarksPage::stateChanged);
    connect(m_up, &QAbstractButton::clicked, this, [this] { move(Bookmarks::Direction::Up); });
    connect(m_down, &QAbstractButton::clicked, this, [this] { move(Bookmarks::Direction::Down); });
    connect(m_rename, &QAbstractButton::clicked, this, &BookmarksPage::rename);
    connect(m_remove, &QAbstractButton::clicked, this, &BookmarksPage::removeSelected);
    connect(&m_bookmarks, &Bookmarks::changed, this, &BookmarksPage::load);
    setFocusProxy(m_pages);
    addRowActions();
}

BookmarksPage::~BookmarksPage() = default;

void BookmarksPage::retranslate()
{
    m_filter->setPlaceholder(tr("Filter bookmarks"));
    m_model->setTitles({tr("Name"), tr("Kind"), tr("Where"), tr("Address"), tr("Order")});
    const auto words = [](QuietButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    words(m_up, tr("Move up"));
    words(m_down, tr("Move down"));
    m_rename->setText(tr("Rename…"));
    m_remove->setText(tr("Remove"));
    m_table->setAccessibleName(tr("Bookmarks"));
    load();
}

void BookmarksPage::load()
{
    QList<Row> rows;
    const QList<Bookmark> all = m_bookmarks.all();
    for (const Bookmark &one : all) {
        Row row{one, int(rows.size()), titleOf(one, workbench().pages()), {}, {}, iconOf(one.address, workbench().pages())};
        const auto page = pageOf(one.address);
        const workbench::PageKind *kind = page ? workbench().pages().find(page->kind) : workbench().pages().forAddress(one.address);
        row.kind = page ? tr("Page") : kind && kind->title ? kind->title() : one.address.kind();
        row.where = workbench().pathText(page ? page->subject : workbench::subjectOf(one.address));
        rows.append(row);
    }
    m_model->sync(rows, RecordModel<Row>::Highlight::None);
    if (rows.isEmpty()) {
        const QList<QKeySequence> keys = workbench().actions().keys(u"bookmark.toggle"_s);
        m_pages->showEmpty({Icon::Bookmarks,
                            tr("Nothing is bookmarked yet."),
                            {},
                            {},
                            keys.isEmpty()
                                ? tr("Pages and objects are bookmarked from the Edit menu.")
                                : tr("%1 bookmarks the page or object in front.").arg(keys.first().toString(QKeySequence::NativeText))});
    } else {
        m_pages->showContent();
    }
    refreshButtons();
    Q_EMIT statusChanged();
}

QString BookmarksPage::statusText() const
{
    return tr("%n bookmarks", nullptr, m_model->rowCount());
}

void BookmarksPage::activated()
{
    load();
    if (m_table->selectedCount() == 0 && m_table->proxy()->rowCount() > 0)
        m_table->select({m_table->proxy()->idAt(0)}, m_table->proxy()->idAt(0));
}

void BookmarksPage::focusFilter()
{
    m_filter->edit()->setFocus(Qt::ShortcutFocusReason);
}

QList<core::Address> BookmarksPage::selected() const
{
    QList<core::Address> addresses;
    const QStringList ids = m_table->selectedIds();
    for (const QString &id : ids)
        if (const Row *row = m_model->find(id))
            addresses.append(row->bookmark.address);
    return addresses;
}

void BookmarksPage::refreshButtons()
{
    const qsizetype count = selected().size();
    const bool ordered = count == 1 && m_model->rowCount() > 1;
    m_up->setEnabled(ordered);
    m_down->setEnabled(ordered);
    m_rename->setEnabled(count == 1);
    m_remove->setEnabled(count > 0);
}

void BookmarksPage::open(const QString &id, Workbench::Where where)
{
    if (const Row *row = m_model->find(id))
        workbench().openAddress(core::Address(row->bookmark.address), where);
}

void BookmarksPage::rename()
{
    const QList<core::Address> one = selected();
    const Row *row = one.size() == 1 ? m_model->find(one.first().toString()) : nullptr;
    if (!row)
        return;
    prompts::Input question;
    question.title = tr("Rename the bookmark");
    question.label = tr("&Name");
    question.value = row->title;
    question.verb = tr("Rename");
    question.problem = [](const QString &text) { return text.trimmed().isEmpty() ? tr("A name is missing.") : QString(); };
    prompts::input(this, question)->then(this, [this, address = one.first()](const core::Result<QString> &name) {
        if (name)
            m_bookmarks.rename(address, *name);
    });
}

void BookmarksPage::removeSelected()
{
    const QList<core::Address> gone = selected();
    const QList<Bookmark> before = m_bookmarks.all();
    m_bookmarks.remove(gone);
    if (!gone.isEmpty())
        workbench().notify({.state = StateColor::Info,
                            .text = tr("%n bookmarks removed.", nullptr, int(gone.size())),
                            .actions = {{tr("Undo"),
                                         {&m_bookmarks,
                                          [&bookmarks = m_bookmarks, before] {
                                              for (const Bookmark &one : before)
                                                  if (!bookmarks.contains(one.address))
                                                      bookmarks.add(one);
                                          }}}},
                            .closeAfter = std::chrono::seconds(8),
                            .id = u"bookmarks"_s});
}

void BookmarksPage::move(Bookmarks::Direction direction)
{
    if (const QList<core::Address> one = selected(); one.size() == 1)
        m_bookmarks.move(one.first(), direction);
}

void BookmarksPage::addRowActions()
{
    auto *rows = new RowActions(m_table);
    const auto any = [this] { return !m_table->currentId().isEmpty(); };
    rows->add({.text = [] { return tr("&Open"); },
               .icon = Icon::Open,
               .shown = QKeySequence(Qt::Key_Return),
               .possible = any,
               .run = {this, [this] { open(m_table->currentId(), Workbench::Where::HereOrExisting); }}});
    rows->add({.text = [] { return tr("Open in a new &window"); },
               .icon = Icon::Window,
               .shown = QKeySequence(Qt::CTRL | Qt::Key_Return),
               .possible = any,
               .run = {this, [this] { open(m_table->currentId(), Workbench::Where::NewWindow); }}});
    rows->addLine();
    rows->add(m_rename, {QKeySequence(Qt::Key_F2)});
    rows->add(m_up, {QKeySequence(Qt::ALT | Qt::Key_Up)});
    rows->add(m_down, {QKeySequence(Qt::ALT | Qt::Key_Down)});
    rows->addLine();
    rows->addCopy(m_table);
    rows->add({.text = [] { return tr("Copy &link"); },
               .icon = Icon::Link,
               .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
               .possible = [this] { return !selected().isEmpty(); },
               .run = {this, [this] {
                           QStringList lines;
                           for (const core::Address &address : selected())
                               lines.append(address.toString());
                           clipboard::copy(lines.join(u'\n'));
                       }}});
    rows->addLine();
    rows->add(m_remove, {QKeySequence(QKeySequence::Delete)});
}

QJsonObject BookmarksPage::saveState() const
{
    return {{u"filter"_s, m_filter->text()}, {u"table"_s, m_table->state()}};
}

void BookmarksPage::restoreState(const QJsonObject &state)
{
    m_filter->setText(state.value("filter"_L1).toString());
    m_table->restoreState(state.value("table"_L1).toObject());
}

void BookmarksPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT faceChanged();
    }
    Page::changeEvent(event);
}

} // namespace ui::shell
