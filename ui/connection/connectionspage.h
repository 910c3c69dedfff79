// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "ui/connection/connectionform.h"
#include "ui/workbench/pagekind.h"
#include "ui/workbench/workbench.h"

class QListView;
class QSplitter;
class QStackedWidget;

namespace ui {
class MessageBar;
class QuietButton;
} // namespace ui

namespace ui::connection {

class ConnectionList;
class ProbeView;

/// All connections: list, the chosen one's panel with its live probe, import, export, default, remove.
class ConnectionsPage final : public workbench::Page {
    Q_OBJECT
public:
    explicit ConnectionsPage(workbench::Workbench &workbench);
    ~ConnectionsPage() override;

    QString kind() const override { return QStringLiteral("connections"); }
    QString title() const override { return tr("Connections"); }
    Icon icon() const override { return Icon::Connection; }
    QString statusText() const override;
    bool isModified() const override;
    void requestClose(std::function<void(Close)> answer) override;
    void restoreState(const QJsonObject &state) override;
    QJsonObject saveState() const override;
    void activated() override;

    void addNew();
    void choose(const QString &slug);
    void importFromEnvironment();
    void importFromFile();
    void exportToFile();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void buildPanel();
    void retranslate();
    void reload();
    void show(const core::profiles::Profile &profile);
    void showIntro();
    void save();
    void writeSecrets(const core::profiles::Profile &saved, const ConnectionEntry &entry);
    void removeChosen();
    void makeDefault();
    void moveChosen(int rows);
    /// To where the row `to` of the saved ones begins.
    void moveTo(const QString &slug, qsizetype to);
    void addRowActions();
    void connectChosen();
    void refreshButtons();
    /// Goes on once the form may be left.
    void leaveForm(std::function<void()> go);

    MessageBar *m_bar;
    ConnectionList *m_list = nullptr;
    QStackedWidget *m_stack = nullptr;
    QWidget *m_intro = nullptr;
    QSplitter *m_panel = nullptr;
    ConnectionForm *m_form = nullptr;
    ProbeView *m_probe = nullptr;
    QuietButton *m_add = nullptr, *m_import = nullptr, *m_export = nullptr, *m_remove = nullptr, *m_default = nullptr;
    QPushButton *m_connect = nullptr;
    QString m_chosen; ///< slug; empty: a new one, or none
    bool m_new = false;
};

/// Adds the page kind `connections`.
void registerPages(workbench::PageRegistry &pages);

} // namespace ui::connection
