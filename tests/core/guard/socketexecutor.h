// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guard/guard.h"

#include <QHash>
#include <QJsonObject>
#include <QLocalSocket>

namespace tests {

/// Speaks to the server in the test's process: one JSON document a line, answers in any order.
class SocketExecutor final : public QObject, public core::guard::Executor {
    Q_OBJECT
public:
    explicit SocketExecutor(const QString &server);
    bool handles(QStringView kind) const override;
    core::Reply<std::optional<core::guard::Value>> *read(const core::Address &target) override;
    core::Reply<core::Done> *apply(const core::guard::Change &change) override;

private:
    void ask(QJsonObject question, QObject *context, std::function<void(const QJsonObject &)> answer);
    QLocalSocket m_socket;
    struct Asked {
        QPointer<QObject> context;
        std::function<void(const QJsonObject &)> answer;
    };
    QHash<int, Asked> m_asked;
    int m_last = 0;
};

} // namespace tests
