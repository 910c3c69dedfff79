// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/newconfigdialog.h"

#include "core/nacos/config/configplans.h"
#include "core/text/format.h"
#include "ui/common/widgets.h"
#include "ui/workbench/workbench.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

NewConfigDialog::NewConfigDialog(workbench::Workbench &workbench, const workbench::Subject &subject, QWidget *parent)
    : QDialog(parent)
    , m_workbench(workbench)
    , m_subject(subject)
{
    setObjectName(u"newConfigDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New config"));
    setMinimumWidth(460);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    layout->setSpacing(metrics::Around);
    auto *where = new QLabel(tr("In %1").arg(workbench.pathText(subject)), this);
    where->setTextFormat(Qt::PlainText);
    Theme::setMuted(where);
    layout->addWidget(where);

    auto *form = new QFormLayout;
    form->setSpacing(metrics::Between);
    m_dataId = new QLineEdit(this);
    m_dataId->setObjectName(u"newConfigDataId"_s);
    m_dataId->setPlaceholderText(u"application.yaml"_s);
    m_dataId->setMaxLength(256);
    form->addRow(tr("&Data ID"), m_dataId);
    m_group = new QLineEdit(u"DEFAULT_GROUP"_s, this);
    m_group->setObjectName(u"newConfigGroup"_s);
    m_group->setMaxLength(128);
    form->addRow(tr("&Group"), m_group);
    m_type = new QComboBox(this);
    m_type->setObjectName(u"newConfigType"_s);
    for (const char *name : {"yaml", "properties", "json", "toml", "xml", "html", "text"})
        m_type->addItem(QString::fromLatin1(name));
    form->addRow(tr("&Format"), m_type);
    layout->addLayout(form);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"newConfigProblem"_s);
    m_problem->setWordWrap(true);
    Theme::setStateColor(m_problem, StateColor::Error);
    layout->addWidget(m_problem);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_create = new PrimaryButton(tr("Open the editor"), this);
    m_create->setObjectName(u"newConfigCreate"_s);
    m_create->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    layout->addLayout(buttons);

    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &NewConfigDialog::create);
    connect(m_group, &QLineEdit::textChanged, this, &NewConfigDialog::check);
    connect(m_type, &QComboBox::activated, this, [this] { m_typeChosen = true; });
    connect(m_dataId, &QLineEdit::textChanged, this, [this](const QString &text) {
        // A copy has the format of what it is made of.
        if (!m_typeChosen && !m_source)
            m_type->setCurrentText(core::text::formatName(core::text::detect({}, text)));
        check();
    });
    check();
}

void NewConfigDialog::startFrom(const core::nacos::ConfigKey &key, const QString &type)
{
    m_source = key;
    setWindowTitle(tr("Duplicate %1").arg(key.dataId));
    m_type->setCurrentText(type.isEmpty() ? core::text::formatName(core::text::detect({}, key.dataId)) : type);
    m_dataId->setText(key.dataId);
    m_group->setText(key.group);
    m_dataId->selectAll();
}

QString NewConfigDialog::problem(const core::nacos::ConfigKey &key) const
{
    if (!core::nacos::checkKey(key))
        return tr("Letters, digits and - _ . : only, up to 256 characters for the data ID and 128 for the group.");
    const bool encrypted = core::nacos::isCipherName(key.dataId);
    const bool fromEncrypted = m_source && core::nacos::isCipherName(m_source->dataId);
    if (fromEncrypted && !encrypted)
        return tr("%1 is encrypted. The data ID of a copy must begin with cipher- as well, or no client could read it.")
            .arg(m_source->dataId);
    if (encrypted && !fromEncrypted)
        return tr(
            "Data IDs that begin with cipher- are for content the clients encrypt; a text written here could be read by none of them.");
    return {};
}

void NewConfigDialog::check()
{
    const QString why = problem({m_subject.namespaceId, m_group->text(), m_dataId->text()});
    m_create->setEnabled(why.isEmpty());
    m_create->setToolTip(m_dataId->text().isEmpty() ? QString() : why);
    m_problem->setText(m_dataId->text().isEmpty() ? QString() : why);
    // A sentence of several lines takes its own room, none of the fields'.
    layout()->activate();
    if (const int wanted = layout()->totalHeightForWidth(width()); wanted > height())
        resize(width(), wanted);
}

void NewConfigDialog::create()
{
    const core::nacos::ConfigKey key{m_subject.namespaceId, m_group->text(), m_dataId->text()};
    const auto address = key.address(m_subject.profile);
    if (!address || !problem(key).isEmpty())
        return;
    workbench::PageRequest request;
    request.address = *address;
    request.parameters = {{u"new"_s, true}};
    if (!m_source || m_typeChosen)
        request.parameters.insert(u"type"_s, m_type->currentText());
    if (m_source) {
        if (const auto source = m_source->address(m_subject.profile))
            request.parameters.insert(u"from"_s, source->toString());
    }
    m_workbench.openPage(request);
    accept();
}

} // namespace ui::config
