// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/workers.h"
#include "core/text/format.h"
#include "core/text/merge.h"

#include <memory>
#include <QWidget>

namespace ui {

class CodeEditor;

struct MergeInput {
    QString mineLabel, theirsLabel; ///< "my draft", "on the server, by deploy"
    QByteArray base, mine, theirs;
    core::text::Format format = core::text::Format::Text;
};

/// Three-way merge: above, mine and theirs beside each other with a choice at every conflict; below, the result, freely editable.
/// A conflict counts as settled once it has a choice or its stretch of the result was edited. Contents over 256 KiB are merged by
/// `workers`. GUI thread.
class MergeView final : public QWidget {
    Q_OBJECT
public:
    explicit MergeView(core::Workers &workers, QWidget *parent = nullptr);
    ~MergeView() override;

    void merge(const MergeInput &input);
    /// False while a merge is under way: there is nothing to choose and no result yet. openCountChanged() tells of its end.
    bool isReady() const;
    int conflictCount() const; ///< all
    int openCount() const;     ///< not settled
    /// What would be saved now; conflicts still open are written with mine.
    QByteArray result() const;
    /// The person typed in the result or chose something since merge().
    bool isEdited() const;
    void choose(int conflict, core::text::MergeChunk::Choice choice);
    /// The same for all conflicts, but for those edited by hand: what was typed stays.
    void chooseAll(core::text::MergeChunk::Choice choice);
    void goToConflict(int conflict);
    void nextConflict();
    void previousConflict();
    CodeEditor *editor() const;
    /// Of both parts; see CodeEditor.
    int zoom() const;
    void setZoom(int points);

Q_SIGNALS:
    void openCountChanged(int open);
    void resultChanged();
    void zoomChanged(int points);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ui
