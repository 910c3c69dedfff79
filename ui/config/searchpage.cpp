// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/searchpage.h"

#include "core/base/workers.h"
#include "core/nacos/config/mirrorfiller.h"
#include "core/text/format.h"
#include "core/text/inlinelimit.h"
#include "core/text/secrets.h"
#include "ui/common/clipboard.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/common/rowactions.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/askbar.h"
#include "ui/workbench/unreadable.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui::config {

using core::nacos::ConfigKey;

namespace {

constexpr int ReadsAtOnce = 8;
constexpr int PlacesPerConfig = 20;
constexpr qsizetype ShownText = 240;
constexpr qsizetype TextBefore = 60; ///< of a long line, so that what was found is on the screen
constexpr auto CountAgain = 500ms;

/// The lines of a content that hold the text, secrets masked, so that only what may be seen is found.
QList<SearchPlace> placesIn(const ConfigKey &key, const QByteArray &content, const QString &type, const QString &text)
{
    const auto format = core::text::formatFromName(type).value_or(core::text::detect(content, key.dataId));
    const QByteArray masked = core::text::maskSecrets(format, content);
    QList<SearchPlace> places;
    QString above; // the nearest line that is not blank
    int number = 0, aboveNumber = 0;
    bool lacksContext = false;
    for (qsizetype from = 0; from <= masked.size() && (places.size() < PlacesPerConfig || lacksContext);) {
        qsizetype end = masked.indexOf('\n', from);
        if (end < 0)
            end = masked.size();
        QString line = QString::fromUtf8(masked.mid(from, end - from));
        if (line.endsWith(u'\r'))
            line.chop(1);
        ++number;
        const bool blank = line.trimmed().isEmpty();
        if (lacksContext && !blank) { // nothing stands above it
            places.last().context = line.left(ShownText);
            places.last().contextLine = number;
            lacksContext = false;
        }
        const qsizetype column = line.indexOf(text, 0, Qt::CaseInsensitive);
        if (column >= 0 && places.size() < PlacesPerConfig) {
            const qsizetype cut = line.size() > ShownText ? std::max<qsizetype>(0, column - TextBefore) : 0;
            places.append({number, int(column) + 1, line.mid(cut, ShownText), above, aboveNumber});
            lacksContext = aboveNumber == 0;
        }
        if (!blank) {
            above = line.left(ShownText);
            aboveNumber = number;
        }
        from = end + 1;
    }
    return places;
}

} // namespace

SearchPage::SearchPage(workbench::Workbench &workbench)
    : Page(workbench)
{
    setObjectName(u"searchPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_ask = new AskBar({tr("Text to search for in the contents"), tr("Search in the contents …"), tr("Search")}, AskBar::Field::Wide, this);
    m_ask->nameParts(u"searchQuery"_s, u"searchButton"_s);
    m_query = m_ask->field();
    m_everywhere = new QCheckBox(tr("In &all namespaces"), this);
    m_everywhere->setObjectName(u"searchEverywhere"_s);
    m_ask->addOption(m_everywhere);
    layout->addWidget(m_ask);
    m_coverageLabel = new ElidedLabel(this);
    m_coverageLabel->setObjectName(u"searchCoverage"_s);
    Theme::setMuted(m_coverageLabel);
    m_fillingLabel = new QLabel(this);
    m_fillingLabel->setObjectName(u"searchFilling"_s);
    Theme::setMuted(m_fillingLabel);
    m_filling = new QuietButton(Icon::Stop, {}, this);
    m_filling->setObjectName(u"searchFillingButton"_s);
    m_filling->hide();
    m_summary = new QLabel(this);
    m_summary->setObjectName(u"searchSummary"_s);
    auto *known = new QHBoxLayout;
    known->setContentsMargins(metrics::Around, 0, metrics::Around, metrics::Between);
    known->setSpacing(metrics::Between);
    known->addWidget(m_coverageLabel);
    known->addWidget(m_fillingLabel);
    known->addWidget(m_filling);
    known->addStretch(1);
    known->addWidget(m_summary);
    layout->addLayout(known);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_bar = new MessageBar(this);
    layout->addWidget(m_bar);
    m_view = new SearchView(m_model, this);
    m_view->setObjectName(u"searchResults"_s);
    m_model.setPlaceText([this](const ConfigKey &key) {
        return key.group + u" · "_s + this->workbench().pathText({subject().profile, key.namespaceId});
    });
    m_states = new StatePage(this);
    m_states->setContent(m_view);
    showBegin();
    layout->addWidget(m_states, 1);
    connect(m_ask, &AskBar::asked, this, &SearchPage::search);
    m_query->installEventFilter(this);
    connect(m_everywhere, &QCheckBox::toggled, this, [this] {
        if (!m_searched.isEmpty())
            search();
        else
            showCoverage();
    });
    m_coverageSoon.setSingleShot(true);
    connect(&m_coverageSoon, &QTimer::timeout, this, &SearchPage::showCoverage);
    auto &filler = workbench.services().filler;
    connect(&filler, &core::nacos::MirrorFiller::changed, this, [this](const QString &slug) {
        if (slug != subject().profile)
            return;
        refreshFilling();
        if (!m_coverageSoon.isActive())
            m_coverageSoon.start(CountAgain);
    });
    connect(m_filling, &QAbstractButton::clicked, this, &SearchPage::fillOrPause);
    connect(m_view, &SearchView::opened, this, [this] { open(workbench::Workbench::Where::HereOrExisting); });
    connect(m_view, &SearchView::openedElsewhere, this, [this] { open(workbench::Workbench::Where::NewWindow); });
    addRowActions();
    setFocusProxy(m_states);
}

SearchPage::~SearchPage() = default;

void SearchPage::setSubject(const workbench::Subject &subject)
{
    const bool changed = subject != this->subject();
    Page::setSubject(subject);
    if (changed && !m_searched.isEmpty())
        search();
    refreshFilling();
    showCoverage();
    Q_EMIT faceChanged();
}

void SearchPage::activated()
{
    m_ask->enter();
}

void SearchPage::focusFilter()
{
    m_ask->enter();
}

/// From the field into what was found.
bool SearchPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_query && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down &&
        m_model.places() > 0) {
        m_view->enter();
        return true;
    }
    return Page::eventFilter(watched, event);
}

