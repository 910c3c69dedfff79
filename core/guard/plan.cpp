// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/plan.h"

#include "core/base/canonicaljson.h"
#include "core/guard/takenback.h"

#include <algorithm>
#include <array>
#include <QCryptographicHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

template <class E>
struct Word {
    E value;
    QLatin1StringView text;
};

// What a value is called in the ledger, in plan files and in `--json`. Of a value that is none of them (a file of another version): the
// last.
constexpr std::array Verbs{Word<Verb>{Verb::Create, "create"_L1}, Word<Verb>{Verb::Update, "update"_L1},
                           Word<Verb>{Verb::Delete, "delete"_L1}};
constexpr std::array Comparisons{Word<Comparison>{Comparison::Atomic, "atomic"_L1}, Word<Comparison>{Comparison::Checked, "checked"_L1}};
constexpr std::array Undos{Word<Undo>{Undo::Full, "full"_L1}, Word<Undo>{Undo::Partial, "partial"_L1}, Word<Undo>{Undo::None, "none"_L1}};
constexpr std::array Outcomes{Word<Outcome>{Outcome::Applied, "Applied"_L1}, Word<Outcome>{Outcome::Conflict, "Conflict"_L1},
                              Word<Outcome>{Outcome::Failed, "Failed"_L1}, Word<Outcome>{Outcome::Unknown, "Unknown"_L1}};

template <class E, size_t N>
QString wordOf(const std::array<Word<E>, N> &words, E value)
{
    const auto found = std::find_if(words.begin(), words.end(), [value](const Word<E> &word) { return word.value == value; });
    return found == words.end() ? words.back().text : found->text;
}

template <class E, size_t N>
std::optional<E> valueOf(const std::array<Word<E>, N> &words, const QString &text)
{
    const auto found = std::find_if(words.begin(), words.end(), [&text](const Word<E> &word) { return word.text == text; });
    return found == words.end() ? std::nullopt : std::optional(found->value);
}

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

bool Plan::isLong() const
{
    // As core/text has it for other work on contents: a few milliseconds.
    constexpr qsizetype Short = 256 * 1024;
    qsizetype bytes = 0;
    for (const Change &change : changes)
        bytes += (change.before ? change.before->content.size() : 0) + (change.after ? change.after->content.size() : 0);
    return bytes > Short;
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
    TakenBack line = takenBack(change.summary);
    ++line.times;
    back.summary = toString(line);
    return back;
}

QString names::toString(Verb verb)
{
    return wordOf(Verbs, verb);
}

QString names::toString(Comparison comparison)
{
    return wordOf(Comparisons, comparison);
}

QString names::toString(Undo undo)
{
    return wordOf(Undos, undo);
}

QString names::toString(Outcome outcome)
{
    return wordOf(Outcomes, outcome);
}

std::optional<Verb> verbFrom(const QString &text)
{
    return valueOf(Verbs, text);
}

std::optional<Comparison> comparisonFrom(const QString &text)
{
    return valueOf(Comparisons, text);
}

std::optional<Undo> undoFrom(const QString &text)
{
    return valueOf(Undos, text);
}

} // namespace core::guard
