// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "core/store/viewstate.h"
#include "ui/common/codeeditor.h"
#include "ui/common/mergeview.h"
#include "ui/common/messagebar.h"
#include "ui/common/passingtime.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/config/attributespanel.h"
#include "ui/config/configdocument.h"
#include "ui/config/editorpage.h"
#include "ui/config/historypanel.h"
#include "ui/config/listenerspanel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

// The look of EditorPage; what it does is in editorpage.cpp.

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

/// Of the panels below the text, as the person left it last.
const QString PanelHeight = u"editor/panelHeight"_s;

} // namespace

void EditorPage::buildUi()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(buildHeader());
    layout->addWidget(new Separator(Qt::Horizontal, content));
    m_bar = new MessageBar(content);
    layout->addWidget(m_bar);

    m_views = new QStackedWidget(content);
    m_editView = new QWidget(m_views);
    auto *edit = new QVBoxLayout(m_editView);
    edit->setContentsMargins({});
    edit->setSpacing(0);
    m_splitter = new QSplitter(Qt::Vertical, m_editView);
    m_splitter->setChildrenCollapsible(false);
    m_editor = new CodeEditor(m_splitter);
    m_editor->setObjectName(u"configEditor"_s);
    m_splitter->addWidget(m_editor);
    m_splitter->addWidget(buildPanels());
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({520, 170});
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_panelHeight = m_splitter->sizes().value(1);
        workbench().services().viewState.setValue(PanelHeight, m_panelHeight);
        Q_EMIT stateChanged();
    });
    m_panelHeight = workbench().services().viewState.value(PanelHeight).toInt();
    edit->addWidget(m_splitter);
    m_views->addWidget(m_editView);

    m_mergeView = new QWidget(m_views);
    auto *merge = new QVBoxLayout(m_mergeView);
    merge->setContentsMargins({});
    merge->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    bar->setSpacing(metrics::Between);
    m_mergeLabel = new QLabel(m_mergeView);
    m_mergeLabel->setObjectName(u"mergeLabel"_s);
    m_mergeLabel->setWordWrap(true);
    auto *cancel = new QPushButton(tr("Back to my text"), m_mergeView);
    cancel->setObjectName(u"mergeCancelButton"_s);
    m_useMerged = new PrimaryButton(tr("Use this result"), m_mergeView);
    m_useMerged->setObjectName(u"mergeUseButton"_s);
    bar->addWidget(m_mergeLabel, 1);
    bar->addWidget(cancel);
    bar->addWidget(m_useMerged);
    merge->addLayout(bar);
    merge->addWidget(new Separator(Qt::Horizontal, m_mergeView));
    m_merge = new MergeView(workbench().services().workers, m_mergeView);
    m_merge->setObjectName(u"configMerge"_s);
    merge->addWidget(m_merge, 1);
    m_views->addWidget(m_mergeView);
    connect(cancel, &QPushButton::clicked, this, [this] { giveUpMerge([] {}); });
    connect(m_useMerged, &QPushButton::clicked, this, &EditorPage::useMerged);
    connect(m_merge, &MergeView::openCountChanged, this, [this](int open) {
        sayMerge(open);
        m_useMerged->setEnabled(open == 0);
    });
    connect(m_merge, &MergeView::resultChanged, this, [this] {
        if (m_merging && m_merge->isEdited())
            editedSoon(m_merge->editor()->byteCount());
    });
    layout->addWidget(m_views, 1);

    m_states = new StatePage(this);
    m_states->setContent(content);
    content->setFocusProxy(m_editor);
    // Nothing that would be another thing a moment later: an empty editor until its text is there.
    m_states->setLoadingLook(StatePage::LoadingLook::Content);
    m_format->setCurrentIndex(-1);
    m_format->setEnabled(false);
    m_editor->setAccess(CodeEditor::Access::ReadOnly);
    outer->addWidget(m_states);
    setFocusProxy(m_states);
    const auto textInFront = [this, content] {
        content->setFocusProxy(m_views->currentWidget() == m_mergeView ? static_cast<QWidget *>(m_merge) : m_editor);
    };
    connect(m_views, &QStackedWidget::currentChanged, this, textInFront);
    textInFront();
}

