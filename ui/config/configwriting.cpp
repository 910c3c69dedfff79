// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configwriting.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/config/deletionflow.h"
#include "core/nacos/config/namespaceclient.h"
#include "core/nacos/registry.h"
#include "core/store/overrides.h"
#include "ui/common/coretext.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QUuid>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigDetail;
using core::nacos::ConfigKey;

namespace {

QString say(const char *text, int n = -1)
{
    return QCoreApplication::translate("ui::config::Writing", text, nullptr, n);
}

void showDeletion(workbench::Workbench &workbench, core::nacos::Deletion deletion)
{
    core::guard::Plan plan = std::move(deletion.plan);
    const int count = int(plan.changes.size());
    if (count == 0) {
        return workbench.notify({.state = StateColor::Info,
                                 .text = say(QT_TRANSLATE_NOOP("ui::config::Writing", "There is nothing left to delete.")),
                                 .closeAfter = std::chrono::seconds(5)});
    }
    workbench::PlanRequest request;
    request.weight = workbench::PlanRequest::Weight::Destructive;
    if (count == 1) {
        request.title = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Delete %1")).arg(plan.changes.front().target.path().last());
        request.applyText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Delete this config"));
        request.doneText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "%1 is deleted.")).arg(plan.changes.front().target.path().last());
    } else {
        request.title = say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "Delete %n config(s)"), count);
        request.applyText = request.title;
        request.doneText = say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "%n config(s) are deleted."), count);
    }
    plan.title = request.title;
    request.plan = std::move(plan);
    request.facts = loserTexts(deletion.listeners);
    request.facts << say(QT_TRANSLATE_NOOP("ui::config::Writing", "What is deleted stays in the ledger and can be taken back."));
    request.aside = {say(QT_TRANSLATE_NOOP("ui::config::Writing", "Listeners")), listenerTexts(deletion.listeners)};
    workbench.reviewPlan(std::move(request));
}

QString notPutBack()
{
    return say(QT_TRANSLATE_NOOP("ui::config::Writing", "The override could not be put back"));
}

bool registryIsOpen(workbench::Workbench &workbench, const QString &profile)
{
    return workbench.services().registries.find(profile) != nullptr;
}

core::Error notOpen(const QString &profile)
{
    return {core::Error::Kind::Network, u"the connection %1 is not open"_s.arg(profile), 0, true};
}

} // namespace

QString versionText(const core::nacos::ConfigRevision &revision)
{
    const QString when = revision.at.isValid() ? exactTime(revision.at) : QString();
    QString text = revision.current ? (when.isEmpty() ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "live version"))
                                                      : say(QT_TRANSLATE_NOOP("ui::config::Writing", "live version of %1")).arg(when))
                                    : (when.isEmpty() ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "earlier version"))
                                                      : say(QT_TRANSLATE_NOOP("ui::config::Writing", "version of %1")).arg(when));
    if (!revision.by.isEmpty())
        text += u" · "_s + revision.by;
    if (!revision.md5.isEmpty())
        text += u" · md5 "_s + QString::fromLatin1(revision.md5.left(8));
    return text;
}

core::Result<workbench::PlanRequest> publishPlan(const PublishRequest &request)
{
    auto change =
        core::nacos::configChange({request.profile, request.key, request.before, request.content, request.attributes, request.loss});
    if (!change)
        return core::fail(change.error());
    workbench::PlanRequest plan;
    const bool creates = !request.before;
    plan.title =
        (creates ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "Create %1")) : say(QT_TRANSLATE_NOOP("ui::config::Writing", "Publish %1")))
            .arg(request.key.dataId);
    plan.applyText = creates ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "Create and publish"))
                             : say(QT_TRANSLATE_NOOP("ui::config::Writing", "Publish"));
    plan.doneText = (creates ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "%1 is created and published."))
                             : say(QT_TRANSLATE_NOOP("ui::config::Writing", "%1 is published.")))
                        .arg(request.key.dataId);
    if (request.listeners && *request.listeners > 0)
        plan.facts << say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "%n listener(s) will receive it."), int(*request.listeners));
    else if (request.listeners)
        plan.facts << say(QT_TRANSLATE_NOOP("ui::config::Writing", "No application is listening."));
    plan.plan.title = plan.title;
    plan.plan.changes.push_back(std::move(*change));
    return plan;
}

