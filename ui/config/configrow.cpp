// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configrow.h"

#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ui::config::ConfigsPage", text);
}

/// What a column shows whole in any window.
QStringList wholeOf(const QString &id)
{
    if (id == "group"_L1)
        return {u"DEFAULT_GROUP"_s};
    if (id == "type"_L1)
        return {u"properties"_s};
    if (id == "app"_L1)
        return {u"storefront"_s};
    if (id == "tag"_L1)
        return {u"storefront, texts"_s};
    if (id == "size"_L1)
        return {u"99.9 KiB"_s};
    if (id == "by"_L1)
        return {u"operator"_s};
    if (id == "md5"_L1)
        return {u"0123abcd"_s};
    if (id == "changed"_L1) {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        return {relativeTime(now.addSecs(-59 * 60), now), relativeTime(now.addDays(-6), now), relativeTime(now.addDays(-20), now)};
    }
    return {};
}

/// In a narrow window what the details say as well goes first.
int yieldOf(const QString &id)
{
    static const QStringList order{u"listeners"_s, u"by"_s, u"app"_s, u"tag"_s, u"md5"_s, u"state"_s, u"gray"_s};
    return int(order.indexOf(id)) + 1;
}

ColumnInfo column(const QString &id, const QString &title, ColumnInfo::Kind kind, int width)
{
    ColumnInfo info;
    info.whole = [id] { return wholeOf(id); };
    info.yields = yieldOf(id);
    info.id = id;
    info.title = title;
    info.kind = kind;
    info.width = width;
    return info;
}

QString marks(const ConfigRow &row)
{
    QStringList words;
    if (row.overridden)
        words << QCoreApplication::translate("ui::config::ConfigsPage", "local override");
    if (row.hasDraft)
        words << QCoreApplication::translate("ui::config::ConfigsPage", "draft");
    if (row.summary.encrypted())
        words << QCoreApplication::translate("ui::config::ConfigsPage", "encrypted");
    return words.join(u" · "_s);
}

RecordColumn<ConfigRow> nameColumn()
{
    RecordColumn<ConfigRow> name;
    name.info = column(u"dataid"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Data ID")), ColumnInfo::Kind::Name, 270);
    name.info.minWidth = 190;
    name.info.stretch = ColumnInfo::Stretch::Yes;
    name.text = [](const ConfigRow &row) { return row.summary.key.dataId; };
    name.icon = [](const ConfigRow &row) {
        return row.summary.encrypted() ? Theme::icon(Icon::Secret) : row.hasDraft ? Theme::icon(Icon::Drafts) : Theme::icon(Icon::Config);
    };
    name.toolTip = [](const ConfigRow &row) {
        const QString more = marks(row);
        return more.isEmpty() ? row.summary.key.dataId : row.summary.key.dataId + u"\n"_s + more;
    };
    name.look = [](const ConfigRow &row) {
        CellLook look;
        if (row.overridden)
            look.badge = say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "local override"));
        return look;
    };
    return name;
}

RecordColumn<ConfigRow> textColumn(const QString &id, const QString &title, int width, std::function<QString(const ConfigRow &)> text)
{
    RecordColumn<ConfigRow> result;
    result.info = column(id, title, ColumnInfo::Kind::Muted, width);
    result.text = std::move(text);
    return result;
}

} // namespace

QString rowId(const core::nacos::ConfigKey &key)
{
    return key.group + u'\n' + key.dataId;
}

core::nacos::ConfigKey keyOfRow(const QString &rowId, const QString &namespaceId)
{
    return {namespaceId, rowId.section(u'\n', 0, 0), rowId.section(u'\n', 1)};
}

QList<RecordColumn<ConfigRow>> configColumns()
{
    QList<RecordColumn<ConfigRow>> columns;
    columns << nameColumn();
    columns << textColumn(u"group"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Group")), 110,
                          [](const ConfigRow &row) { return row.summary.key.group; });
    auto type = textColumn(u"type"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Type")), 60,
                           [](const ConfigRow &row) { return row.summary.type; });
    type.info.filter = ColumnInfo::Filter::Word;
    columns << type;
    auto app = textColumn(u"app"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "App")), 60,
                          [](const ConfigRow &row) { return row.summary.app; });
    columns << app;
    auto tags = textColumn(u"tag"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Tags")), 80,
                           [](const ConfigRow &row) { return row.summary.tags.join(u", "_s); });
    tags.info.filter = ColumnInfo::Filter::Word;
    columns << tags;
    RecordColumn<ConfigRow> size;
    size.info = column(u"size"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Size")), ColumnInfo::Kind::Number, 64);
    size.info.filter = ColumnInfo::Filter::Number;
    size.text = [](const ConfigRow &row) { return sizeText(row.summary.size.value_or(-1)); };
    size.sort = [](const ConfigRow &row) { return row.summary.size ? SortValue(double(*row.summary.size)) : SortValue(); };
    columns << size;
    RecordColumn<ConfigRow> changed;
    changed.info = column(u"changed"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Changed")), ColumnInfo::Kind::Time, 80);
    changed.info.filter = ColumnInfo::Filter::None;
    changed.text = [](const ConfigRow &row) { return relativeTime(row.summary.changedAt); };
    changed.sort = [](const ConfigRow &row) { return sortByTime(row.summary.changedAt); };
    changed.toolTip = [](const ConfigRow &row) { return exactTime(row.summary.changedAt); };
    columns << changed;
    auto by = textColumn(u"by"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "By")), 60,
                         [](const ConfigRow &row) { return row.summary.changedBy.isEmpty() ? u"–"_s : row.summary.changedBy; });
    by.sort = [](const ConfigRow &row) { return row.summary.changedBy.isEmpty() ? SortValue() : SortValue(row.summary.changedBy); };
    columns << by;
    RecordColumn<ConfigRow> md5;
    md5.info = column(u"md5"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "MD5")), ColumnInfo::Kind::Ident, 70);
    md5.info.filter = ColumnInfo::Filter::FieldOnly;
    md5.text = [](const ConfigRow &row) { return QString::fromLatin1(row.summary.md5.left(8)); };
    md5.toolTip = [](const ConfigRow &row) { return QString::fromLatin1(row.summary.md5); };
    columns << md5;
    auto gray = textColumn(u"gray"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Gray")), 60, [](const ConfigRow &row) {
        return row.summary.gray ? say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "gray")) : QString();
    });
    gray.info.visibility = ColumnInfo::Visibility::Hidden;
    gray.info.filter = ColumnInfo::Filter::Word;
    columns << gray;
    RecordColumn<ConfigRow> listeners;
    listeners.info = column(u"listeners"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Listeners")), ColumnInfo::Kind::Number, 64);
    listeners.info.filter = ColumnInfo::Filter::Number;
    listeners.info.toolTip =
        say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "Applications that are told of changes; counted for the rows on the screen"));
    listeners.text = [](const ConfigRow &row) {
        return row.listeners < 0 ? u"–"_s : row.listeners == 0 ? QString() : countText(row.listeners);
    };
    listeners.sort = [](const ConfigRow &row) { return row.listeners < 0 ? SortValue() : SortValue(double(row.listeners)); };
    columns << listeners;
    auto state = textColumn(u"state"_s, say(QT_TRANSLATE_NOOP("ui::config::ConfigsPage", "State")), 110, marks);
    state.info.visibility = ColumnInfo::Visibility::Hidden;
    columns << state;
    return columns;
}

} // namespace ui::config
