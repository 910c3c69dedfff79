// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/keysheet.h"

#include "ui/common/actionregistry.h"
#include "ui/common/statepage.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {
constexpr int IdRole = Qt::UserRole + 1;
}

namespace ui {

KeySheet::KeySheet(ActionRegistry &registry, const QList<FixedKey> &fixed, QWidget *parent)
    : QDialog(parent)
    , m_registry(registry)
    , m_fixed(fixed)
    , m_filter(new QLineEdit(this))
    , m_states(new StatePage(this))
    , m_view(new QTreeView(m_states))
    , m_model(new QStandardItemModel(this))
{
    setWindowTitle(tr("Keyboard"));
    setObjectName(u"keySheet"_s);
    m_filter->setObjectName(u"keySheetFilter"_s);
    m_filter->setPlaceholderText(tr("Filter commands and keys…"));
    m_filter->setAccessibleName(tr("Filter commands and keys"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(Theme::icon(Icon::Search, Token::Muted), QLineEdit::LeadingPosition);
    m_view->setObjectName(u"keySheetList"_s);
    m_view->setAccessibleName(tr("Commands and their keys"));
    m_view->setModel(m_model);
    m_view->setHeaderHidden(true);
    m_view->setRootIsDecorated(false);
    m_view->setItemsExpandable(false);
    m_view->setUniformRowHeights(true);
    m_view->setIndentation(metrics::Around);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setFrameShape(QFrame::NoFrame);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    m_states->setContent(m_view);
    m_filter->installEventFilter(this);
    layout->addWidget(m_states, 1);
    resize(640, 600);
    connect(m_filter, &QLineEdit::textChanged, this, &KeySheet::rebuild);
    connect(m_filter, &QLineEdit::returnPressed, m_view, [this] {
        if (m_model->rowCount() == 0)
            return;
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_model->index(0, 0, m_model->index(0, 0)));
        m_view->setFocus();
    });
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const QString id = index.siblingAtColumn(0).data(IdRole).toString();
        if (QAction *action = m_registry.action(id); action && action->isEnabled()) {
            accept();
            action->trigger();
        }
    });
    connect(&m_registry, &ActionRegistry::keysChanged, this, &KeySheet::rebuild);
    rebuild();
    m_filter->setFocus();
}

bool KeySheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_filter || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    QScrollBar *bar = m_view->verticalScrollBar();
    const auto move = [bar](QAbstractSlider::SliderAction action) {
        bar->triggerAction(action);
        return true;
    };
    // In a text the ends belong to its caret.
    const bool ends = m_filter->text().isEmpty() || key->modifiers().testFlag(Qt::ControlModifier);
    switch (key->key()) {
    case Qt::Key_PageDown:
        return move(QAbstractSlider::SliderPageStepAdd);
    case Qt::Key_PageUp:
        return move(QAbstractSlider::SliderPageStepSub);
    case Qt::Key_Down:
        return move(QAbstractSlider::SliderSingleStepAdd);
    case Qt::Key_Up:
        return move(QAbstractSlider::SliderSingleStepSub);
    case Qt::Key_Home:
        return ends ? move(QAbstractSlider::SliderToMinimum) : QDialog::eventFilter(watched, event);
    case Qt::Key_End:
        return ends ? move(QAbstractSlider::SliderToMaximum) : QDialog::eventFilter(watched, event);
    default:
        return QDialog::eventFilter(watched, event);
    }
}

void KeySheet::rebuild()
{
    m_model->clear();
    m_model->setColumnCount(2);
    const QString wanted = m_filter->text().trimmed();
    QHash<QString, QStandardItem *> headings;
    const auto add = [&](const FixedKey &line, const QString &id) {
        if (!wanted.isEmpty() && !line.text.contains(wanted, Qt::CaseInsensitive) && !line.keys.contains(wanted, Qt::CaseInsensitive) &&
            !line.context.contains(wanted, Qt::CaseInsensitive))
            return;
        QStandardItem *&heading = headings[line.context];
        if (!heading) {
            heading = new QStandardItem(line.context);
            heading->setFont(Theme::strongFont());
            heading->setFlags(Qt::ItemIsEnabled);
            m_model->appendRow({heading, new QStandardItem});
        }
        auto *text = new QStandardItem(line.text);
        text->setData(id, IdRole);
        auto *key = new QStandardItem(line.keys);
        key->setFont(Theme::fixedFont());
        heading->appendRow({text, key});
    };
    for (const QString &id : m_registry.ids()) {
        const Command *command = m_registry.command(id);
        QStringList keys;
        for (const QKeySequence &key : m_registry.keys(id)) {
            // To Qt Shift+Tab is a key of its own, to a hand it is not.
            const QString name = key.toString(QKeySequence::NativeText).replace("Shift+Backtab"_L1, "Shift+Tab"_L1);
            if (!keys.contains(name))
                keys.append(name);
        }
        // The sheet is about keys; a search finds commands without any as well.
        if (!wanted.isEmpty() || !keys.isEmpty())
            add({command->context, withoutMnemonic(command->text), keys.join(tr(" or "))}, id);
    }
    for (const FixedKey &line : std::as_const(m_fixed))
        add(line, {});
    if (m_model->rowCount() == 0)
        m_states->showEmpty({Icon::Keyboard,
                             tr("Nothing fits “%1”.").arg(wanted),
                             {},
                             {},
                             tr("Another word may: of a command, of a page, or a key such as Ctrl+S.")});
    else
        m_states->showContent();
    m_view->expandAll();
    m_view->header()->setStretchLastSection(true);
    m_view->setColumnWidth(0, 290);
}

} // namespace ui
