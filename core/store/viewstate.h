// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <map>
#include <memory>
#include <QJsonValue>
#include <QObject>

namespace core::store {

class Home;

/// Small things the window wants to find again: tabs, columns, filters, geometry, namespaces typed, bookmarks. A map from key to JSON
/// that is in memory once loaded and written behind (within a second, and at destruction). Programs of one home share it, the last one
/// to write a key wins. Keys are paths such as `window/geometry`, `configs/columns`, `bookmarks`. Lives in the GUI thread.
class ViewState final : public QObject {
    Q_OBJECT
public:
    explicit ViewState(Home &home, QObject *parent = nullptr);
    ~ViewState() override;

    /// Reads everything; Done also when nothing could be read (then everything is new). Asking twice is fine.
    Reply<Done> *load();
    bool isLoaded() const;

    QJsonValue value(const QString &key, const QJsonValue &otherwise = QJsonValue::Null) const;
    /// Undefined removes the key. Before load() is done, what is set wins over what is on disk.
    void setValue(const QString &key, const QJsonValue &value);
    void remove(const QString &key);
    /// Keys that begin with the prefix, sorted.
    QStringList keys(const QString &prefix = {}) const;
    /// On disk when Done.
    Reply<Done> *flush();

Q_SIGNALS:
    /// Also when another program of this home wrote it.
    void changed(const QString &key);

private:
    Reply<Done> *take();
    void merge(const std::map<QString, QJsonValue> &onDisk);
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::store
