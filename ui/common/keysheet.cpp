// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/keysheet.h"

#include "ui/common/actionregistry.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {
constexpr int IdRole = Qt::UserRole + 1;
}

namespace ui {

KeySheet::KeySheet(ActionRegistry &registry, QWidget *parent)
    : QDialog(parent)
    , m_registry(registry)
    , m_filter(new QLineEdit(this))
    , m_view(new QTreeView(this))
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
    layout->addWidget(m_view, 1);
    resize(640, 600);
    connect(m_filter, &QLineEdit::textChanged, this, &KeySheet::rebuild);
    connect(m_filter, &QLineEdit::returnPressed, m_view, [this] {
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

void KeySheet::rebuild()
{
    m_model->clear();
    m_model->setColumnCount(2);
    const QString wanted = m_filter->text().trimmed();
    QHash<QString, QStandardItem *> headings;
    for (const QString &id : m_registry.ids()) {
        const Command *command = m_registry.command(id);
        QStringList keys;
        for (const QKeySequence &key : m_registry.keys(id)) {
            // To Qt Shift+Tab is a key of its own, to a hand it is not.
            const QString name = key.toString(QKeySequence::NativeText).replace("Shift+Backtab"_L1, "Shift+Tab"_L1);
            if (!keys.contains(name))
                keys.append(name);
        }
        const QString name = withoutMnemonic(command->text);
        const QString shown = keys.join(tr(" or "));
        if (!wanted.isEmpty() && !name.contains(wanted, Qt::CaseInsensitive) && !shown.contains(wanted, Qt::CaseInsensitive) &&
            !command->context.contains(wanted, Qt::CaseInsensitive))
            continue;
        if (wanted.isEmpty() && keys.isEmpty())
            continue; // the sheet is about keys; a search finds commands without any as well
        QStandardItem *&heading = headings[command->context];
        if (!heading) {
            heading = new QStandardItem(command->context);
            heading->setFont(Theme::strongFont());
            heading->setFlags(Qt::ItemIsEnabled);
            m_model->appendRow({heading, new QStandardItem});
        }
        auto *text = new QStandardItem(name);
        text->setData(id, IdRole);
        auto *key = new QStandardItem(shown);
        key->setFont(Theme::fixedFont());
        heading->appendRow({text, key});
    }
    m_view->expandAll();
    m_view->header()->setStretchLastSection(true);
    m_view->setColumnWidth(0, 290);
}

} // namespace ui
