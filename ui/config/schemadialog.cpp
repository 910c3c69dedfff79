// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/schemadialog.h"

#include "core/base/workers.h"
#include "core/nacos/config/configplans.h"
#include "ui/common/codeeditor.h"
#include "ui/common/coretext.h"
#include "ui/common/sizetext.h"
#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using core::text::JsonSchema;

SchemaReading::SchemaReading(core::Workers &workers, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_workers(workers)
    , m_soon(new QTimer(this))
{
    m_soon->setSingleShot(true);
    m_soon->setInterval(patience);
    connect(m_soon, &QTimer::timeout, this, &SchemaReading::start);
}

void SchemaReading::read(const QString &schema)
{
    if (schema == m_schema && (m_compiled || m_run > 0))
        return;
    m_schema = schema;
    m_compiled.reset();
    ++m_run;
    m_soon->start();
}

void SchemaReading::start()
{
    m_workers.run(
        this, [schema = m_schema] { return JsonSchema::compile(schema.toUtf8()); },
        [this, run = m_run](const core::Result<JsonSchema> &compiled) {
            if (run != m_run)
                return;
            m_compiled = compiled;
            Q_EMIT done();
        });
}

std::optional<SchemaSummary> SchemaReading::summary() const
{
    if (!m_compiled)
        return {};
    const core::Result<JsonSchema> &compiled = *m_compiled;
    if (!compiled)
        return SchemaSummary{coreText(compiled.error().message), StateColor::Error};
    const QString size = sizeText(m_schema.toUtf8().size());
    const QString what = compiled->title().isEmpty() ? size : compiled->title() + u" · "_s + size;
    if (compiled->remarks().isEmpty())
        return SchemaSummary{what, StateColor::Info};
    const core::text::Problem &first = compiled->remarks().first();
    return SchemaSummary{what + u" · "_s + SchemaDialog::tr("line %1: %2").arg(first.line).arg(coreText(first.message)),
                         StateColor::Warning};
}

SchemaDialog::SchemaDialog(core::Workers &workers, const QString &schema, Access access, QWidget *parent)
    : QDialog(parent)
    , m_reading(new SchemaReading(workers, std::chrono::milliseconds(150), this))
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
    connect(m_reading, &SchemaReading::done, this, &SchemaDialog::sayWhatItIs);
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
    // What was said of the text before stands there until there is something to say of this one.
    if (empty || tooLong)
        sayWhatItIs();
    else
        m_reading->read(schema);
    // One that is broken can be kept: it is the server's, and somebody may want to mend it later.
    if (m_take) {
        m_take->setEnabled(!tooLong);
        m_take->setText(empty ? tr("Use no schema") : tr("Use this schema"));
    }
}

void SchemaDialog::sayWhatItIs()
{
    const QString schema = text();
    SchemaSummary said{tr("No schema."), StateColor::Info};
    if (schema.size() > core::nacos::LongestSchema)
        said = {tr("A server takes %1 characters.").arg(countText(core::nacos::LongestSchema)), StateColor::Error};
    else if (!schema.trimmed().isEmpty())
        said = m_reading->summary().value_or(SchemaSummary());
    m_state->setText(said.text);
    Theme::setStateColor(m_state, said.state);
    if (said.state == StateColor::Info)
        Theme::setMuted(m_state);
}

void SchemaDialog::take()
{
    const QString schema = text();
    Q_EMIT chosen(schema.trimmed().isEmpty() ? QString() : schema);
    accept();
}

} // namespace ui::config
