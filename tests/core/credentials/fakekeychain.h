// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/keychain.h"

#include <QMap>
#include <QPointer>
#include <QStringList>
#include <QTimer>

namespace tests {

/// A keychain that answers as told, from the event loop, as the real one does.
class FakeKeychain final : public core::credentials::Keychain {
public:
    using Answer = core::credentials::KeychainAnswer;

    void read(QObject *context, const QString &key, Handler handler) override
    {
        asked << QStringLiteral("read ") + key;
        Answer answer = failure.value_or(Answer{});
        if (!failure && entries.contains(key))
            answer.text = entries.value(key);
        else if (!failure)
            answer.code = Answer::Code::NotFound;
        say(context, answer, std::move(handler));
    }
    void write(QObject *context, const QString &key, const QString &value, Handler handler) override
    {
        asked << QStringLiteral("write ") + key;
        const auto refused = writeFailure ? writeFailure : failure;
        if (!refused)
            entries.insert(key, value);
        say(context, refused.value_or(Answer{}), std::move(handler));
    }
    void remove(QObject *context, const QString &key, Handler handler) override
    {
        asked << QStringLiteral("remove ") + key;
        const bool known = entries.remove(key) > 0;
        say(context, failure.value_or(Answer{known ? Answer::Code::Ok : Answer::Code::NotFound, {}, {}}), std::move(handler));
    }
    QString absent() const override { return absence; }

    QMap<QString, QString> entries;
    std::optional<Answer> failure;      ///< of everything
    std::optional<Answer> writeFailure; ///< of writes only: a locked keyring
    bool silent = false;                ///< never answers
    QString absence;
    QStringList asked;
    int inFlight = 0, mostInFlight = 0;

private:
    void say(QObject *context, const Answer &answer, Handler handler)
    {
        mostInFlight = std::max(mostInFlight, ++inFlight);
        if (silent)
            return;
        QTimer::singleShot(1, context, [this, answer, handler = std::move(handler)] {
            --inFlight;
            handler(answer);
        });
    }
};

} // namespace tests
