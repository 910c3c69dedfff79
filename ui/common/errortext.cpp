// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/errortext.h"

#include "core/base/behind.h"
#include "core/base/missingsecret.h"
#include "core/base/redactor.h"

#include <optional>
#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)
};

struct Phrase {
    QString happened; ///< a whole sentence
    QString because;  ///< the same as a clause after "%1: "
    QString remedy;
};

Phrase phraseOf(core::Error::Kind kind)
{
    using Kind = core::Error::Kind;
    switch (kind) {
    case Kind::Cancelled:
        return {Words::tr("It was cancelled."), Words::tr("cancelled"), {}};
    case Kind::Network:
        return {Words::tr("The server cannot be reached."), Words::tr("the server cannot be reached"),
                Words::tr("Check the address and the network, then try again.")};
    case Kind::Timeout:
        return {Words::tr("The server did not answer in time."), Words::tr("the server did not answer in time"),
                Words::tr("It may be busy: try again, or allow more time in the connection's settings.")};
    case Kind::Tls:
        return {Words::tr("The secure connection was refused."), Words::tr("the secure connection was refused"),
                Words::tr("Check the server's certificate and the TLS settings of this connection.")};
    case Kind::Auth:
        return {Words::tr("The server does not accept the login."), Words::tr("the server does not accept the login"),
                Words::tr("Check the account and its password or key in the connection's settings.")};
    case Kind::Forbidden:
        return {Words::tr("This account may not do that."), Words::tr("this account may not do that"),
                Words::tr("Ask for the right, or use another account.")};
    case Kind::NotFound:
        return {Words::tr("It does not exist any more."), Words::tr("it does not exist"),
                Words::tr("Refresh the list; somebody may have deleted or moved it.")};
    case Kind::Conflict:
        return {Words::tr("Somebody else changed it meanwhile."), Words::tr("somebody else changed it meanwhile"),
                Words::tr("Look at the difference, then merge or overwrite.")};
    case Kind::Rejected:
        return {Words::tr("The server refused it."), Words::tr("the server refused it"),
                Words::tr("The details say what the server did not like.")};
    case Kind::RateLimited:
        return {Words::tr("The server asks for patience."), Words::tr("the server asks for patience"),
                Words::tr("Wait a moment, then try again.")};
    case Kind::BadReply:
        return {Words::tr("The server's answer cannot be understood."), Words::tr("the server's answer cannot be understood"),
                Words::tr("Check that the address leads to the right kind of server; the details show what came.")};
    case Kind::Unsupported:
        return {Words::tr("This server cannot do that."), Words::tr("this server cannot do that"),
                Words::tr("It needs a newer version of the server, or another of its interfaces.")};
    case Kind::Usage:
        return {Words::tr("Something in the input is not right."), Words::tr("something in the input is not right"),
                Words::tr("Correct it as the details say.")};
    case Kind::Policy:
        return {Words::tr("This connection's protection does not allow it."), Words::tr("this connection's protection does not allow it"),
                Words::tr("Unlock writes for this connection first (Connection menu).")};
    case Kind::Internal:
        return {Words::tr("Something went wrong inside Signalbox."), Words::tr("something went wrong inside Signalbox"),
                Words::tr("Try again; if it stays, please report it with the details.")};
    }
    return {};
}

Phrase phraseOfMissing(const core::Error &error)
{
    if (core::isMissing(error, core::MissingSecret::Password))
        return {Words::tr("No password is known for this connection."), Words::tr("no password is known for this connection"),
                Words::tr("Enter it: Connection menu, “Enter the password…”.")};
    return {Words::tr("The key or token of this connection is not known here."),
            Words::tr("the key or token of this connection is not known here"), Words::tr("Enter it in the connection's settings.")};
}

Phrase phraseOfBehind()
{
    return {Words::tr("It has changed, but the server still answers with the version before the change."),
            Words::tr("it has changed, but the server still answers with the version before the change"),
            Words::tr("It is asked again; a cluster may need a while until all its servers agree.")};
}

/// Nobody is followed to another host or scheme; core names where it points to.
std::optional<Phrase> phraseOfSentOn(const core::Error &error)
{
    static const QRegularExpression place(u"sends on to (\\S+[^\\s,])"_s);
    if (error.kind != core::Error::Kind::BadReply || error.code < 301 || error.code > 308)
        return {};
    const QString target = place.match(core::Redactor::redact(error.message)).captured(1);
    if (target.isEmpty())
        return {};
    return Phrase{Words::tr("The server sends on to %1.").arg(target), Words::tr("the server sends on to %1").arg(target),
                  Words::tr("If that is the registry, give the connection this address; nothing was sent there.")};
}

/// Core names an unwritable file or folder in its message; that is no fault of ours, and the person can put it right.
std::optional<Phrase> phraseOfDisk(const core::Error &error)
{
    static const QRegularExpression trouble(u"cannot be (made|written|locked)|cannot open|Permission denied|Read-only file system|"
                                            "No space left|readonly database|database or disk is full|disk I/O error"_s);
    static const QRegularExpression place(u"/[^:()]+"_s);
    if (error.kind != core::Error::Kind::Internal || !error.message.contains(trouble))
        return {};
    const QString file = place.match(core::Redactor::redact(error.message)).captured().trimmed();
    return Phrase{Words::tr("A file of Signalbox cannot be written."), Words::tr("a file of Signalbox cannot be written"),
                  file.isEmpty() ? Words::tr("Check that its folder is writable and that its disk has room, then try again.")
                                 : Words::tr("Check that %1 is writable and that its disk has room, then try again.").arg(file)};
}

} // namespace

namespace ui {

QString ErrorText::both() const
{
    return remedy.isEmpty() ? sentence : sentence + u' ' + remedy;
}

ErrorText errorText(const core::Error &error, const QString &what)
{
    using Kind = core::Error::Kind;
    const Phrase phrase = core::isMissingSecret(error) ? phraseOfMissing(error)
        : core::isBehind(error)                        ? phraseOfBehind()
                                                       : phraseOfSentOn(error).value_or(phraseOfDisk(error).value_or(phraseOf(error.kind)));
    ErrorText text;
    //: %1 is what failed ("Cannot load the configurations"), %2 why ("the server cannot be reached")
    text.sentence = what.isEmpty() ? phrase.happened : Words::tr("%1: %2.").arg(what, phrase.because);
    text.remedy = phrase.remedy;
    QString code = error.kindName();
    if (const int number = core::shownCode(error); number != 0)
        code += u' ' + QString::number(number);
    // The message is masked where it is made; this is the second net in front of the screen.
    const QString message = core::Redactor::redact(error.message);
    text.details = message.isEmpty() ? code : message + u"\n("_s + code + u')';
    switch (error.kind) {
    case Kind::Cancelled:
        text.state = StateColor::Neutral;
        text.icon = Icon::Info;
        break;
    case Kind::Network:
    case Kind::Timeout:
        text.icon = Icon::Offline;
        break;
    case Kind::Tls:
    case Kind::Auth:
    case Kind::Forbidden:
        text.icon = Icon::Lock;
        break;
    case Kind::Conflict:
    case Kind::RateLimited:
        text.state = StateColor::Warning;
        text.icon = Icon::Warning;
        break;
    case Kind::Policy:
        text.state = StateColor::Warning;
        text.icon = Icon::Lock;
        break;
    default:
        break;
    }
    return text;
}

} // namespace ui
