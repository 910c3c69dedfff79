// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configplans.h"

#include "core/nacos/config/configdecode.h"
#include "core/nacos/config/configstate.h"
#include "core/nacos/config/untold.h"

#include <algorithm>
#include <QJsonArray>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

/// What servers take.
constexpr qsizetype MostTags = 5, LongestTag = 64;
constexpr qsizetype LongestDescription = 128, LongestShort = 32;

const QStringList &knownTypes()
{
    static const QStringList types{u"text"_s, u"json"_s, u"xml"_s, u"yaml"_s, u"html"_s, u"properties"_s, u"toml"_s};
    return types;
}

tl::unexpected<Error> usage(const QString &message)
{
    return fail(Error::Kind::Usage, message);
}

Result<Done> checkContent(const QByteArray &content)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(content);
    if (decoder.hasError())
        return usage(u"the content is not UTF-8, which is all the registry can hold"_s);
    if (text.trimmed().isEmpty())
        return usage(u"the content is blank, which the registry refuses; delete the configuration instead"_s);
    if (text.size() > LongestContent)
        return usage(u"the content has %1 characters; the registry takes %2"_s.arg(text.size()).arg(LongestContent));
    return Done{};
}

Result<Done> checkAttributes(const ConfigAttributes &attributes)
{
    const auto tooLong = [](const QString &what, const QString &value, qsizetype most) {
        return value.size() > most ? Result<Done>(usage(u"%1 is longer than %2 characters"_s.arg(what).arg(most))) : Result<Done>(Done{});
    };
    if (!attributes.type.isEmpty() && !knownTypes().contains(attributes.type))
        return usage(u"unknown type “%1”; known are %2"_s.arg(attributes.type, knownTypes().join(u' ')));
    if (attributes.tags.size() > MostTags)
        return usage(u"a configuration has at most %1 tags"_s.arg(MostTags));
    for (const QString &tag : attributes.tags) {
        if (tag.trimmed().isEmpty() || tag.contains(u','))
            return usage(u"a tag is blank or has a comma in it"_s);
        if (const auto length = tooLong(u"a tag"_s, tag, LongestTag); !length)
            return length;
    }
    for (const auto &check :
         {tooLong(u"the description"_s, attributes.description, LongestDescription), tooLong(u"the use"_s, attributes.use, LongestShort),
          tooLong(u"the effect"_s, attributes.effect, LongestShort), tooLong(u"the schema"_s, attributes.schema, LongestSchema)}) {
        if (!check)
            return check;
    }
    return Done{};
}

/// Where content and data key of an encrypted configuration come from.
enum class Origin {
    Edited, ///< a person or a program put them together
    State   ///< they were stored together before
};

/// Content of `cipher-` configurations is opaque to us: it goes together with the data key that opens it, or not at all.
Result<Done> checkEncryption(const ConfigChangeRequest &request, Origin origin)
{
    const bool cipher = isCipherName(request.key.dataId);
    const QString oldKey = request.before ? request.before->attributes.encryptedDataKey : QString();
    const QString &newKey = request.attributes.encryptedDataKey;
    if (!request.content || (!cipher && oldKey.isEmpty() && newKey.isEmpty()))
        return Done{};
    if (request.before && *request.content == request.before->content && newKey == oldKey)
        return Done{};
    if (newKey.isEmpty())
        return fail(Error::Kind::Policy,
                    u"this configuration is encrypted, and the new content comes without a data key: nothing could open it"_s);
    if (!cipher && oldKey.isEmpty())
        return fail(Error::Kind::Policy, u"a data key belongs to configurations whose data ID begins with cipher-"_s);
    if (origin == Origin::Edited && request.before && newKey == oldKey && *request.content != request.before->content)
        return fail(
            Error::Kind::Policy,
            u"this configuration is encrypted: other content beside its data key could not be opened. Its owner's client must publish it"_s);
    return Done{};
}

QString describe(const ConfigKey &key)
{
    return u"%1 (%2, %3)"_s.arg(key.dataId, key.group, key.namespaceId);
}

