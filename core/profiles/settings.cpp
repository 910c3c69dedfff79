// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/settings.h"

#include "core/base/jsonreader.h"
#include "core/base/sharedfile.h"

#include <array>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::profiles {

namespace {

enum class Type { Text, Number, Switch, Object, Array };

struct Row {
    const char *name;
    Type type;
    const char *text = ""; ///< default of a Text
    int number = 0;        ///< default of a Number or Switch
};

constexpr std::array<Row, std::size_t(Setting::Count)> Table{{
    {"appearance.language", Type::Text},
    {"appearance.theme", Type::Text, "system"},
    {"appearance.scalePercent", Type::Number, "", 100},
    {"appearance.fontSize", Type::Number},
    {"appearance.codeFont", Type::Text},
    {"appearance.codeFontSize", Type::Number},
    {"appearance.reducedMotion", Type::Switch},
    {"log.show", Type::Switch},
    {"log.wire", Type::Switch},
    {"editor.wrapLines", Type::Switch},
    {"editor.showWhitespace", Type::Switch},
    {"editor.tabWidth", Type::Number, "", 4},
    {"secrets.store", Type::Text, "keychain"},
    {"data.mirrorLimitMiB", Type::Number, "", 2048},
    {"data.fillOnConnect", Type::Switch, "", 1},
    {"general.openLastTabs", Type::Switch, "", 1},
    {"general.unlockMinutes", Type::Number, "", 15},
    {"general.clipboardSeconds", Type::Number, "", 30},
    {"keyboard.shortcuts", Type::Object},
    {"window.state", Type::Object},
    {"window.tables", Type::Object},
    {"window.filters", Type::Object},
    {"history.addresses", Type::Array},
    {"history.bookmarks", Type::Array},
    {"history.palette", Type::Array},
    {"general.firstRunDone", Type::Switch},
}};

const Row &row(Setting key)
{
    return Table[std::size_t(key)];
}

bool fits(Type type, const QJsonValue &value)
{
    switch (type) {
    case Type::Text:
        return value.isString();
    case Type::Number:
        return value.isDouble() && value.toInteger(-1) >= 0 && value.toInteger(-1) <= std::numeric_limits<int>::max();
    case Type::Switch:
        return value.isBool();
    case Type::Object:
        return value.isObject();
    case Type::Array:
        return value.isArray();
    }
    return false;
}

} // namespace

struct Settings::Private {
    Settings &q;
    QJsonObject stored;                ///< as last seen in the file
    QMap<QString, QJsonValue> pending; ///< set here, not written yet; undefined: back to the default
    QTimer timer;
    SharedFile file;
    OperationTracker operations;

    Private(Settings &settings, const QString &home)
        : q(settings)
        , file(home + u"/settings.json"_s)
    {
    }

    QJsonValue valueOf(Setting key) const
    {
        const QString name = Settings::name(key);
        const auto it = pending.constFind(name);
        const QJsonValue value = it != pending.constEnd() ? *it : stored.value(name);
        // A file edited by hand may hold anything.
        return fits(row(key).type, value) ? value : defaultOf(key);
    }
    void load()
    {
        const auto bytes = file.read();
        if (!bytes || bytes->trimmed().isEmpty())
            return;
        if (const auto object = JsonReader::parseObject(*bytes))
            take(*object);
    }
    void take(const QJsonObject &next, const QMap<QString, QJsonValue> &writtenChanges = {})
    {
        std::array<QJsonValue, std::size_t(Setting::Count)> before;
        for (std::size_t i = 0; i < before.size(); ++i)
            before[i] = valueOf(Setting(i));
        stored = next;
        for (auto it = writtenChanges.constBegin(); it != writtenChanges.constEnd(); ++it) {
            const auto waiting = pending.constFind(it.key());
            if (waiting != pending.constEnd() && *waiting == *it) // not set again meanwhile
                pending.erase(waiting);
        }
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (valueOf(Setting(i)) != before[i])
                Q_EMIT q.changed(Setting(i));
        }
    }
    static QByteArray merge(const QByteArray &bytes, const QMap<QString, QJsonValue> &changes, QJsonObject &merged)
    {
        // A file that is no JSON holds nothing worth keeping: settings are replaceable.
        merged = JsonReader::parseObject(bytes).value_or(QJsonObject());
        for (auto it = changes.constBegin(); it != changes.constEnd(); ++it) {
            if (it->isUndefined())
                merged.remove(it.key());
            else
                merged.insert(it.key(), *it);
        }
        return QJsonDocument(merged).toJson();
    }
    void writeLater()
    {
        if (!timer.isActive())
            timer.start(std::chrono::milliseconds(300));
    }
    void write()
    {
        if (pending.isEmpty())
            return;
        const auto changes = pending;
        const auto merged = std::make_shared<QJsonObject>();
        file.edit([changes, merged](const QByteArray &bytes) -> Result<QByteArray> { return merge(bytes, changes, *merged); })
            ->then(&q, [this, changes, merged](const Result<Done> &done) {
                if (!done)
                    Q_EMIT q.writeFailed(done.error());
                else
                    take(*merged, changes);
            });
    }
};

