// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/replay/tape.h"

#include "core/base/canonicaljson.h"
#include "core/base/jsonreader.h"
#include "core/net/wiremask.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace core::sandbox::replay {

namespace {

constexpr QLatin1String SetUpType("ConnectionSetupRequest"), AckType("SetupAckRequest"), HealthType("HealthCheckRequest"),
    CheckType("ServerCheckRequest");
constexpr qint64 LongestPause = 2000; // ms between what a push follows and the push

/// Without what may be there or not: nulls, empty texts and lists, what differs from run to run.
QJsonValue lean(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray out;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            out.append(lean(item));
        return out;
    }
    if (!value.isObject())
        return value;
    QJsonObject out;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonValue member = lean(it.value());
        const bool empty = member.isNull() || (member.isString() && member.toString().isEmpty()) ||
            (member.isArray() && member.toArray().isEmpty()) || (member.isObject() && member.toObject().isEmpty());
        if (!empty)
            out.insert(it.key(), member);
    }
    return out;
}

/// What a client asks for is told by this; the order in which it lists its configurations says nothing.
QByteArray messageKey(const QString &type, const QByteArray &body)
{
    const QByteArray masked = net::maskedBody(body).value_or(body);
    const auto parsed = JsonReader::parseObject(masked);
    if (!parsed)
        return "rpc\n" + type.toUtf8() + '\n' + masked;
    QJsonObject object = lean(*parsed).toObject();
    for (const QLatin1String name : {"headers"_L1, "requestId"_L1, "module"_L1})
        object.remove(name);
    if (const QJsonArray contexts = object.value("configListenContexts"_L1).toArray(); contexts.size() > 1) {
        QList<QByteArray> sorted;
        for (const QJsonValue &context : contexts)
            sorted.append(canonicalJson(context));
        std::sort(sorted.begin(), sorted.end());
        object.insert(u"configListenContexts"_s, QString::fromUtf8(sorted.join('\n')));
    }
    return "rpc\n" + type.toUtf8() + '\n' + canonicalJson(object);
}

QByteArray httpKey(Tape::Plane plane, const net::RecordedHttp &http)
{
    QList<QByteArray> words;
    for (const auto &[name, value] : http.parameters)
        words.append(name.toUtf8() + '=' + value.toUtf8());
    for (const auto &[name, value] : http.headers)
        words.append(name.toLower() + ": " + value);
    std::sort(words.begin(), words.end());
    return (plane == Tape::Plane::Main ? "main\n" : "console\n") + http.method + '\n' + http.path.toUtf8() + '\n' + words.join('\n') +
        '\n' + http.body.bytes;
}

net::RecordedHttp asRecorded(const HttpRequest &request)
{
    net::RecordedHttp http;
    http.method = request.method;
    http.path = net::maskedText(QString::fromUtf8(request.path));
    http.parameters = net::maskedFields(request.parameters().items());
    http.headers = net::maskedRequestHeaders(request.headers);
    if (request.contentType() != "application/x-www-form-urlencoded")
        http.body.bytes = net::maskedBody(request.body).value_or(QByteArray());
    return http;
}

/// What may lead to a push to somebody else.
bool isWrite(const net::RecordedHttp &http)
{
    return http.method != "GET" && http.method != "HEAD" && !http.path.endsWith(u"/login"_s);
}

bool isWrite(const net::RecordedCall &call)
{
    return call.request.type.endsWith(u"PublishRequest"_s) || call.request.type.endsWith(u"RemoveRequest"_s);
}

bool isConsolePath(const QString &path)
{
    return path.contains(u"/v3/console/"_s);
}

Error unknown(const QString &what, qsizetype similar)
{
    QString text = u"the recording holds no "_s + what;
    if (similar > 0)
        text += u"; it holds %1 like it with other members"_s.arg(similar);
    return {Error::Kind::NotFound, text, 0, false};
}

} // namespace