void SearchPage::showBegin()
{
    m_summary->clear();
    m_states->showEmpty({Icon::Search, tr("Search the contents of all configs."), {}, {}, tr("The text is taken as it is: no wildcards.")});
}

QString SearchPage::statusText() const
{
    return m_searched.isEmpty() ? QString() : tr("%n place(s)", nullptr, m_model.places());
}

QJsonObject SearchPage::saveState() const
{
    return {{u"query"_s, m_query->text()}, {u"everywhere"_s, m_everywhere->isChecked()}};
}

void SearchPage::restoreState(const QJsonObject &state)
{
    m_query->setText(state.value(u"query"_s).toString());
    m_everywhere->setChecked(state.value(u"everywhere"_s).toBool());
}

QStringList SearchPage::spaces() const
{
    if (!m_everywhere->isChecked())
        return {subject().namespaceId};
    QStringList ids;
    for (const auto &info : workbench().namespaces(subject().profile))
        ids << info.id;
    return ids.isEmpty() ? QStringList{subject().namespaceId} : ids;
}

void SearchPage::search()
{
    ++m_run;
    m_fromMirror.reset();
    m_fromServer.reset();
    m_toRead.clear();
    m_seen.clear();
    m_bar->clear();
    m_serverError.reset();
    m_unread = 0;
    m_searched = m_query->text();
    m_model.begin(m_searched);
    m_summary->clear();
    if (m_searched.trimmed().isEmpty()) {
        m_searched.clear();
        showBegin();
        return;
    }
    if (!workbench().registry(subject().profile)) {
        m_states->showEmpty({Icon::Connection, tr("No connection is open."), {}, {}, tr("Choose one at the top left.")});
        return;
    }
    m_states->showLoading(m_searched);
    m_mirrorDone = m_serverDone = false;
    searchMirror(spaces());
    searchServer(spaces());
    showSummary();
    Q_EMIT stateChanged();
}

void SearchPage::add(const QList<SearchFound> &found)
{
    m_model.add(found);
    if (m_model.places() > 0)
        m_states->showContent();
    if (m_model.isFull()) {
        // More would say nothing more.
        m_fromMirror.reset();
        m_fromServer.reset();
        m_toRead.clear();
        m_mirrorDone = m_serverDone = true;
    }
    showSummary();
    Q_EMIT statusChanged();
}

void SearchPage::searchMirror(const QStringList &spaces)
{
    auto *registry = workbench().registry(subject().profile);
    auto &mirror = workbench().services().mirror;
    core::store::MirrorQuery query;
    query.text = m_searched;
    query.scopes = {{registry->mirrorScope()}};
    query.spaces = spaces;
    query.kinds = {u"config"_s};
    query.limit = SearchModel::MostConfigs;
    m_fromMirror = mirror.search(query);
    m_fromMirror->each(this, [this](const QList<core::store::MirrorHit> &batch) {
        QList<SearchFound> all;
        for (const core::store::MirrorHit &hit : batch) {
            const auto address = core::Address::parse(u"signalbox://x/"_s + hit.item.local);
            const auto key = address ? ConfigKey::of(*address) : core::Result<ConfigKey>(core::fail({}, {}));
            if (!key || hit.item.stale)
                continue;
            SearchFound found{*key, {}, SearchFound::Source::Mirror, hit.item.seenAt};
            for (const auto &place : hit.places) {
                if (place.line > 0)
                    found.places.append({place.line, place.column + 1, place.text, place.context, place.contextLine});
            }
            if (found.places.isEmpty())
                continue;
            m_seen.insert(*key);
            all.append(found);
        }
        add(all);
    });
    m_fromMirror->then(this, [this](const core::Result<core::Done> &) {
        m_mirrorDone = true;
        nextRead();
        finished();
    });
    showCoverage();
}

