// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configdecode.h"

#include "core/base/jsonreader.h"
#include "core/nacos/wire/groupkey.h"
#include "core/nacos/wire/jsoncursor.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

/// Members that exist under several names: namespaceId or tenant, groupName or group.
QString either(JsonReader &in, QLatin1String a, QLatin1String b)
{
    const QString first = in.string(a, {});
    return first.isEmpty() ? in.string(b, {}) : first;
}

/// ids are strings in v3 and numbers in v1.
QString idOf(JsonReader &in, const QJsonObject &object, QLatin1String name)
{
    const QJsonValue value = object.value(name);
    return value.isDouble() ? QString::number(in.integer(name, 0)) : in.string(name, {});
}

/// Milliseconds since 1970, or ISO text; 0 and the epoch of some versions' history mean "not told".
QDateTime timeOf(const QJsonValue &value)
{
    if (value.isDouble()) {
        const qint64 ms = value.toInteger();
        return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC) : QDateTime();
    }
    const QString text = value.toString();
    if (text.isEmpty())
        return {};
    bool number = false;
    if (const qint64 ms = text.toLongLong(&number); number)
        return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC) : QDateTime();
    // 2024-01-02T03:04:05.000+0800: Qt wants a colon in the offset.
    QString iso = text;
    if (iso.size() > 5 && (iso.at(iso.size() - 5) == u'+' || iso.at(iso.size() - 5) == u'-'))
        iso.insert(iso.size() - 2, u':');
    return QDateTime::fromString(iso, Qt::ISODateWithMs).toUTC();
}

QStringList tagsOf(const QString &text)
{
    QStringList tags;
    for (const QString &tag : text.split(u',', Qt::SkipEmptyParts)) {
        if (const QString tidy = tag.trimmed(); !tidy.isEmpty() && !tags.contains(tidy))
            tags.append(tidy);
    }
    tags.sort();
    return tags;
}

QString typeOf(const QString &text)
{
    const QString type = text.toLower();
    return type == "unset"_L1 ? QString() : type;
}

ConfigAttributes attributesFrom(JsonReader &in)
{
    ConfigAttributes attributes;
    attributes.type = typeOf(in.string("type"_L1, {}));
    attributes.app = in.string("appName"_L1, {});
    attributes.description = in.string("desc"_L1, {});
    attributes.use = in.string("use"_L1, {});
    attributes.effect = in.string("effect"_L1, {});
    attributes.schema = in.string("schema"_L1, {});
    attributes.encryptedDataKey = in.string("encryptedDataKey"_L1, {});
    attributes.tags = tagsOf(in.string("configTags"_L1, {}));
    return attributes;
}

/// The member `content` of the answer, or of its `data`, byte for byte.
std::optional<QByteArray> contentIn(const QByteArray &body)
{
    wire::JsonCursor in(body);
    std::optional<QByteArray> content;
    const auto read = [&in, &content](auto &&self, int depth) -> void {
        for (bool more = in.beginObject(); more; more = in.nextMember()) {
            if (in.name() == "content")
                content = in.string();
            else if (depth == 0 && in.name() == "data" && !in.isNull())
                self(self, depth + 1);
            else
                in.skip();
        }
    };
    read(read, 0);
    return in.finished() ? content : std::nullopt;
}

/// The contents of a v1 page, byte for byte: of each item, empty where it has none.
QList<QByteArray> contentsIn(const QByteArray &body)
{
    wire::JsonCursor in(body);
    QList<QByteArray> contents;
    for (bool more = in.beginObject(); more; more = in.nextMember()) {
        if (in.name() != "pageItems") {
            in.skip();
            continue;
        }
        for (bool item = in.beginArray(); item; item = in.nextElement()) {
            QByteArray content;
            for (bool member = in.beginObject(); member; member = in.nextMember()) {
                if (in.name() == "content")
                    content = in.string();
                else
                    in.skip();
            }
            contents.append(content);
        }
    }
    return in.finished() ? contents : QList<QByteArray>();
}

