// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/attributespanel.h"

#include "ui/common/followlanguage.h"
#include "ui/common/relativetime.h"
#include "ui/common/sizetext.h"
#include "ui/common/widgets.h"
#include "ui/config/schemadialog.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

constexpr QStringView TagSeparator = u", ";

} // namespace

AttributesPanel::AttributesPanel(core::Workers &workers, QWidget *parent)
    : QWidget(parent)
    , m_workers(workers)
    , m_reading(new SchemaReading(workers, {}, this))
{
    // What can be changed on the left, what is so on the right: the panel is wide and low.
    auto *halves = new QHBoxLayout(this);
    halves->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    halves->setSpacing(2 * metrics::Around);
    auto *left = new QVBoxLayout;
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(metrics::Between);
    form->setVerticalSpacing(metrics::Between);
    form->setColumnStretch(1, 3);
    form->setColumnStretch(3, 2);
    left->addLayout(form);
    left->addStretch(1);
    halves->addLayout(left, 5);
    const auto field = [this](const QString &name, int most) {
        auto *edit = new QLineEdit(this);
        edit->setObjectName(name);
        edit->setMaxLength(most);
        connect(edit, &QLineEdit::textEdited, this, &AttributesPanel::edited);
        return edit;
    };
    const auto label = [this, form](int row, int column, QWidget *buddy, QWidget *shown) {
        auto *words = new QLabel(this);
        words->setBuddy(buddy);
        form->addWidget(words, row, column);
        form->addWidget(shown, row, column + 1);
        return words;
    };
    m_app = field(u"configApp"_s, 128);
    auto *appLabel = label(0, 0, m_app, m_app);
    m_tags = field(u"configTags"_s, 5 * 64 + 4 * int(TagSeparator.size()));
    auto *tagsLabel = label(1, 0, m_tags, m_tags);
    m_description = field(u"configDescription"_s, 128);
    auto *descriptionLabel = label(2, 0, m_description, m_description);
    m_use = field(u"configUse"_s, 32);
    auto *useLabel = label(0, 2, m_use, m_use);
    m_effect = field(u"configEffect"_s, 32);
    auto *effectLabel = label(1, 2, m_effect, m_effect);
    auto *schemaRow = new QWidget(this);
    auto *schemaLine = new QHBoxLayout(schemaRow);
    schemaLine->setContentsMargins({});
    schemaLine->setSpacing(metrics::Between);
    m_schema = new ElidedLabel(schemaRow);
    m_schema->setObjectName(u"configSchema"_s);
    m_schemaButton = new QuietButton(Icon::Edit, QString(), schemaRow);
    m_schemaButton->setObjectName(u"configSchemaButton"_s);
    schemaLine->addWidget(m_schema, 1);
    schemaLine->addWidget(m_schemaButton);
    auto *schemaLabel = label(2, 2, m_schemaButton, schemaRow);
    const QList<QWidget *> order{m_app, m_tags, m_description, m_use, m_effect, m_schemaButton};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order[i - 1], order[i]);
    m_facts = new QLabel(this);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    Theme::setMuted(m_facts);
    m_facts->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_facts->setWordWrap(true);
    m_facts->setContentsMargins(0, metrics::Inside, 0, 0);
    // As much as the panel has room for; the rest is scrolled to.
    auto *facts = new QScrollArea(this);
    facts->setFrameShape(QFrame::NoFrame);
    facts->setFocusPolicy(Qt::NoFocus);
    facts->setWidgetResizable(true);
    facts->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    facts->setWidget(m_facts);
    facts->viewport()->setAutoFillBackground(false);
    m_facts->setAutoFillBackground(false);
    halves->addWidget(facts, 3);
    connect(m_reading, &SchemaReading::done, this, &AttributesPanel::showSchema);
    followLanguage(this, [this, appLabel, tagsLabel, descriptionLabel, useLabel, effectLabel, schemaLabel] {
        appLabel->setText(tr("A&pp"));
        tagsLabel->setText(tr("Tag&s"));
        descriptionLabel->setText(tr("&Description"));
        m_app->setAccessibleName(tr("App"));
        m_tags->setAccessibleName(tr("Tags"));
        m_description->setAccessibleName(tr("Description"));
        m_tags->setPlaceholderText(tr("up to five, with commas between them"));
        useLabel->setText(tr("&Use"));
        effectLabel->setText(tr("Effect"));
        schemaLabel->setText(tr("Sche&ma"));
        m_use->setAccessibleName(tr("Use"));
        m_effect->setAccessibleName(tr("Effect"));
        m_schemaButton->setText(tr("Change"));
        m_schemaButton->setAccessibleName(tr("Schema"));
        m_schemaButton->setToolTip(tr("The JSON Schema of the content, kept with it on the server"));
        showSchema();
        showFacts();
    });
}

