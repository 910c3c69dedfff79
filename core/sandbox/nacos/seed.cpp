// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/seed.h"

#include <QDir>
#include <QFile>
#include <yaml-cpp/yaml.h>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr int MostLines = 100'000;

struct Step {
    enum class Verb { Publish, Delete };
    Verb verb = Verb::Publish;
    Publish publish;
};

QString text(const YAML::Node &node, const char *name, const QString &otherwise = {})
{
    const YAML::Node value = node[name];
    return value ? QString::fromStdString(value.as<std::string>()) : otherwise;
}

/// "12d", "5h", "90m" ago, as milliseconds before now.
qint64 age(const QString &text)
{
    const qint64 number = text.chopped(text.isEmpty() ? 0 : 1).toLongLong();
    if (text.endsWith(u'd'))
        return number * 24 * 60 * 60 * 1000;
    if (text.endsWith(u'h'))
        return number * 60 * 60 * 1000;
    return number * 60 * 1000;
}

/// A line with {n} in it, once for every number of a range: what is long and dull is not written out in the file.
QString repeated(const YAML::Node &node)
{
    if (!node)
        return {};
    const QString line = text(node, "line");
    const int from = node["from"].as<int>(), to = std::min(node["to"].as<int>(), from + MostLines);
    QString lines;
    for (int n = from; n <= to; ++n)
        lines += QString(line).replace(u"{n}"_s, QString::number(n)) + u'\n';
    return lines;
}

class Reader {
public:
    explicit Reader(const SeedTarget &target)
        : m_target(target)
        , m_now(target.clock.now().toMSecsSinceEpoch())
    {
    }

    void read(const YAML::Node &root)
    {
        for (const YAML::Node &space : root["namespaces"])
            readSpace(space);
        for (const YAML::Node &config : root["configs"])
            readConfig(config);
    }

    /// All changes in the order they are said to have happened, so that history ids rise with time.
    void play()
    {
        std::stable_sort(m_steps.begin(), m_steps.end(), [](const Step &a, const Step &b) { return a.publish.at < b.publish.at; });
        for (const Step &step : std::as_const(m_steps)) {
            if (step.verb == Step::Verb::Publish)
                m_target.configs.publish(step.publish, [](ConfigStore::Outcome) {});
            else
                m_target.configs.remove(
                    step.publish.key, step.publish.origin, [](ConfigStore::Outcome) {}, step.publish.at);
        }
    }

private:
    void readSpace(const YAML::Node &node)
    {
        const Namespace space{text(node, "id"), text(node, "name"), text(node, "description"), false, m_now - age(text(node, "age"))};
        m_target.spaces.create(space, [](NamespaceStore::Outcome) {});
    }

    void readConfig(const YAML::Node &node)
    {
        Publish base;
        // `public` is the public namespace in every generation here.
        const QString space = text(node, "namespace", u"public"_s);
        base.key = {m_target.generation.canonicalSpace(space == u"public" ? QString() : space), text(node, "group", u"DEFAULT_GROUP"_s),
                    text(node, "dataId")};
        base.type = text(node, "type", u"text"_s);
        base.appName = text(node, "app");
        base.tags = text(node, "tags");
        base.description = text(node, "description");
        base.encryptedDataKey = text(node, "encryptedDataKey");
        for (const YAML::Node &version : node["versions"]) {
            Step step{Step::Verb::Publish, base};
            step.publish.origin = {text(version, "by"), text(version, "from", u"10.20.0.11"_s)};
            step.publish.at = m_now - age(text(version, "age"));
            step.publish.betaAddresses = text(version, "beta");
            if (version["deleted"])
                step.verb = Step::Verb::Delete;
            else
                step.publish.content = (text(version, "content") + repeated(version["repeat"])).toUtf8();
            m_steps.append(step);
        }
    }

    const SeedTarget &m_target;
    const qint64 m_now;
    QList<Step> m_steps;
};

} // namespace

Result<Done> seedFromYaml(const SeedTarget &target, const QByteArray &yaml)
{
    try {
        Reader reader(target);
        reader.read(YAML::Load(yaml.toStdString()));
        reader.play();
    } catch (const YAML::Exception &error) {
        return fail(Error::Kind::Internal, u"demo data: %1"_s.arg(QString::fromUtf8(error.what())));
    }
    return Done{};
}

Result<Done> seedDemo(const SeedTarget &target)
{
    try {
        Reader reader(target);
        const QDir folder(u":/signalbox/demo"_s);
        const QStringList files = folder.entryList({u"nacos-*.yaml"_s}, QDir::Files, QDir::Name);
        for (const QString &name : files) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                return fail(Error::Kind::Internal, u"demo data: cannot read %1"_s.arg(name));
            reader.read(YAML::Load(file.readAll().toStdString()));
        }
        reader.play();
    } catch (const YAML::Exception &error) {
        return fail(Error::Kind::Internal, u"demo data: %1"_s.arg(QString::fromUtf8(error.what())));
    }
    return Done{};
}

} // namespace core::sandbox::nacos
