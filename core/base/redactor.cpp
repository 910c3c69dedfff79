// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"

#include <algorithm>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMutex>
#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// A secret and the spellings it may turn up in.
struct Secret {
    int count = 0; // counted: two connections may hold the same password
    QStringList spellings;
};

struct Learned {
    QMutex mutex;
    QHash<QString, Secret> values;
    QStringList ordered; ///< all spellings, the longest first: a secret may be the beginning of another
};

Learned &learned()
{
    static Learned values;
    return values;
}

QStringList spellingsOf(const QString &secret)
{
    QStringList list{secret};
    const QByteArray encoded = QUrl::toPercentEncoding(secret);
    list << QString::fromLatin1(encoded) << QString::fromLatin1(encoded.toLower());
    list << QString::fromLatin1(QByteArray(encoded).replace("%20", "+"));
    const QString json = QString::fromUtf8(QJsonDocument(QJsonArray{secret}).toJson(QJsonDocument::Compact));
    list << json.sliced(2, json.size() - 4);
    list.removeDuplicates();
    return list;
}

// Mutex held.
void order()
{
    QStringList &all = learned().ordered;
    all.clear();
    for (const Secret &secret : std::as_const(learned().values))
        all += secret.spellings;
    all.removeDuplicates();
    std::sort(all.begin(), all.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
}

struct Shape {
    QRegularExpression pattern;
    QString replacement;
};

const QList<Shape> &shapes()
{
    using O = QRegularExpression;
    static const QString names =
        u"(?:access|refresh|id|security|session)[-_]?token|(?:old|new)?[-_]?password|passwd|passphrase|secret(?:[-_]?(?:access)?[-_]?key)?|"
        "client[-_]?secret|api[-_]?key|private[-_]?key|spas-(?:signature|securitytoken)|"
        "x-amz-(?:signature|security-token|credential)|x-internal-token|signature"_s;
    static const QList<Shape> list{
        {O(u"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)"_s, O::DotMatchesEverythingOption), u"•••"_s},
        // Whole header values.
        {O(u"((?:proxy-)?authorization|set-cookie|cookie)(\\\\*\"?\\s*[:=]\\s*\\\\*\"?)[^\\r\\n\"]+"_s, O::CaseInsensitiveOption),
         u"\\1\\2•••"_s},
        // "name":"value", the quotes perhaps escaped themselves
        {O(u"("_s + names + u")(\\\\*\"\\s*[:=]\\s*\\\\\")(?:(?!\\\\\").)*"_s, O::CaseInsensitiveOption), u"\\1\\2•••"_s},
        {O(u"("_s + names + u")(\"?\\s*[:=]\\s*\")(?:[^\"\\\\]|\\\\.)*"_s, O::CaseInsensitiveOption), u"\\1\\2•••"_s},
        // name=value, name: value
        {O(u"("_s + names + u")(\"?\\s*[:=]\\s*)(?:bearer\\s+)?[^\\s\"\\\\&,;}]+"_s, O::CaseInsensitiveOption), u"\\1\\2•••"_s},
        {O(u"(\\btoken=)[^\\s\"&,;}]+"_s, O::CaseInsensitiveOption), u"\\1•••"_s},
        {O(u"\\bbearer\\s+[A-Za-z0-9._~+/=-]{8,}"_s, O::CaseInsensitiveOption), u"Bearer •••"_s},
        {O(u"\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"_s), u"•••"_s},
        // User info, up to the last @ before the path; "[user@]" of a usage text is nobody's.
        {O(u"(://)(?!\\[user@\\][^/\\s@]*(?:[/\\s]|\\z))[^/\\s]{1,1500}@"_s), u"\\1•••@"_s},
    };
    return list;
}

} // namespace

QString Redactor::mask()
{
    return u"•••"_s;
}

void Redactor::learn(const QString &secret)
{
    if (secret.size() < 4)
        return;
    const QMutexLocker lock(&learned().mutex);
    Secret &entry = learned().values[secret];
    if (++entry.count > 1)
        return;
    entry.spellings = spellingsOf(secret);
    order();
}

void Redactor::forget(const QString &secret)
{
    const QMutexLocker lock(&learned().mutex);
    const auto it = learned().values.find(secret);
    if (it == learned().values.end() || --it->count > 0)
        return;
    learned().values.erase(it);
    order();
}

QString Redactor::redact(const QString &text)
{
    QString out = text;
    {
        const QMutexLocker lock(&learned().mutex);
        for (const QString &spelling : std::as_const(learned().ordered))
            out.replace(spelling, mask());
    }
    for (const Shape &shape : shapes())
        out.replace(shape.pattern, shape.replacement);
    return out;
}

QByteArray Redactor::redact(const QByteArray &text)
{
    return redact(QString::fromUtf8(text)).toUtf8();
}

} // namespace core
