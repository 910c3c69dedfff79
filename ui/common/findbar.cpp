// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/findbar.h"

#include "ui/common/followlanguage.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/sizetext.h"
#include "ui/common/widgets.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpressionValidator>

using namespace Qt::StringLiterals;

namespace {

ui::QuietButton *wordButton(const QString &text, const QString &tip, const QString &name, QWidget *parent)
{
    auto *button = new ui::QuietButton(parent);
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setObjectName(name);
    return button;
}

} // namespace

namespace ui {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_find(new QLineEdit(this))
    , m_replace(new QLineEdit(this))
    , m_line(new QLineEdit(this))
    , m_case(wordButton(u"Aa"_s, {}, u"findCase"_s, this))
    , m_regex(wordButton(u".*"_s, {}, u"findRegex"_s, this))
    , m_previous(QuietButton::iconOnly(Icon::Up, {}, this))
    , m_next(QuietButton::iconOnly(Icon::Down, {}, this))
    , m_replaceOne(wordButton({}, {}, u"findReplaceOne"_s, this))
    , m_replaceAll(wordButton({}, {}, u"findReplaceAll"_s, this))
    , m_close(QuietButton::iconOnly(Icon::Close, {}, this))
    , m_status(new QLabel(this))
    , m_lineLabel(new QLabel(this))
{
    setObjectName(u"findBar"_s);
    m_find->setObjectName(u"findText"_s);
    m_replace->setObjectName(u"findReplacement"_s);
    m_line->setObjectName(u"findLine"_s);
    m_line->setValidator(new QRegularExpressionValidator(QRegularExpression(u"\\d{1,9}(:\\d{0,9})?"_s), m_line));
    m_line->setMaximumWidth(180);
    m_previous->setObjectName(u"findPrevious"_s);
    m_next->setObjectName(u"findNext"_s);
    m_close->setObjectName(u"findClose"_s);
    m_status->setObjectName(u"findStatus"_s);
    m_status->setMinimumWidth(110);
    Theme::setMuted(m_status);
    m_case->setCheckable(true);
    m_regex->setCheckable(true);
    m_find->setMaximumWidth(420);
    m_replace->setMaximumWidth(420);

    followLanguage(this, [this] { retranslate(); });
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(metrics::Between + 4, metrics::Between - 1, metrics::Between, metrics::Between - 2);
    layout->setHorizontalSpacing(metrics::Inside);
    layout->setVerticalSpacing(metrics::Inside);
    int column = 0;
    layout->addWidget(m_find, 0, column++);
    layout->addWidget(m_case, 0, column++);
    layout->addWidget(m_regex, 0, column++);
    layout->addWidget(m_previous, 0, column++);
    layout->addWidget(m_next, 0, column++);
    layout->addWidget(m_status, 0, column++);
    layout->setColumnStretch(0, 3);
    layout->setColumnStretch(column, 1);
    layout->addWidget(m_close, 0, column + 1);
    layout->addWidget(m_replace, 1, 0);
    layout->addWidget(m_replaceOne, 1, 1, 1, 2);
    layout->addWidget(m_replaceAll, 1, 3, 1, 3, Qt::AlignLeft);
    auto *lineRow = new QHBoxLayout;
    lineRow->setSpacing(metrics::Between);
    lineRow->addWidget(m_lineLabel);
    lineRow->addWidget(m_line);
    lineRow->addStretch(1);
    m_lineLabel->setBuddy(m_line);
    layout->addLayout(lineRow, 0, 0, 1, column); // in the place of the search, beside the way out

    connect(m_find, &QLineEdit::textChanged, this, &FindBar::patternChanged);
    connect(m_case, &QToolButton::toggled, this, &FindBar::patternChanged);
    connect(m_regex, &QToolButton::toggled, this, &FindBar::patternChanged);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(m_replaceOne, &QToolButton::clicked, this, &FindBar::replaceRequested);
    connect(m_replaceAll, &QToolButton::clicked, this, &FindBar::replaceAllRequested);
    connect(m_close, &QToolButton::clicked, this, &FindBar::closed);
    connect(m_line, &QLineEdit::returnPressed, this, [this] {
        const QStringList parts = m_line->text().split(u':');
        if (const int line = parts.value(0).toInt(); line > 0)
            Q_EMIT lineRequested(line, qMax(1, parts.value(1).toInt()));
    });
    setTabOrder(m_find, m_replace);
    setMode(Mode::Find);
}

void FindBar::setMode(Mode mode)
{
    m_mode = mode;
    const bool search = mode != Mode::GoToLine;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_find, m_case, m_regex, m_previous, m_next, m_status})
        widget->setVisible(search);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_replace, m_replaceOne, m_replaceAll})
        widget->setVisible(mode == Mode::Replace);
    m_line->setVisible(!search);
    m_lineLabel->setVisible(!search);
}