QWidget *EditorPage::buildHeader()
{
    auto *header = new QWidget(this);
    auto *layout = new QVBoxLayout(header);
    layout->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    layout->setSpacing(metrics::Inside);
    auto *top = new QHBoxLayout;
    top->setSpacing(metrics::Between);
    m_name = new ElidedLabel(header);
    m_name->setElideMode(Qt::ElideMiddle);
    Theme::setHeadline(m_name);
    m_place = new ElidedLabel(header);
    m_place->setObjectName(u"configPlace"_s);
    Theme::setMuted(m_place);
    m_overrideBadge = new Badge(QString(), StateColor::Warning, header);
    m_overrideBadge->setObjectName(u"overrideBadge"_s);
    m_overrideBadge->hide();
    m_compare = new QuietButton(Icon::Compare, QString(), header);
    m_compare->setObjectName(u"compareButton"_s);
    auto *compareMenu = new QMenu(m_compare);
    compareMenu->setObjectName(u"compareMenu"_s);
    connect(compareMenu, &QMenu::aboutToShow, this, [this, compareMenu] { fillCompareMenu(compareMenu); });
    m_compare->setMenu(compareMenu);
    m_compare->setPopupMode(QToolButton::InstantPopup);
    m_validate = new QuietButton(Icon::Validate, QString(), header);
    m_validate->setObjectName(u"validateButton"_s);
    m_publish = new PrimaryButton(QString(), header);
    m_publish->setObjectName(u"publishButton"_s);
    top->addWidget(m_name);
    top->addWidget(m_place);
    top->addWidget(m_overrideBadge);
    top->addStretch(1);
    top->addWidget(m_compare);
    top->addWidget(m_validate);
    top->addWidget(m_publish);
    layout->addLayout(top);

    auto *facts = new QHBoxLayout;
    facts->setSpacing(metrics::Between);
    m_format = new QComboBox(header);
    m_format->setObjectName(u"configFormat"_s);
    for (const char *name : {"yaml", "properties", "json", "toml", "xml", "html", "text"})
        m_format->addItem(QString::fromLatin1(name).toUpper(), QString::fromLatin1(name));
    m_facts = new QLabel(header);
    m_facts->setObjectName(u"configFacts"_s);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    Theme::setMuted(m_facts);
    m_listenersLink = new LinkLabel(header);
    m_listenersLink->setObjectName(u"listenersLink"_s);
    m_changedLink = new LinkLabel(header);
    m_changedLink->setObjectName(u"changedLink"_s);
    m_revealLink = new LinkLabel(header);
    m_revealLink->setObjectName(u"revealLink"_s);
    m_arrival = new QLabel(header);
    m_arrival->setObjectName(u"arrivalLabel"_s);
    Theme::setStateColor(m_arrival, StateColor::Ok);
    m_draftLabel = new QLabel(header);
    m_draftLabel->setObjectName(u"draftLabel"_s);
    Theme::setMuted(m_draftLabel);
    facts->addWidget(m_format);
    facts->addWidget(m_facts);
    facts->addWidget(m_listenersLink);
    facts->addWidget(m_changedLink);
    facts->addWidget(m_revealLink);
    facts->addStretch(1);
    facts->addWidget(m_arrival);
    facts->addWidget(m_draftLabel);
    layout->addLayout(facts);

    m_age = new PassingTime(m_changedLink, [this] { return tellAge(); });
    connect(m_validate, &QToolButton::clicked, this, &EditorPage::validateNow);
    connect(m_publish, &QPushButton::clicked, this, &EditorPage::publish);
    connect(m_format, &QComboBox::activated, this, &EditorPage::formatChosen);
    connect(m_listenersLink, &LinkLabel::clicked, this, [this] { showPanel(Panel::Listeners); });
    connect(m_changedLink, &LinkLabel::clicked, this, [this] { showPanel(Panel::History); });
    connect(m_revealLink, &LinkLabel::clicked, this, [this] { m_editor->revealNext(); });
    return header;
}

