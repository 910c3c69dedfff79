// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/settlement.h"

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

constexpr int MostActive = 16;

QByteArray hashOf(const std::optional<Value> &value)
{
    return value ? value->sha256() : QByteArray();
}

} // namespace

EntrySettlement::EntrySettlement(Workshop &workshop, const store::LedgerEntry &entry, QObject *parent)
    : QObject(parent)
    , m_workshop(workshop)
    , m_entry(entry)
{
}

EntrySettlement::~EntrySettlement()
{
    if (m_mine)
        m_workshop.settling.remove(m_entry.id);
}

void EntrySettlement::start(std::function<void(const ChangeOutcome &)> answer)
{
    m_answer = std::move(answer);
    m_outcome.index = m_entry.index;
    m_outcome.ledgerId = m_entry.id;
    m_mine = !m_workshop.settling.contains(m_entry.id);
    m_workshop.settling.insert(m_entry.id);
    const auto target = Address::parse(m_entry.address);
    if (!target)
        return leave(target.error());
    m_outcome.target = *target;
    m_executor = m_workshop.executorFor(target->kind());
    if (!m_executor)
        return leave({Error::Kind::Unsupported, u"nothing here knows objects of kind %1"_s.arg(target->kind()), 0, false});
    if (m_entry.before == m_entry.after)
        return conclude(Outcome::Unknown, u"cannot be told by reading: only secrets were to change"_s);
    load(m_entry.before, m_before, [this] { load(m_entry.after, m_after, [this] { readBack(); }); });
}

void EntrySettlement::load(const QByteArray &sha256, Known &into, std::function<void()> then)
{
    into.sha256 = sha256;
    if (sha256.isEmpty())
        return then();
    m_workshop.ledger.value(sha256)->then(this, [this, &into, then = std::move(then)](const Result<std::optional<QByteArray>> &bytes) {
        if (!bytes)
            return leave(bytes.error());
        if (*bytes) {
            auto value = Value::fromCanonical(**bytes);
            if (!value)
                return leave(value.error());
            into.value = std::move(*value);
        }
        then();
    });
}

bool EntrySettlement::isSame(const Known &expected, const std::optional<Value> &live) const
{
    const bool purged = !expected.value && !expected.sha256.isEmpty();
    return purged ? hashOf(live) == expected.sha256 : m_executor->isSame(expected.value, live);
}

void EntrySettlement::readBack()
{
    // Reads lag behind writes, and a request may still be on its way when its sender is gone: an entry of the last seconds is looked
    // at until it is older than that.
    const qint64 age = std::max<qint64>(0, m_entry.at.msecsTo(m_workshop.clock.now()));
    const std::chrono::milliseconds patience{std::max<qint64>(0, VerifyFor.count() - age)};
    const bool young = patience.count() > 0;
    auto *reading = new ReadBack(*m_executor, m_outcome.target, this);
    const auto enough = [this, young](const std::optional<Value> &live) { return !young || isSame(m_after, live); };
    reading->start(
        enough, [this](const ReadBack::Seen &seen) { look(seen); }, young ? patience : VerifyFor, ReadBack::Slow::AwaitedOnce);
}

void EntrySettlement::look(const ReadBack::Seen &seen)
{
    if (!seen.any)
        return leave(seen.error.value_or(Error{Error::Kind::Timeout, u"no answer"_s, 0, true}));
    const bool asAfter = isSame(m_after, seen.value), asBefore = isSame(m_before, seen.value);
    if (asAfter && asBefore)
        return conclude(Outcome::Unknown, u"cannot be told by reading: the server does not show what was to change"_s);
    if (asAfter) {
        m_outcome.verified = true;
        return conclude(Outcome::Applied, {});
    }
    // "Not sent" and "applied and changed back by somebody" look the same.
    if (asBefore)
        return conclude(Outcome::Failed, u"not in effect"_s);
    conclude(Outcome::Conflict, u"it holds something else by now"_s);
}

