// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/searchpage.h"

#include "core/nacos/config/mirrorfiller.h"
#include "core/text/format.h"
#include "core/text/secrets.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"

#include <QCheckBox>
#include <QHBoxLayout>
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
constexpr auto CountAgain = 500ms;

QString idOf(const SearchHit &hit)
{
    return QStringList{hit.key.namespaceId, hit.key.group, hit.key.dataId, QString::number(hit.line)}.join(u'\n');
}

QList<RecordColumn<SearchHit>> columns()
{
    RecordColumn<SearchHit> name;
    name.info.id = u"dataid"_s;
    name.info.title = SearchPage::tr("Data ID");
    name.info.kind = ColumnInfo::Kind::Name;
    name.info.width = 230;
    name.text = [](const SearchHit &hit) { return hit.key.dataId; };
    name.icon = [](const SearchHit &) { return Theme::icon(Icon::Config); };
    RecordColumn<SearchHit> group;
    group.info.id = u"group"_s;
    group.info.title = SearchPage::tr("Group");
    group.info.kind = ColumnInfo::Kind::Muted;
    group.info.width = 130;
    group.text = [](const SearchHit &hit) { return hit.key.group; };
    RecordColumn<SearchHit> space;
    space.info.id = u"namespace"_s;
    space.info.title = SearchPage::tr("Namespace");
    space.info.kind = ColumnInfo::Kind::Muted;
    space.info.width = 110;
    space.text = [](const SearchHit &hit) { return hit.key.namespaceId; };
    RecordColumn<SearchHit> line;
    line.info.id = u"line"_s;
    line.info.title = SearchPage::tr("Line");
    line.info.kind = ColumnInfo::Kind::Number;
    line.info.width = 76;
    line.text = [](const SearchHit &hit) { return hit.line > 0 ? countText(hit.line) : QString(); };
    line.sort = [](const SearchHit &hit) { return SortValue(double(hit.line)); };
    RecordColumn<SearchHit> text;
    text.info.id = u"text"_s;
    text.info.title = SearchPage::tr("Text");
    text.info.width = 420;
    text.info.stretch = ColumnInfo::Stretch::Yes;
    text.text = [](const SearchHit &hit) { return hit.text.trimmed(); };
    return {name, group, space, line, text};
}

/// The lines of a content that hold the text, secrets masked, so that only what may be seen is found.
QList<SearchHit> placesIn(const ConfigKey &key, const QByteArray &content, const QString &type, const QString &text)
{
    const auto format = core::text::formatFromName(type).value_or(core::text::detect(content, key.dataId));
    const QByteArray masked = core::text::maskSecrets(format, content);
    QList<SearchHit> hits;
    int number = 0;
    for (qsizetype from = 0; from <= masked.size() && hits.size() < PlacesPerConfig;) {
        qsizetype end = masked.indexOf('\n', from);
        if (end < 0)
            end = masked.size();
        const QString line = QString::fromUtf8(masked.mid(from, end - from));
        ++number;
        const qsizetype column = line.indexOf(text, 0, Qt::CaseInsensitive);
        if (column >= 0)
            hits.append(
                {key, number, int(column) + 1, line.mid(std::max<qsizetype>(0, column - 60), ShownText), SearchHit::Source::Server});
        from = end + 1;
    }
    return hits;
}

} // namespace

