// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/faultgate.h"

#include "core/sandbox/nacos/httpapi.h"

#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

FaultGate::FaultGate(Faults &faults, Control control, QObject *context)
    : m_faults(faults)
    , m_control(control)
    , m_context(context)
{
}

void FaultGate::pass(const HttpRequest &request, const HttpResponder &responder, const HttpServer::Handler &onward) const
{
    if (request.path == "/sandbox/faults" && m_control == Control::Here)
        return control(request, responder);
    const Faults::Fate fate = m_faults.decide(request.path);
    if (fate.isHarmless())
        return onward(request, responder);
    const auto suffer = [fate, request, responder, onward] {
        const QString path = QString::fromUtf8(request.path);
        if (fate.drop)
            return responder.drop();
        if (fate.truncate)
            return responder.sendTruncated(servletError(200, u"sandbox fault: truncate"_s, path));
        if (fate.deny)
            return responder.send(servletError(403, u"Code: 403, Message: authorization failed!."_s, path));
        if (fate.status != 0)
            return responder.send(servletError(fate.status, u"sandbox fault: error"_s, path));
        onward(request, responder);
    };
    if (fate.latencyMs > 0)
        QTimer::singleShot(fate.latencyMs, m_context, suffer);
    else
        suffer();
}

void FaultGate::control(const HttpRequest &request, const HttpResponder &responder) const
{
    if (request.hasHeader("origin"))
        return responder.send(HttpResponse::text(u"not for web pages"_s, 403));
    if (request.method == "POST") {
        const QJsonDocument document = QJsonDocument::fromJson(request.body);
        const Result<Done> set = document.isArray() ? m_faults.set(document.array())
                                                    : Result<Done>(fail(Error::Kind::Usage, u"expected a JSON array of faults"_s));
        if (!set)
            return responder.send(HttpResponse::text(set.error().message, 400));
    } else if (request.method != "GET") {
        return responder.send(HttpResponse::text(u"POST a JSON array of faults, or GET it"_s, 405));
    }
    responder.send(HttpResponse::json(QJsonArray::fromStringList(m_faults.list())));
}

} // namespace core::sandbox::nacos
