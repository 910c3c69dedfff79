// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"

#include "core/base/redactor.h"
#include "core/net/httpexchange.h"
#include "core/net/httpgate.h"
#include "core/net/proxyfactory.h"
#include "core/net/sshtunnel.h"
#include "core/net/tlsconfig.h"

#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

/// Takes no cookies and gives none.
class NoCookies final : public QNetworkCookieJar {
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
    bool insertCookie(const QNetworkCookie &) override { return false; }
};

bool isToken(const QByteArray &text)
{
    constexpr QByteArrayView Marks = "!#$%&'*+-.^_`|~";
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Marks.contains(c);
    });
}

bool isHeaderValue(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

std::optional<Error> mistakeIn(const HttpRequest &request)
{
    const auto usage = [](const QString &why) { return Error{Error::Kind::Usage, why, 0, false}; };
    const QString scheme = request.url.scheme();
    if (!request.url.isValid() || request.url.host().isEmpty() || (scheme != "http"_L1 && scheme != "https"_L1))
        return usage(u"not an http or https address: "_s + Redactor::redact(request.url.toDisplayString()));
    if (!request.url.userInfo().isEmpty())
        return usage(u"user and password do not belong into an address"_s);
    if (!isToken(request.method))
        return usage(u"not an HTTP method"_s);
    for (const auto &[name, value] : request.headers) {
        if (!isToken(name) || !isHeaderValue(value))
            return usage(u"header %1: not allowed in HTTP"_s.arg(QString::fromLatin1(name.left(40))));
    }
    if (!isHeaderValue(request.contentType))
        return usage(u"content type: not allowed in HTTP"_s);
    return std::nullopt;
}

} // namespace

struct HttpClient::Private {
    explicit Private(const HttpSettings &chosen)
        : settings(chosen)
        , files(chosen.tls, chosen.workers.get())
    {
    }
    HttpSettings settings;
    QByteArray userAgent;
    TlsFilesReader files;
    std::optional<QSslConfiguration> tls; // made of them for the first https request
    std::unique_ptr<QNetworkAccessManager> manager;
    HttpGate gate;
    OperationTracker operations; // last: destroyed first
};

HttpClient::HttpClient(const HttpSettings &settings, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(settings))
{
    m_d->settings.proxy = withTunnel(settings.proxy, settings.connectTimeout);
    m_d->userAgent = settings.userAgent.isEmpty() ? "signalbox/" SIGNALBOX_VERSION ""_ba : settings.userAgent;
}

HttpClient::~HttpClient() = default;

const HttpSettings &HttpClient::settings() const
{
    return m_d->settings;
}

Reply<HttpResponse> *HttpClient::send(const HttpRequest &request)
{
    auto *reply = m_d->operations.track(new Reply<HttpResponse>(this));
    HttpRequest full = request;
    for (const auto &header : std::as_const(m_d->settings.defaultHeaders)) {
        const bool replaced = std::any_of(request.headers.begin(), request.headers.end(),
                                          [&](const auto &own) { return own.first.compare(header.first, Qt::CaseInsensitive) == 0; });
        if (!replaced)
            full.headers.append(header);
    }
    full.headers.append({"User-Agent"_ba, m_d->userAgent});
    if (full.deadline.count() <= 0)
        full.deadline = m_d->settings.deadline;
    if (m_d->settings.budget) {
        full.deadline = m_d->settings.budget->of(full.deadline);
        if (m_d->settings.budget->isSpent()) {
            reply->settle(
                fail(Error{Error::Kind::Timeout, u"%1: the time given for all of it is over"_s.arg(full.url.authority()), 0, false}));
            return reply;
        }
    }
    if (const auto mistake = mistakeIn(full)) {
        reply->settle(fail(*mistake));
        return reply;
    }
    start(std::move(full), reply);
    return reply;
}

void HttpClient::start(HttpRequest full, Reply<HttpResponse> *reply)
{
    if (!m_d->manager) {
        m_d->manager = std::make_unique<QNetworkAccessManager>();
        m_d->manager->setCookieJar(new NoCookies);
        m_d->manager->setProxyFactory(new ProxyFactory(m_d->settings.proxy));
        m_d->manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_d->manager->setAutoDeleteReplies(false);
    }
    const bool secure = full.url.scheme() == "https"_L1;
    auto *exchange = new HttpExchange(*m_d->manager, m_d->gate, m_d->settings, std::move(full), reply);
    exchange->start();
    if (!secure || m_d->tls)
        return exchange->proceed(m_d->tls);
    // Once for all requests. After a failure the next one tries anew.
    m_d->files.read(std::chrono::milliseconds(0), exchange)->then(reply, [this, exchange, reply](const Result<TlsFiles> &files) {
        if (!m_d->tls) {
            const auto made = files ? sslConfiguration(*files) : fail(files.error());
            if (!made)
                return reply->settle(fail(made.error()));
            m_d->tls = *made;
        }
        exchange->proceed(m_d->tls);
    });
}

} // namespace core::net
