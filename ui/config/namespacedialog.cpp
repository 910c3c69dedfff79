// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/namespacedialog.h"

#include "ui/common/widgets.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

NamespaceDialog::NamespaceDialog(const std::optional<core::nacos::NamespaceInfo> &info, QWidget *parent)
    : QDialog(parent)
    , m_info(info.value_or(core::nacos::NamespaceInfo()))
{
    setObjectName(u"namespaceDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(info ? tr("Edit namespace") : tr("New namespace"));
    setMinimumWidth(460);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    layout->setSpacing(metrics::Around);
    auto *form = new QFormLayout;
    form->setSpacing(metrics::Between);
    m_id = new QLineEdit(m_info.id, this);
    m_id->setObjectName(u"namespaceId"_s);
    m_id->setEnabled(!info);
    m_id->setPlaceholderText(u"staging"_s);
    form->addRow(tr("&ID"), m_id);
    m_name = new QLineEdit(m_info.name, this);
    m_name->setObjectName(u"namespaceName"_s);
    form->addRow(tr("&Name"), m_name);
    m_description = new QLineEdit(m_info.description, this);
    m_description->setObjectName(u"namespaceDescription"_s);
    form->addRow(tr("&Description"), m_description);
    layout->addLayout(form);
    m_problem = new QLabel(this);
    m_problem->setWordWrap(true);
    Theme::setStateColor(m_problem, StateColor::Error);
    layout->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_ok = new PrimaryButton(tr("Review…"), this);
    m_ok->setObjectName(u"namespaceReview"_s);
    m_ok->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, [this] {
        m_info.id = m_id->text();
        m_info.name = m_name->text().trimmed();
        m_info.description = m_description->text().trimmed();
        accept();
        Q_EMIT chosen(m_info);
    });
    for (QLineEdit *edit : {m_id, m_name, m_description})
        connect(edit, &QLineEdit::textChanged, this, &NamespaceDialog::check);
    check();
}

void NamespaceDialog::check()
{
    static const QRegularExpression id(u"^[A-Za-z0-9_-]{1,128}$"_s);
    static const QRegularExpression badName(u"[@#$%^&*]"_s);
    QString problem;
    if (!m_id->text().isEmpty() && !id.match(m_id->text()).hasMatch())
        problem = tr("The ID takes letters, digits, - and _.");
    else if (badName.match(m_name->text()).hasMatch())
        problem = tr("The name must not contain @ # $ % ^ & or *.");
    m_problem->setText(problem);
    m_ok->setEnabled(problem.isEmpty() && !m_id->text().isEmpty() && !m_name->text().trimmed().isEmpty());
}

} // namespace ui::config
