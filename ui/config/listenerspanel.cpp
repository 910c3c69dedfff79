// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/listenerspanel.h"

#include "core/nacos/config/convergence.h"
#include "core/nacos/registry.h"
#include "ui/common/errortext.h"
#include "ui/common/followlanguage.h"
#include "ui/common/relativetime.h"
#include "ui/common/rowactions.h"
#include "ui/common/statepage.h"
#include "ui/common/theme.h"
#include "ui/models/tableview.h"
#include "ui/workbench/unreadable.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigListener;

namespace {

/// `former`: what they had when they could be asked last is no alarm and no success.
QList<RecordColumn<ConfigListener>> columns(const bool &former)
{
    const auto lookOf = [&former](const ConfigListener &listener) {
        CellLook look;
        if (former || listener.who != ConfigListener::Who::Application)
            look.rank = CellLook::Rank::Muted;
        return look;
    };
    RecordColumn<ConfigListener> ip;
    ip.info.id = u"ip"_s;
    ip.info.title = ListenersPanel::tr("Address");
    ip.info.kind = ColumnInfo::Kind::Ident;
    ip.info.width = 180;
    ip.text = [](const ConfigListener &l) { return l.ip; };
    ip.look = lookOf;
    RecordColumn<ConfigListener> state;
    state.info.id = u"state"_s;
    state.info.title = ListenersPanel::tr("Has it");
    state.info.width = 180;
    state.info.stretch = ColumnInfo::Stretch::Yes;
    state.text = [](const ConfigListener &l) {
        return l.isUnclear() ? ListenersPanel::tr("cannot be told")
            : l.upToDate     ? ListenersPanel::tr("yes")
                             : ListenersPanel::tr("not yet");
    };
    state.look = lookOf;
    state.icon = [&former](const ConfigListener &l) {
        return former || l.isUnclear() ? QIcon() : Theme::stateIcon(l.upToDate ? StateColor::Ok : StateColor::Warning);
    };
    RecordColumn<ConfigListener> md5;
    md5.info.id = u"md5"_s;
    md5.info.title = ListenersPanel::tr("MD5");
    md5.info.kind = ColumnInfo::Kind::Ident;
    md5.info.width = 100;
    md5.look = lookOf;
    md5.text = [](const ConfigListener &l) { return QString::fromLatin1(l.md5.left(8)); };
    RecordColumn<ConfigListener> client;
    client.info.id = u"client"_s;
    client.info.title = ListenersPanel::tr("Client");
    client.info.kind = ColumnInfo::Kind::Muted;
    client.info.width = 240;
    client.text = [](const ConfigListener &l) {
        const QString name = listenerName(l);
        return name.isEmpty() ? u"–"_s : name;
    };
    return {ip, state, md5, client};
}

} // namespace

ListenersPanel::ListenersPanel(workbench::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_model([](const ConfigListener &listener) { return listener.ip; }, columns(m_former))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Between, metrics::Inside, metrics::Between, metrics::Inside);
    m_line = new QLabel(this);
    m_line->setObjectName(u"listenersLine"_s);
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(160, 6);
    m_progress->hide();
    bar->addWidget(m_line);
    bar->addWidget(m_progress);
    bar->addStretch();
    layout->addLayout(bar);
    m_table = new TableView(this);
    m_table->setObjectName(u"listenersTable"_s);
    m_table->setRecords(&m_model, tr("Listeners"));
    m_states = new StatePage(this);
    m_states->setContent(m_table);
    layout->addWidget(m_states, 1);
    setFocusProxy(m_states);
    (new RowActions(m_table))->addCopyRows(m_table);
    followLanguage(this, [this] {
        m_progress->setAccessibleName(tr("Listeners that have the new content"));
        m_table->setAccessibleName(tr("Listeners"));
        say();
        if (m_count >= 0 && !m_former)
            load();
    });
    connect(&m_comeBack, &ComeBack::awayChanged, this, &ListenersPanel::awayChanged);
}

ListenersPanel::~ListenersPanel() = default;

void ListenersPanel::setSubject(core::nacos::Registry *registry, const core::nacos::ConfigKey &key)
{
    m_registry = registry;
    m_key = key;
    m_arrival.reset();
    m_comeBack.follow(registry);
    // The number belongs to the facts line, so it is read even while another panel is shown.
    load();
}

QDateTime ListenersPanel::asOf() const
{
    return m_former ? m_readAt : QDateTime();
}

/// What was read stays on show, as what it was then; whoever is back is asked again.
void ListenersPanel::awayChanged()
{
    if (!m_comeBack.isAway())
        return reload();
    // Who has what was published cannot be followed any further.
    m_arrival.reset();
    m_loading.reset();
    m_progress->hide();
    m_stale = true;
    if (m_count < 0)
        return;
    m_former = true;
    say();
    Q_EMIT asOfChanged();
}

void ListenersPanel::reload()
{
    m_stale = true;
    if (!m_arrival.isActive())
        load();
}

void ListenersPanel::take(const QList<ConfigListener> &listeners)
{
    if (m_arrival.isActive())
        return;
    m_loading.reset();
    m_stale = false;
    show(listeners);
}

void ListenersPanel::follow(const QByteArray &md5)
{
    if (!m_registry || m_comeBack.isAway())
        return;
    m_loading.reset();
    m_stale = false;
    m_arrivalTold = false;
    m_told.clear();
    core::nacos::ConvergenceOptions options;
    options.md5 = md5;
    m_arrival = core::nacos::watchConvergence(m_registry->configs(), m_key, options, this);
    m_arrival->each(this, [this](const QList<ConfigListener> &news) {
        for (const ConfigListener &listener : news)
            m_told.insert(listener.ip, listener);
        show(m_told.values());
        if (core::nacos::applicationsOf(news).all > 0 && !std::exchange(m_arrivalTold, true))
            Q_EMIT arriving();
    });
    m_arrival->then(this, [this](const core::Result<core::Done> &end) { arrived(end); });
}

