// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/responsehead.h"

#include <optional>
#include <QList>

/// Requests, answers and pushes of the config module. Shared by the client and the practice server. Each struct encodes
/// with toBody() and decodes with fromBody(), whose error is BadReply with a JSON pointer. Unknown members are ignored, nulls count as
/// absent, and every member a strict server asks for is always written. Plain values, thread-safe.
namespace core::nacos::wire {

/// Names a configuration as its sender spelled it: `tenant` may be empty or "public" for the same namespace, and answers must echo it.
struct ConfigContext {
    QString tenant, group, dataId;
    friend bool operator==(const ConfigContext &, const ConfigContext &) = default;
};

struct ConfigQueryRequest {
    static constexpr char typeName[] = "ConfigQueryRequest";
    ConfigContext key;
    QString tag; ///< asks for the gray of that tag; empty: none
    QByteArray toBody() const;
    static Result<ConfigQueryRequest> fromBody(const QByteArray &json);
};

struct ConfigQueryResponse {
    static constexpr char typeName[] = "ConfigQueryResponse";
    ResponseHead head;
    QByteArray content; ///< UTF-8
    QString contentType, encryptedDataKey;
    QByteArray md5;
    qint64 lastModified = 0; ///< ms since 1970
    bool beta = false;
    QString tag; ///< left out when empty: the Python SDK declares it as a bool
    bool isAbsent() const { return !head.isSuccess() && head.errorCode == code::ConfigNotFound; }
    bool isBeingModified() const { return !head.isSuccess() && head.errorCode == code::ConfigBeingModified; }
    QByteArray toBody() const;
    static Result<ConfigQueryResponse> fromBody(const QByteArray &json);
};

struct ConfigPublishRequest {
    static constexpr char typeName[] = "ConfigPublishRequest";
    ConfigContext key;
    QByteArray content; ///< UTF-8
    QString casMd5;     ///< empty: no comparison
    /// tag appName betaIps type src_user encryptedDataKey config_tags desc use effect schema
    QMap<QString, QString> additions;
    QByteArray toBody() const;
    static Result<ConfigPublishRequest> fromBody(const QByteArray &json);
};

struct ConfigPublishResponse {
    static constexpr char typeName[] = "ConfigPublishResponse";
    ResponseHead head;
    QByteArray toBody() const;
    static Result<ConfigPublishResponse> fromBody(const QByteArray &json);
};

struct ConfigRemoveRequest {
    static constexpr char typeName[] = "ConfigRemoveRequest";
    ConfigContext key;
    QString tag; ///< removes only the gray of that tag; empty: the configuration
    QByteArray toBody() const;
    static Result<ConfigRemoveRequest> fromBody(const QByteArray &json);
};

struct ConfigRemoveResponse {
    static constexpr char typeName[] = "ConfigRemoveResponse";
    ResponseHead head;
    QByteArray toBody() const;
    static Result<ConfigRemoveResponse> fromBody(const QByteArray &json);
};

struct ConfigBatchListenRequest {
    static constexpr char typeName[] = "ConfigBatchListenRequest";
    struct Item {
        ConfigContext key;
        QByteArray md5; ///< of what the listener has; empty: nothing
        friend bool operator==(const Item &, const Item &) = default;
    };
    enum class Mode { Listen, StopListening };
    Mode mode = Mode::Listen;
    QList<Item> items;
    QByteArray toBody() const;
    static Result<ConfigBatchListenRequest> fromBody(const QByteArray &json);
};

struct ConfigChangeBatchListenResponse {
    static constexpr char typeName[] = "ConfigChangeBatchListenResponse";
    ResponseHead head;
    QList<ConfigContext> changed; ///< spelled as in the request
    QByteArray toBody() const;
    static Result<ConfigChangeBatchListenResponse> fromBody(const QByteArray &json);
};

/// Push; answered on the stream with ConfigChangeNotifyResponse. `tenant` is left out when empty.
struct ConfigChangeNotifyRequest {
    static constexpr char typeName[] = "ConfigChangeNotifyRequest";
    QString requestId;
    ConfigContext key;
    QByteArray toBody() const;
    static Result<ConfigChangeNotifyRequest> fromBody(const QByteArray &json);
};

} // namespace core::nacos::wire
