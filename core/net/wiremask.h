// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"

#include <optional>

namespace core::net {

// What of a conversation may stand in a recording. Whoever plays one sends live requests through the same functions, so that they are
// compared as they would have been recorded.

/// Stands in place of a secret: headers and JSON of every language can carry it.
QString recordingMask();
/// Without the parameters that are credentials by name; secrets inside the others are masked.
FormFields maskedFields(const FormFields &fields);
/// Members of JSON that are credentials by name, and secrets anywhere, are masked; an `md5` beside a `content` that had to be changed
/// becomes the MD5 of what is left. Nothing when the bytes are no UTF-8: what cannot be read cannot be masked.
std::optional<QByteArray> maskedBody(const QByteArray &bytes);
/// The few headers that decide about an answer (of answers: that say what they are); all others stay out, because headers are where
/// credentials travel, under names nobody has thought of yet.
HttpHeaders maskedRequestHeaders(const HttpHeaders &headers);
HttpHeaders maskedAnswerHeaders(const HttpHeaders &headers);
QString maskedText(const QString &text);

} // namespace core::net
