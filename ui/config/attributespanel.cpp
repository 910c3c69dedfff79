// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/attributespanel.h"

#include "ui/common/followlanguage.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace ui::config {

AttributesPanel::AttributesPanel(QWidget *parent)
    : QWidget(parent)
{
    // What can be changed on the left, what is so on the right: the panel is wide and low.
    auto *halves = new QHBoxLayout(this);
    halves->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    halves->setSpacing(2 * metrics::Around);
    auto *form = new QFormLayout;
    form->setSpacing(metrics::Between);
    halves->addLayout(form, 3);
    const auto field = [this](const QString &name, int most) {
        auto *edit = new QLineEdit(this);
        edit->setObjectName(name);
        edit->setMaxLength(most);
        edit->setMaximumWidth(520);
        connect(edit, &QLineEdit::textEdited, this, &AttributesPanel::edited);
        return edit;
    };
    const auto label = [this, form](QWidget *buddy) {
        auto *words = new QLabel(this);
        words->setBuddy(buddy);
        form->addRow(words, buddy);
        return words;
    };
    m_app = field(u"configApp"_s, 128);
    auto *appLabel = label(m_app);
    m_tags = field(u"configTags"_s, 324);
    auto *tagsLabel = label(m_tags);
    m_description = field(u"configDescription"_s, 128);
    auto *descriptionLabel = label(m_description);
    m_facts = new QLabel(this);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    Theme::setMuted(m_facts);
    m_facts->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_facts->setWordWrap(true);
    m_facts->setContentsMargins(0, metrics::Inside, 0, 0);
    halves->addWidget(m_facts, 2);
    followLanguage(this, [this, appLabel, tagsLabel, descriptionLabel] {
        appLabel->setText(tr("A&pp"));
        tagsLabel->setText(tr("Tag&s"));
        descriptionLabel->setText(tr("&Description"));
        m_app->setAccessibleName(tr("App"));
        m_tags->setAccessibleName(tr("Tags"));
        m_description->setAccessibleName(tr("Description"));
        m_tags->setPlaceholderText(tr("up to five, with commas between them"));
    });
}

void AttributesPanel::show(const core::nacos::ConfigAttributes &attributes, const std::optional<core::nacos::ConfigDetail> &detail)
{
    // What is being typed keeps its caret and its blanks.
    const auto shown = this->attributes();
    m_attributes = attributes;
    if (shown.app != attributes.app)
        m_app->setText(attributes.app);
    if (shown.tags != attributes.tags)
        m_tags->setText(attributes.tags.join(u", "_s));
    if (shown.description != attributes.description)
        m_description->setText(attributes.description);
    QStringList lines;
    if (detail) {
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
    m_facts->setText(lines.join(u'\n'));
}

core::nacos::ConfigAttributes AttributesPanel::attributes() const
{
    core::nacos::ConfigAttributes result = m_attributes;
    result.app = m_app->text().trimmed();
    result.description = m_description->text().trimmed();
    result.tags.clear();
    for (const QString &tag : m_tags->text().split(u',')) {
        if (const QString word = tag.trimmed(); !word.isEmpty() && !result.tags.contains(word))
            result.tags << word;
    }
    return result;
}

void AttributesPanel::setAccess(Access access)
{
    for (QLineEdit *edit : {m_app, m_tags, m_description})
        edit->setReadOnly(access == Access::ReadOnly);
}

} // namespace ui::config
