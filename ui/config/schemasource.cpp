// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/schemasource.h"

#include "core/base/workers.h"
#include "core/nacos/config/configclient.h"
#include "core/store/viewstate.h"

#include <algorithm>
#include <QFile>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::text::JsonSchema;

namespace {

core::Result<JsonSchema> compiledFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return core::fail(core::Error::Kind::NotFound, u"%1: %2"_s.arg(path, file.errorString()));
    return JsonSchema::compile(file.read(JsonSchema::MaxBytes + 1));
}

} // namespace

QList<core::text::Problem> problemsOf(core::text::Format format, const QByteArray &content, const std::optional<JsonSchema> &schema)
{
    QList<core::text::Problem> problems = core::text::validate(format, content);
    if (!schema)
        return problems;
    problems.append(schema->check(format, content));
    std::stable_sort(problems.begin(), problems.end(), [](const core::text::Problem &a, const core::text::Problem &b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    return problems;
}

SchemaSource::SchemaSource(workbench::Workbench &workbench, core::Address address, QObject *parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_address(std::move(address))
    , m_stateKey(u"schemas/"_s + m_address.toString())
{
    auto &state = workbench.services().viewState;
    connect(&state, &core::store::ViewState::changed, this, [this](const QString &key) {
        if (key == m_stateKey)
            follow();
    });
    // Whoever opens it connects it first.
    connect(&workbench.services().registries, &core::nacos::Registries::opened, this, &SchemaSource::watchConfig, Qt::QueuedConnection);
    follow();
}

void SchemaSource::setAttribute(const QString &schema)
{
    if (schema == m_attribute)
        return;
    m_attribute = schema;
    if (localName().isEmpty())
        take(m_attribute.toUtf8());
}

QString SchemaSource::localName() const
{
    return m_config ? m_config->path().last() : QFileInfo(m_file).fileName();
}

void SchemaSource::choose(const QJsonValue &choice)
{
    m_workbench.services().viewState.setValue(m_stateKey, choice);
    follow();
}

void SchemaSource::chooseFile(const QString &path)
{
    choose(QJsonObject{{u"file"_s, path}});
}

void SchemaSource::chooseConfig(const core::Address &address)
{
    choose(QJsonObject{{u"config"_s, address.toString()}});
}

void SchemaSource::chooseAttribute()
{
    m_workbench.services().viewState.remove(m_stateKey);
    follow();
}

/// Takes up what is chosen now.
void SchemaSource::follow()
{
    const QJsonObject choice = m_workbench.services().viewState.value(m_stateKey).toObject();
    const QString file = choice.value("file"_L1).toString();
    const auto config = core::Address::parse(choice.value("config"_L1).toString());
    const auto address = config ? std::optional(*config) : std::nullopt;
    const bool same = file == m_file && address == m_config && (m_schema || m_error);
    if (same)
        return;
    delete std::exchange(m_files, nullptr);
    m_reading.reset();
    m_watch.reset();
    m_file = file;
    m_config = address;
    if (m_config) {
        readConfig();
        watchConfig();
    } else if (!m_file.isEmpty()) {
        watchFile();
        readFile();
    } else {
        take(m_attribute.toUtf8());
    }
}

void SchemaSource::watchFile()
{
    m_files = new QFileSystemWatcher(this);
    watchAgain();
    connect(m_files, &QFileSystemWatcher::fileChanged, this, [this] {
        watchAgain();
        readFile();
    });
    connect(m_files, &QFileSystemWatcher::directoryChanged, this, [this] {
        const bool had = !m_files->files().isEmpty();
        watchAgain();
        if (!had && !m_files->files().isEmpty())
            readFile();
    });
}

/// Editors replace a file, and the watch goes with the former one; a file that is gone is found again by its folder, or by the nearest
/// that is left.
void SchemaSource::watchAgain()
{
    QString folder = QFileInfo(m_file).absolutePath();
    while (!QFileInfo(folder).isDir() && !QFileInfo(folder).isRoot())
        folder = QFileInfo(folder).absolutePath();
    const QStringList watched = m_files->directories();
    if (watched != QStringList{folder}) {
        if (!watched.isEmpty())
            m_files->removePaths(watched);
        m_files->addPath(folder);
    }
    if (m_files->files().isEmpty() && QFile::exists(m_file))
        m_files->addPath(m_file);
}

void SchemaSource::readFile()
{
    const int run = ++m_run;
    m_workbench.services().workers.run(
        this, [path = m_file] { return compiledFile(path); },
        [this, run](const core::Result<JsonSchema> &compiled) {
            if (run == m_run)
                took(compiled);
        });
}

void SchemaSource::readConfig()
{
    core::nacos::Registry *registry = m_workbench.services().registries.find(m_config->profile());
    const auto key = core::nacos::ConfigKey::of(*m_config);
    if (!registry || !key)
        return refuse({core::Error::Kind::Network, u"the connection is not open"_s, 0, true});
    m_reading = registry->configs().get(*key);
    m_reading->then(this, [this](const core::Result<std::optional<core::nacos::ConfigDetail>> &answer) {
        if (!answer)
            return refuse(answer.error());
        if (!*answer)
            return refuse({core::Error::Kind::NotFound, u"there is no configuration “%1”"_s.arg(localName()), 0, false});
        take((*answer)->content);
    });
}

void SchemaSource::watchConfig()
{
    core::nacos::Registry *registry = m_config ? m_workbench.services().registries.find(m_config->profile()) : nullptr;
    const auto key = m_config ? core::nacos::ConfigKey::of(*m_config) : core::Result<core::nacos::ConfigKey>(core::fail({}, {}));
    if (!registry || !key || m_watch.isActive())
        return;
    if (m_error)
        readConfig();
    m_watch = registry->configs().watch({*key}, core::nacos::ConfigClient::Deliver::KeysOnly);
    m_watch->each(this, [this](const QList<core::nacos::ConfigEvent> &events) {
        const auto isNews = [](const core::nacos::ConfigEvent &event) { return event.kind != core::nacos::ConfigEvent::Kind::Ready; };
        if (m_config && std::any_of(events.begin(), events.end(), isNews))
            readConfig();
    });
}

void SchemaSource::take(const QByteArray &schema)
{
    const int run = ++m_run;
    if (schema.trimmed().isEmpty()) {
        const bool had = m_schema || m_error;
        m_schema.reset();
        m_error.reset();
        if (!localName().isEmpty())
            m_error = core::Error{core::Error::Kind::Usage, u"empty: JSON needs a value"_s};
        if (had || m_error)
            Q_EMIT changed();
        return;
    }
    m_workbench.services().workers.run(
        this, [schema] { return JsonSchema::compile(schema); },
        [this, run](const core::Result<JsonSchema> &compiled) {
            if (run == m_run)
                took(compiled);
        });
}

void SchemaSource::took(const core::Result<JsonSchema> &compiled)
{
    if (!compiled)
        return refuse(compiled.error());
    m_schema = *compiled;
    m_error.reset();
    Q_EMIT changed();
}

void SchemaSource::refuse(const core::Error &error)
{
    if (error.kind == core::Error::Kind::Cancelled)
        return;
    m_schema.reset();
    m_error = error;
    Q_EMIT changed();
}

} // namespace ui::config
