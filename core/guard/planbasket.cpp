// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/planbasket.h"

#include <algorithm>
#include <QFile>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

QString asideName(const QString &path)
{
    for (int number = 1;; ++number)
        if (const QString name = u"%1.damaged-%2"_s.arg(path).arg(number); !QFile::exists(name))
            return name;
}

} // namespace

PlanBasket::PlanBasket(const QString &home, QObject *parent)
    : QObject(parent)
    , m_file(home + u"/plan.json"_s)
{
}

PlanBasket::~PlanBasket()
{
    // What was collected in the last moment is not lost.
    if (m_unsaved)
        if (const auto bytes = m_plan.toFile())
            std::ignore = m_file.editNow(writing(*bytes), std::chrono::seconds(1));
}

Result<Done> PlanBasket::load()
{
    if (std::exchange(m_loaded, true))
        return Done{};
    const Result<QByteArray> bytes = m_file.read();
    if (!bytes) {
        m_unusable = true;
        return fail(bytes.error());
    }
    if (bytes->isEmpty())
        return Done{};
    auto plan = Plan::fromFile(*bytes);
    if (!plan) {
        m_unusable = true;
        Error error = plan.error();
        error.message = u"%1: %2"_s.arg(m_file.path(), error.message);
        return fail(error);
    }
    m_plan = std::move(*plan);
    Q_EMIT changed();
    return Done{};
}

QStringList PlanBasket::profiles() const
{
    QStringList slugs;
    for (const Change &change : m_plan.changes)
        if (!slugs.contains(change.target.profile()))
            slugs.append(change.target.profile());
    return slugs;
}

Result<PlanBasket::Added> PlanBasket::add(const Plan &plan)
{
    for (const Change &change : plan.changes)
        if (!change.secrets.isEmpty())
            return fail(Error::Kind::Usage, change.target.toString() + u": a change with secrets is made at once or not at all"_s);
    std::ignore = load();
    Added added;
    if (m_plan.changes.empty()) {
        m_plan = Plan{};
        m_plan.title = plan.title;
        m_plan.reason = plan.reason;
        m_plan.notes = plan.notes;
    } else {
        m_plan.title.clear();
        if (m_plan.reason.isEmpty())
            m_plan.reason = plan.reason;
    }
    // The ledger may know the id already: another content is another plan.
    m_plan.id = QUuid::createUuid();
    for (const Change &change : plan.changes) {
        const auto same = std::find_if(m_plan.changes.begin(), m_plan.changes.end(),
                                       [&change](const Change &known) { return known.target == change.target; });
        if (same == m_plan.changes.end()) {
            m_plan.changes.push_back(change);
            ++added.fresh;
        } else {
            *same = change;
            ++added.replaced;
        }
    }
    save();
    return added;
}

void PlanBasket::remove(const QList<Address> &targets)
{
    std::ignore = load();
    const auto gone = std::erase_if(m_plan.changes, [&targets](const Change &change) { return targets.contains(change.target); });
    if (gone == 0)
        return;
    m_plan.id = QUuid::createUuid();
    if (m_plan.changes.empty())
        m_plan = Plan{};
    save();
}

Result<Done> PlanBasket::replace(const Plan &plan)
{
    if (const auto bytes = plan.toFile(); !bytes)
        return fail(bytes.error());
    std::ignore = load();
    m_plan = plan;
    save();
    return Done{};
}

void PlanBasket::clear()
{
    std::ignore = load();
    if (m_plan.changes.empty())
        return;
    m_plan = Plan{};
    save();
}

void PlanBasket::save()
{
    m_unsaved = true;
    Q_EMIT changed();
    flush()->then(this, [this](const Result<Done> &result) {
        if (!result)
            Q_EMIT saveFailed(result.error());
    });
}

Reply<Done> *PlanBasket::flush()
{
    const auto bytes = m_plan.toFile();
    if (!bytes)
        return Reply<Done>::settled(fail(bytes.error()));
    Reply<Done> *reply = m_file.edit(writing(*bytes));
    reply->then(this, [this, content = *bytes](const Result<Done> &result) {
        const auto now = m_plan.toFile();
        if (result && now && *now == content)
            m_unsaved = false;
    });
    return reply;
}

SharedFile::Change PlanBasket::writing(const QByteArray &content)
{
    const bool aside = std::exchange(m_unusable, false);
    return [content, aside, path = m_file.path()](const QByteArray &) -> Result<QByteArray> {
        if (aside && QFile::exists(path) && !QFile::rename(path, asideName(path)))
            return fail(Error::Kind::Internal, path + u": cannot be put aside, and is not overwritten"_s);
        return content;
    };
}

} // namespace core::guard