Settings::Settings(const QString &home, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(*this, home))
{
    m_d->timer.setSingleShot(true);
    connect(&m_d->timer, &QTimer::timeout, this, [this] { m_d->write(); });
    connect(&m_d->file, &SharedFile::changedOnDisk, this, [this] { m_d->load(); });
    m_d->load();
}

Settings::~Settings()
{
    blockSignals(true);
    std::ignore = flush();
}

QString Settings::text(Setting key) const
{
    Q_ASSERT(row(key).type == Type::Text);
    return value(key).toString();
}

int Settings::number(Setting key) const
{
    Q_ASSERT(row(key).type == Type::Number);
    return value(key).toInt();
}

bool Settings::isOn(Setting key) const
{
    Q_ASSERT(row(key).type == Type::Switch);
    return value(key).toBool();
}

QJsonObject Settings::object(Setting key) const
{
    Q_ASSERT(row(key).type == Type::Object);
    return value(key).toObject();
}

QJsonArray Settings::array(Setting key) const
{
    Q_ASSERT(row(key).type == Type::Array);
    return value(key).toArray();
}

QJsonValue Settings::value(Setting key) const
{
    return m_d->valueOf(key);
}

void Settings::set(Setting key, const QJsonValue &value)
{
    Q_ASSERT(fits(row(key).type, value));
    if (m_d->valueOf(key) == value)
        return;
    m_d->pending.insert(name(key), value);
    m_d->writeLater();
    Q_EMIT changed(key);
}

void Settings::reset(Setting key)
{
    const QJsonValue before = m_d->valueOf(key);
    m_d->pending.insert(name(key), QJsonValue(QJsonValue::Undefined));
    m_d->writeLater();
    if (before != m_d->valueOf(key))
        Q_EMIT changed(key);
}

QString Settings::name(Setting key)
{
    return QString::fromLatin1(row(key).name);
}

QJsonValue Settings::defaultOf(Setting key)
{
    switch (row(key).type) {
    case Type::Text:
        return QString::fromLatin1(row(key).text);
    case Type::Number:
        return row(key).number;
    case Type::Switch:
        return row(key).number != 0;
    case Type::Object:
        return QJsonObject();
    case Type::Array:
        return QJsonArray();
    }
    return {};
}

Result<Done> Settings::flush()
{
    if (m_d->pending.isEmpty())
        return Done{};
    const auto changes = m_d->pending;
    QJsonObject merged;
    auto done = m_d->file.editNow([&](const QByteArray &bytes) -> Result<QByteArray> { return Private::merge(bytes, changes, merged); },
                                  std::chrono::milliseconds(500));
    if (done)
        m_d->take(merged, changes);
    return done;
}

void Settings::watch()
{
    m_d->file.watch();
    m_d->load();
}

} // namespace core::profiles
