// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/attributechanges.h"

#include "core/guard/plan.h"
#include "ui/workbench/planpanel.h"

#include <algorithm>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace ui::workbench {

using core::guard::Change;

namespace {

QString attributeText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isArray()) {
        QStringList words;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &word : array)
            words.append(attributeText(word));
        return words.join(u", "_s);
    }
    return value.toVariant().toString();
}

/// A long text (a schema) in one line, from a little before `from`.
QString shortened(const QString &text, qsizetype from)
{
    constexpr qsizetype longest = 160, before = 24;
    if (text.size() <= longest && !text.contains(u'\n'))
        return text;
    const qsizetype begin = from <= 2 * before ? 0 : from - before;
    QString line = text.mid(begin, 4 * longest).simplified();
    if (line.size() > longest || begin + 4 * longest < text.size())
        line = line.left(longest) + u'…';
    return begin > 0 ? u'…' + line : line;
}

/// What people call it; of another kind of object it may have none.
QString attributeName(const QString &name)
{
    if (name == "type"_L1)
        return PlanPanel::tr("type", "attribute of a change");
    if (name == "app"_L1)
        return PlanPanel::tr("app", "attribute of a change");
    if (name == "description"_L1)
        return PlanPanel::tr("description", "attribute of a change");
    if (name == "tags"_L1)
        return PlanPanel::tr("tags", "attribute of a change");
    if (name == "use"_L1)
        return PlanPanel::tr("use", "attribute of a change");
    if (name == "effect"_L1)
        return PlanPanel::tr("effect", "attribute of a change");
    if (name == "schema"_L1)
        return PlanPanel::tr("schema", "attribute of a change");
    if (name == "encryptedDataKey"_L1)
        return PlanPanel::tr("data key", "attribute of a change");
    if (name == "name"_L1)
        return PlanPanel::tr("name", "attribute of a change");
    if (name == "configs"_L1)
        return PlanPanel::tr("configs", "attribute of a change");
    if (name == "ips"_L1)
        return PlanPanel::tr("addresses", "attribute of a change");
    return name;
}

} // namespace

QStringList attributeChanges(const Change &change)
{
    const QJsonObject before = change.before ? change.before->attributes : QJsonObject();
    const QJsonObject after = change.after ? change.after->attributes : QJsonObject();
    QStringList names = before.keys() + after.keys();
    names.removeDuplicates();
    names.sort();
    QStringList lines;
    for (const QString &name : std::as_const(names)) {
        QString old = attributeText(before.value(name)), fresh = attributeText(after.value(name));
        if (old == fresh)
            continue;
        // From where they differ.
        const qsizetype same = std::mismatch(old.cbegin(), old.cend(), fresh.cbegin(), fresh.cend()).first - old.cbegin();
        old = shortened(old, same);
        fresh = shortened(fresh, same);
        if (old.isEmpty())
            lines.append(PlanPanel::tr("%1: %2").arg(attributeName(name), fresh));
        else if (fresh.isEmpty())
            lines.append(PlanPanel::tr("%1: %2 is taken away").arg(attributeName(name), old));
        else
            lines.append(PlanPanel::tr("%1: %2 → %3").arg(attributeName(name), old, fresh));
    }
    return lines;
}

} // namespace ui::workbench
