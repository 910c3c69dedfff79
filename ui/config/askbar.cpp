// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/askbar.h"

#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace ui::config {

namespace {

constexpr int ShortField = 420;

}

AskBar::AskBar(const Words &words, Field width, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_field(new QLineEdit(this))
{
    m_layout->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    m_layout->setSpacing(metrics::Between);
    m_field->setAccessibleName(words.field);
    m_field->setPlaceholderText(words.example);
    m_field->setClearButtonEnabled(true);
    auto *button = new PrimaryButton(words.button, this);
    m_button = button;
    m_layout->addWidget(m_field, 1);
    m_layout->addWidget(button);
    if (width == Field::Short) {
        m_field->setMaximumWidth(ShortField);
        m_layout->addStretch();
    }
    connect(m_field, &QLineEdit::returnPressed, this, &AskBar::asked);
    connect(button, &QPushButton::clicked, this, &AskBar::asked);
}

void AskBar::nameParts(const QString &field, const QString &button)
{
    m_field->setObjectName(field);
    m_button->setObjectName(button);
}

void AskBar::addOption(QWidget *option)
{
    m_layout->insertWidget(m_layout->indexOf(m_button), option);
}

void AskBar::enter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

} // namespace ui::config
