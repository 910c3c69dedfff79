// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/profilestore.h"

#include "core/base/address.h"
#include "core/base/jsonreader.h"
#include "core/base/log.h"
#include "core/base/savefile.h"
#include "core/base/sharedfile.h"
#include "core/profiles/practice.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::profiles {

namespace {

constexpr auto ExportFormat = "signalbox-profiles"_L1;
/// 2: a proxy may be of kind `ssh`. A word that is new to the file makes it a new version.
constexpr int FileVersion = 2;

/// A connection this version does not understand: its bytes are somebody else's.
struct Kept {
    qsizetype at = 0; ///< its place among the connections
    QJsonObject object;
    QString what;

    QString slug() const { return object.value("slug"_L1).toString(); }
    friend bool operator==(const Kept &, const Kept &) = default;
};

struct Contents {
    QList<Profile> profiles;
    QList<Kept> kept;
    QString defaultSlug;
    bool isDefaultChosen = false;
    QJsonObject extra; ///< members of newer versions

    bool hasSlug(const QString &slug) const
    {
        return std::any_of(profiles.cbegin(), profiles.cend(), [&](const Profile &profile) { return profile.slug == slug; }) ||
            std::any_of(kept.cbegin(), kept.cend(), [&](const Kept &one) { return one.slug() == slug; });
    }
    friend bool operator==(const Contents &, const Contents &) = default;
};

struct Parsed {
    Contents contents;          ///< what of it can be read
    std::optional<Error> error; ///< of the first thing that cannot
    bool foreign = false;       ///< not damage: a newer version wrote it
};

Error damage(const QString &what)
{
    return {Error::Kind::Internal, u"profiles.json: "_s + what, 0, false};
}

/// Puts the connection at `i` where it belongs, or says what is damaged of it. Words this version does not know are no damage.
Result<Done> takeProfile(const QJsonArray &array, qsizetype i, Contents &contents)
{
    if (!array.at(i).isObject())
        return fail(damage(u"/profiles/%1: expected object"_s.arg(i)));
    const QJsonObject object = array.at(i).toObject();
    const QString slug = object.value("slug"_L1).toString();
    if (!Address::build(slug, u"-"_s, u"profile"_s, {u"x"_s}) || contents.hasSlug(slug))
        return fail(damage(u"/profiles/%1/slug: missing, malformed or there twice"_s.arg(i)));
    auto profile = decodeProfile(object);
    if (profile)
        contents.profiles << *std::move(profile);
    else
        contents.kept << Kept{i, object, profile.error().message};
    return Done{};
}

Parsed parseWhatCanBe(const QByteArray &bytes)
{
    Parsed parsed;
    Contents &contents = parsed.contents;
    if (bytes.trimmed().isEmpty())
        return parsed;
    const auto document = JsonReader::parseObject(bytes);
    if (!document) {
        parsed.error = damage(document.error().message);
        return parsed;
    }
    parsed.foreign = document->value("version"_L1).toInt() > FileVersion;
    JsonReader in(*document);
    contents.defaultSlug = in.string("default"_L1, {});
    contents.isDefaultChosen = document->value("defaultChosen"_L1).toBool();
    const QJsonArray array = in.array("profiles"_L1, {});
    if (const auto error = in.error())
        parsed.error = damage(error->message);
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (const auto taken = takeProfile(array, i, contents); !taken && !parsed.error)
            parsed.error = taken.error();
    }
    contents.extra = *document;
    for (const QString &known : {u"version"_s, u"default"_s, u"defaultChosen"_s, u"profiles"_s})
        contents.extra.remove(known);
    return parsed;
}

Result<Contents> parse(const QByteArray &bytes)
{
    Parsed parsed = parseWhatCanBe(bytes);
    if (parsed.error)
        return fail(*parsed.error);
    return std::move(parsed.contents);
}

QByteArray dump(const Contents &contents)
{
    QJsonArray profiles;
    for (const Profile &profile : contents.profiles)
        profiles.append(encode(profile));
    for (const Kept &one : contents.kept)
        profiles.insert(std::min(one.at, profiles.size()), one.object);
    QJsonObject document = contents.extra;
    document.insert(u"version"_s, FileVersion);
    document.insert(u"default"_s, contents.defaultSlug);
    if (contents.isDefaultChosen)
        document.insert(u"defaultChosen"_s, true);
    document.insert(u"profiles"_s, profiles);
    return QJsonDocument(document).toJson();
}

Profile *findIn(QList<Profile> &profiles, const QString &slug)
{
    const auto it = std::find_if(profiles.begin(), profiles.end(), [&](const Profile &profile) { return profile.slug == slug; });
    return it == profiles.end() ? nullptr : &*it;
}

