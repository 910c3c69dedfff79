// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/editorpage.h"

#include "core/base/log.h"
#include "core/guard/guard.h"
#include "core/guard/unlocks.h"
#include "core/nacos/registry.h"
#include "core/profiles/settings.h"
#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/coretext.h"
#include "ui/common/errortext.h"
#include "ui/common/mergeview.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/attributespanel.h"
#include "ui/config/configdocument.h"
#include "ui/config/historypanel.h"
#include "ui/config/listenerspanel.h"
#include "ui/config/schemasource.h"
#include "ui/models/tableview.h"
#include "ui/workbench/textsize.h"
#include "ui/workbench/unreadable.h"

#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace ui::config {

const QString EditorPage::ServerMessage = u"server"_s;
const QString EditorPage::MirrorMessage = u"mirror"_s;
const QString EditorPage::FoundMessage = u"draftFound"_s;
const QString EditorPage::AbsentMessage = u"absent"_s;

namespace {

const QString EncryptedMessage = u"encrypted"_s, BaseLostMessage = u"baseLost"_s;
/// The publish sheet waits this long for the number of listeners; then it opens with what is known.
constexpr std::chrono::milliseconds CountingAtMost{400};
/// So long somebody may type without a pause before the text is taken; of a large one that takes milliseconds.
constexpr std::chrono::milliseconds EditAtMost{500}, LargeEditAtMost{5000};
constexpr qsizetype LargeText = 1024 * 1024;
constexpr std::chrono::milliseconds LoadingSaidAfter{400};

} // namespace

