// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/doctortext.h"

#include "ui/common/coretext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::connection {

QString doctorText(const QString &english)
{
    static const Phrases phrases(
        "ui::connection::Doctor",
        {
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "port %1 accepts connections"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "reached through the proxy %1:%2"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "plain http"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "not tried"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "none needed"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "%1, administrator"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "%1, valid until %2"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "configurations of %1 can be read, another way than usual: %2"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "configurations of %1 can be read"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "practice registry %1"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Choose another file under Advanced."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "no Nacos server was recognised"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "without a login the server refuses most requests"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Ask for read rights on this namespace, or choose another default namespace."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Check address, port and context path."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Check the spelling of the host name, and whether its network (VPN) is connected."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Check user and password."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor",
                              "Enter it in the connection; signalboxctl takes it from --password-stdin or SIGNALBOX_PASSWORD, too."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Give a user and a password."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor",
                              "Give the file of its authority, or accept this one certificate by its fingerprint if you know it."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Is the server running, is the port right, does a firewall stand between?"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Is this an https port? Does the server want a client certificate?"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "No administrator exists yet: set the first password in the server's console."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "The password travels unencrypted; use https where the server has it."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "Write the address as host:port or http://host:port."),
        });
    return phrases.translate(english);
}

} // namespace ui::connection
