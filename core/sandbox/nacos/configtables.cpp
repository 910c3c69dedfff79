// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/configtables.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

// Few configurations have gray versions, so they ride along as one JSON column.
QByteArray encodeGrays(const QList<Gray> &grays)
{
    if (grays.isEmpty())
        return {};
    QJsonArray array;
    for (const Gray &gray : grays) {
        array.append(QJsonObject{{u"name"_s, gray.name},
                                 {u"expression"_s, gray.expression},
                                 {u"content"_s, QString::fromLatin1(gray.content.toBase64())},
                                 {u"type"_s, gray.type},
                                 {u"appName"_s, gray.appName},
                                 {u"dataKey"_s, gray.encryptedDataKey},
                                 {u"user"_s, gray.user},
                                 {u"address"_s, gray.address},
                                 {u"created"_s, gray.created},
                                 {u"modified"_s, gray.modified}});
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QList<Gray> decodeGrays(const QByteArray &json)
{
    QList<Gray> grays;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        Gray gray;
        gray.name = object.value("name"_L1).toString();
        gray.expression = object.value("expression"_L1).toString();
        gray.content = QByteArray::fromBase64(object.value("content"_L1).toString().toLatin1());
        gray.md5 = md5Of(gray.content);
        gray.type = object.value("type"_L1).toString();
        gray.appName = object.value("appName"_L1).toString();
        gray.encryptedDataKey = object.value("dataKey"_L1).toString();
        gray.user = object.value("user"_L1).toString();
        gray.address = object.value("address"_L1).toString();
        gray.created = object.value("created"_L1).toInteger();
        gray.modified = object.value("modified"_L1).toInteger();
        grays.append(gray);
    }
    return grays;
}

} // namespace

bool ConfigTables::create(Database &database)
{
    return database.execute(
        "CREATE TABLE config(id INTEGER PRIMARY KEY, space TEXT NOT NULL, grp TEXT NOT NULL, data_id TEXT NOT NULL,"
        " content BLOB NOT NULL, md5 BLOB NOT NULL, type TEXT, app TEXT, description TEXT, use TEXT, effect TEXT, schema TEXT,"
        " data_key TEXT, tags TEXT, create_user TEXT, create_address TEXT, user TEXT, created INTEGER, modified INTEGER,"
        " grays BLOB, UNIQUE(space, grp, data_id));"
        "CREATE TABLE history(nid INTEGER PRIMARY KEY, config_id INTEGER NOT NULL, space TEXT NOT NULL, grp TEXT NOT NULL,"
        " data_id TEXT NOT NULL, content BLOB NOT NULL, md5 BLOB NOT NULL, app TEXT, address TEXT, user TEXT, data_key TEXT,"
        " gray_name TEXT, extra TEXT, operation TEXT NOT NULL, modified INTEGER NOT NULL);"
        "CREATE INDEX history_key ON history(space, grp, data_id, nid);"
        "CREATE INDEX history_config ON history(config_id, nid)");
}

QList<ConfigPtr> ConfigTables::readAll(Database &database)
{
    QList<ConfigPtr> all;
    Statement row(database,
                  "SELECT id, space, grp, data_id, content, md5, type, app, description, use, effect, schema, data_key, tags,"
                  " create_user, create_address, user, created, modified, grays FROM config ORDER BY id");
    while (row.next()) {
        auto config = std::make_shared<Config>();
        config->id = row.integer(0);
        config->key = {row.text(1), row.text(2), row.text(3)};
        config->content = row.blob(4);
        config->md5 = row.blob(5);
        config->type = row.text(6);
        config->appName = row.text(7);
        config->description = row.text(8);
        config->use = row.text(9);
        config->effect = row.text(10);
        config->schema = row.text(11);
        config->encryptedDataKey = row.text(12);
        config->tags = row.text(13);
        config->createUser = row.text(14);
        config->createAddress = row.text(15);
        config->user = row.text(16);
        config->created = row.integer(17);
        config->modified = row.integer(18);
        config->grays = decodeGrays(row.blob(19));
        all.append(std::move(config));
    }
    return all;
}

qint64 ConfigTables::newestNid(Database &database)
{
    Statement row(database, "SELECT coalesce(max(nid), 0) FROM history");
    return row.next() ? row.integer(0) : 0;
}

bool ConfigTables::write(Database &database, const Config &config)
{
    if (!m_write)
        m_write.emplace(database, "INSERT OR REPLACE INTO config VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    m_write->reset().bind(config.id).bind(config.key.space).bind(config.key.group).bind(config.key.dataId);
    // A null QByteArray would be bound as NULL, which the column refuses.
    m_write->bind(config.content.isNull() ? QByteArray("") : config.content).bind(config.md5.isNull() ? QByteArray("") : config.md5);
    m_write->bind(config.type).bind(config.appName).bind(config.description).bind(config.use).bind(config.effect).bind(config.schema);
    m_write->bind(config.encryptedDataKey).bind(config.tags).bind(config.createUser).bind(config.createAddress).bind(config.user);
    return m_write->bind(config.created).bind(config.modified).bind(encodeGrays(config.grays)).run();
}

bool ConfigTables::remove(Database &database, qint64 id)
{
    if (!m_remove)
        m_remove.emplace(database, "DELETE FROM config WHERE id=?");
    return m_remove->reset().bind(id).run();
}

bool ConfigTables::append(Database &database, const HistoryRow &row)
{
    if (!m_append)
        m_append.emplace(database, "INSERT INTO history VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    m_append->reset().bind(row.nid).bind(row.configId).bind(row.key.space).bind(row.key.group).bind(row.key.dataId);
    m_append->bind(row.content.isNull() ? QByteArray("") : row.content).bind(row.md5.isNull() ? QByteArray("") : row.md5);
    m_append->bind(row.appName).bind(row.address).bind(row.user).bind(row.encryptedDataKey).bind(row.grayName).bind(row.extra);
    return m_append->bind(QByteArray(1, row.operation)).bind(row.modified).run();
}

bool ConfigTables::forgetBefore(Database &database, qint64 time)
{
    Statement statement(database, "DELETE FROM history WHERE modified < ?");
    return statement.bind(time).run();
}

} // namespace core::sandbox::nacos
