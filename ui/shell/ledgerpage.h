// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/guard/guard.h"
#include "core/store/ledger.h"
#include "ui/models/recordmodel.h"
#include "ui/workbench/workbench.h"

class QLabel;
class QSplitter;

namespace ui {
class DiffView;
class FilterBar;
class QuietButton;
class StatePage;
class TableView;
} // namespace ui

namespace ui::shell {

/// One entry of the journal as the table shows it.
struct LedgerRow {
    core::store::LedgerEntry entry;
    core::Address address;
    qint64 undoes = 0;   ///< the entry that this one takes back
    qint64 undoneBy = 0; ///< the entry that took this one back, as long as that is in effect
    friend bool operator==(const LedgerRow &a, const LedgerRow &b)
    {
        return a.entry.id == b.entry.id && a.undoes == b.undoes && a.undoneBy == b.undoneBy &&
            a.entry.result.has_value() == b.entry.result.has_value() &&
            (!a.entry.result ||
             (a.entry.result->outcome == b.entry.result->outcome && a.entry.result->verified == b.entry.result->verified));
    }
};

/// Which entries take back which others, by what the rows say: the same object, the values swapped, core's word for it. `rows`: newest
/// first.
void linkUndos(QList<LedgerRow> &rows);

/// Everything ever written, from the journal: what, when, by which program, why, what came of it; the difference of the chosen entry; undo,
/// verification of the hash chain, export.
class LedgerPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit LedgerPage(workbench::Workbench &workbench);
    ~LedgerPage() override;

    QString kind() const override { return QStringLiteral("ledger"); }
    QString title() const override { return tr("Ledger"); }
    Icon icon() const override { return Icon::Ledger; }
    QString statusText() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void activated() override;
    void refresh() override;
    void focusFilter() override;

    void verify();
    void exportLines();
    void undoSelected();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void retranslate();
    void showNothing();
    void load();
    void showEntry();
    void showAbout(const LedgerRow &row);
    enum class Side { Before, After };
    void loadValue(const QByteArray &sha, Side side);
    void showDiff();
    void showReport();
    static QString undoWord(qint64 entry);
    static QString restoredWord();
    static QString verbWord(core::guard::Verb verb);
    QString verbWord(const LedgerRow &row) const;
    QString outcomeWord(const core::store::LedgerEntry &entry) const;
    StateColor outcomeColor(const core::store::LedgerEntry &entry) const;
    void addRowActions();

    MessageBar *m_bar;
    FilterBar *m_filter = nullptr;
    StatePage *m_pages = nullptr;
    TableView *m_table = nullptr;
    RecordModel<LedgerRow> *m_model = nullptr;
    QSplitter *m_split = nullptr;
    QWidget *m_below = nullptr;
    QLabel *m_about = nullptr;
    DiffView *m_diff = nullptr;
    QuietButton *m_verify = nullptr, *m_export = nullptr, *m_undo = nullptr;
    core::Latest<core::Stream<core::store::LedgerEntry>> m_loading;
    core::Latest<core::Reply<std::optional<QByteArray>>> m_before, m_after;
    core::Latest<core::Reply<core::store::LedgerReport>> m_verifying;
    QList<LedgerRow> m_arriving;
    std::optional<core::store::LedgerEntry> m_shown;
    std::optional<core::store::LedgerReport> m_report; ///< of the last Verify
    std::optional<QByteArray> m_left, m_right;
    bool m_started = false, m_purged = false;
};

} // namespace ui::shell
