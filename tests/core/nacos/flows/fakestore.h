// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"
#include "core/guard/policy.h"
#include "core/guard/unlocks.h"
#include "core/store/ledger.h"
#include "tests/core/nacos/fixture.h"

#include <QCryptographicHash>
#include <QMap>

namespace tests {

/// Configurations and namespaces behind the fake HTTP server, as the admin interface shows them, and a Guard on top.
struct FakeStore : core::guard::PolicySource {
    struct Item {
        QByteArray content;
        QString type = QStringLiteral("text"), tags, description, dataKey;
        QString use = {}, effect = {}, schema = {}; ///< told in the history only, as by generation 3
    };
    using Name = std::tuple<QString, QString, QString>; ///< namespace, group, data ID

    NacosFixture f;
    QMap<Name, Item> items;
    QMap<QString, QString> namespaces{{QStringLiteral("public"), QStringLiteral("public")}};
    QMap<Name, HttpAnswer> trouble; ///< what reading one answers instead
    /// Like the real one's: of an insert the state it made, else the one before.
    struct Row {
        char operation;
        Name name;
        Item item;
        bool gray = false;
    };
    QList<Row> history; ///< oldest first; the place is the row's id
    int publishes = 0;
    core::guard::Policy policy;          ///< of every connection
    std::function<void()> beforePublish; ///< somebody else, in between

    TempHome folder;
    std::unique_ptr<core::store::Home> home;
    std::unique_ptr<core::store::Ledger> ledger;
    std::unique_ptr<core::guard::Unlocks> unlocks;
    std::unique_ptr<core::nacos::Registries> registries;
    std::unique_ptr<core::guard::Guard> guard;

    FakeStore();
    std::optional<core::guard::Policy> policyOf(const QString &) const override { return policy; }
    core::nacos::Registry &open();
    Streamed<core::guard::ChangeOutcome> submit(const core::guard::Plan &plan);

    void put(const QString &space, const QString &dataId, const QByteArray &content)
    {
        put({space, QStringLiteral("G"), dataId}, {content});
    }
    /// By somebody else.
    void put(const Name &name, const Item &item)
    {
        history.append({items.contains(name) ? 'U' : 'I', name, items.value(name, item)});
        items.insert(name, item);
    }
    QByteArray content(const QString &space, const QString &dataId) const
    {
        return items.value({space, QStringLiteral("G"), dataId}).content;
    }

private:
    static Name nameOf(const HttpSeen &seen, QString (HttpSeen::*value)(const QString &) const);
    static QJsonObject row(const Name &name, const Item &item);
    int countIn(const QString &space) const;
    HttpAnswer list(const HttpSeen &seen) const;
    HttpAnswer get(const HttpSeen &seen) const;
    HttpAnswer publish(const HttpSeen &seen);
    HttpAnswer listHistory(const HttpSeen &seen) const;
    HttpAnswer getRow(const HttpSeen &seen) const;
};

} // namespace tests
