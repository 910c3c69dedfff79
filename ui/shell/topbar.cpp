// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/topbar.h"

#include "core/guard/planbasket.h"
#include "core/guard/unlocks.h"
#include "core/nacos/config/namespaceclient.h"
#include "core/profiles/profilestore.h"
#include "ui/common/actionregistry.h"
#include "ui/common/prompts.h"
#include "ui/common/widgets.h"
#include "ui/shell/connections.h"
#include "ui/workbench/activity.h"
#include "ui/workbench/environment.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::Subject;

EnvironmentStrip::EnvironmentStrip(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(metrics::EnvironmentStrip);
}

void EnvironmentStrip::setColor(const QColor &color)
{
    m_color = color;
    update();
}

void EnvironmentStrip::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_color.isValid() ? m_color : Theme::color(Token::Window));
}

SearchButton::SearchButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(u"searchButton"_s);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::IBeamCursor);
    setAttribute(Qt::WA_Hover);
}

void SearchButton::setKeys(const QString &keys)
{
    m_keys = keys;
    update();
}

QSize SearchButton::sizeHint() const
{
    return {360, metrics::FieldHeight};
}

void SearchButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focused = hasFocus();
    painter.setPen(QPen(Theme::color(focused ? Token::Accent : Token::Border), focused ? 2 : 1));
    painter.setBrush(Theme::color(underMouse() ? Token::Hover : Token::Base));
    const double inset = focused ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), metrics::Radius, metrics::Radius);
    const QRect icon(metrics::Between, (height() - metrics::ListIcon) / 2, metrics::ListIcon, metrics::ListIcon);
    Theme::icon(Icon::Search).paint(&painter, icon);
    int right = width() - metrics::Between - 2;
    painter.setPen(Theme::color(Token::Muted));
    if (!m_keys.isEmpty()) {
        painter.setFont(Theme::smallFont());
        const int width = painter.fontMetrics().horizontalAdvance(m_keys);
        painter.drawText(QRect(right - width, 0, width, height()), Qt::AlignVCenter, m_keys);
        right -= width + metrics::Between;
    }
    painter.setFont(Theme::font());
    const int left = icon.right() + 1 + metrics::Between;
    painter.drawText(QRect(left, 0, right - left, height()), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, right - left));
}

TopBar::TopBar(const Collaborators &collaborators, QWidget *parent)
    : QWidget(parent)
    , m_with(collaborators)
    , m_connection(new PillButton(this))
    , m_namespace(new PillButton(this))
    , m_lock(new QuietButton(this))
    , m_search(new SearchButton(this))
    , m_indicator(new ActivityIndicator(this))
    , m_plan(new QuietButton(this))
    , m_activity(new QuietButton(this))
    , m_connections(new QMenu(this))
    , m_namespaces(new QMenu(this))
{
    setFixedHeight(metrics::BarHeight - metrics::Inside);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::Between + metrics::Inside, 0, metrics::Between + metrics::Inside, 0);
    layout->setSpacing(metrics::Between);
    m_connection->setObjectName(u"connectionButton"_s);
    m_namespace->setObjectName(u"namespaceButton"_s);
    m_lock->setObjectName(u"lockButton"_s);
    m_plan->setObjectName(u"planButton"_s);
    m_activity->setObjectName(u"activityButton"_s);
    m_connections->setObjectName(u"connectionMenu"_s);
    m_namespaces->setObjectName(u"namespaceMenu"_s);
    m_connection->setMenu(m_connections);
    m_namespace->setMenu(m_namespaces);
    m_lock->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_plan->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_activity->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_plan->setIcon(Theme::icon(Icon::Plan));
    m_activity->setIcon(Theme::icon(Icon::Time));
    layout->addWidget(m_connection);
    layout->addWidget(m_namespace);
    layout->addWidget(m_lock);
    layout->addStretch(1);
    layout->addWidget(m_plan);
    layout->addWidget(m_indicator);
    layout->addWidget(m_activity);
    m_indicator->hide();
    // The search field stands in the middle of the window, whatever is beside it (resizeEvent).
    m_search->raise();
    connect(m_search, &QAbstractButton::clicked, this, &TopBar::searchRequested);
    connect(m_plan, &QAbstractButton::clicked, this, &TopBar::planRequested);
    connect(&m_with.basket, &core::guard::PlanBasket::changed, this, &TopBar::refreshPlan);
    connect(m_activity, &QAbstractButton::clicked, this, &TopBar::activityRequested);
    connect(m_lock, &QAbstractButton::clicked, this, [this] {
        if (QAction *action = m_with.workbench.actions().action(u"connection.unlock"_s))
            action->trigger();
    });
    connect(m_connections, &QMenu::aboutToShow, this, &TopBar::fillConnections);
    connect(m_namespaces, &QMenu::aboutToShow, this, &TopBar::fillNamespaces);
    connect(&m_with.connections, &Connections::profilesChanged, this, &TopBar::refresh);
    connect(&m_with.connections, &Connections::namespacesChanged, this, &TopBar::refresh);
    connect(&m_with.workbench.services().unlocks, &core::guard::Unlocks::changed, this, &TopBar::refreshLock);
    workbench::Activity &activity = m_with.workbench.activity();
    connect(&activity, &workbench::Activity::added, this, &TopBar::refreshActivity);
    connect(&activity, &workbench::Activity::changed, this, &TopBar::refreshActivity);
    connect(&activity, &workbench::Activity::removed, this, &TopBar::refreshActivity);
    retranslate();
}

