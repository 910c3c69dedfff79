// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/secretrules.h"

#include <QSet>
#include <QStringList>

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace core::text {

namespace {

using Words = QList<QString>;

QSet<QString> set(QLatin1String words)
{
    const QStringList list = QString(words).split(u' ');
    return {list.begin(), list.end()};
}

/// camelCase, kebab-case, snake_case and dots cut into lower-case words.
Words wordsOf(QStringView name)
{
    Words words;
    QString word;
    const auto flush = [&] {
        if (!word.isEmpty())
            words.append(word.toLower());
        word.clear();
    };
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QChar c = name[i];
        if (!c.isLetterOrNumber()) {
            flush();
            continue;
        }
        const bool before = !word.isEmpty();
        const bool camel = before && c.isUpper() && !word.back().isUpper();
        const bool acronymEnds = before && c.isUpper() && word.back().isUpper() && i + 1 < name.size() && name[i + 1].isLower();
        const bool number = before && c.isDigit() != word.back().isDigit() && word != u"b"_s && word != u"base"_s;
        if (camel || acronymEnds || number)
            flush();
        word += c;
    }
    flush();
    return words;
}

bool endsWithAny(const QString &word, std::initializer_list<QLatin1String> endings)
{
    return std::any_of(endings.begin(), endings.end(), [&](QLatin1String ending) { return word.endsWith(ending); });
}

bool isNumberWord(const QString &word)
{
    return std::all_of(word.begin(), word.end(), [](QChar c) { return c.isDigit(); });
}

bool sayWords(Words words)
{
    static const QSet<QString> qualifiers =
        set("value plain plaintext text base64 b64 base b encoded encrypted enc raw current old new default hash"_L1);
    static const QSet<QString> plainly = set(
        "password passwords passwd passwords pwd psw passphrase passcode secret secrets credential credentials authorization cookie sk ak"_L1);
    static const QSet<QString> noPass = set("proxy first second by max min multi single"_L1);
    static const QSet<QString> noToken = set(
        "max min total num n count input output prompt completion per limit context stop bos eos pad unk special start end cached reasoning"_L1);
    static const QSet<QString> keyKinds = set("api access secret private encrypt encryption decrypt decryption signing sign signature "
                                              "master auth account storage aes des rsa hmac "
                                              "shared license licence jwt crypto cipher ssh mch partner webhook session"_L1);
    static const QStringList chinese{u"密码"_s, u"口令"_s, u"密钥"_s, u"秘钥"_s, u"私钥"_s, u"令牌"_s};
    if (words.size() >= 2 && words.last() == u"value" && words[words.size() - 2] == u"identity")
        return true; // nacos.core.auth.server.identity.value
    while (!words.isEmpty() && (isNumberWord(words.last()) || qualifiers.contains(words.last())))
        words.removeLast();
    if (words.isEmpty())
        return false;
    const QString &last = words.last();
    // apiV3Key: the version between does not count.
    qsizetype previous = words.size() - 2;
    while (previous > 0 && (isNumberWord(words[previous]) || words[previous] == u"v"))
        --previous;
    const QString before = previous >= 0 ? words[previous] : QString();
    if (plainly.contains(last))
        return true;
    if (last == u"pass")
        return !noPass.contains(before);
    if (last == u"token" || last == u"tokens")
        return !noToken.contains(before);
    if (last == u"key" || last == u"keys")
        return keyKinds.contains(before);
    if (last == u"id" && before == u"key")
        return words.size() > 2 && words[words.size() - 3] == u"access";
    if (endsWithAny(last,
                    {"password"_L1, "passwd"_L1, "pwd"_L1, "passphrase"_L1, "secretkey"_L1, "accesskey"_L1, "accesskeyid"_L1, "apikey"_L1,
                     "privatekey"_L1, "authkey"_L1, "encryptkey"_L1, "secret"_L1, "token"_L1}))
        return true;
    return std::any_of(chinese.begin(), chinese.end(), [&](const QString &ending) { return last.endsWith(ending); });
}

/// Most keys hold none of these: a quick no.
bool mayBeSecret(QStringView path)
{
    char lower[256];
    std::size_t length = 0;
    for (const QChar c : path.last(std::min<qsizetype>(path.size(), 200))) {
        if (c.unicode() >= 0x80)
            return true;
        lower[length++] = char(c.unicode() >= 'A' && c.unicode() <= 'Z' ? c.unicode() + 32 : c.unicode());
    }
    const std::string_view text(lower, length);
    static constexpr std::string_view roots[] = {"pass", "pwd",    "psw",      "secret", "token", "key",
                                                 "cred", "author", "identity", "cookie", "ak",    "sk"};
    return std::any_of(std::begin(roots), std::end(roots),
                       [&](std::string_view root) { return text.find(root) != std::string_view::npos; });
}

} // namespace

