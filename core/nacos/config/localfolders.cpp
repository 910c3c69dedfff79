// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/localfolders.h"

#include "core/nacos/config/configclient.h"
#include "core/nacos/config/configdecode.h"

#include <algorithm>
#include <QDir>
#include <QFile>
#include <QSet>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr qint64 LargestFile = 64 * 1024 * 1024;
constexpr qsizetype MostFiles = 100'000, MostNotes = 200;
constexpr qint64 LargestKey = 64 * 1024;
constexpr int AskedAtOnce = 16;
constexpr auto JavaSuffix = "_nacos"_L1;
constexpr auto FailoverSuffix = "_failover"_L1;
constexpr QDir::Filters PlainFiles = QDir::Files | QDir::NoSymLinks | QDir::Hidden;
constexpr QDir::Filters PlainFolders = QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot;

Result<QByteArray> contentOf(const QString &name, qint64 most = LargestFile)
{
    const QFileInfo info(name);
    if (!info.exists() && !info.isSymLink())
        return fail(Error::Kind::NotFound, u"there is no file %1"_s.arg(name));
    if (info.isSymLink() || !info.isFile())
        return fail(Error::Kind::Internal, u"%1 is not a plain file"_s.arg(name));
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Internal, u"%1: %2"_s.arg(name, file.errorString()));
    // Not by its size alone: it may grow meanwhile.
    const QByteArray content = file.size() > most ? QByteArray() : file.read(most + 1);
    if (file.size() > most || content.size() > most)
        return fail(Error::Kind::Internal, u"%1 is larger than %2 KiB"_s.arg(name).arg(most / 1024));
    if (file.error() != QFileDevice::NoError)
        return fail(Error::Kind::Internal, u"%1: %2"_s.arg(name, file.errorString()));
    return content;
}

/// Whether a path below a canonical folder leads there without a symbolic link.
bool isPlain(const QString &path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    return !canonical.isEmpty() && canonical == QDir::cleanPath(path);
}

/// Names are other people's: nothing in them may reach a terminal as a command.
QString printable(QString text)
{
    for (QChar &c : text) {
        if (!c.isPrint() && !c.isSurrogate())
            c = QChar::ReplacementCharacter;
    }
    return text;
}

class Scanner {
public:
    Result<LocalScan> run(const QString &folder)
    {
        const QFileInfo info(folder);
        if (folder.isEmpty() || !info.isDir())
            return fail(Error::Kind::Usage, u"there is no folder %1"_s.arg(folder));
        const QDir root(info.canonicalFilePath());
        for (const QString &below :
             {QString(), u"config"_s, u"nacos/config"_s, u"nacos/cache"_s, u"nacos/cache/config"_s, u"cache/config"_s}) {
            const QDir place(below.isEmpty() ? root.path() : root.filePath(below));
            if (!place.exists() || !isPlain(place.path()))
                continue;
            java(place);
            for (const QString &server : place.entryList({u"*"_s + JavaSuffix}, PlainFolders, QDir::Name))
                java(QDir(place.filePath(server)));
            python(place);
        }
        if (m_scan.items.isEmpty() && m_scan.notes.isEmpty())
            return fail(Error::Kind::NotFound, u"%1 holds no snapshots or failover files of a Nacos SDK"_s.arg(folder));
        std::sort(m_scan.items.begin(), m_scan.items.end(), [](const LocalConfig &a, const LocalConfig &b) { return a.file < b.file; });
        if (m_untold > 0)
            m_scan.notes.append(u"and %1 more like these"_s.arg(m_untold));
        return m_scan;
    }

private:
    using Kind = LocalConfig::Kind;

