// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/workbench.h"

#include <QAbstractButton>
#include <QWidget>

class QMenu;

namespace ui {
class ActivityIndicator;
class PillButton;
class QuietButton;
} // namespace ui

namespace core::guard {
class PlanBasket;
}

namespace ui::shell {

class Connections;

/// The 3 px line in the environment's hue on top of the window.
class EnvironmentStrip final : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentStrip(QWidget *parent = nullptr);
    void setColor(const QColor &color);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor m_color;
};

/// Looks like a search field, opens the palette.
class SearchButton final : public QAbstractButton {
    Q_OBJECT
public:
    explicit SearchButton(QWidget *parent = nullptr);
    void setKeys(const QString &keys);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_keys;
};

/// Connection, namespace, lock, search, plan, activity: one row below the menu.
class TopBar final : public QWidget {
    Q_OBJECT
public:
    struct Collaborators {
        workbench::Workbench &workbench;
        Connections &connections;
        core::guard::PlanBasket &basket;
    };
    explicit TopBar(const Collaborators &collaborators, QWidget *parent = nullptr);

    void setSubject(const workbench::Subject &subject);
    /// Connections, namespaces, locks or activity changed.
    void refresh();
    SearchButton *search() const { return m_search; }
    void openConnectionMenu();
    void openNamespaceMenu();

Q_SIGNALS:
    void searchRequested();
    void planRequested();
    void activityRequested();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillConnections();
    void fillNamespaces();
    void refreshLock();
    void refreshPlan();
    void refreshActivity();
    void typeNamespace();
    void retranslate();
    void placeSearch();

    Collaborators m_with;
    workbench::Subject m_subject;
    PillButton *m_connection;
    PillButton *m_namespace;
    QuietButton *m_lock;
    SearchButton *m_search;
    ActivityIndicator *m_indicator;
    QuietButton *m_plan;
    QuietButton *m_activity;
    QMenu *m_connections;
    QMenu *m_namespaces;
};

} // namespace ui::shell
