// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/lookup.h"
#include "ui/workbench/workbench.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace ui::config {

/// Finds configurations by name for the palette (`#`) and quick open, in memory: the names of every open connection, taken from the
/// mirror once and kept up to date by its changes.
class ConfigLookup final : public QObject, public workbench::Lookup {
    Q_OBJECT
public:
    explicit ConfigLookup(workbench::Workbench &workbench);
    ~ConfigLookup() override;
    QChar prefix() const override { return u'#'; }
    QString name() const override;
    core::Reply<QList<workbench::LookupHit>> *find(const workbench::LookupQuery &query) override;

private:
    struct Name {
        core::Address address;
        QString dataId, detail;
    };
    struct Names {
        QList<Name> names;
        bool complete = false, loading = false;
    };
    void load(const QString &profile, const QByteArray &scope, const QString &space);
    void answerWaiting();
    QList<workbench::LookupHit> search(const workbench::LookupQuery &query) const;

    workbench::Workbench &m_workbench;
    QHash<QString, Names> m_byPlace; ///< `profile/namespace`
    QList<std::pair<QPointer<core::Reply<QList<workbench::LookupHit>>>, workbench::LookupQuery>> m_waiting;
    bool m_stale = false;
};

} // namespace ui::config
