// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/filterbar.h"

#include "ui/common/followlanguage.h"
#include "ui/common/prompts.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStringListModel>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype MostHistory = 20;
}

namespace ui {

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_chipRow(new QHBoxLayout)
    , m_tail(new QHBoxLayout)
    , m_count(new QLabel(m_edit))
    , m_star(QuietButton::iconOnly(Icon::Star, {}, this))
    , m_menu(new QMenu(this))
    , m_debounce(new QTimer(this))
    , m_completer(new QCompleter(this))
    , m_completions(new QStringListModel(this))
{
    using namespace std::chrono_literals;
    setObjectName(u"filterBar"_s);
    m_edit->setObjectName(u"filterEdit"_s);
    m_edit->setClearButtonEnabled(true);
    m_edit->addAction(Theme::icon(Icon::Search, Token::Muted), QLineEdit::LeadingPosition);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    m_count->setFont(Theme::smallFont());
    Theme::setMuted(m_count);
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_count->hide();
    m_star->setObjectName(u"filterMenu"_s);
    m_star->setPopupMode(QToolButton::InstantPopup);
    m_star->setMenu(m_menu);
    m_chipRow->setSpacing(metrics::Inside);
    m_tail->setSpacing(metrics::Between);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::Between + 4, metrics::Between, metrics::Between + 4, metrics::Between);
    layout->setSpacing(metrics::Between);
    layout->addWidget(m_edit, 1);
    layout->addLayout(m_chipRow);
    layout->addWidget(m_star);
    layout->addLayout(m_tail);
    m_debounce->setSingleShot(true);
    m_debounce->setInterval(200ms);
    connect(m_debounce, &QTimer::timeout, this, &FilterBar::announceNow);

    m_completer->setModel(m_completions);
    m_completer->setWidget(m_edit);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, [this](const QString &choice) {
        const QString before = m_edit->text().left(m_edit->cursorPosition());
        const qsizetype start = before.lastIndexOf(u' ') + 1;
        const QString minus = before.mid(start).startsWith(u'-') ? u"-"_s : QString();
        m_edit->setText(before.left(start) + minus + choice + m_edit->text().mid(m_edit->cursorPosition()));
        m_edit->setCursorPosition(int(start + minus.size() + choice.size()));
        // A whole term is done; a bare field waits for its value.
        if (!choice.endsWith(u':'))
            liftTerms(true);
        textEdited();
    });
    connect(m_edit, &QLineEdit::textEdited, this, [this] {
        liftTerms(false);
        textEdited();
    });
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        // The clear button of the field comes without textEdited.
        if (text.isEmpty() && !m_announced.isEmpty())
            announce();
    });
    connect(m_menu, &QMenu::aboutToShow, this, &FilterBar::rebuildMenu);
    followLanguage(this, [this] {
        m_edit->setAccessibleName(tr("Filter"));
        m_star->setToolTip(tr("Saved filters and history"));
        m_star->setAccessibleName(tr("Saved filters and history"));
        // Most pages have a text of their own.
        if (std::exchange(m_ownPlaceholder, tr("Filter: text, field:value, -not, /regular expression/")) == m_edit->placeholderText())
            setPlaceholder(m_ownPlaceholder);
    });
}

void FilterBar::setFields(const QList<FilterField> &fields)
{
    m_fields = fields;
    setText(text());
}

void FilterBar::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

QString FilterBar::text() const
{
    QStringList parts = m_chips;
    if (const QString rest = m_edit->text().trimmed(); !rest.isEmpty())
        parts.append(rest);
    return parts.join(u' ');
}

FilterQuery FilterBar::query() const
{
    return FilterQuery::parse(text(), m_fields);
}

void FilterBar::setText(const QString &text)
{
    QStringList rest;
    m_chips.clear();
    for (const FilterTerm &term : FilterQuery::parse(text, m_fields).terms())
        (term.field.isEmpty() ? rest : m_chips).append(term.toString());
    m_edit->setText(rest.join(u' '));
    rebuildChips();
    announceNow();
}

void FilterBar::clear()
{
    remember();
    setText({});
}