void SearchPage::showCoverage()
{
    // Of what is open: a page that only counts opens no connection.
    auto *registry = workbench().services().registries.find(subject().profile);
    if (!registry) {
        m_coverage.reset();
        m_coverageLabel->setText({});
        return;
    }
    m_coverage = workbench().services().mirror.coverage({{registry->mirrorScope()}}, spaces(), {u"config"_s});
    m_coverage->then(this, [this](const core::Result<core::store::MirrorCoverage> &coverage) {
        if (!coverage)
            return;
        QString text = tr("%1 of %2 contents known here").arg(countText(coverage->withContent), countText(coverage->items));
        if (coverage->newest.isValid())
            text += u" · "_s + tr("newest %1").arg(relativeTime(coverage->newest));
        if (coverage->maskedValues > 0)
            text += u" · "_s + tr("%n secret value(s) are never searched", nullptr, int(coverage->maskedValues));
        m_missing = coverage->items - coverage->withContent;
        refreshFilling();
        m_coverageLabel->setText(text);
    });
}

void SearchPage::refreshFilling()
{
    using State = core::nacos::MirrorFiller::State;
    const auto status = workbench().services().filler.status(subject().profile);
    QString text;
    if (status.state == State::Filling)
        text = tr("· the rest is being read in the background");
    else if (status.state == State::Paused)
        text = tr("· reading in the background is paused");
    else if (status.state == State::Incomplete)
        text = tr("· not everything could be read");
    m_fillingLabel->setText(text);
    m_fillingLabel->setToolTip(status.problem);
    const bool underWay = status.state == State::Filling || status.state == State::Paused;
    const bool offered = m_missing > 0 && workbench().services().filler.mayFill(subject().profile);
    m_filling->setVisible(underWay || offered);
    m_filling->setIcon(Theme::icon(status.state == State::Filling ? Icon::Stop : Icon::Refresh));
    m_filling->setText(status.state == State::Filling      ? tr("Pause")
                           : status.state == State::Paused ? tr("Continue")
                                                           : tr("Read the other %1 now").arg(countText(m_missing)));
}

void SearchPage::fillOrPause()
{
    using State = core::nacos::MirrorFiller::State;
    auto &filler = workbench().services().filler;
    const QString slug = subject().profile;
    switch (filler.status(slug).state) {
    case State::Filling:
        return filler.pause(slug);
    case State::Paused:
        return filler.resume(slug);
    default:
        filler.fill(slug);
    }
}

/// How much was found, and by whom.
void SearchPage::showSummary()
{
    const int configs = m_model.configs();
    const bool busy = !m_mirrorDone || !m_serverDone || m_reading > 0 || !m_toRead.isEmpty();
    QStringList parts;
    if (configs > 0) {
        //: %1 is "in 3 configs"
        parts << tr("%n place(s) %1", nullptr, m_model.places()).arg(tr("in %n config(s)", nullptr, configs));
        if (m_model.isFull())
            parts << tr("the first ones only; narrow the search");
        else if (const int live = m_model.configs(SearchFound::Source::Server); live > 0)
            parts << tr("%n of them only the server found", nullptr, live);
    }
    if (!m_mirrorDone)
        parts << tr("searching what is known here …");
    else if (busy && !m_model.isFull())
        parts << tr("the server is searching …");
    else if (m_serverError)
        parts << tr("the server was not searched");
    m_summary->setText(m_searched.isEmpty() ? QString() : parts.join(u" · "_s));
}

void SearchPage::searchServer(const QStringList &spaces)
{
    if (spaces.isEmpty()) {
        m_serverDone = true;
        finished();
        return;
    }
    core::nacos::ConfigQuery query;
    query.namespaceId = spaces.first();
    query.content = m_searched;
    m_fromServer = workbench().registry(subject().profile)->configs().list(query);
    m_fromServer->each(this, [this](const QList<core::nacos::ConfigSummary> &batch) {
        for (const auto &summary : batch) {
            m_toRead.append(summary.key);
        }
        nextRead();
    });
    m_fromServer->then(this, [this, rest = spaces.mid(1)](const core::Result<core::Done> &end) {
        if (!end) {
            m_serverError = end.error();
            m_serverDone = true;
            finished();
            return;
        }
        searchServer(rest);
    });
}

