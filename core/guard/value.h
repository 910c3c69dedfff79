// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace core::guard {

/// Everything about an object that can be written: its content and all writable attributes. Each module defines the attributes of its
/// kinds; two reads of the same state must give equal values.
struct Value {
    QByteArray content;
    QJsonObject attributes;

    /// The one spelling: canonical JSON of the attributes, a line feed, the content. What the ledger keeps.
    QByteArray canonical() const;
    static Result<Value> fromCanonical(const QByteArray &bytes);
    /// Of canonical(), 32 bytes.
    QByteArray sha256() const;

    /// For plan files: {"content": …} or {"contentBase64": …} when it isn't UTF-8, and {"attributes": …}.
    QJsonObject toJson() const;
    static Result<Value> fromJson(const QJsonObject &json);

    friend bool operator==(const Value &a, const Value &b);
};

} // namespace core::guard
