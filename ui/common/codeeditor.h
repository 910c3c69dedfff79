// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/inspect.h"
#include "core/text/secrets.h"
#include "core/text/validate.h"

#include <functional>
#include <memory>
#include <QWidget>

namespace ui {

/// The text editor of contents: highlighting, folding, brace matching, line numbers, find and replace, go to line, several carets,
/// problems, masked secrets. Holds bytes, not characters: content() is what setContent() got plus what the person typed, with line ends,
/// byte order mark and a missing last line end as they were. Content that is not UTF-8 or holds NUL is shown read-only under a notice.
/// The only class that knows QScintilla. GUI thread.
class CodeEditor final : public QWidget {
    Q_OBJECT
public:
    explicit CodeEditor(QWidget *parent = nullptr);
    ~CodeEditor() override;

    /// Replaces everything, forgets undo, problems and masks; the revision goes up, modified is off. The caret goes to the beginning.
    void setContent(const QByteArray &content);
    QByteArray content() const;
    /// As setContent() as one undoable edit that keeps the caret near where it was: formatting, "take theirs", restore into the draft.
    void replaceContent(const QByteArray &content);
    /// Of the content given to setContent(); bom, lineEnd and utf8 stay true for what is shown.
    const core::text::TextFacts &facts() const;
    /// Goes up with every change of the content; asynchronous work compares it before it uses its result.
    quint64 revision() const;
    qsizetype byteCount() const;
    int lineCount() const;

    /// Above 1 MiB there is no folding and no brace matching, above 4 MiB no highlighting either.
    void setFormat(core::text::Format format);
    core::text::Format format() const;

    enum class Access { Editable, ReadOnly };
    void setAccess(Access access);
    /// ReadOnly also while the content cannot be edited as text.
    Access access() const;
    /// Not UTF-8, or with NUL: never editable.
    bool isTextual() const;

    bool isModified() const;
    /// What is there now counts as saved.
    void setUnmodified();

    struct Place {
        int line = 1, column = 1; ///< from 1, columns in characters
        friend bool operator==(const Place &, const Place &) = default;
    };
    Place caret() const;
    void goTo(Place place); ///< scrolled into view, unfolded, focused
    QString selectedText() const;
    bool hasSelection() const;
    void selectAll();
    void cut();
    void copy(); ///< masked values as dots
    void paste();
    /// Puts text in place of the selection, as if typed.
    void insertText(const QString &text);
    /// Replaces bytes [offset, offset+length) of content() as one undoable edit; offsets count without the byte order mark.
    void replaceBytes(qsizetype offset, qsizetype length, const QByteArray &with);
    void undo();
    void redo();
    bool canUndo() const;
    bool canRedo() const;

    /// Squiggles and margin marks; the message in the tooltip. Replaces the former ones.
    void setProblems(const QList<core::text::Problem> &problems);
    void goToNextProblem();
    void goToPreviousProblem();

    /// Bytes (of content(), byte order mark included) shown as dots until revealed. Spans revealed by the person stay so; typing into a
    /// span reveals it. Masked spans are not found by find and not copied with a selection.
    void setSecrets(const QList<core::text::SecretSpan> &secrets);
    int maskedCount() const;
    void revealAt(Place place);
    /// Shows the next masked value at or after the caret (from the beginning when there is none), and brings it into view.
    void revealNext();
    /// The secret value at a place, hidden or shown, as clipboard::copySecret() does; false: there is none.
    bool copySecretAt(Place place) const;
    void revealAll();
    void maskAll();

    enum class FindMode { Find, Replace };
    void openFind(FindMode mode = FindMode::Find);
    void closeFind();
    bool isFindOpen() const;
    void openGoToLine();
    /// Selects the next place where the selected word stands as a further caret.
    void addNextOccurrence();
    /// A mark in the margin for lines changed against a base (drafts); from 1.
    void setChangedLines(const QList<int> &lines);
    void setPlaceholder(const QString &text); ///< accessible name and hint while empty

    enum class Wrap { Off, On };
    void setWrap(Wrap wrap);
    /// Points above or below the theme's size; Ctrl and the wheel change it, too. Kept within LeastZoom and MostZoom.
    static constexpr int LeastZoom = -6, MostZoom = 24;
    int zoom() const;
    void setZoom(int points);

    /// What else there is to say of a place, in the tooltip there; plain text, asked when the mouse rests.
    void setHelp(std::function<QString(Place)> help);
    struct Completion {
        QString text;      ///< shown, and what is typed meanwhile is compared with its beginning
        QByteArray insert; ///< takes the place of [begin, end)
    };
    /// Offers them at the caret, below what is typed: `typed` bytes of the word [begin, end) are in front of the caret. Offsets without
    /// byte order mark.
    void showCompletions(qsizetype begin, qsizetype end, qsizetype typed, const QList<Completion> &completions);
    bool areCompletionsOpen() const;
    /// A few words at the caret, in place of the list.
    void showTip(const QString &text);

Q_SIGNALS:
    void contentChanged();
    /// One change in bytes of the text without byte order mark; for whoever keeps places in it. Comes before contentChanged().
    void edited(qsizetype offset, qsizetype removed, qsizetype added);
    void modifiedChanged(bool modified);
    void caretMoved(ui::CodeEditor::Place place);
    /// The person has opened a quotation: what may stand in it can be offered.
    void quotationOpened();
    void undoStateChanged();
    void maskedCountChanged(int count);
    void findClosed();
    void zoomChanged(int points);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ui
