// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configdetail.h"

#include "core/nacos/config/historystates.h"
#include "core/nacos/registry.h"
#include "core/text/format.h"
#include "core/text/inspect.h"
#include "core/text/secrets.h"
#include "ui/common/errortext.h"
#include "ui/common/passingtime.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/config/listenerspanel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

constexpr int ShownListeners = 6;
constexpr int ShownChanges = 4;
constexpr qsizetype PreviewBytes = 4096;
constexpr int ListenersTries = 5; ///< 1, 2, 4 … s apart

void clearRows(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

ConfigDetailPanel::ConfigDetailPanel(core::store::Mirror &mirror, QWidget *parent)
    : QWidget(parent)
    , m_mirror(mirror)
{
    setObjectName(u"configDetail"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    m_body = new QWidget(this);
    outer->addWidget(m_body);
    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    layout->setSpacing(metrics::Inside);
    m_name = new ElidedLabel(m_body);
    m_name->setElideMode(Qt::ElideMiddle);
    Theme::setHeadline(m_name);
    layout->addWidget(m_name);
    m_line = new QLabel(m_body);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setWordWrap(true);
    Theme::setMuted(m_line);
    layout->addWidget(m_line);
    m_badge = new Badge(QString(), StateColor::Warning, m_body);
    m_badge->setObjectName(u"configOverrideBadge"_s);
    layout->addWidget(m_badge, 0, Qt::AlignLeft);
    m_description = new QLabel(m_body);
    m_description->setTextFormat(Qt::PlainText);
    m_description->setWordWrap(true);
    layout->addWidget(m_description);
    buildFacts(layout);

    // A section is shown with what it holds, never as a heading over nothing.
    m_listenersBox = addSection(layout, m_listenersHead);
    auto *head = new QHBoxLayout;
    m_listenersState = new QLabel(m_listenersBox);
    m_listenersState->setObjectName(u"configListenersState"_s);
    m_listenersBox->layout()->removeWidget(m_listenersHead);
    head->addWidget(m_listenersHead);
    head->addStretch();
    head->addWidget(m_listenersState);
    static_cast<QVBoxLayout *>(m_listenersBox->layout())->addLayout(head);
    m_listenerRows = new QVBoxLayout;
    m_listenerRows->setSpacing(2);
    static_cast<QVBoxLayout *>(m_listenersBox->layout())->addLayout(m_listenerRows);
    m_changesBox = addSection(layout, m_changesHead);
    m_changesBox->setObjectName(u"configChanges"_s);
    m_changeRows = new QVBoxLayout;
    m_changeRows->setSpacing(2);
    static_cast<QVBoxLayout *>(m_changesBox->layout())->addLayout(m_changeRows);
    m_contentBox = addSection(layout, m_contentHead);
    layout->setStretchFactor(m_contentBox, 1);
    m_contentNote = new QLabel(m_contentBox);
    m_contentNote->setObjectName(u"configContentNote"_s);
    m_contentNote->setTextFormat(Qt::PlainText);
    m_contentNote->setWordWrap(true);
    Theme::setMuted(m_contentNote);
    m_contentBox->layout()->addWidget(m_contentNote);
    m_preview = new QPlainTextEdit(m_contentBox);
    m_preview->setObjectName(u"configPreview"_s);
    m_preview->setReadOnly(true);
    m_preview->setFrameShape(QFrame::NoFrame);
    m_preview->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_preview->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_preview->setFont(Theme::fixedFont());
    m_preview->setTabChangesFocus(true);
    m_preview->document()->setDocumentMargin(0);
    m_contentBox->layout()->addWidget(m_preview);
    layout->addStretch();
    m_body->hide();
    m_nothing = new QLabel(this);
    m_nothing->setObjectName(u"configDetailEmpty"_s);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    Theme::setMuted(m_nothing);
    outer->addWidget(m_nothing);
    m_delay.setSingleShot(true);
    m_delay.setInterval(150);
    connect(&m_delay, &QTimer::timeout, this, &ConfigDetailPanel::load);
    m_listenersAgain.setSingleShot(true);
    connect(&m_listenersAgain, &QTimer::timeout, this, &ConfigDetailPanel::loadListeners);
    m_passing = new PassingTime(this, [this] { return tellTimes(); });
    connect(&m_comeBack, &ComeBack::back, this, &ConfigDetailPanel::reload);
    connect(&m_comeBack, &ComeBack::awayChanged, this, [this] { m_comeBack.isAway() ? sayListeners() : reload(); });
    connect(&m_comeBack, &ComeBack::due, this, [this] {
        if (!m_body->isHidden() && isVisible() && !m_delay.isActive())
            loadListeners();
    });
    retranslate();
}

ConfigDetailPanel::~ConfigDetailPanel() = default;

void ConfigDetailPanel::retranslate()
{
    setAccessibleName(tr("Details of the selected config"));
    m_badge->setText(tr("local override"));
    m_badge->setToolTip(tr("This computer reads its own content instead of the server's."));
    m_listenersHead->setText(tr("Listeners"));
    m_changesHead->setText(tr("Last changes"));
    m_contentHead->setText(tr("Content"));
    m_facts[App].name->setText(tr("App"));
    m_facts[Tags].name->setText(tr("Tags"));
    m_facts[Md5].name->setText(tr("MD5"));
    m_preview->setAccessibleName(tr("Beginning of the content"));
    m_nothing->setText(tr("Select a config to see what it holds, who listens and what changed."));
}

void ConfigDetailPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    retranslate();
    // The words of the rows come with what is loaded.
    if (!m_body->isHidden())
        m_delay.start();
}

QWidget *ConfigDetailPanel::addSection(QVBoxLayout *layout, QLabel *&heading)
{
    auto *box = new QWidget(m_body);
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, metrics::Between, 0, 0);
    rows->setSpacing(metrics::Inside);
    rows->addWidget(new Separator(Qt::Horizontal, box));
    heading = new QLabel(box);
    heading->setFont(Theme::strongFont());
    rows->addWidget(heading);
    layout->addWidget(box);
    box->hide();
    return box;
}

