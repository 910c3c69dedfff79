// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <QObject>
#include <QString>

namespace core::credentials {

struct KeychainAnswer {
    enum class Code {
        Ok,
        NotFound,
        Denied,  ///< the person, or the keychain, said no to this one
        Unusable ///< anything else: no bus, no service, locked, broken
    };
    Code code = Code::Ok;
    QString text;  ///< of a read
    QString error; ///< as the keychain said it
};

/// The desktop's keychain behind three calls, so that tests can stand in for it. Answers come later, in the GUI thread, or never: whoever
/// asks brings a timeout.
class Keychain {
public:
    using Handler = std::function<void(const KeychainAnswer &)>;
    virtual ~Keychain() = default;
    virtual void read(QObject *context, const QString &key, Handler handler) = 0;
    virtual void write(QObject *context, const QString &key, const QString &value, Handler handler) = 0;
    virtual void remove(QObject *context, const QString &key, Handler handler) = 0;
    /// Why it is not even worth asking; empty: ask.
    virtual QString absent() const = 0;
};

/// The one of this desktop, through QtKeychain.
std::unique_ptr<Keychain> systemKeychain(const QString &service);

} // namespace core::credentials
