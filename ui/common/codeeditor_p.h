// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Internal to CodeEditor: the only header that includes QScintilla, and only included by codeeditor*.cpp.
#include "ui/common/codeeditor.h"
#include "ui/common/findbar.h"
#include "ui/common/maskmarks.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QPointer>
#include <QTimer>

#include <Qsci/qsciscintillabase.h>

class QLabel;

namespace ui {

class MessageBar;

/// Scintilla's surface with what it lacks: masked spans painted as dots, a clipboard that keeps masked text inside the program, text keys
/// that win over window shortcuts, our context menu.
class EditorSurface final : public QsciScintillaBase {
    Q_OBJECT
public:
    explicit EditorSurface(QWidget *parent);

    enum Indicator { ErrorSquiggle = 8, WarningSquiggle, HintSquiggle, Masked, Revealed, Found, FoundCurrent };
    enum Marker { ErrorMark = 1, WarningMark, HintMark, ChangedMark };
    enum Margin { MarkMargin = 0, NumberMargin, ChangeMargin, FoldMargin, TextMargin };

    // The unsigned and pointer overloads of SendScintilla are easily mixed up; these are not.
    long send(unsigned int message, long first = 0, long second = 0) const
    {
        return SendScintilla(message, static_cast<unsigned long>(first), second);
    }
    long sendText(unsigned int message, const QByteArray &text) const
    {
        return SendScintilla(message, static_cast<uintptr_t>(text.size()), text.constData());
    }
    void sendColor(unsigned int message, long first, const QColor &color) const
    {
        SendScintilla(message, static_cast<unsigned long>(first), color);
    }

    long length() const { return send(SCI_GETLENGTH); }
    QByteArray bytes(long from, long to) const;
    bool indicatorAt(int indicator, long position) const { return send(SCI_INDICATORVALUEAT, indicator, position) != 0; }
    void fill(int indicator, long from, long count);
    void clear(int indicator, long from, long count);
    bool overlaps(int indicator, long from, long to) const;
    /// How many runs of an indicator are in [from, to) or touch it.
    int runs(int indicator, long from, long to) const;
    /// [from, to) of the run of an indicator around a position; nothing when it is not set there.
    std::optional<std::pair<long, long>> run(int indicator, long position) const;
    bool hasMasked() const { return m_masked > 0; }
    void setMaskedCount(int count) { m_masked = count; }

Q_SIGNALS:
    void menuWanted(const QPoint &globalPosition);
    void doubleClickedAt(long position);
    void zoomWanted(int steps);
    void helpWanted(long position, const QPoint &globalPosition);
    /// Before Scintilla sees it; accept what was handled.
    void keyPressed(QKeyEvent *event);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    QMimeData *toMimeData(const QByteArray &text, bool rectangular) const override;
    QByteArray fromMimeData(const QMimeData *source, bool &rectangular) const override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    bool focusNextPrevChild(bool next) override;

private:
    int m_masked = 0;
    int m_wheel = 0; ///< of a step of zoom, in eighths of a degree
};

class CodeEditor::Private {
public:
    explicit Private(CodeEditor *editor);

    void buildUi();
    void applyTheme();
    void applyFormat();
    void styleToml(long from, long to);
    void load(const QByteArray &content);
    bool handleKey(QKeyEvent *event);
    void textModified(int position, int type, int length, int linesAdded);
    void caretChanged(int updated);
    void characterAdded(int character);
    bool opensQuotation() const;
    void updateBraces();
    void updateMargins();
    void setMasked(int count);
    void reveal(long from, long to);
    void showMenu(const QPoint &globalPosition);
    void showHelp(long position, const QPoint &globalPosition);
    long positionOf(Place place) const;
    Place placeOf(long position) const;
    void showNotices();
    void applyAccess();
    void markProblems();
    void maskSecrets(const QList<core::text::SecretSpan> &secrets);
    void maskInView(const std::vector<MaskMarks::Span> &wanted);
    void startMasks();
    bool stepMasks();
    void fillMask(long from, long to);
    void clearMask(long from, long to);
    void moveMasks(int position, int type, int length);
    void keepHidden(const std::vector<MaskMarks::Span> &hidden, long from, long to);
    void completionChosen(const QByteArray &text);
    long toSurface(qsizetype offset) const; ///< of content() without byte order mark
    qsizetype fromSurface(long position) const;

    // find
    void search();
    void runSearch();
    void step(int direction);
    void select(long from, long to);
    void replaceOne();
    void replaceAll();
    void clearFound();
    qsizetype currentHit() const;

    CodeEditor *q;
    EditorSurface *surface;
    FindBar *find;
    MessageBar *notice;
    QLabel *hint; ///< the placeholder
    QTimer searchTimer, maskTimer;
    QByteArray original; ///< what setContent() got, while nothing was edited
    QByteArray bom;      ///< the byte order mark of the content
    core::text::TextFacts facts;
    core::text::Format format = core::text::Format::Text;
    Access access = Access::Editable;
    QList<core::text::Problem> problems;
    MaskMarks marks;
    SearchResult found;
    QList<qsizetype> breaks; ///< where line breaks were added for showing, as offsets of the content; in order
    QList<int> changedLines;
    std::function<QString(Place)> help;
    struct {
        QList<Completion> all;
        long begin = 0, end = 0;
        long length = 0; ///< of the whole text when they were offered
    } completions;
    quint64 revision = 0;
    QString placeholder;
    int lastBrace = -1;
    int masked = 0, toldMasked = 0;
    int maskedBeforeDeletion = 0; ///< about the text that is just being deleted
    int marginDigits = 0;
    bool pristine = true; ///< the surface holds `original`
    bool loading = false, applying = false, styling = false, wasModified = false, forceModified = false;
};

} // namespace ui
