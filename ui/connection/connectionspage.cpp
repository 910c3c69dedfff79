// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/connectionspage.h"

#include "core/credentials/secretvault.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/rowactions.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/widgets.h"
#include "ui/connection/connectionlist.h"
#include "ui/connection/practicepanel.h"
#include "ui/connection/probeview.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::connection {

using core::profiles::PracticeServers;
using core::profiles::Profile;
using core::profiles::Secret;

namespace {

const QString SecretsMessage = u"secrets"_s;

} // namespace

ConnectionsPage::ConnectionsPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_bar(new MessageBar(this))
{
    setObjectName(u"connectionsPage"_s);
    build();
    retranslate();
    connect(&workbench.services().profiles, &core::profiles::ProfileStore::changed, this, &ConnectionsPage::reload);
    connect(&workbench.services().secrets, &core::credentials::SecretStore::stateChanged, this, [this] {
        if (this->workbench().services().secrets.isLasting())
            m_bar->close(SecretsMessage);
    });
    reload();
    showIntro();
}

ConnectionsPage::~ConnectionsPage() = default;

void ConnectionsPage::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Between, metrics::Between, metrics::Between, metrics::Between);
    bar->setSpacing(metrics::Inside);
    const auto button = [this, bar](Icon icon, const QString &name) {
        auto *quiet = new QuietButton(icon, {}, this);
        quiet->setObjectName(name);
        bar->addWidget(quiet);
        return quiet;
    };
    m_add = button(Icon::Add, u"connectionAdd"_s);
    m_import = button(Icon::Import, u"connectionImport"_s);
    m_export = button(Icon::Export, u"connectionExport"_s);
    bar->addStretch(1);
    m_default = button(Icon::Star, u"connectionDefault"_s);
    m_remove = button(Icon::Delete, u"connectionRemove"_s);
    m_connect = new PrimaryButton({}, this);
    m_connect->setObjectName(u"connectionConnect"_s);
    bar->addSpacing(metrics::Inside);
    bar->addWidget(m_connect);
    layout->addLayout(bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_bar);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    m_list = new ConnectionList(split);
    m_list->setMinimumWidth(180);
    m_stack = new QStackedWidget(split);
    m_intro = new PracticePanel(this->workbench(), m_stack);
    m_stack->addWidget(m_intro);
    m_stack->installEventFilter(this);
    split->addWidget(m_list);
    split->addWidget(m_stack);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setSizes({240, 800});
    layout->addWidget(split, 1);
    buildPanel();
    connect(m_add, &QAbstractButton::clicked, this, &ConnectionsPage::addNew);
    auto *menu = new QMenu(m_import);
    menu->setObjectName(u"connectionImportMenu"_s);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        connect(menu->addAction(Theme::icon(Icon::Terminal), tr("From the &environment…")), &QAction::triggered, this,
                &ConnectionsPage::importFromEnvironment);
        connect(menu->addAction(Theme::icon(Icon::Folder), tr("From a &file…")), &QAction::triggered, this,
                &ConnectionsPage::importFromFile);
    });
    m_import->setMenu(menu);
    m_import->setPopupMode(QToolButton::InstantPopup);
    connect(m_export, &QAbstractButton::clicked, this, &ConnectionsPage::exportToFile);
    connect(m_remove, &QAbstractButton::clicked, this, &ConnectionsPage::removeChosen);
    connect(m_default, &QAbstractButton::clicked, this, &ConnectionsPage::makeDefault);
    connect(m_connect, &QAbstractButton::clicked, this, &ConnectionsPage::connectChosen);
    connect(m_list, &ConnectionList::chosen, this, [this](const QString &slug) {
        const QString before = m_chosen;
        leaveForm([this, slug] { choose(slug); });
        if (m_chosen != slug)
            m_list->setCurrentSlug(before);
    });
    connect(m_list, &ConnectionList::opened, this, [this] { connectChosen(); });
    connect(m_list, &ConnectionList::moveRequested, this, &ConnectionsPage::moveChosen);
    connect(m_list, &ConnectionList::dropped, this, &ConnectionsPage::moveTo);
    setFocusProxy(m_list);
    addRowActions();
}

