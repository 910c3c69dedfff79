// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httperror.h"

#include "core/base/redactor.h"
#include "core/base/transient.h"

using namespace Qt::StringLiterals;

namespace core::net {

std::optional<Error> httpError(const QNetworkReply &reply, const QString &place)
{
    using Code = QNetworkReply::NetworkError;
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    // From 201 on Qt's codes stand for what a status of 400 and more says: an answer came.
    if (status.toInt() >= 400 && reply.error() > Code::UnknownProxyError)
        return std::nullopt;
    Error::Kind kind = Error::Kind::Network;
    QString why;
    switch (reply.error()) {
    case Code::NoError:
        if (!status.isValid())
            return Error{Error::Kind::BadReply, place + u": not an HTTP answer"_s, 0, false};
        return std::nullopt;
    case Code::ConnectionRefusedError:
        why = u"connection refused"_s;
        break;
    case Code::RemoteHostClosedError:
        why = status.isValid() ? u"the connection was closed in the middle of the answer"_s
                               : u"the connection was closed without an answer"_s;
        break;
    case Code::ContentReSendError: // our own doing: see OnceBody
        why = u"the connection was closed without an answer, or the server wants the request elsewhere; it was not sent again"_s;
        break;
    case Code::HostNotFoundError:
        why = u"unknown host name"_s;
        break;
    case Code::TimeoutError:
    case Code::ProxyTimeoutError:
        kind = Error::Kind::Timeout;
        why = u"no answer in time"_s;
        break;
    case Code::SslHandshakeFailedError:
        kind = Error::Kind::Tls;
        why = u"TLS: "_s + reply.errorString();
        break;
    case Code::ProxyAuthenticationRequiredError:
        why = u"the proxy asks for a login, which is not supported"_s;
        break;
    case Code::UnknownContentError:
    case Code::ProtocolFailure:
    case Code::ProtocolUnknownError:
    case Code::ProtocolInvalidOperationError:
        kind = Error::Kind::BadReply;
        why = u"not an HTTP answer: "_s + reply.errorString();
        break;
    default:
        why = reply.errorString();
        break;
    }
    Error error{kind, Redactor::redact(place + u": "_s + why), 0, isTransient(kind)};
    if (reply.error() == Code::ProxyAuthenticationRequiredError)
        error.retryable = false;
    return error;
}

} // namespace core::net