/// History rows carry what has no column of its own as JSON in a string.
/// Answers whether there was any.
bool readExtInfo(const QString &text, ConfigAttributes &attributes)
{
    const QJsonObject ext = QJsonDocument::fromJson(text.toUtf8()).object();
    const auto take = [&ext](QString &target, std::initializer_list<QLatin1String> names) {
        for (const QLatin1String name : names) {
            if (const QString value = ext.value(name).toString(); target.isEmpty() && !value.isEmpty())
                target = value;
        }
    };
    QString tags, type;
    take(type, {"type"_L1});
    if (attributes.type.isEmpty())
        attributes.type = typeOf(type);
    take(attributes.description, {"c_desc"_L1, "desc"_L1, "config_desc"_L1});
    take(attributes.use, {"c_use"_L1, "use"_L1});
    take(attributes.effect, {"effect"_L1});
    take(attributes.schema, {"c_schema"_L1, "schema"_L1});
    take(tags, {"config_tags"_L1, "configTags"_L1});
    if (attributes.tags.isEmpty())
        attributes.tags = tagsOf(tags);
    return !ext.isEmpty();
}

HistoryRow rowFrom(JsonReader &in, const QJsonObject &object)
{
    HistoryRow row;
    row.nid = idOf(in, object, "id"_L1);
    if (row.nid.isEmpty())
        row.nid = idOf(in, object, "nid"_L1);
    if (row.nid.isEmpty())
        in.reject("id"_L1, u"missing"_s);
    const QString change = in.string("opType"_L1, {}).trimmed();
    row.change = change == "I"_L1 ? HistoryRow::Change::Insert : change == "D"_L1 ? HistoryRow::Change::Delete : HistoryRow::Change::Update;
    row.gray = in.string("publishType"_L1, {}) == "gray"_L1;
    row.at = timeOf(object.value("modifyTime"_L1));
    if (!row.at.isValid())
        row.at = timeOf(object.value("lastModifiedTime"_L1));
    row.by = in.string("srcUser"_L1, {});
    row.from = in.string("srcIp"_L1, {});
    row.md5 = in.string("md5"_L1, {}).toLatin1();
    row.type = typeOf(in.string("type"_L1, {}));
    return row;
}

template <class Item>
tl::unexpected<Error> at(qsizetype index, const Item &error)
{
    Error copy = error;
    copy.message = u"/pageItems/%1%2"_s.arg(index).arg(copy.message);
    return fail(copy);
}

Result<QJsonObject> objectOf(const QJsonValue &data)
{
    if (!data.isObject())
        return fail(Error::Kind::BadReply, u"expected an object"_s);
    return data.toObject();
}

} // namespace

QByteArray md5Of(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
}

Result<ConfigPage> decodeConfigPage(Dialect dialect, const QJsonValue &data, const QByteArray &body, const QString &namespaceId)
{
    const Result<QJsonObject> object = objectOf(data);
    if (!object)
        return fail(object.error());
    JsonReader in(*object);
    ConfigPage page;
    page.total = in.integer("totalCount"_L1);
    const QJsonArray items = in.array("pageItems"_L1, {});
    if (const auto error = in.error())
        return fail(*error);
    page.items.reserve(items.size());
    const QList<QByteArray> contents = dialect == Dialect::V1 ? contentsIn(body) : QList<QByteArray>();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QJsonObject row = items.at(i).toObject();
        JsonReader item(row);
        ConfigSummary summary;
        summary.key = {namespaceId, either(item, "groupName"_L1, "group"_L1), item.string("dataId"_L1)};
        summary.id = idOf(item, row, "id"_L1);
        summary.type = typeOf(item.string("type"_L1, {}));
        summary.app = item.string("appName"_L1, {});
        summary.tags = tagsOf(item.string("configTags"_L1, {}));
        summary.md5 = item.string("md5"_L1, {}).toLatin1();
        summary.changedAt = timeOf(row.value("modifyTime"_L1));
        if (const auto error = item.error())
            return at(i, *error);
        if (dialect == Dialect::V1) {
            const QByteArray content = contents.size() == items.size() ? contents.at(i) : item.string("content"_L1, {}).toUtf8();
            if (row.value("content"_L1).isString()) {
                summary.size = content.size();
                if (summary.md5.isEmpty())
                    summary.md5 = md5Of(content);
            }
            page.contents.append(content);
        }
        page.items.append(std::move(summary));
    }
    return page;
}

