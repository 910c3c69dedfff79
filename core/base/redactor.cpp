// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"

#include <QMutex>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Learned {
    QMutex mutex;
    QHash<QString, int> values; // counted: two connections may hold the same password
};

Learned &learned()
{
    static Learned values;
    return values;
}

struct Shape {
    QRegularExpression pattern;
    QString replacement;
};

const QList<Shape> &shapes()
{
    using O = QRegularExpression;
    static const QList<Shape> list{
        {O(u"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)"_s, O::DotMatchesEverythingOption), u"•••"_s},
        // Whole header values.
        {O(u"((?:proxy-)?authorization|set-cookie|cookie)(\"?\\s*[:=]\\s*\"?)[^\\r\\n\"]+"_s, O::CaseInsensitiveOption), u"\\1\\2•••"_s},
        // name=value, name: value, "name":"value"
        {O(u"((?:access|refresh|id|security|session)[-_]?token|(?:old|new)?password|passwd|passphrase|secret(?:[-_]?(?:access)?[-_]?key)?|"
           u"client[-_]?secret|"
           "api[-_]?key|spas-(?:signature|securitytoken)|x-amz-(?:signature|security-token|credential)|x-internal-token|signature)"
           "(\"?\\s*[:=]\\s*\"?)(?:bearer\\s+)?[^\\s\"&,;}]+"_s,
           O::CaseInsensitiveOption),
         u"\\1\\2•••"_s},
        {O(u"\\bbearer\\s+[A-Za-z0-9._~+/=-]{8,}"_s, O::CaseInsensitiveOption), u"Bearer •••"_s},
        {O(u"\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"_s), u"•••"_s},
        {O(u"([a-z][a-z0-9+.-]*://)[^/@\\s:]*:[^/@\\s]+@"_s, O::CaseInsensitiveOption), u"\\1•••@"_s},
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
    ++learned().values[secret];
}

void Redactor::forget(const QString &secret)
{
    const QMutexLocker lock(&learned().mutex);
    const auto it = learned().values.find(secret);
    if (it != learned().values.end() && --*it <= 0)
        learned().values.erase(it);
}

QString Redactor::redact(const QString &text)
{
    QString out = text;
    {
        const QMutexLocker lock(&learned().mutex);
        for (auto it = learned().values.constBegin(); it != learned().values.constEnd(); ++it) {
            out.replace(it.key(), mask());
            const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(it.key()));
            if (encoded != it.key())
                out.replace(encoded, mask(), Qt::CaseInsensitive);
        }
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
