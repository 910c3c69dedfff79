// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/plan.h"

#include "core/base/canonicaljson.h"

#include <QCryptographicHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

QJsonValue hashOf(const std::optional<Value> &value)
{
    return value ? QJsonValue(QString::fromLatin1(value->sha256().toHex())) : QJsonValue(QJsonValue::Null);
}

} // namespace

QByteArray Plan::hash() const
{
    QJsonArray rows;
    for (const Change &change : changes)
        rows.append(QJsonArray{change.target.toString(), toString(change.verb), toString(change.comparison), hashOf(change.before),
                               hashOf(change.after)});
    return QCryptographicHash::hash(canonicalJson(rows), QCryptographicHash::Sha256);
}

QString Plan::displayTitle() const
{
    if (!title.isEmpty())
        return title;
    if (changes.size() == 1)
        return changes.front().summary.isEmpty() ? changes.front().target.toString() : changes.front().summary;
    return u"%1 changes"_s.arg(changes.size());
}

Result<Done> check(const Change &change)
{
    const auto bad = [&](const QString &why) { return fail(Error::Kind::Usage, change.target.toString() + u": "_s + why); };
    if (change.target.isEmpty())
        return fail(Error::Kind::Usage, u"a change has no target"_s);
    if (!change.target.revision().isEmpty())
        return bad(u"a state of the past cannot be changed"_s);
    switch (change.verb) {
    case Verb::Create:
        if (change.before || !change.after)
            return bad(u"to create something it must be absent before and there after"_s);
        break;
    case Verb::Update:
        if (!change.before || !change.after)
            return bad(u"to update something it must be there before and after"_s);
        if (*change.before == *change.after && change.secrets.isEmpty())
            return bad(u"nothing would change"_s);
        break;
    case Verb::Delete:
        if (!change.before || change.after)
            return bad(u"to delete something it must be there before and absent after"_s);
        break;
    }
    if (!change.secrets.isEmpty() && change.undo != Undo::None)
        return bad(u"a change with secrets cannot be taken back"_s);
    return Done{};
}

Result<Change> inverse(const Change &change)
{
    if (change.undo == Undo::None) {
        const QString why = change.undoNote.isEmpty() ? u"this kind of change cannot be taken back"_s : change.undoNote;
        return fail(Error::Kind::Usage, why);
    }
    Change back = change;
    std::swap(back.before, back.after);
    back.undoes = 0;
    back.verb = change.verb == Verb::Create ? Verb::Delete : change.verb == Verb::Delete ? Verb::Create : Verb::Update;
    back.summary = u"undo: "_s + change.summary;
    return back;
}

QString names::toString(Verb verb)
{
    switch (verb) {
    case Verb::Create:
        return u"create"_s;
    case Verb::Update:
        return u"update"_s;
    case Verb::Delete:
        break;
    }
    return u"delete"_s;
}

QString names::toString(Comparison comparison)
{
    return comparison == Comparison::Atomic ? u"atomic"_s : u"checked"_s;
}

QString names::toString(Undo undo)
{
    switch (undo) {
    case Undo::Full:
        return u"full"_s;
    case Undo::Partial:
        return u"partial"_s;
    case Undo::None:
        break;
    }
    return u"none"_s;
}

QString names::toString(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied:
        return u"Applied"_s;
    case Outcome::Conflict:
        return u"Conflict"_s;
    case Outcome::Failed:
        return u"Failed"_s;
    case Outcome::Unknown:
        break;
    }
    return u"Unknown"_s;
}

std::optional<Verb> verbFrom(const QString &text)
{
    for (const Verb verb : {Verb::Create, Verb::Update, Verb::Delete}) {
        if (toString(verb) == text)
            return verb;
    }
    return std::nullopt;
}

std::optional<Comparison> comparisonFrom(const QString &text)
{
    for (const Comparison comparison : {Comparison::Atomic, Comparison::Checked}) {
        if (toString(comparison) == text)
            return comparison;
    }
    return std::nullopt;
}

std::optional<Undo> undoFrom(const QString &text)
{
    for (const Undo undo : {Undo::Full, Undo::Partial, Undo::None}) {
        if (toString(undo) == text)
            return undo;
    }
    return std::nullopt;
}

} // namespace core::guard