void ListenersPanel::forgetArrival()
{
    m_arrival.reset();
    m_progress->hide();
    reload();
}

void ListenersPanel::arrived(const core::Result<core::Done> &end)
{
    m_progress->hide();
    if (!end && end.error().kind != core::Error::Kind::Timeout) {
        m_line->setText(errorText(end.error(), tr("Cannot load the listeners")).sentence);
        return;
    }
    const auto all = m_told.values();
    show(all);
    const core::nacos::ListenerCount count = core::nacos::applicationsOf(all);
    Q_EMIT settled(count.upToDate, count.all);
    // Some may have left meanwhile.
    reload();
}

void ListenersPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        load();
}

void ListenersPanel::load()
{
    // A first look waits for the connection; what is known already does not become an error by asking nobody.
    if (!m_registry || (m_former && m_comeBack.isAway()))
        return;
    m_stale = false;
    if (m_count < 0)
        m_states->showLoading(tr("listeners"));
    m_loading = m_registry->configs().listeners(m_key);
    m_loading->then(this, [this, profile = m_registry->slug()](const core::Result<QList<ConfigListener>> &answer) {
        if (answer)
            return show(*answer);
        if (m_former) // the next asking comes soon
            return;
        m_line->setText(errorText(answer.error(), tr("Cannot load the listeners")).sentence);
        workbench::showUnreadable(*m_states, m_workbench, {profile, answer.error(), tr("Cannot load the listeners")}, [this] { load(); });
    });
}

void ListenersPanel::show(const QList<ConfigListener> &listeners)
{
    const auto [all, arrived, unclear] = core::nacos::applicationsOf(listeners);
    m_readAt = QDateTime::currentDateTimeUtc();
    const bool wasFormer = std::exchange(m_former, false);
    m_upToDate = arrived;
    m_model.sync(listeners);
    if (listeners.isEmpty())
        m_states->showEmpty(
            {Icon::Push, tr("No application is listening."), {}, {}, tr("Listeners are the clients that are told of changes.")});
    else
        m_states->showContent();
    if (m_table->hasFocus())
        m_table->enter();
    const bool another = std::pair(std::exchange(m_count, all), std::exchange(m_unclear, unclear)) != std::pair(all, unclear);
    say();
    if (another)
        Q_EMIT countChanged();
    if (wasFormer)
        Q_EMIT asOfChanged();
    m_progress->setVisible(m_arrival.isActive() && arrived < all);
    m_progress->setRange(0, std::max(1, all));
    m_progress->setValue(arrived);
}

void ListenersPanel::say()
{
    m_model.setTitles({tr("Address"), m_former ? tr("Had it") : tr("Has it"), tr("MD5"), tr("Client")});
    m_table->viewport()->update();
    Theme::setStateColor(m_line, StateColor::Neutral);
    if (m_count < 0)
        return;
    if (!m_former) {
        m_line->setText(countText());
        return;
    }
    Theme::setMuted(m_line);
    const QString then = m_count > 0
        //: %2 is a time of day
        ? tr("%1 of %n listener(s) had it at %2.", nullptr, m_count).arg(QString::number(m_upToDate), clockTime(m_readAt))
        : m_unclear > 0 ? tr("Whether an application listened at %1 could not be told.").arg(clockTime(m_readAt))
                        : tr("No application listened at %1.").arg(clockTime(m_readAt));
    const QString text = then + u' ' + tr("The server is out of reach: nobody can be asked now.");
    m_line->setText(m_model.records().isEmpty() ? QString() : text);
    if (m_model.records().isEmpty())
        m_states->showEmpty({Icon::Push, text, {}, {}, tr("Listeners are the clients that are told of changes.")});
}

QString ListenersPanel::countText() const
{
    const QString known = tr("%1 of %n listener(s) have it", nullptr, m_count).arg(m_upToDate);
    if (m_unclear > 0 && m_count > 0)
        //: %1 is "2 of 3 listeners have it"
        return tr("%1. Applications at the address of a console cannot be told apart from it.").arg(known);
    if (m_unclear > 0)
        return unclearText();
    return m_count > 0 ? known : m_model.records().isEmpty() ? QString() : tr("No application is listening.");
}

QString unclearText()
{
    return ListenersPanel::tr("Whether an application listens cannot be told: it would share the address of a console.");
}

QString listenerName(const ConfigListener &listener)
{
    const QString program = listener.app.isEmpty() ? listener.client : u"%1 · %2"_s.arg(listener.app, listener.client);
    switch (listener.who) {
    case ConfigListener::Who::ThisConsole:
        return ListenersPanel::tr("this console");
    case ConfigListener::Who::Console:
        return ListenersPanel::tr("another Signalbox");
    case ConfigListener::Who::ThisConsolePerhapsMore:
        return program.isEmpty() ? ListenersPanel::tr("this console, perhaps others")
                                 : ListenersPanel::tr("this console, perhaps %1").arg(program);
    case ConfigListener::Who::ConsolePerhapsMore:
        return program.isEmpty() ? ListenersPanel::tr("another Signalbox, perhaps others")
                                 : ListenersPanel::tr("another Signalbox, perhaps %1").arg(program);
    case ConfigListener::Who::Application:
        break;
    }
    return program;
}

} // namespace ui::config
