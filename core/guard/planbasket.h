// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"
#include "core/base/sharedfile.h"
#include "core/guard/plan.h"

#include <QObject>

namespace core::guard {

/// Changes collected to be reviewed and applied together, instead of one by one at once. Kept in HOME/plan.json, a plan file like any
/// other, so that it survives a restart. One change a target: a later one takes the place of an earlier one. Submits nothing itself.
/// Lives in the GUI thread.
class PlanBasket final : public QObject {
    Q_OBJECT
public:
    explicit PlanBasket(const QString &home, QObject *parent = nullptr);
    ~PlanBasket() override;

    /// Reads what was left from last time; asking twice is fine. BadReply, Conflict, Internal: the file cannot be used; it is put aside
    /// under another name (named in the message) as soon as something is collected.
    Result<Done> load();
    const Plan &plan() const { return m_plan; }
    int count() const { return int(m_plan.changes.size()); }
    /// Slugs, in the order of the changes.
    QStringList profiles() const;

    /// Of the plan's changes; its title and notes are taken only by an empty basket. Usage: a change has secrets, or it would be more than
    /// can be kept (256 MiB with what is in it); nothing was taken then.
    struct Added {
        int fresh = 0, replaced = 0;
    };
    Result<Added> add(const Plan &plan);
    /// Takes changes out. What remains is a new plan, with an id of its own: the ledger knows the old one.
    void remove(const QList<Address> &targets);
    /// Instead of what is in it. Usage: it is more than can be kept; nothing was taken.
    Result<Done> replace(const Plan &plan);
    void clear();
    /// On disk when Done.
    Reply<Done> *flush();
    /// The most that can be kept, in bytes of the file.
    void setLargest(qint64 bytes) { m_largest = bytes; }

Q_SIGNALS:
    void changed();
    /// The disk would not take it: what was collected lasts only as long as this program.
    void saveFailed(const core::Error &error);

private:
    Result<Done> take(Plan plan);
    void saveWhatIsLeft();
    void save(const QByteArray &file);
    Reply<Done> *write(const QByteArray &file);
    Result<Done> putAside();
    SharedFile m_file;
    Plan m_plan;
    qint64 m_largest = 256LL * 1024 * 1024; // of a file that can be read again
    quint64 m_version = 0;                  // of what is in it
    bool m_loaded = false, m_unusable = false, m_unsaved = false;
};

} // namespace core::guard
