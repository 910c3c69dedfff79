// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/formpage.h"

#include "ui/common/actionregistry.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/widgets.h"

#include <QApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {
const QString ProblemsId = u"form.problems"_s;
const QString FailedId = u"form.failed"_s;

/// A text of several lines has the height it needs at the width it got; forms and the label's own hint know it only roughly.
class HintLabel final : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QLabel::resizeEvent(event);
        fit();
    }
    void showEvent(QShowEvent *event) override
    {
        QLabel::showEvent(event);
        fit();
    }
    void changeEvent(QEvent *event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::FontChange)
            fit();
    }

private:
    void fit() { setFixedHeight(heightForWidth(width())); }
};

bool holdsText(const QWidget *field)
{
    QList<QLineEdit *> edits = field->findChildren<QLineEdit *>();
    if (auto *own = qobject_cast<QLineEdit *>(const_cast<QWidget *>(field)))
        edits.append(own);
    return std::any_of(edits.cbegin(), edits.cend(), [](const QLineEdit *edit) { return !edit->text().isEmpty(); });
}

} // namespace

namespace ui {

FormPage::FormPage(QWidget *parent)
    : QWidget(parent)
    , m_bar(new MessageBar(this))
    , m_form(new QFormLayout)
    , m_footer(new QWidget(this))
    , m_revert(new QPushButton(tr("Revert"), m_footer))
    , m_save(new PrimaryButton(tr("&Save"), m_footer))
    , m_timer(new QTimer(this))
{
    using namespace std::chrono_literals;
    m_revert->setObjectName(u"formRevert"_s);
    m_save->setObjectName(u"formSave"_s);
    m_form->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    m_form->setHorizontalSpacing(metrics::Between + 4);
    m_form->setVerticalSpacing(metrics::Between);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    auto *fields = new QWidget;
    fields->setLayout(m_form);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(fields);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setBackgroundRole(QPalette::Base);
    fields->setBackgroundRole(QPalette::Base);
    auto *buttons = new QHBoxLayout(m_footer);
    buttons->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    buttons->addStretch(1);
    buttons->addWidget(m_revert);
    buttons->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(scroll, 1);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_footer);
    m_timer->setSingleShot(true);
    m_timer->setInterval(300ms);
    connect(m_timer, &QTimer::timeout, this, &FormPage::check);
    connect(qApp, &QApplication::focusChanged, this, &FormPage::focusMoved);
    connect(m_save, &QPushButton::clicked, this, &FormPage::save);
    connect(m_revert, &QPushButton::clicked, this, [this] { revert(); });
    m_revert->setEnabled(false);
    m_save->setEnabled(false);
}

FormPage::~FormPage()
{
    // The focus moves while the fields go.
    qApp->disconnect(this);
}

void FormPage::addField(const QString &id, const QString &label, QWidget *field, const QString &hint)
{
    if (field->objectName().isEmpty())
        field->setObjectName(u"field."_s + id);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(withoutMnemonic(label));
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(field);
    if (!hint.isEmpty()) {
        auto *text = new HintLabel(hint);
        text->setWordWrap(true);
        text->setFont(Theme::smallFont());
        Theme::setMuted(text);
        column->addWidget(text);
    }
    auto *problem = new QLabel;
    problem->setObjectName(u"problem."_s + id);
    problem->setWordWrap(true);
    problem->setFont(Theme::smallFont());
    problem->hide();
    column->addWidget(problem);
    auto *name = new QLabel(label);
    name->setBuddy(field);
    name->setFixedHeight(metrics::FieldHeight);
    name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    name->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    Theme::setMuted(name);
    m_form->addRow(name, box);
    m_fields.insert(id, {field, name, problem});
    m_order.append(id);
}

void FormPage::addSection(const QString &title)
{
    auto *label = new QLabel(title);
    label->setFont(Theme::strongFont());
    label->setContentsMargins(0, m_form->rowCount() > 0 ? metrics::Around : 0, 0, metrics::Inside);
    m_form->addRow(label);
}

void FormPage::addWide(QWidget *widget)
{
    m_form->addRow(widget);
}

void FormPage::addButton(QPushButton *button)
{
    static_cast<QHBoxLayout *>(m_footer->layout())->insertWidget(0, button);
}

void FormPage::setSaveText(const QString &text)
{
    m_save->setText(text);
}

bool FormPage::hasErrors() const
{
    return std::any_of(m_problems.cbegin(), m_problems.cend(),
                       [](const FormProblem &problem) { return problem.severity == FormProblem::Severity::Error; });
}

void FormPage::focusField(const QString &field)
{
    const auto it = m_fields.constFind(field);
    if (it == m_fields.constEnd())
        return;
    QWidget *widget = it->widget;
    for (QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto *scroll = qobject_cast<QScrollArea *>(parent)) {
            scroll->ensureWidgetVisible(widget);
            break;
        }
    }
    widget->setFocus(Qt::OtherFocusReason);
}

void FormPage::touched()
{
    updateButtons();
    m_timer->start();
}

QString FormPage::idOf(const QWidget *widget) const
{
    for (auto it = m_fields.cbegin(); widget && it != m_fields.cend(); ++it)
        if (it->widget == widget || it->widget->isAncestorOf(widget))
            return it.key();
    return {};
}

