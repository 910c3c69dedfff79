// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/untoldplan.h"

#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"

#include <map>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

void put(std::optional<guard::Value> &value, const Untold &known)
{
    ConfigAttributes attributes = attributesOf(*value);
    const auto one = [&value](const QString &name, const QString &text) {
        if (!text.isEmpty())
            value->attributes.insert(name, text);
    };
    one(u"use"_s, known.use);
    one(u"effect"_s, known.effect);
    one(u"schema"_s, known.schema);
}

bool lacksUntold(const std::optional<guard::Value> &value)
{
    return !value || !hasUntold(attributesOf(*value));
}

class Completing final : public QObject {
public:
    Completing(Registries &registries, const guard::Plan &plan, Reply<guard::Plan> *reply)
        : QObject(reply)
        , m_registries(registries)
        , m_plan(plan)
        , m_reply(reply)
    {
    }
    void start()
    {
        for (size_t i = 0; i < m_plan.changes.size(); ++i)
            sort(i);
        m_parts = 1;
        for (const auto &[slug, part] : m_back)
            askRows(slug, part);
        for (const auto &[slug, part] : m_kept)
            askUntold(slug, part);
        partDone();
    }

private:
    struct Part {
        QList<size_t> indices;
        QList<ConfigKey> keys;
    };
    void sort(size_t index)
    {
        const guard::Change &change = m_plan.changes.at(index);
        const auto key = change.target.kind() == "config"_L1 ? ConfigKey::of(change.target) : Result<ConfigKey>(fail({}, {}));
        Registry *registry = key ? m_registries.find(change.target.profile()) : nullptr;
        if (!registry || tellsUntold(registry->session().capabilities()) || !lacksUntold(change.after))
            return;
        const bool back = change.undoes != 0;
        if (back ? !change.after : !change.before || !lacksUntold(change.before))
            return;
        Part &part = (back ? m_back : m_kept)[registry->slug()];
        part.indices.append(index);
        part.keys.append(*key);
    }
    void askRows(const QString &slug, const Part &part)
    {
        ++m_parts;
        m_registries.find(slug)->configs().newestRows(part.keys)->then(this, [this, part](const Result<QList<NewestRow>> &rows) {
            if (m_reply->isSettled())
                return;
            for (qsizetype i = 0; rows && i < rows->size(); ++i)
                takeBack(m_plan.changes.at(part.indices.at(i)), rows->at(i));
            partDone();
        });
    }
    /// The row our own change made holds the state before it.
    static void takeBack(guard::Change &change, const NewestRow &row)
    {
        if (!row.known || !row.complete || row.change == NewestRow::Change::Insert || row.md5 != md5Of(change.after->content))
            return;
        put(change.after, Untold::of(row.attributes, Untold::Source::History));
        if (change.undo != guard::Undo::Partial || !isUntoldLoss(change.undoNote))
            return;
        change.undo = guard::Undo::Full;
        change.undoNote.clear();
    }
    void askUntold(const QString &slug, const Part &part)
    {
        ++m_parts;
        QList<ConfigDetail> live;
        for (qsizetype i = 0; i < part.indices.size(); ++i) {
            const guard::Value &before = *m_plan.changes.at(part.indices.at(i)).before;
            ConfigDetail detail;
            detail.key = part.keys.at(i);
            detail.content = before.content;
            detail.md5 = md5Of(before.content);
            detail.complete = !before.attributes.value("partial"_L1).toBool();
            live.append(detail);
        }
        m_registries.find(slug)
            ->configs()
            .untold(live, Look::LedgerAndHistory)
            ->then(this, [this, part](const Result<QList<Untold>> &known) {
                if (m_reply->isSettled())
                    return;
                for (qsizetype i = 0; known && i < known->size(); ++i)
                    keep(m_plan.changes.at(part.indices.at(i)), known->at(i));
                partDone();
            });
    }
    static void keep(guard::Change &change, const Untold &known)
    {
        if (known.isKnown()) {
            put(change.before, known);
            if (change.after)
                put(change.after, known);
        } else if (const QString loss = known.loss(); change.after && !loss.isEmpty() && change.undo == guard::Undo::Full) {
            change.undo = guard::Undo::Partial;
            change.undoNote = loss;
        }
    }
    void partDone()
    {
        if (--m_parts == 0)
            m_reply->settle(m_plan);
    }

    Registries &m_registries;
    guard::Plan m_plan;
    Reply<guard::Plan> *m_reply;
    std::map<QString, Part> m_back, m_kept; ///< by profile
    int m_parts = 0;
};

} // namespace

Reply<guard::Plan> *completeUntold(Registries &registries, const guard::Plan &plan)
{
    auto *reply = new Reply<guard::Plan>;
    auto *flow = new Completing(registries, plan, reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->start();
    return reply;
}

} // namespace core::nacos
