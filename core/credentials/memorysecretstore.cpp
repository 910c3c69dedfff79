// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/memorysecretstore.h"

#include "core/base/redactor.h"

using namespace Qt::StringLiterals;

namespace core::credentials {

MemorySecretStore::MemorySecretStore(QObject *parent)
    : SecretStore(parent)
{
}

MemorySecretStore::~MemorySecretStore() = default;

Reply<std::optional<QString>> *MemorySecretStore::read(const QString &key)
{
    const auto it = m_secrets.constFind(key);
    return Reply<std::optional<QString>>::settled(it == m_secrets.constEnd() ? std::nullopt : std::optional(*it));
}

Reply<Done> *MemorySecretStore::write(const QString &key, const QString &value)
{
    put(key, value);
    return Reply<Done>::settled(Done{});
}

Reply<Done> *MemorySecretStore::remove(const QString &key)
{
    m_secrets.remove(key);
    return Reply<Done>::settled(Done{});
}

QString MemorySecretStore::stateText() const
{
    return u"session memory: secrets are forgotten when the program ends"_s;
}

void MemorySecretStore::put(const QString &key, const QString &value)
{
    Redactor::learn(value);
    m_secrets.insert(key, value);
}

} // namespace core::credentials
