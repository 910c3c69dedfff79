// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/untoldflow.h"

#include "core/guard/value.h"
#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/confighistory.h"
#include "core/nacos/config/configplans.h"
#include "core/nacos/session/sessionprivate.h"
#include "core/store/ledger.h"

#include <algorithm>
#include <QHash>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr int RowsAtOnce = 8;
/// So many are all looked at, of more as many to begin with.
constexpr qsizetype MostLookedAt = 100;
/// Among so many rows is one that is no gray version's.
constexpr int RowsAPage = 20;
/// Times of a configuration and of its row may differ by that much and mean the same change.
constexpr qint64 SameChangeMs = 2000;

bool isClosed(const Error &error)
{
    return error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::Auth || error.kind == Error::Kind::Unsupported;
}

NewestRow rowOf(const HistoryDetail &detail)
{
    using Change = HistoryRow::Change;
    NewestRow row;
    row.known = true;
    row.change = detail.row.change == Change::Insert ? NewestRow::Change::Insert
        : detail.row.change == Change::Delete        ? NewestRow::Change::Delete
                                                     : NewestRow::Change::Update;
    row.md5 = detail.row.md5;
    row.at = detail.row.at;
    row.attributes = detail.attributes;
    row.complete = detail.complete;
    return row;
}

class RowsReading final : public QObject {
public:
    RowsReading(Session::Private &session, const QList<ConfigKey> &keys, Reply<QList<NewestRow>> *reply)
        : QObject(reply)
        , m_session(session)
        , m_keys(keys)
        , m_reply(reply)
        , m_rows(keys.size())
    {
        const qsizetype first = std::min(keys.size(), MostLookedAt);
        for (qsizetype i = 0; i < first; ++i)
            m_waiting.append(i * keys.size() / first);
        m_later = keys.size() - first;
    }
    void start()
    {
        while (m_open < RowsAtOnce && !m_waiting.isEmpty())
            ask(m_waiting.takeFirst());
        if (m_open > 0)
            return;
        if (m_later > 0 && m_found && !m_stopped) {
            m_later = 0;
            for (qsizetype i = 0; i < m_keys.size(); ++i) {
                if (!m_asked.contains(i))
                    m_waiting.append(i);
            }
            return start();
        }
        m_reply->settle(m_rows);
    }

private:
    void ask(qsizetype index)
    {
        ++m_open;
        m_asked.insert(index);
        const ConfigKey key = m_keys.at(index);
        readHistoryPage(m_session, key, {1, RowsAPage}, this)->then(this, [this, index, key](const Result<HistoryPage> &page) {
            if (m_reply->isSettled())
                return;
            if (!page)
                return failed(index, page.error());
            const auto row = std::find_if(page->rows.cbegin(), page->rows.cend(), [](const HistoryRow &one) { return !one.gray; });
            if (row == page->rows.cend())
                return done();
            readHistoryRow(m_session, key, row->nid, this)->then(this, [this, index](const Result<HistoryDetail> &detail) {
                if (m_reply->isSettled())
                    return;
                if (!detail)
                    return failed(index, detail.error());
                m_rows[index] = rowOf(*detail);
                m_found |= hasUntold(detail->attributes);
                done();
            });
        });
    }
    void failed(qsizetype index, const Error &error)
    {
        if (isClosed(error)) // it would say the same of every other
            stop();
        else if (error.kind != Error::Kind::NotFound)
            m_rows[index].error = error;
        done();
    }
    void stop()
    {
        m_stopped = true;
        m_waiting.clear();
    }
    void done()
    {
        --m_open;
        start();
    }

    Session::Private &m_session;
    const QList<ConfigKey> m_keys;
    Reply<QList<NewestRow>> *m_reply;
    QList<NewestRow> m_rows;
    QList<qsizetype> m_waiting;
    QSet<qsizetype> m_asked;
    qsizetype m_later = 0;
    int m_open = 0;
    bool m_found = false, m_stopped = false;
};

/// What is wanted of a value in the ledger, made where it is read.
QByteArray extractOf(const QByteArray &canonical)
{
    const auto value = guard::Value::fromCanonical(canonical);
    if (!value)
        return {};
    const ConfigAttributes attributes = attributesOf(*value);
    return QJsonDocument(QJsonObject{{u"md5"_s, QString::fromLatin1(md5Of(value->content))},
                                     {u"use"_s, attributes.use},
                                     {u"effect"_s, attributes.effect},
                                     {u"schema"_s, attributes.schema}})
        .toJson(QJsonDocument::Compact);
}

