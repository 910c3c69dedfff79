// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/options.h"

#include <memory>
#include <QJsonObject>
#include <QObject>

namespace core::sandbox {

/// All practice servers of one process. Make, start and destroy it in the main thread.
class Sandbox final : public QObject {
    Q_OBJECT
public:
    explicit Sandbox(const Options &options, QObject *parent = nullptr);
    ~Sandbox() override;

    /// The password is taken from the environment by the caller; empty: none given. Conflict: the lock is held by another process.
    Result<Done> start(const QString &password);
    /// The ready line, without `startupMs`.
    QJsonObject readyLine() const;
    /// To be shown once on standard error; empty: nothing was made up.
    QString generatedPassword() const;

Q_SIGNALS:
    /// The last user's process has been gone for ten seconds.
    void abandoned();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::sandbox
