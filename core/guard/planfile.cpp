// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonreader.h"
#include "core/guard/plan.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

constexpr auto Format = "signalbox-plan"_L1;
constexpr int Version = 1;

QJsonObject encode(const Change &change)
{
    QJsonObject json{{u"target"_s, change.target.toString()},
                     {u"verb"_s, toString(change.verb)},
                     {u"comparison"_s, toString(change.comparison)},
                     {u"undo"_s, toString(change.undo)},
                     {u"summary"_s, change.summary},
                     {u"before"_s, change.before ? QJsonValue(change.before->toJson()) : QJsonValue(QJsonValue::Null)},
                     {u"after"_s, change.after ? QJsonValue(change.after->toJson()) : QJsonValue(QJsonValue::Null)}};
    if (!change.undoNote.isEmpty())
        json.insert(u"undoNote"_s, change.undoNote);
    return json;
}

Error inside(const Error &error, const QString &pointer)
{
    Error moved = error;
    moved.message = pointer + moved.message;
    return moved;
}

Result<Change> decode(const QJsonObject &json, const QString &pointer)
{
    JsonReader in(json, pointer);
    Change change;
    const auto target = Address::parse(in.string("target"_L1));
    if (!target)
        in.reject("target"_L1, target.error().message);
    else
        change.target = *target;
    const auto verb = verbFrom(in.string("verb"_L1));
    if (!verb)
        in.reject("verb"_L1, u"expected create, update or delete"_s);
    const auto comparison = comparisonFrom(in.string("comparison"_L1));
    if (!comparison)
        in.reject("comparison"_L1, u"expected atomic or checked"_s);
    const auto undo = undoFrom(in.string("undo"_L1));
    if (!undo)
        in.reject("undo"_L1, u"expected full, partial or none"_s);
    change.undoNote = in.string("undoNote"_L1, {});
    change.summary = in.string("summary"_L1, {});
    for (const auto &[name, value] : {std::pair("before"_L1, &change.before), std::pair("after"_L1, &change.after)}) {
        if (!in.has(name))
            continue;
        auto decoded = Value::fromJson(in.object(name));
        if (!decoded)
            return fail(inside(decoded.error(), pointer + u'/' + name));
        *value = std::move(*decoded);
    }
    if (const auto error = in.error())
        return fail(*error);
    change.verb = *verb;
    change.comparison = *comparison;
    change.undo = *undo;
    if (const auto sound = check(change); !sound)
        return fail(Error::Kind::BadReply, pointer + u": "_s + sound.error().message);
    return change;
}

} // namespace

Result<QByteArray> Plan::toFile() const
{
    QJsonArray list;
    for (const Change &change : changes) {
        if (!change.secrets.isEmpty())
            return fail(Error::Kind::Usage, change.target.toString() + u": a change with secrets is never saved"_s);
        list.append(encode(change));
    }
    const QJsonObject json{{u"format"_s, Format},
                           {u"version"_s, Version},
                           {u"id"_s, id.toString(QUuid::WithoutBraces)},
                           {u"title"_s, title},
                           {u"reason"_s, reason},
                           {u"notes"_s, QJsonArray::fromStringList(notes)},
                           {u"hash"_s, QString::fromLatin1(hash().toHex())},
                           {u"changes"_s, list}};
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

Result<Plan> Plan::fromFile(const QByteArray &json)
{
    const auto object = JsonReader::parseObject(json);
    if (!object)
        return fail(object.error());
    JsonReader in(*object);
    if (in.string("format"_L1) != Format)
        in.reject("format"_L1, u"this is not a plan"_s);
    if (in.integer("version"_L1) != Version)
        in.reject("version"_L1, u"written by another version of this program"_s);
    Plan plan;
    plan.id = QUuid::fromString(in.string("id"_L1));
    if (plan.id.isNull())
        in.reject("id"_L1, u"expected a UUID"_s);
    plan.title = in.string("title"_L1, {});
    plan.reason = in.string("reason"_L1, {});
    for (const QJsonValue note : in.array("notes"_L1, {}))
        plan.notes.append(note.toString());
    const QString hash = in.string("hash"_L1);
    const QJsonArray list = in.array("changes"_L1);
    if (const auto error = in.error())
        return fail(*error);
    for (qsizetype i = 0; i < list.size(); ++i) {
        auto change = decode(list.at(i).toObject(), u"/changes/%1"_s.arg(i));
        if (!change)
            return fail(change.error());
        plan.changes.push_back(std::move(*change));
    }
    if (QString::fromLatin1(plan.hash().toHex()) != hash)
        return fail(Error::Kind::Conflict, u"the plan was edited after it was made: its hash does not fit its changes"_s);
    return plan;
}

} // namespace core::guard