bool isNameTaken(const Contents &contents, const Profile &wanted)
{
    const auto isIt = [&](const QString &slug, const QString &name) {
        return slug != wanted.slug && name.compare(wanted.name, Qt::CaseInsensitive) == 0;
    };
    return std::any_of(contents.profiles.cbegin(), contents.profiles.cend(),
                       [&](const Profile &profile) { return isIt(profile.slug, profile.name); }) ||
        std::any_of(contents.kept.cbegin(), contents.kept.cend(),
                    [&](const Kept &one) { return isIt(one.slug(), one.object.value("name"_L1).toString()); });
}

/// What `--profile` takes for the practice registry.
bool isPracticeName(const QString &name)
{
    return name.compare(PracticeServers::slug(), Qt::CaseInsensitive) == 0;
}

QString freeSlug(const Contents &contents, const Profile &wanted)
{
    const auto taken = [&](const QString &slug) { return slug == PracticeServers::slug() || contents.hasSlug(slug); };
    if (!wanted.slug.isEmpty() && !taken(wanted.slug))
        return wanted.slug;
    const QString base = wanted.slug.isEmpty() ? Address::slug(wanted.name) : wanted.slug;
    QString slug = base;
    for (int n = 2; taken(slug); ++n) {
        const QString suffix = u"-%1"_s.arg(n);
        slug = base.left(40 - suffix.size()) + suffix;
    }
    return slug;
}

tl::unexpected<Error> unknown(const QString &slug)
{
    return fail(Error::Kind::NotFound, u"there is no connection %1"_s.arg(slug));
}

} // namespace

struct ProfileStore::Private {
    ProfileStore &q;
    Contents contents;
    std::optional<Error> loadError;
    std::optional<SetAside> setAside;
    SharedFile file;
    OperationTracker operations;

    Private(ProfileStore &store, const QString &home)
        : q(store)
        , file(home + u"/profiles.json"_s)
    {
    }

    void load()
    {
        const auto bytes = file.read();
        auto read = bytes ? parse(*bytes) : Result<Contents>(fail(bytes.error()));
        if (!read) {
            loadError = read.error();
            return;
        }
        loadError.reset();
        take(*std::move(read));
    }
    /// What is damaged is kept aside whole, and what of it can be read goes on. False: it could not be done, nothing was changed.
    bool quarantine()
    {
        SetAside aside;
        const auto replaced = file.editNow(
            [this, &aside](const QByteArray &bytes) -> Result<QByteArray> {
                const Parsed parsed = parseWhatCanBe(bytes);
                if (!parsed.error || parsed.foreign) // another program was faster
                    return bytes;
                const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
                QSaveFile copy(file.path() + u".damaged-"_s + time);
                const bool kept = copy.open(QIODevice::WriteOnly) && copy.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                    copy.write(bytes) == bytes.size() && commitWhole(copy);
                if (!kept)
                    return fail(Error::Kind::Internal, copy.fileName() + u": "_s + copy.errorString());
                aside = {QFileInfo(copy.fileName()).fileName(), int(parsed.contents.profiles.size()), parsed.error->message};
                return dump(parsed.contents);
            },
            std::chrono::milliseconds(0));
        if (!replaced)
            return false;
        if (!aside.movedTo.isEmpty()) {
            qCWarning(logStore).noquote() << aside.toText(QFileInfo(file.path()).path());
            setAside = aside;
        }
        return true;
    }
    void take(Contents next)
    {
        if (next == contents)
            return;
        contents = std::move(next);
        Q_EMIT q.changed();
    }

    /// `change(Contents &) -> Result<T>` on the file's present content; T is the answer.
    template <class T, class F>
    Reply<T> *edit(F change)
    {
        struct Outcome {
            std::optional<T> value;
            Contents contents;
        };
        auto *reply = operations.track(new Reply<T>);
        reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
        const auto outcome = std::make_shared<Outcome>();
        auto *written = file.edit([outcome, change = std::move(change)](const QByteArray &bytes) -> Result<QByteArray> {
            Parsed read = parseWhatCanBe(bytes);
            if (read.error)
                return fail(*read.error);
            Contents *present = &read.contents;
            const Contents before = *present;
            auto value = change(*present);
            if (!value)
                return fail(value.error());
            // What else it says this version cannot know, and would write away.
            if (read.foreign && before != *present)
                return fail(Error::Kind::Unsupported,
                            u"profiles.json was written by a newer version of this program, which has to change it"_s);
            outcome->value = *std::move(value);
            outcome->contents = *present;
            return before == *present && !bytes.isNull() ? bytes : dump(*present);
        });
        written->then(&q, [this, outcome, reply = QPointer(reply)](const Result<Done> &done) {
            if (done) {
                loadError.reset();
                take(outcome->contents);
            }
            if (reply)
                reply->settle(done ? Result<T>(*outcome->value) : fail(done.error()));
        });
        return reply;
    }
};

