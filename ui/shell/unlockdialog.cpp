// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/unlockdialog.h"

#include "core/guard/unlocks.h"
#include "core/profiles/settings.h"
#include "ui/common/messagebar.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

UnlockDialog::UnlockDialog(workbench::Services &services, const QString &profile, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_services(services)
    , m_profile(profile)
    , m_bar(new MessageBar(this))
    , m_minutes(new QComboBox(this))
    , m_reason(new QLineEdit(this))
    , m_unlock(new QPushButton(tr("&Unlock writes"), this))
{
    setObjectName(u"unlockDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Unlock writes on %1").arg(name));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    body->setSpacing(metrics::Around);
    auto *text = new QLabel(tr("%1 is protected: nothing is written until you unlock it, and it locks itself again. "
                               "The unlock holds for this window and for signalboxctl.")
                                .arg(name),
                            this);
    text->setWordWrap(true);
    body->addWidget(text);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(metrics::Around);
    form->setVerticalSpacing(metrics::Between);
    const int usual = services.settings.number(core::profiles::Setting::DefaultUnlockMinutes);
    QList<int> choices{5, 15, 30, 60, 240};
    if (!choices.contains(usual))
        choices.append(usual);
    std::sort(choices.begin(), choices.end());
    for (const int minutes : std::as_const(choices))
        m_minutes->addItem(minutes < 60 ? tr("%n minutes", nullptr, minutes) : tr("%n hours", nullptr, minutes / 60), minutes);
    m_minutes->setCurrentIndex(int(choices.indexOf(usual)));
    m_minutes->setObjectName(u"unlockMinutes"_s);
    m_reason->setObjectName(u"unlockReason"_s);
    m_reason->setPlaceholderText(tr("For example a ticket number"));
    form->addRow(tr("&For"), m_minutes);
    form->addRow(tr("&Reason"), m_reason);
    body->addLayout(form);
    auto *buttons = new QHBoxLayout;
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"unlockCancel"_s);
    m_unlock->setObjectName(u"unlockApply"_s);
    m_unlock->setDefault(true);
    m_unlock->setEnabled(false);
    setButtonRole(m_unlock, ButtonRole::Primary);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_unlock);
    body->addLayout(buttons);
    layout->addLayout(body);
    setMinimumWidth(440);
    m_reason->setFocus();
    connect(m_reason, &QLineEdit::textChanged, this, [this](const QString &reason) { m_unlock->setEnabled(!reason.trimmed().isEmpty()); });
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_unlock, &QAbstractButton::clicked, this, &UnlockDialog::unlock);
}

void UnlockDialog::unlock()
{
    const auto done =
        m_services.unlocks.unlock(m_profile, std::chrono::minutes(m_minutes->currentData().toInt()), m_reason->text().trimmed());
    if (!done) {
        m_bar->showError(done.error(), tr("Writes were not unlocked"));
        return;
    }
    accept();
}

} // namespace ui::shell
