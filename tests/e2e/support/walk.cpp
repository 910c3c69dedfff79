// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/support/walk.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace tests {

namespace {

/// Parts of Qt's own compound widgets answer for themselves.
bool isInner(const QWidget *widget)
{
    const QString name = widget->objectName();
    if (name.startsWith("qt_"_L1) || name == "ScrollLeftButton"_L1 || name == "ScrollRightButton"_L1)
        return true;
    const QByteArray type = widget->metaObject()->className();
    if (type == "CloseButton" || type == "QTableCornerButton" || type == "QLineEditIconButton" || type == "QComboBoxPrivateContainer")
        return true;
    for (const QWidget *above = widget->parentWidget(); above; above = above->parentWidget())
        if (qobject_cast<const QAbstractSpinBox *>(above) || qobject_cast<const QComboBox *>(above))
            return true;
    return qobject_cast<const QHeaderView *>(widget) != nullptr;
}

bool isInteractive(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
        qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget) ||
        qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QPlainTextEdit *>(widget) ||
        qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QTabBar *>(widget);
}

QString pathOf(const QWidget *widget, const QWidget *root)
{
    QStringList parts;
    for (const QWidget *at = widget; at; at = at->parentWidget()) {
        if (!at->objectName().isEmpty() || at == widget)
            parts.prepend(at->objectName().isEmpty() ? QString::fromLatin1(at->metaObject()->className()) : at->objectName());
        if (at == root)
            break;
    }
    return parts.join(u'/');
}

QString wordsOf(const QWidget *widget)
{
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        return button->text();
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        return label->text();
    return {};
}

QString clipped(QWidget *widget)
{
    const auto tells = [widget](const QString &what) { return u"%1: %2"_s.arg(what, wordsOf(widget).left(60)); };
    if (auto *label = qobject_cast<QLabel *>(widget)) {
        if (label->text().isEmpty() || label->textFormat() == Qt::RichText)
            return {};
        if (label->wordWrap()) {
            const int wants = label->heightForWidth(label->width());
            if (wants > label->height() + 1)
                return tells(u"text needs a height of %1 and has %2"_s.arg(wants).arg(label->height()));
        } else if (label->sizeHint().width() > label->width() + 1) {
            return tells(u"text needs a width of %1 and has %2"_s.arg(label->sizeHint().width()).arg(label->width()));
        }
        return {};
    }
    if (auto *button = qobject_cast<QAbstractButton *>(widget)) {
        const QSize least = button->minimumSizeHint().isValid() ? button->minimumSizeHint() : button->sizeHint();
        if (!button->text().isEmpty() && (least.width() > button->width() + 1 || least.height() > button->height() + 1))
            return tells(u"button needs %1 × %2 and has %3 × %4"_s.arg(least.width())
                             .arg(least.height())
                             .arg(button->width())
                             .arg(button->height()));
        return {};
    }
    if (auto *box = qobject_cast<QComboBox *>(widget)) {
        const int wants = box->fontMetrics().horizontalAdvance(box->currentText()) + 24;
        if (wants > box->width())
            return u"choice needs a width of %1 and has %2: %3"_s.arg(wants).arg(box->width()).arg(box->currentText());
        return {};
    }
    if (auto *edit = qobject_cast<QLineEdit *>(widget)) {
        const int wants = edit->fontMetrics().horizontalAdvance(edit->placeholderText()) + 12;
        if (edit->text().isEmpty() && wants > edit->width())
            return u"placeholder needs a width of %1 and has %2: %3"_s.arg(wants).arg(edit->width()).arg(edit->placeholderText());
    }
    return {};
}

QString mnemonicText(const QWidget *widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        return label->buddy() ? label->text() : QString();
    if (const auto *group = qobject_cast<const QGroupBox *>(widget))
        return group->title();
    return wordsOf(widget);
}

} // namespace

QStringList faultsOf(QWidget *root)
{
    QStringList faults;
    QMap<QString, QStringList> mnemonics;
    const QList<QWidget *> all = root->findChildren<QWidget *>();
    for (QWidget *widget : all) {
        if (!widget->isVisible() || isInner(widget))
            continue;
        const QString path = pathOf(widget, root);
        if (isInteractive(widget) && widget->focusPolicy() != Qt::NoFocus) {
            if (widget->objectName().isEmpty())
                faults.append(u"%1: no object name (%2)"_s.arg(path, wordsOf(widget)));
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            if (!face || face->text(QAccessible::Name).trimmed().isEmpty())
                faults.append(u"%1: no accessible name"_s.arg(path));
        }
        if (const QString fault = clipped(widget); !fault.isEmpty())
            faults.append(u"%1: %2"_s.arg(path, fault));
        if (const QString text = mnemonicText(widget); !text.isEmpty() && widget->isEnabled())
            if (const QKeySequence key = QKeySequence::mnemonic(text); !key.isEmpty())
                mnemonics[key.toString(QKeySequence::PortableText)].append(path + u' ' + text);
        if (const auto *bar = qobject_cast<const QMenuBar *>(widget)) {
            const QList<QAction *> menus = bar->actions();
            for (const QAction *menu : menus)
                if (const QKeySequence key = QKeySequence::mnemonic(menu->text()); !key.isEmpty())
                    mnemonics[key.toString(QKeySequence::PortableText)].append(u"menu "_s + menu->text());
        }
    }
    for (auto it = mnemonics.cbegin(); it != mnemonics.cend(); ++it)
        if (it->size() > 1)
            faults.append(u"%1 means %2 things: %3"_s.arg(it.key()).arg(it->size()).arg(it->join(u"; "_s)));
    return faults;
}

QStringList textsOf(QWidget *root)
{
    QStringList texts;
    const auto add = [&texts, root](const QWidget *widget, const QString &what, const QString &text) {
        if (!text.trimmed().isEmpty())
            texts.append(u"%1 %2: %3"_s.arg(pathOf(widget, root), what, text));
    };
    QList<QWidget *> all = root->findChildren<QWidget *>();
    all.prepend(root);
    for (const QWidget *widget : std::as_const(all)) {
        if (!widget->isVisible() || (isInner(widget) && !qobject_cast<const QHeaderView *>(widget)))
            continue;
        add(widget, u"text"_s, wordsOf(widget));
        add(widget, u"tooltip"_s, widget->toolTip());
        add(widget, u"name"_s, widget->accessibleName());
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            add(widget, u"placeholder"_s, edit->placeholderText());
        if (const auto *box = qobject_cast<const QComboBox *>(widget))
            for (int i = 0; i < box->count(); ++i)
                add(widget, u"choice"_s, box->itemText(i));
        if (const auto *header = qobject_cast<const QHeaderView *>(widget); header && header->model())
            for (int i = 0; i < header->count(); ++i)
                if (header->orientation() == Qt::Horizontal && !header->isSectionHidden(i))
                    add(widget, u"column"_s, header->model()->headerData(i, Qt::Horizontal).toString());
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget))
            for (int i = 0; i < tabs->count(); ++i)
                add(widget, u"tab"_s, tabs->tabText(i));
        if (const auto *bar = qobject_cast<const QMenuBar *>(widget)) {
            const QList<QAction *> menus = bar->actions();
            for (const QAction *menu : menus)
                add(widget, u"menu"_s, menu->text());
        }
    }
    texts.sort();
    return texts;
}

} // namespace tests
