// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/namespacestore.h"

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

Namespace publicSpace()
{
    return {u"public"_s, u"public"_s, u"Default Namespace"_s, true, 0};
}

} // namespace

bool NamespaceStore::createTables(Database &database)
{
    return database.execute("CREATE TABLE space(id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT, created INTEGER NOT NULL)");
}

void NamespaceStore::load(Database &database)
{
    Statement row(database, "SELECT id, name, description, created FROM space");
    while (row.next())
        m_spaces.insert(row.text(0), {row.text(0), row.text(1), row.text(2), false, row.integer(3)});
}

QList<Namespace> NamespaceStore::all() const
{
    const std::shared_lock lock(m_mutex);
    QList<Namespace> list = m_spaces.values();
    std::stable_sort(list.begin(), list.end(), [](const Namespace &a, const Namespace &b) { return a.created < b.created; });
    list.prepend(publicSpace());
    return list;
}

std::optional<Namespace> NamespaceStore::find(const QString &id) const
{
    if (id == u"public")
        return publicSpace();
    const std::shared_lock lock(m_mutex);
    const auto found = m_spaces.constFind(id);
    return found == m_spaces.cend() ? std::nullopt : std::optional(*found);
}

void NamespaceStore::create(const Namespace &space, Completion completion)
{
    std::unique_lock lock(m_mutex);
    if (space.id == u"public" || m_spaces.contains(space.id)) {
        lock.unlock();
        return completion(Outcome::Exists);
    }
    commit(std::move(lock), space.id, space, std::move(completion));
}

void NamespaceStore::update(const Namespace &space, Completion completion)
{
    std::unique_lock lock(m_mutex);
    const auto found = m_spaces.constFind(space.id);
    if (found == m_spaces.cend()) {
        lock.unlock();
        return completion(Outcome::Done);
    }
    Namespace after = *found;
    after.name = space.name;
    after.description = space.description;
    commit(std::move(lock), space.id, after, std::move(completion));
}

void NamespaceStore::remove(const QString &id, Completion completion)
{
    std::unique_lock lock(m_mutex);
    if (!m_spaces.contains(id)) {
        lock.unlock();
        return completion(Outcome::Done);
    }
    commit(std::move(lock), id, std::nullopt, std::move(completion));
}

void NamespaceStore::put(const QString &id, const std::optional<Namespace> &space)
{
    if (space)
        m_spaces.insert(id, *space);
    else
        m_spaces.remove(id);
}

void NamespaceStore::commit(std::unique_lock<std::shared_mutex> lock, const QString &id, std::optional<Namespace> after,
                            Completion completion)
{
    const auto found = m_spaces.constFind(id);
    const std::optional<Namespace> before = found == m_spaces.cend() ? std::nullopt : std::optional(*found);
    put(id, after);
    Write write;
    write.persist = [id, after](Database &database) {
        if (!after)
            return Statement(database, "DELETE FROM space WHERE id=?").bind(id).run();
        Statement statement(database, "INSERT OR REPLACE INTO space VALUES(?,?,?,?)");
        return statement.bind(id).bind(after->name).bind(after->description).bind(after->created).run();
    };
    write.undo = [this, id, before] {
        const std::unique_lock guard(m_mutex);
        put(id, before);
    };
    write.done = [completion = std::move(completion)](bool durable) { completion(durable ? Outcome::Done : Outcome::NotWritten); };
    switch (m_log.submit(write)) {
    case CommitLog::Accepted::Queued:
        return;
    case CommitLog::Accepted::InMemory:
        lock.unlock();
        return write.done(true);
    case CommitLog::Accepted::Refused:
        put(id, before);
        lock.unlock();
        return write.done(false);
    }
}

} // namespace core::sandbox::nacos
