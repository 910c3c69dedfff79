// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/diffmodel.h"

#include <memory>
#include <QAbstractScrollArea>
#include <QBitArray>
#include <QCache>
#include <QSet>

namespace ui {

/// Paints a DiffModel in one or two columns: line numbers, signs, marked words, folded stretches, masked values; selection and copying.
/// Only what is visible is laid out. Internal to DiffView and MergeView.
class DiffCanvas final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit DiffCanvas(QWidget *parent = nullptr);

    void setModel(std::shared_ptr<const DiffModel> model);
    void setLayoutMode(DiffView::Layout layout);
    DiffView::Layout layoutMode() const { return m_layout; }
    void setContext(int lines);
    void unfoldAll();
    bool isFolded() const;
    /// Points above or below the theme's size.
    void setZoom(int points);
    int zoom() const { return m_zoom; }

    int changeCount() const;
    int currentChange() const { return m_current; }
    void goToChange(int index);
    /// Brings a line of one side to the middle.
    enum class Side { Left, Right };
    void showLine(Side side, int line);

    int maskedCount() const;
    /// As an editor counts them: what stands on both sides of a row is one.
    int maskedPlaces() const;
    void revealAll();
    /// The first masked value at or below the top of the view.
    void revealNext();
    QString selectedText() const;
    void copy() const;

Q_SIGNALS:
    void currentChangeChanged(int index);
    void maskedCountChanged(int count);
    void foldingChanged();
    /// Ctrl and the wheel, in steps.
    void zoomWanted(int steps);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    static constexpr qsizetype Longest = 16'000; ///< bytes of a line that are shown
    static constexpr int Tab = 4;                ///< columns
    struct Item {
        int row = 0;
        int folded = 0; ///< rows hidden here; 0: an ordinary row
        int part = 0;   ///< which piece of its long line, from 0
    };
    struct Piece {
        enum class Kind { Marked, Dots, Note };
        Kind kind = Kind::Marked;
        qsizetype from = 0, length = 0; ///< in the shown text
        int secret = -1;
    };
    struct Shown {
        QString text;
        QList<Piece> pieces;
        QList<qsizetype> breaks; ///< where its wrapped pieces begin, but for the first
        int brokenAt = 0;        ///< the width these are for
        qsizetype begin(int part) const { return part == 0 ? 0 : breaks.value(part - 1, text.size()); }
        qsizetype end(int part) const { return breaks.value(part, text.size()); }
    };
    struct Column {
        int left = 0, width = 0, gutter = 0;
        int textLeft() const { return left + gutter; }
        int textWidth() const { return width - gutter; }
    };
    struct Spot {
        int row = -1;
        qsizetype character = 0;
        friend auto operator<=>(const Spot &, const Spot &) = default;
    };

    const QList<DiffModel::Row> &rows() const;
    const QList<DiffModel::Change> &changes() const;
    void takeFont();
    void rebuildItems();
    void measure();
    void updateScrollBars();
    bool wraps() const;
    /// How many lines of the view a row takes: by the length of its bytes, and exactly, for which it has to be composed.
    int estimatedParts(const DiffModel::Row &row) const;
    int partsOf(const DiffModel::Row &row) const;
    enum class Measured { AsBefore, Anew };
    Measured measureRow(int item);
    /// A page from this item on.
    Measured measureFrom(int item);
    void measureShown();
    void measureAround(int row);
    int partsAt(int item) const;
    QList<qsizetype> breaksOf(const QString &text) const;
    int itemOfRow(int row) const;
    /// Where the same part of the same row is now.
    int itemOf(const Item &item) const;
    int page() const;
    int textWidth() const;
    QByteArrayView lineBytes(Side side, int number) const;
    Column column(Side side) const;
    int lineOf(const DiffModel::Row &row, Side side) const;
    int mateOf(const DiffModel::Row &row, Side side) const;
    /// In one column a row belongs to the side its line is on.
    Side sideOf(const DiffModel::Row &row, Side column) const;
    const Shown &shown(Side side, const DiffModel::Row &row) const;
    Shown compose(Side side, const DiffModel::Row &row) const;
    void paintFold(QPainter &painter, const QRect &rect, int folded) const;
    void paintSide(QPainter &painter, const QRect &rect, const Column &column, Side side, const Item &item) const;
    void paintRuler(QPainter &painter) const;
    std::optional<std::pair<Side, Spot>> spotAt(const QPoint &position) const;
    int secretAt(const QPoint &position, Side *side) const;
    void reveal(Side side, int secret);
    void setCurrent(int index);
    qsizetype characterAt(const QString &text, int x) const;

    std::shared_ptr<const DiffModel> m_model;
    DiffView::Layout m_layout = DiffView::Layout::SideBySide;
    QList<Item> m_items;
    QSet<int> m_unfolded;
    QSet<int> m_revealed[2];
    mutable QCache<qint64, Shown> m_cache;
    QFont m_font;
    Side m_selectionSide = Side::Left;
    Spot m_anchor, m_head;
    int m_context = 3;
    int m_current = -1;
    int m_rowHeight = 18, m_charWidth = 8;
    int m_zoom = 0;
    int m_wheel = 0;      ///< of a step of zoom, in eighths of a degree
    int m_textWidth = 0;  ///< of the narrower column, when the items were made
    int m_lines = 0;      ///< rows and folds, however many items they take
    QBitArray m_measured; ///< rows whose items are not estimated
    bool m_measuring = false, m_measureAgain = false;
    bool m_wraps = false;
    bool m_selecting = false;
};

} // namespace ui
