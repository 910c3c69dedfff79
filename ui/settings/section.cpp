// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/section.h"

#include "ui/common/messagebar.h"
#include "ui/common/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::settings {

using core::profiles::Setting;
using core::profiles::Settings;

namespace {

constexpr int FieldWidth = 280;

QString fieldName(Setting key)
{
    return u"setting."_s + Settings::name(key);
}

} // namespace

Section::Section(workbench::Workbench &workbench, const QString &title, const QString &about, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_bar(new MessageBar(this))
    , m_form(new QFormLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(metrics::Around + metrics::Between, metrics::Around, metrics::Around, metrics::Around);
    body->setSpacing(metrics::Inside);
    auto *headline = new QLabel(title, this);
    Theme::setHeadline(headline);
    body->addWidget(headline);
    if (!about.isEmpty()) {
        auto *text = new QLabel(about, this);
        text->setWordWrap(true);
        Theme::setMuted(text);
        body->addWidget(text);
    }
    body->addSpacing(metrics::Between);
    m_form->setHorizontalSpacing(metrics::Around);
    m_form->setVerticalSpacing(metrics::Between);
    m_form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_form->setFormAlignment(Qt::AlignLeft | Qt::AlignTop);
    body->addLayout(m_form);
    body->addStretch(1);
    layout->addLayout(body, 1);
}

void Section::addRow(const QString &label, QWidget *field, const QString &hint)
{
    auto *name = new QLabel(label, this);
    name->setBuddy(field);
    name->setMinimumWidth(160);
    m_form->addRow(name, field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString(label).remove(u'&'));
    if (!hint.isEmpty())
        addHint(hint);
}

void Section::addHint(const QString &hint)
{
    auto *text = new QLabel(hint, this);
    text->setWordWrap(true);
    text->setFont(Theme::smallFont());
    text->setMinimumWidth(FieldWidth);
    text->setMaximumWidth(520);
    Theme::setMuted(text);
    m_form->addRow(QString(), text);
}

void Section::addHeading(const QString &title)
{
    auto *label = new QLabel(title, this);
    label->setFont(Theme::strongFont());
    label->setContentsMargins(0, metrics::Around, 0, metrics::Inside);
    m_form->addRow(label);
}

QLabel *Section::addText(const QString &label, const QString &text)
{
    auto *value = new QLabel(text, this);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setMinimumWidth(FieldWidth);
    value->setMaximumWidth(520);
    auto *name = new QLabel(label, this);
    name->setMinimumWidth(160);
    value->setAccessibleName(label);
    m_form->addRow(name, value);
    return value;
}

QComboBox *Section::addChoice(Setting key, const QString &label, const QList<Choice> &choices, const QString &hint)
{
    auto *box = new QComboBox(this);
    box->setObjectName(fieldName(key));
    box->setMinimumWidth(FieldWidth);
    for (const Choice &choice : choices)
        box->addItem(choice.text, choice.value.toVariant());
    const auto show = [this, box, key] {
        const QSignalBlocker quiet(box);
        const int index = box->findData(store().value(key).toVariant());
        box->setCurrentIndex(std::max(0, index));
    };
    show();
    connect(box, &QComboBox::currentIndexChanged, this,
            [this, box, key] { store().set(key, QJsonValue::fromVariant(box->currentData())); });
    connect(&store(), &Settings::changed, box, [key, show](Setting changed) {
        if (changed == key)
            show();
    });
    addRow(label, box, hint);
    return box;
}

QCheckBox *Section::addSwitch(Setting key, const QString &text, const QString &hint)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(fieldName(key));
    box->setChecked(store().isOn(key));
    connect(box, &QCheckBox::toggled, this, [this, key](bool on) { store().set(key, on); });
    connect(&store(), &Settings::changed, box, [this, box, key](Setting changed) {
        if (changed == key) {
            const QSignalBlocker quiet(box);
            box->setChecked(store().isOn(key));
        }
    });
    m_form->addRow(QString(), box);
    if (!hint.isEmpty())
        addHint(hint);
    return box;
}

QSpinBox *Section::addNumber(Setting key, const QString &label, const Range &range, const QString &hint)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(fieldName(key));
    box->setRange(range.from, range.to);
    box->setSingleStep(range.step);
    box->setSuffix(range.suffix);
    box->setSpecialValueText(range.special);
    box->setMinimumWidth(140);
    box->setValue(store().number(key));
    connect(box, &QSpinBox::valueChanged, this, [this, key](int value) { store().set(key, value); });
    connect(&store(), &Settings::changed, box, [this, box, key](Setting changed) {
        if (changed == key) {
            const QSignalBlocker quiet(box);
            box->setValue(store().number(key));
        }
    });
    addRow(label, box, hint);
    return box;
}

} // namespace ui::settings
