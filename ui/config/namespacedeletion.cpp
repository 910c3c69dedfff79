// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/namespacedeletion.h"

#include "core/nacos/registry.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/sizetext.h"
#include "ui/config/configwriting.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui::config {

using core::nacos::Contents;
using core::nacos::NamespaceDeletion;
using core::nacos::NamespaceInfo;

namespace {

constexpr qsizetype NamesShown = 200;
constexpr int RowsAtOnce = 9;
const QString Listing = u"deletion"_s;

} // namespace

void reviewNamespaceDeletion(workbench::Workbench &workbench, workbench::Page *page, MessageBar *bar, const QString &profile,
                             const NamespaceInfo &info, Callback<void(const QList<core::guard::ChangeOutcome> &)> finished)
{
    core::nacos::Registry *registry = workbench.registry(profile);
    if (!registry)
        return;
    auto *reply = core::nacos::planNamespaceDeletion(*registry, info, Contents::Keep, page);
    QTimer::singleShot(300ms, reply, [bar = QPointer(bar), reply, id = info.id] {
        if (bar)
            bar->show({.state = StateColor::Neutral,
                       .text = NamespaceContents::tr("Listing what is in %1 …").arg(id),
                       .actions = {{NamespaceContents::tr("Cancel"), {reply, [reply] { reply->cancel(); }}}},
                       .id = Listing});
    });
    reply->then(page, [=, &workbench](const core::Result<NamespaceDeletion> &found) {
        bar->close(Listing);
        if (!found) {
            if (found.error().kind != core::Error::Kind::Cancelled)
                bar->showError(found.error(), NamespaceContents::tr("Cannot do this"));
            return;
        }
        auto *contents = new NamespaceContents(workbench, profile, info, *found);
        const workbench::PlanReplacement keeping = contents->keeping();
        workbench::PlanRequest request;
        request.plan = keeping.plan;
        request.title = keeping.plan.title;
        request.applyText = keeping.applyText;
        request.doneText = keeping.doneText;
        request.facts = keeping.facts;
        request.weight = workbench::PlanRequest::Weight::Destructive;
        request.aside.title = NamespaceContents::tr("Listeners");
        request.extra = contents;
        request.news = contents->news();
        request.finished = finished;
        workbench.reviewPlan(std::move(request));
    });
}

NamespaceContents::NamespaceContents(workbench::Workbench &workbench, const QString &profile, const NamespaceInfo &info,
                                     const NamespaceDeletion &found)
    : m_workbench(workbench)
    , m_profile(profile)
    , m_info(info)
    , m_kept(found)
    , m_list(new QListWidget(this))
    , m_all(new QCheckBox(this))
    , m_state(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Between);
    const qsizetype count = found.configs.size();
    m_list->setObjectName(u"namespaceContents"_s);
    m_list->setAccessibleName(tr("Configs in this namespace"));
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    for (const core::nacos::ConfigKey &key : found.configs.first(std::min(count, NamesShown)))
        m_list->addItem(new QListWidgetItem(Theme::icon(Icon::Config), key.dataId + u" · "_s + key.group));
    if (count > NamesShown) {
        auto *more = new QListWidgetItem(tr("and %n more", nullptr, int(count - NamesShown)));
        more->setForeground(Theme::color(Token::Muted));
        m_list->addItem(more);
    }
    const int rows = int(std::min<qsizetype>(m_list->count(), RowsAtOnce));
    m_list->setMinimumHeight(rows * std::max(metrics::RowHeight, m_list->sizeHintForRow(0)) + 2 * m_list->frameWidth());
    m_list->setVisible(count > 0);
    layout->addWidget(m_list, 1);
    m_all->setObjectName(u"namespaceWithConfigs"_s);
    m_all->setText(count == 1 ? tr("Delete this &config, too") : tr("Delete these %n &configs, too", nullptr, int(count)));
    // Who is typing the name goes on where they were.
    m_all->setFocusPolicy(Qt::TabFocus);
    m_all->setVisible(count > 0);
    layout->addWidget(m_all);
    m_state->setObjectName(u"namespaceReading"_s);
    m_state->setWordWrap(true);
    m_state->hide();
    m_cancel->setObjectName(u"namespaceReadingCancel"_s);
    m_cancel->setAutoDefault(false);
    m_cancel->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::Between);
    row->addWidget(m_state, 1);
    row->addWidget(m_cancel);
    layout->addLayout(row);
    connect(m_all, &QCheckBox::toggled, this, &NamespaceContents::choose);
    connect(m_cancel, &QAbstractButton::clicked, m_all, [this] { m_all->setChecked(false); });
}