Result<std::optional<ConfigDetail>> decodeConfigDetail(Dialect, const QJsonValue &data, const QByteArray &body, const ConfigKey &key)
{
    if (data.isNull() || data.isUndefined())
        return std::optional<ConfigDetail>();
    const Result<QJsonObject> object = objectOf(data);
    if (!object)
        return fail(object.error());
    JsonReader in(*object);
    ConfigDetail detail;
    detail.key = key;
    detail.id = idOf(in, *object, "id"_L1);
    detail.content = in.string("content"_L1).toUtf8();
    detail.content = contentIn(body).value_or(detail.content);
    detail.md5 = in.string("md5"_L1, {}).toLatin1();
    if (detail.md5.isEmpty())
        detail.md5 = md5Of(detail.content);
    detail.attributes = attributesFrom(in);
    detail.createdAt = timeOf(object->value("createTime"_L1));
    detail.changedAt = timeOf(object->value("modifyTime"_L1));
    // The server keeps one user and one address, those of the newest change, under these names.
    detail.changedBy = in.string("createUser"_L1, {});
    detail.changedFrom = in.string("createIp"_L1, {});
    const QString dataId = in.string("dataId"_L1, key.dataId), group = either(in, "groupName"_L1, "group"_L1);
    if (const auto error = in.error())
        return fail(*error);
    if (dataId != key.dataId || (!group.isEmpty() && group != key.group))
        return fail(Error::Kind::BadReply, u"the answer is about another configuration"_s);
    return detail;
}

std::optional<Result<ConfigDetail>> decodeBareContent(const QByteArray &body, const QByteArray &md5, const QByteArray &mediaType,
                                                      const ConfigKey &key)
{
    static const QRegularExpression hexadecimal(u"^[0-9a-fA-F]{32}\\z"_s);
    if (!hexadecimal.match(QString::fromLatin1(md5)).hasMatch())
        return std::nullopt;
    ConfigDetail detail;
    detail.key = key;
    detail.content = body;
    detail.md5 = md5Of(body);
    detail.complete = false;
    if (detail.md5 != md5.toLower())
        return fail(Error::Kind::BadReply, u"what arrived is not the content whose MD5 the server sent along"_s);
    const QByteArray media = mediaType.split(';').first().trimmed().toLower();
    if (media.endsWith("/json") || media.endsWith("/xml") || media.endsWith("/html"))
        detail.attributes.type = QString::fromLatin1(media.sliced(media.indexOf('/') + 1));
    return detail;
}

Result<std::optional<BetaRelease>> decodeBeta(Dialect dialect, const QJsonValue &data, const QByteArray &body, const ConfigKey &key)
{
    const Result<std::optional<ConfigDetail>> detail = decodeConfigDetail(dialect, data, body, key);
    if (!detail)
        return fail(detail.error());
    if (!*detail)
        return std::optional<BetaRelease>();
    // v3 wraps the addresses in a rule, v1 has them as they are.
    const QJsonObject object = data.toObject();
    const QJsonObject rule = QJsonDocument::fromJson(object.value("grayRule"_L1).toString().toUtf8()).object();
    const QString ips = rule.isEmpty() ? object.value("betaIps"_L1).toString() : rule.value("expr"_L1).toString();
    return BetaRelease{key, (*detail)->content, (*detail)->attributes, tagsOf(ips)};
}

Result<HistoryPage> decodeHistoryPage(Dialect, const QJsonValue &data)
{
    const Result<QJsonObject> object = objectOf(data);
    if (!object)
        return fail(object.error());
    JsonReader in(*object);
    HistoryPage page;
    page.total = in.integer("totalCount"_L1);
    const QJsonArray items = in.array("pageItems"_L1, {});
    if (const auto error = in.error())
        return fail(*error);
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QJsonObject row = items.at(i).toObject();
        JsonReader item(row);
        page.rows.append(rowFrom(item, row));
        if (const auto error = item.error())
            return at(i, *error);
    }
    return page;
}

Result<HistoryDetail> decodeHistoryDetail(Dialect, const QJsonValue &data, const QByteArray &body)
{
    const Result<QJsonObject> object = objectOf(data);
    if (!object)
        return fail(object.error());
    JsonReader in(*object);
    HistoryDetail detail;
    detail.row = rowFrom(in, *object);
    detail.content = in.string("content"_L1, {}).toUtf8();
    detail.content = contentIn(body).value_or(detail.content);
    if (detail.row.md5.isEmpty())
        detail.row.md5 = md5Of(detail.content);
    detail.attributes = attributesFrom(in);
    detail.complete = readExtInfo(in.string("extInfo"_L1, {}), detail.attributes);
    detail.dataId = in.string("dataId"_L1, {});
    detail.group = either(in, "groupName"_L1, "group"_L1);
    detail.namespaceId = ConfigKey::canonicalNamespace(either(in, "namespaceId"_L1, "tenant"_L1));
    if (const auto error = in.error())
        return fail(*error);
    return detail;
}