EditorPage::EditorPage(workbench::Workbench &workbench, const workbench::PageRequest &request)
    : Page(workbench)
    , m_address(request.address.withRevision({}))
    , m_parameters(request.parameters)
    , m_document(new ConfigDocument(workbench, request.address.withRevision({}), this))
    , m_news(new workbench::PlanNews(this))
{
    setObjectName(u"configEditorPage"_s);
    m_reason = std::make_shared<QString>();
    m_subject = {m_address.profile(), m_address.space()};
    buildUi();
    followSchema();
    const core::guard::Guard &guard = this->workbench().services().guard;
    connect(&guard, &core::guard::Guard::planStarted, this, &EditorPage::followUndo);
    connect(&guard, &core::guard::Guard::changeFinished, this, [this](const QUuid &, const core::guard::ChangeOutcome &outcome) {
        if (outcome.target == m_address && outcome.outcome != core::guard::Outcome::Applied)
            m_restored.reset();
    });
    const auto &key = m_document->key();
    m_name->setText(key.dataId);
    retranslate();
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(300);
    connect(&m_checkSoon, &QTimer::timeout, this, &EditorPage::checkSoon);
    // content() of a large text costs milliseconds, so it is not taken at every key.
    m_editSoon.setSingleShot(true);
    m_editSoon.setInterval(150);
    connect(&m_editSoon, &QTimer::timeout, this, &EditorPage::contentEdited);
    connect(m_editor, &CodeEditor::contentChanged, this, [this] {
        if (m_filling)
            return;
        editedSoon(m_editor->byteCount());
        m_checkSoon.start();
    });
    connect(m_editor, &CodeEditor::maskedCountChanged, this, &EditorPage::updateFacts);
    connect(m_editor, &CodeEditor::caretMoved, this, &Page::statusChanged);
    connect(m_attributes, &AttributesPanel::edited, this, &EditorPage::contentEdited);
    connect(m_document, &ConfigDocument::loaded, this, &EditorPage::documentLoaded);
    connect(m_document, &ConfigDocument::failed, this, &EditorPage::documentFailed);
    connect(m_document, &ConfigDocument::changedOnServer, this, &EditorPage::serverChanged);
    for (const auto told : {&ConfigDocument::changedOnServer, &ConfigDocument::caughtUp})
        connect(m_document, told, m_news, &workbench::PlanNews::changed);
    connect(m_document, &ConfigDocument::draftSaved, this, &EditorPage::updateFacts);
    connect(m_document, &ConfigDocument::draftFailed, this,
            [this](const core::Error &error) { m_bar->showError(error, tr("The draft could not be saved; keep this tab open")); });
    connect(m_document, &ConfigDocument::draftUnreadable, this,
            [this](const core::Error &error) { m_bar->showError(error, tr("There may be a draft that cannot be read")); });
    connect(m_document, &ConfigDocument::liveErrorChanged, this, &EditorPage::liveErrorChanged);
    connect(m_document, &ConfigDocument::caughtUp, this, &EditorPage::caughtUp);
    connect(m_document, &ConfigDocument::draftNotRemoved, this,
            [this](const core::Error &error) { m_bar->showError(error, tr("The draft could not be removed")); });
    connect(m_document, &ConfigDocument::draftFound, this, &EditorPage::draftFound);
    connect(m_document, &ConfigDocument::aboutToTake, this, &EditorPage::handOver);
    connect(m_document, &ConfigDocument::aboutToLoad, this, [this] {
        handOver();
        // Until documentLoaded() brings another text.
        m_editor->setAccess(CodeEditor::Access::ReadOnly);
        m_attributes->setAccess(AttributesPanel::Access::ReadOnly);
        m_format->setEnabled(false);
    });
    connect(m_document, &ConfigDocument::registryChanged, this, [this] {
        m_history->setSubject(m_document->registry(), m_document->key());
        m_listeners->setSubject(m_document->registry(), m_document->key());
        m_comeBack.follow(m_document->registry());
    });
    connect(&m_comeBack, &ComeBack::back, this, [this] {
        m_history->reload();
        clientsMoved();
    });
    connect(&m_comeBack, &ComeBack::due, this, &EditorPage::clientsMoved);
    m_countingLimit.setSingleShot(true);
    m_countingLimit.setInterval(CountingAtMost);
    connect(&m_countingLimit, &QTimer::timeout, this, [this] {
        if (m_publishRecalled) {
            m_recalling.reset();
            return recalled(m_document->base() ? m_document->base()->md5 : QByteArray(),
                            {.error = core::Error{core::Error::Kind::Timeout, u"no answer in time"_s, 0, true}});
        }
        m_counting.reset();
        showPublish({});
    });
    connect(m_document, &ConfigDocument::watchErrorChanged, this, &EditorPage::watchErrorChanged);
    connect(m_document, &ConfigDocument::modifiedChanged, this, [this] {
        if (!m_document->isBaseLost())
            m_bar->close(BaseLostMessage);
        updateFacts();
        Q_EMIT faceChanged();
    });
    connect(m_history, &HistoryPanel::countChanged, this, &EditorPage::updatePanelTitles);
    connect(m_history, &HistoryPanel::compareWanted, this, &EditorPage::compareRevisions);
    connect(m_history, &HistoryPanel::restoreWanted, this, &EditorPage::restoreRevision);
    connect(m_listeners, &ListenersPanel::countChanged, this, [this] {
        updatePanelTitles();
        updateFacts();
    });
    connect(m_listeners, &ListenersPanel::asOfChanged, this, &EditorPage::updateFacts);
    // The list of who has it by now, while it arrives.
    connect(m_listeners, &ListenersPanel::arriving, this, [this] { m_tabs->setCurrentIndex(int(Panel::Listeners)); });
    connect(m_listeners, &ListenersPanel::settled, this, [this](int arrived, int all) {
        // Good news moves nothing; it stands where the text's other facts do.
        if (all > 0 && arrived == all)
            return m_arrival->setText(tr("It has arrived at all %n listener(s).", nullptr, all));
        if (all > 0)
            m_bar->show({.state = StateColor::Warning,
                         .text = tr("After 30 s it has arrived at %1 of %n listener(s).", nullptr, all).arg(arrived),
                         .actions = {{tr("Show listeners"), {this, [this] { showPanel(Panel::Listeners); }}}},
                         .id = u"arrival"_s});
    });
    auto &settings = workbench.services().settings;
    const auto wrap = [this, &settings] {
        m_editor->setWrap(settings.isOn(core::profiles::Setting::WrapLines) ? CodeEditor::Wrap::On : CodeEditor::Wrap::Off);
    };
    wrap();
    connect(&settings, &core::profiles::Settings::changed, this, [wrap](core::profiles::Setting changed) {
        if (changed == core::profiles::Setting::WrapLines)
            wrap();
    });
    workbench::followTextSize(this->workbench().services().viewState, m_editor);
    workbench::followTextSize(this->workbench().services().viewState, m_merge);
    connect(&workbench, &workbench::Workbench::namespacesChanged, this, &EditorPage::showNamespace);
    connect(&workbench.services().unlocks, &core::guard::Unlocks::changed, this, &EditorPage::updateFacts);
}

