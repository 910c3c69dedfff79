// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"

using namespace Qt::StringLiterals;

namespace core::net {

QByteArray HttpResponse::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray formEncode(const FormFields &fields)
{
    QByteArray out;
    for (const auto &[name, value] : fields) {
        if (!out.isEmpty())
            out += '&';
        out += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    return out;
}

QUrl makeUrl(const QUrl &base, const QString &path, const FormFields &query)
{
    QUrl url = base;
    QString joined = base.path(QUrl::FullyEncoded);
    while (joined.endsWith(u'/'))
        joined.chop(1);
    joined += path.startsWith(u'/') || path.isEmpty() ? path : u'/' + path;
    url.setPath(joined, QUrl::StrictMode);
    // Encoded already: QUrl would leave `+` and some others as they are, and servers read `+` as a blank.
    if (query.isEmpty())
        url.setQuery(QString());
    else
        url.setQuery(QString::fromLatin1(formEncode(query)), QUrl::StrictMode);
    return url;
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

} // namespace core::net
