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
    if (!m_unsaved || !putAside())
        return;
    if (const auto bytes = m_plan.toFile())
        std::ignore = m_file.editNow([bytes](const QByteArray &) { return bytes; }, std::chrono::seconds(1));
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
    Plan all = m_plan;
    if (all.changes.empty()) {
        all = Plan{};
        all.title = plan.title;
        all.reason = plan.reason;
        all.notes = plan.notes;
    } else {
        all.title.clear();
        if (all.reason.isEmpty())
            all.reason = plan.reason;
    }
    // The ledger may know the id already: another content is another plan.
    all.id = QUuid::createUuid();
    for (const Change &change : plan.changes) {
        const auto same =
            std::find_if(all.changes.begin(), all.changes.end(), [&change](const Change &known) { return known.target == change.target; });
        if (same == all.changes.end()) {
            all.changes.push_back(change);
            ++added.fresh;
        } else {
            *same = change;
            ++added.replaced;
        }
    }
    if (const auto taken = take(std::move(all)); !taken)
        return fail(taken.error());
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
    saveWhatIsLeft();
}

Result<Done> PlanBasket::replace(const Plan &plan)
{
    std::ignore = load();
    return take(plan);
}

void PlanBasket::clear()
{
    std::ignore = load();
    if (m_plan.changes.empty())
        return;
    m_plan = Plan{};
    saveWhatIsLeft();
}

/// Refused before anything is changed: more than that would be written, and not be read at the next start.
Result<Done> PlanBasket::take(Plan plan)
{
    const auto file = plan.toFile();
    if (!file)
        return fail(file.error());
    if (file->size() > m_largest)
        return fail(Error::Kind::Usage,
                    u"the plan would have %1 bytes, and no more than %2 can be kept: apply or remove some of it first"_s.arg(file->size())
                        .arg(m_largest));
    m_plan = std::move(plan);
    save(*file);
    return Done{};
}

void PlanBasket::saveWhatIsLeft()
{
    if (const auto file = m_plan.toFile())
        save(*file);
    else
        Q_EMIT saveFailed(file.error());
}

void PlanBasket::save(const QByteArray &file)
{
    m_unsaved = true;
    ++m_version;
    // Before anybody is told: who then collects more is written later than this.
    write(file)->then(this, [this](const Result<Done> &result) {
        if (!result)
            Q_EMIT saveFailed(result.error());
    });
    Q_EMIT changed();
}

Reply<Done> *PlanBasket::flush()
{
    const auto file = m_plan.toFile();
    return file ? write(*file) : Reply<Done>::settled(fail(file.error()));
}

Reply<Done> *PlanBasket::write(const QByteArray &file)
{
    if (const auto room = putAside(); !room)
        return Reply<Done>::settled(fail(room.error()));
    Reply<Done> *reply = m_file.edit([file](const QByteArray &) { return file; });
    reply->then(this, [this, version = m_version](const Result<Done> &result) {
        if (result && version == m_version)
            m_unsaved = false;
    });
    return reply;
}

/// What cannot be used may not even be readable, and every edit reads first: it goes before that.
Result<Done> PlanBasket::putAside()
{
    const QString path = m_file.path();
    if (m_unusable && QFile::exists(path) && !QFile::rename(path, asideName(path)))
        return fail(Error::Kind::Internal, path + u": cannot be put aside, and is not overwritten"_s);
    m_unusable = false;
    return Done{};
}

} // namespace core::guard