EditorPage::~EditorPage()
{
    // Whoever takes the page away without asking (its connection is closed) takes no key with it.
    handOver();
    // It keeps that on its own way out, with nobody to tell any more.
    m_document->disconnect(this);
}

QString EditorPage::title() const
{
    return m_document->key().dataId;
}

QString EditorPage::longTitle() const
{
    const auto &key = m_document->key();
    return u"%1 · %2 · %3"_s.arg(key.dataId, key.group, workbench().pathText(subject()));
}

bool EditorPage::isModified() const
{
    return m_document->state() == ConfigDocument::State::Ready && m_document->differsFromBase();
}

QString EditorPage::statusText() const
{
    const auto place = m_editor->caret();
    return tr("line %1, column %2").arg(place.line).arg(place.column);
}

void EditorPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Page::changeEvent(event);
}

void EditorPage::activated()
{
    if (std::exchange(m_started, true)) {
        m_editor->setFocus();
        workbench().refreshNamespaces(m_address.profile());
        if (std::exchange(m_clientsStale, false))
            m_listeners->reload();
        return;
    }
    beginLoading();
    m_editor->setFocus();
    if (m_parameters.value(u"panel"_s).toString() == "history"_L1)
        showPanel(Panel::History);
}

void EditorPage::refresh()
{
    if (m_document->state() == ConfigDocument::State::Ready)
        m_document->tryAgain();
    else
        m_document->load();
    m_history->reload();
    m_listeners->reload();
    workbench().refreshNamespaces(m_address.profile());
}

void EditorPage::focusFilter()
{
    m_editor->openFind();
}

QJsonObject EditorPage::saveState() const
{
    const auto place = m_editor->caret();
    return {{u"line"_s, place.line}, {u"column"_s, place.column}, {u"panel"_s, m_tabs->currentIndex()}, {u"panelHeight"_s, m_panelHeight}};
}

void EditorPage::restoreState(const QJsonObject &state)
{
    m_pendingState = state;
    const int panel = state.value(u"panel"_s).toInt();
    m_tabs->setCurrentIndex(std::clamp(panel, 0, m_tabs->count() - 1));
    if (const int height = state.value(u"panelHeight"_s).toInt(); height > 60 && height < 2000) {
        m_panelHeight = height;
        roomForPanel();
    }
}

void EditorPage::requestClose(std::function<void(Close)> answer)
{
    // Nothing is asked: what was typed is a draft, found again under Drafts and when the config is opened next.
    handOver();
    if (!isModified())
        return answer(Close::Now);
    m_document->saveDraft()->then(this, [this, answer](const core::Result<core::Done> &done) {
        if (!done)
            m_bar->showError(done.error(), tr("The draft could not be saved; keep this tab open"));
        answer(done ? Close::Now : Close::NotNow);
    });
}

void EditorPage::keep(std::function<void()> kept)
{
    handOver();
    if (!isModified())
        return kept();
    m_document->saveDraft()->then(this, [kept = std::move(kept)](const core::Result<core::Done> &done) {
        if (!done)
            qCWarning(core::logApp) << "the draft could not be saved:" << done.error().message;
        kept();
    });
}

core::text::Format EditorPage::format() const
{
    return core::text::formatFromName(m_format->currentData().toString()).value_or(core::text::Format::Text);
}

bool EditorPage::isEditable() const
{
    return m_document->state() == ConfigDocument::State::Ready && m_editor->isTextual() && !m_document->isOpaque();
}