Result<QList<std::pair<QString, QByteArray>>> decodeListeners(const QJsonValue &data)
{
    const Result<QJsonObject> object = objectOf(data);
    if (!object)
        return fail(object.error());
    // v1 spells it so.
    const QJsonValue map =
        object->contains("listenersStatus"_L1) ? object->value("listenersStatus"_L1) : object->value("lisentersGroupkeyStatus"_L1);
    if (!map.isObject() && !map.isNull() && !map.isUndefined())
        return fail(Error::Kind::BadReply, u"/listenersStatus: expected object"_s);
    QList<std::pair<QString, QByteArray>> listeners;
    const QJsonObject status = map.toObject();
    for (auto it = status.constBegin(); it != status.constEnd(); ++it)
        listeners.append({it.key(), it.value().toString().toLatin1()});
    return listeners;
}

bool ProgramsAt::consolesOnly() const
{
    return clients.isEmpty() && consoles > 0;
}

QMap<QString, ProgramsAt> programsOf(const QJsonValue &data)
{
    static const QRegularExpression pattern(u"^Nacos-([A-Za-z0-9+#]+)-Client:v?(.{1,40})$"_s);
    QMap<QString, ProgramsAt> programs;
    const auto addOnce = [](QStringList &list, const QString &word) {
        if (!word.isEmpty() && !list.contains(word))
            list.append(word);
    };
    const QJsonObject connections = data.toObject();
    for (const QJsonValue &connection : connections) {
        const QJsonObject meta = connection.toObject().value("metaInfo"_L1).toObject();
        const QString ip = meta.value("clientIp"_L1).toString(), version = meta.value("version"_L1).toString();
        const QString app = meta.value("appName"_L1).toString();
        const auto match = pattern.match(version);
        // This program listens as well; it names itself when it connects.
        const bool console = app == "signalbox"_L1;
        const QString name = console ? u"Signalbox"_s : match.hasMatch() ? match.captured(1) + u' ' + match.captured(2) : version;
        if (ip.isEmpty() || name.isEmpty())
            continue;
        ProgramsAt &at = programs[ip];
        console ? void(++at.consoles) : addOnce(at.clients, name);
        // What SDKs and servers say where there is none.
        if (!console && app != "-"_L1 && app != "unknown"_L1)
            addOnce(at.apps, app);
    }
    return programs;
}

Result<ConfigKey> keyOfGroupKey(const QString &groupKey)
{
    const Result<wire::ConfigContext> context = wire::decodeGroupKey(groupKey);
    if (!context)
        return fail(context.error());
    return ConfigKey{ConfigKey::canonicalNamespace(context->tenant), context->group, context->dataId};
}

Result<NamespaceInfo> decodeNamespace(const QJsonObject &object)
{
    JsonReader in(object);
    NamespaceInfo info;
    info.id = ConfigKey::canonicalNamespace(in.string("namespace"_L1, {}));
    info.name = in.string("namespaceShowName"_L1, {});
    info.description = in.string("namespaceDesc"_L1, {});
    info.configCount = in.integer("configCount"_L1, -1);
    info.quota = in.integer("quota"_L1, -1);
    info.builtIn = in.integer("type"_L1, 2) == 0 || info.id == "public"_L1;
    if (info.name.isEmpty())
        info.name = info.id;
    if (const auto error = in.error())
        return fail(*error);
    return info;
}

Result<QList<NamespaceInfo>> decodeNamespaces(const QJsonValue &data)
{
    if (!data.isArray())
        return fail(Error::Kind::BadReply, u"expected a list of namespaces"_s);
    QList<NamespaceInfo> list;
    const QJsonArray items = data.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Result<NamespaceInfo> info = decodeNamespace(items.at(i).toObject());
        if (!info) {
            Error error = info.error();
            error.message = u"/%1%2"_s.arg(i).arg(error.message);
            return fail(error);
        }
        if (info->id == "public"_L1)
            list.prepend(*info);
        else
            list.append(*info);
    }
    return list;
}

} // namespace core::nacos
