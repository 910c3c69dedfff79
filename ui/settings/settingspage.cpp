// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingspage.h"

#include "ui/common/theme.h"
#include "ui/settings/section.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace ui::settings {

namespace {

struct SectionKind {
    QString id;
    QString title;
    Icon icon;
    QWidget *(*make)(workbench::Workbench &, QWidget *);
};

QList<SectionKind> sectionKinds()
{
    return {
        {u"general"_s, SettingsPage::tr("General"), Icon::Settings, makeGeneralSection},
        {u"appearance"_s, SettingsPage::tr("Appearance"), Icon::Window, makeAppearanceSection},
        {u"connections"_s, SettingsPage::tr("Connections"), Icon::Connection, makeConnectionsSection},
        {u"secrets"_s, SettingsPage::tr("Secrets"), Icon::Secret, makeSecretsSection},
        {u"data"_s, SettingsPage::tr("Data"), Icon::Folder, makeDataSection},
        {u"keyboard"_s, SettingsPage::tr("Keyboard"), Icon::Keyboard, makeKeyboardSection},
        {u"network"_s, SettingsPage::tr("Network"), Icon::Cluster, makeNetworkSection},
    };
}

} // namespace

SettingsPage::SettingsPage(workbench::Workbench &workbench)
    : Page(workbench)
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_current(u"general"_s)
{
    setObjectName(u"settingsPage"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_list->setObjectName(u"settingsSections"_s);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFixedWidth(180);
    m_list->setIconSize({metrics::ListIcon, metrics::ListIcon});
    m_list->setUniformItemSizes(true);
    layout->addWidget(m_list);
    setFocusProxy(m_list);
    auto *line = new QFrame(this);
    line->setFixedWidth(1);
    line->setBackgroundRole(QPalette::Mid);
    line->setAutoFillBackground(true);
    layout->addWidget(line);
    layout->addWidget(m_stack, 1);
    fill();
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            showSection(item->data(Qt::UserRole).toString());
    });
}

void SettingsPage::fill()
{
    const QSignalBlocker quiet(m_list);
    m_list->setAccessibleName(tr("Sections"));
    m_list->clear();
    const QList<SectionKind> kinds = sectionKinds();
    for (const SectionKind &kind : kinds) {
        auto *item = new QListWidgetItem(Theme::icon(kind.icon), kind.title);
        item->setData(Qt::UserRole, kind.id);
        item->setSizeHint({100, metrics::RowHeight + metrics::Inside});
        m_list->addItem(item);
        if (kind.id == m_current)
            m_list->setCurrentItem(item);
    }
}

QStringList SettingsPage::sections() const
{
    QStringList ids;
    const QList<SectionKind> kinds = sectionKinds();
    for (const SectionKind &kind : kinds)
        ids.append(kind.id);
    return ids;
}

void SettingsPage::build(const QString &id)
{
    const QList<SectionKind> kinds = sectionKinds();
    for (const SectionKind &kind : kinds) {
        if (kind.id != id)
            continue;
        auto *scroll = new QScrollArea(m_stack);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setWidgetResizable(true);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->viewport()->setBackgroundRole(QPalette::Base);
        scroll->setWidget(kind.make(workbench(), scroll));
        m_stack->addWidget(scroll);
        m_built.insert(id, scroll);
    }
}

void SettingsPage::showSection(const QString &id)
{
    if (!m_built.contains(id))
        build(id);
    if (!m_built.contains(id))
        return;
    m_current = id;
    m_stack->setCurrentWidget(m_built.value(id));
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole).toString() == id) {
            const QSignalBlocker quiet(m_list);
            m_list->setCurrentRow(row);
        }
    Q_EMIT stateChanged();
}

void SettingsPage::activated()
{
    showSection(m_current);
}

void SettingsPage::focusFilter()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
}

QJsonObject SettingsPage::saveState() const
{
    return {{u"section"_s, m_current}};
}

void SettingsPage::restoreState(const QJsonObject &state)
{
    if (const QString id = state.value("section"_L1).toString(); !id.isEmpty())
        showSection(id);
}

void SettingsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        const QString current = m_current;
        qDeleteAll(std::exchange(m_built, {}));
        fill();
        if (isVisible())
            showSection(current);
        Q_EMIT faceChanged();
    }
    Page::changeEvent(event);
}

void registerPages(workbench::PageRegistry &pages)
{
    pages.add({.id = u"settings"_s,
               .title = [] { return SettingsPage::tr("Settings"); },
               .icon = Icon::Settings,
               .place = workbench::PageKind::Place::Tools,
               .order = 100,
               .needsConnection = false,
               .shortcut = u"Ctrl+,"_s,
               .make = [](workbench::Workbench &workbench, const workbench::PageRequest &) -> workbench::Page * {
                   return new SettingsPage(workbench);
               }});
}

} // namespace ui::settings