void EditorPage::documentLoaded()
{
    const auto &base = m_document->base();
    m_publishSoon = false;
    // A merge of what was there before is about nothing any more.
    m_merging.reset();
    m_views->setCurrentWidget(m_editView);
    if (!m_document->foundDraft())
        m_bar->close(FoundMessage);
    showAttributes();
    recallAttributes();
    m_filling = true;
    m_editor->setContent(m_document->content());
    const bool locked = m_document->isOpaque() || !m_editor->isTextual();
    m_editor->setAccess(locked ? CodeEditor::Access::ReadOnly : CodeEditor::Access::Editable);
    // An override has a content and a format, nothing else.
    m_attributes->setAccess(locked || m_document->isOverride() ? AttributesPanel::Access::ReadOnly : AttributesPanel::Access::Editable);
    m_format->setEnabled(!locked);
    m_filling = false;
    m_shown = true;
    m_editor->setPlaceholder(tr("Content"));
    m_states->showContent();
    if (m_pendingState.contains(u"line"_s))
        m_editor->goTo({m_pendingState.value(u"line"_s).toInt(1), m_pendingState.value(u"column"_s).toInt(1)});
    // Of a tab that is not in front it would take the keys unseen.
    if (isVisible() && !m_panels->isAncestorOf(window()->focusWidget()))
        m_editor->setFocus();
    showOverride();
    m_bar->close(EncryptedMessage);
    m_bar->close(AbsentMessage);
    if (m_document->isBaseLost())
        sayBaseLost(BaseLostMessage);
    else
        m_bar->close(BaseLostMessage);
    if (m_document->isOpaque() || (base && base->encrypted()))
        m_bar->show(
            {.text = tr("Encrypted by the clients' plug-in: shown as it is stored, it cannot be edited as text."), .id = EncryptedMessage});
    showMirror();
    if (!base && !m_parameters.value(u"new"_s).toBool())
        sayAbsent();
    showNamespace();
    copySource();
    m_history->setSubject(m_document->registry(), m_document->key());
    m_listeners->setSubject(m_document->registry(), m_document->key());
    m_comeBack.follow(m_document->registry());
    checkSoon();
    updateFacts();
    Q_EMIT faceChanged();
}

/// Format and details as the document has them.
void EditorPage::showAttributes()
{
    auto attributes = m_document->attributes();
    QString type = attributes.type;
    if (type.isEmpty())
        type = m_parameters.value(u"type"_s).toString();
    if (type.isEmpty())
        type = core::text::formatName(core::text::detect(m_document->content(), m_document->key().dataId));
    const int index = std::max(0, m_format->findData(type));
    if (index != m_format->currentIndex() || m_editor->format() != format()) {
        m_format->setCurrentIndex(index);
        m_editor->setFormat(format());
        m_checkSoon.start();
    }
    attributes.type = m_format->currentData().toString();
    m_attributes->setTold(attributesTold());
    m_attributes->show(attributes, m_document->base());
    m_schema->setAttribute(attributes.schema);
}

void EditorPage::documentFailed()
{
    workbench::showUnreadable(
        *m_states, workbench(),
        {subject().profile, m_document->error().value_or(core::Error()), tr("Cannot open %1").arg(m_document->key().dataId)},
        [this] { beginLoading(); });
}

void EditorPage::beginLoading()
{
    m_states->showLoading(m_document->key().dataId);
    QTimer::singleShot(LoadingSaidAfter, this, [this] {
        m_slow = true;
        if (!m_shown)
            updateFacts();
    });
    m_document->load();
}

void EditorPage::contentEdited()
{
    m_editSoon.stop();
    if (m_document->state() != ConfigDocument::State::Ready)
        return;
    auto attributes = m_attributes->attributes();
    attributes.type = m_format->currentData().toString();
    // A type the server never stored is no edit by itself.
    if (m_document->base() && m_document->base()->attributes.type.isEmpty() && attributes.type == "text"_L1)
        attributes.type.clear();
    const auto merged = workOfMerge();
    m_document->edit(merged ? *merged : m_editor->content(), attributes);
    // What has arrived is not what stands here any more.
    if (m_document->differsFromBase())
        m_arrival->clear();
}

