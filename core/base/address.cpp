// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/address.h"

#include <QRegularExpression>
#include <QStringDecoder>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qsizetype MaxLength = 4096;
constexpr auto Scheme = "signalbox://"_L1;

QString encode(const QString &segment)
{
    QByteArray encoded = QUrl::toPercentEncoding(segment);
    // "." and ".." are unreserved characters, but other programs' URL parsers fold them away.
    if (encoded == "." || encoded == "..")
        encoded.replace('.', "%2E");
    return QString::fromLatin1(encoded);
}

bool isHexDigit(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// Strict: text, every % is followed by two digits, and the result is UTF-8.
std::optional<QString> decode(QStringView segment)
{
    if (!segment.isValidUtf16())
        return std::nullopt;
    for (qsizetype i = 0; i < segment.size(); ++i) {
        if (segment.at(i) != u'%')
            continue;
        if (i + 2 >= segment.size() || !isHexDigit(segment.at(i + 1)) || !isHexDigit(segment.at(i + 2)))
            return std::nullopt;
    }
    const QByteArray bytes = QByteArray::fromPercentEncoding(segment.toUtf8());
    // Not QString::fromUtf8, which drops a byte order mark.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    if (text.toUtf8() != bytes)
        return std::nullopt;
    return text;
}

bool isProfile(const QString &profile)
{
    static const QRegularExpression pattern(u"^(?:[a-z0-9-]{1,40}|~[0-9a-f]{16})\\z"_s);
    return pattern.match(profile).hasMatch();
}

bool isKind(const QString &kind)
{
    static const QRegularExpression pattern(u"^[a-z][a-z0-9-]{0,31}\\z"_s);
    return pattern.match(kind).hasMatch();
}

tl::unexpected<Error> bad(const QString &why)
{
    return fail(Error::Kind::Usage, u"not an address: "_s + why);
}

} // namespace

Result<Address> Address::build(const QString &profile, const QString &space, const QString &kind, const QStringList &path)
{
    if (!isProfile(profile))
        return bad(u"the profile part takes 1 to 40 of a-z, 0-9 and -"_s);
    if (space.isEmpty())
        return bad(u"the namespace part is empty"_s);
    if (!isKind(kind))
        return bad(u"unknown kind"_s);
    if (path.isEmpty() || path.contains(QString()))
        return bad(u"a name in it is empty"_s);
    for (const QString &segment : path + QStringList{space}) {
        if (segment.contains(QChar(u'\0')) || !segment.isValidUtf16())
            return bad(u"a name in it is not text"_s);
    }
    Address address;
    address.m_profile = profile;
    address.m_space = space;
    address.m_kind = kind;
    address.m_path = path;
    if (address.toString().size() > MaxLength)
        return bad(u"longer than %1 characters"_s.arg(MaxLength));
    return address;
}

Result<Address> Address::parse(QStringView text)
{
    if (text.size() > MaxLength)
        return bad(u"longer than %1 characters"_s.arg(MaxLength));
    if (!text.startsWith(Scheme))
        return bad(u"it does not begin with signalbox://"_s);
    text = text.mid(Scheme.size());
    QStringView query;
    if (const qsizetype mark = text.indexOf(u'?'); mark >= 0) {
        query = text.mid(mark + 1);
        text = text.left(mark);
    }
    const QList<QStringView> parts = text.split(u'/');
    if (parts.size() < 4)
        return bad(u"it needs profile, namespace, kind and a name"_s);
    QStringList decoded;
    for (const QStringView part : parts) {
        const auto segment = decode(part);
        if (!segment)
            return bad(u"a percent sign in it is not followed by a UTF-8 byte"_s);
        decoded.append(*segment);
    }
    auto address = build(decoded.at(0), decoded.at(1), decoded.at(2), decoded.mid(3));
    if (!address)
        return address;
    if (!query.isEmpty()) {
        for (const QStringView item : query.split(u'&')) {
            const qsizetype equals = item.indexOf(u'=');
            const auto value = equals < 0 ? std::nullopt : decode(item.mid(equals + 1));
            if (!value || value->isEmpty() || value->contains(QChar(u'\0')))
                return bad(u"a part after ? is not name=value"_s);
            const QStringView name = item.left(equals);
            if (name == "rev"_L1)
                address->m_revision = *value;
            else if (name == "version"_L1)
                address->m_version = *value;
            else
                return bad(u"after ? only rev and version are known"_s);
        }
        if (address->toString().size() > MaxLength)
            return bad(u"longer than %1 characters"_s.arg(MaxLength));
    }
    return address;
}

QString Address::slug(const QString &displayName)
{
    QString slug;
    for (const QChar c : displayName.toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            slug += c;
        else if (!slug.isEmpty() && !slug.endsWith(u'-'))
            slug += u'-';
        if (slug.size() == 40)
            break;
    }
    while (slug.endsWith(u'-'))
        slug.chop(1);
    return slug.isEmpty() ? u"connection"_s : slug;
}

Address Address::withRevision(const QString &revision) const
{
    Address copy = *this;
    copy.m_revision = revision;
    return copy;
}

Address Address::withVersion(const QString &version) const
{
    Address copy = *this;
    copy.m_version = version;
    return copy;
}

Result<Address> Address::withProfile(const QString &profile) const
{
    auto copy = build(profile, m_space, m_kind, m_path);
    if (copy) {
        copy->m_revision = m_revision;
        copy->m_version = m_version;
    }
    return copy;
}

QString Address::local() const
{
    if (isEmpty())
        return {};
    QString text = encode(m_space) + u'/' + m_kind;
    for (const QString &segment : m_path)
        text += u'/' + encode(segment);
    return text;
}

QString Address::toString() const
{
    if (isEmpty())
        return {};
    QString text = Scheme + m_profile + u'/' + local();
    QStringList query;
    if (!m_revision.isEmpty())
        query << u"rev="_s + encode(m_revision);
    if (!m_version.isEmpty())
        query << u"version="_s + encode(m_version);
    return query.isEmpty() ? text : text + u'?' + query.join(u'&');
}

} // namespace core
