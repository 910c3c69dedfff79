// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/configstore.h"

#include "core/base/utf8.h"
#include "core/sandbox/nacos/configtables.h"
#include "core/sandbox/nacos/sqllike.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr qint64 FirstId = 700000000000000001; // no double holds it: clients that parse ids as doubles are found out
constexpr qsizetype MaximumGrays = 10;
constexpr qint64 HistoryDays = 30;

/// What Nacos keeps beside a history row: the attributes of the state whose content the row holds.
QString extraOf(const Config &config)
{
    QJsonObject extra;
    const auto put = [&extra](const QString &name, const QString &value) {
        if (!value.isEmpty())
            extra.insert(name, value);
    };
    put(u"type"_s, config.type);
    put(u"config_tags"_s, config.tags);
    put(u"effect"_s, config.effect);
    put(u"src_user"_s, config.createUser);
    put(u"c_desc"_s, config.description);
    put(u"c_use"_s, config.use);
    put(u"c_schema"_s, config.schema);
    return QString::fromUtf8(QJsonDocument(extra).toJson(QJsonDocument::Compact));
}

QString extraOf(const Gray &gray)
{
    const QJsonObject rule{{u"type"_s, gray.ruleType()},
                           {u"expr"_s, gray.expression},
                           {u"version"_s, u"1.0.0"_s},
                           {u"priority"_s, QString::number(gray.priority())}};
    const QJsonObject extra{{u"gray_name"_s, gray.name},
                            {u"gray_rule"_s, QString::fromUtf8(QJsonDocument(rule).toJson(QJsonDocument::Compact))},
                            {u"src_user"_s, gray.user}};
    return QString::fromUtf8(QJsonDocument(extra).toJson(QJsonDocument::Compact));
}

/// With a formal content; gray versions may be there without one.
bool isThere(const ConfigPtr &config)
{
    return config && !config->md5.isEmpty();
}

bool matches(const Config &config, const ConfigFilter &filter)
{
    const bool blur = filter.search == ConfigFilter::Search::Blur;
    const auto fits = [blur](const QString &pattern, const QString &value) {
        return pattern.isEmpty() || (blur ? sqlLike(starsToPercent(pattern), value) : pattern == value);
    };
    if (config.key.space != filter.space || config.md5.isEmpty() || !fits(filter.dataId, config.key.dataId) ||
        !fits(filter.group, config.key.group))
        return false;
    if (!filter.appName.isEmpty() && filter.appName != config.appName)
        return false;
    if (blur && !filter.types.isEmpty() && !filter.types.contains(config.type))
        return false;
    if (!filter.tags.isEmpty()) {
        const QStringList tags = config.tags.split(u',', Qt::SkipEmptyParts);
        const auto any = [&](const QString &wanted) {
            return std::any_of(tags.begin(), tags.end(), [&](const QString &tag) { return fits(wanted, tag); });
        };
        if (!std::any_of(filter.tags.begin(), filter.tags.end(), any))
            return false;
    }
    if (filter.content.isEmpty())
        return true;
    return sqlLike(blur ? starsToPercent(filter.content) : filter.content, fromUtf8Exactly(config.content));
}

} // namespace

/// One change: what was under the key, what is now, and its history row.
struct ConfigStore::Edit {
    ConfigPtr before, after;
    std::optional<HistoryRow> row;
    bool reported = true; ///< clients are told
};

ConfigStore::ConfigStore(CommitLog &log, std::unique_ptr<History> history, const Clock &clock)
    : m_log(log)
    , m_history(std::move(history))
    , m_clock(clock)
    , m_tables(std::make_shared<ConfigTables>())
    , m_nextId(FirstId)
{
}

ConfigStore::~ConfigStore() = default;

bool ConfigStore::createTables(Database &database)
{
    return ConfigTables::create(database);
}

void ConfigStore::load(Database &database)
{
    const QList<ConfigPtr> all = ConfigTables::readAll(database);
    for (const ConfigPtr &config : all) {
        put(config->key, config);
        m_nextId = std::max(m_nextId, config->id + 1);
    }
    m_nextNid = ConfigTables::newestNid(database) + 1;
}

void ConfigStore::put(const ConfigKey &key, const ConfigPtr &config)
{
    const auto found = m_byKey.constFind(key);
    if (found != m_byKey.cend()) {
        m_byId.remove(found.value()->id);
        m_sorted.erase(orderOf(key));
        m_byKey.erase(found);
    }
    if (config) {
        m_byKey.insert(key, config);
        m_byId.insert(config->id, config);
        m_sorted.emplace(orderOf(key), config);
    }
}

qint64 ConfigStore::timeOf(qint64 wanted) const
{
    return wanted != 0 ? wanted : m_clock.now().toMSecsSinceEpoch();
}

ConfigPtr ConfigStore::find(const ConfigKey &key) const
{
    const std::shared_lock lock(m_mutex);
    return m_byKey.value(key);
}

