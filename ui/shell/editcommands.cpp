// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/editcommands.h"

#include "ui/common/codeeditor.h"
#include "ui/models/tableview.h"
#include "ui/shell/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTextEdit>

using namespace Qt::StringLiterals;

namespace ui::shell {

namespace {

using Act = EditTarget::Act;

/// Keys that the toolkit calls by words nobody knows in some languages; the program's own translation goes before its.
[[maybe_unused]] constexpr const char *KeyNames[] = {QT_TRANSLATE_NOOP("QShortcut", "Up"), QT_TRANSLATE_NOOP("QShortcut", "Down"),
                                                     QT_TRANSLATE_NOOP("QShortcut", "Left"), QT_TRANSLATE_NOOP("QShortcut", "Right")};

/// The editor around what has the focus.
CodeEditor *editorOf(QWidget *widget)
{
    for (QWidget *at = widget; at && !at->isWindow(); at = at->parentWidget())
        if (auto *editor = qobject_cast<CodeEditor *>(at))
            return editor;
    return nullptr;
}

bool clipboardHasText()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    return data && data->hasText();
}

bool canField(const QLineEdit &field, Act act)
{
    const bool writable = !field.isReadOnly() && field.isEnabled();
    // What is shown as dots is not copied.
    const bool readable = field.echoMode() == QLineEdit::Normal && field.hasSelectedText();
    switch (act) {
    case Act::Undo:
        return writable && field.isUndoAvailable();
    case Act::Redo:
        return writable && field.isRedoAvailable();
    case Act::Cut:
        return writable && readable;
    case Act::Copy:
        return readable;
    case Act::Paste:
        return writable && clipboardHasText();
    case Act::SelectAll:
        return !field.text().isEmpty();
    }
    return false;
}

void runField(QLineEdit &field, Act act)
{
    switch (act) {
    case Act::Undo:
        return field.undo();
    case Act::Redo:
        return field.redo();
    case Act::Cut:
        return field.cut();
    case Act::Copy:
        return field.copy();
    case Act::Paste:
        return field.paste();
    case Act::SelectAll:
        return field.selectAll();
    }
}

template <class Text>
bool canText(const Text &text, Act act)
{
    const bool writable = !text.isReadOnly() && text.isEnabled();
    switch (act) {
    case Act::Undo:
        return writable && text.document()->isUndoAvailable();
    case Act::Redo:
        return writable && text.document()->isRedoAvailable();
    case Act::Cut:
        return writable && text.textCursor().hasSelection();
    case Act::Copy:
        return text.textCursor().hasSelection();
    case Act::Paste:
        return writable && text.canPaste();
    case Act::SelectAll:
        return !text.document()->isEmpty();
    }
    return false;
}

template <class Text>
void runText(Text &text, Act act)
{
    switch (act) {
    case Act::Undo:
        return text.undo();
    case Act::Redo:
        return text.redo();
    case Act::Cut:
        return text.cut();
    case Act::Copy:
        return text.copy();
    case Act::Paste:
        return text.paste();
    case Act::SelectAll:
        return text.selectAll();
    }
}

bool canEditor(const CodeEditor &editor, Act act)
{
    const bool writable = editor.access() == CodeEditor::Access::Editable;
    switch (act) {
    case Act::Undo:
        return writable && editor.canUndo();
    case Act::Redo:
        return writable && editor.canRedo();
    case Act::Cut:
        return writable && editor.hasSelection();
    case Act::Copy:
        return editor.hasSelection();
    case Act::Paste:
        return writable && clipboardHasText();
    case Act::SelectAll:
        return editor.byteCount() > 0;
    }
    return false;
}

} // namespace

EditTarget::EditTarget(MainWindow &window)
    : QObject(&window)
    , m_window(window)
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { focusMoved(now); });
}

void EditTarget::focusMoved(QWidget *now)
{
    // The menu bar and the palette work on what was there before them.
    if (!now || now->window() != &m_window || qobject_cast<QMenuBar *>(now))
        return;
    for (const QWidget *at = now; at && at != &m_window; at = at->parentWidget())
        if (at->objectName() == "palette"_L1)
            return;
    if (std::exchange(m_last, now) != now)
        m_window.actions().refresh();
}

QWidget *EditTarget::widget() const
{
    return m_last && m_last->isVisible() ? m_last.data() : nullptr;
}

bool EditTarget::can(Act act) const
{
    QWidget *at = widget();
    if (!at)
        return false;
    if (const auto *field = qobject_cast<QLineEdit *>(at))
        return canField(*field, act);
    if (const CodeEditor *editor = editorOf(at))
        return canEditor(*editor, act);
    if (const auto *text = qobject_cast<QPlainTextEdit *>(at))
        return canText(*text, act);
    if (const auto *text = qobject_cast<QTextEdit *>(at))
        return canText(*text, act);
    if (const auto *table = qobject_cast<TableView *>(at))
        return act == Act::Copy ? table->selectedCount() > 0 : act == Act::SelectAll && table->proxy()->rowCount() > 0;
    return false;
}

