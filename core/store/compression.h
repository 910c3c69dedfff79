// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace core::store {

/// zstd, one frame with its size in the header.
QByteArray compressed(const QByteArray &bytes);
/// BadReply: not such a frame, damaged, or larger than 256 MiB.
Result<QByteArray> decompressed(const QByteArray &frame);

} // namespace core::store