Tape::Tape(const net::Recording &recording)
    : m_recording(recording)
{
    // A console is a server that answered only as one. One that never answered is not on our ports: whoever tries it again finds out.
    QSet<int> mains;
    for (const net::RecordedEvent &event : m_recording.events) {
        if (const auto *http = std::get_if<net::RecordedHttp>(&event.what); http && http->answer) {
            m_consoles.insert(http->server);
            m_answered.insert(http->server);
            if (http->answer->status < 400 && !isConsolePath(http->path))
                mains.insert(http->server);
        }
    }
    m_consoles -= mains;
    int index = 0;
    for (const net::RecordedEvent &event : m_recording.events) {
        if (const auto *http = std::get_if<net::RecordedHttp>(&event.what))
            addHttp(index, *http);
        else if (const auto *call = std::get_if<net::RecordedCall>(&event.what))
            addCall(index, *call);
        ++index;
    }
    attachPushes();
}

void Tape::addTrigger(int index, const QByteArray &key)
{
    m_entries[index].key = key;
    m_events[key].append(index);
}

void Tape::addHttp(int index, const net::RecordedHttp &http)
{
    ++m_exchanges;
    // A request that was left out in part cannot be told from others.
    if (http.body.omitted == 0 && m_answered.contains(http.server))
        addTrigger(index, httpKey(m_consoles.contains(http.server) ? Plane::Console : Plane::Main, http));
}

void Tape::addCall(int index, const net::RecordedCall &call)
{
    ++m_exchanges;
    if (call.request.body.omitted == 0)
        addTrigger(index, messageKey(call.request.type, call.request.body.bytes));
}

void Tape::attachPushes()
{
    struct Cause {
        int event = -1;
        qint64 at = 0;
    };
    Cause write;               // by anybody
    std::map<int, Cause> last; // on the connection itself
    std::map<int, int> setUps;
    int index = -1;
    for (const net::RecordedEvent &event : m_recording.events) {
        ++index;
        if (const auto *http = std::get_if<net::RecordedHttp>(&event.what); http && m_entries.contains(index)) {
            if (isWrite(*http))
                write = {index, event.at};
        } else if (const auto *call = std::get_if<net::RecordedCall>(&event.what); call && m_entries.contains(index)) {
            if (isWrite(*call))
                write = {index, event.at};
            else if (call->request.type != HealthType && call->request.type != CheckType) // those come whenever it is quiet
                last[call->connection] = {index, event.at};
        }
        const auto *stream = std::get_if<net::RecordedStream>(&event.what);
        if (!stream)
            continue;
        if (stream->kind == net::RecordedStream::Kind::Sent) {
            if (stream->message.type != SetUpType)
                continue;
            m_setUps.push_back({stream->connection, index, messageKey(SetUpType, stream->message.body.bytes)});
            m_entries[index] = {};
            setUps[stream->connection] = index;
            last[stream->connection] = {index, event.at};
            continue;
        }
        const auto own = last.find(stream->connection);
        Cause cause = own == last.end() ? Cause() : own->second;
        if (write.event > cause.event && own != last.end())
            cause = write;
        // A client may wait for this one before it does anything else.
        if (const auto setUp = setUps.find(stream->connection); setUp != setUps.end() && stream->message.type == AckType)
            cause = {setUp->second, event.at};
        if (cause.event >= 0) {
            const int pause = int(std::clamp<qint64>(event.at - cause.at, 0, LongestPause));
            m_entries[cause.event].pushes.push_back({stream->connection, stream->kind, stream->message, pause});
        }
    }
}

void Tape::rewind()
{
    m_next.clear();
    m_played.clear();
}

int Tape::choose(const QByteArray &key)
{
    const auto found = m_events.constFind(key);
    if (found == m_events.cend())
        return -1;
    if (m_played.size() >= qsizetype(m_entries.size()) && m_entries.begin()->second.key == key)
        rewind();
    int &next = m_next[key];
    const int event = found->at(std::min<qsizetype>(next, found->size() - 1));
    next = std::min<int>(next + 1, int(found->size()));
    return event;
}

