// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "ui/workbench/lookup.h"
#include "ui/workbench/workbench.h"

#include <functional>
#include <QFrame>

class QLabel;
class QLineEdit;
class QListView;

namespace ui::shell {

class PaletteModel;

/// One line of the palette.
struct PaletteItem {
    Icon icon = Icon::More;
    QString title, detail;
    QString keys;   ///< the shortcut, at the right
    QString reason; ///< why it cannot be run now; empty: it can
    int score = 0;
    QList<int> marks; ///< positions in the title that matched
    std::function<void()> run;
    core::Address address; ///< of an object
};

/// How well `pattern` names `text`: the letters in order, starts of words and runs count more; nothing when it doesn't match. 0…1000.
std::optional<std::pair<int, QList<int>>> fuzzyMatch(const QString &text, const QString &pattern);

/// Ctrl+K: one field for commands, pages and objects, ranked; `>` commands, `:` pages, the lookups' own letters objects of their kind.
/// Ctrl+P: objects of this connection, with the same letters in front. A frame of the window, not a dialog: Escape or a click elsewhere
/// closes it and gives the focus back.
class Palette final : public QFrame {
    Q_OBJECT
public:
    explicit Palette(workbench::Workbench &workbench, QWidget *parent);
    ~Palette() override;

    enum class Mode { Everything, QuickOpen };
    /// `anchor` is the search field of the top bar; the palette lies over it and below.
    void popup(Mode mode, const QRect &anchor, const QString &text = {});
    QLineEdit *edit() const { return m_edit; }
    int resultCount() const;
    const PaletteItem *itemAt(int row) const;

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void search();
    void addCommands(QList<PaletteItem> &items, const QString &pattern) const;
    void addPages(QList<PaletteItem> &items, const QString &pattern) const;
    void addTabs(QList<PaletteItem> &items, const QString &pattern) const;
    void lookUp(QChar prefix, const QString &pattern);
    void present();
    void runCurrent(workbench::Workbench::Where where);
    void closePalette();
    void retranslate();
    void fit();
    QString whatElse() const;

    workbench::Workbench &m_workbench;
    QLineEdit *m_edit;
    QListView *m_list;
    QLabel *m_nothing;
    QLabel *m_hint;
    QChar m_prefix;    ///< of what was typed; null: none
    QString m_pattern; ///< the rest
    PaletteModel *m_model;
    QList<PaletteItem> m_local, m_found;
    std::vector<std::unique_ptr<core::Latest<core::Reply<QList<workbench::LookupHit>>>>> m_lookups;
    QPointer<QWidget> m_before;
    Mode m_mode = Mode::Everything;
    int m_maxHeight = 480;
};

} // namespace ui::shell
