// SPDX-License-Identifier: GPL-3.0-or-later
// The window's beginning and end: session, first picture, asking before it closes.
#include "core/credentials/secretvault.h"
#include "core/nacos/config/config.h"
#include "core/profiles/profilestore.h"
#include "core/profiles/settings.h"
#include "core/store/home.h"
#include "ui/common/messagebar.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/shell.h"
#include "ui/shell/tabarea.h"
#include "ui/shell/windowcommands.h"

#include <QCloseEvent>
#include <QDir>
#include <QJsonArray>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::profiles::Setting;
using workbench::Page;
using workbench::Workbench;

namespace {

/// How long the end waits for pages. Session managers and service managers give a program many times that before they kill it.
constexpr std::chrono::seconds KeepAtMost{5};

QJsonArray toJson(const QList<int> &sizes)
{
    QJsonArray array;
    for (const int size : sizes)
        array.append(size);
    return array;
}

void restoreSizes(QSplitter *splitter, const QJsonValue &value)
{
    QList<int> sizes;
    const QJsonArray array = value.toArray();
    for (const QJsonValue size : array)
        sizes.append(size.toInt());
    if (sizes.size() == splitter->count() && !sizes.contains(0))
        splitter->setSizes(sizes);
}

/// Where a window without tabs begins: the default connection, or the only one there is.
std::optional<workbench::Subject> defaultSubject(const core::profiles::ProfileStore &profiles)
{
    std::optional<core::profiles::Profile> usual = profiles.find(profiles.defaultSlug());
    if (!usual && profiles.profiles().size() == 1)
        usual = profiles.profiles().first();
    if (!usual)
        return {};
    // The first connection is the default unasked: no window begins in production for that.
    if (usual->environment == core::profiles::Environment::Production && profiles.chosenDefault() != usual->slug)
        return {};
    return workbench::Subject{usual->slug, core::nacos::ConfigKey::canonicalNamespace(usual->defaultNamespace)};
}

} // namespace

QJsonObject MainWindow::save() const
{
    QJsonObject state{{u"tabs"_s, m_tabs->save()},
                      {u"current"_s, m_tabs->currentIndex()},
                      {u"geometry"_s, QString::fromLatin1(saveGeometry().toBase64())},
                      {u"columns"_s, toJson(m_columns->sizes())},
                      {u"detail"_s, m_detailWanted},
                      {u"profile"_s, m_current.profile},
                      {u"namespace"_s, m_current.namespaceId}};
    if (m_side->isVisible())
        state.insert(u"center"_s, toJson(m_center->sizes()));
    return state;
}

void MainWindow::restore(const QJsonObject &state)
{
    if (const QByteArray geometry = QByteArray::fromBase64(state.value("geometry"_L1).toString().toLatin1()); !geometry.isEmpty())
        restoreGeometry(geometry);
    restoreSizes(m_columns, state.value("columns"_L1));
    restoreSizes(m_center, state.value("center"_L1));
    m_detailWanted = state.value("detail"_L1).toBool(true);
    m_current = {state.value("profile"_L1).toString(), state.value("namespace"_L1).toString()};
    m_tabs->restore(state.value("tabs"_L1).toArray(), state.value("current"_L1).toInt());
}

void MainWindow::start()
{
    m_started = true;
    if (m_tabs->count() > 0) {
        m_tabs->start();
    } else {
        // Nothing to go back to: the default connection, or the page to begin with.
        const core::profiles::ProfileStore &profiles = m_shell.services().profiles;
        const auto usual = defaultSubject(profiles);
        if (usual && m_current.profile.isEmpty())
            setCurrent(*usual);
        if (m_tabs->count() == 0)
            openPage({.kind = u"start"_s}, Workbench::Where::HereOrExisting);
    }
    if (m_shell.services().settings.isOn(Setting::ShowLog))
        toggleLog();
    refreshFace();
    core::credentials::SecretVault &vault = m_shell.services().secrets;
    connect(&vault, &core::credentials::SecretStore::stateChanged, this, &MainWindow::refreshSecrets, Qt::UniqueConnection);
    vault.probed()->then(this, [this](const core::Result<core::Done> &) { refreshSecrets(); });
    connect(&m_shell.services().home, &core::store::Home::stateChanged, this, &MainWindow::refreshHome, Qt::UniqueConnection);
    refreshHome();
    Q_EMIT started();
}