void ConfigDetailPanel::reload()
{
    if (m_body->isHidden())
        return;
    m_stale = !isVisible();
    if (!m_stale)
        m_delay.start();
}

void ConfigDetailPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        reload();
}

void ConfigDetailPanel::clear()
{
    m_delay.stop();
    m_listenersAgain.stop();
    m_stale = false;
    m_detail.reset();
    m_remembered.reset();
    m_listeners.reset();
    m_history.reset();
    m_summary = {};
    m_changeLines.clear();
    m_seenAt = m_countedAt = {};
    m_body->hide();
    m_nothing->show();
}

void ConfigDetailPanel::show(core::nacos::Registry *registry, const ConfigRow &row)
{
    const bool same =
        m_registry == registry && m_summary.key == row.summary.key && m_summary.md5 == row.summary.md5 && m_overridden == row.overridden;
    m_registry = registry;
    m_comeBack.follow(registry);
    m_summary = row.summary;
    m_overridden = row.overridden;
    showFacts();
    m_body->show();
    if (same)
        return;
    // Answers about what was selected before do not belong here any more.
    m_listenersAgain.stop();
    m_detail.reset();
    m_remembered.reset();
    m_listeners.reset();
    m_history.reset();
    m_nothing->hide();
    for (QWidget *section : {m_listenersBox, m_changesBox, m_contentBox})
        section->hide();
    m_description->hide();
    m_listenersState->clear();
    m_contentHead->setText(tr("Content"));
    m_contentNote->clear();
    m_preview->clear();
    clearRows(m_listenerRows);
    clearRows(m_changeRows);
    m_changeLines.clear();
    m_seenAt = m_countedAt = {};
    m_delay.start();
}

void ConfigDetailPanel::buildFacts(QVBoxLayout *layout)
{
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, metrics::Inside, 0, 0);
    grid->setHorizontalSpacing(metrics::Between);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    for (int row = 0; row < FactRows; ++row) {
        Fact &fact = m_facts[size_t(row)];
        fact.name = new QLabel(m_body);
        Theme::setMuted(fact.name);
        fact.value = new ElidedLabel(m_body);
        if (row == Md5)
            fact.value->setFont(Theme::fixedFont());
        grid->addWidget(fact.name, row, 0);
        grid->addWidget(fact.value, row, 1);
    }
    layout->addLayout(grid);
}

void ConfigDetailPanel::showFacts()
{
    const std::array<QString, FactRows> values{m_summary.app, m_summary.tags.join(u", "_s), QString::fromLatin1(m_summary.md5)};
    for (size_t row = 0; row < values.size(); ++row) {
        m_facts[row].value->setText(values[row]);
        m_facts[row].name->setVisible(!values[row].isEmpty());
        m_facts[row].value->setVisible(!values[row].isEmpty());
    }
    m_name->setText(m_summary.key.dataId);
    QStringList facts{m_summary.key.group, m_summary.type.isEmpty() ? u"text"_s : m_summary.type};
    if (m_summary.size)
        facts << sizeText(*m_summary.size);
    m_line->setText(facts.join(u" · "_s));
    m_badge->setVisible(m_overridden);
}

