// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/wirerecording.h"
#include "core/sandbox/common/httpmessage.h"

#include <map>
#include <mutex>
#include <QHash>
#include <QSet>

namespace core::sandbox::replay {

/// A recorded conversation that is played: finds the answer to a request, and the pushes that followed it. Knows no sockets. Thread-safe.
///
/// Requests are matched by method, path, parameters and body (HTTP), by type and members (gRPC); credentials and what differs from run
/// to run (request ids) do not count. The same request recorded several times is answered in that order, and from then on with the last
/// answer. When all of it was played and the first request comes again, it starts over; likewise when a client sets up anew after all
/// have left.
class Tape {
    Q_DISABLE_COPY_MOVE(Tape)
public:
    explicit Tape(const net::Recording &recording);

    /// Something the server said by itself, after what it follows.
    struct Push {
        int connection = 1;
        net::RecordedStream::Kind kind = net::RecordedStream::Kind::Received; ///< or Closed
        net::RecordedMessage message;
        int milliseconds = 0; ///< after what it follows
    };
    enum class Plane { Main, Console };
    struct HttpAnswer {
        std::optional<net::RecordedHttp::Answer> answer; ///< none: the connection broke
        std::vector<Push> pushes;
    };
    /// NotFound: not in the recording, in a sentence. Unsupported: it is, but its answer was left out.
    Result<HttpAnswer> http(Plane plane, const HttpRequest &request);

    struct CallAnswer {
        std::optional<net::RecordedMessage> answer; ///< none: the connection broke
        std::vector<Push> pushes;
    };
    Result<CallAnswer> call(const QString &type, const QByteArray &body);

    /// A client's ConnectionSetupRequest: which recorded connection it is, if one is left.
    struct SetUp {
        int connection = 0;
        std::vector<Push> pushes;
    };
    Result<SetUp> setUp(const QByteArray &body);
    void left(int connection);

    /// The user who logged in; empty: nobody did.
    QString user() const;
    qsizetype exchanges() const { return m_exchanges; }

private:
    struct Entry {
        QByteArray key;
        std::vector<Push> pushes;
    };
    void addHttp(int index, const net::RecordedHttp &http);
    void addCall(int index, const net::RecordedCall &call);
    void addTrigger(int index, const QByteArray &key);
    void attachPushes();
    /// The event that answers this key now; -1: none. Mutex held.
    int choose(const QByteArray &key);
    void rewind();

    const net::Recording m_recording;
    mutable std::mutex m_mutex;
    QHash<QByteArray, QList<int>> m_events; ///< by key
    std::map<int, Entry> m_entries;         ///< what a client does, by index in the recording
    QSet<int> m_consoles, m_answered;       ///< servers that are consoles; that ever answered
    qsizetype m_exchanges = 0;
    struct Known {
        int connection = 0;
        int event = 0;
        QByteArray key;
    };
    std::vector<Known> m_setUps;
    QHash<QByteArray, int> m_next; ///< by key, how many were answered
    QSet<int> m_played, m_attached;
    bool m_everSetUp = false;
};

} // namespace core::sandbox::replay
