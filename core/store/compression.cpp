// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/compression.h"

#include <zstd.h>

using namespace Qt::StringLiterals;

namespace core::store {

namespace {

constexpr int Level = 3;
constexpr quint64 MaxSize = 256ULL * 1024 * 1024;

} // namespace

QByteArray compressed(const QByteArray &bytes)
{
    QByteArray frame(qsizetype(ZSTD_compressBound(size_t(bytes.size()))), Qt::Uninitialized);
    const size_t size = ZSTD_compress(frame.data(), size_t(frame.size()), bytes.constData(), size_t(bytes.size()), Level);
    Q_ASSERT(!ZSTD_isError(size)); // the bound is always enough
    frame.resize(qsizetype(size));
    frame.squeeze();
    return frame;
}

Result<QByteArray> decompressed(const QByteArray &frame)
{
    const unsigned long long size = ZSTD_getFrameContentSize(frame.constData(), size_t(frame.size()));
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > MaxSize)
        return fail(Error::Kind::BadReply, u"a stored value is damaged"_s);
    QByteArray bytes(qsizetype(size), Qt::Uninitialized);
    const size_t got = ZSTD_decompress(bytes.data(), size_t(bytes.size()), frame.constData(), size_t(frame.size()));
    if (ZSTD_isError(got) || got != size)
        return fail(Error::Kind::BadReply, u"a stored value is damaged"_s);
    return bytes;
}

} // namespace core::store
