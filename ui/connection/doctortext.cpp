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
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "logged in at %1"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "resolved by the jump host"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "reached through the SSH tunnel"),
            QT_TRANSLATE_NOOP(
                "ui::connection::Doctor",
                "The tunnel is made by the program ssh with your own keys: see that “ssh” to that host works without a question."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "SSH tunnel: the program ssh is not there; install the package openssh-client"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor",
                              "SSH tunnel through %1: its host key is not the one known so far: somebody may be listening in. Ask its "
                              "owner; if the change is right, remove the old key with ssh-keygen -R and connect once by hand"),
            QT_TRANSLATE_NOOP(
                "ui::connection::Doctor",
                "SSH tunnel through %1: its host key is not known yet; connect once by hand with ssh and compare the fingerprint"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor",
                              "SSH tunnel through %1: the login is refused. No password is asked for here: load the key with ssh-add, or "
                              "name user and key in ~/.ssh/config"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "SSH tunnel through %1: unknown host name of the jump host"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "SSH tunnel through %1: the connection to the jump host ended"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "SSH tunnel through %1: ssh refuses its configuration: %2"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor",
                              "SSH tunnel through %1: the jump host does not allow connections to %2 (AllowTcpForwarding, PermitOpen)"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "SSH tunnel through %1: the jump host gives no connection to %2"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "SSH tunnel through %1: the jump host cannot reach %2: %3"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "plain http"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "not tried"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "none needed"),
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "not reached"),
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
            QT_TRANSLATE_NOOP("ui::connection::Doctor", "If that is the registry, give the connection the address it sends on to."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor",
                              "Enter it in the connection; signalboxctl takes it from --password-stdin or SIGNALBOX_PASSWORD, too."),
            QT_TRANSLATE_NOOP("ui::connection::Doctor",
                              "Give the connection a user and a password; signalboxctl takes them from --user and --password-stdin or "
                              "SIGNALBOX_PASSWORD, too."),
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