void ConfigDetailPanel::load()
{
    m_stale = false;
    if (!m_registry)
        return;
    auto &configs = m_registry->configs();
    m_detail = configs.get(m_summary.key);
    m_detail->then(this, [this](const core::Result<std::optional<core::nacos::ConfigDetail>> &answer) {
        if (answer && *answer) {
            m_seenAt = {};
            m_contentHead->setText(tr("Content"));
            showDetail(**answer);
        } else if (!answer)
            showRemembered(answer.error());
    });
    m_listenersTries = 0;
    loadListeners();
    m_revisions.clear();
    m_history = configs.history(m_summary.key);
    m_history->each(this, [this](const QList<core::nacos::ConfigRevision> &batch) { m_revisions += batch; });
    m_history->then(this, [this](const core::Result<core::Done> &end) {
        // What could not be asked is not said to be nothing.
        if (end || !m_revisions.isEmpty())
            showHistory();
        else
            m_changesBox->hide();
    });
}

void ConfigDetailPanel::loadListeners()
{
    if (!m_registry)
        return;
    m_listeners = m_registry->configs().listeners(m_summary.key);
    m_listeners->then(this, [this](const core::Result<QList<core::nacos::ConfigListener>> &answer) {
        if (answer)
            return showListeners(*answer);
        if (m_countedAt.isValid() && m_comeBack.isAway())
            return;
        m_listenersBox->show();
        clearRows(m_listenerRows);
        m_listenersState->setText(u"–"_s);
        Theme::setStateColor(m_listenersState, StateColor::Neutral);
        m_listenersState->setToolTip(errorText(answer.error()).sentence);
    });
}

/// Out of reach: what was seen last, with its age.
void ConfigDetailPanel::showRemembered(const core::Error &cause)
{
    const auto address = m_registry ? m_summary.key.address(m_registry->slug()) : core::Result<core::Address>(core::fail(cause));
    if (!address) {
        showContent(errorText(cause).sentence, {});
        return;
    }
    m_remembered = m_mirror.content({m_registry->mirrorScope()}, address->local());
    m_remembered->then(this, [this, cause](const core::Result<std::optional<core::store::MirrorState>> &answer) {
        if (!answer || !*answer) {
            showContent(errorText(cause).sentence, {});
            return;
        }
        const core::store::MirrorState &state = **answer;
        showDetail(core::nacos::rememberedDetail(m_summary.key, state));
        m_seenAt = state.seenAt;
        m_passing->again();
    });
}

void ConfigDetailPanel::showDetail(const core::nacos::ConfigDetail &detail)
{
    m_description->setVisible(!detail.attributes.description.isEmpty());
    m_description->setText(detail.attributes.description);
    if (!m_summary.size && !detail.localOverride) {
        m_summary.size = detail.content.size();
        showFacts();
    }
    if (detail.encrypted()) {
        showContent(tr("Encrypted by the clients' plug-in; shown as it is stored."), QString::fromUtf8(detail.content.left(400)));
        return;
    }
    if (!core::text::inspect(detail.content).utf8) {
        showContent(tr("Not text: %1 of binary content.").arg(sizeText(detail.content.size())), {});
        return;
    }
    const auto format = core::text::formatFromName(detail.attributes.type).value_or(core::text::detect(detail.content, detail.key.dataId));
    // Cut at a line, so that masking sees whole lines.
    QByteArray head = detail.content;
    if (head.size() > PreviewBytes) {
        const qsizetype end = head.lastIndexOf('\n', PreviewBytes);
        head = head.left(end > 0 ? end : PreviewBytes) + "\n…";
    }
    showContent({}, QString::fromUtf8(core::text::maskSecrets(format, head)));
}

/// `note`: a sentence about it; the text is that of the server.
void ConfigDetailPanel::showContent(const QString &note, const std::optional<QString> &text)
{
    m_contentBox->show();
    m_contentNote->setText(note);
    m_contentNote->setVisible(!note.isEmpty());
    m_preview->setVisible(text.has_value());
    // Read again and unchanged it keeps its place.
    if (const QString shown = text.value_or(QString()); shown != m_preview->toPlainText())
        m_preview->setPlainText(shown);
}

void ConfigDetailPanel::showListeners(const QList<core::nacos::ConfigListener> &listeners)
{
    m_counted = listeners;
    m_countedAt = QDateTime::currentDateTimeUtc();
    const core::nacos::ListenerCount count = core::nacos::applicationsOf(listeners);
    Q_EMIT listenersCounted(m_summary.key, count.known().value_or(-1));
    // A change is told before everybody has taken it over.
    const bool allHaveIt =
        std::all_of(listeners.begin(), listeners.end(), [](const auto &listener) { return listener.upToDate || listener.isUnclear(); });
    if (!allHaveIt && m_listenersTries < ListenersTries)
        m_listenersAgain.start(std::chrono::seconds(1 << m_listenersTries++));
    sayListeners();
}

