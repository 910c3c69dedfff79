// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configwriting.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"
#include "core/store/overrides.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigDetail;
using core::nacos::ConfigKey;

namespace {

QString say(const char *text, int n = -1)
{
    return QCoreApplication::translate("ui::config::Writing", text, nullptr, n);
}

/// Reads what is about to be deleted; owns itself, goes with its context.
class Deletion final : public QObject {
public:
    Deletion(workbench::Workbench &workbench, QObject *context, QString profile, QList<ConfigKey> keys)
        : QObject(context)
        , m_workbench(workbench)
        , m_profile(std::move(profile))
        , m_keys(std::move(keys))
    {
        for (int i = 0; i < 8; ++i)
            next();
    }

private:
    void next()
    {
        core::nacos::Registry *registry = m_workbench.registry(m_profile);
        if (m_failed || m_next == m_keys.size() || !registry)
            return;
        const ConfigKey key = m_keys.at(m_next++);
        registry->configs().getLive(key)->then(this, [this, key](const core::Result<std::optional<ConfigDetail>> &live) {
            if (m_failed)
                return;
            if (!live)
                return giveUp(live.error());
            ++m_read;
            if (*live) {
                auto change = core::nacos::configChange({m_profile, key, *live, std::nullopt, (*live)->attributes});
                if (!change)
                    return giveUp(change.error());
                m_plan.changes.push_back(std::move(*change));
            }
            m_read == m_keys.size() ? show() : next();
        });
    }
    void giveUp(const core::Error &error)
    {
        m_failed = true;
        m_workbench.notifyError(error, say(QT_TRANSLATE_NOOP("ui::config::Writing", "Cannot read what is to be deleted")));
        deleteLater();
    }
    void show()
    {
        const int count = int(m_plan.changes.size());
        workbench::PlanRequest request;
        request.weight = workbench::PlanRequest::Weight::Destructive;
        if (count == 1) {
            request.title = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Delete %1")).arg(m_plan.changes.front().target.path().last());
            request.applyText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Delete this config"));
        } else {
            request.title = say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "Delete %n config(s)"), count);
            request.applyText = request.title;
        }
        m_plan.title = request.title;
        request.plan = std::move(m_plan);
        request.facts << say(QT_TRANSLATE_NOOP("ui::config::Writing", "What is deleted stays in the ledger and can be taken back."));
        if (count == 0)
            m_workbench.notify({StateColor::Info,
                                say(QT_TRANSLATE_NOOP("ui::config::Writing", "There is nothing left to delete.")),
                                {},
                                {},
                                std::chrono::seconds(5),
                                {}});
        else
            m_workbench.reviewPlan(std::move(request));
        deleteLater();
    }

    workbench::Workbench &m_workbench;
    QString m_profile;
    QList<ConfigKey> m_keys;
    core::guard::Plan m_plan;
    qsizetype m_next = 0, m_read = 0;
    bool m_failed = false;
};

} // namespace

core::Result<workbench::PlanRequest> publishPlan(const PublishRequest &request)
{
    auto change = core::nacos::configChange({request.profile, request.key, request.before, request.content, request.attributes});
    if (!change)
        return core::fail(change.error());
    workbench::PlanRequest plan;
    const bool creates = !request.before;
    plan.title =
        (creates ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "Create %1")) : say(QT_TRANSLATE_NOOP("ui::config::Writing", "Publish %1")))
            .arg(request.key.dataId);
    plan.applyText = creates ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "Create and publish"))
                             : say(QT_TRANSLATE_NOOP("ui::config::Writing", "Publish"));
    if (request.listeners && *request.listeners > 0)
        plan.facts << say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "%n listener(s) will receive it"), int(*request.listeners));
    else if (request.listeners)
        plan.facts << say(QT_TRANSLATE_NOOP("ui::config::Writing", "Nobody listens to it at the moment"));
    plan.plan.title = plan.title;
    plan.plan.changes.push_back(std::move(*change));
    return plan;
}