void SearchPage::nextRead()
{
    // What is known here is found first: who found what would otherwise hang on who was faster.
    auto *registry = m_mirrorDone ? workbench().registry(subject().profile) : nullptr;
    while (registry && m_reading < ReadsAtOnce && !m_toRead.isEmpty()) {
        const ConfigKey key = m_toRead.takeFirst();
        if (m_seen.contains(key))
            continue;
        m_seen.insert(key);
        ++m_reading;
        registry->configs().getLive(key)->then(
            this, [this, key, run = m_run, text = m_searched](const core::Result<std::optional<core::nacos::ConfigDetail>> &detail) {
                if (run == m_run && !detail)
                    ++m_unread;
                if (run == m_run && detail && *detail)
                    return look(key, **detail, text);
                --m_reading;
                nextRead();
                finished();
            });
    }
}

/// Large contents beside the GUI thread: their secrets are looked for as well.
void SearchPage::look(const ConfigKey &key, const core::nacos::ConfigDetail &detail, const QString &text)
{
    const auto places = [key, content = detail.content, type = detail.attributes.type, text] { return placesIn(key, content, type, text); };
    const auto take = [this, key, run = m_run](const QList<SearchPlace> &found) {
        --m_reading;
        if (run == m_run)
            add({{key, found, SearchFound::Source::Server, {}}});
        nextRead();
        finished();
    };
    if (detail.content.size() > core::text::InlineLimit)
        workbench().services().workers.run(this, places, take);
    else
        take(places());
}

void SearchPage::finished()
{
    showSummary();
    if (!m_mirrorDone || !m_serverDone || m_reading > 0 || !m_toRead.isEmpty())
        return;
    const bool nothing = m_model.places() == 0;
    // What could not be asked or read is not said to be nowhere.
    if (m_serverError && nothing)
        workbench::showUnreadable(*m_states, workbench(), {subject().profile, *m_serverError, tr("The server could not search")},
                                  [this] { search(); });
    else if (m_serverError)
        m_bar->showError(*m_serverError, tr("The server could not search; you see what is remembered here"),
                         {{tr("Try again"), {this, [this] { search(); }}}});
    if (m_unread > 0 && !nothing)
        m_bar->show({.state = StateColor::Warning,
                     .text = tr("%n config(s) that the server found could not be read.", nullptr, m_unread),
                     .actions = {{tr("Try again"), {this, [this] { search(); }}}},
                     .id = u"unread"_s});
    if (nothing && !m_serverError && m_unread > 0)
        m_states->showEmpty({Icon::Search, tr("What the server found could not be read."), tr("Try again"), [this] { search(); }, {}});
    else if (nothing && !m_serverError)
        m_states->showEmpty({Icon::Search,
                             tr("“%1” stands nowhere in the contents.").arg(m_searched),
                             {},
                             {},
                             tr("Values of passwords, tokens and keys are never searched.")});
    Q_EMIT statusChanged();
}

void SearchPage::open(workbench::Workbench::Where where)
{
    const SearchPlace *place = m_view->currentPlace();
    const auto address = place ? m_view->currentFound()->key.address(subject().profile) : core::Result<core::Address>(core::fail({}, {}));
    if (!address)
        return;
    workbench::PageRequest request;
    request.address = *address;
    request.state = {{u"line"_s, place->line}, {u"column"_s, place->column}};
    workbench().openPage(request, where);
}

void SearchPage::addRowActions()
{
    using Where = workbench::Workbench::Where;
    auto *rows = new RowActions(m_view);
    const auto any = [this] { return m_view->currentPlace() != nullptr; };
    rows->add({.text = [] { return tr("&Open"); },
               .icon = Icon::Open,
               .shown = QKeySequence(Qt::Key_Return),
               .possible = any,
               .run = {this, [this] { open(Where::HereOrExisting); }}});
    rows->add({.text = [] { return tr("Open in a new &window"); },
               .shown = QKeySequence(Qt::CTRL | Qt::Key_Return),
               .possible = any,
               .run = {this, [this] { open(Where::NewWindow); }}});
    rows->addLine();
    rows->add({.text = [] { return tr("&Copy the line"); },
               .icon = Icon::Copy,
               .shown = QKeySequence(QKeySequence::Copy),
               .possible = any,
               .run = {this, [this] { m_view->copyLine(); }}});
    rows->add({.text = [] { return tr("Copy &link"); },
               .icon = Icon::Link,
               .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
               .possible = any,
               .run = {this, [this] {
                           const SearchFound *found = m_view->currentFound();
                           if (const auto address =
                                   found ? found->key.address(subject().profile) : core::Result<core::Address>(core::fail({}, {})))
                               clipboard::copy(address->toString());
                       }}});
}

} // namespace ui::config