void EditorPage::editedSoon(qsizetype size)
{
    if (!m_editSoon.isActive())
        m_sinceEdit.start();
    // Whoever types without a pause is kept, too.
    if (m_sinceEdit.elapsed() < (size > LargeText ? LargeEditAtMost : EditAtMost).count())
        m_editSoon.start();
}

/// The last keys count, too.
void EditorPage::handOver()
{
    if (m_editSoon.isActive())
        contentEdited();
}

void EditorPage::formatChosen()
{
    m_attributes->setType(m_format->currentData().toString());
    m_editor->setFormat(format());
    contentEdited();
    checkSoon();
}

void EditorPage::checkSoon()
{
    m_checkSoon.stop();
    // One at a time: of a large text a check takes longer than the next key.
    if (m_checking) {
        m_checkSoon.start();
        return;
    }
    const auto work = [content = m_editor->content(), revision = m_editor->revision(), format = format(), schema = m_schema->schema()] {
        return Checked{revision, format, problemsOf(format, content, schema), core::text::findSecrets(format, content)};
    };
    m_checking = true;
    workbench().services().workers.run(this, work, [this](const Checked &result) { checked(result); });
}

void EditorPage::checked(const Checked &result)
{
    m_checking = false;
    if (result.revision != m_editor->revision() || result.format != format()) {
        if (m_publishSoon)
            m_checkSoon.start();
        return;
    }
    m_checkedFor = {result.revision, result.format};
    m_problems = result.problems;
    m_editor->setProblems(m_problems);
    m_editor->setSecrets(result.secrets);
    m_problemList->clear();
    for (const core::text::Problem &problem : std::as_const(m_problems)) {
        const bool isError = problem.severity == core::text::Problem::Severity::Error;
        auto *item = new QListWidgetItem(Theme::stateIcon(isError ? StateColor::Error : StateColor::Warning),
                                         tr("line %1: %2").arg(problem.line).arg(coreText(problem.message)), m_problemList);
        item->setData(Qt::UserRole, problem.line);
        item->setData(Qt::UserRole + 1, problem.column);
    }
    if (m_problems.isEmpty()) {
        auto *item = new QListWidgetItem(tr("No problems found"), m_problemList);
        item->setFlags(Qt::NoItemFlags);
    }
    updatePanelTitles();
    updateFacts();
    if (std::exchange(m_publishSoon, false))
        reviewPublish();
}

QString EditorPage::publishBlocker() const
{
    if (m_document->state() != ConfigDocument::State::Ready)
        return tr("Not loaded yet.");
    if (m_merging)
        return tr("Use the result of the merge, or go back to your text, first.");
    // A copy of an encrypted one is published as it is, with its data key.
    const bool copy = m_document->isOpaque() && !m_document->base() && m_editor->isTextual();
    if (!isEditable() && !copy)
        return tr("This content cannot be edited as text.");
    // What somebody deleted is created again by publishing it.
    const bool deleted = m_document->newer() && !*m_document->newer();
    if (!deleted && !m_document->differsFromBase() && !m_editSoon.isActive())
        return tr("Nothing was changed.");
    if (m_editor->byteCount() == 0 && !m_document->isOverride())
        return tr("The server takes no empty content.");
    return {};
}

void EditorPage::saveDraftNow()
{
    contentEdited();
    m_document->saveDraft();
}

void EditorPage::discardDraft()
{
    m_editSoon.stop();
    m_document->discardDraft();
    documentLoaded();
}

void EditorPage::validateNow()
{
    checkSoon();
    showPanel(Panel::Problems);
}

void EditorPage::showPanel(Panel panel)
{
    m_tabs->setCurrentIndex(int(panel));
    // A list without rows would only take the caret away.
    if (panel == Panel::Problems && m_problems.isEmpty())
        return;
    m_panels->currentWidget()->setFocus(Qt::ShortcutFocusReason);
    if (m_problemList->hasFocus() && m_problemList->currentRow() < 0)
        m_problemList->setCurrentRow(0);
    // Of a table that is read yet, the panel does so when the rows come.
    if (auto *table = qobject_cast<TableView *>(QApplication::focusWidget()))
        table->enter();
}

void EditorPage::goToLine()
{
    m_editor->openGoToLine();
}

} // namespace ui::config