/// Said once, in the first window, before anything fails for it.
void MainWindow::refreshHome()
{
    using State = core::store::Home::State;
    const core::store::Home &home = m_shell.services().home;
    const QString id = u"home"_s;
    if (home.state() == State::Ready || m_shell.windows().value(0) != this)
        return m_bar->close(id);
    QStringList details;
    for (const core::store::Health &one : home.health())
        details.append(one.detail);
    Message message{.state = StateColor::Error, .details = details.join(u'\n'), .id = id};
    switch (home.state()) {
    case State::Ready:
    case State::ReadOnly:
        message.text =
            tr("Signalbox may not write to %1: until the folder is writable, or another is chosen with --home, no connection can be "
               "saved and nothing can be published.");
        break;
    case State::NoSpace:
        message.text = tr("The disk of %1 is full: until there is room on it, nothing can be saved and nothing can be published.");
        break;
    case State::Unusable:
        message.text =
            tr("Signalbox cannot use the folder %1: until it is put right, or another is chosen with --home, no connection can be "
               "saved and nothing can be published.");
        break;
    }
    message.text = message.text.arg(QDir::toNativeSeparators(home.path()));
    m_bar->show(message);
}

void MainWindow::startWith(const workbench::Subject &subject)
{
    setCurrent(subject);
    start();
}

void MainWindow::refreshSecrets()
{
    using core::credentials::SecretStore;
    const core::credentials::SecretVault &vault = m_shell.services().secrets;
    const bool wished = m_shell.services().settings.text(Setting::SecretStore) == "keychain"_L1;
    const auto go = [this] {
        openPage({.kind = u"settings"_s, .state = {{u"section"_s, u"secrets"_s}}}, Workbench::Where::HereOrExisting);
    };
    if (vault.isLocked()) {
        m_bar->show({.state = StateColor::Warning,
                     .text = tr("The encrypted file of passwords is locked. Connections that need one wait for it."),
                     .actions = {{tr("Unlock it…"), {this, go}}},
                     .id = u"secrets"_s});
    } else if (wished && vault.kind() == SecretStore::Kind::Memory && !m_shell.services().profiles.profiles().isEmpty()) {
        m_bar->show({.state = StateColor::Warning,
                     .text = tr("The desktop's keychain cannot be used: passwords last only until this program ends."),
                     .details = vault.rawError(),
                     .actions = {{tr("Where secrets are kept"), {this, go}}},
                     .id = u"secrets"_s});
    } else {
        m_bar->close(u"secrets"_s);
    }
}

void MainWindow::closeAsking()
{
    if (m_closeAgreed) {
        close();
        return;
    }
    m_tabs->askAll([this](Page::Close answer) {
        if (answer == Page::Close::NotNow) {
            m_shell.stay();
            return;
        }
        m_closeAgreed = true;
        close();
    });
}

void MainWindow::closeKept()
{
    const auto closeNow = [this] {
        if (!std::exchange(m_closeAgreed, true))
            close();
    };
    m_tabs->keepAll(closeNow);
    // A disk that does not answer holds nothing up: what is on its way to it is waited for when the store ends.
    QTimer::singleShot(KeepAtMost, this, closeNow);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_closeAgreed) {
        closeAsking();
        // Pages that answer at once: close() inside close() does nothing, this event is the one that closes.
        if (!m_closeAgreed) {
            event->ignore();
            return;
        }
    }
    event->accept();
    Q_EMIT closing();
}

bool MainWindow::event(QEvent *event)
{
    const bool handled = QMainWindow::event(event);
    if (event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        Q_EMIT firstPainted();
    }
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move) {
        if (m_started)
            Q_EMIT stateChanged();
    }
    return handled;
}

} // namespace ui::shell
