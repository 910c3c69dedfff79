// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/diffmodel.h"

#include <QHash>

namespace ui {

namespace {

using Tone = DiffModel::Tone;

qsizetype longestLine(const core::text::Lines &lines)
{
    qsizetype longest = 0;
    for (int line = 1; line <= lines.count(); ++line)
        longest = qMax(longest, lines.line(line).size());
    return longest;
}

/// Rows of one range belong to one change, in the order of the ranges.
void groupChanges(QList<DiffModel::Row> &rows, QList<DiffModel::Change> &changes)
{
    bool inside = false;
    for (int row = 0; row < rows.size(); ++row) {
        const bool differs = rows.at(row).leftTone != Tone::None || rows.at(row).rightTone != Tone::None;
        if (differs && !inside)
            changes.append({row, row});
        if (differs) {
            changes.last().last = row;
            rows[row].change = int(changes.size()) - 1;
        }
        inside = differs;
    }
}

} // namespace

bool isUnended(const core::text::Lines &lines, int number)
{
    return number > 0 && number == lines.count() && lines.withEnd(number).size() == lines.line(number).size();
}

DiffModel makeDiffModel(const DiffInput &input)
{
    DiffModel model;
    const core::text::Diff diff = core::text::diffLines(input.left, input.right, input.options);
    model.left = diff.left;
    model.right = diff.right;
    model.exact = diff.exact;
    model.longest = qMax(longestLine(diff.left), longestLine(diff.right));
    if (input.secrets == DiffInput::Secrets::Masked) {
        model.leftSecrets = core::text::findSecrets(input.format, input.left);
        model.rightSecrets = core::text::findSecrets(input.format, input.right);
    }
    using Kind = core::text::SideRow::Kind;
    const QList<core::text::SideRow> sides = core::text::sideBySide(diff);
    QHash<int, int> leftMate, rightMate; // lines that changed into each other
    model.side.reserve(sides.size());
    for (const core::text::SideRow &source : sides) {
        DiffModel::Row row{source.left, source.right};
        switch (source.kind) {
        case Kind::Same:
            break;
        case Kind::Changed:
            row.leftTone = Tone::Removed;
            row.rightTone = Tone::Added;
            leftMate.insert(source.left, source.right);
            rightMate.insert(source.right, source.left);
            break;
        case Kind::Removed:
            row.leftTone = Tone::Removed;
            row.rightTone = Tone::Gap;
            break;
        case Kind::Added:
            row.leftTone = Tone::Gap;
            row.rightTone = Tone::Added;
            break;
        }
        model.side.append(row);
    }
    groupChanges(model.side, model.sideChanges);

    int left = 1, right = 1;
    const auto same = [&](int untilLeft) {
        for (; left < untilLeft; ++left, ++right)
            model.unified.append({left, right});
    };
    for (const core::text::DiffRange &range : diff.ranges) {
        same(range.left);
        for (int i = 0; i < range.leftCount; ++i, ++left)
            model.unified.append({left, 0, Tone::Removed, Tone::None, -1, leftMate.value(left)});
        for (int i = 0; i < range.rightCount; ++i, ++right)
            model.unified.append({0, right, Tone::None, Tone::Added, -1, rightMate.value(right)});
    }
    same(diff.left.count() + 1);
    groupChanges(model.unified, model.unifiedChanges);

    if (const auto keys = core::text::diffKeys(input.format, input.left, input.right))
        model.keys = *keys;
    return model;
}

DiffModel makeMergeModel(const MergeInput &input, const core::text::MergeResult &merge)
{
    using Kind = core::text::MergeChunk::Kind;
    DiffModel model;
    model.left = core::text::Lines(input.mine);
    model.right = core::text::Lines(input.theirs);
    model.leftSecrets = core::text::findSecrets(input.format, input.mine);
    model.rightSecrets = core::text::findSecrets(input.format, input.theirs);
    model.exact = merge.exact;
    model.longest = qMax(longestLine(model.left), longestLine(model.right));
    int left = 1, right = 1;
    for (const core::text::MergeChunk &chunk : merge.chunks) {
        const int mineLines = core::text::Lines(chunk.mine).count(), theirLines = core::text::Lines(chunk.theirs).count();
        const int baseLines = core::text::Lines(chunk.base).count();
        const int rows = qMax(mineLines, theirLines);
        const int first = int(model.side.size());
        for (int i = 0; i < rows; ++i) {
            DiffModel::Row row;
            row.left = i < mineLines ? left + i : 0;
            row.right = i < theirLines ? right + i : 0;
            const auto tone = [&](int line, bool changed) {
                if (line == 0 || !changed)
                    return line == 0 ? Tone::Gap : Tone::None;
                return i < baseLines ? Tone::Edited : Tone::Added;
            };
            if (chunk.kind == Kind::Conflict) {
                row.leftTone = row.left ? Tone::Changed : Tone::Gap;
                row.rightTone = row.right ? Tone::Changed : Tone::Gap;
            } else {
                row.leftTone = tone(row.left, chunk.kind == Kind::Mine || chunk.kind == Kind::Both);
                row.rightTone = tone(row.right, chunk.kind == Kind::Theirs || chunk.kind == Kind::Both);
            }
            if (chunk.kind == Kind::Conflict)
                row.change = int(model.sideChanges.size());
            model.side.append(row);
        }
        if (chunk.kind == Kind::Conflict) // one that deletes on one side and has nothing on the other still has a row
            model.sideChanges.append({first, qMax(first, int(model.side.size()) - 1)});
        left += mineLines;
        right += theirLines;
    }
    return model;
}

} // namespace ui
