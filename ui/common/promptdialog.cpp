// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/promptdialog.h"

#include "ui/common/actionregistry.h"
#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::prompts {

PromptDialog::PromptDialog(QWidget *parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout)
    , m_verb(new QPushButton(this))
    , m_alternative(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"promptDialog"_s);
    setWindowModality(Qt::WindowModal);
    m_verb->setObjectName(u"promptVerb"_s);
    m_alternative->setObjectName(u"promptAlternative"_s);
    m_cancel->setObjectName(u"promptCancel"_s);
    m_verb->setAutoDefault(false);
    m_alternative->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    m_alternative->hide();
    connect(m_verb, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_alternative, &QPushButton::clicked, this, [this] {
        m_alternativeChosen = true;
        accept();
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_body->setSpacing(metrics::Between);
}

void PromptDialog::setHeading(const QString &title, const QString &text, StateColor state)
{
    setWindowTitle(title);
    auto *heading = new QLabel(title);
    heading->setObjectName(u"promptTitle"_s);
    heading->setTextFormat(Qt::PlainText);
    heading->setWordWrap(true);
    Theme::setHeadline(heading);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::Between + 4);
    if (state == StateColor::Warning || state == StateColor::Error) {
        auto *icon = new QLabel;
        icon->setPixmap(Theme::stateIcon(state).pixmap(QSize(22, 22), devicePixelRatio()));
        row->addWidget(icon, 0, Qt::AlignTop);
    }
    row->addWidget(heading, 1);
    m_body->addLayout(row);
    if (!text.isEmpty()) {
        auto *label = new QLabel(text);
        label->setObjectName(u"promptText"_s);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_body->addWidget(label);
        setAccessibleDescription(text);
    }
}

void PromptDialog::setItems(const QStringList &items)
{
    if (items.isEmpty())
        return;
    auto *list = new QListWidget;
    list->setObjectName(u"promptItems"_s);
    list->setAccessibleName(tr("What it is about"));
    list->setUniformItemSizes(true);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->addItems(items);
    // All of a short list, the beginning of a long one.
    list->setFixedHeight(int(qMin<qsizetype>(items.size(), 7)) * metrics::RowHeight + 8);
    m_body->addWidget(list);
}

void PromptDialog::setDetails(const QString &details)
{
    if (details.isEmpty())
        return;
    auto *button = new LinkLabel(tr("Details"));
    button->setCheckable(true);
    auto *text = new QPlainTextEdit(details);
    text->setReadOnly(true);
    text->setFont(Theme::fixedFont());
    text->setAccessibleName(tr("Details"));
    text->setTabChangesFocus(true);
    text->setFixedHeight(120);
    text->hide();
    connect(button, &QAbstractButton::toggled, this, [this, text](bool on) {
        text->setVisible(on);
        adjustSize();
    });
    m_body->addWidget(button, 0, Qt::AlignLeft);
    m_body->addWidget(text);
}

QLineEdit *PromptDialog::addField(const QString &label, const QString &name)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(name);
    auto *text = new QLabel(label);
    text->setBuddy(edit);
    text->setWordWrap(true);
    Theme::setMuted(text);
    m_body->addSpacing(metrics::Inside);
    m_body->addWidget(text);
    m_body->addWidget(edit);
    connect(edit, &QLineEdit::textChanged, this, &PromptDialog::check);
    connect(edit, &QLineEdit::returnPressed, this, [this] {
        if (m_verb->isEnabled())
            m_verb->click();
    });
    return edit;
}

void PromptDialog::setTypedWord(const QString &word)
{
    m_word = word;
    if (word.isEmpty())
        return;
    m_typed = addField(tr("To go on, type %1").arg(word), u"promptTyped"_s);
    m_typed->setAccessibleName(tr("Type %1").arg(word));
}

void PromptDialog::addReason(Confirm::Reason need)
{
    const bool required = need == Confirm::Reason::Required;
    m_reasonRequired = required;
    m_reason = addField(required ? tr("&Reason (it is kept in the ledger)") : tr("&Reason (optional, it is kept in the ledger)"),
                        u"promptReason"_s);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(500);
}

void PromptDialog::addInput(const Input &input)
{
    m_input = addField(input.label, u"promptInput"_s);
    m_input->setAccessibleName(withoutMnemonic(input.label));
    m_input->setPlaceholderText(input.placeholder);
    if (input.echo == Input::Echo::Secret)
        m_input->setEchoMode(QLineEdit::Password);
    m_problem = new QLabel;
    m_problem->setObjectName(u"promptProblem"_s);
    m_problem->setWordWrap(true);
    Theme::setStateColor(m_problem, StateColor::Error);
    m_body->addWidget(m_problem);
    if (!input.hint.isEmpty()) {
        auto *hint = new QLabel(input.hint);
        hint->setWordWrap(true);
        Theme::setMuted(hint);
        m_body->addWidget(hint);
    }
    m_check = input.problem;
    m_input->setText(input.value);
    m_input->selectAll();
}

void PromptDialog::setVerb(const QString &verb, ButtonRole role)
{
    m_verb->setText(verb);
    m_role = role;
    setButtonRole(m_verb, role);
}

void PromptDialog::addAlternative(const QString &text)
{
    m_alternative->setText(text);
    m_alternative->show();
}

void PromptDialog::check()
{
    bool good = true;
    if (m_typed)
        good = good && m_typed->text().trimmed() == m_word;
    if (m_reason && m_reasonRequired)
        good = good && !m_reason->text().trimmed().isEmpty();
    if (m_input) {
        const QString problem = m_check ? m_check(m_input->text()) : QString();
        // Nothing typed yet is no mistake to point at.
        const bool untouched = m_input->text().isEmpty();
        m_problem->setText(untouched ? QString() : problem);
        m_problem->setVisible(!untouched && !problem.isEmpty());
        setFieldState(m_input, untouched || problem.isEmpty() ? StateColor::Neutral : StateColor::Error);
        good = good && problem.isEmpty() && (m_check || !untouched);
    }
    m_verb->setEnabled(good);
}

void PromptDialog::arrange()
{
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::Between);
    buttons->addWidget(m_alternative);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_verb);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Around + 4, metrics::Around + 2, metrics::Around + 4, metrics::Around);
    layout->addLayout(m_body);
    layout->addSpacing(metrics::Between);
    layout->addLayout(buttons);
    setMinimumWidth(460);
    adjustSize();
    check();
    if (QLineEdit *first = m_input ? m_input : m_typed ? m_typed : m_reason) {
        first->setFocus();
        return;
    }
    // Whoever presses Return without reading must not delete anything.
    QPushButton *preferred = m_role == ButtonRole::Danger ? m_cancel : m_verb;
    preferred->setDefault(true);
    preferred->setFocus();
}

QString PromptDialog::typed() const
{
    return m_typed ? m_typed->text().trimmed() : QString();
}

QString PromptDialog::reason() const
{
    return m_reason ? m_reason->text().trimmed() : QString();
}

QString PromptDialog::inputText() const
{
    return m_input ? m_input->text() : QString();
}

} // namespace ui::prompts
