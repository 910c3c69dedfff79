// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/config/configoffline.h"

#include "core/nacos/config/historystates.h"
#include "core/store/mirror.h"
#include "core/store/overrides.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

store::MirrorScope scopeOf(const Place &place)
{
    return store::MirrorScope{place.registry.mirrorScope()};
}

Error notRemembered(const Error &cause)
{
    Error error = cause;
    error.message += u"; nothing of it is remembered here"_s;
    return error;
}

/// Empty, and the call has ended, when the key is none.
QString localOf(Invocation &call, const Place &place, const nacos::ConfigKey &key)
{
    const auto valid = nacos::checkKey(key);
    const auto address = key.address(place.profile);
    if (!valid || !address)
        call.finish(valid ? address.error() : valid.error());
    return valid && address ? address->local() : QString();
}

void contentRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const store::MirrorItem &item, const Error &cause,
                       const std::function<void(const nacos::ConfigDetail &, const QDateTime &)> &deliver)
{
    auto *reply = call.context().mirror().content(scopeOf(place), item.local);
    call.running(reply);
    reply->then(&call, [&call, key, item, cause, deliver](const Result<std::optional<store::MirrorState>> &answer) {
        if (!answer || !*answer)
            return call.finish(notRemembered(cause));
        const store::MirrorState &state = **answer;
        warnRemembered(call, state.seenAt, cause);
        if (item.stale)
            call.output().warn(u"it was changed since then; the newer content was not read"_s);
        deliver(nacos::rememberedDetail(key, state), state.seenAt);
    });
}

/// Bytes alone do not say how old they are: no content, but where it can be read.
void hintRemembered(Invocation &call, const Place &place, const store::MirrorItem &item, const Error &cause)
{
    auto *reply = call.context().mirror().content(scopeOf(place), item.local);
    call.running(reply);
    reply->then(&call, [&call, item, cause](const Result<std::optional<store::MirrorState>> &answer) {
        Error error = cause;
        if (item.deleted) {
            error.message += u"; when it was seen last, %1, it did not exist"_s.arg(ago(item.seenAt));
            return call.finish(error);
        }
        if (!answer || !*answer)
            return call.finish(notRemembered(cause));
        error.message +=
            u"; what was seen %1 (%2) can be read with config get --json"_s.arg(ago((**answer).seenAt), localTime((**answer).seenAt));
        call.finish(error);
    });
}

} // namespace

void withRegistryOrMirror(Invocation &call, Memory memory, const Reading &reading)
{
    Context &context = call.context();
    const auto profile = context.profile();
    if (!profile)
        return call.finish(profile.error());
    if (memory == Memory::Opened || store::Home::mayBeUnsettled(context.homePath())) {
        if (const auto home = context.home(); !home)
            return call.finish(home.error());
    }
    auto *opening = context.registry(*profile, nacos::Session::Use::OneShot);
    call.running(opening);
    opening->then(
        &call, [&call, reading, slug = profile->slug, space = context.namespaceId(*profile)](const Result<nacos::Registry *> &opened) {
            nacos::Registry *registry = call.context().registries().find(slug);
            if (!registry)
                return call.finish(opened ? Error{Error::Kind::Internal, u"the connection is gone"_s, 0, false} : opened.error());
            const Place place{*registry, slug, nacos::ConfigKey::canonicalNamespace(space)};
            const auto away = [&call, reading, place](const Error &error) {
                isAwayForNow(error) ? reading.remembered(place, error) : call.finish(error);
            };
            if (!opened)
                return away(opened.error());
            auto *settling = call.context().settle(registry->profile(), call.output());
            call.running(settling);
            settling->then(&call,
                           [reading, away, place](const Result<Done> &settled) { settled ? reading.live(place) : away(settled.error()); });
        });
}

void warnRemembered(Invocation &call, const QDateTime &seenAt, const Error &cause)
{
    const QString when = seenAt.isValid() ? u"%1 (%2)"_s.arg(ago(seenAt), localTime(seenAt)) : u"before"_s;
    call.output().warn(u"the server is out of reach (%1); this is what was seen %2"_s.arg(cause.message, when));
}

void getRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause, Wanted wanted,
                   const std::function<void(const nacos::ConfigDetail &, const QDateTime &)> &deliver)
{
    if (const auto home = call.context().home(); !home)
        return call.finish(cause);
    const QString local = localOf(call, place, key);
    const auto address = key.address(place.profile);
    if (local.isEmpty())
        return;
    auto *overriding = call.context().overrides().find(*address);
    call.running(overriding);
    overriding->then(&call, [&call, place, key, local, cause, wanted, deliver](const Result<std::optional<store::Override>> &found) {
        if (!found)
            return call.finish(found.error()); // there may be one: then the server's content is not what was asked for
        if (*found) {
            nacos::ConfigDetail detail;
            detail.key = key;
            detail.content = (*found)->content;
            detail.md5 = nacos::md5Of(detail.content);
            detail.attributes.type = (*found)->type;
            detail.changedAt = (*found)->setAt;
            detail.localOverride = true;
            return deliver(detail, {});
        }
        auto *item = call.context().mirror().item(scopeOf(place), local);
        call.running(item);
        item->then(&call, [&call, place, key, cause, wanted, deliver](const Result<std::optional<store::MirrorItem>> &known) {
            if (!known || !*known)
                return call.finish(notRemembered(cause));
            if (wanted == Wanted::Bytes)
                return hintRemembered(call, place, **known, cause);
            if (!(*known)->deleted)
                return contentRemembered(call, place, key, **known, cause, deliver);
            call.finish(Error{Error::Kind::NotFound,
                              u"the server is out of reach, and when it was seen last, %1, there was no configuration %2 in group %3 of "
                              "namespace %4"_s.arg(ago((*known)->seenAt), key.dataId, key.group, key.namespaceId),
                              0, false});
        });
    });
}

void historyRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause,
                       const std::function<void(const QList<nacos::ConfigRevision> &, const QDateTime &)> &print)
{
    const QString local = localOf(call, place, key);
    if (local.isEmpty())
        return;
    auto seen = std::make_shared<QList<store::MirrorRevision>>();
    auto *stream = call.context().mirror().revisions(scopeOf(place), local);
    call.running(stream);
    stream->each(&call, [seen](const QList<store::MirrorRevision> &batch) { *seen += batch; });
    stream->then(&call, [&call, seen, cause, print](const Result<Done> &end) {
        if (!end || seen->isEmpty())
            return call.finish(notRemembered(cause));
        QDateTime newest;
        for (const store::MirrorRevision &revision : std::as_const(*seen))
            newest = newest.isValid() ? std::max(newest, revision.seenAt) : revision.seenAt;
        warnRemembered(call, newest, cause);
        print(nacos::withMirror({}, *seen), newest);
    });
}

void revisionRemembered(Invocation &call, const Place &place, const nacos::ConfigKey &key, const Error &cause,
                        const std::function<void(const nacos::ConfigRevisionDetail &)> &print)
{
    const auto id = nacos::RevisionId::parse(call.option(u"revision"_s));
    if (!id)
        return call.finish(id.error());
    if (id->kind == nacos::RevisionId::Kind::Row)
        return call.finish(notRemembered(cause)); // the server's row, which nobody else has
    historyRemembered(call, place, key, cause,
                      [&call, place, key, cause, print, id = *id](const QList<nacos::ConfigRevision> &states, const QDateTime &) {
                          QString name = id.toString();
                          if (id.kind == nacos::RevisionId::Kind::Live) {
                              const auto state = std::find_if(states.cbegin(), states.cend(), [&](const nacos::ConfigRevision &one) {
                                  return !id.value.isEmpty() && one.md5 == id.value.toLatin1();
                              });
                              if (state == states.cend())
                                  return call.finish(notRemembered(cause));
                              name = state->id;
                          }
                          auto *reply = place.registry.configs().revision(key, name);
                          call.running(reply);
                          reply->then(&call, [&call, print](const Result<nacos::ConfigRevisionDetail> &answer) {
                              answer ? print(*answer) : call.finish(answer.error());
                          });
                      });
}

} // namespace core::commands
