// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/keychain.h"

#include <QFileInfo>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace core::credentials {

namespace {

class SystemKeychain final : public Keychain {
public:
    explicit SystemKeychain(QString service)
        : m_service(std::move(service))
    {
    }

    void read(QObject *context, const QString &key, Handler handler) override
    {
        auto *job = new QKeychain::ReadPasswordJob(m_service);
        run(job, context, key, [job, handler = std::move(handler)](KeychainAnswer answer) {
            answer.text = job->textData();
            handler(answer);
        });
    }
    void write(QObject *context, const QString &key, const QString &value, Handler handler) override
    {
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setTextData(value);
        run(job, context, key, std::move(handler));
    }
    void remove(QObject *context, const QString &key, Handler handler) override
    {
        run(new QKeychain::DeletePasswordJob(m_service), context, key, std::move(handler));
    }
    QString absent() const override
    {
        // Without an address libdbus would try to start a bus of its own, which takes long and helps nobody.
        if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            return {};
        const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!runtime.isEmpty() && QFileInfo::exists(runtime + u"/bus"_s))
            return {};
        return u"there is no session bus"_s;
    }

private:
    template <class F>
    void run(QKeychain::Job *job, QObject *context, const QString &key, F handler)
    {
        job->setAutoDelete(true);
        job->setInsecureFallback(false);
        job->setKey(key);
        QObject::connect(job, &QKeychain::Job::finished, context, [job, handler = std::move(handler)] {
            KeychainAnswer answer;
            answer.error = job->errorString();
            switch (job->error()) {
            case QKeychain::NoError:
                break;
            case QKeychain::EntryNotFound:
                answer.code = KeychainAnswer::Code::NotFound;
                break;
            case QKeychain::AccessDenied:
            case QKeychain::AccessDeniedByUser:
                answer.code = KeychainAnswer::Code::Denied;
                break;
            default:
                answer.code = KeychainAnswer::Code::Unusable;
                break;
            }
            handler(answer);
        });
        job->start();
    }

    QString m_service;
};

} // namespace

std::unique_ptr<Keychain> systemKeychain(const QString &service)
{
    return std::make_unique<SystemKeychain>(service);
}

} // namespace core::credentials