void TopBar::retranslate()
{
    m_search->setText(tr("Search everything …"));
    m_search->setAccessibleName(tr("Search everything"));
    m_activity->setAccessibleName(tr("Activity"));
    m_activity->setToolTip(tr("Running and finished operations"));
    m_connections->setTitle(tr("Connection"));
    m_namespaces->setTitle(tr("Namespace"));
    m_connections->setAccessibleName(tr("Connections"));
    m_namespaces->setAccessibleName(tr("Namespaces"));
    refresh();
}

void TopBar::setSubject(const Subject &subject)
{
    if (m_subject == subject)
        return;
    m_subject = subject;
    refresh();
}

void TopBar::refresh()
{
    const auto profile = m_with.connections.profile(m_subject.profile);
    const Environment environment = workbench::environmentOf(profile);
    if (m_subject.profile.isEmpty()) {
        m_connection->setEnvironment(Environment::None, {});
        m_connection->setText(tr("No connection"));
        m_connection->setAccessibleName(tr("Connection: none"));
    } else {
        const QString name = m_with.connections.displayName(m_subject.profile);
        const QString word = workbench::environmentWord(environment);
        m_connection->setEnvironment(environment, word);
        m_connection->setText(name);
        m_connection->setAccessibleName(word.isEmpty() ? tr("Connection: %1").arg(name) : tr("Connection: %1, %2").arg(name, word));
        m_connection->setToolTip(profile ? profile->servers.join(u'\n') : QString());
    }
    m_namespace->setVisible(!m_subject.profile.isEmpty());
    QString label = m_subject.namespaceId.isEmpty() ? u"public"_s : m_subject.namespaceId;
    const QList<core::nacos::NamespaceInfo> known = m_with.connections.namespaces(m_subject.profile);
    for (const core::nacos::NamespaceInfo &info : known)
        if (info.id == m_subject.namespaceId && !info.name.isEmpty())
            label = info.name;
    const bool unlisted = core::nacos::isMissing(known, m_subject.namespaceId);
    if (unlisted)
        label = tr("%1 (not listed)", "a namespace that was deleted, or may not be seen").arg(label);
    m_namespace->setText(label);
    m_namespace->setToolTip(unlisted                             ? tr("The server lists no namespace %1.").arg(m_subject.namespaceId)
                                : label == m_subject.namespaceId ? QString()
                                                                 : m_subject.namespaceId);
    m_namespace->setAccessibleName(tr("Namespace: %1").arg(label));
    refreshLock();
    refreshPlan();
    refreshActivity();
    updateGeometry();
}

void TopBar::refreshPlan()
{
    const int count = m_with.basket.count();
    m_plan->setVisible(count > 0);
    m_plan->setText(tr("Plan %1").arg(count));
    QStringList names;
    const QStringList profiles = m_with.basket.profiles();
    for (const QString &profile : profiles)
        names.append(m_with.connections.displayName(profile));
    m_plan->setToolTip(tr("%n changes wait to be reviewed and applied: %1", nullptr, count).arg(names.join(tr(", "))));
    m_plan->setAccessibleName(tr("Plan: %n changes", nullptr, count));
}

void TopBar::refreshLock()
{
    const LockFace lock = m_with.connections.lock(m_subject.profile);
    m_lock->setVisible(lock.state != LockFace::State::NotProtected);
    m_lock->setIcon(lock.state == LockFace::State::Unlocked ? Theme::icon(Icon::Unlock, StateColor::Warning) : Theme::icon(Icon::Lock));
    m_lock->setText(lock.text);
    m_lock->setToolTip(lock.toolTip);
    m_lock->setAccessibleName(lock.text);
}

void TopBar::refreshActivity()
{
    const int running = m_with.workbench.activity().running();
    m_indicator->setVisible(running > 0);
    m_indicator->setRunning(running > 0);
    m_activity->setText(running > 0 ? tr("%n running", nullptr, running) : tr("Activity"));
}

