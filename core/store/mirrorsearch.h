// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/mirrorindex.h"

namespace core::store {

/// One search under way: page after page of hits, each checked against the content. State between the pages; used by one thread at a
/// time.
class MirrorSearch {
public:
    explicit MirrorSearch(MirrorQuery query);
    Result<Database::Page<MirrorHit>> next(Connection &connection);

    static Result<MirrorCoverage> coverage(Connection &connection, const QList<MirrorScope> &scopes, const QStringList &spaces,
                                           const QStringList &kinds);

private:
    enum class Phase { Candidates, Contents, Names, End };
    Result<Done> candidates(Connection &connection);
    Result<Done> contents(Connection &connection, QList<MirrorHit> &hits);
    Result<Done> names(Connection &connection, QList<MirrorHit> &hits);
    Result<std::optional<MirrorHit>> check(Connection &connection, qint64 item);
    Result<QList<MirrorHit::Place>> keyPlaces(Connection &connection, qint64 item) const;
    QString condition() const;
    QVariantList values() const;

    const MirrorQuery m_query;
    Phase m_phase = Phase::Candidates;
    QList<qint64> m_candidates;
    qsizetype m_checked = 0;
    QSet<qint64> m_hit;
    qint64 m_lastName = 0;
    int m_left = 0;
};

} // namespace core::store
