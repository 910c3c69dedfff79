// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/probesecrets.h"

#include "core/base/redactor.h"

using namespace Qt::StringLiterals;

namespace ui::connection {

using core::Redactor;

ProbeSecrets::ProbeSecrets(core::credentials::SecretStore &behind, QObject *parent)
    : SecretStore(parent)
    , m_behind(behind)
{
}

void ProbeSecrets::setTyped(const QMap<QString, QString> &typed)
{
    // What is tried out must not reach a log either.
    for (const QString &old : std::as_const(m_typed))
        Redactor::forget(old);
    m_typed = typed;
    for (const QString &fresh : std::as_const(m_typed))
        Redactor::learn(fresh);
}

core::Reply<std::optional<QString>> *ProbeSecrets::read(const QString &key)
{
    if (const auto typed = m_typed.constFind(key); typed != m_typed.constEnd())
        return core::Reply<std::optional<QString>>::settled(typed->isEmpty() ? std::optional<QString>() : std::optional<QString>(*typed),
                                                            this);
    return m_behind.read(key);
}

core::Reply<core::Done> *ProbeSecrets::write(const QString &, const QString &)
{
    return core::Reply<core::Done>::settled(core::fail(core::Error::Kind::Internal, u"a probe keeps no secrets"_s), this);
}

core::Reply<core::Done> *ProbeSecrets::remove(const QString &)
{
    return core::Reply<core::Done>::settled(core::fail(core::Error::Kind::Internal, u"a probe keeps no secrets"_s), this);
}

} // namespace ui::connection
