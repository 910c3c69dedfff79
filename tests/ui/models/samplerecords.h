// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/models/recordmodel.h"

#include <QApplication>

namespace tests {

/// Style and palette once for all classes of a program.
inline void ensureTheme()
{
    static const bool done = [] {
        ui::Theme::install(*qApp, ui::Appearance::Light);
        return true;
    }();
    Q_UNUSED(done)
}

struct Sample {
    QString id, group;
    qint64 size = -1;
    QDateTime changed;
    friend bool operator==(const Sample &, const Sample &) = default;
};

class SampleModel final : public ui::RecordModel<Sample> {
public:
    explicit SampleModel(QObject *parent = nullptr)
        : SampleModel(makeColumns(), parent)
    {
    }
    explicit SampleModel(QList<ui::RecordColumn<Sample>> columns, QObject *parent = nullptr)
        : RecordModel([](const Sample &s) { return s.id; }, std::move(columns), parent)
    {
    }

    static QList<ui::RecordColumn<Sample>> makeColumns()
    {
        const auto info = [](const char *id, ui::ColumnInfo::Kind kind, int width, ui::ColumnInfo::Filter filter) {
            ui::ColumnInfo column;
            column.id = QString::fromLatin1(id);
            column.title = column.id.toUpper();
            column.kind = kind;
            column.width = width;
            column.filter = filter;
            return column;
        };
        using Kind = ui::ColumnInfo::Kind;
        using Filter = ui::ColumnInfo::Filter;
        QList<ui::RecordColumn<Sample>> columns;
        columns.append({info("id", Kind::Text, 200, Filter::Contains), [](const Sample &s) { return s.id; }, {}, {}, {}, {}});
        columns[0].info.stretch = ui::ColumnInfo::Stretch::Yes;
        columns.append({info("group", Kind::Muted, 120, Filter::Word), [](const Sample &s) { return s.group; }, {}, {}, {}, {}});
        columns.append({info("size", Kind::Number, 80, Filter::Number),
                        [](const Sample &s) { return s.size < 0 ? QString(QChar(0x2013)) : QString::number(s.size); },
                        [](const Sample &s) { return s.size < 0 ? ui::SortValue() : ui::SortValue(double(s.size)); },
                        {},
                        {},
                        {}});
        columns.append({info("changed", Kind::Time, 90, Filter::FieldOnly),
                        [](const Sample &s) { return s.changed.toString(Qt::ISODate); },
                        [](const Sample &s) { return ui::sortByTime(s.changed); },
                        {},
                        {},
                        {}});
        return columns;
    }
};

} // namespace tests
