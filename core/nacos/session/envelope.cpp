// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/envelope.h"

#include "core/base/redactor.h"
#include "core/base/transient.h"
#include "core/base/utf16.h"
#include "core/nacos/wire/jsoncursor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr qsizetype LongestMessage = 500;
constexpr qint64 ServerError = 30000; ///< whatever went wrong, with HTTP's 500
constexpr qsizetype Large = 64 * 1024;

struct Said {
    std::optional<qint64> code; ///< of a Result
    bool servlet = false;       ///< the servlet's own error page, as JSON
    QString text;
};

/// A JSON value of any kind; undefined when the bytes are something else.
QJsonValue parse(const QByteArray &body)
{
    if (body.size() > Large) {
        // Contents of megabytes are full of escaped line ends, for which QJsonDocument needs several times as long.
        wire::JsonCursor in(body);
        const QJsonValue value = in.value();
        if (in.finished())
            return value;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error == QJsonParseError::NoError)
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    // QJsonDocument takes no bare values: v1 answers `true`.
    const QJsonDocument wrapped = QJsonDocument::fromJson('[' + body + ']', &error);
    if (error.error == QJsonParseError::NoError && wrapped.array().size() == 1)
        return wrapped.array().at(0);
    return QJsonValue(QJsonValue::Undefined);
}

bool isResult(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    return object.value("code"_L1).isDouble() && (object.contains("data"_L1) || object.contains("message"_L1));
}

/// The concrete text is in `data`, `message` is the generic text of the code.
QString resultText(const QJsonObject &object)
{
    const QString data = object.value("data"_L1).toString();
    const QString message = object.value("message"_L1).toString();
    if (data.isEmpty() || data == message)
        return message;
    return message.isEmpty() || data.contains(message) ? data : u"%1: %2"_s.arg(message, data);
}

Said listen(const QByteArray &body)
{
    Said said;
    const QJsonValue value = parse(body);
    const QJsonObject object = value.toObject();
    if (isResult(value)) {
        said.code = object.value("code"_L1).toInteger();
        said.text = resultText(object);
    } else if (value.isObject()) {
        said.servlet = object.contains("status"_L1) && (object.contains("path"_L1) || object.contains("error"_L1));
        said.text = object.value("message"_L1).toString();
        if (said.text.isEmpty())
            said.text = object.value("error"_L1).toString();
        // A retired interface: the message carries a Result of its own.
        const auto brace = said.text.indexOf(u'{');
        if (brace >= 0) {
            const QJsonValue inner = parse(said.text.mid(brace).toUtf8());
            if (isResult(inner))
                said.text = resultText(inner.toObject());
        }
    } else if (!body.trimmed().startsWith('<')) {
        said.text = QString::fromUtf8(body);
    }
    said.text = serverWords(said.text);
    return said;
}

Error make(Error::Kind kind, const QString &text, qint64 code, const QString &otherwise)
{
    return Error{kind, text.isEmpty() ? otherwise : text, int(code), isTransient(kind)};
}