Result<Tape::HttpAnswer> Tape::http(Plane plane, const HttpRequest &request)
{
    const net::RecordedHttp asked = asRecorded(request);
    const QByteArray key = httpKey(plane, asked);
    const std::lock_guard lock(m_mutex);
    const int event = choose(key);
    if (event < 0) {
        QStringList names;
        for (const auto &[name, value] : asked.parameters)
            names.append(name + u'=' + value.left(60));
        const QByteArray beginning = key.first(key.indexOf('\n', key.indexOf('\n', key.indexOf('\n') + 1) + 1) + 1);
        qsizetype similar = 0;
        for (auto it = m_events.cbegin(); it != m_events.cend(); ++it)
            similar += it.key().startsWith(beginning) ? it->size() : 0;
        const QString query = names.isEmpty() ? QString() : u'?' + names.join(u'&');
        return fail(unknown(u"%1 %2%3"_s.arg(QString::fromLatin1(asked.method), asked.path, query), similar));
    }
    const auto &http = std::get<net::RecordedHttp>(m_recording.events.at(size_t(event)).what);
    const bool first = !m_played.contains(event);
    m_played.insert(event);
    if (http.answer && http.answer->body.omitted > 0)
        return fail(Error::Kind::Unsupported, u"the recording left this answer out: %1 bytes"_s.arg(http.answer->body.omitted));
    return HttpAnswer{http.answer, first ? m_entries.at(event).pushes : std::vector<Push>()};
}

Result<Tape::CallAnswer> Tape::call(const QString &type, const QByteArray &body)
{
    const QByteArray key = messageKey(type, body);
    const std::lock_guard lock(m_mutex);
    const int event = choose(key);
    if (event < 0) {
        // Nothing that depends on what was recorded.
        if (type == HealthType)
            return CallAnswer{net::RecordedMessage{u"HealthCheckResponse"_s, {R"({"resultCode":200,"errorCode":0,"success":true})", 0}},
                              {}};
        qsizetype similar = 0;
        for (auto it = m_events.cbegin(); it != m_events.cend(); ++it)
            similar += it.key().startsWith("rpc\n" + type.toUtf8() + '\n') ? it->size() : 0;
        return fail(unknown(type + u' ' + QString::fromUtf8(body.left(300)), similar));
    }
    const auto &call = std::get<net::RecordedCall>(m_recording.events.at(size_t(event)).what);
    const bool first = !m_played.contains(event);
    m_played.insert(event);
    if (call.answer && call.answer->body.omitted > 0)
        return fail(Error::Kind::Unsupported, u"the recording left this answer out: %1 bytes"_s.arg(call.answer->body.omitted));
    return CallAnswer{call.answer, first ? m_entries.at(event).pushes : std::vector<Push>()};
}

Result<Tape::SetUp> Tape::setUp(const QByteArray &body)
{
    const QByteArray key = messageKey(SetUpType, body);
    const std::lock_guard lock(m_mutex);
    if (m_attached.isEmpty() && std::exchange(m_everSetUp, true) &&
        std::all_of(m_setUps.begin(), m_setUps.end(), [this](const Known &known) { return m_played.contains(known.event); }))
        rewind();
    // One that introduced itself the same way, else the next in turn.
    const auto free = [this](const Known &known) { return !m_attached.contains(known.connection) && !m_played.contains(known.event); };
    auto chosen = std::find_if(m_setUps.begin(), m_setUps.end(), [&](const Known &known) { return free(known) && known.key == key; });
    if (chosen == m_setUps.end())
        chosen = std::find_if(m_setUps.begin(), m_setUps.end(), free);
    if (chosen == m_setUps.end())
        return fail(unknown(u"further gRPC connection"_s, 0));
    m_attached.insert(chosen->connection);
    m_played.insert(chosen->event);
    return SetUp{chosen->connection, m_entries.at(chosen->event).pushes};
}

void Tape::left(int connection)
{
    const std::lock_guard lock(m_mutex);
    m_attached.remove(connection);
}

QString Tape::user() const
{
    for (const net::RecordedEvent &event : m_recording.events) {
        const auto *http = std::get_if<net::RecordedHttp>(&event.what);
        if (!http || !http->path.contains(u"/login"_s))
            continue;
        for (const auto &[name, value] : http->parameters) {
            if (name == u"username")
                return value;
        }
    }
    return {};
}

} // namespace core::sandbox::replay
