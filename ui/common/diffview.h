// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/workers.h"
#include "core/text/diff.h"

#include <memory>
#include <QWidget>

namespace ui {

struct DiffInput {
    QString leftLabel, rightLabel; ///< "live · staging/public", "draft"
    QByteArray left, right;
    core::text::Format format = core::text::Format::Text;
    enum class Secrets {
        Masked, ///< dots until revealed one by one; masked values that differ are marked "changed"
        Shown
    };
    Secrets secrets = Secrets::Masked;
    core::text::DiffOptions options;
};

/// Two texts compared: side by side or unified, with changed words, folded unchanged stretches, keys that changed (for formats that have
/// keys), jump by F7/F8 or Alt+Up/Down. Contents over 256 KiB are compared by `workers`. Read-only. GUI thread.
class DiffView final : public QWidget {
    Q_OBJECT
public:
    explicit DiffView(core::Workers &workers, QWidget *parent = nullptr);
    ~DiffView() override;

    void compare(const DiffInput &input);
    void clear();
    /// False while a comparison is under way.
    bool isReady() const;

    enum class Layout { SideBySide, Unified };
    void setLayoutMode(Layout layout);
    Layout layoutMode() const;
    /// Lines around a change that stay unfolded; below 0 nothing is folded.
    void setContext(int lines);
    void unfoldAll();

    int changeCount() const;
    int currentChange() const; ///< from 0; -1: none
    void goToChange(int index);
    void nextChange();
    void previousChange();
    /// Empty for formats without keys or contents that do not parse.
    QList<core::text::KeyChange> keyChanges() const;
    void setKeyListVisible(bool visible);

    int maskedCount() const;
    void revealAll();
    QString selectedText() const;
    void copy() const;

    /// The bar with change count, arrows and layout switch above the texts; on by default.
    void setToolBarVisible(bool visible);

    /// Points above or below the theme's size, within the bounds of CodeEditor; Ctrl and the wheel change it, too.
    int zoom() const;
    void setZoom(int points);

Q_SIGNALS:
    void ready();
    void currentChangeChanged(int index);
    void layoutModeChanged(ui::DiffView::Layout layout);
    void zoomChanged(int points);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ui
