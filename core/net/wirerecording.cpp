// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/wirerecording.h"

#include "core/base/jsonreader.h"
#include "core/base/utf8.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

constexpr int Version = 1;
constexpr qint64 MostBytes = 256 * 1024 * 1024;
constexpr qsizetype MostEvents = 1'000'000;
constexpr QByteArrayView Beginning = "{\"signalboxRecording\":";

QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

void put(QJsonObject &object, const RecordedBody &body)
{
    if (body.omitted > 0)
        object.insert(u"omitted"_s, body.omitted);
    else if (!body.bytes.isEmpty())
        object.insert(u"body"_s, fromUtf8Exactly(body.bytes));
}

QJsonArray pairs(const FormFields &fields)
{
    QJsonArray list;
    for (const auto &[name, value] : fields)
        list.append(QJsonArray{name, value});
    return list;
}

QJsonArray pairs(const HttpHeaders &headers)
{
    QJsonArray list;
    for (const auto &[name, value] : headers)
        list.append(QJsonArray{QString::fromLatin1(name), QString::fromLatin1(value)});
    return list;
}

QJsonObject object(const RecordedMessage &message)
{
    QJsonObject out{{u"type"_s, message.type}};
    put(out, message.body);
    return out;
}

QJsonObject object(const RecordedServer &server)
{
    return {{u"kind"_s, u"server"_s}, {u"server"_s, server.server}, {u"scheme"_s, server.scheme}, {u"port"_s, server.port}};
}

QJsonObject object(const RecordedHttp &http)
{
    QJsonObject out{
        {u"kind"_s, u"http"_s}, {u"server"_s, http.server}, {u"method"_s, QString::fromLatin1(http.method)}, {u"path"_s, http.path}};
    if (!http.parameters.isEmpty())
        out.insert(u"parameters"_s, pairs(http.parameters));
    if (!http.headers.isEmpty())
        out.insert(u"headers"_s, pairs(http.headers));
    put(out, http.body);
    if (!http.answer) {
        out.insert(u"answer"_s, QJsonValue::Null);
        return out;
    }
    QJsonObject answer{{u"status"_s, http.answer->status}, {u"ms"_s, http.answer->milliseconds}};
    if (!http.answer->headers.isEmpty())
        answer.insert(u"headers"_s, pairs(http.answer->headers));
    put(answer, http.answer->body);
    out.insert(u"answer"_s, answer);
    return out;
}

QJsonObject object(const RecordedCall &call)
{
    return {{u"kind"_s, u"call"_s},
            {u"connection"_s, call.connection},
            {u"request"_s, object(call.request)},
            {u"answer"_s, call.answer ? QJsonValue(object(*call.answer)) : QJsonValue(QJsonValue::Null)}};
}

QJsonObject object(const RecordedStream &stream)
{
    using Kind = RecordedStream::Kind;
    QJsonObject out{{u"kind"_s, stream.kind == Kind::Sent ? u"sent"_s : (stream.kind == Kind::Received ? u"received"_s : u"closed"_s)},
                    {u"connection"_s, stream.connection}};
    if (stream.kind != Kind::Closed)
        out.insert(u"message"_s, object(stream.message));
    return out;
}

QJsonObject object(const RecordedEnd &)
{
    return {{u"kind"_s, u"full"_s}};
}

// ---- Reading: every mistake ends up in the JsonReader of its line ------------------------------------------------------------------

int numberIn(JsonReader &in, QLatin1String name, int least, int most)
{
    const qint64 value = in.integer(name);
    if (value < least || value > most)
        in.reject(name, u"out of range"_s);
    return int(std::clamp<qint64>(value, least, most));
}

RecordedBody bodyIn(JsonReader &in)
{
    RecordedBody body{in.string("body"_L1, {}).toUtf8(), in.integer("omitted"_L1, 0)};
    if (body.omitted < 0 || (body.omitted > 0 && !body.bytes.isEmpty()))
        in.reject("omitted"_L1, u"cannot be"_s);
    return body;
}

FormFields fieldsIn(JsonReader &in, QLatin1String name)
{
    FormFields fields;
    const QJsonArray list = in.array(name, {});
    for (const QJsonValue &value : list) {
        const QJsonArray pair = value.toArray();
        if (pair.size() != 2 || !pair.at(0).isString() || !pair.at(1).isString())
            in.reject(name, u"expected pairs of strings"_s);
        fields.append({pair.at(0).toString(), pair.at(1).toString()});
    }
    return fields;
}

HttpHeaders headersIn(JsonReader &in)
{
    HttpHeaders headers;
    const FormFields fields = fieldsIn(in, "headers"_L1);
    for (const auto &[name, value] : fields) {
        const QByteArray bytes = name.toLatin1() + value.toLatin1();
        if (std::any_of(bytes.begin(), bytes.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }))
            in.reject("headers"_L1, u"line breaks"_s);
        headers.append({name.toLatin1(), value.toLatin1()});
    }
    return headers;
}

void take(std::optional<Error> &first, const JsonReader &in)
{
    if (!first)
        first = in.error();
}

RecordedMessage messageIn(JsonReader &in, QLatin1String name, std::optional<Error> &mistake)
{
    if (!in.has(name))
        in.reject(name, u"is missing"_s);
    JsonReader inner(in.object(name), u'/' + name);
    RecordedMessage message{inner.string("type"_L1), bodyIn(inner)};
    take(mistake, inner);
    return message;
}

