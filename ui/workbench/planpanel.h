// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/guard/submission.h"
#include "ui/common/callback.h"
#include "ui/common/theme.h"

#include <memory>
#include <QList>
#include <QPointer>
#include <QStringList>
#include <QWidget>

namespace ui {
class TableView;
}

namespace ui::workbench {

class Workbench;

/// One more column of the changes: what the feature knows of each ("Listeners"), in their order. No texts: it is not shown.
struct PlanAside {
    QString title;
    QStringList texts;
};

/// What takes the place of a plan on show.
struct PlanReplacement {
    core::guard::Plan plan;
    QString applyText, doneText;
    QStringList facts;
    QStringList aside; ///< PlanAside::texts
};

/// What a panel on show hears from the page or widget it belongs to.
class PlanNews final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

Q_SIGNALS:
    /// An object of the plan may have been changed by somebody else: the panel compares again and says so.
    void changed();
    /// Nothing can be applied for now, and why; empty: it can again.
    void held(const QString &why);
    /// The person chose something else beside the plan.
    void replaced(const ui::workbench::PlanReplacement &replacement);
};

/// What the one plan panel shows and does (Workbench::reviewPlan). The panel asks Guard::review() what is needed, shows each change with
/// its difference, takes reason, typed word and unlock, submits, shows the outcome of each change and offers Undo.
struct PlanRequest {
    core::guard::Plan plan;
    QString title;     ///< `Publish app.yaml`
    QString applyText; ///< the verb on the button: `Publish`, `Delete 3 configs`
    QString doneText;  ///< said when every change was applied: `app.yaml is published`; empty: the title
    /// What stands beside doneText; somebody who has just undone something is not asked to undo that.
    enum class Afterwards { OfferUndo, Nothing };
    Afterwards afterwards = Afterwards::OfferUndo;
    enum class Weight { Normal, Destructive };
    Weight weight = Weight::Normal;
    /// Short facts above the changes: `14 listeners will receive it`.
    QStringList facts;
    PlanAside aside;
    /// A widget of the feature below the facts (listeners, say); the panel takes it over. nullptr: none.
    QWidget *extra = nullptr;
    /// Called once, after the last outcome or when the person gave up (then without outcomes). A plan that is under way when its panel goes
    /// is told of at its end, too.
    Callback<void(const QList<core::guard::ChangeOutcome> &)> finished;
    /// On Conflict the panel offers this (three-way merge, say) as long as its context is there; none: nothing is offered.
    Callback<void(const core::guard::ChangeOutcome &)> resolveConflict;
    /// Collects the plan instead of applying it; Cancelled: the person would not. Given by the shell; none: not offered.
    Callback<core::Reply<core::Done> *(const core::guard::Plan &)> addToPlan;
    QPointer<PlanNews> news; ///< none: nobody learns of changes
    /// The reason as it is typed, kept by whoever asks: the next attempt begins with it. None: the plan's.
    std::shared_ptr<QString> reason;
    /// A page shows the needs on top and every column, and stays after the last outcome.
    enum class Frame { Dialog, Page };
    Frame frame = Frame::Dialog;
};

/// One change of the plan as the panel lists it.
struct PlanRow {
    int index = 0;
    QString name, group, place, verb, check, undo, state, aside;
    StateColor stateColor = StateColor::Neutral;
    friend bool operator==(const PlanRow &, const PlanRow &) = default;
};

/// Review, consent, progress and outcome of one plan. Of servers it knows only whether they can be asked; the shell puts it into a dialog.
/// GUI thread.
class PlanPanel final : public QWidget {
    Q_OBJECT
public:
    PlanPanel(Workbench &workbench, PlanRequest request, QWidget *parent = nullptr);
    ~PlanPanel() override;

    enum class Phase { Review, Running, Finished };
    Phase phase() const { return m_phase; }
    const PlanRequest &request() const { return m_request; }
    const QList<core::guard::ChangeOutcome> &outcomes() const { return m_outcomes; }
    /// The list of the changes.
    TableView *table() const;
    /// Of the changes selected in the list, the one shown when it has no list.
    QList<core::Address> selectedTargets() const;
    /// Where the changes stand now (Guard::standing() of this plan): shown in their rows and beside their differences. With one that is
    /// done already or in conflict the plan is not applied: part of it would be refused.
    void setStandings(const QList<core::guard::Standing> &standings);
    /// Where the focus belongs when it is shown: what is missing, or the button.
    void focusFirst();
    /// There is neither a list nor a difference to show: a small sheet does.
    bool isShort() const;

public Q_SLOTS:
    void apply();
    /// Puts the changes into the plan in the top bar.
    void collect();
    /// Gives up before, closes after. During: stops, and stays on show until the outcome of what is on the wire is known.
    void dismiss();

Q_SIGNALS:
    void phaseChanged();
    void selectionChanged();
    /// isShort() may be another.
    void shapeChanged();
    /// To be closed; everything was applied (the notice then says so), or the person is done with it.
    void done();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Ui;
    void build();
    void buildNeeds();
    void retranslate();
    void reviewAgain();
    void showConcerns();
    void showChange(int index);
    PlanRow rowOf(int index) const;
    void showColumns();
    void refreshRows();
    void showOutcomes(const QList<core::guard::ChangeOutcome> &batch);
    void takePlan(core::guard::Plan plan);
    void compareAgain();
    void replace(const PlanReplacement &replacement);
    void arrange();
    void showNews();
    void followServers();
    void showReach();
    bool isOutOfReach(const QString &profile) const;
    void resolve(const core::guard::ChangeOutcome &outcome);
    void unlock();
    bool isStale() const;
    bool isStopping() const;
    void showStopping();
    void ended();
    void showEnd();
    bool mayTryAgain() const;
    void beginAgain();
    void showOutcome();
    void report();
    bool isPage() const { return m_request.frame == PlanRequest::Frame::Page; }
    QString placeOf(const core::Address &target) const;
    QString lineAbout(const core::guard::Change &change) const;

    Workbench &m_workbench;
    PlanRequest m_request;
    core::guard::Review m_review;
    QByteArray m_hash;
    QString m_held; ///< why nothing can be applied for now
    QList<core::guard::ChangeOutcome> m_outcomes;
    QList<core::guard::Standing> m_standings;
    QPointer<core::guard::Submission> m_submission; ///< a child
    core::Latest<core::Reply<core::Done>> m_collecting;
    core::Latest<core::Reply<QList<core::guard::Standing>>> m_standing;
    std::unique_ptr<Ui> m_ui;
    Phase m_phase = Phase::Review;
    QStringList m_away; ///< servers out of reach
    int m_shown = -1;
    int m_generation = 0; ///< of the plan on show
    bool m_reported = false;
};

} // namespace ui::workbench
