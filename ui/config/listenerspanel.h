// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "ui/config/comeback.h"
#include "ui/models/recordmodel.h"

#include <QMap>
#include <QPointer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace ui {
class StatePage;
class TableView;
} // namespace ui
namespace ui::workbench {
class Workbench;
}

namespace ui::config {

/// `storefront · Java 3.1.0`, `this console`, `this console, perhaps Java 3.1.0`; empty: the server does not tell.
QString listenerName(const core::nacos::ConfigListener &listener);
/// Said where nothing but a console's address listens.
QString unclearText();

/// Who listens to one configuration and which content each has. After a publish it follows the arrival: "12 of 14 listeners have it".
/// While nobody can be asked it says of when what it shows is.
class ListenersPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ListenersPanel(workbench::Workbench &workbench, QWidget *parent = nullptr);
    ~ListenersPanel() override;

    void setSubject(core::nacos::Registry *registry, const core::nacos::ConfigKey &key);
    /// Reads them again, unless an arrival is followed, which does so by itself.
    void reload();
    /// Read by somebody else just now.
    void take(const QList<core::nacos::ConfigListener> &listeners);
    /// Shows who has taken `md5` over by now, until everybody has or 30 s have passed.
    void follow(const QByteArray &md5);
    /// What was published is not what the server has any more: who has that is read instead.
    void forgetArrival();
    /// Of applications; -1: not known.
    int count() const { return m_count; }
    /// Addresses of consoles that applications may listen from too, which are not counted.
    int unclear() const { return m_unclear; }
    /// Of when the count is, while it may be another by now; invalid: it is that of now.
    QDateTime asOf() const;

Q_SIGNALS:
    void countChanged();
    void asOfChanged();
    /// An application listens to what was published; the first answer since follow() that says so.
    void arriving();
    /// Everybody has it, or the time is over.
    void settled(int arrived, int all);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void show(const QList<core::nacos::ConfigListener> &listeners);
    void arrived(const core::Result<core::Done> &end);
    void awayChanged();
    void say();
    QString countText() const;

    workbench::Workbench &m_workbench;
    QPointer<core::nacos::Registry> m_registry;
    core::nacos::ConfigKey m_key;
    RecordModel<core::nacos::ConfigListener> m_model; ///< its cells look at m_former
    core::Latest<core::Reply<QList<core::nacos::ConfigListener>>> m_loading;
    StatePage *m_states;
    TableView *m_table;
    QLabel *m_line;
    QProgressBar *m_progress;
    core::Latest<core::Stream<core::nacos::ConfigListener>> m_arrival;
    QMap<QString, core::nacos::ConfigListener> m_told; ///< of the arrival, by address
    bool m_arrivalTold = false;
    ComeBack m_comeBack;
    QDateTime m_readAt;
    int m_count = -1, m_upToDate = 0, m_unclear = 0;
    bool m_stale = true, m_former = false; ///< former: from before the server was away
};

} // namespace ui::config