    /// One `<server>_nacos` folder.
    void java(const QDir &folder)
    {
        QString server = folder.dirName();
        if (server.endsWith(JavaSuffix))
            server.chop(JavaSuffix.size());
        javaTree(folder, server, u"snapshot"_s, u"encrypted-data-key/snapshot"_s, Kind::Snapshot);
        javaTree(folder, server, u"data/config-data"_s, u"encrypted-data-key/failover"_s, Kind::Failover);
        javaTenants(folder, server, u"snapshot-tenant"_s, u"encrypted-data-key/snapshot-tenant"_s, Kind::Snapshot);
        javaTenants(folder, server, u"data/config-data-tenant"_s, u"encrypted-data-key/failover-tenant"_s, Kind::Failover);
    }
    void javaTenants(const QDir &folder, const QString &server, const QString &tree, const QString &keys, Kind kind)
    {
        const QDir tenants(folder.filePath(tree));
        if (!isPlain(tenants.path()))
            return;
        for (const QString &tenant : tenants.entryList(PlainFolders, QDir::Name))
            javaTree(folder, server, tree + u'/' + tenant, keys + u'/' + tenant, kind, tenant);
    }
    void javaTree(const QDir &folder, const QString &server, const QString &tree, const QString &keys, Kind kind,
                  const QString &tenant = {})
    {
        const QDir groups(folder.filePath(tree));
        if (!isPlain(groups.path()))
            return;
        for (const QString &group : groups.entryList(PlainFolders, QDir::Name)) {
            const QDir files(groups.filePath(group));
            for (const QFileInfo &file : files.entryInfoList(PlainFiles, QDir::Name)) {
                LocalConfig item;
                item.sdk = LocalConfig::Sdk::Java;
                item.kind = kind;
                item.server = server;
                item.key = {ConfigKey::canonicalNamespace(tenant), group, file.fileName()};
                add(item, file, folder.filePath(u"%1/%2/%3"_s.arg(keys, group, file.fileName())));
            }
        }
    }
    /// Files named dataId@@group@@tenant.
    void python(const QDir &folder)
    {
        for (const QFileInfo &file : folder.entryInfoList({u"*@@*@@*"_s}, PlainFiles, QDir::Name)) {
            QString name = file.fileName();
            LocalConfig item;
            item.sdk = LocalConfig::Sdk::Python;
            if (name.endsWith(FailoverSuffix)) {
                item.kind = Kind::Failover;
                name.chop(FailoverSuffix.size());
            }
            const QStringList parts = name.split(u"@@"_s);
            if (parts.size() != 3) {
                note(u"%1 is not named like a snapshot"_s.arg(file.fileName()));
                continue;
            }
            item.key = {ConfigKey::canonicalNamespace(parts.at(2)), parts.at(1), parts.at(0)};
            add(item, file, folder.filePath(u"encrypted-data-key/"_s + file.fileName()));
        }
    }
    void add(LocalConfig item, const QFileInfo &file, const QString &keyFile)
    {
        item.file = file.filePath();
        item.size = file.size();
        item.changedAt = file.lastModified().toUTC();
        if (m_scan.items.size() >= MostFiles) {
            if (!std::exchange(m_full, true))
                note(u"more than %1 files: the rest was left out"_s.arg(MostFiles));
            return;
        }
        if (m_files.contains(item.file))
            return;
        m_files.insert(item.file);
        if (const auto valid = checkKey(item.key); !valid)
            return note(u"%1: %2"_s.arg(item.file, valid.error().message));
        const Result<QByteArray> content = contentOf(item.file);
        if (!content)
            return note(content.error().message);
        item.md5 = md5Of(*content);
        item.size = content->size();
        if (isPlain(keyFile)) {
            const auto key = contentOf(keyFile, LargestKey);
            // Without its key it could be taken for plain text.
            if (!key)
                return note(key.error().message);
            item.encryptedDataKey = QString::fromUtf8(*key);
        }
        m_scan.items.append(item);
    }
    void note(const QString &text)
    {
        if (m_scan.notes.size() < MostNotes)
            m_scan.notes.append(printable(text));
        else
            ++m_untold;
    }

    QSet<QString> m_files;
    qsizetype m_untold = 0;
    LocalScan m_scan;
    bool m_full = false;
};

/// Asks the server about one after another, some at once; child of its stream.
class Comparer final : public QObject {
public:
    Comparer(ConfigClient &configs, const QList<LocalConfig> &items, Stream<LocalComparison> *stream)
        : QObject(stream)
        , m_configs(&configs)
        , m_items(items)
        , m_stream(stream)
    {
        connect(&configs, &QObject::destroyed, this,
                [this] { m_stream->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void start()
    {
        m_stream->onResume = [this] {
            m_paused = false;
            next();
        };
        next();
    }

private:
    void next()
    {
        while (m_configs && !m_paused && m_open < AskedAtOnce && m_at < m_items.size()) {
            const LocalConfig item = m_items.at(m_at++);
            ++m_open;
            m_configs->fetch(item.key)->then(this, [this, item](const Result<std::optional<ConfigContent>> &content) {
                --m_open;
                answered(item, content);
                next();
            });
        }
        if (m_open == 0 && m_at == m_items.size())
            m_stream->settle(Done{});
    }
    void answered(const LocalConfig &item, const Result<std::optional<ConfigContent>> &content)
    {
        LocalComparison comparison;
        comparison.item = item;
        if (!content) {
            comparison.problem = content.error().message;
        } else if (!*content) {
            comparison.state = LocalComparison::State::OnlyLocal;
        } else {
            comparison.serverMd5 = (*content)->md5;
            comparison.state = (*content)->md5 == item.md5 ? LocalComparison::State::Same : LocalComparison::State::Differs;
        }
        m_paused = m_stream->push({comparison}) == Stream<LocalComparison>::Flow::Pause;
        Q_EMIT m_stream->progress(++m_done, m_items.size());
    }

    QPointer<ConfigClient> m_configs;
    const QList<LocalConfig> m_items;
    Stream<LocalComparison> *m_stream;
    qsizetype m_at = 0, m_done = 0;
    int m_open = 0;
    bool m_paused = false;
};

} // namespace

Reply<LocalScan> *scanLocalFolder(const QString &folder, Workers &workers, QObject *parent)
{
    return workers.reply<LocalScan>([folder] { return Scanner().run(folder); }, parent);
}

Reply<QByteArray> *readLocalConfig(const LocalConfig &item, Workers &workers, QObject *parent)
{
    return workers.reply<QByteArray>([file = item.file] { return contentOf(file); }, parent);
}

Stream<LocalComparison> *compareLocal(ConfigClient &configs, const QList<LocalConfig> &items, QObject *parent)
{
    auto *stream = new Stream<LocalComparison>(parent);
    auto *comparer = new Comparer(configs, items, stream);
    stream->onCancel = [comparer = QPointer<QObject>(comparer)] { delete comparer.data(); };
    comparer->start();
    return stream;
}

} // namespace core::nacos