void FormPage::focusMoved(QWidget *from, QWidget *to)
{
    // Another window, or a menu over the field, is no leaving.
    if (!from || !to || to->window() != window() || QApplication::activePopupWidget())
        return;
    const QString field = idOf(from);
    if (field.isEmpty() || field == idOf(to))
        return;
    m_left.insert(field);
    if (!isModified())
        return;
    check();
    showProblems();
    updateButtons();
}

/// Shown at its field: not while somebody writes there what is right only when it is whole, and not where nobody was yet. What got its
/// text in another way (a file was chosen) is whole.
bool FormPage::isMarked(const FormProblem &problem) const
{
    if (m_markAll || problem.field.isEmpty() || !m_fields.contains(problem.field))
        return true;
    if (m_marked.contains(problem.field))
        return true;
    return (m_left.contains(problem.field) || holdsText(m_fields.value(problem.field).widget)) &&
        idOf(QApplication::focusWidget()) != problem.field;
}

void FormPage::loaded(Filled filled)
{
    m_timer->stop();
    m_problems.clear();
    m_marked.clear();
    m_markAll = false;
    m_left = filled == Filled::Yes ? QSet<QString>(m_order.cbegin(), m_order.cend()) : QSet<QString>();
    m_bar->clear();
    m_saving = false;
    showProblems();
    updateButtons();
}

void FormPage::check()
{
    m_timer->stop();
    const QList<FormProblem> problems = validate();
    if (problems == m_problems)
        return;
    m_problems = problems;
    showProblems();
    updateButtons();
    Q_EMIT problemsChanged();
}

void FormPage::showProblems()
{
    QSet<QString> marked;
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it) {
        QStringList texts;
        StateColor state = StateColor::Neutral;
        for (const FormProblem &problem : std::as_const(m_problems)) {
            if (problem.field != it.key() || !isMarked(problem))
                continue;
            marked.insert(it.key());
            texts.append(problem.message);
            if (problem.severity == FormProblem::Severity::Error)
                state = StateColor::Error;
            else if (state == StateColor::Neutral)
                state = StateColor::Warning;
        }
        it->problem->setText(texts.join(u'\n'));
        it->problem->setVisible(!texts.isEmpty());
        if (!texts.isEmpty())
            Theme::setStateColor(it->problem, state);
        it->widget->setAccessibleDescription(texts.join(u' '));
        setFieldState(it->widget, state);
    }
    m_marked = marked;
    // Problems of fields stand at the fields; the bar has those of the whole form.
    QStringList whole;
    StateColor state = StateColor::Warning;
    for (const FormProblem &problem : std::as_const(m_problems)) {
        if (!problem.field.isEmpty() && m_fields.contains(problem.field))
            continue;
        whole.append(problem.message);
        if (problem.severity == FormProblem::Severity::Error)
            state = StateColor::Error;
    }
    if (whole.isEmpty()) {
        m_bar->close(ProblemsId);
    } else {
        Message message;
        message.id = ProblemsId;
        message.state = state;
        message.text = whole.join(u' ');
        m_bar->show(message);
    }
}

void FormPage::updateButtons()
{
    const bool modified = isModified();
    // What is not marked yet is marked by pressing it.
    const bool wrong = std::any_of(m_problems.cbegin(), m_problems.cend(), [this](const FormProblem &problem) {
        return problem.severity == FormProblem::Severity::Error && isMarked(problem);
    });
    m_save->setEnabled(modified && !wrong && !m_saving);
    m_save->setToolTip(wrong ? tr("Correct what is marked first.") : modified ? QString() : tr("Nothing was changed."));
    m_revert->setEnabled(modified && !m_saving);
    if (std::exchange(m_wasModified, modified) != modified)
        Q_EMIT modifiedChanged(modified);
}

void FormPage::save()
{
    if (m_saving || !isModified())
        return;
    check();
    if (hasErrors()) {
        m_markAll = true;
        showProblems();
        updateButtons();
        for (const QString &id : std::as_const(m_order)) {
            const bool wrong = std::any_of(m_problems.cbegin(), m_problems.cend(), [&](const FormProblem &problem) {
                return problem.field == id && problem.severity == FormProblem::Severity::Error;
            });
            if (wrong) {
                focusField(id);
                break;
            }
        }
        m_leave = {};
        return;
    }
    m_saving = true;
    m_bar->close(FailedId);
    m_form->parentWidget()->setEnabled(false);
    updateButtons();
    Q_EMIT saveRequested();
}

void FormPage::setSaved()
{
    m_saving = false;
    m_form->parentWidget()->setEnabled(true);
    updateButtons();
    std::exchange(m_leave, {})();
}

void FormPage::setFailed(const core::Error &error, const QString &what)
{
    m_saving = false;
    m_leave = {};
    m_form->parentWidget()->setEnabled(true);
    m_bar->showError(error, what);
    updateButtons();
}

void FormPage::leave(QObject *context, std::function<void()> go)
{
    if (!isModified()) {
        go();
        return;
    }
    const QString name = windowTitle().isEmpty() ? tr("this form") : windowTitle();
    prompts::leaveModified(this, name)
        ->then(this, [this, go = Callback<void()>(context, std::move(go))](const core::Result<prompts::Leave> &answer) {
            if (!answer || !go)
                return;
            if (*answer == prompts::Leave::Discard) {
                revert();
                go();
                return;
            }
            m_leave = go;
            save();
        });
}

} // namespace ui
