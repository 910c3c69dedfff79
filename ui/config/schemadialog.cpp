// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/schemadialog.h"

#include "core/nacos/config/configplans.h"
#include "core/text/jsonschema.h"
#include "ui/common/codeeditor.h"
#include "ui/common/coretext.h"
#include "ui/common/sizetext.h"
#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

SchemaSummary summaryOf(const QString &schema)
{
    const QByteArray bytes = schema.toUtf8();
    const auto compiled = core::text::JsonSchema::compile(bytes);
    if (!compiled)
        return {coreText(compiled.error().message), StateColor::Error};
    const QString what = compiled->title().isEmpty() ? sizeText(bytes.size()) : compiled->title() + u" · "_s + sizeText(bytes.size());
    if (compiled->remarks().isEmpty())
        return {what, StateColor::Info};
    const core::text::Problem &first = compiled->remarks().first();
    return {what + u" · "_s + SchemaDialog::tr("line %1: %2").arg(first.line).arg(coreText(first.message)), StateColor::Warning};
}

SchemaDialog::SchemaDialog(const QString &schema, Access access, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"schemaDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Schema"));
    resize(640, 480);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    layout->setSpacing(metrics::Between);
    auto *about = new QLabel(tr("A JSON Schema of the content. It is part of the next publish; the server keeps it."), this);
    about->setWordWrap(true);
    Theme::setMuted(about);
    layout->addWidget(about);
    m_editor = new CodeEditor(this);
    m_editor->setObjectName(u"schemaText"_s);
    m_editor->setContent(schema.toUtf8());
    m_editor->setFormat(core::text::Format::Json);
    m_editor->setPlaceholder(tr("Schema"));
    layout->addWidget(m_editor, 1);
    m_state = new QLabel(this);
    m_state->setObjectName(u"schemaState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    layout->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    auto *cancel = new QPushButton(access == Access::ReadOnly ? tr("Close") : tr("Cancel"), this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addWidget(cancel);
    if (access == Access::ReadOnly) {
        m_editor->setAccess(CodeEditor::Access::ReadOnly);
    } else {
        m_take = new PrimaryButton(tr("Use this schema"), this);
        m_take->setObjectName(u"schemaTake"_s);
        m_take->setDefault(true);
        connect(m_take, &QPushButton::clicked, this, &SchemaDialog::take);
        buttons->addWidget(m_take);
    }
    layout->addLayout(buttons);
    connect(m_editor, &CodeEditor::contentChanged, this, &SchemaDialog::check);
    check();
    m_editor->setFocus();
}

QString SchemaDialog::text() const
{
    return QString::fromUtf8(m_editor->content());
}

void SchemaDialog::check()
{
    const QString schema = text();
    const bool empty = schema.trimmed().isEmpty();
    const bool tooLong = schema.size() > core::nacos::LongestSchema; // then it is not looked into: it may be anything
    const SchemaSummary summary = empty || tooLong ? SchemaSummary{tr("No schema."), StateColor::Info} : summaryOf(schema);
    m_state->setText(tooLong ? tr("A server takes %1 characters.").arg(countText(core::nacos::LongestSchema)) : summary.text);
    Theme::setStateColor(m_state, tooLong ? StateColor::Error : summary.state);
    if (!tooLong && summary.state == StateColor::Info)
        Theme::setMuted(m_state);
    // One that is broken can be kept: it is the server's, and somebody may want to mend it later.
    if (m_take) {
        m_take->setEnabled(!tooLong);
        m_take->setText(empty ? tr("Use no schema") : tr("Use this schema"));
    }
}

void SchemaDialog::take()
{
    const QString schema = text();
    Q_EMIT chosen(schema.trimmed().isEmpty() ? QString() : schema);
    accept();
}

} // namespace ui::config
