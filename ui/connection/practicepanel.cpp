// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/practicepanel.h"

#include "core/profiles/practice.h"
#include "core/store/home.h"
#include "ui/common/actionregistry.h"
#include "ui/common/messagebar.h"
#include "ui/common/widgets.h"
#include "ui/workbench/activity.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::connection {

PracticePanel::PracticePanel(workbench::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_bar(new MessageBar(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_where(new QLabel(this))
    , m_open(new PrimaryButton({}, this))
    , m_stop(new QPushButton(this))
{
    setObjectName(u"practicePanel"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_bar);
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    layout->setSpacing(metrics::Between);
    Theme::setHeadline(m_title);
    m_text->setWordWrap(true);
    m_text->setMaximumWidth(560);
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_where->setFont(Theme::fixedFont());
    Theme::setMuted(m_where);
    m_open->setObjectName(u"practiceOpen"_s);
    m_stop->setObjectName(u"practiceStop"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_open);
    buttons->addWidget(m_stop);
    buttons->addStretch(1);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_where);
    layout->addSpacing(metrics::Between);
    layout->addLayout(buttons);
    layout->addStretch(1);
    outer->addLayout(layout, 1);
    connect(m_open, &QAbstractButton::clicked, this, [this] {
        if (QAction *action = m_workbench.actions().action(u"connection.practice"_s))
            action->trigger();
    });
    connect(m_stop, &QAbstractButton::clicked, this, &PracticePanel::stop);
    refresh();
}

void PracticePanel::refresh()
{
    m_title->setText(tr("Practice registry"));
    m_text->setText(tr("A registry on this machine with the data of a small company, for trying everything out: publish, compare, delete, "
                       "restore. It speaks the real protocols, is reachable from this machine only, and ends shortly after the last "
                       "program that uses it."));
    const bool running = m_workbench.services().practice.isRunning();
    const auto endpoints = running ? m_workbench.services().practice.running() : std::nullopt;
    m_where->setVisible(endpoints.has_value());
    if (endpoints)
        m_where->setText(QStringList{endpoints->nacosHttp, endpoints->nacosConsole, endpoints->nacosGrpc}.join(u'\n'));
    m_open->setText(running ? tr("Open") : tr("Start"));
    m_stop->setText(tr("Stop"));
    m_stop->setEnabled(running);
}

void PracticePanel::stop()
{
    auto *reply = m_workbench.services().practice.stop();
    m_workbench.activity().track(reply, tr("Stop the practice registry"));
    reply->then(this, [this](const core::Result<core::Done> &result) {
        if (!result)
            m_bar->showError(result.error(), tr("The practice registry was not stopped"));
        refresh();
    });
}

void PracticePanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace ui::connection