core::Result<workbench::PlanRequest> restorePlan(const QString &profile, const ConfigKey &key, const std::optional<ConfigDetail> &live,
                                                 const core::nacos::ConfigRevisionDetail &state, const QString &loss,
                                                 std::optional<qsizetype> listeners)
{
    auto change = core::nacos::restoreChange(profile, key, live, state, loss);
    if (!change)
        return core::fail(change.error());
    workbench::PlanRequest plan;
    plan.title = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Restore %1")).arg(key.dataId);
    const QString which = state.revision.at.isValid() ? exactTime(state.revision.at) : QString::fromLatin1(state.revision.md5.left(8));
    plan.doneText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "%1 is restored as of %2.")).arg(key.dataId, which);
    //: for Activity; %2 is a time
    plan.plan.title = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Restore %1 as of %2")).arg(key.dataId, which);
    plan.facts << say(QT_TRANSLATE_NOOP("ui::config::Writing", "Restores the %1.")).arg(versionText(state.revision));
    if (listeners && *listeners > 0)
        plan.facts << say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "%n listener(s) will receive it."), int(*listeners));
    switch (change->verb) {
    case core::guard::Verb::Delete:
        plan.facts << say(
            QT_TRANSLATE_NOOP("ui::config::Writing", "In this version the config did not exist: restoring it deletes the config."));
        plan.applyText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Delete this config"));
        plan.doneText = say(QT_TRANSLATE_NOOP("ui::config::Writing", "%1 is deleted.")).arg(key.dataId);
        plan.plan.title = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Delete %1")).arg(key.dataId);
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
    plan.plan.changes.push_back(std::move(*change));
    return plan;
}

QStringList loserTexts(const QList<std::optional<int>> &listeners)
{
    qint64 all = 0;
    int unknown = 0;
    for (const std::optional<int> &of : listeners) {
        all += of.value_or(0);
        unknown += of ? 0 : 1;
    }
    if (listeners.isEmpty())
        return {};
    if (unknown == listeners.size())
        return {say(QT_TRANSLATE_NOOP("ui::config::Writing", "How many applications listen is not known: the server does not say."))};
    QStringList texts;
    if (all > 0)
        texts << say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "%n listener(s) lose what they listen to."), int(all));
    else
        texts << say(QT_TRANSLATE_NOOP("ui::config::Writing", "No application is listening."));
    if (unknown > 0)
        texts << say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "Of %n config(s) the server does not say who listens."), unknown);
    return texts;
}

QStringList listenerTexts(const QList<std::optional<int>> &listeners)
{
    QStringList texts;
    for (const std::optional<int> &of : listeners)
        texts << (of ? countText(*of) : say(QT_TRANSLATE_NOOP("ui::config::Writing", "not known")));
    return texts;
}

void showRefused(MessageBar *bar, const core::Error &error, const QString &what)
{
    //: %1 is what failed ("Cannot publish"), %2 why, without a full stop
    const QString text = say(QT_TRANSLATE_NOOP("ui::config::Writing", "%1: %2.")).arg(what, coreText(error.message));
    bar->show({.state = StateColor::Error, .text = text, .id = u"refused"_s});
}

void showMissingNamespace(workbench::Workbench &workbench, const workbench::Subject &subject, MessageBar *bar)
{
    const QString id = u"namespace"_s;
    if (subject.namespaceId.isEmpty() || !core::nacos::isMissing(workbench.namespaces(subject.profile), subject.namespaceId))
        return bar->close(id);
    const auto go = [&workbench, subject] { workbench.openPage({.kind = u"namespaces"_s, .subject = subject}); };
    bar->show({.state = StateColor::Warning,
               .text = say(QT_TRANSLATE_NOOP("ui::config::Writing",
                                             "The server lists no namespace %1: it was deleted, or this account may not see it. What is "
                                             "published into a deleted one stands in no list."))
                           .arg(subject.namespaceId),
               .actions = {{say(QT_TRANSLATE_NOOP("ui::config::Writing", "Namespaces")), {&workbench, go}, MessageAction::Then::Stay}},
               .id = id});
}

void warnOfMissingNamespace(workbench::PlanRequest &request, workbench::Workbench &workbench, const workbench::Subject &subject)
{
    if (subject.namespaceId.isEmpty() || subject.namespaceId == "public"_L1)
        return;
    auto *both = new QWidget;
    auto *layout = new QVBoxLayout(both);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Between);
    auto *warning = new QLabel(both);
    warning->setObjectName(u"namespaceWarning"_s);
    warning->setWordWrap(true);
    warning->setTextFormat(Qt::PlainText);
    Theme::setStateColor(warning, StateColor::Warning);
    layout->addWidget(warning);
    if (request.extra)
        layout->addWidget(request.extra);
    const auto tell = [both, warning, &workbench, subject, isAlone = !request.extra] {
        const bool missing = core::nacos::isMissing(workbench.namespaces(subject.profile), subject.namespaceId);
        warning->setText(say(QT_TRANSLATE_NOOP("ui::config::Writing",
                                               "The server lists no namespace %1. If it was deleted, no list will show this config: create "
                                               "the namespace first."))
                             .arg(subject.namespaceId));
        warning->setVisible(missing);
        both->setVisible(missing || !isAlone);
    };
    tell();
    QObject::connect(&workbench, &workbench::Workbench::namespacesChanged, warning, tell);
    request.extra = both;
    workbench.refreshNamespaces(subject.profile);
}