void TopBar::fillConnections()
{
    m_connections->clear();
    const QList<core::profiles::Profile> all = m_with.connections.profiles();
    auto *group = new QActionGroup(m_connections);
    const auto add = [this, group](const core::profiles::Profile &profile) {
        const QString word = workbench::environmentWord(workbench::environmentOf(profile.environment));
        QString text = m_with.connections.displayName(profile.slug);
        text.replace(u'&', u"&&"_s);
        QAction *action = m_connections->addAction(word.isEmpty() ? text : u"%1\t%2"_s.arg(text, word));
        action->setCheckable(true);
        action->setChecked(profile.slug == m_subject.profile);
        action->setActionGroup(group);
        action->setToolTip(profile.servers.join(u", "_s));
        connect(action, &QAction::triggered, this, [this, profile] {
            workbench::Subject subject{profile.slug, core::nacos::ConfigKey::canonicalNamespace(profile.defaultNamespace)};
            m_with.workbench.setCurrent(subject);
        });
    };
    for (const core::profiles::Profile &profile : all)
        if (profile.slug != core::profiles::PracticeServers::slug())
            add(profile);
    bool practiceListed = false;
    for (const core::profiles::Profile &profile : all) {
        if (profile.slug != core::profiles::PracticeServers::slug())
            continue;
        m_connections->addSeparator();
        add(profile);
        practiceListed = true;
    }
    m_connections->addSeparator();
    QStringList commands{u"connection.new"_s, u"connection.manage"_s};
    if (!practiceListed)
        commands.prepend(u"connection.practice"_s);
    m_with.workbench.actions().populate(m_connections, commands);
}

void TopBar::fillNamespaces()
{
    // What the menu shows now is what was told last; the next time it is fresher.
    m_with.workbench.refreshNamespaces(m_subject.profile);
    m_namespaces->clear();
    auto *group = new QActionGroup(m_namespaces);
    const QList<core::nacos::NamespaceInfo> all = m_with.connections.namespaces(m_subject.profile);
    for (const core::nacos::NamespaceInfo &info : all) {
        QString text = info.name.isEmpty() || info.name == info.id ? info.id : u"%1\t%2"_s.arg(info.name, info.id);
        text.replace(u'&', u"&&"_s);
        QAction *action = m_namespaces->addAction(text);
        action->setCheckable(true);
        action->setChecked(info.id == m_subject.namespaceId);
        action->setActionGroup(group);
        connect(action, &QAction::triggered, this, [this, id = info.id] { m_with.workbench.setCurrent({m_subject.profile, id}); });
    }
    m_namespaces->addSeparator();
    connect(m_namespaces->addAction(Theme::icon(Icon::Edit), tr("Type an ID…")), &QAction::triggered, this, &TopBar::typeNamespace);
    m_with.workbench.actions().populate(m_namespaces, {u"go.namespaces"_s});
}

void TopBar::typeNamespace()
{
    prompts::Input question;
    question.title = tr("Go to a namespace");
    question.label = tr("Namespace &ID");
    question.verb = tr("Go");
    question.hint = tr("For accounts that may not list the namespaces. The ID is remembered with the connection.");
    question.problem = [](const QString &text) {
        return text.trimmed().isEmpty() || text.trimmed().contains(u' ') ? tr("An ID has no blanks.") : QString();
    };
    prompts::input(window(), question)->then(this, [this](const core::Result<QString> &answer) {
        if (!answer)
            return;
        const QString id = core::nacos::ConfigKey::canonicalNamespace(answer->trimmed());
        if (m_with.workbench.services().profiles.find(m_subject.profile))
            m_with.workbench.services().profiles.rememberNamespace(m_subject.profile, id);
        m_with.workbench.setCurrent({m_subject.profile, id});
    });
}

void TopBar::openConnectionMenu()
{
    m_connection->click();
}

void TopBar::openNamespaceMenu()
{
    if (m_namespace->isVisible())
        m_namespace->click();
}

void TopBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Token::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::color(Token::Border));
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeSearch();
}

bool TopBar::event(QEvent *event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        placeSearch();
    return handled;
}

void TopBar::placeSearch()
{
    // Centred, as wide as there is room, never over its neighbours.
    layout()->activate();
    int left = m_connection->geometry().right();
    for (const QWidget *each : {static_cast<QWidget *>(m_namespace), static_cast<QWidget *>(m_lock)})
        if (each->isVisibleTo(this))
            left = std::max(left, each->geometry().right());
    int right = m_activity->geometry().left();
    for (const QWidget *each : {static_cast<QWidget *>(m_indicator), static_cast<QWidget *>(m_plan)})
        if (each->isVisibleTo(this))
            right = std::min(right, each->geometry().left());
    const int from = left + metrics::Around;
    const int to = right - metrics::Around;
    const int wide = std::clamp(to - from, 0, 420);
    const int x = std::clamp((width() - wide) / 2, from, std::max(from, to - wide));
    m_search->setGeometry(x, (height() - metrics::FieldHeight) / 2, wide, metrics::FieldHeight);
    m_search->setVisible(wide > 80);
}

} // namespace ui::shell