void EntrySettlement::conclude(Outcome outcome, const QString &error)
{
    m_outcome.outcome = outcome;
    if (!error.isEmpty())
        m_outcome.error = Error{outcome == Outcome::Conflict ? Error::Kind::Conflict : Error::Kind::Rejected, error, 0, false};
    m_workshop.ledger.appendOutcomes({{m_entry.id, toString(outcome), m_outcome.verified, error}})
        ->then(this, [this](const Result<QList<bool>> &written) {
            if (!written)
                return leave(written.error());
            if (written->first())
                return tell();
            // Somebody else was faster; what they found out counts.
            m_workshop.ledger.entry(m_entry.id)->then(this, [this](const Result<std::optional<store::LedgerEntry>> &entry) {
                if (entry && *entry && (*entry)->result) {
                    m_outcome.verified = (*entry)->result->verified;
                    for (const Outcome one : {Outcome::Applied, Outcome::Conflict, Outcome::Failed, Outcome::Unknown}) {
                        if (toString(one) == (*entry)->result->outcome)
                            m_outcome.outcome = one;
                    }
                }
                tell();
            });
        });
}

void EntrySettlement::leave(const Error &error)
{
    m_outcome.outcome = Outcome::Unknown;
    m_outcome.verified = false;
    m_outcome.error = error;
    // Never inside start().
    QMetaObject::invokeMethod(
        this, [this] { tell(); }, Qt::QueuedConnection);
}

void EntrySettlement::tell()
{
    const auto answer = std::exchange(m_answer, {});
    answer(m_outcome);
    deleteLater();
}

Settlement::Settlement(Workshop &workshop, const QString &profile, Stream<ChangeOutcome> *stream, QObject *parent)
    : QObject(parent)
    , m_workshop(workshop)
    , m_profile(profile)
    , m_stream(stream)
{
}

void Settlement::start()
{
    m_workshop.ledger.openIntents(store::Ledger::Whose::DeadOwners)->then(this, [this](const Result<QList<store::LedgerEntry>> &dead) {
        if (dead)
            collect(*dead);
        else
            m_error = dead.error();
        m_workshop.ledger.openIntents(store::Ledger::Whose::Mine)->then(this, [this](const Result<QList<store::LedgerEntry>> &mine) {
            if (mine)
                collect(*mine);
            else
                m_error = mine.error();
            next();
        });
    });
}

/// By its plan, which goes on and knows better than any reading, or by another settlement.
bool Settlement::isTaken(const store::LedgerEntry &entry) const
{
    return m_workshop.underWay.contains({entry.plan, entry.index}) || m_workshop.settling.contains(entry.id);
}

void Settlement::collect(const QList<store::LedgerEntry> &entries)
{
    for (const store::LedgerEntry &entry : entries) {
        if (isTaken(entry))
            continue;
        if (m_profile.isEmpty() || entry.address.startsWith(u"signalbox://"_s + m_profile + u'/'))
            m_waiting.append(entry);
    }
}

void Settlement::next()
{
    while (!m_waiting.isEmpty() && m_active < MostActive) {
        const store::LedgerEntry entry = m_waiting.takeFirst();
        if (isTaken(entry))
            continue; // a plan that goes on, or another settlement, has taken it meanwhile
        ++m_active;
        auto *one = new EntrySettlement(m_workshop, entry, this);
        one->start([this](ChangeOutcome outcome) {
            const bool known = outcome.outcome != Outcome::Unknown;
            outcome.index = m_index++;
            if (m_stream)
                m_stream->push({outcome});
            if (known)
                Q_EMIT settled(outcome.ledgerId, outcome.outcome);
            --m_active;
            next();
        });
    }
    if (m_active > 0 || !m_waiting.isEmpty())
        return;
    m_workshop.ledger.noteWhetherSettled()->then(this, [this](const Result<Done> &) { end(); });
}

void Settlement::end()
{
    if (m_stream)
        m_stream->settle(m_error ? Result<Done>(fail(*m_error)) : Result<Done>(Done{}));
    Q_EMIT finished();
}

} // namespace core::guard