void deleteConfigs(workbench::Workbench &workbench, QObject *context, const QString &profile, const QList<ConfigKey> &keys)
{
    if (keys.isEmpty())
        return;
    const QString sorry = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Cannot read what is to be deleted"));
    core::nacos::Registry *registry = workbench.registry(profile);
    if (!registry)
        return workbench.notifyError(notOpen(profile), sorry);
    // One deletion's notice is never another's.
    const QString id = u"deletion "_s + QUuid::createUuid().toString(QUuid::Id128);
    auto *reply = core::nacos::planDeletion(*registry, keys, context, core::nacos::Listeners::Count);
    auto started = std::make_shared<QElapsedTimer>();
    auto shown = std::make_shared<QString>();
    started->start();
    QObject::connect(reply, &core::Operation::progress, &workbench, [=, &workbench](qint64 read, qint64 all) {
        // What takes longer than a blink is seen, and can be given up.
        if (shown->isEmpty() && started->elapsed() < 300)
            return;
        *shown = say(QT_TRANSLATE_NOOP("ui::config::Writing", "Reading what is to be deleted: %1 of %2"))
                     .arg(QLocale().toString(read), QLocale().toString(all));
        workbench.notify({.text = *shown,
                          .actions = {{say(QT_TRANSLATE_NOOP("ui::config::Writing", "Cancel")), {reply, [reply] { reply->cancel(); }}}},
                          .id = id});
    });
    // However it ends: read, failed, given up, left behind by a page that was closed.
    QObject::connect(reply, &QObject::destroyed, &workbench, [=, &workbench] {
        if (!shown->isEmpty())
            workbench.notify({.text = *shown, .closeAfter = std::chrono::milliseconds(500), .id = id});
    });
    reply->then(context, [=, &workbench](const core::Result<core::nacos::Deletion> &deletion) {
        if (deletion)
            return showDeletion(workbench, *deletion);
        if (deletion.error().kind != core::Error::Kind::Cancelled || !registryIsOpen(workbench, profile))
            workbench.notifyError(deletion.error(), sorry);
    });
}

namespace {

/// Overrides taken off together, and the notice that offers to put them back.
struct TakenOff {
    QList<core::store::Override> overrides;
    QPointer<MessageBar> bar;
    QMetaObject::Connection obsolete;
};

void sayTakenOff(workbench::Workbench &workbench, const std::shared_ptr<TakenOff> &taken)
{
    const QString id = u"overrideOff"_s;
    const int count = int(taken->overrides.size());
    Message message;
    message.id = id;
    message.state = StateColor::Ok;
    message.text = count == 1
        ? say(QT_TRANSLATE_NOOP("ui::config::Writing", "The local override of %1 is taken off; this computer reads the server's content."))
              .arg(taken->overrides.first().address.path().last())
        : say(QT_TRANSLATE_N_NOOP("ui::config::Writing", "%n local override(s) are taken off; this computer reads the server's content."),
              count);
    message.actions = {{say(QT_TRANSLATE_NOOP("ui::config::Writing", "Undo")),
                        {&workbench, [taken, &workbench] {
                             for (const core::store::Override &override : std::as_const(taken->overrides))
                                 workbench.services().overrides.set(override)->then(
                                     &workbench, [&workbench](const core::Result<core::Done> &back) {
                                         if (!back)
                                             workbench.notifyError(back.error(), notPutBack());
                                     });
                         }}}};
    message.closeAfter = std::chrono::seconds(15);
    taken->bar->show(message);
    if (taken->obsolete)
        return;
    // Not true any more as soon as there is one again, whoever made it.
    const auto &overrides = workbench.services().overrides;
    taken->obsolete = QObject::connect(&overrides, &core::store::Overrides::changed, taken->bar, [taken, &overrides, id] {
        const auto there = overrides.addresses();
        const bool again = std::any_of(taken->overrides.cbegin(), taken->overrides.cend(),
                                       [&there](const core::store::Override &value) { return there.contains(value.address); });
        if (!again)
            return;
        QObject::disconnect(taken->obsolete);
        taken->bar->close(id);
    });
}

} // namespace

void takeOverridesOff(workbench::Workbench &workbench, workbench::Page *page, MessageBar *bar, const QList<core::Address> &addresses)
{
    auto &overrides = workbench.services().overrides;
    auto taken = std::make_shared<TakenOff>();
    taken->bar = bar;
    for (const core::Address &address : addresses) {
        overrides.find(address)->then(page, [=, &workbench, &overrides](const core::Result<std::optional<core::store::Override>> &found) {
            if (!found)
                return bar->showError(found.error(), say(QT_TRANSLATE_NOOP("ui::config::Writing", "Cannot read the override")));
            if (!*found)
                return;
            overrides.remove(address)->then(page, [=, &workbench, value = **found](const core::Result<core::Done> &done) {
                if (!done)
                    return bar->showError(done.error(),
                                          say(QT_TRANSLATE_NOOP("ui::config::Writing", "The override could not be taken off")));
                taken->overrides.append(value);
                sayTakenOff(workbench, taken);
            });
        });
    }
}

void overrideConfig(workbench::Workbench &workbench, QObject *context, const QString &profile, const ConfigKey &key)
{
    core::nacos::Registry *registry = workbench.registry(profile);
    const auto address = key.address(profile);
    if (!address)
        return;
    if (!registry)
        return workbench.notifyError(notOpen(profile), say(QT_TRANSLATE_NOOP("ui::config::Writing", "Cannot override %1")).arg(key.dataId));
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