void AttributesPanel::show(const core::nacos::ConfigAttributes &attributes, const std::optional<core::nacos::ConfigDetail> &detail)
{
    // What is being typed keeps its caret and its blanks.
    const auto shown = this->attributes();
    m_attributes = attributes;
    if (shown.app != attributes.app)
        put(m_app, {attributes.app});
    if (shown.tags != attributes.tags)
        put(m_tags, attributes.tags);
    if (shown.description != attributes.description)
        put(m_description, {attributes.description});
    if (shown.use != attributes.use)
        put(m_use, {attributes.use});
    if (shown.effect != attributes.effect)
        put(m_effect, {attributes.effect});
    m_detail = detail;
    showSchema();
    showFacts();
}

void AttributesPanel::showFacts()
{
    QStringList lines;
    if (const auto &detail = m_detail) {
        if (detail->createdAt.isValid())
            lines << tr("Created %1").arg(exactTime(detail->createdAt)) +
                    (detail->createdBy.isEmpty() ? QString() : u" · "_s + detail->createdBy);
        if (detail->changedAt.isValid()) {
            QStringList by{detail->changedBy, detail->changedFrom};
            by.removeAll(QString());
            lines << tr("Changed %1").arg(exactTime(detail->changedAt)) + (by.isEmpty() ? QString() : u" · "_s + by.join(u" · "_s));
        }
        lines << u"MD5 "_s + QString::fromLatin1(detail->md5);
        if (!detail->attributes.encryptedDataKey.isEmpty())
            lines << tr("Encrypted with a data key; it stays with the content.");
    }
    // An override has a content and a format, nothing else.
    const Told told = m_detail && m_detail->localOverride ? Told::All : m_told;
    if (told == Told::NotAll)
        lines << tr("This server does not tell use, effect and schema. A publish writes them as they stand here: what is empty is "
                    "cleared.");
    if (told == Told::FromHere)
        lines << tr("This server does not tell use, effect and schema: these were published from this computer. A publish writes them as "
                    "they stand here.");
    if (told == Told::FromHistory)
        lines << tr(
            "This server does not tell use, effect and schema: these are from its history. A publish writes them as they stand here.");
    m_facts->setText(lines.join(u'\n'));
}

void AttributesPanel::showSchema()
{
    if (!m_schemaNote.isEmpty() || m_attributes.schema.isEmpty()) {
        Theme::setMuted(m_schema);
        m_schema->setText(m_schemaNote.isEmpty() ? tr("none", "of a schema") : m_schemaNote);
    } else {
        m_reading->read(m_attributes.schema);
        // Until it has been read there is its size to tell.
        const SchemaSummary summary = m_reading->summary().value_or(SchemaSummary{sizeText(m_attributes.schema.size()), StateColor::Info});
        Theme::setStateColor(m_schema, summary.state);
        if (summary.state == StateColor::Info)
            Theme::setMuted(m_schema);
        m_schema->setText(summary.text);
    }
}

void AttributesPanel::setSchema(const QString &schema)
{
    if (schema == m_attributes.schema)
        return;
    m_attributes.schema = schema;
    showSchema();
    Q_EMIT edited();
}

void AttributesPanel::setSchemaNote(const QString &note)
{
    m_schemaNote = note;
    showSchema();
}

void AttributesPanel::setTold(Told told)
{
    m_told = told;
    showFacts();
}

void AttributesPanel::editSchema()
{
    auto *dialog =
        new SchemaDialog(m_workers, m_attributes.schema,
                         m_access == Access::ReadOnly ? SchemaDialog::Access::ReadOnly : SchemaDialog::Access::Editable, window());
    connect(dialog, &SchemaDialog::chosen, this, &AttributesPanel::setSchema);
    dialog->open();
}

/// Never cut: what others made longer than the field would take is theirs to shorten.
void AttributesPanel::put(QLineEdit *edit, const QStringList &value)
{
    const QString text = value.join(TagSeparator);
    edit->setMaxLength(int(std::max<qsizetype>(edit->maxLength(), text.size())));
    edit->setText(text);
    m_put.insert(edit, {edit->text(), value});
}

bool AttributesPanel::isAsPut(const QLineEdit *edit) const
{
    return edit->text() == m_put.value(edit).text;
}

/// Without the blanks around it; what the person left alone is given back to the letter.
QString AttributesPanel::typed(const QLineEdit *edit) const
{
    return isAsPut(edit) ? m_put.value(edit).value.value(0) : edit->text().trimmed();
}

core::nacos::ConfigAttributes AttributesPanel::attributes() const
{
    core::nacos::ConfigAttributes result = m_attributes;
    result.app = typed(m_app);
    result.description = typed(m_description);
    result.use = typed(m_use);
    result.effect = typed(m_effect);
    if (isAsPut(m_tags)) {
        result.tags = m_put.value(m_tags).value;
        return result;
    }
    result.tags.clear();
    for (const QString &tag : m_tags->text().split(u',')) {
        if (const QString word = tag.trimmed(); !word.isEmpty() && !result.tags.contains(word))
            result.tags << word;
    }
    return result;
}

void AttributesPanel::setAccess(Access access)
{
    for (QLineEdit *edit : {m_app, m_tags, m_description, m_use, m_effect})
        edit->setReadOnly(access == Access::ReadOnly);
    m_access = access;
    showSchema();
}

} // namespace ui::config