Result<guard::Change> build(const ConfigChangeRequest &request, Origin origin)
{
    ConfigChangeRequest r = request;
    r.key.namespaceId = ConfigKey::canonicalNamespace(r.key.namespaceId);
    if (const auto key = checkKey(r.key); !key)
        return fail(key.error());
    if (r.before && r.before->localOverride)
        return usage(u"what was read is the local override; read the live configuration first"_s);
    if (!r.before && !r.content)
        return usage(u"there is nothing to delete: %1 does not exist"_s.arg(describe(r.key)));
    if (r.content) {
        for (const auto &check : {checkContent(*r.content), checkAttributes(r.attributes), checkEncryption(r, origin)}) {
            if (!check)
                return fail(check.error());
        }
    }
    const Result<Address> target = r.key.address(r.profile);
    if (!target)
        return fail(target.error());
    guard::Change change;
    change.target = *target;
    if (r.before)
        change.before = valueOf(*r.before);
    if (r.content) {
        change.after = valueOf(*r.content, r.attributes);
        if (r.before && !r.before->complete)
            change.after->attributes.insert(u"partial"_s, true);
        if (r.before && lacksType(*r.before) && r.attributes.type.isEmpty())
            change.after->attributes.remove(u"type"_s); // it stays what it is
    }
    if (change.before && change.after && *change.before == *change.after)
        return usage(u"nothing to change: %1 is like that already"_s.arg(describe(r.key)));
    const QString size = r.content ? u", %1 bytes"_s.arg(r.content->size()) : QString();
    if (!r.before) {
        change.verb = guard::Verb::Create;
        change.summary = u"Create %1%2"_s.arg(describe(r.key), size);
    } else if (!r.content) {
        change.verb = guard::Verb::Delete;
        change.summary = u"Delete %1"_s.arg(describe(r.key));
    } else {
        change.verb = guard::Verb::Update;
        change.comparison = r.before->casKept ? guard::Comparison::Atomic : guard::Comparison::Checked;
        change.summary = u"Update %1%2"_s.arg(describe(r.key), size);
    }
    if (r.before && !r.before->complete) {
        change.undo = guard::Undo::Partial;
        change.undoNote = lacksType(*r.before) ? u"type, description and tags could not be read, so they cannot be brought back"_s
                                               : u"description and tags could not be read, so they cannot be brought back"_s;
        if (r.content && r.attributes.description.isEmpty())
            change.undoNote += u"; servers up to 3.1 drop the description with the publish itself"_s;
    } else if (change.verb == guard::Verb::Update && !r.loss.isEmpty()) {
        change.undo = guard::Undo::Partial;
        change.undoNote = r.loss;
    }
    return change;
}

} // namespace

qint64 contentLength(const QByteArray &content)
{
    return QString::fromUtf8(content).size();
}

bool isCipherName(const QString &dataId)
{
    return dataId.startsWith("cipher-"_L1);
}

guard::Value valueOf(const QByteArray &content, const ConfigAttributes &attributes)
{
    guard::Value value;
    value.content = content;
    const auto put = [&value](const QString &name, const QString &text) {
        if (!text.isEmpty())
            value.attributes.insert(name, text);
    };
    // The server makes an absent type `text`; the two are one state.
    put(u"type"_s, attributes.type.isEmpty() ? u"text"_s : attributes.type);
    put(u"app"_s, attributes.app);
    put(u"description"_s, attributes.description);
    put(u"use"_s, attributes.use);
    put(u"effect"_s, attributes.effect);
    put(u"schema"_s, attributes.schema);
    put(u"encryptedDataKey"_s, attributes.encryptedDataKey);
    if (!attributes.tags.isEmpty()) {
        QStringList tags = attributes.tags;
        tags.sort();
        value.attributes.insert(u"tags"_s, QJsonArray::fromStringList(tags));
    }
    return value;
}

guard::Value valueOf(const ConfigDetail &detail)
{
    guard::Value value = valueOf(detail.content, detail.attributes);
    if (!detail.complete)
        value.attributes.insert(u"partial"_s, true);
    if (lacksType(detail))
        value.attributes.remove(u"type"_s);
    return value;
}

ConfigAttributes attributesOf(const guard::Value &value)
{
    const QJsonObject &object = value.attributes;
    ConfigAttributes attributes;
    attributes.type = object.value("type"_L1).toString();
    attributes.app = object.value("app"_L1).toString();
    attributes.description = object.value("description"_L1).toString();
    attributes.use = object.value("use"_L1).toString();
    attributes.effect = object.value("effect"_L1).toString();
    attributes.schema = object.value("schema"_L1).toString();
    attributes.encryptedDataKey = object.value("encryptedDataKey"_L1).toString();
    for (const QJsonValue &tag : object.value("tags"_L1).toArray())
        attributes.tags.append(tag.toString());
    return attributes;
}

guard::Value valueOf(const NamespaceInfo &info)
{
    guard::Value value;
    value.attributes.insert(u"name"_s, info.name);
    if (!info.description.isEmpty())
        value.attributes.insert(u"description"_s, info.description);
    return value;
}

Result<guard::Change> configChange(const ConfigChangeRequest &request)
{
    return build(request, Origin::Edited);
}

Result<guard::Change> restoreChange(const QString &profile, const ConfigKey &key, const std::optional<ConfigDetail> &live,
                                    const ConfigRevisionDetail &state, const QString &loss)
{
    ConfigChangeRequest request{profile, key, live, state.content, state.attributes, loss};
    if (state.revision.gray)
        return usage(u"a gray version is not restored as the configuration itself"_s);
    if (live && state.content && !state.complete) {
        // What is not known of that time belongs to the configuration and stays.
        request.attributes = live->attributes;
        if (!state.attributes.type.isEmpty())
            request.attributes.type = state.attributes.type;
        request.attributes.encryptedDataKey = state.attributes.encryptedDataKey;
    } else if (live && state.revision.source == ConfigRevision::Source::Mirror && !hasUntold(state.attributes)) {
        request.attributes.use = live->attributes.use;
        request.attributes.effect = live->attributes.effect;
        request.attributes.schema = live->attributes.schema;
    }
    auto change = build(request, Origin::State);
    // What makes the config go is a deletion, whatever it was meant by.
    if (change && change->verb != guard::Verb::Delete) {
        const ConfigRevision &of = state.revision;
        change->summary = of.at.isValid() ? u"Restore %1 as of %2"_s.arg(describe(request.key), of.at.toUTC().toString(Qt::ISODate))
                                          : u"Restore %1 with MD5 %2"_s.arg(describe(request.key), QString::fromLatin1(of.md5.left(8)));
    }
    return change;
}

