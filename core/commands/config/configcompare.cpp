// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/withregistry.h"
#include "core/commands/config/configverbs.h"
#include "core/commands/config/documents.h"
#include "core/text/diff.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

using Use = nacos::Session::Use;

/// One side of a comparison, once read.
struct Side {
    QString label;
    QByteArray content;
    QString name; ///< for detecting the format
};

using Sides = std::shared_ptr<QList<Side>>;

void showDiff(Invocation &call, const Side &left, const Side &right)
{
    const text::Format format = text::detect(right.content, right.name);
    text::UnifiedOptions options{left.label, right.label};
    options.format = format;
    options.secrets = call.has(u"show-secrets"_s) ? text::UnifiedOptions::Secrets::Shown : text::UnifiedOptions::Secrets::Masked;
    const QByteArray unified = text::unifiedDiff(left.content, right.content, options);
    QJsonObject document{{u"equal"_s, left.content == right.content},
                         {u"left"_s, left.label},
                         {u"right"_s, right.label},
                         {u"diff"_s, QString::fromUtf8(unified)}};
    QJsonArray keys;
    if (const auto changes = text::diffKeys(format, left.content, right.content)) {
        for (const text::KeyChange &change : *changes) {
            QJsonObject key{{u"path"_s, change.path}, {u"secret"_s, change.secret}};
            if (!change.secret) {
                key.insert(u"before"_s, change.before ? QJsonValue(*change.before) : QJsonValue(QJsonValue::Null));
                key.insert(u"after"_s, change.after ? QJsonValue(*change.after) : QJsonValue(QJsonValue::Null));
            }
            keys.append(key);
        }
        document.insert(u"keys"_s, keys);
    }
    call.output().document(document);
    call.output().text(QString::fromUtf8(unified));
    call.finish(ExitDone);
}

void readSide(Invocation &call, Sides sides);

void gotSide(Invocation &call, const Sides &sides, Side side)
{
    sides->append(std::move(side));
    if (sides->size() == 2)
        showDiff(call, sides->at(0), sides->at(1));
    else
        readSide(call, sides);
}

void readRemote(Invocation &call, const Sides &sides, const nacos::ConfigKey &key, const QString &revision, nacos::Registry &registry)
{
    const QString label = u"%1 (%2, %3/%4%5)"_s.arg(key.dataId, key.group, registry.slug(), key.namespaceId,
                                                    revision.isEmpty() ? QString() : u' ' + revision);
    if (!revision.isEmpty()) {
        auto *reply = registry.configs().revision(key, revision);
        call.running(reply);
        reply->then(&call, [&call, sides, key, label](const Result<nacos::ConfigRevisionDetail> &state) {
            if (!state)
                return call.finish(state.error());
            gotSide(call, sides, {label, state->content.value_or(QByteArray()), key.dataId});
        });
        return;
    }
    auto *reply = registry.configs().get(key);
    call.running(reply);
    reply->then(&call, [&call, sides, key, label](const Result<std::optional<nacos::ConfigDetail>> &detail) {
        if (!detail)
            return call.finish(detail.error());
        if (!*detail)
            return call.finish(Error{Error::Kind::NotFound, u"there is no configuration "_s + label, 0, false});
        gotSide(call, sides, {label, (*detail)->content, key.dataId});
    });
}

/// A: a file (it begins with . or / or file:), an address (signalbox://…), otherwise a data ID in the namespace and group given.
void readSide(Invocation &call, Sides sides)
{
    const QString word = call.argument(int(sides->size()));
    if (word.startsWith(u'.') || word.startsWith(u'/') || word.startsWith("file:"_L1)) {
        const QString path = word.startsWith("file:"_L1) ? word.mid(5) : word;
        const auto content = readFile(path);
        if (!content)
            return call.finish(content.error());
        return gotSide(call, sides, {path, *content, path});
    }
    if (!word.startsWith("signalbox:"_L1)) {
        return withRegistry(call, Use::OneShot, Memory::Opened, [&call, sides](const Place &place) {
            readRemote(call, sides, keyOf(call, place, int(sides->size())), {}, place.registry);
        });
    }
    const auto address = Address::parse(word);
    if (!address)
        return call.finish(address.error());
    const auto key = nacos::ConfigKey::of(*address);
    if (!key)
        return call.finish(key.error());
    const auto profile = call.context().profile(address->profile());
    if (!profile)
        return call.finish(profile.error());
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    withConnection(call, *profile, Use::OneShot, [&call, sides, key = *key, revision = address->revision()](nacos::Registry &registry) {
        readRemote(call, sides, key, revision, registry);
    });
}

void diff(Invocation &call)
{
    readSide(call, std::make_shared<QList<Side>>());
}

// matrix -------------------------------------------------------------------------------------------------------------------------------

struct Matrix {
    struct Column {
        QString label, profile, namespaceId;
        QHash<std::pair<QString, QString>, QByteArray> md5; ///< (group, data ID) → MD5
    };
    QList<Column> columns;
    int read = 0;
};