/// What they had when they could be asked last stays, as that.
void ConfigDetailPanel::sayListeners()
{
    if (!m_countedAt.isValid())
        return;
    const QList<core::nacos::ConfigListener> &listeners = m_counted;
    const core::nacos::ListenerCount count = core::nacos::applicationsOf(listeners);
    const bool former = m_comeBack.isAway();
    m_listenersBox->show();
    clearRows(m_listenerRows);
    if (former) {
        m_listenersAgain.stop();
        m_listenersState->setText(tr("as of %1", "a time of day; whose listeners cannot be asked now").arg(clockTime(m_countedAt)));
        m_listenersState->setToolTip(tr("The server is out of reach: nobody can be asked now."));
        Theme::setStateColor(m_listenersState, StateColor::Neutral);
        Theme::setMuted(m_listenersState);
    } else {
        m_listenersState->setToolTip(count.known() ? QString() : unclearText());
        m_listenersState->setText(!count.known()       ? tr("cannot be told")
                                      : count.all == 0 ? tr("none")
                                                       : tr("%1 of %2 have it").arg(count.upToDate).arg(count.all));
        Theme::setStateColor(m_listenersState,
                             count.all == 0                    ? StateColor::Neutral
                                 : count.upToDate == count.all ? StateColor::Ok
                                                               : StateColor::Warning);
    }
    for (qsizetype i = 0; i < std::min<qsizetype>(ShownListeners, listeners.size()); ++i) {
        const core::nacos::ConfigListener &listener = listeners.at(i);
        auto *row = new QWidget(m_body);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins({});
        line->setSpacing(metrics::Between);
        const bool told = !former && !listener.isUnclear();
        auto *dot = new StateDot(!told ? StateColor::Neutral : listener.upToDate ? StateColor::Ok : StateColor::Warning, row);
        dot->setToolTip(former                     ? tr("cannot be asked now")
                            : listener.isUnclear() ? tr("the server tells addresses only: what each program there has is not known")
                            : listener.upToDate    ? tr("has the newest content")
                                                   : tr("has another content"));
        auto *ip = new QLabel(listener.ip, row);
        ip->setTextFormat(Qt::PlainText);
        ip->setFont(Theme::fixedFont());
        auto *client = new ElidedLabel(row);
        client->setText(listenerName(listener));
        client->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        Theme::setMuted(client);
        if (former || listener.who != core::nacos::ConfigListener::Who::Application)
            Theme::setMuted(ip);
        line->addWidget(dot);
        line->addWidget(ip);
        line->addWidget(client, 1);
        m_listenerRows->addWidget(row);
    }
    if (listeners.size() > ShownListeners) {
        auto *more = new QLabel(tr("and %n more", nullptr, int(listeners.size() - ShownListeners)), m_body);
        Theme::setMuted(more);
        m_listenerRows->addWidget(more);
    }
}

void ConfigDetailPanel::showHistory()
{
    m_changesBox->show();
    clearRows(m_changeRows);
    m_changeLines.clear();
    int shown = 0;
    for (const core::nacos::ConfigRevision &revision : std::as_const(m_revisions)) {
        if (shown++ == ShownChanges)
            break;
        auto *line = new QLabel(m_body);
        m_changeLines.append({line, revision});
        line->setTextFormat(Qt::PlainText);
        line->setToolTip(exactTime(revision.at));
        Theme::setMuted(line);
        m_changeRows->addWidget(line);
    }
    auto *all = new LinkLabel(m_revisions.isEmpty() ? tr("No history") : tr("Open the history"), m_body);
    all->setEnabled(!m_revisions.isEmpty());
    connect(all, &LinkLabel::clicked, this, [this] { Q_EMIT historyWanted(m_summary.key); });
    m_changeRows->addWidget(all, 0, Qt::AlignLeft);
    m_passing->again();
}

std::optional<std::chrono::seconds> ConfigDetailPanel::tellTimes()
{
    std::optional<std::chrono::seconds> soonest;
    const auto count = [&soonest](const QDateTime &time) {
        const auto next = nextChange(time);
        if (time.isValid())
            soonest = soonest ? std::min(*soonest, next) : next;
    };
    for (const auto &[line, revision] : std::as_const(m_changeLines)) {
        using Verb = core::nacos::ConfigRevision::Verb;
        const QString verb = revision.verb == Verb::Created ? tr("created")
            : revision.verb == Verb::Deleted                ? tr("deleted")
            : revision.verb == Verb::Seen                   ? tr("seen")
                                                            : tr("changed");
        const QString by = revision.by.isEmpty() ? QString() : u" · "_s + revision.by;
        line->setText(u"%1 %2%3"_s.arg(verb, relativeTime(revision.at), by));
        count(revision.at);
    }
    if (m_seenAt.isValid()) {
        m_contentHead->setText(tr("Content, seen %1").arg(relativeTime(m_seenAt)));
        count(m_seenAt);
    }
    return soonest;
}

} // namespace ui::config