Result<RecordedEvent> eventIn(const QJsonObject &json)
{
    JsonReader in(json);
    std::optional<Error> mistake;
    RecordedEvent event{std::max<qint64>(0, in.integer("at"_L1, 0)), RecordedEnd{}};
    const QString kind = in.string("kind"_L1);
    constexpr int Most = 1'000'000;
    if (kind == "server"_L1) {
        event.what = RecordedServer{numberIn(in, "server"_L1, 1, Most), in.string("scheme"_L1), quint16(numberIn(in, "port"_L1, 0, 65535))};
    } else if (kind == "http"_L1) {
        RecordedHttp http{numberIn(in, "server"_L1, 1, Most),
                          in.string("method"_L1).toLatin1(),
                          in.string("path"_L1),
                          fieldsIn(in, "parameters"_L1),
                          headersIn(in),
                          bodyIn(in),
                          std::nullopt};
        if (in.has("answer"_L1)) {
            JsonReader inner(in.object("answer"_L1), u"/answer"_s);
            http.answer = RecordedHttp::Answer{numberIn(inner, "status"_L1, 100, 599), headersIn(inner), bodyIn(inner),
                                               std::max<qint64>(0, inner.integer("ms"_L1, 0))};
            take(mistake, inner);
        }
        event.what = http;
    } else if (kind == "call"_L1) {
        RecordedCall call{numberIn(in, "connection"_L1, 1, Most), messageIn(in, "request"_L1, mistake), std::nullopt};
        if (in.has("answer"_L1))
            call.answer = messageIn(in, "answer"_L1, mistake);
        event.what = call;
    } else if (kind == "sent"_L1 || kind == "received"_L1) {
        event.what = RecordedStream{numberIn(in, "connection"_L1, 1, Most),
                                    kind == "sent"_L1 ? RecordedStream::Kind::Sent : RecordedStream::Kind::Received,
                                    messageIn(in, "message"_L1, mistake)};
    } else if (kind == "closed"_L1) {
        event.what = RecordedStream{numberIn(in, "connection"_L1, 1, Most), RecordedStream::Kind::Closed, {}};
    } else if (kind != "full"_L1) {
        in.reject("kind"_L1, u"not known"_s);
    }
    take(mistake, in);
    if (mistake)
        return fail(*mistake);
    return event;
}

} // namespace

QByteArray encodeRecordingHead(const QString &program, const QDateTime &startedAt)
{
    // By hand: this member comes first, so that a recording is known by its first bytes.
    const QJsonObject more{{u"program"_s, program}, {u"startedAt"_s, startedAt.toUTC().toString(Qt::ISODateWithMs)}};
    return Beginning.toByteArray() + QByteArray::number(Version) + ',' + line(more).sliced(1);
}

QByteArray encodeRecordedEvent(const RecordedEvent &event)
{
    QJsonObject json = std::visit([](const auto &what) { return object(what); }, event.what);
    json.insert(u"at"_s, event.at);
    return line(json);
}

bool looksLikeRecording(const QByteArray &beginning)
{
    return beginning.startsWith(Beginning);
}

Result<Recording> decodeRecording(const QByteArray &file)
{
    if (!looksLikeRecording(file))
        return fail(Error::Kind::BadReply, u"no recording: it does not begin with %1"_s.arg(QLatin1String(Beginning)));
    Recording recording;
    qsizetype at = 0;
    for (qsizetype number = 1; at < file.size(); ++number) {
        const qsizetype end = file.indexOf('\n', at);
        const QByteArray text = file.mid(at, end < 0 ? -1 : end - at);
        at = end < 0 ? file.size() : end + 1;
        if (text.trimmed().isEmpty())
            continue;
        const auto refuse = [number](const QString &why) {
            return fail(Error::Kind::BadReply, u"line %1 of the recording: %2"_s.arg(number).arg(why));
        };
        const Result<QJsonObject> json = JsonReader::parseObject(text);
        if (!json) {
            if (end < 0 && number > 1)
                break;
            return refuse(json.error().message);
        }
        if (number == 1) {
            if (json->value("signalboxRecording"_L1).toInteger() != Version)
                return refuse(u"version %1 of the format is not known"_s.arg(json->value("signalboxRecording"_L1).toVariant().toString()));
            recording.program = json->value("program"_L1).toString();
            continue;
        }
        auto event = eventIn(*json);
        if (!event)
            return refuse(event.error().message);
        if (qsizetype(recording.events.size()) >= MostEvents)
            return refuse(u"more than %1 events"_s.arg(MostEvents));
        recording.events.push_back(std::move(*event));
    }
    return recording;
}

Result<Recording> readRecording(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(Error::Kind::NotFound, u"there is no file %1"_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Internal, u"cannot read %1: %2"_s.arg(path, file.errorString()));
    const QByteArray bytes = file.read(MostBytes + 1);
    if (bytes.size() > MostBytes)
        return fail(Error::Kind::BadReply, u"%1 is larger than a recording can be (%2 bytes)"_s.arg(path).arg(MostBytes));
    auto recording = decodeRecording(bytes);
    if (!recording)
        return fail(recording.error().kind, path + u": "_s + recording.error().message);
    return recording;
}

} // namespace core::net
