// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QObject>
#include <QString>

namespace core {

/// What went wrong, as a value. Every failure of core is one of these; `ui/common/errortext` turns them into sentences for people and
/// `signalboxctl` into exit codes (app/cli.md §1.1).
struct Error {
    Q_GADGET
public:
    enum class Kind {
        Cancelled,   ///< the caller gave up
        Network,     ///< no connection, connection lost
        Timeout,     ///< no answer in time
        Tls,         ///< certificate refused, handshake failed
        Auth,        ///< not logged in, credentials refused
        Forbidden,   ///< logged in, but without the right
        NotFound,    ///< the object does not exist (only where absence is not a normal value)
        Conflict,    ///< changed by somebody else, exists already
        Rejected,    ///< the server understood and said no
        RateLimited, ///< the server asks for patience
        BadReply,    ///< the answer is not what the protocol says
        Unsupported, ///< this server or generation cannot do that
        Usage,       ///< wrong arguments, found before anything was sent
        Policy,      ///< refused by this side: read-only, not unlocked, not confirmed
        Internal     ///< our own fault, or the local disk's
    };
    Q_ENUM(Kind)

    Kind kind = Kind::Internal;
    QString message;        ///< technical, English, secrets already masked
    int code = 0;           ///< the server's own code (HTTP status, Nacos code, gRPC status); 0: none
    bool retryable = false; ///< the same call may succeed later without anybody changing anything

    QString kindName() const;
    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace core

Q_DECLARE_METATYPE(core::Error)