void EditTarget::run(Act act)
{
    QWidget *at = widget();
    if (!at || !can(act))
        return;
    if (auto *field = qobject_cast<QLineEdit *>(at)) {
        runField(*field, act);
    } else if (CodeEditor *editor = editorOf(at)) {
        runText(*editor, act);
    } else if (auto *plain = qobject_cast<QPlainTextEdit *>(at)) {
        runText(*plain, act);
    } else if (auto *text = qobject_cast<QTextEdit *>(at)) {
        runText(*text, act);
    } else if (auto *table = qobject_cast<TableView *>(at)) {
        if (act == Act::Copy)
            table->copy();
        else
            table->selectAll();
    }
}

namespace {

/// A class of its own so that lupdate finds the words' context.
class EditCommands {
    Q_DECLARE_TR_FUNCTIONS(EditCommands)
public:
    static void add(MainWindow &window)
    {
        auto *target = window.findChild<EditTarget *>({}, Qt::FindDirectChildrenOnly);
        if (!target)
            target = new EditTarget(window);
        struct Line {
            Act act;
            QString id, text;
            QKeySequence::StandardKey key;
            Icon icon;
        };
        const Line lines[] = {{Act::Undo, u"edit.undo"_s, tr("&Undo"), QKeySequence::Undo, Icon::Undo},
                              {Act::Redo, u"edit.redo"_s, tr("&Redo"), QKeySequence::Redo, Icon::Restore},
                              {Act::Cut, u"edit.cut"_s, tr("Cu&t"), QKeySequence::Cut, Icon::More},
                              {Act::Copy, u"edit.copy"_s, tr("&Copy"), QKeySequence::Copy, Icon::Copy},
                              {Act::Paste, u"edit.paste"_s, tr("&Paste"), QKeySequence::Paste, Icon::More},
                              {Act::SelectAll, u"edit.selectAll"_s, tr("Select &all"), QKeySequence::SelectAll, Icon::More}};
        for (const Line &line : lines) {
            QAction *action =
                window.actions().add({.id = line.id,
                                      .text = line.text,
                                      .context = tr("Edit"),
                                      .keys = {QKeySequence(line.key)},
                                      .icon = line.icon,
                                      .rule = [target, act = line.act] { return Availability{target->can(act) ? QString() : why(act)}; },
                                      .run = [target, act = line.act] { target->run(act); }});
            if (!window.QWidget::actions().contains(action))
                window.addAction(action);
        }
    }

    static QList<KeySheet::FixedKey> fixed()
    {
        const auto both = [](const char *one, const char *other) {
            const auto name = [](const char *key) {
                return QKeySequence(QLatin1String(key), QKeySequence::PortableText).toString(QKeySequence::NativeText);
            };
            return tr("%1 or %2", "two keys").arg(name(one), name(other));
        };
        const auto line = [](const QString &context, const QString &text, const char *key) {
            return KeySheet::FixedKey{context, text,
                                      QKeySequence(QLatin1String(key), QKeySequence::PortableText).toString(QKeySequence::NativeText)};
        };
        const QString lists = tr("Lists"), editor = tr("Editor");
        return {line(lists, tr("Open"), "Return"),
                line(lists, tr("Open in a new window"), "Ctrl+Return"),
                line(lists, tr("New"), "Ctrl+N"),
                line(lists, tr("Edit or rename"), "F2"),
                line(lists, tr("Delete or take out"), "Del"),
                line(lists, tr("Copy the selected rows"), "Ctrl+C"),
                line(lists, tr("Select or deselect the row"), "Space"),
                line(lists, tr("Select all rows"), "Ctrl+A"),
                {lists, tr("Menu of what can be done"), both("Menu", "Shift+F10")},
                {editor, tr("Next or previous place found"), both("F3", "Shift+F3")},
                {editor, tr("Next or previous problem"), both("F8", "Shift+F8")},
                {editor, tr("Move the line up or down"), both("Alt+Up", "Alt+Down")},
                line(editor, tr("Select the word where it stands next, too"), "Ctrl+D"),
                line(editor, tr("Show the hidden value"), "Ctrl+.")};
    }

private:
    static QString why(Act act)
    {
        switch (act) {
        case Act::Undo:
            return tr("There is nothing to undo here.");
        case Act::Redo:
            return tr("There is nothing to redo here.");
        case Act::Cut:
        case Act::Copy:
            return tr("Nothing is selected here.");
        case Act::Paste:
            return tr("Nothing can be pasted here.");
        case Act::SelectAll:
            return tr("There is nothing to select here.");
        }
        return {};
    }
};

} // namespace

void addEditCommands(MainWindow &window)
{
    EditCommands::add(window);
}

QList<KeySheet::FixedKey> fixedKeys()
{
    return EditCommands::fixed();
}

QStringList editCommands()
{
    return {u"edit.undo"_s, u"edit.redo"_s, u"-"_s, u"edit.cut"_s, u"edit.copy"_s, u"edit.paste"_s, u"edit.selectAll"_s};
}

} // namespace ui::shell