SearchPage::SearchPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_model(idOf, columns())
{
    setObjectName(u"searchPage"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    bar->setSpacing(metrics::Between);
    m_query = new QLineEdit(this);
    m_query->setObjectName(u"searchQuery"_s);
    m_query->setAccessibleName(tr("Text to search for in the contents"));
    m_query->setPlaceholderText(tr("Search in the contents …"));
    m_query->setClearButtonEnabled(true);
    m_everywhere = new QCheckBox(tr("In &all namespaces"), this);
    m_everywhere->setObjectName(u"searchEverywhere"_s);
    auto *go = new PrimaryButton(tr("Search"), this);
    go->setObjectName(u"searchButton"_s);
    bar->addWidget(m_query, 1);
    bar->addWidget(m_everywhere);
    bar->addWidget(go);
    layout->addLayout(bar);
    m_coverageLabel = new QLabel(this);
    m_coverageLabel->setObjectName(u"searchCoverage"_s);
    Theme::setMuted(m_coverageLabel);
    m_fillingLabel = new QLabel(this);
    m_fillingLabel->setObjectName(u"searchFilling"_s);
    Theme::setMuted(m_fillingLabel);
    m_filling = new QuietButton(Icon::Stop, {}, this);
    m_filling->setObjectName(u"searchFillingButton"_s);
    m_filling->hide();
    auto *known = new QHBoxLayout;
    known->setContentsMargins(metrics::Around, 0, metrics::Around, metrics::Between);
    known->setSpacing(metrics::Between);
    known->addWidget(m_coverageLabel);
    known->addWidget(m_fillingLabel);
    known->addWidget(m_filling);
    known->addStretch(1);
    layout->addLayout(known);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_bar = new MessageBar(this);
    layout->addWidget(m_bar);
    m_table = new TableView(this);
    m_table->setObjectName(u"searchResults"_s);
    m_table->setRecords(&m_model, tr("Places found"));
    m_table->setSort({u"dataid"_s, Qt::AscendingOrder}, {u"line"_s, Qt::AscendingOrder});
    m_states = new StatePage(this);
    m_states->setContent(m_table);
    m_states->showEmpty({Icon::Search, tr("Search the contents of all configs."), {}, {}, tr("The text is taken as it is: no wildcards.")});
    layout->addWidget(m_states, 1);
    connect(m_query, &QLineEdit::returnPressed, this, &SearchPage::search);
    connect(go, &QPushButton::clicked, this, &SearchPage::search);
    connect(m_everywhere, &QCheckBox::toggled, this, [this] {
        if (!m_searched.isEmpty())
            search();
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
    connect(m_filling, &QAbstractButton::clicked, this, [this, &filler] {
        const QString slug = subject().profile;
        if (filler.status(slug).state == core::nacos::MirrorFiller::State::Paused)
            filler.resume(slug);
        else
            filler.pause(slug);
    });
    connect(m_table, &TableView::activatedId, this, &SearchPage::openHit);
    connect(m_table, &TableView::stateChanged, this, &Page::stateChanged);
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
    m_query->setFocus();
}

void SearchPage::focusFilter()
{
    m_query->setFocus(Qt::ShortcutFocusReason);
    m_query->selectAll();
}

QString SearchPage::statusText() const
{
    return m_searched.isEmpty() ? QString() : tr("%n place(s)", nullptr, int(m_model.records().size()));
}

QJsonObject SearchPage::saveState() const
{
    return {{u"query"_s, m_query->text()}, {u"everywhere"_s, m_everywhere->isChecked()}, {u"table"_s, m_table->state()}};
}

void SearchPage::restoreState(const QJsonObject &state)
{
    m_query->setText(state.value(u"query"_s).toString());
    m_everywhere->setChecked(state.value(u"everywhere"_s).toBool());
    m_table->restoreState(state.value(u"table"_s).toObject());
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
    m_known.clear();
    m_bar->clear();
    m_serverError.reset();
    m_unread = 0;
    m_searched = m_query->text();
    m_model.reset();
    if (m_searched.trimmed().isEmpty()) {
        m_searched.clear();
        m_states->showEmpty(
            {Icon::Search, tr("Search the contents of all configs."), {}, {}, tr("The text is taken as it is: no wildcards.")});
        return;
    }
    if (!workbench().registry(subject().profile)) {
        m_states->showEmpty({Icon::Connection, tr("No connection is open."), {}, {}, tr("Choose one at the top left.")});
        return;
    }
    // Every place found holds the text, so this filters nothing out: it shows where the text stands.
    const QString quoted = m_searched.contains(u'"') ? QString() : u'"' + m_searched.trimmed() + u'"';
    m_table->setQuery(FilterQuery::parse(quoted, {}));
    m_states->showLoading(m_searched);
    m_mirrorDone = m_serverDone = false;
    searchMirror(spaces());
    searchServer(spaces());
    Q_EMIT stateChanged();
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
    m_fromMirror = mirror.search(query);
    m_fromMirror->each(this, [this](const QList<core::store::MirrorHit> &batch) {
        QList<SearchHit> hits;
        for (const core::store::MirrorHit &hit : batch) {
            const auto address = core::Address::parse(u"signalbox://x/"_s + hit.item.local);
            const auto key = address ? ConfigKey::of(*address) : core::Result<ConfigKey>(core::fail({}, {}));
            if (!key || hit.item.stale)
                continue;
            for (const auto &place : hit.places) {
                if (place.line > 0)
                    hits.append({*key, place.line, place.column + 1, place.text, SearchHit::Source::Mirror});
            }
            if (!hit.places.isEmpty())
                m_known.insert(*key);
        }
        m_model.upsert(hits, RecordModel<SearchHit>::Highlight::None);
        if (!hits.isEmpty())
            m_states->showContent();
        Q_EMIT statusChanged();
    });
    m_fromMirror->then(this, [this](const core::Result<core::Done> &) {
        m_mirrorDone = true;
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
        const QString count = countOfText(coverage->withContent, coverage->items);
        QString text = coverage->withContent < coverage->items
            ? tr("%1 contents remembered here, the rest is asked of the server").arg(count)
            : tr("%1 contents remembered here").arg(count);
        if (coverage->newest.isValid())
            text += u" · "_s + tr("newest %1").arg(relativeTime(coverage->newest));
        if (coverage->maskedValues > 0)
            text += u" · "_s + tr("%n secret value(s) are never searched", nullptr, int(coverage->maskedValues));
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
    m_filling->setVisible(status.state == State::Filling || status.state == State::Paused);
    m_filling->setIcon(Theme::icon(status.state == State::Paused ? Icon::Refresh : Icon::Stop));
    m_filling->setText(status.state == State::Paused ? tr("Continue") : tr("Pause"));
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
            if (!m_known.contains(summary.key) && !m_toRead.contains(summary.key))
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
    auto *registry = workbench().registry(subject().profile);
    while (registry && m_reading < ReadsAtOnce && !m_toRead.isEmpty()) {
        ++m_reading;
        const ConfigKey key = m_toRead.takeFirst();
        registry->configs().getLive(key)->then(
            this, [this, key, run = m_run, text = m_searched](const core::Result<std::optional<core::nacos::ConfigDetail>> &detail) {
                --m_reading;
                if (run == m_run && !detail)
                    ++m_unread;
                if (run == m_run && detail && *detail && !m_known.contains(key)) {
                    const auto hits = placesIn(key, (*detail)->content, (*detail)->attributes.type, text);
                    m_model.upsert(hits, RecordModel<SearchHit>::Highlight::None);
                    if (!hits.isEmpty())
                        m_states->showContent();
                    Q_EMIT statusChanged();
                }
                nextRead();
                finished();
            });
    }
}

void SearchPage::finished()
{
    if (!m_mirrorDone || !m_serverDone || m_reading > 0 || !m_toRead.isEmpty())
        return;
    const bool nothing = m_model.records().isEmpty();
    // What could not be asked or read is not said to be nowhere.
    if (m_serverError && nothing)
        m_states->showError(*m_serverError, tr("The server could not search"), [this] { search(); });
    else if (m_serverError)
        m_bar->showError(*m_serverError, tr("The server could not search; you see what is remembered here"),
                         {{tr("Try again"), [this] { search(); }}});
    if (m_unread > 0 && !nothing)
        m_bar->show({.state = StateColor::Warning,
                     .text = tr("%n config(s) that the server found could not be read.", nullptr, m_unread),
                     .actions = {{tr("Try again"), [this] { search(); }}},
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

void SearchPage::openHit(const QString &id)
{
    const SearchHit *hit = m_model.find(id);
    if (!hit)
        return;
    const auto address = hit->key.address(subject().profile);
    if (!address)
        return;
    workbench::PageRequest request;
    request.address = *address;
    request.state = {{u"line"_s, hit->line}, {u"column"_s, hit->column}};
    workbench().openPage(request);
}

} // namespace ui::config