core::Result<workbench::PlanRequest> restorePlan(const QString &profile, const ConfigKey &key, const std::optional<ConfigDetail> &live,
                                                 const core::nacos::ConfigRevisionDetail &state)
{
    auto change = core::nacos::restoreChange(profile, key, live, state);
    if (!change)
        return core::fail(change.error());
    workbench::PlanRequest plan;
    plan.title = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Restore %1")).arg(key.dataId);
    switch (change->verb) {
    case core::guard::Verb::Delete:
        plan.facts << say(
            QT_TRANSLATE_NOOP("ui::config::Writing", "In this version the config did not exist: restoring it deletes the config."));
        plan.applyText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Delete this config"));
        plan.weight = workbench::PlanRequest::Weight::Destructive;
        break;
    case core::guard::Verb::Create:
        plan.facts << say(QT_TRANSLATE_NOOP("ui::config::Writing", "The config does not exist now: restoring creates it again."));
        plan.applyText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Create it again"));
        break;
    case core::guard::Verb::Update:
        plan.applyText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Restore this version"));
        break;
    }
    plan.plan.title = plan.title;
    plan.plan.changes.push_back(std::move(*change));
    return plan;
}

void deleteConfigs(workbench::Workbench &workbench, QObject *context, const QString &profile, const QList<ConfigKey> &keys)
{
    if (!keys.isEmpty())
        new Deletion(workbench, context, profile, keys);
}

void takeOverridesOff(workbench::Workbench &workbench, QObject *context, const QList<core::Address> &addresses)
{
    auto &overrides = workbench.services().overrides;
    auto taken = std::make_shared<QList<core::store::Override>>();
    for (const core::Address &address : addresses) {
        overrides.find(address)->then(
            context, [=, &workbench, &overrides](const core::Result<std::optional<core::store::Override>> &found) {
                if (!found)
                    return workbench.notifyError(found.error(), say(QT_TRANSLATE_NOOP("ui::config::Writing", "Cannot read the override")));
                if (!*found)
                    return;
                overrides.remove(address)->then(
                    context, [=, &workbench, &overrides, value = **found](const core::Result<core::Done> &done) {
                        if (!done)
                            return workbench.notifyError(
                                done.error(), say(QT_TRANSLATE_NOOP("ui::config::Writing", "The override could not be taken off")));
                        taken->append(value);
                        Message message;
                        message.id = u"overrideOff"_s;
                        message.state = StateColor::Ok;
                        message.text = taken->size() == 1
                            ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "%1: the server's content is read again."))
                                  .arg(address.path().last())
                            : say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "The server's content of %n config(s) is read again."),
                                  int(taken->size()));
                        message.actions = {{say(QT_TRANSLATE_NOOP("ui::config::Writing", "Undo")), [taken, &overrides] {
                                                for (const core::store::Override &override : std::as_const(*taken))
                                                    overrides.set(override);
                                            }}};
                        message.closeAfter = std::chrono::seconds(15);
                        workbench.notify(message);
                    });
            });
    }
}

void overrideConfig(workbench::Workbench &workbench, QObject *context, const QString &profile, const ConfigKey &key)
{
    core::nacos::Registry *registry = workbench.registry(profile);
    const auto address = key.address(profile);
    if (!registry || !address)
        return;
    registry->configs().get(key)->then(
        context, [=, &workbench, address = *address](const core::Result<std::optional<ConfigDetail>> &detail) {
            const QString sorry = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Cannot override %1")).arg(key.dataId);
            if (!detail)
                return workbench.notifyError(detail.error(), sorry);
            if (!*detail || (*detail)->localOverride)
                return workbench.openAddress(address);
            workbench.services()
                .overrides.set({address, (*detail)->content, (*detail)->attributes.type, {}})
                ->then(context, [=, &workbench](const core::Result<core::Done> &done) {
                    done ? workbench.openAddress(address) : workbench.notifyError(done.error(), sorry);
                });
        });
}

} // namespace ui::config
