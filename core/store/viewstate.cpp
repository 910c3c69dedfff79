// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/viewstate.h"

#include "core/base/canonicaljson.h"
#include "core/base/log.h"
#include "core/store/database.h"
#include "core/store/salvage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>
#include <set>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr std::chrono::milliseconds WriteAfter{500};

using Values = std::map<QString, QJsonValue>;

std::shared_ptr<Database> stateDatabase(Home &home)
{
    DatabaseSpec spec;
    spec.file = u"state.db"_s;
    spec.sync = DatabaseSpec::Sync::Normal;
    spec.migrations = {{u"CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL)"_s}};
    spec.salvage = [](Connection &damaged, Connection &fresh) { return salvageTable(damaged, fresh, u"state"_s); };
    return sharedDatabase(home, spec);
}

Result<Values> readAll(Connection &connection)
{
    auto rows = connection.rows(u"SELECT key, value FROM state"_s);
    if (!rows)
        return fail(rows.error());
    Values values;
    while (rows->next()) {
        const QJsonArray wrapped = QJsonDocument::fromJson('[' + rows->text(1).toUtf8() + ']').array();
        if (wrapped.size() == 1)
            values.insert_or_assign(rows->text(0), wrapped.at(0));
    }
    if (const auto error = rows->error())
        return fail(*error);
    return values;
}

} // namespace

struct ViewState::Private {
    std::shared_ptr<Database> database;
    Values values;
    std::set<QString> dirty;   // keys set and not written yet
    std::set<QString> writing; // keys on their way to the disk
    QTimer later;
    QPointer<Reply<Done>> loading;
    bool loaded = false;
    OperationTracker operations;
};

ViewState::ViewState(Home &home, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->database = stateDatabase(home);
    m_d->later.setSingleShot(true);
    m_d->later.setInterval(WriteAfter);
    connect(&m_d->later, &QTimer::timeout, this, [this] { flush(); });
    m_d->database->watch(this, [this] {
        if (m_d->loaded)
            take();
    });
}

ViewState::~ViewState()
{
    if (!m_d->dirty.empty())
        flush(); // the database writes what is queued before it goes
}

Reply<Done> *ViewState::load()
{
    if (m_d->loaded)
        return m_d->operations.track(Reply<Done>::settled(Done{}));
    return take();
}

/// Reads what is on disk; what is set here and not yet written stays.
Reply<Done> *ViewState::take()
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    auto *read = m_d->operations.track(m_d->database->read<Values>(readAll));
    read->then(reply, [this, alive = QPointer<ViewState>(this), reply](const Result<Values> &values) {
        if (!alive)
            return;
        m_d->loaded = true;
        if (!values)
            qCWarning(logStore).noquote() << "the view's state cannot be read:" << values.error().message;
        else
            merge(*values);
        reply->settle(Done{});
    });
    return reply;
}

void ViewState::merge(const Values &values)
{
    QStringList differing;
    const auto ours = [this](const QString &key) { return m_d->dirty.contains(key) || m_d->writing.contains(key); };
    for (const auto &[key, value] : values) {
        const auto mine = m_d->values.find(key);
        if (!ours(key) && (mine == m_d->values.end() || mine->second != value)) {
            m_d->values.insert_or_assign(key, value);
            differing << key;
        }
    }
    QStringList gone;
    for (const auto &[key, value] : m_d->values) {
        if (!values.contains(key) && !ours(key))
            gone << key;
    }
    for (const QString &key : std::as_const(gone))
        m_d->values.erase(key);
    for (const QString &key : differing + gone)
        Q_EMIT changed(key);
}

bool ViewState::isLoaded() const
{
    return m_d->loaded;
}

QJsonValue ViewState::value(const QString &key, const QJsonValue &otherwise) const
{
    const auto found = m_d->values.find(key);
    return found == m_d->values.end() ? otherwise : found->second;
}

void ViewState::setValue(const QString &key, const QJsonValue &value)
{
    const auto found = m_d->values.find(key);
    if (value.isUndefined()) {
        if (found == m_d->values.end() && m_d->loaded)
            return;
        m_d->values.erase(key);
    } else {
        if (found != m_d->values.end() && found->second == value)
            return;
        m_d->values.insert_or_assign(key, value);
    }
    m_d->dirty.insert(key);
    if (!m_d->later.isActive())
        m_d->later.start();
    Q_EMIT changed(key);
}

void ViewState::remove(const QString &key)
{
    setValue(key, QJsonValue(QJsonValue::Undefined));
}

QStringList ViewState::keys(const QString &prefix) const
{
    QStringList keys;
    for (auto it = m_d->values.lower_bound(prefix); it != m_d->values.end() && it->first.startsWith(prefix); ++it)
        keys << it->first;
    return keys;
}

Reply<Done> *ViewState::flush()
{
    m_d->later.stop();
    QList<std::pair<QString, QString>> rows; // a null text removes
    for (const QString &key : m_d->dirty) {
        const auto found = m_d->values.find(key);
        rows.append({key, found == m_d->values.end() ? QString() : QString::fromUtf8(canonicalJson(found->second))});
    }
    m_d->writing.merge(m_d->dirty);
    m_d->dirty.clear();
    auto *reply = m_d->database->write<Done>(
        [rows](Connection &connection) -> Result<Done> {
            for (const auto &[key, text] : rows) {
                const auto done = text.isNull() ? connection.run(u"DELETE FROM state WHERE key = ?"_s, {key})
                                                : connection.run(u"INSERT OR REPLACE INTO state VALUES(?, ?)"_s, {key, text});
                if (!done)
                    return done;
            }
            return Done{};
        },
        {.urgency = WriteTask::Urgency::Later});
    reply->then(this, [this, rows](const Result<Done> &) {
        for (const auto &row : rows)
            m_d->writing.erase(row.first);
    });
    return m_d->operations.track(reply);
}

} // namespace core::store