void FindBar::open(Mode mode, const QString &text)
{
    setMode(mode);
    setVisible(true);
    if (mode == Mode::GoToLine) {
        m_line->setText(text);
        m_line->selectAll();
        m_line->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    if (!text.isEmpty())
        m_find->setText(text);
    m_find->selectAll();
    m_find->setFocus(Qt::ShortcutFocusReason);
    Q_EMIT patternChanged();
}

SearchPattern FindBar::pattern() const
{
    return {m_find->text(), m_regex->isChecked() ? SearchPattern::Kind::Regex : SearchPattern::Kind::Text,
            m_case->isChecked() ? SearchPattern::Case::Counts : SearchPattern::Case::Ignored};
}

QString FindBar::replacement() const
{
    return m_replace->text();
}

void FindBar::setMaskedNote(int masked)
{
    m_masked = masked;
}

void FindBar::setReplaceAllowed(bool allowed)
{
    m_replaceAllowed = allowed;
}

void FindBar::setResult(const SearchResult &result, qsizetype current)
{
    const qsizetype count = result.hits.size();
    QString status;
    bool bad = false;
    if (!result.problem.isEmpty()) {
        status = tr("not a complete expression");
        bad = true;
    } else if (m_find->text().isEmpty()) {
        status.clear();
    } else if (count == 0) {
        status = tr("not found");
        bad = true;
    } else if (!result.complete) {
        status = tr("more than %1").arg(countText(count));
    } else if (current > 0) {
        //: place in the found ones: 3 of 17
        status = tr("%1 of %2").arg(countText(current), countText(count));
    } else {
        status = tr("%n found", nullptr, int(count));
    }
    if (m_masked > 0 && !m_find->text().isEmpty())
        status += u" · "_s + tr("%n masked", "places not searched because they are masked", m_masked);
    m_status->setText(status);
    m_status->setToolTip(result.problem);
    setFieldState(m_find, bad ? StateColor::Error : StateColor::Neutral);
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
    m_replaceOne->setEnabled(count > 0 && m_replaceAllowed);
    m_replaceAll->setEnabled(count > 0 && m_replaceAllowed);
}

QString FindBar::status() const
{
    return m_status->text();
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        Q_EMIT closed();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_mode == Mode::GoToLine)
            break;
        if (m_replace->hasFocus())
            Q_EMIT replaceRequested();
        else if (event->modifiers().testFlag(Qt::ShiftModifier))
            Q_EMIT previousRequested();
        else
            Q_EMIT nextRequested();
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Token::Window));
    painter.fillRect(QRect(0, 0, width(), 1), Theme::color(Token::Border));
}

void FindBar::retranslate()
{
    const auto explain = [](QToolButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find"));
    m_replace->setPlaceholderText(tr("Replace with"));
    m_replace->setAccessibleName(tr("Replace with"));
    m_line->setPlaceholderText(tr("line, or line:column"));
    m_line->setAccessibleName(tr("Go to line"));
    m_lineLabel->setText(tr("Go to line"));
    m_replaceOne->setText(tr("Replace"));
    m_replaceAll->setText(tr("Replace all"));
    explain(m_case, tr("Upper and lower case count"));
    explain(m_regex, tr("Regular expression"));
    explain(m_previous, tr("Previous (Shift+F3)"));
    explain(m_next, tr("Next (F3)"));
    explain(m_replaceOne, tr("Replace this one and go to the next"));
    explain(m_replaceAll, tr("Replace all"));
    explain(m_close, tr("Close (Escape)"));
}

} // namespace ui
