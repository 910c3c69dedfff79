// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/schemadata.h"

#include <QDeadlineTimer>
#include <QSet>

namespace core::text {

/// Holds one content against a schema, once. Private to core/text.
class SchemaChecker {
    Q_DISABLE_COPY_MOVE(SchemaChecker)
public:
    SchemaChecker(const JsonSchema::Data &schema, const ValueTree &tree, const Source &source)
        : m_schema(schema)
        , m_rules(schema.tree)
        , m_tree(tree)
        , m_source(source)
        , m_deadline(MostMilliseconds)
    {
    }
    QList<Problem> run();

private:
    struct Found {
        qsizetype offset;
        Problem::Severity severity;
        QString message;
    };
    /// nullptr: it is only asked whether, not why not.
    using Out = std::vector<Found>;

    bool eval(int schema, int value, Out *out, int depth);
    /// Maybe: as far as is known. A reference to nowhere is about anything.
    enum class Fit { No, Maybe, Yes };
    Fit fit(int schema, int value, int depth);
    bool fitsName(int schema, const QByteArray &name, int depth);
    bool apply(Keyword keyword, int schema, int rule, int value, Out *out, int depth);
    bool applyToMap(Keyword keyword, int schema, int rule, int value, Out *out, int depth);
    bool applyToList(Keyword keyword, int schema, int rule, int value, Out *out, int depth);
    bool applyToScalar(Keyword keyword, int schema, int rule, int value, Out *out);
    bool bound(Keyword keyword, int schema, int rule, int value, Out *out);
    bool alternatives(Keyword keyword, int rule, int value, Out *out, int depth);
    bool dependencies(int rule, int value, Out *out, int depth);
    bool contains(int schema, int rule, int value, Out *out, int depth);
    bool unique(int value, Out *out);
    bool admits(int schema, int value, int depth) const;
    bool isOf(const QByteArray &type, int value) const;
    bool typed(int rule, int value) const;
    bool listed(int rule, int value);
    bool matchesKey(const QByteArray &pattern, const QByteArray &key);
    QString wordsOf(int rule) const;
    bool isMergeKey(int value) const { return m_tree.at(value).key == "<<"; }

    bool spend(qint64 steps);
    void giveUp(const QString &why)
    {
        if (m_gaveUp.isEmpty())
            m_gaveUp = why;
    }
    bool stopped() const { return !m_gaveUp.isEmpty(); }
    static bool say(Out *out, qsizetype offset, const QString &message, Problem::Severity severity = Problem::Severity::Warning)
    {
        if (out && qsizetype(out->size()) < 2 * MaxProblems)
            out->push_back({offset, severity, message});
        return false;
    }
    QString number(int rule) const { return shownKey(m_rules.at(rule).text); }
    double size(int rule) const { return m_rules.number(rule).value_or(0); }

    const JsonSchema::Data &m_schema;
    const ValueTree &m_rules;
    const ValueTree &m_tree;
    const Source &m_source;
    QDeadlineTimer m_deadline;
    qint64 m_steps = 0, m_askedAt = 0;
    QSet<QByteArray> m_slow;
    bool m_unsure = false; ///< something of the last evaluation is not known
    QString m_gaveUp;

    static constexpr int MostMilliseconds = 3000;
    static constexpr qsizetype MaxCanonical = MaxPatternText;
};

} // namespace core::text