guard::Value valueOf(const BetaRelease &release)
{
    // Servers keep no type, tags or description with it: they are those of the configuration it stands beside.
    ConfigAttributes kept;
    kept.app = release.attributes.app;
    kept.encryptedDataKey = release.attributes.encryptedDataKey;
    guard::Value value = valueOf(release.content, kept);
    QStringList ips = release.ips;
    ips.sort();
    value.attributes.insert(u"ips"_s, QJsonArray::fromStringList(ips));
    return value;
}

Result<guard::Change> betaChange(const QString &profile, const std::optional<BetaRelease> &before, const std::optional<BetaRelease> &after)
{
    if (!before && !after)
        return usage(u"there is no beta release to stop"_s);
    ConfigKey key = after ? after->key : before->key;
    key.namespaceId = ConfigKey::canonicalNamespace(key.namespaceId);
    if (const auto valid = checkKey(key); !valid)
        return fail(valid.error());
    if (after) {
        std::optional<ConfigDetail> old;
        if (before) {
            old.emplace();
            old->content = before->content;
            old->attributes = before->attributes;
        }
        const ConfigChangeRequest request{profile, key, old, after->content, after->attributes};
        for (const auto &check :
             {checkContent(after->content), checkAttributes(after->attributes), checkEncryption(request, Origin::Edited)}) {
            if (!check)
                return fail(check.error());
        }
        if (after->ips.isEmpty())
            return usage(u"a beta release needs the addresses it is for"_s);
        for (const QString &ip : after->ips) {
            const bool clean = std::all_of(ip.begin(), ip.end(), [](QChar c) { return c.isLetterOrNumber() || u".:*%-_"_s.contains(c); });
            if (ip.isEmpty() || !clean)
                return usage(u"not an address: “%1”"_s.arg(ip));
        }
    }
    const Result<Address> target = key.betaAddress(profile);
    if (!target)
        return fail(target.error());
    guard::Change change;
    change.target = *target;
    if (before)
        change.before = valueOf(*before);
    if (after)
        change.after = valueOf(*after);
    if (change.before && change.after && *change.before == *change.after)
        return usage(u"nothing to change: the beta release is like that already"_s);
    change.verb = !before ? guard::Verb::Create : !after ? guard::Verb::Delete : guard::Verb::Update;
    change.summary = after ? u"Beta release of %1 for %2"_s.arg(describe(key), after->ips.join(u", "_s))
                           : u"Stop the beta release of %1"_s.arg(describe(key));
    return change;
}

Result<guard::Change> namespaceChange(const QString &profile, const std::optional<NamespaceInfo> &before,
                                      const std::optional<NamespaceInfo> &after)
{
    if (!before && !after)
        return usage(u"nothing to change"_s);
    const NamespaceInfo &subject = after ? *after : *before;
    if (const auto valid = checkKey({subject.id, u"group"_s, u"id"_s}); !valid)
        return fail(valid.error());
    if (before && after && before->id != after->id)
        return usage(u"the ID of a namespace cannot be changed"_s);
    if (subject.id == "public"_L1 || subject.builtIn)
        return usage(u"the namespace public is the server's own"_s);
    if (after) {
        if (after->name.trimmed().isEmpty())
            return usage(u"the namespace needs a name"_s);
        for (const QChar c : after->name) {
            if (u"@#$%^&*"_s.contains(c))
                return usage(u"the name of a namespace does not take “%1”"_s.arg(c));
        }
    }
    const Result<Address> target = Address::build(profile, u"-"_s, u"namespace"_s, {subject.id});
    if (!target)
        return fail(target.error());
    guard::Change change;
    change.target = *target;
    if (before)
        change.before = valueOf(*before);
    if (after)
        change.after = valueOf(*after);
    if (change.before && change.after && *change.before == *change.after)
        return usage(u"nothing to change: the namespace is like that already"_s);
    const QString name = subject.name == subject.id || subject.name.isEmpty() ? subject.id : u"%1 (%2)"_s.arg(subject.id, subject.name);
    if (!before) {
        change.verb = guard::Verb::Create;
        change.summary = u"Create namespace "_s + name;
    } else if (!after) {
        change.verb = guard::Verb::Delete;
        change.summary = u"Delete namespace "_s + name;
    } else {
        change.summary = u"Update namespace "_s + name;
    }
    return change;
}

} // namespace core::nacos
