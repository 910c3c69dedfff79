// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/nacos/config/config.h"
#include "core/nacos/session/capabilities.h"

#include <QJsonValue>
#include <QMap>

namespace core::nacos {

/// Readers of the HTTP answers about configurations, of v3 (admin and console alike) and v1. All tolerate absent members and nulls;
/// errors are BadReply with a JSON pointer. Pure, any thread.
enum class Dialect { V3, V1 };
inline Dialect dialectOf(Plane plane)
{
    return plane == Plane::Legacy ? Dialect::V1 : Dialect::V3;
}

struct ConfigPage {
    qint64 total = 0;
    QList<ConfigSummary> items;
    QList<QByteArray> contents; ///< v1 only: beside items, for checking a search
};
/// v1 lists carry contents and no MD5: that of the content is the one the server has. For `body` see decodeConfigDetail().
Result<ConfigPage> decodeConfigPage(Dialect dialect, const QJsonValue &data, const QByteArray &body, const QString &namespaceId);

/// nullopt: an empty answer, which is how some versions say that there is none. `body` is what `data` was read from: the content is taken
/// out of it directly, because a QJsonValue loses a byte order mark.
Result<std::optional<ConfigDetail>> decodeConfigDetail(Dialect dialect, const QJsonValue &data, const QByteArray &body,
                                                       const ConfigKey &key);

/// An answer that is the content itself, as SDKs of v1 get it; nullopt: it is not. Only the MD5 the server sends along (hexadecimal; what
/// proxies add is Base64) tells it from a page of somebody else, and when that does not fit it is BadReply. Nothing but the content is
/// known then, and its type where the media type names it.
std::optional<Result<ConfigDetail>> decodeBareContent(const QByteArray &body, const QByteArray &md5, const QByteArray &mediaType,
                                                      const ConfigKey &key);

/// nullopt: there is none.
Result<std::optional<BetaRelease>> decodeBeta(Dialect dialect, const QJsonValue &data, const QByteArray &body, const ConfigKey &key);

/// One row of the server's history as it stands there: `U` and `D` rows hold the content before the change, `I` rows the new one.
struct HistoryRow {
    enum class Change { Insert, Update, Delete };
    QString nid;
    Change change = Change::Update;
    bool gray = false;
    QDateTime at;
    QString by, from;
    QByteArray md5; ///< of the content in the row; many servers' lists don't tell
    std::optional<qint64> size;
    QString type;
};
struct HistoryPage {
    qint64 total = 0;
    QList<HistoryRow> rows; ///< newest first
};
Result<HistoryPage> decodeHistoryPage(Dialect dialect, const QJsonValue &data);

struct HistoryDetail {
    HistoryRow row;
    QByteArray content;
    ConfigAttributes attributes;
    bool complete = false;              ///< the row tells all attributes
    QString dataId, group, namespaceId; ///< as the server says; a caller checks that it asked for this one
};
Result<HistoryDetail> decodeHistoryDetail(Dialect dialect, const QJsonValue &data, const QByteArray &body);

/// Client address → MD5, or group key → MD5.
Result<QList<std::pair<QString, QByteArray>>> decodeListeners(const QJsonValue &data);
/// What is connected from one address.
struct ProgramsAt {
    QStringList clients; ///< "Java 3.1.0"; consoles are not among them
    QStringList apps;    ///< the names of applications
    int consoles = 0;    ///< connections of consoles
    bool consolesOnly() const;
};
/// By client address, out of the list of connections.
QMap<QString, ProgramsAt> programsOf(const QJsonValue &data);
/// A group key of such an answer.
Result<ConfigKey> keyOfGroupKey(const QString &groupKey);

Result<QList<NamespaceInfo>> decodeNamespaces(const QJsonValue &data);
Result<NamespaceInfo> decodeNamespace(const QJsonObject &object);

/// Lower-case hexadecimal MD5.
QByteArray md5Of(const QByteArray &content);

} // namespace core::nacos
