// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/wirerecorder.h"

#include "core/base/log.h"
#include "core/net/wiremask.h"

#include <numeric>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

FormFields decoded(const QString &query)
{
    QString text = query;
    text.replace(u'+', u"%20"_s);
    const auto items = QUrlQuery(text).queryItems(QUrl::FullyDecoded);
    FormFields fields;
    for (const auto &item : items)
        fields.append(item);
    return fields;
}

} // namespace

WireRecorder::WireRecorder(const QString &path, const Limits &limits)
    : m_file(path)
    , m_limits(limits)
{
    m_clock.start();
}

Result<std::shared_ptr<WireRecorder>> WireRecorder::open(const QString &path, const Limits &limits)
{
    QFile there(path);
    if (there.exists()) {
        const bool readable = there.open(QIODevice::ReadOnly);
        const QByteArray beginning = there.read(64);
        if (!readable || (!beginning.isEmpty() && !looksLikeRecording(beginning)))
            return fail(Error::Kind::Usage, u"%1 exists and is no recording; another name, please"_s.arg(path));
        there.close();
        there.remove(); // its permissions go with it
    }
    std::shared_ptr<WireRecorder> recorder(new WireRecorder(path, limits));
    const bool opened = recorder->m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                                              QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QString program = QCoreApplication::applicationName() + u' ' + QStringLiteral(SIGNALBOX_VERSION);
    if (opened)
        recorder->append(encodeRecordingHead(program, QDateTime::currentDateTimeUtc()));
    if (!recorder->isRecording() || !opened)
        return fail(Error::Kind::Internal, u"cannot record to %1: %2"_s.arg(path, recorder->m_file.errorString()));
    return recorder;
}

bool WireRecorder::isRecording() const
{
    const std::lock_guard lock(m_mutex);
    return !m_ended;
}

/// Mutex held, or nobody else knows the recorder yet.
void WireRecorder::append(const QByteArray &line)
{
    m_written += line.size();
    if (m_file.write(line) == line.size())
        return;
    m_ended = true;
    qCWarning(logNet).noquote() << "the recording ends here:" << m_file.errorString();
}

void WireRecorder::write(RecordedEvent event)
{
    const std::lock_guard lock(m_mutex);
    if (m_ended)
        return;
    event.at = m_clock.elapsed();
    const QByteArray line = encodeRecordedEvent(event);
    if (m_written + line.size() <= m_limits.fileBytes)
        return append(line);
    append(encodeRecordedEvent({event.at, RecordedEnd{}}));
    m_ended = true;
    qCWarning(logNet) << "the recording is full";
}

RecordedBody WireRecorder::body(const QByteArray &bytes) const
{
    if (bytes.isEmpty())
        return {};
    if (bytes.size() > m_limits.bodyBytes)
        return {{}, bytes.size()};
    const std::optional<QByteArray> text = maskedBody(bytes);
    return text ? RecordedBody{*text, 0} : RecordedBody{{}, bytes.size()};
}

int WireRecorder::serverOf(const QUrl &url)
{
    const int port = url.port(url.scheme() == "https"_L1 ? 443 : 80);
    int number = 0;
    {
        const std::lock_guard lock(m_mutex);
        int &known = m_servers[u"%1 %2 %3"_s.arg(url.scheme(), url.host()).arg(port)];
        if (known != 0)
            return known;
        known = number = int(m_servers.size());
    }
    write({0, RecordedServer{number, url.scheme(), quint16(port)}});
    return number;
}

RecordedHttp WireRecorder::recorded(const HttpRequest &request)
{
    RecordedHttp http;
    http.server = serverOf(request.url);
    http.method = request.method;
    http.path = maskedText(request.url.path(QUrl::FullyDecoded));
    FormFields fields = decoded(request.url.query(QUrl::FullyEncoded));
    const bool isForm = request.contentType.startsWith("application/x-www-form-urlencoded");
    if (isForm && request.body.size() <= 3 * m_limits.bodyBytes)
        fields += decoded(QString::fromLatin1(request.body));
    // Too much of it: that there was such a request is known, but none can be told from another.
    const qint64 bytes =
        std::accumulate(fields.begin(), fields.end(), qint64(0), [](qint64 sum, const auto &f) { return sum + f.second.size(); });
    const bool tooLarge = bytes > m_limits.bodyBytes || (isForm && request.body.size() > 3 * m_limits.bodyBytes);
    if (tooLarge)
        http.body.omitted = std::max<qint64>(bytes, request.body.size());
    else
        http.parameters = maskedFields(fields);
    if (!isForm && !tooLarge)
        http.body = body(request.body);
    http.headers = maskedRequestHeaders(request.headers);
    return http;
}

void WireRecorder::exchange(const HttpRequest &request, const HttpResponse &response)
{
    if (!isRecording())
        return;
    RecordedHttp http = recorded(request);
    RecordedHttp::Answer answer{response.status, maskedAnswerHeaders(response.headers), body(response.body), response.elapsed.count()};
    for (auto &[name, value] : answer.headers) {
        if (name.toLower() == "content-md5" && answer.body.omitted == 0 && answer.body.bytes != response.body)
            value = QCryptographicHash::hash(answer.body.bytes, QCryptographicHash::Md5).toHex();
    }
    http.answer = std::move(answer);
    write({0, std::move(http)});
}

void WireRecorder::lost(const HttpRequest &request)
{
    if (isRecording())
        write({0, recorded(request)});
}

RecordedMessage WireRecorder::message(const Message &message) const
{
    return {message.type, body(message.body)};
}

int WireRecorder::connection()
{
    const std::lock_guard lock(m_mutex);
    return ++m_connections;
}

void WireRecorder::call(int connection, const Message &request, const std::optional<Message> &answer)
{
    if (!isRecording())
        return;
    RecordedCall call{connection, message(request), std::nullopt};
    if (answer)
        call.answer = message(*answer);
    write({0, std::move(call)});
}

void WireRecorder::sent(int connection, const Message &what)
{
    if (isRecording())
        write({0, RecordedStream{connection, RecordedStream::Kind::Sent, message(what)}});
}

void WireRecorder::received(int connection, const Message &what)
{
    if (isRecording())
        write({0, RecordedStream{connection, RecordedStream::Kind::Received, message(what)}});
}

void WireRecorder::closed(int connection)
{
    write({0, RecordedStream{connection, RecordedStream::Kind::Closed, {}}});
}

} // namespace core::net
