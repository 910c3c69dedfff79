// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/secrets.h"
#include "core/text/tree.h"

namespace core::text {

/// Whether the value of this leaf must be masked: by its key, or because it looks like a secret itself. Private to core/text.
bool isSecretLeaf(const Leaf &leaf);
/// Stands for a value that lies elsewhere, or for nothing: `${DB_PASSWORD}`, `{{ password }}`, empty. `${X:default}` is a value.
bool isReference(QByteArrayView value);

/// Byte ranges of secrets inside a stretch of text, and the name in front of each when there is one.
using FoundSecret = std::function<void(qsizetype offset, qsizetype length, QByteArrayView name)>;
/// What is secret by its looks: PEM private keys, JSON Web Tokens, passwords in URLs, bearer tokens, well-known token prefixes.
void findShapes(QByteArrayView text, const FoundSecret &found);
enum class Loose {
    Line, ///< whole lines: `password: abc def`
    Inner ///< the inside of a value: `password=abc&…`
};
/// `name=value`, `name: value`, `"name":"value"`, `--name value`, `<name>value<` with a secret name.
void findNamed(QByteArrayView text, Loose how, const FoundSecret &found);

} // namespace core::text
