// SPDX-License-Identifier: GPL-3.0-or-later
// The sections that are little more than bound fields: general, appearance, connections, network.
#include "core/profiles/profilestore.h"
#include "ui/common/actionregistry.h"
#include "ui/common/widgets.h"
#include "ui/settings/section.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>

using namespace Qt::StringLiterals;

namespace ui::settings {

using core::profiles::Setting;

namespace {

class GeneralSection final : public Section {
    Q_OBJECT
public:
    GeneralSection(workbench::Workbench &workbench, QWidget *parent)
        : Section(workbench, tr("General"), {}, parent)
    {
        addChoice(Setting::Language, tr("&Language"),
                  {{tr("The system's"), QString()}, {u"English"_s, u"en"_s}, {u"简体中文"_s, u"zh_CN"_s}});
        addSwitch(Setting::OpenLastTabs, tr("&Open the tabs of last time at start"));
        addHeading(tr("Safety"));
        addNumber(Setting::DefaultUnlockMinutes, tr("&Unlock writes for"), {.from = 1, .to = 1440, .suffix = tr(" min", "minutes")},
                  tr("How long a protected connection stays open for writing unless you choose otherwise"));
        addNumber(Setting::ClipboardSeconds, tr("Clear copied &secrets after"),
                  {.from = 5, .to = 600, .step = 5, .suffix = tr(" s", "seconds")}, tr("Only when the clipboard still holds the secret"));
    }
};

class AppearanceSection final : public Section {
    Q_OBJECT
public:
    AppearanceSection(workbench::Workbench &workbench, QWidget *parent)
        : Section(workbench, tr("Appearance"), {}, parent)
    {
        addChoice(Setting::Theme, tr("Colou&rs"), {{tr("The desktop's"), u"system"_s}, {tr("Light"), u"light"_s}, {tr("Dark"), u"dark"_s}});
        addChoice(Setting::ScalePercent, tr("&Size of everything"),
                  {{tr("As the desktop has it"), 100}, {u"125 %"_s, 125}, {u"150 %"_s, 150}, {u"175 %"_s, 175}, {u"200 %"_s, 200}},
                  tr("Takes effect at the next start"));
        addNumber(Setting::FontSize, tr("Te&xt size"), {.from = 0, .to = 24, .suffix = tr(" pt", "points"), .special = tr("The desktop's")},
                  tr("Takes effect at the next start"));
        addSwitch(Setting::ReducedMotion, tr("No &animation"), tr("Changed rows do not fade"));
        addHeading(tr("Editors"));
        addSwitch(Setting::WrapLines, tr("&Wrap long lines"));
    }
};

class ConnectionsSection final : public Section {
    Q_OBJECT
public:
    ConnectionsSection(workbench::Workbench &workbench, QWidget *parent)
        : Section(workbench, tr("Connections"), {}, parent)
        , m_default(new QComboBox(this))
    {
        m_default->setObjectName(u"settingDefaultConnection"_s);
        m_default->setMinimumWidth(280);
        addRow(tr("&Default connection"), m_default, tr("Opened at start when there are no tabs to go back to; used by signalboxctl"));
        fill();
        connect(&services().profiles, &core::profiles::ProfileStore::changed, this, &ConnectionsSection::fill);
        connect(m_default, &QComboBox::activated, this, [this] { services().profiles.setDefault(m_default->currentData().toString()); });
        auto *manage = new QPushButton(tr("&Manage connections…"), this);
        manage->setObjectName(u"settingManageConnections"_s);
        addWide(manage);
        connect(manage, &QAbstractButton::clicked, this, [this] { this->workbench().openPage({.kind = u"connections"_s}); });
    }

private:
    void fill()
    {
        const QSignalBlocker quiet(m_default);
        m_default->clear();
        const QList<core::profiles::Profile> all = services().profiles.profiles();
        for (const core::profiles::Profile &profile : all)
            m_default->addItem(profile.name, profile.slug);
        m_default->setCurrentIndex(m_default->findData(services().profiles.defaultSlug()));
        m_default->setEnabled(!all.isEmpty());
        if (all.isEmpty())
            m_default->setPlaceholderText(tr("No connection is saved"));
    }
    QComboBox *m_default;
};

class NetworkSection final : public Section {
    Q_OBJECT
public:
    NetworkSection(workbench::Workbench &workbench, QWidget *parent)
        : Section(workbench, tr("Network"),
                  tr("Proxy, certificates, headers and time limits belong to each connection; they stand under Advanced there. "
                     "This program talks to nothing but the connections you add."),
                  parent)
    {
        auto *wire = addSwitch(Setting::WireLog, tr("&Log requests and answers"),
                               tr("One line each, without contents and secrets, in the log of this window"));
        wire->setAccessibleDescription(tr("Diagnosis"));
        auto *manage = new QPushButton(tr("&Manage connections…"), this);
        manage->setObjectName(u"settingNetworkConnections"_s);
        addWide(manage);
        connect(manage, &QAbstractButton::clicked, this, [this] { this->workbench().openPage({.kind = u"connections"_s}); });
    }
};

} // namespace

QWidget *makeGeneralSection(workbench::Workbench &workbench, QWidget *parent)
{
    return new GeneralSection(workbench, parent);
}

QWidget *makeAppearanceSection(workbench::Workbench &workbench, QWidget *parent)
{
    return new AppearanceSection(workbench, parent);
}

QWidget *makeConnectionsSection(workbench::Workbench &workbench, QWidget *parent)
{
    return new ConnectionsSection(workbench, parent);
}

QWidget *makeNetworkSection(workbench::Workbench &workbench, QWidget *parent)
{
    return new NetworkSection(workbench, parent);
}

} // namespace ui::settings

#include "plainsections.moc"