void ConnectionsPage::buildPanel()
{
    delete m_panel;
    m_panel = new QSplitter(Qt::Horizontal, m_stack);
    m_panel->setHandleWidth(1);
    m_panel->setChildrenCollapsible(false);
    m_form = new ConnectionForm(workbench().services().workers, m_panel);
    m_probe = new ProbeView(workbench().services(), m_panel);
    m_probe->setMinimumWidth(220);
    m_panel->addWidget(m_form);
    m_panel->addWidget(m_probe);
    m_panel->setStretchFactor(0, 3);
    m_panel->setStretchFactor(1, 2);
    m_panel->setSizes({520, 320});
    m_stack->addWidget(m_panel);
    connect(m_form, &ConnectionForm::saveRequested, this, &ConnectionsPage::save);
    connect(m_form, &FormPage::modifiedChanged, this, [this] {
        refreshButtons();
        Q_EMIT faceChanged();
    });
    connect(m_form, &ConnectionForm::edited, this, [this] { m_probe->probeSoon(m_form->value()); });
    connect(m_form, &ConnectionForm::typingSecret, m_probe, &ProbeView::waitForSecret);
    connect(m_probe, &ProbeView::testRequested, this, [this] { m_probe->probeNow(m_form->value()); });
    connect(m_probe, &ProbeView::certificateAccepted, m_form, &ConnectionForm::acceptCertificate);
}

/// Where form and probe have no room beside each other the probe goes below.
bool ConnectionsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_stack && event->type() == QEvent::Resize && m_panel) {
        constexpr int besideEachOther = 660;
        const auto wanted = m_stack->width() < besideEachOther ? Qt::Vertical : Qt::Horizontal;
        if (m_panel->orientation() != wanted) {
            m_panel->setOrientation(wanted);
            m_panel->setSizes(wanted == Qt::Vertical ? QList<int>{380, 220} : QList<int>{520, 320});
        }
    }
    return Page::eventFilter(watched, event);
}