ConfigPtr ConfigStore::find(qint64 id) const
{
    const std::shared_lock lock(m_mutex);
    return m_byId.value(id);
}

ConfigPage ConfigStore::page(const ConfigFilter &filter, qint64 offset, qint64 limit) const
{
    const std::shared_lock lock(m_mutex);
    ConfigPage page;
    for (const auto &[order, config] : m_sorted) {
        if (!matches(*config, filter))
            continue;
        if (page.total >= offset && page.items.size() < limit)
            page.items.append(config);
        ++page.total;
    }
    return page;
}

QList<ConfigPtr> ConfigStore::all(const QString &space) const
{
    const std::shared_lock lock(m_mutex);
    QList<ConfigPtr> all;
    for (const auto &[order, config] : m_sorted) {
        if (config->key.space == space && isThere(config))
            all.append(config);
    }
    return all;
}

QHash<QString, int> ConfigStore::countBySpace() const
{
    const std::shared_lock lock(m_mutex);
    QHash<QString, int> counts;
    for (const auto &[order, config] : m_sorted)
        counts[config->key.space] += isThere(config) ? 1 : 0;
    return counts;
}

qint64 ConfigStore::count() const
{
    const std::shared_lock lock(m_mutex);
    return m_byKey.size();
}

void ConfigStore::commit(std::unique_lock<std::shared_mutex> lock, Edit edit, Completion completion)
{
    const ConfigKey key = (edit.after ? edit.after : edit.before)->key;
    put(key, edit.after);
    if (edit.row) {
        edit.row->nid = m_nextNid++;
        m_history->append(*edit.row);
    }
    auto undo = [this, key, before = edit.before, nid = edit.row ? edit.row->nid : 0] {
        put(key, before);
        if (nid)
            m_history->takeBack(nid);
    };
    Write write;
    write.persist = [tables = m_tables, edit](Database &database) {
        const bool stored = edit.after ? tables->write(database, *edit.after) : tables->remove(database, edit.before->id);
        return stored && (!edit.row || tables->append(database, *edit.row));
    };
    write.undo = [this, undo] {
        const std::unique_lock guard(m_mutex);
        undo();
    };
    write.done = [this, edit, key, completion = std::move(completion)](bool durable) {
        if (!durable)
            return completion(Outcome::NotWritten);
        if (edit.reported && m_observer) {
            using Kind = ConfigChange::Kind;
            const bool was = isThere(edit.before), is = isThere(edit.after);
            m_observer({!was && is ? Kind::Created : (was && !is ? Kind::Deleted : Kind::Changed), key});
        }
        completion(Outcome::Done);
    };
    switch (m_log.submit(write)) {
    case CommitLog::Accepted::Queued:
        return;
    case CommitLog::Accepted::InMemory:
        lock.unlock();
        return write.done(true);
    case CommitLog::Accepted::Refused:
        undo();
        lock.unlock();
        return write.done(false);
    }
}

void ConfigStore::publish(const Publish &publish, Completion completion)
{
    const bool isGray = !publish.betaAddresses.isEmpty() || !publish.tag.isEmpty();
    // Hashing ten megabytes takes 20 ms: before the lock.
    const QByteArray md5 = md5Of(publish.content);
    const qint64 now = timeOf(publish.at);
    std::unique_lock lock(m_mutex);
    const ConfigPtr before = m_byKey.value(publish.key);
    auto after = before ? std::make_shared<Config>(*before) : std::make_shared<Config>();
    if (!before) {
        after->id = m_nextId++;
        after->key = publish.key;
        after->created = after->modified = now;
        after->createUser = publish.origin.user;
        after->createAddress = publish.origin.address;
    }
    HistoryRow row;
    row.configId = after->id;
    row.key = publish.key;
    row.user = publish.origin.user;
    row.address = publish.origin.address;
    row.modified = now;
    bool reported = true;

    if (isGray) {
        Gray gray;
        gray.name = publish.betaAddresses.isEmpty() ? u"tag_"_s + publish.tag : u"beta"_s;
        gray.expression = publish.betaAddresses.isEmpty() ? publish.tag : publish.betaAddresses;
        const Gray *old = before ? before->gray(gray.name) : nullptr;
        if (!publish.casMd5.isEmpty() && old && QString::fromLatin1(old->md5) != publish.casMd5) {
            lock.unlock();
            return completion(Outcome::CasMismatch);
        }
        if (!old && after->grays.size() >= MaximumGrays) {
            lock.unlock();
            return completion(Outcome::TooManyGrays);
        }
        gray.content = publish.content;
        gray.md5 = md5;
        gray.type = publish.type;
        gray.appName = publish.appName.value_or(old ? old->appName : QString());
        gray.encryptedDataKey = publish.encryptedDataKey;
        gray.user = publish.origin.user;
        gray.address = publish.origin.address;
        gray.created = old ? old->created : now;
        gray.modified = now;
        const Gray &held = old ? *old : gray;
        row.operation = old ? 'U' : 'I';
        row.content = held.content;
        row.md5 = held.md5;
        row.encryptedDataKey = held.encryptedDataKey;
        row.grayName = gray.name;
        row.appName = gray.appName;
        row.extra = extraOf(held);
        after->grays.removeIf([&gray](const Gray &other) { return other.name == gray.name; });
        after->grays.append(gray);
    } else {
        const bool existed = before && !before->md5.isEmpty();
        if (!publish.casMd5.isEmpty() && existed && QString::fromLatin1(before->md5) != publish.casMd5) {
            lock.unlock();
            return completion(Outcome::CasMismatch);
        }
        reported = !existed || before->md5 != md5;
        after->content = publish.content;
        after->md5 = md5;
        after->type = publish.type;
        after->appName = publish.appName.value_or(after->appName);
        after->tags = publish.tags.value_or(after->tags);
        after->description = publish.description.value_or(after->description);
        after->use = publish.use;
        after->effect = publish.effect;
        after->schema = publish.schema;
        after->encryptedDataKey = publish.encryptedDataKey;
        after->user = publish.origin.user;
        after->modified = now;
        after->createUser = publish.origin.user; // of the last change, in spite of its name
        after->createAddress = publish.origin.address;
        const Config &held = existed ? *before : *after;
        row.operation = existed ? 'U' : 'I';
        row.content = held.content;
        row.md5 = held.md5;
        row.encryptedDataKey = held.encryptedDataKey;
        row.appName = held.appName;
        row.extra = extraOf(held);
    }
    commit(std::move(lock), {before, after, row, reported}, std::move(completion));
}