workbench::PlanReplacement NamespaceContents::replacement(const NamespaceDeletion &deletion) const
{
    workbench::PlanReplacement words;
    words.plan = deletion.plan;
    const int count = int(deletion.plan.changes.size()) - 1; // the last one is the namespace itself
    const int inside = int(deletion.configs.size());
    words.plan.title = tr("Delete namespace %1").arg(m_info.id);
    words.applyText = count > 0 ? tr("Delete namespace and %n config(s)", nullptr, count) : tr("Delete this namespace");
    words.doneText = count > 0 ? tr("Namespace %1 is deleted, with %n config(s).", nullptr, count).arg(m_info.id)
                               : tr("Namespace %1 is deleted.").arg(m_info.id);
    if (deletion.unlisted)
        words.facts << errorText(*deletion.unlisted, tr("What is in it is not known")).sentence;
    else if (inside == 0)
        words.facts << tr("No config is in it.");
    else if (count == 0)
        words.facts << tr("%n config(s) are in it. They stay on the server, can be read by this ID, and are listed again when the "
                          "namespace is created again.",
                          nullptr, inside);
    words.facts << tr("Services registered in it are not counted here.");
    if (count > 0) {
        words.facts << loserTexts(deletion.listeners);
        words.facts << tr("Undo creates the namespace and its configs again. A quota, rights given on it, and when and by whom it all was "
                          "first made are not brought back.");
    } else {
        words.facts << tr("Undo creates it again with its ID, name and description. A quota and rights given on it are not brought back.");
    }
    words.aside = count > 0 ? listenerTexts(deletion.listeners) : QStringList();
    return words;
}

void NamespaceContents::choose()
{
    m_reading.reset();
    m_state->hide();
    m_cancel->hide();
    Theme::setMuted(m_state);
    m_list->setVisible(!m_all->isChecked());
    if (!m_all->isChecked()) {
        Q_EMIT m_news.held({});
        Q_EMIT m_news.replaced(keeping());
        return;
    }
    core::nacos::Registry *registry = m_workbench.services().registries.find(m_profile);
    if (!registry) {
        m_all->setChecked(false);
        return;
    }
    Q_EMIT m_news.held(tr("One moment: what goes is being read."));
    showReading(0, m_kept.configs.size());
    m_reading = core::nacos::planNamespaceDeletion(*registry, m_info, Contents::Delete, this);
    connect(m_reading.get(), &core::Operation::progress, this, &NamespaceContents::showReading);
    m_reading->then(this, [this](const core::Result<NamespaceDeletion> &deletion) {
        m_state->hide();
        m_cancel->hide();
        if (deletion) {
            Q_EMIT m_news.replaced(replacement(*deletion));
            return;
        }
        {
            const QSignalBlocker quiet(m_all);
            m_all->setChecked(false);
        }
        m_list->show();
        Q_EMIT m_news.held({});
        Theme::setStateColor(m_state, StateColor::Error);
        m_state->setText(errorText(deletion.error(), tr("Cannot read what is to be deleted")).both());
        m_state->show();
    });
}

void NamespaceContents::showReading(qint64 read, qint64 all)
{
    m_state->setText(tr("Reading what goes: %1").arg(countOfText(read, all)));
    m_state->show();
    m_cancel->show();
}

} // namespace ui::config