void showMatrix(Invocation &call, const Matrix &matrix)
{
    QSet<std::pair<QString, QString>> names;
    for (const Matrix::Column &column : matrix.columns) {
        for (auto it = column.md5.keyBegin(); it != column.md5.keyEnd(); ++it)
            names.insert(*it);
    }
    QList<std::pair<QString, QString>> sorted(names.begin(), names.end());
    std::sort(sorted.begin(), sorted.end());
    QJsonArray items;
    TextTable table{{{u"GROUP"_s}, {u"DATA ID"_s}, {u"STATE"_s}}, {}};
    QJsonArray places;
    for (const Matrix::Column &column : matrix.columns) {
        table.columns.append({column.label});
        places.append(column.label);
    }
    int different = 0;
    for (const auto &name : sorted) {
        QSet<QByteArray> kinds;
        QJsonArray cells;
        QStringList row{name.first, name.second, {}};
        int present = 0;
        for (const Matrix::Column &column : matrix.columns) {
            const auto it = column.md5.constFind(name);
            const bool there = it != column.md5.constEnd();
            cells.append(there ? QJsonValue(QString::fromLatin1(*it)) : QJsonValue(QJsonValue::Null));
            row.append(there ? QString::fromLatin1(it->left(8)) : u"–"_s);
            if (there) {
                ++present;
                kinds.insert(*it);
            }
        }
        const QString state = present == matrix.columns.size() ? (kinds.size() == 1 ? u"same"_s : u"different"_s) : u"missing"_s;
        different += state == "same"_L1 ? 0 : 1;
        row[2] = state;
        if (state != "same"_L1 || call.has(u"all"_s))
            table.rows.append(row);
        items.append(QJsonObject{{u"group"_s, name.first}, {u"dataId"_s, name.second}, {u"state"_s, state}, {u"md5"_s, cells}});
    }
    call.output().document({{u"places"_s, places},
                            {u"items"_s, items},
                            {u"total"_s, items.size()},
                            {u"different"_s, different},
                            {u"complete"_s, true},
                            {u"source"_s, u"live"_s},
                            {u"seenAt"_s, timeValue(QDateTime::currentDateTimeUtc())}});
    call.output().table(table);
    call.finish(ExitDone);
}

void readColumn(Invocation &call, std::shared_ptr<Matrix> matrix)
{
    if (matrix->read == matrix->columns.size())
        return showMatrix(call, *matrix);
    Matrix::Column &column = matrix->columns[matrix->read];
    const auto profile = call.context().profile(column.profile);
    if (!profile)
        return call.finish(profile.error());
    withConnection(call, *profile, Use::OneShot, [&call, matrix, &column](nacos::Registry &registry) {
        nacos::ConfigQuery query;
        query.namespaceId = column.namespaceId;
        auto *stream = registry.configs().list(query);
        call.running(stream);
        stream->each(&call, [matrix, &column](const QList<nacos::ConfigSummary> &batch) {
            for (const nacos::ConfigSummary &item : batch)
                column.md5.insert({item.key.group, item.key.dataId}, item.md5);
        });
        stream->then(&call, [&call, matrix, &column, place = Place{registry, column.profile, column.namespaceId}](const Result<Done> &end) {
            if (!end)
                return call.finish(end.error());
            ++matrix->read;
            if (!column.md5.isEmpty())
                return readColumn(call, matrix);
            unlessUnknownNamespace(call, place, [&call, matrix] { readColumn(call, matrix); });
        });
    });
}

void compareSpaces(Invocation &call)
{
    auto matrix = std::make_shared<Matrix>();
    for (const QString &word : call.arguments()) {
        const qsizetype slash = word.indexOf(u'/');
        if (slash <= 0 || slash + 1 == word.size())
            return call.finish(Error{Error::Kind::Usage, u"\"%1\" is not PROFILE/NAMESPACE"_s.arg(word), 0, false});
        matrix->columns.append({word, word.left(slash), word.mid(slash + 1), {}});
    }
    if (const auto home = call.context().home(); !home)
        return call.finish(home.error());
    readColumn(call, matrix);
}

} // namespace

void addConfigCompareVerbs(CommandTable &table)
{
    const OptionSpec group{u"group"_s, u"G"_s, u"group (default DEFAULT_GROUP)"_s};
    table.add({u"config"_s,
               u"diff"_s,
               u"A B [--group G]"_s,
               u"difference of two: data IDs, files (./x, file:x) or addresses (signalbox://…)"_s,
               2,
               2,
               {group, {u"show-secrets"_s, {}, u"do not mask secret values"_s}},
               diff});
    table.add({u"config"_s,
               u"matrix"_s,
               u"PROFILE/NAMESPACE…"_s,
               u"which configurations differ between places"_s,
               2,
               -1,
               {{u"all"_s, {}, u"also those that are the same"_s}},
               compareSpaces,
               VerbSpec::Deadline::EachRequest});
}

} // namespace core::commands