void ConnectionsPage::retranslate()
{
    m_add->setText(tr("Add"));
    m_import->setText(tr("Import"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("All connections in one file, without passwords and other secrets"));
    m_default->setText(tr("Make default"));
    m_default->setToolTip(tr("Opened at start, and used by signalboxctl when no profile is named"));
    m_remove->setText(tr("Remove…"));
    m_connect->setText(tr("Connect"));
    m_list->setAccessibleName(tr("Connections"));
}

void ConnectionsPage::reload()
{
    core::profiles::ProfileStore &store = workbench().services().profiles;
    QList<Profile> all = store.profiles();
    Profile practice = workbench().profile(PracticeServers::slug()).value_or(Profile());
    practice.slug = PracticeServers::slug();
    practice.name = workbench().pathText({practice.slug, {}}); // as everywhere
    if (practice.servers.isEmpty())
        practice.servers = QStringList{tr("on this machine")};
    all.append(practice);
    m_list->setProfiles(all, store.defaultSlug());
    m_list->setCurrentSlug(m_chosen);
    static_cast<PracticePanel *>(m_intro)->refresh();
    if (const auto error = store.loadError())
        m_bar->showError(*error, tr("The connections cannot be read"));
    refreshButtons();
    Q_EMIT statusChanged();
}

QString ConnectionsPage::statusText() const
{
    return tr("%n connections", nullptr, m_list->model()->rowCount());
}

void ConnectionsPage::activated()
{
    static_cast<PracticePanel *>(m_intro)->refresh();
    if (m_chosen.isEmpty() && !m_new) {
        const QList<Profile> all = workbench().services().profiles.profiles();
        const QString current = workbench().current().profile;
        if (workbench().services().profiles.find(current))
            choose(current);
        else if (!all.isEmpty())
            choose(all.first().slug);
        else
            choose(PracticeServers::slug());
    }
}

void ConnectionsPage::showIntro()
{
    m_stack->setCurrentWidget(m_intro);
    refreshButtons();
}

void ConnectionsPage::addNew()
{
    leaveForm([this] {
        m_bar->close(SecretsMessage);
        m_chosen.clear();
        m_new = true;
        m_list->setCurrentSlug({});
        m_form->load({}, {});
        m_probe->clear();
        m_stack->setCurrentWidget(m_panel);
        m_form->nameEdit()->setFocus(Qt::OtherFocusReason);
        refreshButtons();
    });
}

void ConnectionsPage::choose(const QString &slug)
{
    // What was said of the one before.
    if (slug != m_chosen)
        m_bar->close(SecretsMessage);
    m_new = false;
    m_chosen = slug;
    m_list->setCurrentSlug(slug);
    if (slug == PracticeServers::slug()) {
        m_probe->clear();
        showIntro();
        return;
    }
    const auto profile = workbench().services().profiles.find(slug);
    if (!profile)
        return;
    show(*profile);
    Q_EMIT stateChanged();
}

void ConnectionsPage::show(const Profile &profile)
{
    m_form->load(profile, {});
    m_stack->setCurrentWidget(m_panel);
    m_probe->clear();
    // Which secrets are there is asked of the store one by one; the form says "saved" when they are.
    const auto found = std::make_shared<QSet<Secret>>();
    const auto left = std::make_shared<int>(0);
    const QString slug = profile.slug;
    for (const Secret secret : {Secret::Password, Secret::SecretKey, Secret::SecurityToken, Secret::Token, Secret::HttpKeyPassphrase,
                                Secret::GrpcKeyPassphrase}) {
        ++*left;
        workbench()
            .services()
            .secrets.read(core::profiles::secretKey(slug, secret))
            ->then(this, [this, slug, secret, found, left](const core::Result<std::optional<QString>> &value) {
                if (value && *value)
                    found->insert(secret);
                if (--*left > 0 || m_chosen != slug || m_form->isModified())
                    return;
                if (const auto now = workbench().services().profiles.find(slug); now && !found->isEmpty())
                    m_form->load(*now, *found);
                m_probe->probeSoon(m_form->value());
            });
    }
    refreshButtons();
}

void ConnectionsPage::leaveForm(std::function<void()> go)
{
    if (m_stack->currentWidget() == m_panel)
        m_form->leave(this, std::move(go));
    else
        go();
}

void ConnectionsPage::save()
{
    const ConnectionEntry entry = m_form->value();
    core::profiles::ProfileStore &store = workbench().services().profiles;
    const auto done = [this, entry](const core::Result<Profile> &saved) {
        if (!saved) {
            m_form->failed(saved.error());
            return;
        }
        m_chosen = saved->slug;
        m_new = false;
        writeSecrets(*saved, entry);
        m_form->saved(*saved);
        reload();
        m_probe->probeSoon(m_form->value());
    };
    if (entry.profile.slug.isEmpty())
        store.add(entry.profile)->then(this, done);
    else
        store.update(entry.profile)->then(this, done);
}

void ConnectionsPage::writeSecrets(const Profile &saved, const ConnectionEntry &entry)
{
    core::credentials::SecretVault &vault = workbench().services().secrets;
    const auto write = [this, &vault](const QString &key, const QString &value) {
        vault.write(key, value)->then(this, [this](const core::Result<core::Done> &result) {
            if (!result)
                m_bar->showError(result.error(), tr("The connection is saved, its password is not"));
            else if (!workbench().services().secrets.isLasting())
                m_bar->show({.state = StateColor::Warning,
                             .text = tr("The password is kept for this session only: the desktop's keychain cannot be used."),
                             .details = workbench().services().secrets.rawError(),
                             .actions = {{tr("Where secrets are kept"),
                                          {this,
                                           [this] {
                                               workbench().openPage({.kind = u"settings"_s, .state = {{u"section"_s, u"secrets"_s}}});
                                           }}}},
                             .id = SecretsMessage});
        });
    };
    for (auto it = entry.typed.cbegin(); it != entry.typed.cend(); ++it)
        write(core::profiles::secretKey(saved.slug, it.key()), it.value());
    for (auto it = entry.typedHeaders.cbegin(); it != entry.typedHeaders.cend(); ++it)
        write(core::profiles::headerSecretKey(saved.slug, it.key()), it.value());
    // Another kind of login leaves nothing behind of the one before.
    if (saved.auth.kind != core::profiles::Auth::Kind::Password)
        vault.remove(core::profiles::secretKey(saved.slug, Secret::Password));
    if (saved.auth.kind != core::profiles::Auth::Kind::AkSk) {
        vault.remove(core::profiles::secretKey(saved.slug, Secret::SecretKey));
        vault.remove(core::profiles::secretKey(saved.slug, Secret::SecurityToken));
    }
    if (saved.auth.kind != core::profiles::Auth::Kind::Token)
        vault.remove(core::profiles::secretKey(saved.slug, Secret::Token));
}

void ConnectionsPage::removeChosen()
{
    const auto profile = workbench().services().profiles.find(m_chosen);
    if (!profile)
        return;
    prompts::Confirm question;
    question.title = tr("Remove %1?").arg(profile->name);
    question.text = tr("The connection and its saved password go. Drafts, the ledger and what was seen on the server stay.");
    question.verb = tr("Remove %1").arg(profile->name);
    question.state = StateColor::Warning;
    prompts::confirm(this, question)->then(this, [this, gone = *profile](const core::Result<prompts::ConfirmAnswer> &answer) {
        if (!answer)
            return;
        workbench().services().profiles.remove(gone.slug)->then(this, [this, gone](const core::Result<core::Done> &result) {
            if (!result) {
                m_bar->showError(result.error(), tr("The connection was not removed"));
                return;
            }
            const QStringList keys = core::profiles::secretKeys(gone);
            for (const QString &key : keys)
                workbench().services().secrets.remove(key);
            m_form->load({}, {});
            m_chosen.clear();
            m_new = false;
            activated();
        });
    });
}

void ConnectionsPage::makeDefault()
{
    workbench().services().profiles.setDefault(m_chosen)->then(this, [this](const core::Result<core::Done> &result) {
        if (!result)
            m_bar->showError(result.error(), tr("The default was not changed"));
    });
}

/// The order of the list, which is the order of the selector and of signalboxctl.
void ConnectionsPage::moveTo(const QString &slug, qsizetype to)
{
    QStringList slugs;
    const QList<Profile> all = workbench().services().profiles.profiles();
    for (const Profile &profile : all)
        slugs.append(profile.slug);
    const qsizetype from = slugs.indexOf(slug);
    to = std::min(to > from ? to - 1 : to, slugs.size() - 1); // it leaves a gap behind
    if (from < 0 || to < 0 || to == from)
        return;
    slugs.move(from, to);
    workbench().services().profiles.setOrder(slugs)->then(this, [this](const core::Result<core::Done> &result) {
        if (!result)
            m_bar->showError(result.error(), tr("The order was not changed"));
    });
}

void ConnectionsPage::moveChosen(int rows)
{
    const QList<Profile> all = workbench().services().profiles.profiles();
    for (qsizetype row = 0; row < all.size(); ++row)
        if (all.at(row).slug == m_chosen)
            moveTo(m_chosen, rows < 0 ? row + rows : row + rows + 1);
}

void ConnectionsPage::addRowActions()
{
    auto *rows = new RowActions(m_list);
    const auto profiles = [this] { return workbench().services().profiles.profiles(); };
    const auto saved = [this] { return workbench().services().profiles.find(m_chosen).has_value(); };
    rows->add(m_connect, {}, QKeySequence(Qt::Key_Return));
    rows->add({.text = [] { return tr("&Edit"); },
               .icon = Icon::Edit,
               .keys = {QKeySequence(Qt::Key_F2)},
               .possible = saved,
               .run = {this, [this] { m_form->nameEdit()->setFocus(Qt::ShortcutFocusReason); }}});
    rows->add(m_default);
    rows->addLine();
    rows->add(m_add, {QKeySequence(QKeySequence::New)});
    rows->addLine();
    rows->add({.text = [] { return tr("Move &up"); },
               .icon = Icon::Up,
               .shown = QKeySequence(Qt::ALT | Qt::Key_Up),
               .possible = [this, saved, profiles] { return saved() && profiles().first().slug != m_chosen; },
               .run = {this, [this] { moveChosen(-1); }}});
    rows->add({.text = [] { return tr("Move &down"); },
               .icon = Icon::Down,
               .shown = QKeySequence(Qt::ALT | Qt::Key_Down),
               .possible = [this, saved, profiles] { return saved() && profiles().last().slug != m_chosen; },
               .run = {this, [this] { moveChosen(1); }}});
    rows->addLine();
    rows->add(m_remove, {QKeySequence(QKeySequence::Delete)});
}

void ConnectionsPage::connectChosen()
{
    if (m_chosen == PracticeServers::slug()) {
        if (auto *open = m_intro->findChild<QPushButton *>(u"practiceOpen"_s))
            open->click();
        return;
    }
    leaveForm([this] {
        if (const auto profile = workbench().services().profiles.find(m_chosen))
            workbench().setCurrent({profile->slug, profile->defaultNamespace.isEmpty() ? u"public"_s : profile->defaultNamespace});
    });
}

void ConnectionsPage::refreshButtons()
{
    const bool saved = workbench().services().profiles.find(m_chosen).has_value();
    m_remove->setEnabled(saved);
    const auto &profiles = workbench().services().profiles;
    const auto chosen = profiles.find(m_chosen);
    // One that is the default unasked can be chosen where that makes a difference: windows begin in production for a choice only.
    const bool production = chosen && chosen->environment == core::profiles::Environment::Production;
    m_default->setEnabled(saved && (production ? profiles.chosenDefault() : profiles.defaultSlug()) != m_chosen);
    m_connect->setEnabled(saved);
    m_connect->setVisible(m_chosen != PracticeServers::slug());
    m_connect->setToolTip(saved ? QString() : tr("Save the connection first."));
    m_export->setEnabled(!workbench().services().profiles.profiles().isEmpty());
}

bool ConnectionsPage::isModified() const
{
    return m_stack->currentWidget() == m_panel && m_form->isModified();
}

void ConnectionsPage::requestClose(std::function<void(Close)> answer)
{
    if (!isModified()) {
        answer(Close::Now);
        return;
    }
    const QString name = m_form->value().profile.name;
    prompts::leaveModified(this, name.isEmpty() ? tr("the new connection") : name)
        ->then(this, [this, answer = std::move(answer)](const core::Result<prompts::Leave> &chosen) {
            if (!chosen) {
                answer(Close::NotNow);
            } else if (*chosen == prompts::Leave::Discard) {
                answer(Close::Now);
            } else {
                // Saved first; stays open, so that a mistake can be seen.
                m_form->save();
                answer(Close::NotNow);
            }
        });
}

QJsonObject ConnectionsPage::saveState() const
{
    return m_chosen.isEmpty() ? QJsonObject() : QJsonObject{{u"profile"_s, m_chosen}};
}

void ConnectionsPage::restoreState(const QJsonObject &state)
{
    if (const QString slug = state.value("profile"_L1).toString(); !slug.isEmpty())
        leaveForm([this, slug] { choose(slug); });
}

void ConnectionsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        // The form's words are fixed when it is built: it is built again around what was typed.
        const bool shown = m_stack->currentWidget() == m_panel;
        const ConnectionEntry entry = m_form->value();
        const bool modified = m_form->isModified();
        buildPanel();
        if (shown) {
            m_stack->setCurrentWidget(m_panel);
            const auto saved = workbench().services().profiles.find(m_chosen);
            if (saved && !modified)
                show(*saved);
            else
                m_form->load(entry.profile, {});
            m_form->setTyped(entry.typed);
        }
        reload();
        Q_EMIT faceChanged();
    }
    Page::changeEvent(event);
}

void registerPages(workbench::PageRegistry &pages)
{
    pages.add({.id = u"connections"_s,
               .title = [] { return ConnectionsPage::tr("Connections"); },
               .icon = Icon::Connection,
               .place = workbench::PageKind::Place::Tools,
               .order = 90,
               .needsConnection = false,
               .make = [](workbench::Workbench &workbench, const workbench::PageRequest &) -> workbench::Page * {
                   return new ConnectionsPage(workbench);
               }});
}

} // namespace ui::connection
