// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/address.h"
#include "ui/common/theme.h"

#include <functional>
#include <QJsonObject>
#include <QWidget>

namespace ui::workbench {

class Workbench;

/// Which connection and namespace something is about. Empty profile: about none (ledger, settings); empty namespace: about the whole
/// connection.
struct Subject {
    QString profile;     ///< slug
    QString namespaceId; ///< canonical: `public` is written out
    friend bool operator==(const Subject &, const Subject &) = default;
};

/// What one tab of the main window holds; base of every feature's page. The shell owns it, shows its title, icon and path in the tab,
/// its detail in the dock, its status text at the bottom, and asks it before closing. A page reads through services and writes by
/// Workbench::reviewPlan(); it knows the Workbench, never the shell.
///
/// Constructing a page must be cheap and may not load anything: loading starts with activated(), which comes when the tab is shown
/// for the first time (restored tabs that nobody looks at cost nothing).
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(Workbench &workbench);
    ~Page() override;

    /// The id of the PageKind that makes it again after a restart.
    virtual QString kind() const = 0;
    /// Short, for the tab: `app.yaml`, `Configs`.
    virtual QString title() const = 0;
    virtual Icon icon() const = 0;
    /// What the tab shows; opening the same address again activates this page. Empty: found by kind and subject.
    virtual core::Address address() const { return {}; }
    /// Full name for tooltip and window title; empty: the title.
    virtual QString longTitle() const { return {}; }

    const Subject &subject() const { return m_subject; }
    /// List pages follow the namespace switch (setSubject is called); editors stay with what they show.
    enum class Follows { Nothing, Namespace };
    virtual Follows follows() const { return Follows::Nothing; }
    /// When the language changes: most pages set their words again (changeEvent); those that hold nothing but view state are made anew.
    enum class NewLanguage { SetsWords, MadeAnew };
    virtual NewLanguage newLanguage() const { return NewLanguage::SetsWords; }
    /// Called before the first activation, and later for pages that follow the namespace.
    virtual void setSubject(const Subject &subject);

    /// Holds something not yet on the server or in a draft the person knows of; shown as a dot in the tab.
    virtual bool isModified() const { return false; }
    enum class Close { Now, NotNow };
    /// Called when the tab or the window is to be closed; answers once, at once or later (after asking). The default answers Now.
    virtual void requestClose(std::function<void(Close)> answer);
    /// The program ends without asking (the system or the desktop says so): keeps what can be kept, then calls `kept`, once, at once or
    /// later. The default keeps nothing.
    virtual void keep(std::function<void()> kept);

    /// View state (filter, sort, columns, selection, scroll), small; kept with the tab across restarts. restoreState() comes before the
    /// first activation and must bear anything.
    virtual QJsonObject saveState() const { return {}; }
    virtual void restoreState(const QJsonObject &state);

    /// The widget for the detail dock, owned by the page; nullptr: the dock is hidden for this page.
    virtual QWidget *detail() { return nullptr; }
    /// The objects that are selected on it, for commands of the window (bookmarks).
    virtual QList<core::Address> selectedAddresses() const { return {}; }
    /// Middle of the status bar, for example `1,204 configs`.
    virtual QString statusText() const { return {}; }

    /// The tab has become the visible one; the first time starts loading.
    virtual void activated() {}
    /// F5.
    virtual void refresh() {}
    /// `/` and Ctrl+F.
    virtual void focusFilter() {}

    Workbench &workbench() const { return m_workbench; }

Q_SIGNALS:
    /// Title, icon, path, modified state or address changed.
    void faceChanged();
    void detailChanged();
    void statusChanged();
    /// View state changed; the shell saves the session a little later.
    void stateChanged();
    /// Closes without asking (the object is gone, say).
    void closeNow();

protected:
    Subject m_subject;

private:
    Workbench &m_workbench;
};

} // namespace ui::workbench
