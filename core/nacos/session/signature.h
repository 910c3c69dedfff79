// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QString>
#include <utility>

namespace core::nacos {

/// An access key of a commercial Nacos. The open-source server ignores the headers made from it.
struct AccessKey {
    QString id;
    QByteArray secret;
    QByteArray securityToken; ///< of temporary credentials (STS); empty: none
    QString region;           ///< not empty: signed with a key derived for that region (V4)
    bool isEmpty() const { return id.isEmpty() || secret.isEmpty(); }
};

/// Header names as they go over the wire; HTTP and gRPC alike.
using SignatureHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// Headers of a configuration request. `tenant` is spelled as in the request; what is blank of the two is not signed.
SignatureHeaders configSignature(const AccessKey &key, const QString &tenant, const QString &group, qint64 millisecondsSinceEpoch);

/// Headers of a naming request; `service` is the grouped name (`group@@name`) or blank.
SignatureHeaders namingSignature(const AccessKey &key, const QString &service, qint64 millisecondsSinceEpoch);

/// Base64 of the HMAC-SHA256 chain date → region → product → constant.
QByteArray regionalSigningKey(const QByteArray &secret, QDate utcDate, const QString &region);

} // namespace core::nacos