class Recalling final : public QObject {
public:
    Recalling(const UntoldSources &sources, const QList<ConfigDetail> &live, Look look, Reply<QList<Untold>> *reply)
        : QObject(reply)
        , m_sources(sources)
        , m_live(live)
        , m_look(look)
        , m_reply(reply)
        , m_answer(live.size())
    {
    }
    void start()
    {
        const bool told = tellsUntold(m_sources.session.caps);
        for (qsizetype i = 0; i < m_live.size(); ++i) {
            const ConfigAttributes &attributes = m_live.at(i).attributes;
            if ((told && m_live.at(i).complete) || hasUntold(attributes))
                m_answer[i] = Untold::of(attributes, Untold::Source::Server);
            else
                m_open.append(i);
        }
        m_open.isEmpty() ? askHistory() : askLedger();
    }

private:
    void askLedger()
    {
        store::Ledger *ledger = m_sources.ledger ? m_sources.ledger() : nullptr;
        if (!ledger)
            return askHistory();
        QHash<QString, qsizetype> places;
        for (const qsizetype i : std::as_const(m_open)) {
            if (const auto address = m_live.at(i).key.address(m_sources.profile))
                places.insert(address->toString(), i);
        }
        ledger->newestStates(places.keys(), &extractOf)->then(this, [this, places](const Result<QList<store::LedgerState>> &states) {
            if (m_reply->isSettled())
                return;
            if (states) {
                for (const store::LedgerState &state : *states)
                    take(places.value(state.address, -1), state);
            } else {
                for (const qsizetype i : std::as_const(m_open))
                    m_answer[i].error = states.error();
            }
            askHistory();
        });
    }
    void take(qsizetype index, const store::LedgerState &state)
    {
        if (index < 0 || !state.exists || !state.extract)
            return;
        const QJsonObject known = QJsonDocument::fromJson(*state.extract).object();
        Untold &answer = m_answer[index];
        answer.use = known.value("use"_L1).toString();
        answer.effect = known.value("effect"_L1).toString();
        answer.schema = known.value("schema"_L1).toString();
        if (known.value("md5"_L1).toString().toLatin1() != m_live.at(index).md5)
            return; // a state before the live one
        answer.source = Untold::Source::Ledger;
        m_open.removeOne(index);
    }
    void askHistory()
    {
        // Who may only read what SDKs read sees no history.
        m_open.removeIf([this](qsizetype i) { return !m_live.at(i).complete; });
        if (m_look == Look::Ledger || m_open.isEmpty())
            return m_reply->settle(m_answer);
        QList<ConfigKey> keys;
        for (const qsizetype i : std::as_const(m_open))
            keys.append(m_live.at(i).key);
        auto *rows = new Reply<QList<NewestRow>>(this);
        rows->then(this, [this](const Result<QList<NewestRow>> &found) {
            if (m_reply->isSettled())
                return;
            if (!found)
                return m_reply->settle(fail(found.error()));
            for (qsizetype i = 0; i < m_open.size(); ++i)
                take(m_open.at(i), found->at(i));
            m_reply->settle(m_answer);
        });
        readNewestRows(m_sources.session, keys, rows);
    }
    void take(qsizetype index, const NewestRow &row)
    {
        Untold &answer = m_answer[index];
        if (row.error)
            answer.error = row.error;
        if (!row.known || !row.complete)
            return;
        const ConfigDetail &live = m_live.at(index);
        // The list of rows may lag behind what is live.
        const bool isNewest = !row.at.isValid() || !live.changedAt.isValid() || row.at.msecsTo(live.changedAt) <= SameChangeMs;
        if (row.change == NewestRow::Change::Insert && row.md5 == live.md5 && isNewest)
            answer = Untold::of(row.attributes, Untold::Source::History);
        else if (row.change != NewestRow::Change::Delete)
            answer = {Untold::Source::Nowhere, row.attributes.use, row.attributes.effect, row.attributes.schema, answer.error};
    }

    const UntoldSources m_sources;
    const QList<ConfigDetail> m_live;
    const Look m_look;
    Reply<QList<Untold>> *m_reply;
    QList<Untold> m_answer;
    QList<qsizetype> m_open; ///< not known yet
};

} // namespace

void readNewestRows(Session::Private &session, const QList<ConfigKey> &keys, Reply<QList<NewestRow>> *reply)
{
    auto *flow = new RowsReading(session, keys, reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->start();
}

void recallUntold(const UntoldSources &sources, const QList<ConfigDetail> &live, Look look, Reply<QList<Untold>> *reply)
{
    auto *flow = new Recalling(sources, live, look, reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->start();
}

} // namespace core::nacos