Error fromStatus(const RawAnswer &answer)
{
    using Kind = Error::Kind;
    const Said said = listen(answer.body);
    const bool saysMore = said.code && *said.code != 0 && *said.code != ServerError;
    const qint64 code = saysMore ? *said.code : answer.status;
    const QString plain = u"HTTP %1"_s.arg(answer.status);
    const auto error = [&](Kind kind) { return make(kind, said.text, code, plain); };
    if (said.code) {
        if (const auto kind = kindOfCode(*said.code))
            return error(*kind);
    }
    switch (answer.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return make(Kind::BadReply, {}, answer.status,
                    u"%1: the server sends on to %2, which is another address; nothing was sent there"_s.arg(
                        plain, QUrl::fromEncoded(answer.location).toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    case 400:
    case 405:
    case 406:
    case 415:
    case 422:
        return error(Kind::Rejected);
    case 413:
        return make(Kind::Rejected, said.text.isEmpty() ? QString() : u"the request is too large for the server: "_s + said.text, code,
                    u"the request is too large for the server, or for something before it (%1)"_s.arg(plain));
    case 401:
        return error(Kind::Auth);
    case 403:
        return error(kindOfRefusal(said.text));
    case 404:
        if (said.code || (!said.servlet && said.text.contains("not exist"_L1)))
            return error(Kind::NotFound);
        return error(Kind::Unsupported);
    case 408:
        return error(Kind::Timeout);
    case 409:
        return error(Kind::Conflict);
    case 410:
    case 501:
        return error(Kind::Unsupported);
    case 429:
        return error(Kind::RateLimited);
    case 500:
        if (said.text.contains("No static resource"_L1))
            return error(Kind::Unsupported);
        return error(Kind::Rejected);
    case 502:
    case 504:
        // Somebody between us and the registry: whether a write arrived is open.
        return error(Kind::Network);
    case 503:
        return error(Kind::RateLimited);
    default:
        return answer.status >= 400 && answer.status < 600 ? error(Kind::Rejected)
                                                           : make(Kind::BadReply, {}, code, u"unexpected status "_s + plain);
    }
}

} // namespace

QString serverWords(const QString &text)
{
    return shortened(validText(Redactor::redact(text).simplified()), LongestMessage);
}

Error::Kind kindOfRefusal(const QString &serverText)
{
    // "Code: 401, Message: …" (no or bad token) against "Code: 403, Message: authorization failed!."; older ones say it in words.
    if (serverText.contains("Code: 401"_L1))
        return Error::Kind::Auth;
    if (serverText.contains("Code: 403"_L1))
        return Error::Kind::Forbidden;
    // Its way of saying that a row of the history belongs to another configuration.
    if (serverText.contains("Please check dataId"_L1))
        return Error::Kind::NotFound;
    for (const auto word :
         {"token expired"_L1, "token invalid"_L1, "invalid token"_L1, "user not found"_L1, "not logged in"_L1, "need login"_L1}) {
        if (serverText.contains(word, Qt::CaseInsensitive))
            return Error::Kind::Auth;
    }
    return Error::Kind::Forbidden;
}

std::optional<Error::Kind> kindOfCode(qint64 code)
{
    using Kind = Error::Kind;
    switch (code) {
    case 0:
    case 200:
        return std::nullopt;
    case 401:
        return Kind::Auth;
    case 403:
    case 10001:
        return Kind::Forbidden;
    case 404:
    case 20004:
    case 21003:
    case 21008:
    case 22001:
        return Kind::NotFound;
    case 409:
    case 410:
    case 20005:
    case 21007:
    case 22002:
        return Kind::Conflict;
    case 429:
    case 503:
        return Kind::RateLimited;
    case 501:
    case 40000:
    case 40001:
        return Kind::Unsupported;
    case 400:
    case 500:
    case 10000:
    case 10002:
    case ServerError:
        return Kind::Rejected;
    default:
        return code >= 5000 ? std::optional(Kind::Rejected) : std::nullopt;
    }
}

Result<Done> wasDone(const QJsonValue &data)
{
    // Generation 2 wraps some of its answers and others not.
    const QJsonValue said = isResult(data) ? data.toObject().value("data"_L1) : data;
    if (said.isBool() && said.toBool())
        return Done{};
    if (said.isBool())
        return fail(Error::Kind::Rejected, u"the registry answered that it did not do it"_s);
    return fail(Error::Kind::BadReply, u"the registry did not answer whether it did it"_s);
}

Result<QJsonValue> openEnvelope(const RawAnswer &answer, Envelope envelope)
{
    if (answer.status < 200 || answer.status >= 300)
        return fail(fromStatus(answer));
    if (envelope == Envelope::Raw)
        return QJsonValue();
    const QJsonValue value = parse(answer.body);
    if (value.isUndefined())
        return fail(Error::Kind::BadReply,
                    answer.body.isEmpty() ? u"the answer is empty"_s
                                          : u"the answer is not JSON: "_s + serverWords(QString::fromUtf8(answer.body.left(200))),
                    answer.status);
    const QJsonObject object = value.toObject();
    const qint64 code = object.value("code"_L1).toInteger();
    const bool failed = isResult(value) && code != 0 && code != 200;
    if (failed)
        return fail(make(kindOfCode(code).value_or(Error::Kind::Rejected), serverWords(resultText(object)), code, u"code %1"_s.arg(code)));
    if (envelope == Envelope::Flat)
        return value;
    if (!isResult(value))
        return fail(Error::Kind::BadReply, u"the answer has no code and data"_s, answer.status);
    return object.value("data"_L1);
}

} // namespace core::nacos
