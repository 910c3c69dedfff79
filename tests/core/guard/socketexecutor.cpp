// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/guard/socketexecutor.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace tests {

using core::guard::Value;

SocketExecutor::SocketExecutor(const QString &server)
{
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] {
        while (m_socket.canReadLine()) {
            const QJsonObject answer = QJsonDocument::fromJson(m_socket.readLine()).object();
            const Asked asked = m_asked.take(answer.value("id"_L1).toInt());
            if (asked.context)
                asked.answer(answer);
        }
    });
    m_socket.connectToServer(server);
}

bool SocketExecutor::handles(QStringView kind) const
{
    return kind == u"config";
}

void SocketExecutor::ask(QJsonObject question, QObject *context, std::function<void(const QJsonObject &)> answer)
{
    question.insert(u"id"_s, ++m_last);
    m_asked.insert(m_last, {context, std::move(answer)});
    m_socket.write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
    m_socket.flush();
}

core::Reply<std::optional<Value>> *SocketExecutor::read(const core::Address &target)
{
    auto *reply = new core::Reply<std::optional<Value>>;
    ask({{u"read"_s, target.toString()}}, reply, [reply](const QJsonObject &answer) {
        if (!answer.value("value"_L1).isObject())
            return reply->settle(std::optional<Value>());
        reply->settle(std::optional<Value>(*Value::fromJson(answer.value("value"_L1).toObject())));
    });
    return reply;
}

core::Reply<core::Done> *SocketExecutor::apply(const core::guard::Change &change)
{
    auto *reply = new core::Reply<core::Done>;
    QJsonObject question{{u"write"_s, change.target.toString()}};
    if (change.after)
        question.insert(u"value"_s, change.after->toJson());
    ask(question, reply, [reply](const QJsonObject &) { reply->settle(core::Done{}); });
    return reply;
}

} // namespace tests
