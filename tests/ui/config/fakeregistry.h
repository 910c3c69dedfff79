// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"
#include "tests/support/fakehttpserver.h"
#include "tests/support/nacos/fakenacosgrpc.h"

#include <QMap>

namespace tests {

class Console;

/// A server made of the two fakes at the wire, for the real window: contents live in the gRPC half (which tells of changes), the other
/// attributes here. Reads over HTTP can be made to fail.
class FakeRegistry {
    Q_DISABLE_COPY_MOVE(FakeRegistry)
public:
    FakeRegistry();
    ~FakeRegistry();

    FakeHttpServer http;
    FakeHttpServer console;
    FakeNacosGrpc grpc;
    /// By data ID; all in public, group G. Not listed here: type text, nothing else.
    QMap<QString, core::nacos::ConfigAttributes> attributes;
    std::optional<HttpAnswer> reading; ///< what a detail is answered with instead
    std::optional<HttpAnswer> listing; ///< the same of the list
    /// Who listens, to whatever is asked about: address and the MD5 it has.
    QMap<QString, QByteArray> listeners;
    /// Contents told instead of those in the store.
    QMap<QString, QByteArray> lagging;

    void put(const QString &dataId, const QByteArray &content);
    void remove(const QString &dataId);
    QByteArray content(const QString &dataId) const;
    core::nacos::ConfigKey key(const QString &dataId) const;
    /// Details read so far.
    qsizetype reads() const;
    /// Saves the connection in the window's home; its slug.
    QString connectTo(Console &window);
    static HttpAnswer refused();
    static HttpAnswer broken();

    HttpAnswer detail(const HttpSeen &seen) const;

private:
    HttpAnswer list() const;
    QStringList m_names;
};

} // namespace tests