ProfileStore::ProfileStore(const QString &home, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(*this, home))
{
    connect(&m_d->file, &SharedFile::changedOnDisk, this, &ProfileStore::reload);
    m_d->load();
    // Not later: what is damaged while programs run may be somebody's edit that is not finished.
    if (m_d->loadError && m_d->quarantine())
        m_d->load();
}

ProfileStore::~ProfileStore() = default;

QList<Profile> ProfileStore::profiles() const
{
    return m_d->contents.profiles;
}

std::optional<Profile> ProfileStore::find(const QString &slug) const
{
    const Profile *found = findIn(m_d->contents.profiles, slug);
    return found ? std::optional(*found) : std::nullopt;
}

std::optional<Profile> ProfileStore::findByName(const QString &nameOrSlug) const
{
    if (auto profile = find(nameOrSlug))
        return profile;
    for (const Profile &profile : std::as_const(m_d->contents.profiles)) {
        if (profile.name.compare(nameOrSlug, Qt::CaseInsensitive) == 0)
            return profile;
    }
    return std::nullopt;
}

QString ProfileStore::defaultSlug() const
{
    return find(m_d->contents.defaultSlug) ? m_d->contents.defaultSlug : QString();
}

std::optional<Error> ProfileStore::loadError() const
{
    return m_d->loadError;
}

QString ProfileStore::SetAside::toText(const QString &home) const
{
    const QString rest = saved == 0 ? u"none of its connections could be read"_s
        : saved == 1                ? u"one of its connections could be read and goes on"_s
                                    : u"%1 of its connections could be read and go on"_s.arg(saved);
    return u"%1/profiles.json was damaged (%2); it is kept whole beside it as %3, and %4"_s.arg(home, what, movedTo, rest);
}

std::optional<ProfileStore::SetAside> ProfileStore::setAside() const
{
    return m_d->setAside;
}

QList<ProfileStore::Unknown> ProfileStore::notUnderstood() const
{
    QList<Unknown> unknown;
    for (const Kept &one : std::as_const(m_d->contents.kept)) {
        Unknown told{one.slug(), one.object.value("name"_L1).toString(one.slug()), one.what, {}, true};
        for (const QJsonValue &server : one.object.value("servers"_L1).toArray())
            told.servers << server.toString();
        const auto environment = environmentFromText(one.object.value("environment"_L1).toString(toText(Environment::None)));
        const bool isFree = one.object.value("protection"_L1).toString(u"normal"_s) == "normal"_L1;
        told.mayBeProtected = !isFree || !environment || *environment == Environment::Production;
        unknown << told;
    }
    return unknown;
}

void ProfileStore::reload()
{
    m_d->load();
}

void ProfileStore::watch()
{
    m_d->file.watch();
    m_d->load();
}

QString ProfileStore::chosenDefault() const
{
    return m_d->contents.isDefaultChosen ? defaultSlug() : QString();
}

Reply<Profile> *ProfileStore::add(const Profile &profile)
{
    return m_d->edit<Profile>([profile](Contents &contents) -> Result<Profile> {
        auto saved = validate(profile);
        if (!saved)
            return fail(saved.error());
        saved->slug = freeSlug(contents, *saved);
        if (isPracticeName(saved->name))
            return fail(Error::Kind::Conflict, u"/name: %1 is the practice registry; give the connection another name"_s.arg(saved->name));
        if (isNameTaken(contents, *saved))
            return fail(Error::Kind::Conflict, u"/name: there is a connection called %1 already"_s.arg(saved->name));
        contents.profiles << *saved;
        if (contents.profiles.size() == 1 && contents.kept.isEmpty()) {
            contents.defaultSlug = saved->slug;
            contents.isDefaultChosen = false;
        }
        return saved;
    });
}

Reply<Profile> *ProfileStore::update(const Profile &profile)
{
    return m_d->edit<Profile>([profile](Contents &contents) -> Result<Profile> {
        auto saved = validate(profile);
        if (!saved)
            return fail(saved.error());
        Profile *present = findIn(contents.profiles, profile.slug);
        if (!present)
            return unknown(profile.slug);
        if (isPracticeName(saved->name) && !isPracticeName(present->name))
            return fail(Error::Kind::Conflict, u"/name: %1 is the practice registry; give the connection another name"_s.arg(saved->name));
        if (isNameTaken(contents, *saved))
            return fail(Error::Kind::Conflict, u"/name: there is a connection called %1 already"_s.arg(saved->name));
        *present = *saved;
        return saved;
    });
}

