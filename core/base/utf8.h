// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>

namespace core {

/// UTF-8 as text with nothing lost: QString::fromUtf8 silently drops a byte order mark at the start, which is content like any other.
/// Bytes that are not UTF-8 become U+FFFD.
inline QString fromUtf8Exactly(QByteArrayView bytes)
{
    if (!bytes.startsWith(QByteArrayView("\xef\xbb\xbf")))
        return QString::fromUtf8(bytes);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    return decoder(bytes);
}

} // namespace core
