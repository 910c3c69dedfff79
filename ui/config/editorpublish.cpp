// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/guard.h"
#include "core/nacos/registry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/coretext.h"
#include "ui/common/followlanguage.h"
#include "ui/common/messagebar.h"
#include "ui/common/relativetime.h"
#include "ui/config/configdocument.h"
#include "ui/config/configwriting.h"
#include "ui/config/editorpage.h"
#include "ui/config/historypanel.h"
#include "ui/config/listenerspanel.h"

#include <algorithm>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>

// From Publish… to what came of it.

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

/// Publishing is allowed all the same; it must not be overlooked.
QWidget *errorLine(const QList<core::text::Problem> &problems)
{
    const auto isError = [](const core::text::Problem &problem) { return problem.severity == core::text::Problem::Severity::Error; };
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Between);
    auto *icon = new QLabel(line);
    auto *text = new QLabel(line);
    text->setObjectName(u"publishErrors"_s);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    Theme::setStateColor(text, StateColor::Error);
    icon->setPixmap(Theme::stateIcon(StateColor::Error).pixmap(metrics::ListIcon, metrics::ListIcon));
    layout->addWidget(icon, 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    const int count = int(std::count_if(problems.cbegin(), problems.cend(), isError));
    followLanguage(line, [text, count, first = *std::find_if(problems.cbegin(), problems.cend(), isError)] {
        text->setText(EditorPage::tr("The text has %n error(s). Line %1, column %2: %3", nullptr, count)
                          .arg(QString::number(first.line), QString::number(first.column), coreText(first.message)));
    });
    return line;
}

} // namespace

bool EditorPage::isChecked() const
{
    return m_checkedFor == std::optional(std::pair(m_editor->revision(), format()));
}

void EditorPage::publish()
{
    contentEdited();
    if (!publishBlocker().isEmpty())
        return;
    if (m_document->newer() && !*m_document->newer())
        keepDeleted();
    if (m_document->newer()) {
        m_mergeSoon = true; // a publish meets the other's change in the merge
        serverChanged();
        return;
    }
    if (m_document->isOverride()) {
        saveOverride();
        return;
    }
    // What was typed a moment ago may have errors that are not known yet.
    if (isChecked())
        return reviewPublish();
    m_publishSoon = true;
    checkSoon();
}

void EditorPage::reviewPublish()
{
    contentEdited();
    if (!publishBlocker().isEmpty())
        return;
    if (m_document->newer())
        return publish();
    if (!m_document->registry())
        m_document->tryAgain();
    // What a publish would clear has to be known first.
    if (!m_recalling.isActive() && !m_comeBack.isAway())
        recallAttributes();
    if (m_recalling.isActive()) {
        m_publishRecalled = true;
        m_countingLimit.start();
        return;
    }
    // Who listens may have come or gone since it was read.
    if (m_counting.isActive())
        return;
    core::nacos::Registry *registry = m_document->registry();
    if (!registry || m_comeBack.isAway())
        return showPublish({});
    m_counting = registry->configs().listeners(m_document->key());
    m_counting->then(this, [this](const core::Result<QList<core::nacos::ConfigListener>> &answer) {
        m_countingLimit.stop();
        if (answer)
            m_listeners->take(*answer);
        showPublish(answer ? std::optional<qsizetype>(core::nacos::applicationsOf(*answer).known()) : std::nullopt);
    });
    m_countingLimit.start();
}

/// `listeners`: counted just now.
void EditorPage::showPublish(std::optional<qsizetype> listeners)
{
    contentEdited();
    if (!publishBlocker().isEmpty())
        return;
    if (m_document->newer())
        return publish();
    if (!isChecked()) {
        m_publishSoon = true;
        return checkSoon();
    }
    PublishRequest request{
        m_address.profile(), m_document->key(), m_document->base(), m_document->content(), m_document->attributes(), {}, {}};
    if (m_recalled && request.before && request.before->md5 == m_recalled->md5)
        request.loss = m_recalled->known.loss();
    // That nobody listens is said only of what is known now.
    const QDateTime asOf = m_listeners->asOf();
    if (!listeners && m_listeners->count() > 0 && !asOf.isValid())
        listeners = m_listeners->count();
    request.listeners = listeners;
    m_bar->close(u"refused"_s);
    auto plan = publishPlan(request);
    if (!plan)
        return showRefused(m_bar, plan.error(), tr("Cannot publish"));
    if (!listeners && m_listeners->unclear() > 0 && !asOf.isValid())
        plan->facts << unclearText();
    if (asOf.isValid() && m_listeners->count() > 0)
        //: %1 is a time of day
        plan->facts << tr("%n listener(s) at %1; who listens now is not known.", nullptr, m_listeners->count()).arg(clockTime(asOf));
    if (core::text::hasErrors(m_problems))
        plan->extra = errorLine(m_problems);
    warnOfMissingNamespace(*plan, workbench(), subject());
    plan->finished = {this,
                      [this, sent = request.content, attributes = request.attributes](const QList<core::guard::ChangeOutcome> &outcomes) {
                          afterPublish(outcomes, sent, attributes);
                      }};
    plan->news = m_news;
    plan->reason = m_reason;
    plan->resolveConflict = {this, [this](const core::guard::ChangeOutcome &) {
                                 // The merge opens as soon as what the server has now is here.
                                 m_mergeSoon = true;
                                 m_document->checkLive();
                             }};
    workbench().reviewPlan(std::move(*plan));
}

void EditorPage::afterPublish(const QList<core::guard::ChangeOutcome> &outcomes, const QByteArray &sent,
                              const core::nacos::ConfigAttributes &attributes)
{
    if (outcomes.isEmpty())
        return;
    const core::guard::ChangeOutcome &outcome = outcomes.first();
    if (outcome.outcome != core::guard::Outcome::Applied) {
        m_document->checkLive();
        return;
    }
    m_reason->clear();
    m_bar->close(AbsentMessage);
    // What was typed while it was on its way is a new edit on top of it.
    contentEdited();
    m_document->published(sent, attributes, outcome.verified ? ConfigDocument::Seen::Yes : ConfigDocument::Seen::No);
    if (m_editor->content() == sent)
        m_editor->setUnmodified();
    m_history->reload();
    m_listeners->follow(m_document->base()->md5);
    updateFacts();
    Q_EMIT faceChanged();
}

/// Who listens may be others now.
void EditorPage::clientsMoved()
{
    m_clientsStale = !isVisible();
    if (!m_clientsStale)
        m_listeners->reload();
}

} // namespace ui::config