void FilterBar::textEdited()
{
    announce();
    // What can stand here: fields, or the values of the field before the caret.
    const QString before = m_edit->text().left(m_edit->cursorPosition());
    QString word = before.mid(before.lastIndexOf(u' ') + 1);
    if (word.startsWith(u'-'))
        word.remove(0, 1);
    QStringList offers;
    const qsizetype colon = word.indexOf(u':');
    for (const FilterField &field : std::as_const(m_fields)) {
        if (colon < 0) {
            if (!word.isEmpty() && field.name.startsWith(word, Qt::CaseInsensitive))
                offers.append(field.name + u':');
        } else if (word.left(colon).compare(field.name, Qt::CaseInsensitive) == 0) {
            for (const QString &value : field.values)
                if (value.startsWith(word.mid(colon + 1), Qt::CaseInsensitive) && value != word.mid(colon + 1))
                    offers.append(FilterTerm{FilterTerm::Kind::Text, field.name, value, false}.toString());
        }
    }
    m_completions->setStringList(offers);
    if (offers.isEmpty() || !m_edit->hasFocus()) {
        m_completer->popup()->hide();
    } else {
        QRect place = m_edit->inputMethodQuery(Qt::ImCursorRectangle).toRect();
        place.setWidth(240);
        m_completer->complete(place);
    }
}

/// Turns the finished field terms of the text into chips. `all`: those at the end of the text, too, without a blank after them.
void FilterBar::liftTerms(bool all)
{
    const QString text = m_edit->text();
    if (!all && !text.endsWith(u' '))
        return;
    QStringList rest;
    bool lifted = false;
    for (const FilterTerm &term : FilterQuery::parse(text, m_fields).terms()) {
        if (term.field.isEmpty()) {
            rest.append(term.toString());
            continue;
        }
        lifted = true;
        if (const QString chip = term.toString(); !m_chips.contains(chip))
            m_chips.append(chip);
    }
    if (!lifted)
        return;
    m_edit->setText(rest.isEmpty() ? QString() : rest.join(u' ') + u' ');
    rebuildChips();
}

