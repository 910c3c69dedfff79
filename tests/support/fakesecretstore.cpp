// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakesecretstore.h"

using namespace Qt::StringLiterals;

namespace tests {

FakeSecretStore::FakeSecretStore(QObject *parent)
    : SecretStore(parent)
{
}

template <class T>
core::Reply<T> *FakeSecretStore::answer(core::Result<T> result)
{
    auto *reply = new core::Reply<T>(this);
    if (!silent)
        reply->settle(failure ? core::Result<T>(core::fail(*failure)) : std::move(result));
    return reply;
}

core::Reply<std::optional<QString>> *FakeSecretStore::read(const QString &key)
{
    asked << u"read "_s + key;
    return answer<std::optional<QString>>(secrets.contains(key) ? std::optional(secrets.value(key)) : std::nullopt);
}

core::Reply<core::Done> *FakeSecretStore::write(const QString &key, const QString &value)
{
    asked << u"write "_s + key;
    if (!failure && !silent)
        secrets.insert(key, value);
    return answer<core::Done>(core::Done{});
}

core::Reply<core::Done> *FakeSecretStore::remove(const QString &key)
{
    asked << u"remove "_s + key;
    if (!failure && !silent)
        secrets.remove(key);
    return answer<core::Done>(core::Done{});
}

QString FakeSecretStore::stateText() const
{
    return m_kind == Kind::Memory ? u"session memory: the keychain cannot be used"_s : u"desktop keychain"_s;
}

void FakeSecretStore::become(Kind kind, const QString &rawError)
{
    m_kind = kind;
    m_rawError = rawError;
    Q_EMIT stateChanged();
}

} // namespace tests
