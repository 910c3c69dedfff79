// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/nacos/config/config.h"
#include "ui/workbench/workbench.h"

#include <array>

class QLineEdit;
class QMenu;

namespace ui {
class DiffView;
class MessageBar;
class PillButton;
class StatePage;
} // namespace ui

namespace ui::config {

/// Any two contents side by side: of the same or different connections, namespaces, versions, a draft (`?rev=draft`) or the local override
/// (`?rev=override`); without a revision it is what the server has. Parameters:
/// `left` and `right`, addresses; an empty right side is picked by the person (or is the live state when left has a revision).
class ComparePage final : public workbench::Page {
    Q_OBJECT
public:
    ComparePage(workbench::Workbench &workbench, const workbench::PageRequest &request);
    ~ComparePage() override;

    QString kind() const override { return QStringLiteral("compare"); }
    QString title() const override;
    QString longTitle() const override;
    Icon icon() const override { return Icon::Compare; }
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    QString statusText() const override;
    void activated() override;
    void refresh() override;
    void swapSides();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Side {
        PillButton *place = nullptr; ///< connection and namespace
        QMenu *places = nullptr;
        QLineEdit *edit = nullptr; ///< group and data ID
        workbench::Subject where;
        core::Address address;
        std::optional<QByteArray> content;                   ///< nullopt: not there
        std::optional<core::nacos::ConfigRevision> revision; ///< what is known of an earlier version
        std::optional<core::Error> error;
        bool known = false;
        core::Latest<core::Reply<std::optional<QByteArray>>> reading;
    };
    void retranslate();
    void typed(Side &side);
    void setAddress(Side &side, const core::Address &address);
    void showSide(Side &side);
    void fillPlaces(Side &side);
    void choosePlace(Side &side, const workbench::Subject &where);
    void sessionChanged();
    void read(Side &side);
    void compare();
    void readRevision(core::Reply<std::optional<QByteArray>> *answer, Side &side, const core::nacos::ConfigKey &key);
    void readOverride(core::Reply<std::optional<QByteArray>> *answer, const core::Address &address);
    QString labelOf(const Side &side) const;
    core::Reply<std::optional<QByteArray>> *contentOf(Side &side);

    std::array<Side, 2> m_sides;
    MessageBar *m_bar;
    StatePage *m_states;
    DiffView *m_diff;
    bool m_started = false;
};

} // namespace ui::config
