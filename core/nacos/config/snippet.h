// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"

namespace core::profiles {
struct Profile;
}

namespace core::nacos {

enum class SnippetLanguage { Java, Python, Go, Node, CSharp, Cpp };
QList<SnippetLanguage> snippetLanguages();
/// "Java", "Python", "Go", "Node", "C#", "C++"
QString snippetLanguageName(SnippetLanguage language);
/// These in any case, and what people type for them: `csharp`, `cpp`, `golang`, `nodejs`, `js`, …
std::optional<SnippetLanguage> snippetLanguageFrom(QStringView text);

/// A whole program that reads this configuration and listens to it with the registry's SDK for that language, filled with the profile's
/// addresses, user name or access key ID, and the key. Secrets are read from the environment (NACOS_PASSWORD, NACOS_SECRET_KEY); none is in
/// the text. Pure.
QString configSnippet(SnippetLanguage language, const profiles::Profile &profile, const ConfigKey &key);

} // namespace core::nacos
