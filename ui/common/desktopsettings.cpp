// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/desktopsettings.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

std::optional<ui::Shade> wantedShade;
bool wantsReducedMotion = false;
bool animationsOff = false;

const QString Service = u"org.freedesktop.portal.Desktop"_s;
const QString Path = u"/org/freedesktop/portal/desktop"_s;
const QString Interface = u"org.freedesktop.portal.Settings"_s;
const QString Appearance = u"org.freedesktop.appearance"_s;
const QString GnomeInterface = u"org.gnome.desktop.interface"_s;

/// Returns whether something changed.
bool take(const QString &space, const QString &key, QVariant value)
{
    // The old Read method wraps the value twice.
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    if (space == Appearance && key == "color-scheme"_L1) {
        const uint scheme = value.toUInt();
        const auto shade = scheme == 1 ? std::optional(ui::Shade::Dark) : scheme == 2 ? std::optional(ui::Shade::Light) : std::nullopt;
        return std::exchange(wantedShade, shade) != shade;
    }
    if (space == Appearance && key == "reduced-motion"_L1)
        return std::exchange(wantsReducedMotion, value.toUInt() == 1) != wantsReducedMotion;
    if (space == GnomeInterface && key == "enable-animations"_L1)
        return std::exchange(animationsOff, !value.toBool()) != animationsOff;
    return false;
}

class Watcher final : public QObject {
    Q_OBJECT
public:
    Watcher(QObject *owner, std::function<void()> changed)
        : QObject(owner)
        , m_changed(std::move(changed))
    {
    }
    void start()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected())
            return;
        bus.connect(Service, Path, Interface, u"SettingChanged"_s, this, SLOT(settingChanged(QString, QString, QDBusVariant)));
        read(Appearance, u"color-scheme"_s);
        read(Appearance, u"reduced-motion"_s);
        read(GnomeInterface, u"enable-animations"_s);
    }

public Q_SLOTS:
    void settingChanged(const QString &space, const QString &key, const QDBusVariant &value)
    {
        if (take(space, key, value.variant()))
            m_changed();
    }

private:
    void read(const QString &space, const QString &key)
    {
        QDBusMessage call = QDBusMessage::createMethodCall(Service, Path, Interface, u"Read"_s);
        call << space << key;
        call.setAutoStartService(false); // a desktop that has a portal runs it already
        auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2000), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, space, key](QDBusPendingCallWatcher *done) {
            const QDBusPendingReply<QDBusVariant> reply = *done;
            done->deleteLater();
            if (!reply.isError() && take(space, key, reply.value().variant()))
                m_changed();
        });
    }
    std::function<void()> m_changed;
};

} // namespace

namespace ui {

void DesktopSettings::watch(QObject *owner, std::function<void()> changed)
{
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    auto *watcher = new Watcher(owner, std::move(changed));
    // After the first window: connecting to the bus takes milliseconds.
    QTimer::singleShot(0, watcher, [watcher] { watcher->start(); });
}

std::optional<Shade> DesktopSettings::shade()
{
    return wantedShade;
}

bool DesktopSettings::reducedMotion()
{
    return wantsReducedMotion || animationsOff;
}

} // namespace ui

#include "desktopsettings.moc"
