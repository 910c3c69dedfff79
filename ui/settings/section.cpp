// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/section.h"

#include "ui/common/actionregistry.h"
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
constexpr int LabelWidth = 168;
constexpr int TextWidth = 520;

/// A text of several lines that keeps the height it needs: forms and scroll areas ask for no height that follows the width.
class WrappedLabel final : public QLabel {
public:
    WrappedLabel(const QString &text, int width, QWidget *parent)
        : QLabel(text, parent)
        , m_width(width)
    {
        setWordWrap(true);
        setMaximumWidth(width);
    }
    /// A form would ask for the height at the width of its whole column, which is more than this has.
    bool hasHeightForWidth() const override { return false; }
    QSize sizeHint() const override { return {m_width, heightForWidth(m_width)}; }
    QSize minimumSizeHint() const override { return {m_width / 2, heightForWidth(m_width)}; }

private:
    int m_width;
};

QString fieldName(Setting key)
{
    return u"setting."_s + Settings::name(key);
}

} // namespace

Section::Section(workbench::Workbench &workbench, const QString &title, const QString &about, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_bar(new MessageBar(this))
    , m_body(new QVBoxLayout)
    , m_form(new QFormLayout)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    QVBoxLayout *body = m_body;
    body->setContentsMargins(metrics::Around + metrics::Between, metrics::Around, metrics::Around, metrics::Around);
    body->setSpacing(metrics::Inside);
    auto *headline = new QLabel(title, this);
    Theme::setHeadline(headline);
    body->addWidget(headline);
    if (!about.isEmpty()) {
        auto *text = new WrappedLabel(about, LabelWidth + TextWidth, this);
        Theme::setMuted(text);
        body->addWidget(text);
    }
    body->addSpacing(metrics::Between);
    m_form->setHorizontalSpacing(metrics::Around);
    m_form->setVerticalSpacing(metrics::Between + metrics::Inside);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    body->addLayout(m_form);
    body->addStretch(1);
    layout->addLayout(body, 1);
}

QLabel *Section::rowLabel(const QString &text, QWidget *buddy)
{
    auto *name = new QLabel(text, this);
    name->setBuddy(buddy);
    name->setMinimumWidth(LabelWidth);
    if (buddy) {
        // As high as the field, or a hint below it would push the words down.
        name->setFixedHeight(std::max(metrics::FieldHeight, name->sizeHint().height()));
        name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        name->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }
    return name;
}

QWidget *Section::withHint(QWidget *field, const QString &hint)
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(field, 0, Qt::AlignLeft);
    if (!hint.isEmpty()) {
        auto *text = new WrappedLabel(hint, TextWidth, box);
        text->setFont(Theme::smallFont());
        Theme::setMuted(text);
        column->addWidget(text);
    }
    box->setMaximumWidth(TextWidth);
    return box;
}

QWidget *Section::addRow(const QString &label, QWidget *field, const QString &hint)
{
    QWidget *box = withHint(field, hint);
    m_form->addRow(rowLabel(label, field), box);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(withoutMnemonic(label));
    return box;
}

void Section::addWide(QWidget *field, const QString &hint)
{
    m_form->addRow(rowLabel({}, nullptr), withHint(field, hint));
}

void Section::addFilling(QWidget *widget)
{
    const int stretch = m_body->count() - 1;
    m_body->insertWidget(stretch, widget, 1);
    m_body->setStretch(stretch + 1, 0);
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
    auto *value = new WrappedLabel(text, TextWidth, this);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setTextFormat(Qt::PlainText);
    value->setAccessibleName(label);
    // In a box of its own, as hints are: a form does not give a wrapped label the height it needs.
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(value);
    box->setMaximumWidth(TextWidth);
    m_form->addRow(rowLabel(label, nullptr), box);
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
    addWide(box, hint);
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