void ConfigStore::remove(const ConfigKey &key, const Origin &origin, Completion completion, qint64 at)
{
    std::unique_lock lock(m_mutex);
    const ConfigPtr before = m_byKey.value(key);
    if (!isThere(before)) {
        lock.unlock();
        return completion(Outcome::Done);
    }
    HistoryRow row;
    row.configId = before->id;
    row.key = key;
    row.content = before->content;
    row.md5 = before->md5;
    row.appName = before->appName;
    row.encryptedDataKey = before->encryptedDataKey;
    row.user = origin.user;
    row.address = origin.address;
    row.operation = 'D';
    row.modified = timeOf(at);
    row.extra = extraOf(*before);
    ConfigPtr after;
    if (!before->grays.isEmpty()) { // those stay until they are stopped
        auto left = std::make_shared<Config>();
        left->id = before->id;
        left->key = key;
        left->created = before->created;
        left->modified = row.modified;
        left->grays = before->grays;
        after = left;
    }
    commit(std::move(lock), {before, after, row, true}, std::move(completion));
}

void ConfigStore::removeGray(const ConfigKey &key, const QString &grayName, const Origin &origin, Completion completion)
{
    std::unique_lock lock(m_mutex);
    const ConfigPtr before = m_byKey.value(key);
    const Gray *old = before ? before->gray(grayName) : nullptr;
    if (!old) {
        lock.unlock();
        return completion(Outcome::Done);
    }
    HistoryRow row;
    row.configId = before->id;
    row.key = key;
    row.content = old->content;
    row.md5 = old->md5;
    row.appName = old->appName;
    row.encryptedDataKey = old->encryptedDataKey;
    row.grayName = grayName;
    row.user = origin.user;
    row.address = origin.address;
    row.operation = 'D';
    row.modified = timeOf(0);
    row.extra = extraOf(*old);
    auto after = std::make_shared<Config>(*before);
    after->grays.removeIf([&grayName](const Gray &gray) { return gray.name == grayName; });
    // A configuration that only ever had gray versions goes with its last one.
    const bool empty = after->grays.isEmpty() && after->md5.isEmpty();
    commit(std::move(lock), {before, empty ? nullptr : ConfigPtr(after), row, true}, std::move(completion));
}

void ConfigStore::editMetadata(const Metadata &metadata, Completion completion)
{
    std::unique_lock lock(m_mutex);
    const ConfigPtr before = m_byKey.value(metadata.key);
    if (!before) {
        lock.unlock();
        return completion(Outcome::Done);
    }
    auto after = std::make_shared<Config>(*before);
    after->tags = metadata.tags.value_or(after->tags);
    after->description = metadata.description.value_or(after->description);
    commit(std::move(lock), {before, after, std::nullopt, false}, std::move(completion));
}

void ConfigStore::trimHistory()
{
    const qint64 oldest = m_clock.now().addDays(-HistoryDays).toMSecsSinceEpoch();
    m_history->forgetBefore(oldest);
    Write write;
    write.persist = [tables = m_tables, oldest](Database &database) { return tables->forgetBefore(database, oldest); };
    write.undo = [] {};
    write.done = [](bool) {};
    m_log.submit(write);
}

} // namespace core::sandbox::nacos