Reply<Done> *ProfileStore::remove(const QString &slug)
{
    return m_d->edit<Done>([slug](Contents &contents) -> Result<Done> {
        if (!findIn(contents.profiles, slug))
            return unknown(slug);
        contents.profiles.removeIf([&](const Profile &profile) { return profile.slug == slug; });
        if (contents.defaultSlug == slug) {
            contents.defaultSlug = contents.profiles.size() == 1 ? contents.profiles.constFirst().slug : QString();
            contents.isDefaultChosen = false;
        }
        return Done{};
    });
}

Reply<Done> *ProfileStore::setDefault(const QString &slug)
{
    return m_d->edit<Done>([slug](Contents &contents) -> Result<Done> {
        if (!slug.isEmpty() && !findIn(contents.profiles, slug))
            return unknown(slug);
        contents.defaultSlug = slug;
        contents.isDefaultChosen = !slug.isEmpty();
        return Done{};
    });
}

Reply<Done> *ProfileStore::setOrder(const QStringList &slugs)
{
    return m_d->edit<Done>([slugs](Contents &contents) -> Result<Done> {
        std::stable_sort(contents.profiles.begin(), contents.profiles.end(), [&](const Profile &a, const Profile &b) {
            const auto rank = [&](const Profile &profile) {
                const qsizetype index = slugs.indexOf(profile.slug);
                return index < 0 ? slugs.size() : index; // what another program added meanwhile comes last
            };
            return rank(a) < rank(b);
        });
        return Done{};
    });
}

Reply<Done> *ProfileStore::rememberNamespace(const QString &slug, const QString &namespaceId)
{
    return m_d->edit<Done>([slug, namespaceId](Contents &contents) -> Result<Done> {
        Profile *profile = findIn(contents.profiles, slug);
        if (!profile)
            return unknown(slug);
        if (!namespaceId.isEmpty() && !profile->typedNamespaces.contains(namespaceId))
            profile->typedNamespaces << namespaceId;
        return Done{};
    });
}

Result<QByteArray> ProfileStore::exportDocument(const QStringList &slugs) const
{
    QJsonArray profiles;
    for (const QString &slug : slugs) {
        if (!find(slug))
            return unknown(slug);
    }
    for (const Profile &profile : std::as_const(m_d->contents.profiles)) {
        if (slugs.isEmpty() || slugs.contains(profile.slug))
            profiles.append(encode(profile));
    }
    return QJsonDocument(QJsonObject{{u"format"_s, QString(ExportFormat)}, {u"version"_s, 1}, {u"profiles"_s, profiles}}).toJson();
}

Result<ProfileStore::Imported> ProfileStore::readDocument(const QByteArray &document) const
{
    const auto object = JsonReader::parseObject(document);
    if (!object)
        return fail(Error::Kind::Usage, object.error().message);
    JsonReader in(*object);
    if (in.string("format"_L1, {}) != ExportFormat)
        return fail(Error::Kind::Usage, u"/format: not a file of exported profiles"_s);
    const QJsonArray array = in.array("profiles"_L1);
    if (const auto error = in.error())
        return fail(Error::Kind::Usage, error->message);
    Imported imported;
    Contents taken = m_d->contents;
    for (qsizetype i = 0; i < array.size(); ++i) {
        auto profile = decodeProfile(array.at(i).toObject());
        if (!profile)
            return fail(Error::Kind::Usage, u"/profiles/%1%2"_s.arg(i).arg(profile.error().message));
        for (Header &header : profile->headers) {
            if (header.place == Header::Place::File && isSecretHeader(header.name)) {
                header = {header.name, {}, Header::Place::SecretStore};
                imported.notes << u"%1: the value of header %2 was left out, it is a secret"_s.arg(profile->name, header.name);
            }
        }
        auto valid = validate(*profile);
        if (!valid)
            return fail(Error::Kind::Usage, u"/profiles/%1%2"_s.arg(i).arg(valid.error().message));
        const QString name = valid->name;
        valid->slug = freeSlug(taken, *valid);
        for (int n = 2; isNameTaken(taken, *valid) || isPracticeName(valid->name); ++n)
            valid->name = u"%1 (%2)"_s.arg(name).arg(n);
        if (valid->name != name)
            imported.notes << u"%1: there is one of that name, it becomes %2"_s.arg(name, valid->name);
        taken.profiles << *valid;
        imported.profiles << *std::move(valid);
    }
    return imported;
}

bool ProfileStore::isProtected(const QString &slug) const
{
    const auto profile = find(slug);
    return profile && profile->isProtected();
}

Environment ProfileStore::environment(const QString &slug) const
{
    const auto profile = find(slug);
    return profile ? profile->environment : Environment::None;
}

} // namespace core::profiles
