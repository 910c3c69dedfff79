// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sshfailure.h"

#include "core/base/redactor.h"
#include "core/base/utf16.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

constexpr qsizetype MostShown = 200;
constexpr QByteArrayView Refusal = "open failed: ";

bool mentions(const QByteArray &said, QByteArrayView what)
{
    return said.contains(what);
}

/// The last line that says why; of what follows `marker`, when it is there.
QString lastWords(const QByteArray &said, QByteArrayView marker = {})
{
    QString last;
    const QList<QByteArray> lines = said.split('\n');
    for (const QByteArray &line : lines) {
        QString text = QString::fromUtf8(line).simplified();
        const bool ofTarget = text.contains("open failed: "_L1);
        if (text.isEmpty() || text.startsWith("Warning: Permanently added"_L1) || (marker.isEmpty() && ofTarget))
            continue;
        if (!marker.isEmpty()) {
            const qsizetype at = text.indexOf(QLatin1StringView(marker));
            if (at < 0)
                continue;
            text = text.mid(at + marker.size());
        }
        last = text;
    }
    QString clean;
    for (const QChar c : std::as_const(last))
        clean += c.isPrint() ? c : u'?';
    clean = Redactor::redact(clean);
    return shortened(clean, MostShown);
}

Error person(const QString &what)
{
    return {Error::Kind::Network, what, 0, false};
}

Error passing(const QString &what)
{
    return {Error::Kind::Network, what, 0, true};
}

} // namespace

Error sshMissing()
{
    return person(u"SSH tunnel: the program ssh is not there; install the package openssh-client"_s);
}

Error sshLoginError(const QString &name, const QByteArray &said)
{
    const QString start = u"SSH tunnel through %1: "_s.arg(name);
    if (mentions(said, "REMOTE HOST IDENTIFICATION HAS CHANGED") || mentions(said, "has changed and you have requested")) {
        return person(start +
                      u"its host key is not the one known so far: somebody may be listening in. Ask its owner; if the change is right, "
                      "remove the old key with ssh-keygen -R and connect once by hand"_s);
    }
    if (mentions(said, "Host key verification failed") || mentions(said, "host key is known"))
        return person(start + u"its host key is not known yet; connect once by hand with ssh and compare the fingerprint"_s);
    if (mentions(said, "Permission denied") || mentions(said, "Too many authentication failures") ||
        mentions(said, "No more authentication methods")) {
        return person(start +
                      u"the login is refused. No password is asked for here: load the key with ssh-add, or name user and key in "
                      "~/.ssh/config"_s);
    }
    if (mentions(said, "Could not resolve hostname"))
        return passing(start + u"unknown host name of the jump host"_s);
    if (mentions(said, "Bad configuration option") || mentions(said, "configuration options") || mentions(said, "Bad owner or permissions"))
        return person(start + u"ssh refuses its configuration: %1"_s.arg(lastWords(said)));
    const QString words = lastWords(said);
    return passing(start + (words.isEmpty() ? u"the connection to the jump host ended"_s : words));
}

QList<QByteArray> refusalsIn(const QByteArray &said, qsizetype &end)
{
    QList<QByteArray> lines;
    end = 0;
    while (true) {
        const qsizetype at = said.indexOf(Refusal, end), newLine = at < 0 ? -1 : said.indexOf('\n', at);
        if (newLine < 0)
            return lines;
        lines.append(said.mid(at, newLine - at).trimmed());
        end = newLine + 1;
    }
}

Error sshTargetError(const QString &name, const QString &target, const QList<QByteArray> &reasons, const QByteArray &said)
{
    const QString start = u"SSH tunnel through %1: "_s.arg(name);
    QStringList words;
    for (const QByteArray &reason : reasons) {
        if (const QString text = lastWords(reason, Refusal); !text.isEmpty() && !words.contains(text))
            words.append(text);
    }
    if (words.size() > 1)
        return passing(start + u"the jump host refused %1 and other targets at the same time: %2"_s.arg(target, words.join(u"; "_s)));
    if (mentions(said + reasons.value(0), "administratively prohibited"))
        return person(start + u"the jump host does not allow connections to %1 (AllowTcpForwarding, PermitOpen)"_s.arg(target));
    const QString own = words.isEmpty() ? lastWords(said, Refusal) : words.first();
    return passing(own.isEmpty() ? start + u"the jump host gives no connection to %1"_s.arg(target)
                                 : start + u"the jump host cannot reach %1: %2"_s.arg(target, own));
}

} // namespace core::net