bool isSecretKey(QStringView path)
{
    if (!mayBeSecret(path))
        return false;
    // The end says what it is; a bounded look keeps long paths cheap.
    QStringView rest = path.size() > 200 ? path.last(200) : path;
    QList<QStringView> parts; // the last ones, from the end
    qsizetype end = rest.size();
    int depth = 0;
    QString clean;
    clean.reserve(rest.size());
    for (qsizetype i = 0; i < end; ++i) {
        const QChar c = rest[i];
        if (c == u'[')
            ++depth;
        else if (c == u']' && depth > 0)
            --depth;
        else if (depth == 0)
            clean += c == u'@' || c == u'/' ? QChar(u'.') : c;
    }
    // A bracket that never closes is part of the name.
    if (depth > 0)
        clean = rest.toString();
    parts = QStringView(clean).split(u'.', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return false;
    for (qsizetype i = 0; i + 1 < parts.size(); ++i) {
        if (parts[i] == "secrets"_L1 || parts[i] == "passwords"_L1)
            return true;
    }
    Words words;
    for (qsizetype i = std::max<qsizetype>(0, parts.size() - 3); i < parts.size(); ++i)
        words += wordsOf(parts[i]);
    // Only `key`, `id` and the like need the words before them; anything else must speak for itself.
    return sayWords(words);
}

bool isReference(QByteArrayView value)
{
    const QByteArray text = value.trimmed().toByteArray();
    if (text.isEmpty())
        return true;
    if (text.startsWith("${") && text.endsWith('}')) {
        const qsizetype colon = text.indexOf(':');
        if (text.indexOf('}') != text.size() - 1)
            return false;
        return colon < 0 || colon == text.size() - 2 || (colon == text.size() - 3 && text[colon + 1] == '-');
    }
    if (text.startsWith("{{") && text.endsWith("}}"))
        return text.indexOf("}}") == text.size() - 2;
    return text.startsWith("$(") && text.endsWith(')') && text.indexOf(')') == text.size() - 1;
}

bool isSecretLeaf(const Leaf &leaf)
{
    using Kind = FlatKey::Kind;
    if (leaf.scalar.kind == Kind::Bool || leaf.scalar.kind == Kind::Null || leaf.scalar.kind == Kind::Empty || leaf.scalar.reference ||
        isReference(leaf.scalar.text))
        return false;
    if (leaf.secret || isSecretKey(leaf.path)) {
        // Properties, XML and TOML strings have no booleans of their own.
        const QByteArray lower = leaf.scalar.text.size() <= 5 ? leaf.scalar.text.trimmed().toLower() : QByteArray();
        return lower != "true" && lower != "false" && lower != "null" && lower != "none";
    }
    bool shaped = false;
    const FoundSecret found = [&](qsizetype, qsizetype, QByteArrayView) { shaped = true; };
    findShapes(leaf.scalar.text, found);
    if (!shaped)
        findNamed(leaf.scalar.text, Loose::Inner, found);
    return shaped;
}

} // namespace core::text
