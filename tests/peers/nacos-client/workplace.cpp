// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/peers/nacos-client/workplace.h"

#include "core/nacos/config/configplans.h"
#include "tests/support/await.h"

#include <QUrl>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

namespace tests {

namespace {

class OpenPolicy final : public guard::PolicySource {
public:
    std::optional<guard::Policy> policyOf(const QString &) const override { return guard::Policy{}; }
};

quint16 grpcPort(const QString &server)
{
    return quint16(QUrl(server).port(8848) + 1000);
}

} // namespace

Workplace::Workplace(const Target &where)
    : target(where)
    , relay(QUrl(where.server).host(), grpcPort(where.server))
{
    home = std::move(*store::Home::open(folder.path()));
    ledger = std::make_unique<store::Ledger>(*home, u"tests"_s);
    mirror = std::make_unique<store::Mirror>(*home);
    overrides = std::make_unique<store::Overrides>(*home);
    unlocks = std::make_unique<guard::Unlocks>(*home, u"tests"_s);
    policies = std::make_unique<OpenPolicy>();
    registries = std::make_unique<Registries>(Registry::Collaborators{{runtime, secrets}, {mirror.get(), overrides.get()}});
    guard = std::make_unique<guard::Guard>(guard::Guard::Collaborators{*ledger, *policies, *unlocks});
    registries->registerExecutors(*guard);
}

Workplace::~Workplace()
{
    guard.reset();
    registries.reset();
}

profiles::Profile Workplace::profile(const QString &slug) const
{
    profiles::Profile profile;
    profile.slug = slug;
    profile.name = slug;
    profile.servers = {target.server};
    profile.consoleUrl = target.console;
    profile.grpcPort = relay.port();
    profile.proxy.kind = profiles::Proxy::Kind::None;
    if (!target.user.isEmpty()) {
        profile.auth.kind = profiles::Auth::Kind::Password;
        profile.auth.user = target.user;
    }
    return profile;
}

void Workplace::keepPassword(const QString &slug, const QString &password)
{
    secrets.secrets[profiles::secretKey(slug, profiles::Secret::Password)] = password;
}

Registry *Workplace::open(const profiles::Profile &profile, Session::Use use)
{
    const QString key = profiles::secretKey(profile.slug, profiles::Secret::Password);
    if (!secrets.secrets.contains(key))
        secrets.secrets[key] = target.password;
    Registry *registry = registries->open(profile, use);
    if (registry->session().state() == SessionState::Live)
        return registry;
    const auto opened = await(registry->session().open(), std::chrono::seconds(30));
    if (opened && *opened)
        return registry;
    qWarning("%s", qPrintable(errorOf(opened)));
    return nullptr;
}

std::vector<guard::ChangeOutcome> Workplace::submit(const std::vector<guard::Change> &changes)
{
    guard::Plan plan;
    plan.changes = changes;
    const guard::Review review = guard->review(plan);
    const auto done = await(guard->submit(plan, {plan.hash(), review.typedText, u"test"_s}), std::chrono::seconds(120));
    if (!done.end || !*done.end)
        qWarning("%s", qPrintable(errorOf(done.end)));
    return {done.items.begin(), done.items.end()};
}

guard::ChangeOutcome Workplace::submit(const Result<guard::Change> &change)
{
    if (!change) {
        qWarning("%s", qPrintable(change.error().message));
        return {};
    }
    const auto outcomes = submit(std::vector{*change});
    return outcomes.empty() ? guard::ChangeOutcome() : outcomes.front();
}

std::optional<ConfigDetail> Workplace::live(const ConfigKey &key)
{
    const auto detail = await(registries->find(u"peer"_s)->configs().getLive(key));
    if (!detail || !*detail) {
        qWarning("%s", qPrintable(errorOf(detail)));
        return std::nullopt;
    }
    return **detail;
}

guard::ChangeOutcome Workplace::publish(const ConfigKey &key, const QByteArray &content, const ConfigAttributes &attributes)
{
    const auto outcome = submit(configChange({u"peer"_s, key, live(key), content, attributes}));
    if (outcome.outcome != guard::Outcome::Applied || !outcome.verified)
        qWarning("publish: %s verified %d: %s", qPrintable(guard::toString(outcome.outcome)), outcome.verified,
                 qPrintable(outcome.error ? outcome.error->message : QString()));
    return outcome;
}

guard::ChangeOutcome Workplace::remove(const ConfigKey &key)
{
    const auto before = live(key);
    return submit(configChange({u"peer"_s, key, before, std::nullopt, before ? before->attributes : ConfigAttributes()}));
}

} // namespace tests
