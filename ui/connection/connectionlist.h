// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/profile.h"

#include <QListView>

namespace ui::connection {

class ConnectionListModel;

/// The saved connections, and the practice registry while it is known, with name, address and environment.
class ConnectionList final : public QListView {
    Q_OBJECT
public:
    explicit ConnectionList(QWidget *parent = nullptr);
    void setProfiles(const QList<core::profiles::Profile> &profiles, const QString &defaultSlug);
    QString currentSlug() const;
    void setCurrentSlug(const QString &slug);

Q_SIGNALS:
    void chosen(const QString &slug);
    void opened(const QString &slug);           ///< double click, Return
    void moveRequested(int rows);               ///< Alt+Up: -1, Alt+Down: +1; of the current one
    void dropped(const QString &slug, int row); ///< dragged to where `row` begins, counted before it is moved

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void dropEvent(QDropEvent *event) override;

private:
    ConnectionListModel *m_model;
    bool m_filling = false;
};

} // namespace ui::connection