QWidget *EditorPage::buildPanels()
{
    auto *area = new QWidget(this);
    area->setMinimumHeight(90);
    auto *layout = new QVBoxLayout(area);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(new Separator(Qt::Horizontal, area));
    m_tabs = new QTabBar(area);
    m_tabs->setObjectName(u"configPanels"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone);
    for (int i = 0; i < 4; ++i)
        m_tabs->addTab(QString());
    layout->addWidget(m_tabs);
    m_panels = new QStackedWidget(area);
    m_problemList = new QListWidget(m_panels);
    m_problemList->setObjectName(u"problemList"_s);
    m_problemList->setFrameShape(QFrame::NoFrame);
    m_problemList->setUniformItemSizes(true);
    m_panels->addWidget(m_problemList);
    m_history = new HistoryPanel(workbench(), m_panels);
    m_panels->addWidget(m_history);
    m_listeners = new ListenersPanel(workbench(), m_panels);
    m_panels->addWidget(m_listeners);
    m_attributes = new AttributesPanel(workbench().services().workers, m_panels);
    m_panels->addWidget(m_attributes);
    layout->addWidget(m_panels, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_panels, &QStackedWidget::setCurrentIndex);
    auto *back = new QShortcut(QKeySequence(Qt::Key_Escape), area);
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, m_editor, qOverload<>(&QWidget::setFocus));
    connect(m_tabs, &QTabBar::currentChanged, this, &EditorPage::roomForPanel);
    const auto jump = [this](const QListWidgetItem *item) {
        if (item->flags().testFlag(Qt::ItemIsEnabled))
            m_editor->goTo({item->data(Qt::UserRole).toInt(), item->data(Qt::UserRole + 1).toInt()});
    };
    connect(m_problemList, &QListWidget::itemActivated, this, jump);
    connect(m_problemList, &QListWidget::itemClicked, this, jump);
    return area;
}

void EditorPage::retranslate()
{
    m_place->setText(m_document->key().group + u" · "_s + workbench().pathText(subject()));
    m_compare->setText(tr("Compare"));
    m_compare->setToolTip(tr("Compare with the server, an earlier version, or another place"));
    m_overrideBadge->setText(tr("local override"));
    m_overrideBadge->setToolTip(tr("This computer reads its own content instead of the server's."));
    m_validate->setText(tr("Validate"));
    m_format->setAccessibleName(tr("Format"));
    m_format->setToolTip(tr("Format of the content; part of the publish"));
    m_problemList->setAccessibleName(tr("Problems"));
    if (m_shown)
        m_editor->setPlaceholder(tr("Content"));
    m_editor->setAccessibleName(tr("Content"));
    updatePanelTitles();
    updateFacts();
}

void EditorPage::updatePanelTitles()
{
    const auto counted = [](const QString &title, int count) { return count < 0 ? title : title + u' ' + QLocale().toString(count); };
    m_tabs->setTabText(int(Panel::Problems), counted(tr("Problems"), m_problems.isEmpty() ? -1 : int(m_problems.size())));
    m_tabs->setTabText(int(Panel::History), counted(tr("History"), m_history->count() > 0 ? m_history->count() : -1));
    m_tabs->setTabText(int(Panel::Listeners),
                       counted(tr("Listeners"), m_listeners->count() == 0 && m_listeners->unclear() > 0 ? -1 : m_listeners->count()));
    m_tabs->setTabText(int(Panel::Details), tr("Details"));
}

/// Lists that grow have room for what they hold, as long as the person has not chosen how much: two fifths of a page whose text does not
/// need them, six rows at least.
void EditorPage::roomForPanel()
{
    if (!m_splitter)
        return;
    const int all = m_splitter->height() - m_splitter->handleWidth();
    int wanted = m_panelHeight;
    if (wanted == 0) {
        const auto panel = Panel(m_tabs->currentIndex());
        m_panelGrown = m_panelGrown || panel == Panel::History || panel == Panel::Listeners;
        if (!m_panelGrown)
            return;
        constexpr int SixRows = 6 * metrics::RowHeight, Around = 100; // tabs, a line of buttons, titles
        wanted = std::max(SixRows + Around,
                          std::min(all * 2 / 5, all - m_editor->lineCount() * (QFontMetrics(Theme::fixedFont()).lineSpacing() + 2)));
    }
    wanted = std::min(wanted, all * 3 / 5);
    if (wanted > 0 && wanted != m_splitter->sizes().value(1))
        m_splitter->setSizes({all - wanted, wanted});
}

void EditorPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    // By what its own parts have got by then.
    QMetaObject::invokeMethod(this, &EditorPage::roomForPanel, Qt::QueuedConnection);
}

