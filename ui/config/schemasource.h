// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/stream.h"
#include "core/nacos/registry.h"
#include "core/text/jsonschema.h"
#include "ui/workbench/workbench.h"

#include <QObject>

class QFileSystemWatcher;

namespace ui::config {

/// The schema a configuration is held against: its own attribute, or what was chosen for it on this computer instead (a file, another
/// configuration of the same connection), which is kept in the view state under its address. Read again when that changes. Nothing a
/// schema or a content names is ever fetched. GUI thread; reading and compiling are done on workers.
class SchemaSource final : public QObject {
    Q_OBJECT
public:
    SchemaSource(workbench::Workbench &workbench, core::Address address, QObject *parent = nullptr);

    /// What the attribute holds now, as typed.
    void setAttribute(const QString &schema);
    void chooseFile(const QString &path);
    void chooseConfig(const core::Address &address);
    void chooseAttribute();
    /// Names the local choice: a file or a data ID; empty: there is none.
    QString localName() const;

    const std::optional<core::text::JsonSchema> &schema() const { return m_schema; }
    /// Why there is none, or not the whole of what was chosen.
    const std::optional<core::Error> &error() const { return m_error; }

Q_SIGNALS:
    void changed();

private:
    void choose(const QJsonValue &choice);
    void follow();
    void watchFile();
    void watchAgain();
    void readFile();
    void readConfig();
    void watchConfig();
    void take(const QByteArray &schema);
    void took(const core::Result<core::text::JsonSchema> &compiled);
    void refuse(const core::Error &error);

    workbench::Workbench &m_workbench;
    core::Address m_address;
    QString m_stateKey, m_attribute, m_file;
    std::optional<core::Address> m_config;
    std::optional<core::text::JsonSchema> m_schema;
    std::optional<core::Error> m_error;
    QFileSystemWatcher *m_files = nullptr;
    core::Latest<core::Reply<std::optional<core::nacos::ConfigDetail>>> m_reading;
    core::Latest<core::Stream<core::nacos::ConfigEvent>> m_watch;
    int m_run = 0; ///< the last compilation wanted; what another brings is dropped
};

/// What is wrong with a content, by its format and by a schema, in order.
QList<core::text::Problem> problemsOf(core::text::Format format, const QByteArray &content,
                                      const std::optional<core::text::JsonSchema> &schema);

} // namespace ui::config