void FilterBar::rebuildChips()
{
    while (QLayoutItem *item = m_chipRow->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (const QString &text : std::as_const(m_chips)) {
        auto *chip = new Chip(QString(text).replace(u":"_s, u": "_s), this);
        chip->setObjectName(u"filterChip"_s);
        chip->setToolTip(tr("Click to edit, the cross removes it"));
        connect(chip, &Chip::removeRequested, this, [this, text] {
            m_chips.removeOne(text);
            rebuildChips();
            announceNow();
            m_edit->setFocus();
        });
        connect(chip, &QAbstractButton::clicked, this, [this, text] {
            m_chips.removeOne(text);
            const QString rest = m_edit->text().trimmed();
            m_edit->setText(rest.isEmpty() ? text : rest + u' ' + text);
            rebuildChips();
            m_edit->setFocus();
            announceNow();
        });
        m_chipRow->addWidget(chip);
        chip->show(); // the layout would do it in the next round of the event loop only
    }
}

void FilterBar::announce()
{
    if (m_slow)
        m_debounce->start();
    else
        announceNow();
}

void FilterBar::announceNow()
{
    m_debounce->stop();
    const FilterQuery now = query();
    setFieldState(m_edit, now.problem().isEmpty() ? StateColor::Neutral : StateColor::Error);
    m_edit->setToolTip(now.problem().isEmpty() ? QString() : tr("The regular expression is not complete: %1").arg(now.problem()));
    const QString text = now.toString();
    if (std::exchange(m_announced, text) != text)
        Q_EMIT queryChanged(now);
}

void FilterBar::remember()
{
    const QString now = text();
    if (now.isEmpty() || m_history.value(0) == now)
        return;
    m_history.removeAll(now);
    m_history.prepend(now);
    while (m_history.size() > MostHistory)
        m_history.removeLast();
    Q_EMIT historyChanged();
}

void FilterBar::setHistory(const QStringList &history)
{
    m_history = history.mid(0, MostHistory);
}

void FilterBar::setSavedFilters(const QList<SavedFilter> &filters)
{
    m_saved = filters;
}

void FilterBar::rebuildMenu()
{
    m_menu->clear();
    for (const SavedFilter &saved : std::as_const(m_saved)) {
        QAction *action = m_menu->addAction(saved.name);
        action->setToolTip(saved.text);
        connect(action, &QAction::triggered, this, [this, filter = saved.text] { setText(filter); });
    }
    m_menu->addSeparator();
    const QString now = text();
    QAction *save = m_menu->addAction(tr("Save this filter…"));
    save->setEnabled(!now.isEmpty());
    connect(save, &QAction::triggered, this, [this, now] {
        prompts::Input question;
        question.title = tr("Save the filter");
        question.label = tr("&Name");
        question.value = now;
        question.verb = tr("Save");
        prompts::input(this, question)->then(this, [this, now](const core::Result<QString> &name) {
            if (!name || name->trimmed().isEmpty())
                return;
            m_saved.removeIf([&](const SavedFilter &other) { return other.name == name->trimmed(); });
            m_saved.append({name->trimmed(), now});
            Q_EMIT savedFiltersChanged();
        });
    });
    if (!m_saved.isEmpty()) {
        QMenu *forget = m_menu->addMenu(tr("Delete a saved filter"));
        for (const SavedFilter &saved : std::as_const(m_saved)) {
            connect(forget->addAction(saved.name), &QAction::triggered, this, [this, saved] {
                m_saved.removeOne(saved);
                Q_EMIT savedFiltersChanged();
            });
        }
    }
    if (!m_history.isEmpty()) {
        m_menu->addSeparator();
        for (const QString &entry : m_history.mid(0, 10))
            connect(m_menu->addAction(Theme::icon(Icon::Time, Token::Muted), QString(entry).replace(u'&', u"&&"_s)), &QAction::triggered,
                    this, [this, entry] { setText(entry); });
    }
}

void FilterBar::noteRunTime(std::chrono::milliseconds time)
{
    m_slow = time.count() > 30;
}

void FilterBar::setCount(const QString &text)
{
    m_count->setText(text);
    m_count->setVisible(!text.isEmpty());
    m_count->adjustSize();
    const int room = text.isEmpty() ? 0 : m_count->width() + metrics::Between;
    m_edit->setTextMargins(0, 0, room, 0);
    m_count->move(m_edit->width() - m_count->width() - 30, (m_edit->height() - m_count->height()) / 2);
}

void FilterBar::addWidget(QWidget *widget)
{
    m_tail->addWidget(widget);
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Resize) {
        m_count->move(m_edit->width() - m_count->width() - 30, (m_edit->height() - m_count->height()) / 2);
    } else if (event->type() == QEvent::FocusOut) {
        remember();
    } else if (event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Escape:
            if (!text().isEmpty()) {
                clear();
                return true;
            }
            Q_EMIT downRequested(); // nothing left to clear: back to the list
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            liftTerms(true);
            remember();
            announceNow();
            Q_EMIT openRequested();
            return true;
        case Qt::Key_Down:
            Q_EMIT downRequested();
            return true;
        case Qt::Key_Backspace:
            if (m_edit->cursorPosition() == 0 && !m_edit->hasSelectedText() && !m_chips.isEmpty()) {
                const QString chip = m_chips.takeLast();
                m_edit->setText(chip + (m_edit->text().isEmpty() ? QString() : u' ' + m_edit->text()));
                m_edit->setCursorPosition(int(chip.size()));
                rebuildChips();
                announceNow();
                return true;
            }
            break;
        case Qt::Key_Space:
            if (key->modifiers().testFlag(Qt::ControlModifier)) {
                QStringList all;
                for (const FilterField &field : std::as_const(m_fields))
                    all.append(field.name + u':');
                m_completions->setStringList(all);
                QRect place = m_edit->inputMethodQuery(Qt::ImCursorRectangle).toRect();
                place.setWidth(240);
                m_completer->complete(place);
                return true;
            }
            break;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