/// Of what stands here, as time goes by.
std::optional<std::chrono::seconds> EditorPage::tellAge()
{
    const auto &base = m_document->base();
    if (!base || !base->changedAt.isValid())
        return {};
    const QString ago = relativeTime(base->changedAt);
    m_changedLink->setText(base->changedBy.isEmpty() ? tr("changed %1").arg(ago) : tr("changed %1 by %2").arg(ago, base->changedBy));
    m_changedLink->setToolTip(exactTime(base->changedAt));
    m_changedLink->updateGeometry();
    return nextChange(base->changedAt);
}

void EditorPage::showListeners()
{
    const int listeners = m_listeners->count();
    const QDateTime asOf = m_listeners->asOf();
    m_listenersLink->setVisible(listeners >= 0);
    const int unclear = m_listeners->unclear();
    const QString text = listeners > 0 ? tr("%n listener(s)", nullptr, listeners)
        : unclear > 0                  ? tr("listeners: cannot be told")
                                       : tr("nobody listens");
    //: %1 is "3 listeners", %2 a time of day
    m_listenersLink->setText(asOf.isValid() ? tr("%1, as of %2").arg(text, clockTime(asOf)) : text);
    m_listenersLink->setForegroundRole(asOf.isValid() ? QPalette::PlaceholderText : QPalette::WindowText);
    m_listenersLink->setToolTip(asOf.isValid()                      ? tr("The server is out of reach: nobody can be asked now.")
                                    : unclear > 0 && listeners == 0 ? unclearText()
                                                                    : QString());
    m_listenersLink->updateGeometry();
    if (asOf.isValid())
        m_arrival->clear();
}

void EditorPage::updateFacts()
{
    const auto &base = m_document->base();
    if (!m_shown) {
        for (QWidget *fact : std::initializer_list<QWidget *>{m_listenersLink, m_changedLink, m_revealLink})
            fact->hide();
        m_facts->setText(m_slow ? tr("Loading …") : QString());
    } else {
        showListeners();
        m_changedLink->setVisible(base && base->changedAt.isValid());
        m_age->again();
        const core::text::TextFacts &facts = m_editor->facts();
        using LineEnd = core::text::TextFacts::LineEnd;
        QStringList words{facts.utf8 ? (facts.bom ? tr("UTF-8 with BOM") : u"UTF-8"_s) : tr("not UTF-8")};
        words << (facts.lineEnd == LineEnd::CrLf        ? u"CRLF"_s
                      : facts.lineEnd == LineEnd::Cr    ? u"CR"_s
                      : facts.lineEnd == LineEnd::Mixed ? tr("mixed line ends")
                                                        : u"LF"_s);
        words << sizeText(m_editor->byteCount());
        // The size is of what stands here, the MD5 of what was published: said of one text only while they are the same.
        const bool same = base && m_document->content() == base->content;
        if (base && !base->md5.isEmpty())
            words << (same ? u"md5 %1"_s : tr("on top of md5 %1")).arg(QString::fromLatin1(base->md5.left(8)));
        if (base && base->encrypted())
            words << tr("encrypted");
        m_facts->setText(words.join(u" · "_s));
        m_facts->setToolTip(base ? u"MD5 "_s + QString::fromLatin1(base->md5) : QString());
        const int masked = m_editor->maskedCount();
        m_revealLink->setVisible(masked > 0);
        m_revealLink->setText(tr("%n secret(s) hidden", nullptr, masked));
        m_revealLink->setToolTip(tr("Shows the next one"));
    }
    const QDateTime saved = m_document->draftSavedAt();
    m_draftLabel->setText(!saved.isValid() ? (m_document->differsFromBase() ? tr("not saved yet") : QString())
                                           : tr("draft saved %1").arg(QLocale().toString(saved.toLocalTime().time(), u"HH:mm:ss"_s)));
    const QString blocker = publishBlocker();
    const bool own = m_document->isOverride();
    m_publish->setText(own ? tr("Save the override") : tr("Publish…"));
    m_publish->setEnabled(blocker.isEmpty());
    m_publish->setToolTip(!blocker.isEmpty() ? blocker
                              : own          ? tr("Keeps the text on this computer; the server is not touched")
                                             : tr("Shows the difference, then writes to the server (Ctrl+Return)"));
    Q_EMIT statusChanged();
}

} // namespace ui::config
