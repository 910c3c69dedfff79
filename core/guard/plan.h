// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "core/guard/value.h"

#include <optional>
#include <QMap>
#include <QStringList>
#include <QUuid>
#include <vector>

namespace core::guard {

Q_NAMESPACE

enum class Verb { Create, Update, Delete };
Q_ENUM_NS(Verb)
enum class Comparison {
    Atomic, ///< the server compares
    Checked ///< we read, then act
};
Q_ENUM_NS(Comparison)
enum class Undo { Full, Partial, None };
Q_ENUM_NS(Undo)

enum class Outcome {
    Applied,
    Conflict, ///< it was not as the plan says any more; nothing was changed
    Failed,   ///< not in effect
    Unknown   ///< the wire gave no answer; settled later
};
Q_ENUM_NS(Outcome)

/// One step of a plan. Both values are whole: what is not in `after` is gone.
struct Change {
    Address target;
    Verb verb = Verb::Update;
    std::optional<Value> before, after; ///< nullopt: absent
    Comparison comparison = Comparison::Checked;
    Undo undo = Undo::Full;
    QString undoNote; ///< why undo is not full
    QString summary;  ///< one line, for people
    /// Field name → reference into the SecretStore, for what must not be written down (a new password). The executor fetches it when
    /// it applies. Such a change is never saved, undone or resumed; its undo is None.
    QMap<QString, QString> secrets;
    /// The ledger's entry that this takes back; 0: none. Of this home only: no part of the hash, of plan files, of the journal.
    qint64 undoes = 0;
    friend bool operator==(const Change &, const Change &) = default;
};

struct Plan {
    QUuid id = QUuid::createUuid(); ///< submitting the same id again goes on where it stopped
    QString title;                  ///< for Activity; empty: the summary of the only change
    QString reason;
    std::vector<Change> changes;
    QStringList notes; ///< shown as warnings in the review

    /// Over targets, verbs, befores and afters: what the person has seen is what is done.
    QByteArray hash() const;
    /// So many bytes of contents that hash() is left to one of the Workers by whoever must not wait.
    bool isLong() const;
    /// Change by change, for Activity and the ledger.
    QString displayTitle() const;

    /// A plan file. Usage: a change has secrets.
    Result<QByteArray> toFile() const;
    /// BadReply with a JSON pointer; Conflict when the file's own hash does not fit (edited by hand).
    static Result<Plan> fromFile(const QByteArray &json);
    friend bool operator==(const Plan &, const Plan &) = default;
};

/// Does the change make sense by itself: verb fits the values, secrets only with Undo::None.
Result<Done> check(const Change &change);
/// The change that takes this one back; Usage with the reason when there is none.
Result<Change> inverse(const Change &change);

/// The spelling of the ledger, plan files and `--json`. In a namespace of their own, opened by a directive: QTest looks for a toString()
/// of another kind by argument-dependent lookup and must not find these.
namespace names {
QString toString(Verb verb);
QString toString(Comparison comparison);
QString toString(Undo undo);
/// `Applied`, `Conflict`, `Failed`, `Unknown`: as in the ledger and in `--json`.
QString toString(Outcome outcome);
} // namespace names
using namespace names;
std::optional<Verb> verbFrom(const QString &text);
std::optional<Comparison> comparisonFrom(const QString &text);
std::optional<Undo> undoFrom(const QString &text);

} // namespace core::guard
